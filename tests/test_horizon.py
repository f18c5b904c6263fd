"""A scenario with a horizon: nothing is said of what comes after it, and whoever asks is told so."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, Retract, replay
from boardsim.history import Variant
from boardsim.loading.scenarios import load_world
from boardsim.scenario import Scenario, apply
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import instants, logs

HEADER = '[scenario]\nid = "s"\nbase = "openai-2023"\nhorizon = {}\n'
CHANGE = '\n[[change]]\nvote = "removal-vote"\ndirector = "ilya-sutskever"\nto = "against"\n'


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """What if Sutskever had voted against, as far as the end of November."""
    path = tmp_path / "s.toml"
    path.write_text(HEADER.format("2023-11-30") + CHANGE)
    return path


@given(logs(), st.data())
@settings(max_examples=tries(60))
def test_up_to_the_horizon_a_world_is_as_without_one(log: Log, data: st.DataObject) -> None:
    """Rulings and states are those of the whole world, up to the horizon, inclusive, and nothing follows."""
    at = data.draw(st.sampled_from(instants(log)))
    whole, cut = replay(log), replay(Variant(log=log, horizon=at))
    count = whole.position(at)

    assert list(cut.events) == list(whole.events[:count])
    assert cut.rulings == whole.rulings[:count]
    for org in log.orgs:
        assert cut.state(org.id) == whole.state(org.id, count)


def test_a_retraction_after_the_horizon_is_heeded() -> None:
    """The horizon ends what happens, not what is known of it."""
    root = load_world("openai-2023").root.log
    first, last = root.events[0], root.events[-1].at
    taken_back = Retract(id="wrong", at=last + timedelta(days=1), event=first.id)
    log = Log(orgs=root.orgs, people=root.people, roles=root.roles, events=(*root.events, taken_back))

    assert first.id not in replay(Variant(log=log, horizon=last))


@given(logs(), st.data())
@settings(max_examples=tries(20))
def test_the_nearest_horizon_counts(log: Log, data: st.DataObject) -> None:
    """A scenario on top of one with a horizon stops there as well, or sooner."""
    first, second = (data.draw(st.sampled_from([None, *instants(log)])) for _ in range(2))
    world = apply(
        apply(Variant(log=log), Scenario(id="a", horizon=first)).world, Scenario(id="b", horizon=second)
    ).world

    assert world.horizon == min((end for end in (first, second) if end), default=None)


def test_every_view_stops_there(run: Run, scenario: Path) -> None:
    """Replay, snapshot, diff and what-if show nothing later, and look at the horizon where no instant is named."""
    end = "2023-12-01T07:59:59.999999Z"
    path = str(scenario)
    events = json.loads(run("replay", path, "--json").out)["events"]
    snapshot = json.loads(run("snapshot", path, "--json").out)
    difference = json.loads(run("diff", "openai-2023", path, "--json").out)
    told = run("whatif", path).out

    assert max(event["at"] for event in events) <= end
    assert snapshot["at"] == difference["from"]["at"] == difference["to"]["at"] == end
    assert "horizon: 2023-11-30 23:59:59 -08:00" in told
    assert "at the horizon\n" in told
    assert "in the end" not in told
    assert "2024" not in told


def test_what_lies_within_a_longer_horizon_is_the_end_of_the_log(run: Run, tmp_path: Path) -> None:
    """A horizon after the last event changes nothing."""
    for name, header in (
        ("far.toml", HEADER.format("2099-01-01")),
        ("none.toml", HEADER.replace("horizon = {}\n", "")),
    ):
        (tmp_path / name).write_text(header + CHANGE)
    far, none = str(tmp_path / "far.toml"), str(tmp_path / "none.toml")

    assert run("snapshot", far, "--json").out == run("snapshot", none, "--json").out
    assert run("whatif", far, "--json").out == run("whatif", none, "--json").out


BEYOND = (
    ("snapshot", "--at", "2023-12-01"),
    ("snapshot", "--at", "2023-11-30T23:59:59.9999999-08:00"),
    ("snapshot", "--at", "event:nakasone-director"),
    ("whatif", "--at", "2023-11-01", "--at", "2024-01-01"),
    ("replay", "--to", "2024-01-01"),
    ("replay", "--from", "2024-01-01"),
    ("diff", "--from", "2023-11-01", "--to", "2024-01-01"),
    ("check", "--at", "2024-01-01"),
    ("why", "--role", "ceo", "--at", "2024-01-01"),
    ("why", "--event", "nakasone-director"),
    ("power", "--at", "2024-01-01"),
    ("cause", "--goal", "openai.ceo = sam-altman", "--at", "2024-01-01"),
    ("reach", "--goal", "openai.ceo = sam-altman", "--at", "2024-01-01"),
)


@pytest.mark.parametrize("words", [words for words in BEYOND if "9999999" not in words[-1]], ids=" ".join)
def test_asking_beyond_is_refused(run: Run, scenario: Path, words: tuple[str, ...]) -> None:
    """An instant that was typed, or an event after the horizon, is an error of whoever asks."""
    result = run(words[0], str(scenario), *words[1:])

    assert (result.code, result.out) == (2, "")
    assert "error[beyond-horizon]" in result.err


def test_findings_stop_there(run: Run, scenario: Path) -> None:
    """Both worlds are looked at up to the horizon, so that nothing that came later makes a difference."""
    without = scenario.with_name("t.toml")
    without.write_text(HEADER.replace("horizon = {}\n", "") + CHANGE)
    ends = [
        [finding["until"] or "" for finding in json.loads(run("check", str(path), "--notes", "--json").out)["findings"]]
        for path in (scenario, without)
    ]

    assert all(end <= "2023-12-01T07:59:59.999999Z" for end in ends[0])
    assert run("check", str(scenario)).code in (0, 1)


def test_what_is_asserted_beyond_is_a_problem_with_its_place(scenario: Path, run: Run) -> None:
    """An assertion or an event of its own after the horizon is told where it stands; the others are looked at."""
    inside = '\n[[assert]]\nat = 2023-11-30\norg = "openai"\nceo = "sam-altman"\n'
    event = '\n[[event]]\ntype = "statement"\nat = 2024-05-05\ntext = "Late."\n'
    scenario.write_text(scenario.read_text() + inside + inside.replace("2023-11-30", "2023-12-01") + event)
    result = run("whatif", str(scenario))

    assert result.code == 1
    assert result.err.count("error[beyond-horizon]") == 2
    assert "1 held, 1 broken" in result.out


def test_a_horizon_is_kept(run: Run, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A saved change of a scenario with a horizon stands on it, and a scenario that is written has its horizon."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- one test

    from boardsim.formats.scenario.encode import write_scenario  # noqa: PLC0415 -- likewise

    monkeypatch.chdir(scenario.parent)
    assert run("whatif", "s.toml", "--change", "drop toner-leaves", "--save", "more.toml").code in (0, 1)
    day, hour = datetime(2023, 12, 1, 8, tzinfo=UTC) - timedelta(microseconds=1), datetime(2023, 12, 1, tzinfo=UTC)
    zone = ZoneInfo("America/Los_Angeles")

    assert load_world("more.toml").horizon == load_world("s.toml").horizon == day
    assert "horizon = 2023-11-30\n" in write_scenario(Scenario(id="s", horizon=day), "log.toml", zone)
    assert "horizon = 2023-11-30T16:00:00-08:00\n" in write_scenario(Scenario(id="s", horizon=hour), "log.toml", zone)
