"""Behind what the board did to a seat stands a vote of the board."""

from boardsim.checks.check import Check, Situation
from boardsim.events import Appoint, Fire


def without_vote(now: Situation) -> str | None:
    """The board elects or removes, no vote that it carried is among the motives, and more than one director sits."""
    event = now.event
    if event.by != "board" or event.status == "announced" or now.ruling.kind != "effective":
        return None
    assert isinstance(event, Appoint | Fire)
    roles = [event.role] if event.role else now.state.roles_of(event.person)
    moved = [role for role in roles if role in now.parameters["roles"]]
    if not moved or len(now.state.voters) == 1:
        return None
    if any(now.history.rulings[index].holds for index in now.votes_behind()):
        return None
    what = "appointed" if isinstance(event, Appoint) else "removed as"
    return f"{now.names([event.person])} is {what} {now.names(moved)} by the board, and no vote of it is on record"


CHECK = Check(
    name="authority_present",
    rule="An election or removal by a board of several directors rests on a vote that carried.",
    source="8 Del. C. § 141(b) and (f): a board acts by a vote at a meeting or by unanimous written consent; Companies "
    "(Model Articles) Regulations 2008, Schedule 1, articles 7 and 8",
    severity="warning",
    parameters={"roles": ["director", "chair", "ceo"]},
    events=(Appoint, Fire),
    step=without_vote,
    passing="""
[[event]]
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "ada-moreno"
org = "helios"
role = "director"

[[event]]
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "ben-okafor"
org = "helios"
role = "director"

[[event]]
type = "vote"
id = "election"
at = 2020-02-01T00:00:00Z
org = "helios"
motion = "Appoint Carla Ruiz"
for = ["ada-moreno", "ben-okafor"]

[[event]]
type = "appoint"
at = 2020-02-02T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"
by = "board"
because = ["election"]
""",
    failing="""
[[event]]
type = "appoint"
at = 2020-03-01T00:00:00Z
person = "dev-shah"
org = "helios"
role = "ceo"
by = "board"
""",
)
