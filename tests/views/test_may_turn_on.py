"""A vote of which nobody can find out in time on whom it turns: every view says so, and in the same sense."""

import json
from pathlib import Path

import pytest

from boardsim import sums
from tests.conftest import Run

PEOPLE = {"ann-ash": 1, "ben-birch": 4, "cyd-cedar": 6, "dan-elm": 10, "eve-fir": 22, "fay-oak": 38, "gus-pine": 64}


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A log with a vote of which one ballot is on record, where few sums are tried."""
    monkeypatch.setattr(sums, "MOST", 4)
    people = "".join(
        f'[[person]]\nid = "{person}"\nname = "{person.replace("-", " ").title()}"\n\n' for person in PEOPLE
    )
    seats = "".join(
        f'[[event]]\ntype = "appoint"\nat = 2020-01-01\nperson = "{person}"\norg = "acme"\nrole = "director"\n'
        'sources = ["Register"]\n\n'
        for person in PEOPLE
    )
    weights = "".join(f"{person} = {votes}\n" for person, votes in PEOPLE.items())
    path = tmp_path / "acme.toml"
    path.write_text(
        '[log]\nschema = 1\nid = "acme"\ntimezone = "UTC"\n\n[[org]]\nid = "acme"\nname = "Acme"\n\n'
        '[org.bylaws]\nquorum = { fraction = "0", of = "in-office" }\n\n'
        '[org.bylaws.rules]\ndecision = { fraction = "3/5", of = "cast" }\n\n'
        f"[org.bylaws.weights]\n{weights}\n{people}{seats}"
        '[[event]]\ntype = "vote"\nid = "v"\nat = 2021-01-01\norg = "acme"\nmotion = "Whether"\nrule = "decision"\n'
        'for = ["gus-pine"]\nsources = ["Minutes"]\n'
    )
    return str(path)


@pytest.fixture
def perhaps(run: Run, log: str) -> list[str]:
    """On whom it may turn, as programs read it; the vote is made so that there is somebody."""
    found: list[str] = json.loads(run("power", log, "--vote", "v", "--json").out)["vote"]["may_turn_on"]
    assert found
    return found


def test_a_replay_says_it(run: Run, log: str, perhaps: list[str]) -> None:
    """The sentence of the vote ends in on whom it may turn."""
    assert f"may turn on {', '.join(perhaps)}" in " ".join(run("replay", log).out.split())


def test_a_check_says_it(run: Run, log: str, perhaps: list[str]) -> None:
    """The problem of a vote without ballots names both kinds, in a sentence without a gap."""
    err = " ".join(run("check", log).err.split())

    assert f", and perhaps {', '.join(perhaps)}" in err


def test_a_check_says_it_where_nothing_is_certain(run: Run, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody is known on whom the vote turns, the problem says that it may turn on some."""
    monkeypatch.setattr(sums, "MOST", 0)
    vote = json.loads(run("power", log, "--vote", "v", "--json").out)["vote"]
    err = " ".join(run("check", log).err.split())

    assert vote["turns_on"] == []
    assert f"'v' may turn on ballots that are not on record: {', '.join(vote['may_turn_on'])}" in err


def test_power_says_it(run: Run, log: str, perhaps: list[str]) -> None:
    """The power of those who voted comes with on whom the vote may turn, by name, and why that is not known."""
    names = ", ".join(person.replace("-", " ").title() for person in perhaps)

    assert f"it may turn on {names}: their votes differ too much" in " ".join(
        run("power", log, "--vote", "v").out.split()
    )


def test_why_says_it(run: Run, log: str, perhaps: list[str]) -> None:
    """Who asks why the vote came out so is told on whom it may turn."""
    assert f"may turn on {', '.join(perhaps)}" in " ".join(run("why", log, "--event", "v").out.split())
