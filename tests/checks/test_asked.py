"""Of what a check is asked: a state check, whenever something that it watches has changed, and never else."""

from collections import Counter
from datetime import datetime

import pytest

from boardsim import replay
from boardsim.checks import Check, ConfiguredCheck, Situation, run
from boardsim.checks.check import WATCHED, Watch
from boardsim.checks.examples import amend
from tests.checks.test_checks import day, director, event, leaves
from tests.helios import log

START = (
    director("ada-moreno", day(1))
    + director("ben-okafor", day(1))
    + event("appoint", day(1), person="ada-moreno", role="chair")
    + event("join-company", day(1), person="carla-ruiz")
)
"""Two directors, an office and a job."""

THEN = day(2)

CHANGES = {
    "a director": (director("dev-shah", THEN), {"board", "size"}),
    "a director leaves": (leaves("ben-okafor", THEN), {"board", "size"}),
    "another director": (
        event("appoint", THEN, person="dev-shah", role="director", replaces="ben-okafor"),
        {"board"},
    ),
    "an officer": (event("appoint", THEN, person="dev-shah", role="ceo"), {"offices"}),
    "an officer leaves": (event("resign", THEN, person="ada-moreno", role="chair"), {"offices"}),
    "a director leaves with an office": (leaves("ada-moreno", THEN), {"board", "size", "offices"}),
    "an employee": (event("join-company", THEN, person="dev-shah"), {"staff"}),
    "an employee leaves": (event("resign", THEN, person="carla-ruiz", role="employee"), {"staff"}),
    "an amendment": (amend(at="2020-01-02", seats=7), {"bylaws"}),
    "a suspension": (event("suspend", THEN, person="ada-moreno", role="chair"), {"board", "size", "offices"}),
    "a member of a committee": (
        event("appoint", THEN, person="ben-okafor", role="member", org="helios-audit"),
        {"committees"},
    ),
    "an announcement": (leaves("ben-okafor", THEN) + 'status = "announced"\n', set[str]()),
    "words": (event("statement", THEN, text="Nothing is decided."), set[str]()),
    "words of a committee": (event("statement", THEN, org="helios-audit", text="Nothing is decided."), set[str]()),
    "what cannot be": (leaves("dev-shah", THEN), set[str]()),
}
"""By what happens: the event, and what of the board it changes."""


@pytest.mark.parametrize(("change", "watched"), CHANGES.values(), ids=CHANGES)
def test_a_check_is_asked_when_what_it_watches_has_changed_and_only_then(change: str, watched: set[str]) -> None:
    """Each check watches one thing; those of them that are asked of an event are those of what it changed."""
    asked: Counter[tuple[str, datetime]] = Counter()

    def watching(what: Watch) -> ConfiguredCheck:
        def ask(now: Situation) -> None:
            asked[what, now.event.at] += 1

        check = Check(name=f"on_{what}", rule="", source="", severity="note", watches=frozenset({what}), state=ask)
        return ConfiguredCheck(check=check, parameters={}, severity="note")

    uses = [watching(what) for what in WATCHED]
    assert run(replay(log(START + change)), {"helios": uses}) == []

    assert {what: times for (what, at), times in asked.items() if at == THEN} == dict.fromkeys(watched, 1)
