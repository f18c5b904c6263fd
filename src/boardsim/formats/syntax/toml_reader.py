"""TOML, block by block: one broken block never hides another, and every value has a line and a column.

A log is a row of blocks, each opened by a header such as `[[event]]`.  The text is cut at those headers and every
piece is read by itself.  A header inside a multi-line string is text; but where such a string is never closed, the
piece is cut at the first header inside it, so that only the block at fault is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import tomli

from boardsim.formats.syntax.block import HEADER, Block
from boardsim.formats.syntax.lexer import LONG, end_of_long, open_after
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Place, Problem

_HEADERS = re.compile(HEADER.pattern.removeprefix(r"\s*").replace(r"\s", r"[^\S\n]"), re.MULTILINE)
"""From the bracket on, which is found far sooner than the beginning of a line."""

_TOLD = re.compile(r"""\s*(id|person|org|role)\s*=\s*["']([^"']+)["']""")
_OPENS = re.compile(r"""\s*[\w."'-]+\s*=\s*\[?\s*(?:\"{3}|'{3})""")


def read(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a TOML log and what is wrong with its syntax."""
    records: list[Record] = []
    problems: list[Problem] = []
    roots: dict[Path, Path] = {}  # of which nearly all blocks have the same
    for block in blocks(text.replace("\r\n", "\n"), file):
        try:
            tables = tomli.loads(block.text + "\n")
        except (ValueError, RecursionError) as error:
            problems.append(_broken(block, error))
            records += _remains(block)
            continue
        for kind, table in tables.items():
            if (problem := _brackets(block, kind, table)) is not None:
                problems.append(problem)
            if problem is not None and problem.code == "stray-table":
                continue
            if isinstance(table, list):
                for number, each in enumerate(table):
                    path = (kind, number)
                    records.append(Record(kind, each, block.of(roots.setdefault(path, path))))
            else:
                records.append(Record(kind, table, block.of((kind,))))
    return records, [*problems, *_torn(text, file)]


_BARE_VALUE = re.compile(r"""\s*[\w."'-]+\s*=\s*(?!true\s*$|false\s*$)[^\s"'\[{#][^"'#]*""")


def _torn(text: str, file: str) -> Iterator[Problem]:
    """A last line that may be the half of one: it has no end, and more digits would make another number or date of it.

    Whatever else can be cut short is not TOML any more, but for the end of a line.
    """
    last = text[text.rfind("\n") + 1 :]
    if _BARE_VALUE.fullmatch(last):
        place = Place(file, text.count("\n") + 1, len(last.rstrip()) + 1, last)
        message = "the last line has no end, so the value may have been cut short"
        hint = "is it whole? then end the line"
        yield Problem(code="torn-tail", message=message, hint=hint, place=place, severity="warning")


_ONCE = ("log", "scenario")
_MANY = ("org", "role", "person", "event", "assert", "waive", "change", "unknown", "reaction")


def _brackets(block: Block, kind: str, table: object) -> Problem | None:
    """What is wrong with the brackets of a header; the whole must be TOML, not only each piece of it."""
    if kind in _MANY and isinstance(table, dict):
        place, header = block.of((kind,)).place(), HEADER.match(block.lines[0])
        if header is not None and header[1] != kind:
            message = f"this table belongs to no [[{kind}]]"
            hint = f"put it right below the [[{kind}]] that it is about"
            return Problem(code="stray-table", message=message, hint=hint, place=place)
        message = f"there can be many '{kind}' blocks, so each is headed [[{kind}]]"
        return Problem(code="wrong-brackets", message=message, hint="write two brackets", place=place)
    if kind in _ONCE and isinstance(table, list):
        place = block.of((kind,)).place()
        message = f"there is one '{kind}' block, so it is headed [{kind}]"
        return Problem(code="wrong-brackets", message=message, hint="write one bracket", place=place)
    return None


def blocks(text: str, file: str) -> Iterator[Block]:
    """The pieces between headers; the first may be a preamble without one."""
    if LONG[0] not in text and LONG[1] not in text:
        return _between_headers(text, file)
    return _outside_of_strings(text, file)


def _between_headers(text: str, file: str) -> Iterator[Block]:
    """The pieces of a text in which no string runs over lines, so that whatever looks like a header is one."""
    start, first = 0, 1
    for header in _HEADERS.finditer(text):
        line = text.rfind("\n", 0, header.start()) + 1
        if line > start and (line == header.start() or text[line : header.start()].isspace()):
            block = Block(file, first, text, start, line - 1)
            if _says_anything(block):
                yield block
            first += text.count("\n", start, line)
            start = line
    if _says_anything(block := Block(file, first, text, start, len(text))):
        yield block


def _outside_of_strings(text: str, file: str) -> Iterator[Block]:
    """The pieces of a text, of which headers inside strings are no ends."""
    lines = text.split("\n")
    offsets = [0, *accumulate(len(line) + 1 for line in lines)]
    start = 0
    while start < len(lines):
        end, hidden = _end(lines, start)
        block = Block(file, start + 1, text, offsets[start], offsets[end] - 1)
        if hidden is not None and not _parses(block):
            end = hidden
            block = Block(file, start + 1, text, offsets[start], offsets[end] - 1)
        if _says_anything(block):
            yield block
        start = end


def _says_anything(block: Block) -> bool:
    """Whether a block has more than comments."""
    return block.source.startswith("[", block.start) or any(
        line.strip() and not line.lstrip().startswith("#") for line in block.lines
    )


def _end(lines: Sequence[str], start: int) -> tuple[int, int | None]:
    """Where the block ends, and the first header hidden in it by a multi-line string that seems not to be closed.

    Such a string runs to the end of the text, or to the delimiter that opens the next one.
    """
    inside, hidden, cut = "", None, None
    for number in range(start, len(lines)):
        line = lines[number]
        header = number > start and "[" in line and HEADER.match(line) is not None
        if header and not inside:
            return number, cut
        if header and hidden is None:
            hidden = number
        if inside and hidden is not None and end_of_long(line, inside, 0) >= 0:
            cut = cut or (hidden if _OPENS.match(line) else None)
            hidden = None
        inside = open_after(line, inside)
    return len(lines), cut or (hidden if inside else None)


def _parses(block: Block) -> bool:
    try:
        tomli.loads(block.text + "\n")
    except (ValueError, RecursionError):
        return False
    return True


def _remains(block: Block) -> Iterator[Record]:
    """What can still be told of a block that is not TOML, so that nobody calls it missing."""
    header = HEADER.match(block.lines[0])
    if header is not None:
        told = [match for line in block.lines if (match := _TOLD.match(line))]
        yield Record(header[1], {match[1]: match[2] for match in reversed(told)}, block, broken=True)


def _broken(block: Block, error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem(code="too-deep", message="lists or tables are nested too deeply to be read", place=block.place())
    hint = "only this block is left out; the others are read"
    if not isinstance(error, tomli.TOMLDecodeError):
        message = "not TOML: a number has too many digits to be read"
        return Problem(code="invalid-toml", message=message, hint=hint, place=block.line(0))
    place = block.line(error.lineno - 1, error.colno)
    for pattern, message, remedy in _DATES_OF_OTHERS:
        if found := pattern.match(place.text):
            place, hint = block.line(error.lineno - 1, found.start(1) + 1), f"{remedy.format(found[1])}; {hint}"
            return Problem(code="invalid-toml", message=f"not TOML: {message}", hint=hint, place=place)
    date = _DATE.match(place.text)
    if (date and date.end() > error.colno - 1) or "date" in error.msg:
        place = block.line(error.lineno - 1, date.start(1) + 1 if date else error.colno)
        return Problem(code="impossible-date", message="this is not a date or time that exists", place=place, hint=hint)
    if "\r" in place.text:
        message, hint = "not TOML: a line ends with a lone carriage return", "save the file with LF or CRLF line ends"
        return Problem(code="invalid-toml", message=message, hint=hint, place=place)
    if error.msg == "Unterminated string":
        place = _opening(block) or place
    message = _IN_WORDS.get(error.msg) or error.msg[:1].lower() + error.msg[1:]
    return Problem(code="invalid-toml", message=f"not TOML: {message}", hint=hint, place=place)


_DATE = re.compile(r"""[\s\w."'-]+=\s*(\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]?[\d:.+Zz-]+)?)""")
_DATES_OF_OTHERS = tuple(
    (re.compile(rf"""[\s\w."'-]+=\s*({pattern})\s*(?:#.*)?$"""), message, remedy)
    for pattern, message, remedy in (
        (r"\d{4}-\d\d", "a month stands in quotes", 'write "{}"'),
        (
            r"\d{4}-(?:\d-\d\d?|\d\d-\d)",
            "the month and the day of a date have two digits each",
            "write it so: 2021-03-01",
        ),
        (r"\d\d?[/.]\d\d?[/.]\d{4}", "a date begins with the year", "write it so: 2021-03-01"),
    )
)
"""Ways to write a date that are none of TOML's, each with what is wrong with it and what to write."""

_IN_WORDS: Mapping[str, str] = {
    "Expected newline or end of document after a statement": "something stands after the value that does not belong",
    "Expected '=' after a key in a key/value pair": "there is no '=' after the key",
    "Invalid value": "this is not a value; text stands in quotes",
    "Invalid statement": "this is neither a key nor a header",
    "Cannot overwrite a value": "the key stands twice in this block",
    "Unterminated string": "the string that begins here is not closed",
    "Illegal character '\\n'": "the string is not closed on its line",
    "Unclosed array": "the list is not closed",
    "Expected ']]' at the end of an array declaration": "the header lacks a closing bracket",
    "Expected ']' at the end of a table declaration": "the header lacks a closing bracket",
}
"""What the parser says, as one would say it to somebody who does not know its terms."""


def _opening(block: Block) -> Place | None:
    """Where the multi-line string opens that the block ends in."""
    inside = ""
    found = None
    for number, line in enumerate(block.lines):
        after = open_after(line, inside)
        if after and (not inside or end_of_long(line, inside, 0) >= 0):
            found = block.line(number, line.rindex(after) + 1)
        inside = after
    return found if inside else None
