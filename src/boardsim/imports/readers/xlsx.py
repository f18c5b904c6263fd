"""Workbooks of Excel, by openpyxl; read as a stream."""

import re
import zipfile
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from attrs import evolve

from boardsim.imports.readers.spreadsheet import BROKEN, chosen_sheet, missing_extra, require_sound_archive, sheet_of
from boardsim.imports.rows import UNCOUNTED, Format, ReadOptions, Sheet, unusable
from boardsim.problems import BoardsimError

_MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')

_UNCOUNTED = re.compile(
    rb"""
    <c\b (?![^>]*\bt="str") [^>]* \br="([A-Z]+)(\d+)" [^>]*> \s*
    <f\b (?: [^>]*/> | [^>]*>[^<]*</f> ) \s*
    (?: <v\s*/> | <v>\s*</v> )? \s* </c>
    """,
    re.VERBOSE,
)
"""A cell with a formula and no value; of type `str` it is an empty text that was counted."""


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The table in a sheet.

    Raises:
        BoardsimError: openpyxl is not there, or there is no such sheet, or it is none.
    """
    try:
        import openpyxl  # noqa: PLC0415 -- an extra, and slow to import
    except ImportError:
        raise missing_extra("openpyxl") from None
    require_sound_archive(path, file)
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except BROKEN as error:
        raise _damaged("this is not a workbook of Excel", error, file) from None
    with ExitStack() as opened:
        opened.callback(workbook.close)
        sheets = {sheet.title: sheet for sheet in workbook.worksheets}
        sheet = sheets[chosen_sheet(list(sheets), options.sheet, file)]
        text = _text(path, sheet, file)
        rows = opened.enter_context(closing(_rows(workbook, sheet, _uncounted(text), file)))
        found = sheet_of(rows, [int(last) for _, last in _MERGED.findall(text)], file, options.header)
        kept = opened.pop_all()  # the other rows are read later, and close it
    return evolve(found, close=kept.close)


def _rows(
    workbook: Any, sheet: Any, uncounted: Mapping[int, Collection[int]], file: str
) -> Generator[tuple[int, tuple[Any, ...]]]:
    """The rows, each with its number.

    Args:
        uncounted: by row, in which columns formulas stand without a value.
    """
    sheet.reset_dimensions()  # what a workbook says of its own size is often wrong
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, _marked(cells, uncounted[number]) if number in uncounted else cells
    except BROKEN as error:
        raise _damaged("the sheet cannot be read to its end", error, file) from None
    finally:
        workbook.close()


def _marked(cells: Sequence[Any], columns: Collection[int]) -> tuple[Any, ...]:
    return tuple(UNCOUNTED if at in columns else cell for at, cell in enumerate(cells, 1))


def _text(path: Path, sheet: Any, file: str) -> bytes:
    """The sheet as it is in the file, in which more stands than a stream of its rows tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(str(sheet._worksheet_path).lstrip("/"))  # noqa: SLF001
    except BROKEN as error:
        raise _damaged("the sheet cannot be read", error, file) from None


def _uncounted(text: bytes) -> Mapping[int, Collection[int]]:
    """By row, the columns whose cells hold a formula, and not what comes of it: no spreadsheet has counted it yet."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 -- as above

    found: dict[int, set[int]] = {}
    for column, row in _UNCOUNTED.findall(text):
        found.setdefault(int(row), set()).add(column_index_from_string(column.decode()))
    return found


def _damaged(message: str, error: Exception, file: str) -> BoardsimError:
    hint = "open it and save it again as .xlsx, or as CSV"
    return unusable("not-a-workbook", f"{message}: {error}", file, hint)


FORMAT = Format(name="xlsx", endings=(".xlsx", ".xlsm"), read=read)
