"""What took effect on a day is certain at its end, and of an event it is certain just before and just after it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardsim import loads, replay, snapshot
from boardsim.days import midnight, next_midnight
from boardsim.formats.schema.times import moment
from boardsim.problems import Problem
from tests.blocks import event, head
from tests.conftest import Run
from tests.test_civil_days import SAMPLE, days_nearby, log


def handover(dated: str) -> str:
    """A log in which Ann ceased to be chief executive on a day, and Bob became it then or thereabouts."""
    return (
        head("ann", "bob", zone="America/New_York", id="t")
        + event("appoint", "at = 2020-01-01", role="ceo")
        + event("cease", "at = 2020-05-04", role="ceo")
        + event("appoint", dated, person="bob", role="ceo")
    )


@pytest.fixture(params=["at = 2020-05-04", "not_after = 2020-05-04", "at = 2020-05-04\nnot_before = 2020-05-01"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A log in which one chief executive followed another on a day."""
    path = tmp_path / "log.toml"
    path.write_text(handover(request.param), "utf-8")
    return str(path)


def shown(run: Run, file: str, *words: str) -> tuple[list[str], list[str]]:
    """Who is chief executive in a snapshot, and who is uncertain."""
    [org] = json.loads(run("snapshot", file, *words, "--json").out)["orgs"]
    return [one["person"] for one in org["roles"].get("ceo", [])], [one["person"] for one in org["uncertain"]]


@pytest.mark.parametrize("at", ["2020-05-04", "2020-05-04T23:59:59.999999", "2020-05-05T00:00"])
def test_a_handover_is_certain_at_the_end_of_its_day(at: str, run: Run, file: str) -> None:
    """Whoever asks for a date, or for its last microsecond, is shown the successor, once, and nobody as uncertain."""
    assert shown(run, file, "--at", at) == (["bob"], [])


def test_a_handover_is_uncertain_within_its_day(run: Run, file: str) -> None:
    """At noon nobody knows yet."""
    assert "ann" in shown(run, file, "--at", "2020-05-04T12:00")[1]


def test_an_event_is_certain_just_after_it_and_just_before_it(run: Run, file: str) -> None:
    """Whatever its span: who asks for the instant of an event has it, or does not have it yet."""
    seated, doubted = shown(run, file, "--at", "event:appoint-bob-ceo")
    assert seated == ["bob"]
    assert "bob" not in doubted

    seated, doubted = shown(run, file, "--at", "before:appoint-bob-ceo")
    assert "bob" not in (*seated, *doubted)


def test_events_of_one_day_have_taken_effect_as_they_stand_in_the_record(run: Run, tmp_path: Path) -> None:
    """Just after an end whose day is all that is known, nobody holds the role, though a successor came that day."""
    file = tmp_path / "log.toml"
    file.write_text(handover("at = 2020-05-04"), "utf-8")

    assert shown(run, str(file), "--at", "event:cease-ann-ceo") == ([], [])
    assert shown(run, str(file), "--at", "event:appoint-bob-ceo") == (["bob"], [])


@pytest.mark.parametrize(("at", "said"), [("2020-05-04", []), ("2020-05-04T12:00", ["appoint-bob-ceo"])])
def test_why_says_that_an_event_is_uncertain_within_its_day_only(
    at: str, said: list[str], run: Run, tmp_path: Path
) -> None:
    """At the end of the day a fact rests on nothing that is uncertain, and at noon it does."""
    file = tmp_path / "log.toml"
    file.write_text(handover("at = 2020-05-04"), "utf-8")
    question = ("why", str(file), "--role", "ceo", "--person", "bob", "--json")
    [fact] = json.loads(run(*question, "--at", at).out)["facts"]
    [after] = json.loads(run(*question, "--at", "event:appoint-bob-ceo").out)["facts"]

    assert fact["uncertain"] == said
    assert after["uncertain"] == []


@given(st.sampled_from(SAMPLE), st.data())
def test_the_end_of_any_day_is_certain(zone: str, data: st.DataObject) -> None:
    """Also where the clocks change at midnight: what took effect on a day is certain at its end, and not before."""
    loaded = loads(log(zone), "log.toml").log
    days = [
        day
        for day in days_nearby(zone)
        if day.year > 1980 and midnight(day, loaded.zone) < next_midnight(day, loaded.zone)
    ]
    day = data.draw(st.sampled_from(days))
    history = replay(loads(log(zone) + event("resign", f"at = {day}"), "log.toml").log)
    end = moment(str(day), loaded.zone)
    assert not isinstance(end, Problem)

    assert not snapshot(history, at=end).orgs[0].uncertain
    assert snapshot(history, at=midnight(day, loaded.zone)).orgs[0].uncertain


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "2020-05-10"), True),
        (("--at", "2020-05-10", "--role", "ceo"), True),
        (("--at", "2020-05-10", "--person", "bob"), True),
        (("--at", "2020-05-10", "--role", "chair"), False),
        (("--at", "2020-04-10"), False),
    ],
)
def test_who_may_hold_something_is_shown_of_an_organization_where_nobody_holds_it_for_sure(
    words: tuple[str, ...], *, told: bool, run: Run, tmp_path: Path
) -> None:
    """Of several organizations, one of which all that was asked for is uncertain is not left out."""
    path = tmp_path / "log.toml"
    second = '\n[[org]]\nid = "elm"\nname = "Elm Ltd"\n'
    may = event(
        "appoint", 'not_before = 2020-05-01\nnot_after = 2020-05-31\nid = "in"', person="bob", role="ceo", org="elm"
    )
    path.write_text(head("ann", "bob", id="t") + second + may, "utf-8")

    assert ("Elm Ltd" in run("snapshot", str(path), *words).out) is told


@pytest.mark.parametrize("words", [("power",), ("explore", "--goal", "oak.director = none")])
def test_a_board_is_not_called_empty_on_which_somebody_may_sit(
    words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    """That nobody can act is said where nobody sits; within the span of the first appointment, that it is not sure."""
    path = tmp_path / "log.toml"
    path.write_text(head("bob", id="t") + event("appoint", "not_after = 2020-05-31", person="bob"), "utf-8")
    command, *rest = words
    result = run(command, str(path), *rest, "--at", "2020-05-10")

    assert "no director sits" not in result.err
    assert "whether a director sits at oak then is not sure: perhaps bob" in result.err
