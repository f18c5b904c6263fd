"""Numbers that no question needs end in a message, and not in a search without end."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

GOAL = ("--goal", "openai.ceo = sam-altman", "--at", "2023-11-18")


def test_no_cost_is_too_high_to_be_asked_for(run: Run) -> None:
    """The dearest set of changes there is bounds the search, however high `--max-cost` is."""
    usual, high = (run("reach", "openai-2023", *GOAL, "--max-cost", cost) for cost in ("4", "999999999999"))

    assert (high.code, high.out) == (0, usual.out)


@pytest.mark.parametrize("speed", ["nan", "inf", "-inf"])
def test_a_speed_is_a_number(run: Run, speed: str) -> None:
    """A story cannot be played at a speed that is no number, or without end."""
    result = run("replay", "openai-2023", "--play", speed)

    assert (result.code, result.out) == (2, "")
    assert "--play" in result.err


def test_a_search_ends_after_a_number_of_seconds(run: Run) -> None:
    """What is no number would be no bound."""
    result = run("explore", "openai-2023", "--seconds", "nan")

    assert (result.code, result.out) == (2, "")
    assert "Invalid value for --seconds: say how many seconds at most" in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("explore openai-2023 --states 1e9", "'1e9' is not a whole number."),
        ("register openai-2023 --days x", "'x' is not a whole number."),
        ("explore openai-2023 --seconds x", "'x' is not a number."),
    ],
)
def test_what_is_no_number_is_said_to_be_none(run: Run, words: str, said: str) -> None:
    """In words, and not by the name of a type."""
    result = run(*words.split())

    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"{said}\n")


def test_newcomers_have_a_bound(run: Run) -> None:
    """More people without a name than any board has room for are refused before they are given names."""
    result = run("explore", "openai-2023", "--at", "2023-12-01", "--newcomers", "99999999999")

    assert (result.code, result.out) == (2, "")
    assert "0<=x<=1000" in result.err


def chain(folder: Path, length: int) -> str:
    """So many scenarios, of which the last stands on all others; its path."""
    for number in range(length):
        base = f"s{number - 1}.toml" if number else "openai-2023"
        (folder / f"s{number}.toml").write_text(f'[scenario]\nid = "s{number}"\nbase = "{base}"\n')
    return str(folder / f"s{length - 1}.toml")


@pytest.mark.ci
def test_a_hundred_scenarios_may_stand_on_one_another(run: Run, tmp_path: Path) -> None:
    """A scenario may have a hundred others below it."""
    assert run("check", chain(tmp_path, 100)).code == 0


def test_no_more_scenarios_stand_on_one_another(run: Run, tmp_path: Path) -> None:
    """One more than a hundred is an error at its base, and not a stack that is full."""
    result = run("check", chain(tmp_path, 102))

    assert result.code == 1
    assert "error[long-base-chain]: 's0.toml' would be the 101st scenario on the way to a log" in result.err


@pytest.mark.parametrize("address", ["garbage", "tcp://", "tcp://host", "host:port", ":8786", "tcp://host:8786/x y"])
def test_an_address_of_a_cluster_is_a_host_and_a_port(run: Run, address: str) -> None:
    """What cannot be the address of a scheduler is refused before anybody waits for an answer from there."""
    result = run("ensemble", "three-unknown-ballots", "--blame", "removal-vote", "--dask", address)

    assert (result.code, result.out) == (2, "")
    assert f"error[no-cluster]: '{address}' is not the address of a cluster" in result.err


def club(folder: Path, directors: int) -> str:
    """A log in which so many directors are all against one motion; its path."""
    people = [f"p{number}" for number in range(directors)]
    named = "\n".join(f'[[person]]\nid = "{person}"\nname = "{person.upper()}"' for person in people)
    seated = "\n".join(
        f'[[event]]\ntype = "appoint"\nat = 2020-01-01\nperson = "{person}"\norg = "club"\nrole = "director"'
        for person in people
    )
    header = '[log]\nschema = 1\nid = "club"\ntimezone = "UTC"\n[[org]]\nid = "club"\nname = "Club"\n'
    vote = '[[event]]\ntype = "vote"\nid = "v"\nat = 2021-01-01\norg = "club"\nmotion = "M"\nrule = "decision"\n'
    file = folder / "club.toml"
    file.write_text(f"{header}{named}\n{seated}\n{vote}against = {people}\n".replace("'", '"'))
    return str(file)


def test_what_a_vote_takes_is_said_beyond_the_greatest_cost(run: Run, tmp_path: Path) -> None:
    """A count says that eight of fifteen must vote otherwise, where the search ends at a cost of two."""
    log = club(tmp_path, 15)
    bounded = run("reach", log, "--goal", "v is carried", "--max-cost", "2")
    solved = run("reach", log, "--goal", "v is carried", "--max-cost", "8", "--max-replays", "200", "--json")

    assert (bounded.code, bounded.out) == (1, "")
    assert "by ballots alone it costs 8: at 'v' any 8 of p0, p1, p2, p3, p4 and 10 more, for" in bounded.err
    found = json.loads(solved.out)
    assert (solved.code, found["cost"], found["searched"], len(found["solutions"][0])) == (0, 8, 1, 8)
    assert [(some["number"], len(some["of"])) for some in found["counted"]["choices"]] == [(8, 15)]


def test_a_count_has_a_bound_of_its_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even a count would take too long, nothing is said of ballots, and the usual hint is given."""
    for name in ("MOST", "ALL"):
        with monkeypatch.context() as bounded:
            bounded.setattr(f"boardsim.analysis.reach.headcount.{name}", 3)
            result = run("reach", club(tmp_path, 15), "--goal", "v is carried", "--max-cost", "2")

        assert result.code == 1
        assert "--max-cost 3 goes further" in result.err


def test_a_counted_solution_is_told_as_such(run: Run, tmp_path: Path) -> None:
    """A solution that a count has found does not claim that nothing else is cheaper beyond what was searched."""
    told = run("reach", club(tmp_path, 15), "--goal", "v is carried", "--max-cost", "8", "--max-replays", "200")

    assert told.code == 0
    assert "any eight of these 15" in told.out
    assert "counted by ballots of one vote at a cost of 8; nothing that costs 1 or less" in told.out
