"""Tables of delimited text, as `csv` and `tsv` have them; read as a stream, or in pieces."""

import csv
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from operator import itemgetter
from pathlib import Path

from boardsim.imports.readers.pieces import can_be_cut, opened
from boardsim.imports.rows import (
    LONGEST_CELL,
    SURPLUS,
    Cells,
    Piece,
    ReadOptions,
    Sheet,
    not_in_encoding,
    nothing_in,
    positions,
    require_columns,
    unusable,
)


def read_delimited(path: Path, file: str, options: ReadOptions, delimiter: str) -> Sheet:
    """The table in a file of delimited text.

    Raises:
        BoardsimError: it is empty, in another encoding, or no such table.
    """
    header, line = _header(path, file, options, delimiter)
    _require_delimiter(header, file, line, delimiter)
    require_columns(header, file, line)

    def select(names: Sequence[str]) -> Iterator[tuple[int, Cells]]:
        lines = dropwhile(lambda one: one[0] < options.header, _lines(path, file, options, delimiter))
        return _rows(lines, len(header), positions(names, header))

    def select_piece(names: Sequence[str], piece: Piece) -> Iterator[tuple[int, Cells]]:
        lines = _lines(path, file, options, delimiter, piece)
        return _rows(lines, len(header), positions(names, header), has_header=not piece.start)

    is_cut = can_be_cut(options.encoding) and options.header == 1
    return Sheet(file, header, select, line, select_piece=select_piece if is_cut else None)


def _header(path: Path, file: str, options: ReadOptions, delimiter: str) -> tuple[list[str], int]:
    for line, cells in _lines(path, file, options, delimiter):
        if line >= options.header and any(cell.strip() for cell in cells):
            return [cell.strip() for cell in cells], line
    raise nothing_in(file, options.header)


def _require_delimiter(header: Sequence[str], file: str, line: int, delimiter: str) -> None:
    """See that the header was cut where the author means it to be."""
    if header[0].lstrip().lower().startswith(("<!doctype", "<html")):
        hint = "open it in a browser: the register may have sent an error page"
        raise unusable("html-source", "this is a web page, not a table", file, hint, line)
    if len(header) > 1:
        return
    other = next((mark for mark in (";", "\t", ",", "|") if mark != delimiter and mark in header[0]), None)
    if other is not None:
        shown = {"\t": "\\t"}.get(other, other)
        message = f"the header has no {_called(delimiter)}, and it has {_called(other)}: '{header[0][:60]}'"
        raise unusable("wrong-delimiter", message, file, f'say delimiter = "{shown}" in [source]', line)


def _called(mark: str) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}.get(mark, f"'{mark}'")


def _rows(
    lines: Iterator[tuple[int, list[str]]], width: int, wanted: Sequence[int], *, has_header: bool = True
) -> Iterator[tuple[int, Cells]]:
    """The cells at these positions, of every line below the header, which is so wide, that is not empty."""
    pick = itemgetter(*wanted) if len(wanted) > 1 and min(wanted) >= 0 else None
    is_first = has_header
    for line, cells in lines:
        if not cells or not any(cells):
            continue
        if is_first:
            is_first = False
            continue
        if pick is not None and len(cells) == width:
            yield line, pick(cells)
        else:
            yield line, _picked(cells, width, wanted)


def _picked(cells: Sequence[str], width: int, wanted: Sequence[int]) -> Cells:
    """The cells of a line that is not as wide as the header, with whatever it has too much behind the last one."""
    found = [cells[at] if 0 <= at < len(cells) else "" for at in wanted]
    surplus = cells[width:]
    if found and any(map(str.strip, surplus)):
        found[-1] = SURPLUS.join([found[-1], *surplus])
    return tuple(found)


def _lines(
    path: Path, file: str, options: ReadOptions, delimiter: str, piece: Piece | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The lines of the file, or of a piece of it, as cells, each with its number.

    Raises:
        BoardsimError: the file is in another encoding, or a cell never ends.
    """
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with opened(path, options.encoding, piece) as text:
            reader = csv.reader(text, delimiter=delimiter, strict=True)
            start = 1
            for cells in reader:
                yield start, cells
                start = reader.line_num + 1
            if piece is not None:
                piece.lines = reader.line_num
    except UnicodeDecodeError as error:
        hint = 'if you know its encoding, say it in [source]: encoding = "cp1252"'
        line = _line_of_byte(path, options.encoding)
        raise not_in_encoding(error, options.encoding, file, hint, line) from None
    except csv.Error as error:
        raise _torn(error, file, reader.line_num) from None
    finally:
        csv.field_size_limit(before)


def _torn(error: csv.Error, file: str, line: int) -> Exception:
    if "field larger" in str(error):
        message = f"a cell is longer than {LONGEST_CELL:,} characters"
        return unusable("cell-too-long", message, file, "is a quotation mark not closed? else it is no table", line)
    if "unexpected end" in str(error):
        message = "the file ends inside a quoted cell"
        return unusable("cut-short", message, file, "was the download cut short? fetch it again", line)
    if "NUL" in str(error):
        return unusable("not-a-table", "there are zero bytes in this file: it is not text", file, "", line)
    return unusable("not-a-table", f"this is not a table of delimited text: {error}", file, "", line)


def _line_of_byte(path: Path, encoding: str) -> int:
    """The line of the first byte that is not in that encoding."""
    with path.open("rb") as data:
        for number, line in enumerate(data, 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return 1
