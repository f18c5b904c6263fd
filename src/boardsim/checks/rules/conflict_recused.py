"""Nobody decides in their own case."""

from boardsim.checks.check import Check, Situation
from boardsim.events import Vote


def own_case(now: Situation) -> str | None:
    """The director whom the motion concerns voted or abstained, whether or not the bylaws count the ballot."""
    event = now.event
    assert isinstance(event, Vote)
    if event.subject not in now.state.voters or now.ruling.kind != "effective":
        return None
    if event.subject not in {*event.for_, *event.against, *event.abstain}:
        return None
    return f"{now.names([event.subject])} took part in the vote on '{event.motion}', which concerns them"


CHECK = Check(
    name="conflict_recused",
    rule="A director whom a motion concerns takes no part in the vote.",
    source="Companies (Model Articles) Regulations 2008, Schedule 1, article 14(1), on transactions with the company "
    "in which a director is interested; elsewhere, good practice or the bylaws",
    severity="warning",
    events=(Vote,),
    step=own_case,
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
type = "appoint"
at = 2020-01-01T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"

[[event]]
type = "vote"
id = "salary"
at = 2020-02-01T00:00:00Z
org = "helios"
motion = "Raise Ada Moreno's salary"
subject = "ada-moreno"
for = ["ben-okafor", "carla-ruiz"]
recused = ["ada-moreno"]
""",
    failing="""
[[event]]
type = "vote"
id = "salary-again"
at = 2021-02-01T00:00:00Z
org = "helios"
motion = "Raise Ada Moreno's salary again"
subject = "ada-moreno"
for = ["ada-moreno", "ben-okafor"]
against = ["carla-ruiz"]
""",
)
