"""Where things go: data on standard output, everything else on standard error."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import TYPE_CHECKING, Any

from boardsim.problems import BoardsimError, Problem
from boardsim.views.text.problems import problem_text
from boardsim.views.words import safe

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST, WIDEST = 60, 1_000
"""Columns; a terminal that says that it has fewer, or more, is taken to have these."""


class OutputError(BoardsimError):
    """Standard output cannot be written: it is closed, or full."""

    def __init__(self, reason: str) -> None:
        message = f"standard output cannot be written: {reason}"
        super().__init__(Problem(code="unwritable-output", message=message), exit_code=1)


def write(text: str) -> None:
    """Text to standard output, at once, so that a closed pipe is noticed here and not at exit.

    Raises:
        OutputError: it is closed, or full.
        BrokenPipeError: whoever read it has had enough.
    """
    with writing():
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:  # a terminal of few letters sees the others spelled out
            sys.stdout.write("".join(map(_spelled, text)))
        sys.stdout.flush()


@contextmanager
def writing() -> Iterator[None]:
    """Say what standard output did not take, and let it go.

    Raises:
        OutputError: it is closed, or full.
        BrokenPipeError: whoever read it has had enough.
    """
    if sys.stdout is None:
        raise OutputError("it is closed")
    try:
        yield
    except OSError as error:
        give_up_output()
        if isinstance(error, BrokenPipeError):
            raise
        raise OutputError(error.strerror or str(error)) from None


def give_up_output() -> None:
    """Let what could not be written go, so that the interpreter does not try it again when it ends."""
    with suppress(OSError, ValueError):  # a stream that is no file has no number
        number = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


@contextmanager
def done_already(what: str) -> Iterator[None]:
    """Show what was done: that it cannot be shown does not undo it, and is said on standard error."""
    try:
        yield
    except (OutputError, BrokenPipeError):
        remark(f"{what}, but standard output cannot be written")


def _spelled(character: str) -> str:
    """The character as ASCII, as JSON and Python spell it."""
    return character if character.isascii() else json.dumps(character)[1:-1]


def write_json(document: Any) -> None:
    """A JSON document, readable and with its last line ended; `safe` spells as JSON does, so the data stay the same."""
    write(json_text(document))


def json_text(document: Any) -> str:
    """The same as text."""
    return safe(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def note(message: str) -> None:
    """A remark on standard error; whatever it quotes cannot command a terminal."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is left to be told
            sys.stderr.write(safe(message) + "\n")


def remark(message: str) -> None:
    """A remark of the program itself on standard error."""
    note(f"boardsim: {message}")


def report(problems: Iterable[Problem]) -> None:
    """Problems on standard error."""
    for problem in problems:
        note(problem_text(problem))


def drop_odd_sizes() -> None:
    """Take sizes of the terminal out of the environment that no terminal has, so that nobody has to understand them."""
    for name in ("COLUMNS", "LINES"):
        if not re.fullmatch("[0-9]{1,4}", os.environ.get(name, "0")):
            del os.environ[name]


def table_width() -> int | None:
    """The columns of the terminal, or of `COLUMNS` where it is set; None for a pipe, which has no width."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return min(max(int(columns), NARROWEST), WIDEST)
    return min(max(os.get_terminal_size(1).columns, NARROWEST), WIDEST) if is_terminal() else None


def is_terminal() -> bool:
    """Whether somebody looks at standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def show(*parts: "RenderableType") -> None:
    """Tables and text for people; to a pipe they go at their full width and without colour."""
    from rich.console import Console  # costs 30 ms, which --json and errors need not pay

    text, terminal = StringIO(), True if is_terminal() else None
    screen = Console(
        width=table_width() or 10_000, markup=False, emoji=False, highlight=False, file=text, force_terminal=terminal
    )
    for part in parts:
        screen.print(part)
    write("".join(f"{line.rstrip()}\n" for line in text.getvalue().split("\n")[:-1]))
