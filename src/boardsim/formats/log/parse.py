"""Text into records: TOML or JSON Lines, whichever it is."""

from collections.abc import Sequence

from boardsim.formats.syntax.records import Record
from boardsim.problems import BoardsimError, Place, Problem

LONGEST_LINE = 1_000_000
"""Characters in a line.  No line that a person or a program wrote for a log comes near."""


def is_scenario(records: Sequence[Record]) -> bool:
    """Whether the records are those of a scenario rather than of a log."""
    return any(record.kind in ("scenario", "change") for record in records)


def parse(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of one text; it is JSONL if it begins with a brace or its file's name says so."""
    from boardsim.formats.syntax import jsonl, toml_reader  # noqa: PLC0415 -- what was read before is not parsed again

    text = text.removeprefix("\ufeff")
    text, long = _without_long_lines(text)
    records, problems = jsonl.read(text, file) if is_jsonl(text, file) else toml_reader.read(text, file)
    if not long:
        return records, problems
    message = f"the line is longer than {LONGEST_LINE:,} characters"
    others = [problem for problem in problems if problem.place is None or problem.place.line not in long]
    found = [Problem(code="line-too-long", message=message, place=Place(file, number)) for number in long]
    return records, [*found, *others]


def is_jsonl(text: str, file: str) -> bool:
    """Whether a text without a byte order mark is JSON Lines: its file's name says so, or it begins with a brace."""
    return file.endswith((".jsonl", ".ndjson")) or text.lstrip()[:1] == "{"


def _without_long_lines(text: str) -> tuple[str, list[int]]:
    """The text with each line that is too long made a short one that nothing can be read from; and their numbers."""
    if len(text) <= LONGEST_LINE:
        return text, []
    lines = text.split("\n")
    long = [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    for number in long:
        lines[number - 1] = "\0"
    return "\n".join(lines), long


def decoded(data: bytes, file: str) -> str:
    """The text that the bytes of a file are, without its byte order mark.

    Raises:
        BoardsimError: they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8-sig", "replace")) + 1
        hint = "save the file as UTF-8"
        after = data[error.start : error.start + 80].split(b"\n")[0]
        place = Place(file, line, column, (before + after).decode("utf-8-sig", "replace"))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        raise BoardsimError(Problem(code="not-utf-8", message=message, hint=hint, place=place)) from None
