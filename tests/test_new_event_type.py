"""The recipe of docs/design.md for a new event type, followed in a copy of the project, and every command asked."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parent.parent
STEP = re.compile(
    r"In `(?P<file>[^`]+)`, (?P<where>above|below) `(?P<anchor>.+?)`:\n\n```\w*\n(?P<text>.*?)```\n", re.DOTALL
)

LOG = """
[log]
schema = 1
id = "relay"
timezone = "UTC"

[[org]]
id = "acme"
name = "Acme"
[org.bylaws]
seats = 3

[[person]]
id = "ann"
name = "Ann"

[[person]]
id = "bob"
name = "Bob"

[[person]]
id = "cyd"
name = "Cyd"

[[event]]
type = "appoint"
id = "ann-sits"
at = 2020-01-01T00:00:00Z
person = "ann"
org = "acme"
role = "director"

[[event]]
type = "appoint"
id = "bob-sits"
at = 2020-01-02T00:00:00Z
person = "bob"
org = "acme"
role = "director"

[[event]]
type = "hand-over"
id = "bob-to-cyd"
at = 2020-02-01T00:00:00Z
person = "cyd"
org = "acme"
role = "director"
replaces = "bob"
sources = ["Minutes, 2020-02-01"]

[[event]]
type = "vote"
id = "budget"
at = 2020-03-01T00:00:00Z
org = "acme"
motion = "Adopt the budget"
for = ["ann", "cyd"]

[[event]]
type = "hand-over"
id = "ann-to-bob"
at = 2020-05-01T00:00:00Z
person = "bob"
org = "acme"
role = "director"
replaces = "ann"
status = "announced"
"""

SCENARIO = """
[scenario]
id = "open-ballot"
base = "relay.toml"

[[unknown]]
id = "cyds-ballot"
vote = "budget"
director = "cyd"
to = { for = "1/2", against = "1/2" }
"""


def follow(recipe: str, project: Path) -> int:
    """Do what the recipe says; how many steps that were."""
    steps = list(STEP.finditer(recipe))
    for step in steps:
        file, anchor = project / step["file"], step["anchor"].replace("\\n", "\n")
        text = file.read_text(encoding="utf-8")
        start = text.index(anchor)
        place = start if step["where"] == "above" else text.index("\n", start) + 1
        file.write_text(text[:place] + step["text"] + text[place:], encoding="utf-8")
    return len(steps)


ASKED = """\
import contextlib, io, json, sys
from boardsim.cli import main
for line in sys.stdin:
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(json.loads(line))
        except SystemExit as stopped:
            code = stopped.code or 0
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""
"""Answers one command after the other, because a new interpreter for each would take most of the time."""


@frozen
class Copy:
    """A copy of the project, and a process that runs its commands."""

    folder: Path
    process: "subprocess.Popen[str]"

    def ask(self, words: Sequence[str]) -> tuple[int, str, str]:
        """The exit code of a command, and what it says."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(words), file=self.process.stdin, flush=True)
        code, out, err = json.loads(self.process.stdout.readline())
        return code, out, err


@pytest.fixture(scope="module")
def project(copy: Path) -> Iterator[Copy]:
    """A process that runs commands of the copy."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-W", "error", "-c", ASKED]
    with subprocess.Popen(command, cwd=copy, env=environment(copy), stdin=pipe, stdout=pipe, text=True) as process:
        yield Copy(copy, process)
        process.communicate()


def environment(copy: Path) -> dict[str, str]:
    """In which a Python finds the copy alone."""
    return {**os.environ, "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{copy}", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the recipe was followed, with a log that uses the new type."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("src", "scenarios", "docs", "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    recipe = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").partition("## Add an event type")[2]
    assert follow(recipe.partition("\n## ")[0], copy) >= 10
    (copy / "relay.toml").write_text(LOG.lstrip(), encoding="utf-8")
    (copy / "open-ballot.toml").write_text(SCENARIO.lstrip(), encoding="utf-8")
    return copy


def boardsim(project: Copy, *words: str) -> str:
    """What a command of the copy prints; it must succeed."""
    code, out, err = project.ask(words)
    assert code == 0, err
    return out


def causes(project: Copy, goal: str, *words: str) -> list[list[str]]:
    """The causes of a goal, as the copy finds them."""
    found: list[list[str]] = json.loads(boardsim(project, "cause", "relay.toml", "--goal", goal, *words, "--json"))[
        "causes"
    ]
    return found


def test_views_tell_of_it(project: Copy) -> None:
    """Replay has its sentence, a snapshot who holds the role and what is announced, a diff which event did it."""
    assert "Bob hands over to Cyd as director" in boardsim(project, "replay", "relay.toml")
    snapshot = json.loads(boardsim(project, "snapshot", "relay.toml", "--at", "2020-06-01", "--json"))["orgs"][0]
    assert snapshot["board"]["directors"] == ["ann", "cyd"]
    assert [(one["person"], one["event"]) for one in snapshot["announced"]] == [("bob", "ann-to-bob")]
    difference = boardsim(project, "diff", "relay.toml", "--from", "2020-01-15", "--to", "2020-02-15", "--json")
    assert {mover["events"][0] for mover in json.loads(difference)["orgs"][0]["joined"]} == {"bob-to-cyd"}
    assert "bob-to-cyd" in boardsim(project, "list", "relay.toml") + boardsim(project, "export", "relay.toml")


def test_questions_find_it(project: Copy) -> None:
    """Why, cause and reach name it where it did it, and what-if undoes it with all that rests on it."""
    assert "bob-to-cyd" in boardsim(project, "why", "relay.toml", "--role", "director", "--person", "cyd")
    assert ["bob-to-cyd"] in causes(project, "acme.director has cyd", "--of", "events")
    assert ["bob-sits"] in causes(project, "acme.director has cyd", "--of", "events")
    reached = json.loads(boardsim(project, "reach", "relay.toml", "--goal", "acme.director has bob", "--json"))
    assert (reached["cost"], reached["solutions"]) == (1, [["drop bob-to-cyd"]])
    undone = json.loads(boardsim(project, "whatif", "relay.toml", "--change", "drop bob-sits", "--json"))
    assert {one["event"]: one["ruling"] for one in undone["rulings"]}["bob-to-cyd"] == "impossible"


def test_votes_are_counted_by_it(project: Copy) -> None:
    """Whoever took the seat by it has the ballot: power, responsibility and the explorer say so."""
    power = json.loads(boardsim(project, "power", "relay.toml", "--vote", "budget", "--json"))
    assert [director["person"] for director in power["directors"]] == ["ann", "cyd"]
    assert ["budget: cyd"] in causes(project, "budget is carried", "--of", "votes")
    ensemble = boardsim(project, "ensemble", "open-ballot.toml", "--goal", "budget is carried", "--json")
    assert json.loads(ensemble)["goal"]
    assert "cyd" in boardsim(project, "explore", "relay.toml", "--json")


def test_it_is_kept(project: Copy) -> None:
    """It is checked, recorded, corrected, retracted, sealed, verified and stored like any other."""
    log = project.folder / "kept.toml"
    shutil.copy(project.folder / "relay.toml", log)
    assert boardsim(project, "check", "kept.toml") == ""
    unsourced = log.read_text(encoding="utf-8").replace('sources = ["Minutes, 2020-02-01"]\n', "")
    (project.folder / "unsourced.toml").write_text(unsourced, encoding="utf-8")
    assert "no source is named for 'bob-to-cyd'" in boardsim(
        project, "check", "unsourced.toml", "sources_present", "--json"
    )
    who = ("--person", "bob", "--org", "acme", "--role", "director", "--replaces", "cyd", "--at", "2020-06-01")
    boardsim(project, "record", "kept.toml", "hand-over", "--id", "cyd-to-bob", *who)
    boardsim(project, "correct", "kept.toml", "cyd-to-bob", "--at", "2020-06-02")
    boardsim(project, "retract", "kept.toml", "cyd-to-bob-corrected")
    assert "--replaces" in boardsim(project, "record", "kept.toml", "hand-over", "-h")
    assert "hand-over" in boardsim(project, "schema")
    boardsim(project, "seal", "kept.toml", "--keep")
    boardsim(project, "verify", "kept.toml")
    boardsim(project, "load", "kept.toml", "sqlite:board.db")
    stored = json.loads(boardsim(project, "snapshot", "sqlite:board.db#relay", "--at", "2020-03-01", "--json"))
    assert stored["orgs"][0]["board"]["directors"] == ["ann", "cyd"]


def test_properties_hold_of_it(copy: Path) -> None:
    """The strategy tells it, and replay, cones and receipts keep their laws."""
    tests = ("tests/test_reach_compiled.py", "tests/test_meaning.py")
    command = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=copy, env=environment(copy), capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3_000:]
