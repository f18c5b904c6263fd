"""The catalogue of error messages: every example in `tests/errors` with its command line and the problem codes.

An example is named after its code, with `--what` where one code has several.  `NAME.toml` or `NAME.jsonl` is the log at
fault and its first line, a comment, says in one sentence what is wrong and why it matters.  `NAME.args` holds the
command line where it is not `check NAME.toml`; there, or where a log cannot hold a comment, its own first line is the
sentence.  `NAME.txt` is what must come of it: the exit code, then standard error.
"""

import ast
import shlex
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import frozen

from boardsim.reducers import REASONS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "errors"
SOURCE = ROOT / "src" / "boardsim"


@frozen
class Example:
    """One mistake.

    Attributes:
        name: the code, with `--what` where the code has several examples.
        why: what is wrong and why it matters, in one sentence.
        command: the words after `boardsim`.
        log: the file at fault; None where the mistake lies on the command line.
    """

    name: str
    why: str
    command: tuple[str, ...]
    log: Path | None

    @property
    def code(self) -> str:
        """The problem code that the example is for."""
        return self.name.partition("--")[0]

    @property
    def golden(self) -> Path:
        """The file with what must come of it."""
        return FOLDER / f"{self.name}.txt"


def examples() -> list[Example]:
    """All examples, by name; those that begin with `plain` are what others build on."""
    files = [path for path in FOLDER.iterdir() if path.suffix in (".toml", ".jsonl", ".args")]
    names = {path.stem for path in files if not path.name.startswith("plain")}
    return [_example(name) for name in sorted(names)]


def _example(name: str) -> Example:
    logs = [path for path in (FOLDER / f"{name}.toml", FOLDER / f"{name}.jsonl") if path.exists()]
    log = logs[0] if logs else None
    arguments = FOLDER / f"{name}.args"
    command = f"check {name}.toml"
    why = ""
    if log is not None and log.suffix == ".toml":
        why = _comment(log.read_text("utf-8", "replace").splitlines()[0])
    if arguments.exists():
        *head, command = arguments.read_text("utf-8").splitlines()
        why = _comment(head[0]) if head else why
    return Example(name, why, tuple(shlex.split(command)), log)


def _comment(line: str) -> str:
    return line.removeprefix("# ") if line.startswith("# ") else ""


ELSEWHERE: Mapping[str, str] = {
    "changed-source": "Somebody wrote to the source while it was read: what was built of it would be of no day.",
    "other-kind-of-bulk": "A bulk folder was built from a table, and cannot be continued with logs; nor the other way.",
    "duplicate-book": "Two logs of one file have the same id, by which each of them is known.",
    "several-orgs": "Several organizations of a bulk folder have that name or id, and nobody guesses which is meant.",
    "query-failed": "DuckDB could not do what it was asked to, for a reason that it gives itself.",
    "hard-linked": "The log has two names in the file system, and the other one would not see what is recorded.",
    "line-too-long": "No line of a log that a person or a program wrote comes near a million characters.",
    "lost-workers": "A process of an ensemble, or its cluster, died before it had answered. Nothing is shown of what "
    "had been replayed until then, because a part of the worlds is no fair sample of them. Of a bulk build, what was "
    "folded until then is kept, and the same build goes on from there.",
    "missing-extra": "The command needs a package that is installed with boardsim only where somebody asks for it.",
    "binary-output": "A format is bytes, and standard output is a terminal, which cannot show them.",
    "port-taken": "Another program listens at that port of this computer, such as a page that is served already.",
    "no-cluster": "No Dask scheduler answers at the address.",
    "too-deep": "Lists in lists, or tables in tables, beyond any depth that a log has a use for.",
    "too-many-coalitions": "More than twenty directors with millions of votes each, no two with the same number.",
    "bad-case-name": "What people read names a case in a store, so its name has no characters that command a terminal.",
    "bad-word": "A command or an option was typed with characters that command a terminal.",
    "unwritable-output": "Standard output is closed, or the disk that it goes to is full.",
    "long-base-chain": "More than a hundred scenarios stand on one another, which no person ever wrote.",
    "missing-folder": "The working folder was removed, so that no path leads anywhere from it.",
    "which-case": "A store holds several cases, and nobody can guess which one is meant.",
    "store-differs": "What is in a store never changes, so a log that was edited is not the log that was loaded.",
    "store-busy": "Another program kept the store locked for longer than anybody waits for a commit.",
    "store-full": "The disk has no room for what was to be appended; nothing of it was written.",
    "store-failed": "The database could not do what it was asked to, for a reason that it gives itself.",
    "damaged-store": "The file of a store was overwritten, or cut short, by something other than boardsim; or a row of "
    "its tables is not what was written, or is missing. The message says which case, which position and what is wrong. "
    "Nothing is answered from it, and nothing is written to it.",
    "busy-log": "Other programs changed the log again each time that it was read, or one of them keeps it locked. "
    "Nothing was written.",
    "unfinished-load": "A large log is loaded in chunks, and a case of which only some are there is not the log.",
    "old-store": "The tables of a store are changed only by somebody who says so, after a copy was made.",
    "future-store": "A newer program has changed the tables of the store, and this one could misread them.",
    "no-server": "A store on a server needs the server.",
    "cell-too-long": "A cell is as long as a file, because a quotation mark is not closed, or it is no table.",
    "too-many-columns": "No register has thousands of columns; a file that is cut at the wrong character has.",
    "unpacks-too-large": "A workbook of a few kilobytes that unpacks to gigabytes was made to do harm.",
    "merged-cells": "Of merged cells only the first holds a value, so that the rows below it say nothing.",
    "unknown-sheet": "The map names a sheet that the workbook does not have.",
    "unreadable-file": "The file is there, and this user may not read it, or the disk does not give it.",
}
"""Codes whose examples are made by the tests, being too large or a matter of permissions; what each means."""

UNSEEN = ("unknown-bylaw", "motive-gone", "dropped")
"""Reasons that no reader of a log meets under this name.

A bylaw that does not exist is turned away as `unknown-key` before the reducers see it, and a reason that is gone is
shown as `orphaned`; what a scenario drops is no problem at all.
"""


@cache
def codes(*folders: str) -> set[str]:
    """Every problem code that the source can emit, read off the calls that make problems and reasons."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).parts[0] not in folders]
    found = {code for path in paths for code in _codes(ast.parse(path.read_text("utf-8")))}
    return (found | set(REASONS) | {"orphaned"}) - set(UNSEEN)  # the name of a ruling serves as a code, too


MAKERS = (
    *("Problem", "Reason", "problem", "fail", "evolve", "_problem", "_unreadable"),
    *("misuse", "unusable", "Fault", "Misfit", "Unreadable", "_usage", "_refused", "_wrong"),
)
"""What makes a problem of a code: by its keyword `code`, or as the first string among its arguments."""


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _code_of(node)
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "code" for t in node.targets):
            yield from _strings(node.value)


def _code_of(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    for keyword in call.keywords:
        if keyword.arg == "code":
            yield from _strings(keyword.value)
    if name in MAKERS:
        yield from next((found for value in call.args if (found := list(_strings(value)))), [])


def _strings(value: ast.expr) -> Iterator[str]:
    """The string, those that a conditional chooses from, or those that begin alike and end in what is unknown."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), _]):
            yield from (start + noun for noun in ("org", "person", "role", "event"))
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body)
            yield from _strings(orelse)
