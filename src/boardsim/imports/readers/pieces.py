"""A file of text in pieces that are read each by itself, as several processes do.

A piece ends with a line; and, where lines may be quoted, where no quotation is open by the number of marks before it.
That is right where marks only quote, as RFC 4180 has them; who reads a piece sees whether it was.
"""

import codecs
from collections.abc import Callable, Iterator
from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

from boardsim.imports.rows import Piece

BLOCK = 1 << 20
"""Bytes that are read at a time."""

_LINED = ("ascii", "cp125", "iso8859", "utf-8")
"""How the names of encodings begin in which the byte of a line feed is never part of anything else."""


def can_be_cut(encoding: str) -> bool:
    """Whether the lines of a text in this encoding are seen in its bytes."""
    return codecs.lookup(encoding).name.startswith(_LINED)


def pieces_of(path: Path, size: int, *, quotes_lines: bool) -> Iterator[Piece]:
    """The pieces of a file, each of so many bytes at the least but for the last.

    Args:
        quotes_lines: whether a line may end within quotation marks.
    """

    def marks_in(data: bytes) -> int:
        return data.count(b'"') if quotes_lines else 0

    start, marks = 0, 0
    with path.open("rb") as file:
        while block := file.read(min(size, BLOCK)):
            marks += marks_in(block)
            if file.tell() - start >= size:
                _to_the_end_of_a_row(file, marks, marks_in)
                yield Piece(start, file.tell())
                start, marks = file.tell(), 0  # none is open
        if file.tell() > start:
            yield Piece(start, file.tell())


def _to_the_end_of_a_row(file: BufferedReader, marks: int, marks_in: Callable[[bytes], int]) -> None:
    """Read on until a line ends, and with it a row, by the number of quotation marks until then."""
    while line := file.readline(BLOCK):
        marks += marks_in(line)
        if line.endswith(b"\n") and not marks % 2:
            return


def opened(path: Path, encoding: str, piece: Piece | None) -> TextIO:
    """The text of a file, or of a piece of it, with the ends of its lines as they are."""
    if piece is None:
        return path.open(encoding=encoding, newline="")
    if piece.start and codecs.lookup(encoding).name == "utf-8-sig":
        encoding = "utf-8"  # a mark of the byte order is one where the file begins
    return TextIOWrapper(BufferedReader(_Part(path, piece)), encoding, newline="")


class _Part(FileIO):
    """The bytes of a piece."""

    def __init__(self, path: Path, piece: Piece) -> None:
        super().__init__(path)
        self.seek(piece.start)
        self._end = piece.end

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        """Fill a buffer, but for what lies behind the piece."""
        return super().readinto(memoryview(buffer)[: max(0, self._end - self.tell())])
