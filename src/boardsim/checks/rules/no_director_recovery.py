"""A board without directors is brought back by the members or by a court."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, appoint, resign
from boardsim.events import Appoint


def wrong_rescuer(now: Situation) -> str | None:
    """Nobody sits any more, and the record says that somebody else appoints; the first directors of all are free.

    That a board of nobody appoints is impossible anyhow, and what had no effect broke no rule.
    """
    event = now.event
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or event.by is None or event.by in now.parameters["bodies"]:
        return None
    if now.board or not now.founded or not now.happened():
        return None
    return f"no director sits, and {now.names([event.person])} is appointed by {now.decider()}"


CHECK = Check(
    name="no_director_recovery",
    rule="Where no director is left, new ones come from the members or a court.",
    source="8 Del. C. § 223(a): a special meeting of stockholders, or an election ordered by the Court of Chancery",
    parameters={"bodies": ["members", "court"]},
    needs_whole_board=True,
    decisions=(Appoint,),
    step=wrong_rescuer,
    passing=(
        appoint(ADA, by=BEN)
        + resign(ADA, at="2020-02-01")
        + appoint(BEN, at="2020-03-01", by="members")
        + resign(BEN, at="2020-04-01")
    ),
    failing=appoint(CARLA, at="2020-05-01", by=DEV),
)
