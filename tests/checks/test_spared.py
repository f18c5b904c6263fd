"""What a check is spared: nobody asks where the answer is known, and the findings are those of asking all the same."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim import Log, OrgState, replay
from boardsim.bylaws import DIRECTOR
from boardsim.checks import CHECKS, Check, ConfiguredCheck, Finding, Situation, run
from boardsim.checks.check import NUMBERS
from boardsim.checks.examples import amend
from boardsim.checks.intervals import Interval
from boardsim.events import NAMES, OPEN, Appoint, Event
from boardsim.loading.profiles import everywhere
from boardsim.testing import logs
from tests.checks.test_checks import day, director, event, leaves
from tests.helios import log
from tests.sizes import tries

OF_NUMBERS = [check for check in CHECKS.values() if check.watches == NUMBERS]
OF_DECISIONS = [check for check in CHECKS.values() if check.decisions]


def found(story: Log, checks: Iterable[Check]) -> list[Finding]:
    """What some checks find in a log, in every organization, as the strictest of profiles would have them."""
    strict = {"minimum": 3, "maximum": 2, "floor": 2, "share": "1/3"}
    uses = [
        ConfiguredCheck(
            check=check,
            parameters={name: strict.get(name, value) for name, value in check.parameters.items()},
            severity="note",
        )
        for check in checks
    ]
    return run(replay(story), {org.id: uses for org in story.orgs})


def ours(**said: Any) -> ConfiguredCheck:
    """A check that says this of itself, and what else it has to."""
    check = Check(name="ours", rule="", source="", severity="note", **said)
    return ConfiguredCheck(check=check, parameters={}, severity="note")


def told(findings: Iterable[Finding]) -> list[tuple[object, ...]]:
    """What findings say, but for the checks that found it."""
    return [(f.check, f.org, f.message, f.since, f.until, f.later, f.event, f.remedied_by) for f in findings]


@given(story=logs())
@settings(max_examples=tries(60))
def test_a_number_is_asked_about_once_and_answered_alike(story: Log) -> None:
    """Whoever watches numbers finds what the same rule finds that is asked of every board anew."""
    anew = [evolve(check, watches=frozenset({"board", "bylaws"})) for check in OF_NUMBERS]

    assert told(found(story, OF_NUMBERS)) == told(found(story, anew))


@given(story=logs())
@settings(max_examples=tries(60))
def test_who_decided_is_asked_where_somebody_did(story: Log) -> None:
    """Whoever looks at decisions finds what the same rule finds that looks at every event of these types."""
    anew = [evolve(check, events=(*check.events, *check.decisions), decisions=()) for check in OF_DECISIONS]

    assert told(found(story, OF_DECISIONS)) == told(found(story, anew))


def others_of(state: OrgState, number: int) -> OrgState:
    """The same board with other people on it, of whom nothing else is on record; as many of them are suspended."""
    seats = {
        f"stranger-{n}": Appoint(id=f"s{n}", at=OPEN, person=f"stranger-{n}", org=state.org, role=DIRECTOR)
        for n in range(number)
    }
    barred = len(state.suspended_directors)
    suspended: dict[tuple[str, str], Event] = {(DIRECTOR, who): seats[who] for who in [*seats][:barred]}
    return state._replace(seats={DIRECTOR: seats} if seats else {}, suspended=suspended, announced=())


@given(story=logs(), data=st.data())
@settings(max_examples=tries(60))
def test_numbers_are_all_that_such_a_check_looks_at(story: Log, data: st.DataObject) -> None:
    """Of as many strangers, and at no event, a check that watches numbers says the same as of the board."""
    history = replay(story)
    org = data.draw(st.sampled_from(story.orgs))
    state = history.state(org.id, data.draw(st.integers(0, len(history.events))))
    for check in OF_NUMBERS:
        board, strangers = (
            Situation(history=history, org=org, state=one, founded=True)
            for one in (state, others_of(state, len(state.directors)))
        )
        board.parameters = strangers.parameters = check.parameters
        assert check.state is not None
        assert check.state(board) == check.state(strangers)


def test_a_check_of_numbers_is_asked_once_for_each_under_the_same_bylaws() -> None:
    """Not again of as many others, nor when a number comes back; anew under other bylaws, or where one may not act."""
    asked: list[tuple[int, bool, int | None]] = []

    def ask(now: Situation) -> None:
        asked.append((len(now.state.voters), now.founded, now.state.bylaws.seats))

    story = (
        amend(at="2020-01-01", seats=5)
        + director("ada-moreno", day(1))
        + leaves("ada-moreno", day(2))
        + director("ada-moreno", day(3))
        + director("ben-okafor", day(4))
        + event("appoint", day(5), person="dev-shah", role="director", replaces="ben-okafor")
        + event("appoint", day(6), person="carla-ruiz", role="ceo")
        + event("suspend", day(7), person="dev-shah", role="director")
        + event("reinstate", day(8), person="dev-shah", role="director")
        + amend(at="2020-02-01", seats=7)
        + leaves("ada-moreno", day(1, 3))
    )
    run(replay(log(story)), {"helios": [ours(watches=NUMBERS, state=ask)]})

    once = [(0, False, 5), (1, True, 5), (0, True, 5), (2, True, 5)]
    assert asked == [*once, (1, True, 5), (2, True, 7), (1, True, 7)]  # of two who sit, one may not vote


@pytest.mark.parametrize("by", [None, "board"])
def test_a_step_check_is_asked_once_of_what_it_names_twice(by: str | None) -> None:
    """A type that stands among the events and among the decisions is looked at once, whoever decided."""
    asked: list[str] = []
    use = ours(events=(Appoint,), decisions=(Appoint,), step=lambda now: asked.append(NAMES[type(now.event)]))
    who = {} if by is None else {"by": by}
    story = log(director("ada-moreno", day(1)) + event("appoint", day(2), person="ben-okafor", role="ceo", **who))
    run(replay(story), {"helios": [use]})

    assert asked == ["appoint", "appoint"]


def test_a_check_of_decisions_is_not_asked_of_what_nobody_decided() -> None:
    """Of events of its types it is asked where the record says who decided, and of no other."""
    asked: list[str] = []
    use = ours(decisions=(Appoint,), step=lambda now: asked.append(str(now.event.by)))
    story = log(
        director("ada-moreno", day(1)) + director("ben-okafor", day(2), by="board") + leaves("ben-okafor", day(3))
    )
    run(replay(story), {"helios": [use]})

    assert asked == ["board"]


def test_states_are_gone_through_only_where_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an organization is held to rules of the whole record alone, nothing is folded a second time."""
    story = log(director("ada-moreno", day(1)) + leaves("ada-moreno", day(2)))
    monkeypatch.setattr(import_module("boardsim.checks.run"), "reduce", None)

    assert run(replay(story), {"helios": [*everywhere((), CHECKS)]}) == []


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([None, "one", "two"]))))
@example([(0, "one"), (1, None), (1, "one")])
@example([(0, "one"), (1, "two"), (1, "one"), (1, None), (1, "two")])
@settings(max_examples=tries(200))
def test_spells_are_what_was_said_last_at_each_instant(said: list[tuple[int, str | None]]) -> None:
    """At every instant the spells that are told have what was said last by then, and remedies lie where it was kept."""
    start = replay(log(director("ada-moreno", day(1)))).instants[0]
    moments = [(start.replace(day=1 + number), message) for number, message in sorted(said, key=lambda one: one[0])]
    interval = Interval()
    ended = [interval.observe(at, None, message) for at, message in moments] + [interval.end()]
    breaches = [breach for breach in ended if breach is not None]
    last = dict(moments)
    known: str | None = None
    for at, message in last.items():
        known = message
        holding = [b for b in breaches if b.since <= at and (b.until is None or at < b.until)]
        told_then = [([b.message] + [m for since, m in b.later if since <= at])[-1] for b in holding]
        assert told_then == ([] if known is None else [known])
