"""TOML, block by block: one broken block never hides another, and every value has a line and a column.

A log is a row of blocks, each opened by a header such as `[[event]]`.  The text is cut at those headers and every
piece is read by itself.  A header inside a multi-line string is text; but where such a string is never closed, the
piece is cut at the first header inside it, so that only the block at fault is lost.
"""

import re
from collections.abc import Iterator, Sequence

import tomli
from attrs import field, frozen

from boardsim.formats.records import Path, Record
from boardsim.problems import Place, Problem

LONGEST_LINE = 1_000_000
"""Characters; no line of a log that a person or a program wrote comes near."""

_HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
_TOKEN = re.compile(r'#.*|"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'')
_KEY = re.compile(r'\s*(?:\[+\s*)?("[^"]*"|[A-Za-z0-9_.-]+)\s*(?:=|\])')


@frozen
class Block:
    """The lines of one block and where they stand; it says where any value of it is.

    Attributes:
        first: the line number of its header.
        lines: the header and all that follows, up to the next header.
    """

    file: str
    first: int
    lines: Sequence[str] = field(repr=False)

    def place(self, path: Path = ()) -> Place:
        """Where the value at `path` stands; the nearest thing around it where it cannot be found."""
        line, column = 0, 1
        for step in path:
            found = self._key(step, line) if isinstance(step, str) else None
            if found is None:
                break
            line, column = found
        if path and isinstance(path[-1], str) and len(path) > 1 and self._key(path[-1], line) is None:
            line, column = self._value(path[-1], line) or (line, column)
        return self.line(line, column)

    def value(self, path: Path, text: str) -> Place:
        """Where the string `text` stands in the list or table at `path`."""
        start = self.place(path).line - self.first
        line, column = self._value(text, start) or (start, self.place(path).column)
        return self.line(line, column)

    def line(self, offset: int, column: int = 1) -> Place:
        """The place of a line of the block, counted from its header."""
        offset = min(max(offset, 0), len(self.lines) - 1)
        return Place(self.file, self.first + offset, column, self.lines[offset])

    def _key(self, key: str, start: int) -> tuple[int, int] | None:
        for offset in range(start, len(self.lines)):
            match = _KEY.match(self.lines[offset])
            if match and match[1].strip('"').split(".")[-1] == key:
                return offset, match.start(1) + 1
        return None

    def _value(self, text: str, start: int) -> tuple[int, int] | None:
        quoted = re.compile(f"([\"']){re.escape(text)}\\1|\\b{re.escape(text)}\\s*=")
        for offset in range(start, len(self.lines)):
            if match := quoted.search(self.lines[offset]):
                return offset, match.start() + 1
            if offset > start and _KEY.match(self.lines[offset]):
                return None
        return None


def read(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a TOML log and what is wrong with its syntax."""
    records, problems = [], []
    for block in blocks(text.replace("\r\n", "\n").split("\n"), file):
        try:
            tables = tomli.loads("\n".join(block.lines) + "\n")
        except (tomli.TOMLDecodeError, RecursionError) as error:
            problems.append(_broken(block, error))
            continue
        for kind, table in tables.items():
            found = table if isinstance(table, list) else [table]
            records += [Record(kind, each, block) for each in found]
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
    except (tomli.TOMLDecodeError, RecursionError):
        return False
    return True


def _broken(block: Block, error: Exception) -> Problem:
    if not isinstance(error, tomli.TOMLDecodeError):
        return Problem(code="too-deep", message="lists or tables are nested too deeply to be read", place=block.place())
    message = error.msg[:1].lower() + error.msg[1:]
    place = block.line(error.lineno - 1, error.colno)
    if "date" in message:
        return Problem(code="impossible-date", message="this is no date or time that exists", place=place)
    hint = "only this block is left out; the others are read"
    return Problem(code="invalid-toml", message=f"not TOML: {message}", hint=hint, place=place)
