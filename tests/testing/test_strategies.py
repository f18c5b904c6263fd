"""What the testing kit draws is what it says: logs that load, continuations that take effect, breakages that break."""

from typing import Any, NoReturn

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from boardsim import Log, Person, Retract, load_case, loads, replay
from boardsim.checks import CHECKS, Check, Situation
from boardsim.formats.syntax.toml_writer import write
from boardsim.testing import assert_holds, breakages, bylaws, continuations, events, findings, logs, people
from boardsim.testing.breaking import example_of
from boardsim.testing.continuing import appended
from boardsim.testing.stories import STAGE, texts
from tests.sizes import some, tries

HELIOS = example_of(CHECKS["board_min"])
APPLE = load_case("apple-1985").log
UNTIMED = [HealthCheck.too_slow]
"""Each of their examples replays many logs, and nothing is timed in tests."""


def broken(now: Situation) -> NoReturn:
    """A rule with a mistake in it."""
    raise ZeroDivisionError(now.org.id)


FAULTY = evolve(CHECKS["board_min"], state=broken)


def reread(log: Log) -> Log:
    """The log as it is read from its text, which must go without a problem."""
    loaded = loads(write(log), "drawn.toml")
    assert loaded.problems == []
    return loaded.log


@settings(max_examples=tries(60))
@given(logs(words=texts))
def test_every_log_loads_back(log: Log) -> None:
    """A drawn log is read from its own TOML without a problem, and is the same."""
    assert reread(log) == log


@settings(max_examples=tries(60))
@given(person=people(), data=st.data())
def test_people_and_bylaws_can_be_declared(person: Person, data: st.DataObject) -> None:
    """A log of one's own can declare whoever is drawn, and bylaws of theirs."""
    org = evolve(STAGE.orgs[0], bylaws=data.draw(bylaws([person.id], casting=["chair"])))
    log = Log(orgs=(org,), people=(person,))

    assert reread(log) == log


@settings(max_examples=tries(60))
@given(st.data())
def test_events_can_come_next(data: st.DataObject) -> None:
    """An event that is drawn for a log, or for none, can be put at its end, and read again."""
    log = data.draw(st.sampled_from([STAGE, HELIOS, APPLE]) | logs(max_events=6))
    event = data.draw(events(None if log is STAGE else log))
    grown = appended(log, event)

    assert event in reread(grown).events
    assert len(grown.events) == len(log.events) + 1


@settings(max_examples=tries(60), suppress_health_check=UNTIMED)
@given(st.data())
def test_every_continuation_is_effective(data: st.DataObject) -> None:
    """What is appended comes at the end, loads, and takes effect; the log before it stays as it was."""
    log = data.draw(st.sampled_from([HELIOS, APPLE]) | logs(max_events=10))
    longer = data.draw(continuations(log, min_events=1, max_events=4))
    added = longer.events[len(log.events) :]
    history = replay(longer)

    reread(longer)
    assert 1 <= len(added) <= 4
    assert longer.events[: len(log.events)] == tuple(log.events)
    assert {history.ruling(event.id).kind for event in added if event.id in history} <= {"effective"}
    assert [event.at for event in added] == sorted(event.at for event in added)


@pytest.mark.ci
def test_continuations_are_not_mere_words() -> None:
    """Among a few, some take a seat, some leave it, and boards vote."""
    seen: set[str] = set()

    @settings(max_examples=60, database=None, derandomize=True, suppress_health_check=UNTIMED)
    @given(continuations(APPLE))
    def look(log: Log) -> None:
        seen.update(type(event).__name__ for event in log.events[len(APPLE.events) :])

    look()
    assert {"Appoint", "Fire", "Vote", "Retract"} <= seen


@pytest.mark.parametrize("name", some(CHECKS, 3))
def test_every_breakage_breaks_its_rule(name: str) -> None:
    """Of every rule, what is drawn to break it loads and breaks it, and is not always its own example."""
    drawn: list[Log] = []

    @settings(max_examples=tries(40, 4), database=None, derandomize=True, suppress_health_check=UNTIMED)
    @given(breakages(name))
    def look(log: Log) -> None:
        drawn.append(log)
        assert {finding.check for finding in findings(name, reread(log))} == {name}

    look()
    assert any(log != example_of(CHECKS[name]) for log in drawn)


def test_a_rule_without_an_example_is_broken_by_a_log_of_ones_own() -> None:
    """A rule that has no failing events asks for a log, and one that does not break it is refused."""
    bare = evolve(CHECKS["board_min"], failing="")

    with pytest.raises(ValueError, match="has no 'failing' events"):
        breakages(bare)
    with pytest.raises(ValueError, match="does not break it"):
        breakages(bare, example=STAGE)

    @settings(max_examples=5, suppress_health_check=UNTIMED)
    @given(breakages(bare, example=HELIOS))
    def look(log: Log) -> None:
        assert findings(bare, log)

    look()


def test_a_log_of_nobody_cannot_go_on() -> None:
    """A continuation needs people and an organization, and says which of them is missing."""
    with pytest.raises(ValueError, match="declares no person"):
        continuations(Log())
    with pytest.raises(ValueError, match="declares no organization"):
        events(Log(people=STAGE.people))


def test_what_does_not_hold_is_shown_with_the_log() -> None:
    """The message says whose board broke which rule since when, and ends with the log, which can be pasted."""
    with pytest.raises(AssertionError) as raised:
        assert_holds("board_min", HELIOS)

    told, _, toml = str(raised.value).partition("The log, as TOML:\n\n")
    assert told.splitlines()[0] == "board_min is broken:"
    assert "Helios Ltd: the board has 0 of at least 1 directors, from 2020-06-01" in told
    assert f"  source: {CHECKS['board_min'].source}" in told
    assert loads(toml, "pasted.toml").log == HELIOS


def test_what_holds_is_passed_over_in_silence() -> None:
    """A rule that a log keeps holds, and so does one whose breach is waived."""
    assert_holds("board_max", HELIOS, cure_days=3)
    waiver = '\n[[waive]]\nat = 2020-01-01\ncheck = "board_min"\norg = "helios"\nby = "members"\nreason = "a gap"\n'
    waived = loads(write(HELIOS) + waiver, "x.toml").log
    assert_holds("board_min", waived)
    assert [finding.is_waived for finding in findings("board_min", waived)] == [True]


@pytest.mark.parametrize(
    ("check", "parameters", "error", "said"),
    [
        ("board_mim", {}, Exception, "there is no check 'board_mim'"),
        ("board_min", {"minimun": 2}, TypeError, "has no parameter 'minimun'"),
        (FAULTY, {}, AssertionError, "this check itself failed"),
    ],
    ids=["unknown", "parameter", "faulty"],
)
def test_what_cannot_be_asked_is_refused(
    check: Check | str, parameters: dict[str, Any], error: type[Exception], said: str
) -> None:
    """An unknown rule, an unknown parameter and a rule that fails itself are errors, and not a rule that holds."""
    with pytest.raises(error, match=said):
        assert_holds(check, HELIOS, **parameters)


@pytest.mark.ci
def test_records_are_corrected_and_taken_back() -> None:
    """`logs()` draws corrections, of corrections too, and retractions of them; none where nobody wants them."""

    def has_corrected_correction(log: Log) -> bool:
        later = {event.id for event in log.events if event.corrects}
        return any(event.corrects in later for event in log.events)

    def has_retracted_correction(log: Log) -> bool:
        later = {event.id for event in log.events if event.corrects}
        return any(isinstance(event, Retract) and event.event in later for event in log.events)

    drawn = settings(phases=[Phase.generate], max_examples=400, suppress_health_check=UNTIMED)
    for wanted in (has_corrected_correction, has_retracted_correction):
        assert wanted(find(logs(max_events=3), wanted, settings=drawn))
    with pytest.raises(NoSuchExample):
        find(
            logs(max_events=3, corrections=False),
            lambda log: any(event.corrects for event in log.events),
            settings=settings(drawn, max_examples=30),
        )
