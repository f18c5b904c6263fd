"""Workbooks of Excel, by openpyxl; read as a stream."""

import re
import zipfile
from collections.abc import Generator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from boardsim.imports.readers.spreadsheet import BROKEN, chosen_sheet, missing_extra, require_sound_archive, sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, unusable
from boardsim.problems import BoardsimError

_MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')


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
        rows = opened.enter_context(closing(_rows(workbook, sheet, file)))
        found = sheet_of(rows, _merged(path, sheet, file), file)
        opened.pop_all()  # the other rows are read later, and close it
    return found


def _rows(workbook: Any, sheet: Any, file: str) -> Generator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # what a workbook says of its own size is often wrong
    try:
        yield from enumerate(sheet.iter_rows(values_only=True), 1)
    except BROKEN as error:
        raise _damaged("the sheet cannot be read to its end", error, file) from None
    finally:
        workbook.close()


def _merged(path: Path, sheet: Any, file: str) -> list[int]:
    """The numbers of rows with merged cells, which a sheet lists after its rows."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(str(sheet._worksheet_path).lstrip("/"))  # noqa: SLF001 -- a stream knows no merged cells
    except BROKEN as error:
        raise _damaged("the sheet cannot be read", error, file) from None
    return [int(last) for _, last in _MERGED.findall(text)]


def _damaged(message: str, error: Exception, file: str) -> BoardsimError:
    hint = "open it and save it again as .xlsx, or as CSV"
    return unusable("not-a-workbook", f"{message}: {error}", file, hint)


FORMAT = Format(name="xlsx", endings=(".xlsx", ".xlsm"), read=read)
