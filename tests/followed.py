"""The recipes of docs/design.md, followed in a copy of the project, and the copy asked."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

STEP = re.compile(
    r"""^(?:
        In\ `(?P<file>[^`]+)`,\ (?P<where>above|below)\ `(?P<anchor>.+?)`:\n\n```\w*\n(?P<text>.*?)```
      | In\ the\ new\ file\ `(?P<new>[^`]+)`:\n\n```\w*\n(?P<whole>.*?)```
      | Run\ `python\ (?P<script>[^`]+)`\.
    )\n""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def copied(to: Path) -> Path:
    """A copy of the project, without what other runs have left there."""
    for folder in ("src", "scenarios", "docs", "tests"):
        shutil.copytree(ROOT / folder, to / folder, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
    for file in (ROOT / "pyproject.toml", *ROOT.glob("*.md")):
        shutil.copy(file, to)
    return to


def follow(heading: str, project: Path) -> int:
    """Do in the copy what the section says; how many steps that were."""
    section = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2]
    steps = [*STEP.finditer(section.partition("\n## ")[0])]
    for step in steps:
        if step["script"]:
            done = ask(project, step["script"])
            assert done.returncode == 0, done.stderr
        elif step["new"]:
            with (project / step["new"]).open("x", encoding="utf-8") as file:
                file.write(step["whole"])
        else:
            _insert(step["text"], project / step["file"], step["where"], step["anchor"].replace("\\n", "\n"))
    return len(steps)


def _insert(text: str, file: Path, where: str, anchor: str) -> None:
    """Put the text above the first place where the file has the anchor, or below the line of it."""
    before = file.read_text(encoding="utf-8")
    start = before.index(anchor)
    place = start if where == "above" else before.index("\n", start) + 1
    file.write_text(before[:place] + text + before[place:], encoding="utf-8")


def boardsim(project: Path, *words: str, fails: bool = False) -> str:
    """What a command of the copy prints, and with `fails`, when it must exit with 1, what it complains of."""
    process = _commands(project)
    assert process.stdin is not None
    assert process.stdout is not None
    print(json.dumps(words), file=process.stdin, flush=True)
    code, out, err = json.loads(process.stdout.readline())
    assert code == int(fails), err
    return str(err if fails else out)


COMMANDS = """\
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


@cache
def _commands(project: Path) -> "subprocess.Popen[str]":
    """A process that runs one command of the copy after the other; a new one for each would take most of the time."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-W", "error", "-c", COMMANDS]
    process = subprocess.Popen(command, cwd=project, env=_environment(project), stdin=pipe, stdout=pipe, text=True)
    atexit.register(process.communicate)
    return process


def _environment(project: Path) -> dict[str, str]:
    """In which a Python finds the copy alone."""
    return {**os.environ, "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}", "COLUMNS": "100"}


def ask(project: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run this Python on the copy."""
    command = [sys.executable, "-W", "error", *words]
    return subprocess.run(command, cwd=project, env=_environment(project), capture_output=True, text=True, check=False)


def passes(project: Path, *words: str) -> None:
    """Run tests of the copy; all of those that are chosen must pass, and there must be some."""
    done = ask(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words)
    assert done.returncode == 0, done.stdout[-3_000:]
