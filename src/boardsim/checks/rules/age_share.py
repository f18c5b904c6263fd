"""Few directors are old."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from boardsim.checks.ages import directors_and_birthdays, unrecorded
from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, appoint
from boardsim.checks.intervals import over_tenures
from boardsim.checks.shares import exceeds, of_directors
from boardsim.history import History, Tenure
from boardsim.log import Org


def too_many_old(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """When more directors than the share allows have passed the birthday; of the others it may not be known."""
    age, share = parameters["age"], parameters["share"]
    directors, turns = directors_and_birthdays(history, org, age, at_the_latest=True)
    if not turns:
        return

    def wrong(at: datetime, live: Sequence[Tenure]) -> str | None:
        old = sum(tenure.opened.person in turns and turns[tenure.opened.person] <= at for tenure in live)
        if not exceeds(old, share, len(live)):
            return None
        return f"{of_directors(old, len(live))} {age} or older, more than {share}{unrecorded(history, live)}"

    last = history.instants[-1]  # who will sit after that nobody knows
    yield from over_tenures(history, directors, wrong, (day for day in turns.values() if day <= last))


CHECK = Check(
    name="age_share",
    rule="No more than the allowed share of the directors has passed a birthday, as far as births are on record.",
    source="Code de commerce, art. L225-19: a third beyond the age of seventy, unless the statutes say otherwise",
    severity="warning",
    parameters={"age": 70, "share": "1/3"},
    needs_whole_board=True,
    history=too_many_old,
    passing=appoint(ADA),
    failing=appoint("greta-olm", at="2020-06-01"),
)
