"""The board fills seats that are vacant, and makes none."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, amend, appoint
from boardsim.events import Appoint


def no_vacancy(now: Situation) -> str | None:
    """The board replaces a director although the others fill every authorised seat, as once the board was made smaller.

    To add one where no seat is free is impossible anyhow, and what had no effect broke no rule.
    """
    event, seats = now.event, now.state.bylaws.seats
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or seats is None or event.by not in now.parameters["bodies"] or not now.happened():
        return None
    others = [person for person in now.state.directors if person != event.replaces]
    if len(others) < seats:
        return None
    return (
        f"{now.decider()} appoints {now.names([event.person])}, and no seat is vacant: {len(others)} taken of {seats}"
    )


CHECK = Check(
    name="vacancy_needed",
    rule="The board appoints a director to a vacant seat only.",
    source="8 Del. C. § 223(a)(1): vacancies and newly created directorships; Code de commerce, art. L225-24",
    parameters={"bodies": ["board"]},
    needs_whole_board=True,
    rests_on=("seats",),
    decisions=(Appoint,),
    step=no_vacancy,
    passing=amend(seats=2) + appoint(ADA, at="2020-01-02", by="members") + appoint(BEN, at="2020-02-01", by="board"),
    failing=amend(at="2020-03-01", seats=1) + appoint(CARLA, at="2020-03-01", replaces=BEN, by="board"),
)
