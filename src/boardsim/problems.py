"""Findings with a place: a problem is a value that is collected, never an exception that hides the next one.

Every problem has a code.  The message says what is wrong, the place says where, and the hint says what to do; the
three are kept apart so that people and programs can each have them in their own form.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Protocol

from attrs import frozen

from boardsim.values import Value

Severity = Literal["error", "warning", "note"]


@frozen(order=True)
class Place:
    """Somewhere in a file; lines and columns count from 1.

    Attributes:
        file: the path as the reader gave it; `<stdin>` for standard input.
        text: the line itself, to be shown as an excerpt.
    """

    file: str
    line: int = 1
    column: int = 1
    text: str = ""


Path = tuple[str | int, ...]
"""The way to a value in a record: keys and list indexes."""


class Locator(Protocol):
    """Knows where the values of one record stand."""

    def place(self, path: Path = ()) -> Place:
        """Where the key or the list's item at `path` stands."""

    def value(self, path: Path, text: str) -> Place:
        """Where the string `text` stands at `path`, or in the list or table there."""


@frozen(kw_only=True, eq=False, repr=False)
class Problem(Value):
    """One thing that is wrong.

    Attributes:
        code: the kind of problem; each is explained in the documentation under this name.
        message: what is wrong, in one sentence without a full stop.
        hint: what to do about it; empty where the message says it all.
        place: where it is; None for what was typed on the command line.
        event: the id of the event concerned.
        org: the organization concerned.
        since: of a rule that is broken for a time, from when on; inclusive.
        until: when it was remedied; exclusive, and None where it never was.
    """

    code: str
    message: str
    hint: str = ""
    place: Place | None = None
    severity: Severity = "error"
    event: str | None = None
    org: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line and column; those without a place come first."""
    return sorted(problems, key=rank)


def rank(problem: Problem) -> tuple[str, int, int, str, str]:
    """What problems are sorted by."""
    place = problem.place or Place("", 0, 0)
    return (place.file, place.line, place.column, problem.code, problem.message)


class BoardsimError(Exception):
    """Something that the reader asked for cannot be done at all.

    Attributes:
        problems: why, sorted; at least one.
        exit_code: 1 where the data are at fault, 2 where the request is.
    """

    def __init__(self, *problems: Problem, exit_code: int = 1) -> None:
        super().__init__("\n".join(problem.message for problem in problems))
        self.problems = in_order(problems)
        self.exit_code = exit_code


def misuse(
    code: str,
    message: str,
    hint: str = "",
    *,
    place: Place | None = None,
    event: str | None = None,
    org: str | None = None,
) -> BoardsimError:
    """The error that a request is at fault, for one reason; the arguments are those of `Problem`."""
    problem = Problem(code=code, message=message, hint=hint, place=place, event=event, org=org)
    return BoardsimError(problem, exit_code=2)
