"""What was measured, as tables of a page: the command writes them, and nobody else.

Each section has its own, between two remarks that a reader of the page does not see, so that a section can be measured
again by itself.
"""

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from benchmarks.report import HEAD, MISSED

COLUMNS = ("what", *HEAD[1:])

_MEASURED = re.compile(r"<!-- measured: (\w+) -->\n.*?<!-- end -->\n", re.DOTALL)
_TABLE = re.compile(
    r"<!-- measured: (?P<name>\w+) -->\n### (?P<title>[^\n]*)\n\n(?P<how>[^\n]*)\n\n"
    r"(?P<rows>(?:\| [^\n]* \|\n)+)<!-- end -->\n"
)


@frozen
class Table:
    """What was measured of one section.

    Attributes:
        name: that of its file.
        how: with what, and how much of it, it was measured.
        rows: the cells of each figure.
    """

    name: str
    title: str
    how: str
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        lines = (COLUMNS, ("---",) * len(COLUMNS), *self.rows)
        rows = "".join(f"| {' | '.join(map(_cell, cells))} |\n" for cells in lines)
        return f"<!-- measured: {self.name} -->\n### {self.title}\n\n{self.how}\n\n{rows}<!-- end -->\n"


def _cell(text: str) -> str:
    return f"**{MISSED}**" if text == MISSED else text.strip()


def tables(page: str) -> list[Table]:
    """The tables that a page has.

    Raises:
        ValueError: one of them is not as this file writes them.
    """
    found = []
    for written in _MEASURED.finditer(page):
        match = _TABLE.fullmatch(written[0])
        if match is None:
            raise ValueError(f"the table of '{written[1]}' is not as the command writes it")
        _, _, *lines = match["rows"].splitlines()
        rows = tuple(tuple(cell.strip(" *") for cell in line[1:-1].split("|")) for line in lines)
        found.append(Table(match["name"], match["title"], match["how"], rows))
    return found


def written(page: str, measured: Sequence[Table]) -> str:
    """The page with these tables in the place of those of the same sections; new ones come after the last."""
    new: Mapping[str, Table] = {table.name: table for table in measured}
    names = {match[1] for match in _MEASURED.finditer(page)}
    page = _MEASURED.sub(lambda match: str(new.get(match[1], match[0])), page)
    more = "".join(f"\n{table}" for table in measured if table.name not in names)
    end = max((match.end() for match in _MEASURED.finditer(page)), default=len(page))
    return page[:end] + more + page[end:]
