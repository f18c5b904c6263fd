"""CSV: one row a tenure or an event, for everybody.

UTF-8, commas, a heading, ISO 8601.  A cell that a spreadsheet would take for a formula gets an apostrophe.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from boardsim.exports.columns import Column, Kind
from boardsim.exports.export import OF_TABLES, Export, Format
from boardsim.formats.syntax.cells import harmless, joined

PIECE = 1_000
"""How many rows are put into text at a time."""


def write(export: Export) -> Iterator[str]:
    """The table that is wanted."""
    return table(*export.wanted())


def table(columns: Mapping[str, Column[Any]], rows: Iterable[Any]) -> Iterator[str]:
    """A heading and the rows, a thousand at a time."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    cells = [(CELLS[column.kind], column.value) for column in columns.values()]
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(value(row)) for cell, value in cells])
        if not number % PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _text(value: str | None) -> str:
    return harmless(value) if value else ""


CELLS: Mapping[Kind, Callable[[Any], str]] = {
    "text": _text,
    "time": lambda value: value.text,
    "flag": lambda value: "true" if value else "false",
    "several": lambda value: harmless(joined(value)),
}
"""How a cell is written, by the kind of its column."""


FORMAT = Format(
    summary="A table of tenures or events, for spreadsheets and everything else.",
    endings=(".csv",),
    write=write,
    takes=OF_TABLES,
    takes_several=True,
)
