"""Rows that could not be used, as a table to be mended, and such a table as the source that it is then."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from attrs import evolve

from boardsim.imports.entries import Fault
from boardsim.imports.reading import LINE, Source, sheet_of
from boardsim.imports.rows import MOST_COLUMNS, SURPLUS, UNCOUNTED, ReadOptions

OWN = ("import_file", LINE, "import_reasons")
"""The columns that tell of a row where it is from, and why it was not used."""

LONGEST_HEAD = 200 * MOST_COLUMNS
"""Bytes in which the names of all columns stand."""

Rejected = Sequence[tuple[Source, Mapping[int, Sequence[Fault]]]]
"""Of each source, by number, why rows are not used."""


def rejects_text(rejected: Rejected) -> str:
    """The rows that are not used, as they were, with the line that they stand in and the reasons."""
    told = [(source, faults) for source, faults in rejected if faults]
    columns = list(dict.fromkeys(name for source, _ in told for name in _columns(source)))
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*columns, *OWN])
    for source, faults in told:
        for number, (line, cells) in enumerate(sheet_of(source).select(columns)):
            if number in faults:
                reasons = "; ".join(fault.message for fault in faults[number])
                own = [cell.replace(SURPLUS, ", ").replace(UNCOUNTED, "") for cell in cells]
                writer.writerow([*own, source.name, faults[number][0].line or line, reasons])
    return text.getvalue()


def _columns(source: Source) -> list[str]:
    """The columns of a source; of JSON only its rows tell which there are."""
    sheet = sheet_of(source)
    for _ in () if sheet.is_complete else sheet.select(()):
        pass
    return [name for name in sheet.columns if name and name not in OWN]


def as_rejected(source: Source) -> Source:
    """A source; one that is a table of rejected rows as the table that it is, whatever they were in before.

    Its columns are called as they were there, or as the fields of the register are, so that the map holds.
    """
    if not _is_rejected(source.path):
        return source
    encoding = ReadOptions().encoding if _is_text(source.path) else source.map.options.encoding
    found = evolve(source.map, format="csv", options=ReadOptions(encoding=encoding))
    return evolve(source, map=found, register=None)


def _is_rejected(path: Path) -> bool:
    """Whether a file is what is written here: a table with commas, and with a column that tells of lines."""
    try:
        with path.open("rb") as file:
            head = file.read(LONGEST_HEAD).decode("utf-8-sig", "replace")
        return LINE in head and LINE in next(csv.reader(StringIO(head, newline="")))
    except (OSError, ValueError, csv.Error, StopIteration):  # what is wrong with it is told where it is read
        return False


def _is_text(path: Path) -> bool:
    """Whether a file is as it was written here; a spreadsheet may have saved it in the encoding of its machine."""
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError:
        return False
    return True
