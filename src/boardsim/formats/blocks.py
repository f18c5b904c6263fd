"""TOML, block by block: one broken block never hides another, and every value has a line and a column.

A log is a row of blocks, each opened by a header such as `[[event]]`.  The text is cut at those headers and every
piece is read by itself.  A header inside a multi-line string is text; but where such a string is never closed, the
piece is cut at the first header inside it, so that only the block at fault is lost.
"""

import re
from collections.abc import Iterator, Sequence

import tomli
from attrs import field, frozen

from boardsim.formats.positions import Positions, line_and_column, of_toml
from boardsim.formats.records import Path, Record
from boardsim.problems import Place, Problem

LONGEST_LINE = 1_000_000
"""Characters; no line of a log that a person or a program wrote comes near."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
_TOKEN = re.compile(r'#.*|"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'')


@frozen
class Block:
    """The lines of one block and where they stand; it says where any value of it is.

    Attributes:
        first: the line number of its header.
        lines: the header and all that follows, up to the next header.
        root: the path of the record in the block: `("event", 0)` below `[[event]]`.
    """

    file: str
    first: int
    lines: Sequence[str] = field(repr=False)
    root: Path = ()

    def place(self, path: Path = ()) -> Place:
        """Where the key or the list's item at `path` stands; the nearest thing around it where it cannot be found."""
        if not path and self.root and (header := _HEADER.match(self.lines[0])) and header[1] == self.root[0]:
            return self.line(0)
        found = self._positions()
        return self._at(found, found.key((*self.root, *path)))

    def value(self, path: Path, text: str) -> Place:
        """Where the string `text` stands at `path`, or in the list or table there."""
        found = self._positions()
        return self._at(found, found.word((*self.root, *path), text))

    def _positions(self) -> Positions:
        return of_toml("\n".join(self.lines))

    def _at(self, found: Positions, offset: int) -> Place:
        return self.line(*line_and_column(found.text, offset))

    def line(self, offset: int, column: int = 1) -> Place:
        """The place of a line of the block, counted from its header."""
        offset = min(max(offset, 0), len(self.lines) - 1)
        return Place(self.file, self.first + offset, column, self.lines[offset])


def read(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a TOML log and what is wrong with its syntax."""
    records, problems = [], []
    for block in blocks(text.replace("\r\n", "\n").split("\n"), file):
        try:
            tables = tomli.loads("\n".join(block.lines) + "\n")
        except (ValueError, RecursionError) as error:
            problems.append(_broken(block, error))
            continue
        for kind, table in tables.items():
            if isinstance(table, list):
                roots = ((kind, number) for number in range(len(table)))
                located = (Block(file, block.first, block.lines, root) for root in roots)
                records += [Record(kind, each, locator) for each, locator in zip(table, located, strict=True)]
            else:
                records.append(Record(kind, table, Block(file, block.first, block.lines, (kind,))))
    return records, problems


def blocks(lines: Sequence[str], file: str) -> Iterator[Block]:
    """The pieces between headers; the first may be a preamble without one."""
    start = 0
    while start < len(lines):
        end, hidden = _end(lines, start)
        block = Block(file, start + 1, lines[start:end])
        if hidden is not None and not _parses(block):
            end = hidden
            block = Block(file, start + 1, lines[start:end])
        if any(line.strip() and not line.lstrip().startswith("#") for line in block.lines):
            yield block
        start = end


def _end(lines: Sequence[str], start: int) -> tuple[int, int | None]:
    """Where the block ends, and the first header that a multi-line string inside it hides."""
    inside, hidden = "", None
    for number in range(start, len(lines)):
        line = lines[number]
        header = number > start and _HEADER.match(line) is not None
        if header and not inside:
            return number, hidden
        if header and hidden is None:
            hidden = number
        inside = _string_after(line, inside)
    return len(lines), hidden


def _string_after(line: str, inside: str) -> str:
    """The delimiter of the multi-line string that the line's end lies in; empty where it lies in none."""
    at = 0
    while True:
        if inside:
            close = _close(line, inside, at)
            if close < 0:
                return inside
            inside, at = "", close + 3
        match = _TOKEN.search(line, at)
        if match is None:
            return ""
        at = match.end()
        if match[0] in ('"""', "'''"):
            inside = match[0]


def _close(line: str, delimiter: str, at: int) -> int:
    """Where the delimiter closes the string; minus one where it does not.  A backslash escapes in `\"\"\"` strings."""
    while (close := line.find(delimiter, at)) >= 0:
        before = line[:close]
        if delimiter == "'''" or (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return close
        at = close + 1
    return -1


def _parses(block: Block) -> bool:
    try:
        tomli.loads("\n".join(block.lines) + "\n")
    except (ValueError, RecursionError):
        return False
    return True


def _broken(block: Block, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(code="too-deep", message="lists or tables are nested too deeply to be read", place=block.place())
    hint = "only this block is left out; the others are read"
    if not isinstance(error, tomli.TOMLDecodeError):
        message = "not TOML: a number has too many digits to be read"
        return Problem(code="invalid-toml", message=message, hint=hint, place=block.line(0))
    message = error.msg[:1].lower() + error.msg[1:]
    place = block.line(error.lineno - 1, error.colno)
    if "date" in message:
        return Problem(code="impossible-date", message="this is no date or time that exists", place=place)
    return Problem(code="invalid-toml", message=f"not TOML: {message}", hint=hint, place=place)
