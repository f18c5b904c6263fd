"""No director is a child."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from boardsim.checks.ages import directors_and_birthdays
from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, appoint
from boardsim.checks.intervals import over_tenures
from boardsim.history import History, Tenure
from boardsim.log import Org


def too_young(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """From when until when each director is below the age for certain; no birth on record, no finding."""
    age = parameters["age"]
    directors, turns = directors_and_birthdays(history, org, age, at_the_latest=False)
    young: dict[str, list[Tenure]] = {}
    for tenure in directors:
        person = tenure.opened.person
        if person in turns and tenure.opened.at < turns[person]:
            young.setdefault(person, []).append(tenure)

    def wrong(at: datetime, live: Sequence[Tenure]) -> str | None:
        below = (tenure.opened.person for tenure in live if at < turns[tenure.opened.person])
        return next((f"{history.log.name(person)} is younger than {age}" for person in below), None)

    for person, tenures in young.items():
        yield from over_tenures(history, tenures, wrong, [turns[person]])


CHECK = Check(
    name="minimum_age",
    rule="Nobody is a director below the least age, as far as births are on record.",
    source="Companies Act 2006, s 157: sixteen years",
    parameters={"age": 16},
    history=too_young,
    passing=appoint(ADA),
    failing=appoint("kit-young", at="2020-06-01"),
)
