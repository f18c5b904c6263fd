"""The page about testing is followed: its files are written, its commands run, and they print what it shows."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from boardsim import testing
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^In `([^`]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
SESSIONS = re.findall(r"^```text\n\$ pytest (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


SETTINGS = """\
from hypothesis import HealthCheck, settings

settings.register_profile("page", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("page")
"""
"""With which the page is always the same, however slow the machine."""


def in_order(shown: list[str], printed: str) -> list[str]:
    """The lines that a page shows and that were not printed, in that order."""
    at = 0
    missing: list[str] = []
    for line in shown:
        found = printed.find(line, at)
        at, missing = (found + len(line), missing) if found >= 0 else (at, [*missing, line])
    return missing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page shows."""
    made = tmp_path_factory.mktemp("page")
    (made / "conftest.py").write_text(SETTINGS, encoding="utf-8")
    for name, text in FILES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.mark.ci
@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words for words, _ in SESSIONS])
def test_the_page_can_be_followed(folder: Path, words: str, shown: str) -> None:
    """Each command of the page prints the lines that the page shows."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *shlex.split(words)]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "80"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    assert in_order([line for line in shown.splitlines() if line != "…"], run.stdout) == []


def test_the_page_names_all_there_is() -> None:
    """Every name of the testing kit is in the page's table, and no other."""
    table = PAGE.partition("## What there is to draw")[2]

    assert set(re.findall(r"^\| `(\w+)\(", table, re.MULTILINE)) == {*testing.__all__}
    assert {*testing.__all__} <= {*dir(testing)}
    with pytest.raises(AttributeError, match="no attribute 'boards'"):
        _ = testing.boards


@pytest.mark.ci
def test_a_rule_that_is_not_asked_is_noticed(folder: Path) -> None:
    """With the mistake that the page proposes, the example of the rule is said not to break it."""
    text = FILES["chair_apart.py"]
    assert text.count('{"offices"}') == 1
    wrong = folder / "wrong"
    wrong.mkdir()
    (wrong / "chair_apart.py").write_text(text.replace('{"offices"}', '{"board"}'), encoding="utf-8")
    (wrong / "test_chair_apart.py").write_text(FILES["test_chair_apart.py"], encoding="utf-8")

    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(wrong)}
    run = subprocess.run(command, cwd=wrong, env=environment, capture_output=True, text=True, check=False)

    assert "the example of check 'chair_apart' does not break it" in run.stdout
