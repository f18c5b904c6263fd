"""JSON Lines: one object a line; read as a stream, or in pieces."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from boardsim.imports.readers.json_ import PACKED, parsed
from boardsim.imports.readers.nested import sheet_of
from boardsim.imports.readers.pieces import can_be_cut, opened
from boardsim.imports.rows import Cells, Format, Piece, ReadOptions, Sheet, not_in_encoding, nothing_in


def objects(path: Path, file: str, encoding: str, piece: Piece | None = None) -> Iterator[tuple[int, Any]]:
    """The objects of a file, or of a piece of it, each with its line.

    Raises:
        BoardsimError: a line is no JSON, or there is none.
    """
    number = 0
    try:
        with opened(path, encoding, piece) as text:
            for number, line in enumerate(text, 1):
                if line.strip():
                    yield number, parsed(line, file, number)
    except UnicodeDecodeError as error:
        raise not_in_encoding(error, encoding, file, PACKED, number + 1) from None
    if number == 0:
        raise nothing_in(file)
    if piece is not None:
        piece.lines = number


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The rows of a file, one or more a line."""

    def select_piece(names: Sequence[str], piece: Piece) -> Iterator[tuple[int, Cells]]:
        return sheet_of(objects(path, file, options.encoding, piece), file, options.rows).select(names)

    whole = sheet_of(objects(path, file, options.encoding), file, options.rows)
    return evolve(whole, select_piece=select_piece if can_be_cut(options.encoding) else None, quotes_lines=False)


FORMAT = Format(name="jsonl", endings=(".jsonl", ".ndjson"), read=read)
