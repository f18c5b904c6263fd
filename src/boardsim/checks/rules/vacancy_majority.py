"""A vacant seat is filled by a majority of the directors who are left."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import Check, Situation
from boardsim.events import Appoint, Vote


def without_majority(now: Situation) -> str | None:
    """No vote behind the appointment has half of those in office and one more; ballots not on record may be for it.

    Where no vote is recorded there is nothing to count: `authority_present` looks for one.
    """
    event = now.event
    assert isinstance(event, Appoint)
    if event.role != DIRECTOR or event.by != "board" or event.status == "announced" or now.ruling.kind != "effective":
        return None
    counts = [_count(now, index) for index in now.votes_behind()]
    if not counts or any(2 * votes > size for votes, size in counts):
        return None
    votes, size = max(counts)
    return f"{now.names([event.person])} is appointed by the board with {votes} of {size} directors in office"


def _count(now: Situation, index: int) -> tuple[int, int]:
    """How many of the directors then in office voted for it or may have, and how many there were."""
    vote, tally = now.history.events[index], now.history.rulings[index].tally
    assert isinstance(vote, Vote)
    assert tally is not None
    sitting = now.history.state(vote.org, index).voters
    supporters = {*vote.for_, *tally.unrecorded}
    return len(supporters.intersection(sitting)), len(sitting)


CHECK = Check(
    name="vacancy_majority",
    rule="The board appoints a director by a majority of the directors then in office, even if they are no quorum.",
    source="8 Del. C. § 223(a)(1): by a majority of the directors then in office, although less than a quorum, "
    "or by a sole remaining director",
    events=(Appoint,),
    step=without_majority,
    passing="""
[[event]]
type = "amend"
at = 2020-01-01T00:00:00Z
org = "helios"
set = { rules = { decision = { fraction = "1/2", strict = true, of = "cast" } } }

[[event]]
type = "appoint"
at = 2020-01-02T00:00:00Z
person = "ada-moreno"
org = "helios"
role = "director"

[[event]]
type = "appoint"
at = 2020-01-02T00:00:00Z
person = "ben-okafor"
org = "helios"
role = "director"

[[event]]
type = "appoint"
at = 2020-01-02T00:00:00Z
person = "carla-ruiz"
org = "helios"
role = "director"

[[event]]
type = "vote"
id = "both-for-shah"
at = 2020-02-01T00:00:00Z
org = "helios"
motion = "Appoint Dev Shah"
for = ["ada-moreno", "ben-okafor"]
absent = ["carla-ruiz"]

[[event]]
type = "appoint"
at = 2020-02-02T00:00:00Z
person = "dev-shah"
org = "helios"
role = "director"
by = "board"
because = ["both-for-shah"]
""",
    failing="""
[[event]]
type = "vote"
id = "two-for-lind"
at = 2020-03-01T00:00:00Z
org = "helios"
motion = "Appoint Eva Lind"
for = ["ada-moreno", "ben-okafor"]
against = ["carla-ruiz"]
abstain = ["dev-shah"]

[[event]]
type = "appoint"
at = 2020-03-02T00:00:00Z
person = "eva-lind"
org = "helios"
role = "director"
by = "board"
because = ["two-for-lind"]
""",
)
