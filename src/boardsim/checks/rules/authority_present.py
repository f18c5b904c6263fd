"""Behind what the board did to a seat stands a vote of the board."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, appoint, vote
from boardsim.events import Appoint, Fire


def without_vote(now: Situation) -> str | None:
    """The board elects or removes, no vote that it carried is among the reasons, and more than one director sits."""
    event = now.event
    if event.by != "board" or not now.happened():
        return None
    assert isinstance(event, Appoint | Fire)
    roles = [event.role] if event.role else now.state.roles_of(event.person)
    moved = [role for role in roles if role in now.parameters["roles"]]
    if not moved or len(now.state.voters) == 1:
        return None
    if any(now.history.rulings[index].is_valid_cause for index in now.votes_behind()):
        return None
    what = "appointed" if isinstance(event, Appoint) else "removed as"
    where = ", ".join(sorted(map(now.history.log.role_name, moved)))
    return f"{now.names([event.person])} is {what} {where} by the board, and no vote of it is on record"


CHECK = Check(
    name="authority_present",
    rule="An election or removal by a board of several directors rests on a vote that carried.",
    source="8 Del. C. § 141(b) and (f): a board acts by a vote at a meeting or by unanimous written consent; Companies "
    "(Model Articles) Regulations 2008, Schedule 1, articles 7 and 8",
    severity="warning",
    parameters={"roles": ["director", "chair", "ceo"]},
    needs_whole_board=True,
    decisions=(Appoint, Fire),
    step=without_vote,
    passing=(
        appoint(ADA, BEN)
        + vote("Appoint Carla Ruiz", at="2020-02-01", id="election", for_=[ADA, BEN])
        + appoint(CARLA, at="2020-02-02", by="board", because=["election"])
    ),
    failing=appoint(DEV, at="2020-03-01", role="ceo", by="board"),
)
