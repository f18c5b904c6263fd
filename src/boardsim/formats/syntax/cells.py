"""Cells of a table in text: what a spreadsheet would take for a formula, and lists in one cell; both can be undone."""

import re
from collections.abc import Iterable

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_FIRST = frozenset("'=+-@\t\r")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")

SEPARATOR = "; "
"""Between the items of a list in one cell."""


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it.

    So does what begins with apostrophes and then like one, so that `as_meant` can tell them apart.
    """
    if text[:1] not in _FIRST:  # as most; an expression for each cell would take as long as all the rest
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def as_meant(cell: str) -> str:
    """The text of a cell that `harmless` wrote."""
    return cell[1:] if _QUOTED.match(cell) else cell


def joined(items: Iterable[str]) -> str:
    """Items as one cell."""
    return SEPARATOR.join(items)
