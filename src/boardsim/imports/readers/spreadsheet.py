"""What workbooks of all kinds have in common: cells as text, a bound on what they unpack to, and merged cells."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from boardsim.formats.schema.hints import did_you_mean
from boardsim.imports.rows import (
    LONGEST_CELL,
    MOST_COLUMNS,
    UNCOUNTED,
    Cells,
    Sheet,
    positions,
    require_columns,
    unusable,
)
from boardsim.problems import BoardsimError, misuse

BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # what XML that is none raises
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What those who read a workbook raise where it is damaged."""

MOST_UNPACKED = 2_000_000_000
"""Bytes that a workbook may unpack to."""

MOST_RATIO = 200
"""How many times as large as the file what it unpacks to may be, where that is more than a few megabytes."""

SMALL = 20_000_000
"""Bytes that any workbook may unpack to."""


def require_sound_archive(path: Path, file: str) -> None:
    """See that a file is a zip archive that unpacks to something of a reasonable size.

    Raises:
        BoardsimError: it is not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        hint = "save it as .xlsx or .ods, or as CSV and name that"
        raise unusable("not-a-workbook", "this is not a workbook", file, hint) from None
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1)):
        message = f"the workbook would unpack to {unpacked:,} bytes, {unpacked // max(packed, 1):,} times its size"
        raise unusable("unpacks-too-large", message, file, "do you know who made it? save the sheet as CSV")


def missing_extra(package: str) -> BoardsimError:
    """The error that the package which reads workbooks is not there."""
    message = f"spreadsheets need {package}, which is not there"
    hint = "pip install 'boardsim[spreadsheets]'; or save the sheet as CSV"
    return misuse("missing-extra", message, hint)


def chosen_sheet(names: Sequence[str], wanted: str | None, file: str) -> str:
    """The sheet that is meant: the one that the map names, else the first.

    Raises:
        BoardsimError: there is none.
    """
    if wanted is None and names:
        return names[0]
    if wanted in names:
        return str(wanted)
    hint = did_you_mean(str(wanted), names, otherwise=f"it has {', '.join(names[:5])}")
    raise unusable("unknown-sheet", f"the workbook has no sheet '{wanted}'", file, hint)


Rows = Iterable[tuple[int, Sequence[Any]]]
"""The rows of a sheet, each with its number in it, counted from 1."""


def sheet_of(rows: Rows, merged: Sequence[int], file: str, first: int) -> Sheet:
    """The table that begins in the first row from that one on that is not empty.

    Args:
        merged: the numbers of rows that have cells merged with those of other rows or columns.

    Raises:
        BoardsimError: there is no table.
    """
    lines = iter(rows)
    header, line = _header(lines, file, first)
    require_columns(header, file, line)
    if below := [number for number in merged if number > line]:
        message = f"row {below[0]} has merged cells, of which only the first holds a value"
        hint = "unmerge them and fill every cell, so that each row says all of itself"
        raise unusable("merged-cells", message, file, hint, below[0])

    def select(names: Sequence[str]) -> Iterator[tuple[int, Cells]]:
        wanted = positions(names, header)
        for number, values in lines:
            if any(value not in (None, "") for value in values):
                yield (
                    number,
                    tuple(text_of(values[at], file, number) if 0 <= at < len(values) else "" for at in wanted),
                )

    return Sheet(file, header, select, line)


def _header(lines: Iterator[tuple[int, Sequence[Any]]], file: str, first: int) -> tuple[list[str], int]:
    for number, values in lines:
        if number >= first and any(value not in (None, "") for value in values):
            cells = [
                text_of(value, file, number).replace(UNCOUNTED, "").strip() for value in values[: MOST_COLUMNS + 1]
            ]
            while cells and not cells[-1]:
                cells.pop()
            return cells, number
    raise unusable("empty-source", "there is nothing in this sheet", file, "name another: sheet = ... in [source]")


def text_of(value: Any, file: str, line: int) -> str:
    """A cell as text: a date as ISO 8601, a whole number without a point.

    Raises:
        BoardsimError: it is longer than any cell should be.
    """
    match value:
        case None:
            return ""
        case str():
            if len(value) > LONGEST_CELL:
                message = f"a cell is longer than {LONGEST_CELL:,} characters"
                raise unusable("cell-too-long", message, file, "take it out, or shorten it", line)
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
