"""Windows of time: where they begin and end, and who came and went within one."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, replay, snapshot
from boardsim.diffs import course
from boardsim.diffs import diff as compare
from tests.blocks import event, head
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import instants, logs

LOG = (
    head("ann", "bob", id="t")
    + event("appoint", "at = 2020-01-01")
    + event("appoint", "at = 2020-05-04", person="bob")
    + event("cease", "at = 2020-05-06")
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A log in which Bob comes on 4 May and Ann goes on 6 May."""
    path = tmp_path / "log.toml"
    path.write_text(LOG, "utf-8")
    return str(path)


def test_a_period_after_the_last_event_is_empty(run: Run, file: str) -> None:
    """It does not seem to end before it begins."""
    found = json.loads(run("diff", file, "--from", "2020-06-01", "--json").out)

    assert found["from"]["at"] == found["to"]["at"] == "2020-05-31T23:59:59.999999Z"
    assert found["orgs"] == []


@pytest.mark.parametrize("start", ["2020-05-04", "2020-05-04T00:00", "2020-05-04T00:00:00Z"])
def test_a_diff_from_an_instant_has_what_happened_at_it(start: str, run: Run, file: str) -> None:
    """A date is its start, and the first instant of a period lies within it, as in a replay."""
    found = json.loads(run("diff", file, "--from", start, "--to", "2020-05-06", "--json").out)
    [org] = found["orgs"]

    assert found["from"]["at"] == "2020-05-03T23:59:59.999999Z"
    assert [mover["person"] for mover in org["joined"]] == ["bob"]
    assert [mover["person"] for mover in org["left"]] == ["ann"]


def test_a_diff_of_one_date_has_what_happened_on_it(run: Run, file: str) -> None:
    """From a date to the same date is that whole day."""
    assert "joined" in run("diff", file, "--from", "2020-05-04", "--to", "2020-05-04").out
    assert "no difference" in run("diff", file, "--from", "2020-05-05", "--to", "2020-05-05").out


GOAL = ("--goal", "oak.director = bob", "--at", "2020-05-05")


@pytest.mark.parametrize(
    "words",
    [
        ("replay", "--from", "2020-01-03", "--to", "2020-01-01"),
        ("replay", "--from", "2020-01-03", "--to", "2020-01-01", "--json"),
        ("diff", "--from", "2020-01-03", "--to", "2020-01-01"),
        ("diff", "--from", "2020-01-03T00:00", "--to", "2020-01-02"),
        ("diff", "--from", "event:cease-ann-director", "--to", "event:appoint-bob-director"),
        ("export", "--format", "csv", "--from", "2020-01-03", "--to", "2020-01-01"),
        ("export", "--format", "csv", "--table", "events", "--from", "2020-01-03T00:00", "--to", "2020-01-02"),
        ("export", "--format", "mermaid", "--from", "2020-01-03", "--to", "2020-01-01"),
        ("cause", *GOAL, "--from", "2020-05-06"),
        ("reach", *GOAL, "--break", "--from", "2020-05-06"),
    ],
)
def test_a_window_that_ends_before_it_begins_is_refused(words: tuple[str, ...], run: Run, file: str) -> None:
    """It answered nothing, as if nothing had happened; it is wrong usage."""
    result = run(words[0], file, *words[1:])

    assert (result.code, result.out) == (2, "")
    assert "error[inverted-window]" in result.err


def test_who_came_and_went_between_two_dates_is_told(run: Run) -> None:
    """Altman was chief executive before and after the week; Murati and Shear were in between."""
    week = ("diff", "openai-2023", "--from", "2023-11-17", "--to", "2023-11-30", "--role", "ceo", "--org", "openai")
    [org] = json.loads(run(*week, "--json").out)["orgs"]
    lines = run(*week).out

    assert [mover["person"] for mover in org["passed"]] == ["mira-murati", "emmett-shear"]
    assert [mover["person"] for mover in org["returned"]] == ["sam-altman"]
    assert [change["gained"] for change in org["returned"][0]["changes"]] == [False, True]
    assert lines.index("Sam Altman") < lines.index("Mira Murati") < lines.index("Emmett Shear")
    assert "no difference" in run(*week, "--net").out


@settings(max_examples=tries(60))
@given(logs(max_events=14), st.data())
def test_a_course_comes_to_the_difference_of_its_ends(log: Log, data: st.DataObject) -> None:
    """Whoever joined, left or moved did so on the way, and the roles gained and lost add up."""
    history = replay(log)
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(instants(log))] * 2)))
    before, after = snapshot(history, at=first), snapshot(history, at=last)
    net = {(org.org.id, m.person): (m.before, m.after) for org in compare(before, after).orgs for m in org.movers}
    found = {(org.org.id, m.person): m for org in course(before, after).orgs for m in org.movers}

    assert net == {key: (m.before, m.after) for key, m in found.items() if m.before != m.after}
    for mover in found.values():
        held = set(mover.before)
        for change in mover.changes:
            assert (change.role in held) != change.gained
            held ^= {change.role}
        assert held == {*mover.after}
