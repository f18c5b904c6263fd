"""`python -m tests.fuzz`: always the same trials for a seed, and nothing that goes wrong is missed."""

import sys
from pathlib import Path

import pytest

from tests import fuzz
from tests.sizes import later, tries


def test_trials_of_a_seed_are_always_the_same() -> None:
    """A number and a seed say all of a trial; another seed has others."""
    numbers = range(tries(20, 5))

    assert [fuzz.trial(3, number) for number in numbers] == [fuzz.trial(3, number) for number in numbers]
    assert [fuzz.trial(3, number) for number in numbers] != [fuzz.trial(4, number) for number in numbers]


def test_a_few_trials_find_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command ends in an answer, a no or wrong usage; and the folder is as it was after each."""
    monkeypatch.chdir(tmp_path)
    findings = list(fuzz.search(7, iter(range(tries(25, 8))), lambda: True))

    assert [found.what for found in findings if found] == []
    assert Path.cwd() == tmp_path


def _raises(_: object) -> None:
    raise ZeroDivisionError


def _hangs(_: object) -> None:
    while True:
        pass


def _exits(_: object) -> None:
    sys.exit(3)


def _says_nothing(_: object) -> None:
    sys.exit(1)


@pytest.mark.parametrize(
    ("main", "says"),
    [
        (_raises, "ZeroDivisionError"),
        later(_hangs, "more than 1 seconds"),
        (_exits, "exit status 3"),
        (_says_nothing, "exit status 1, and not a word"),
    ],
)
def test_whatever_goes_wrong_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, main: object, says: str) -> None:
    """A traceback, a loop, another exit status and a silent failure are findings, with all that reproduces them."""
    fuzz.originals()
    monkeypatch.setattr(fuzz, "main", main)
    monkeypatch.setattr(fuzz, "LIMIT", 1)
    monkeypatch.setattr(sys, "argv", ["fuzz", "--only", "2", "--keep", str(tmp_path / "found")])

    assert fuzz.run() == 1
    assert says in (tmp_path / "found" / "1-2" / "FINDING.txt").read_text()
    assert (tmp_path / "found" / "1-2" / "plain.toml").is_file()
