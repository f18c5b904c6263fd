"""Where things go: data on standard output, everything else on standard error."""

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from boardsim.problems import Problem
from boardsim.views.text.problems import problem_text
from boardsim.views.words import safe

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NARROWEST = 60


def write(text: str) -> None:
    """Text to standard output, at once, so that a closed pipe is noticed here and not at exit."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # a terminal of few letters sees the others spelled out
        sys.stdout.write("".join(map(_spelled, text)))
    sys.stdout.flush()


def _spelled(character: str) -> str:
    """The character as ASCII, as JSON and Python spell it."""
    return character if character.isascii() else json.dumps(character)[1:-1]


def write_json(document: Any) -> None:
    """A JSON document, readable and with its last line ended; `safe` spells as JSON does, so the data stay the same."""
    write(safe(json.dumps(document, ensure_ascii=False, indent=2)) + "\n")


def note(message: str) -> None:
    """A remark on standard error; whatever it quotes cannot command a terminal."""
    sys.stderr.write(safe(message) + "\n")


def remark(message: str) -> None:
    """A remark of the program itself on standard error."""
    note(f"boardsim: {message}")


def report(problems: Iterable[Problem]) -> None:
    """Problems on standard error."""
    for problem in problems:
        note(problem_text(problem))


def table_width() -> int | None:
    """The columns of the terminal, or of `COLUMNS` where it is set; None for a pipe, which has no width."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return max(int(columns), NARROWEST)
    return max(os.get_terminal_size(1).columns, NARROWEST) if sys.stdout.isatty() else None


def console(width: int | None) -> "Console":
    """A console on standard output that reads no markup in data."""
    from rich.console import Console  # costs 30 ms, which --json and errors need not pay

    return Console(width=width or 10_000, markup=False, emoji=False, highlight=False, file=sys.stdout)


def show(*parts: "RenderableType") -> None:
    """Tables and text for people; to a pipe they go at their full width and without colour."""
    screen = console(table_width())
    with screen.capture() as capture:
        for part in parts:
            screen.print(part)
    write("".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1]))
