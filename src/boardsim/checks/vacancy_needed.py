"""The board fills seats that are vacant, and makes none."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.base import Check, Situation
from boardsim.events import Appoint


def no_vacancy(now: Situation) -> str | None:
    """The board appoints a director although every authorised seat is taken; the log's kernel may refuse it, too."""
    event, seats = now.event, now.state.bylaws.seats
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or seats is None or event.by not in now.parameter("bodies") or not _took_place(now):
        return None
    others = [person for person in now.state.directors if person != event.replaces]
    if len(others) < seats:
        return None
    return f"the {event.by} appoints {now.names([event.person])}, and all {seats} seats are taken"


def _took_place(now: Situation) -> bool:
    """Whether it took effect, or was impossible for just this reason."""
    reason = now.ruling.reason
    refused = now.ruling.kind == "impossible" and reason is not None and reason.code == "role-full"
    return refused or (now.ruling.kind == "effective" and now.event.status != "announced")


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
type = "appoint"
at = 2020-03-01T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"
by = "board"
""",
)
