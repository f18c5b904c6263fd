"""Workbooks of LibreOffice, by python-calamine, because openpyxl does not know them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardsim.imports.readers.spreadsheet import chosen_sheet, missing_extra, require_sound_archive, sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, unusable


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The table in a sheet.

    Raises:
        BoardsimError: python-calamine is not there, or there is no such sheet, or it is none.
    """
    try:
        import python_calamine as calamine  # noqa: PLC0415 -- an extra
    except ImportError:
        raise missing_extra("python-calamine") from None
    require_sound_archive(path, file)
    try:
        workbook = calamine.load_workbook(path)
        sheet = workbook.get_sheet_by_name(chosen_sheet(workbook.sheet_names, options.sheet, file))
        rows = sheet.to_python(skip_empty_area=False)  # else row numbers lie
    except calamine.CalamineError as error:
        hint = "open it and save it again as .ods, or as CSV"
        raise unusable("not-a-workbook", f"this is not a workbook of LibreOffice: {error}", file, hint) from None
    merged = [last[0] + 1 for _, last in sheet.merged_cell_ranges or ()]
    return sheet_of(_numbered(rows), merged, file, options.header)


def _numbered(rows: list[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    yield from enumerate(rows, 1)


FORMAT = Format(name="ods", endings=(".ods",), read=read)
