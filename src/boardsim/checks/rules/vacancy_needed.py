"""The board fills seats that are vacant, and makes none."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.events import Appoint


def no_vacancy(now: Situation) -> str | None:
    """The board replaces a director although the others fill every authorised seat, as once the board was made smaller.

    To add one where no seat is free is impossible anyhow, and what had no effect broke no rule.
    """
    event, seats = now.event, now.state.bylaws.seats
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or seats is None or event.by not in now.parameters["bodies"]:
        return None
    if event.status == "announced" or now.ruling.kind != "effective":
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
    events=(Appoint,),
    step=no_vacancy,
    passing="""
[[event]]
type = "amend"
at = 2020-01-01T00:00:00Z
org = "helios"
set = { seats = 2 }

[[event]]
type = "appoint"
at = 2020-01-02T00:00:00Z
person = "ada-moreno"
org = "helios"
role = "director"
by = "members"

[[event]]
type = "appoint"
at = 2020-02-01T00:00:00Z
person = "ben-okafor"
org = "helios"
role = "director"
by = "board"
""",
    failing="""
[[event]]
type = "amend"
at = 2020-03-01T00:00:00Z
org = "helios"
set = { seats = 1 }

[[event]]
type = "appoint"
at = 2020-03-01T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"
replaces = "ben-okafor"
by = "board"
""",
)
