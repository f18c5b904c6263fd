"""Files into logs: what is read from where, and what is included."""

import sys
from collections.abc import Sequence
from pathlib import Path

from boardsim.formats.log.decode import Loaded, decode
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_reader as blocks
from boardsim.formats.syntax.records import Record
from boardsim.problems import BoardsimError, Place, Problem, in_order
from boardsim.store.protocol import Scope
from boardsim.store.urls import is_store

STDIN = "<stdin>"
LONGEST_LINE = 1_000_000
"""Characters in a line.  No line that a person or a program wrote for a log comes near."""


def load(path: str) -> Loaded:
    """The log in a file, or on standard input where `path` is `-`; JSONL or TOML.

    Raises:
        BoardsimError: it cannot be read at all: it is missing, a folder, forbidden, or not text.
    """
    return loads(*source(path))


def source(path: str, scope: Scope | None = None) -> tuple[str, str]:
    """The text of a file, of a case in a store, or of standard input where `path` is `-`; and its name for messages.

    Args:
        scope: of a store, read only what the answer about these organizations rests on.

    Raises:
        BoardsimError: it cannot be read at all.
    """
    if is_store(path):
        from boardsim.store.access import read_text  # noqa: PLC0415 -- a file does without databases

        return read_text(path, scope)
    if path == "-":
        return decoded(sys.stdin.buffer.read(), STDIN), STDIN
    return text_of(Path(path), path), path


def loads(text: str, file: str) -> Loaded:
    """The log in a text; `file` names it in messages, and included files are looked for beside it."""
    return assemble(*parse(text, file), file)


def assemble(records: Sequence[Record], problems: Sequence[Problem], file: str) -> Loaded:
    """The log that the records of one text make, with those of the files that it includes."""
    included, more = _included(records, file)
    loaded = decode([*included, *records], file, [*problems, *more])
    return Loaded(loaded.log, in_order(loaded.problems))


def is_scenario(records: Sequence[Record]) -> bool:
    """Whether the records are those of a scenario rather than of a log."""
    return any(record.kind in ("scenario", "change") for record in records)


def parse(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of one text; it is JSONL if it begins with a brace or its file's name says so."""
    text = text.removeprefix("\ufeff")
    text, long = _without_long_lines(text)
    records, problems = jsonl.read(text, file) if is_jsonl(text, file) else blocks.read(text, file)
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


def text_of(path: Path, file: str, noun: str = "log", otherwise: str = "boardsim list shows the bundled cases") -> str:
    """The text of a file.

    Args:
        noun: what the file should be.
        otherwise: a hint for somebody who means one that is not there.

    Raises:
        BoardsimError: it cannot be read.
    """
    try:
        return decoded(path.read_bytes(), file)
    except IsADirectoryError:
        message, hint = f"'{file}' is a folder, not a {noun}", f"name the {noun} in it"
        raise _unreadable("is-a-folder", message, file, hint) from None
    except FileNotFoundError:
        raise _unreadable("missing-file", f"there is no file '{file}'", file, otherwise) from None
    except (OSError, ValueError) as error:  # a path that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable("unreadable-file", f"'{file}' cannot be read: {reason}", file) from None


def _unreadable(code: str, message: str, file: str, hint: str = "") -> BoardsimError:
    return BoardsimError(Problem(code=code, message=message, hint=hint, place=Place(file)), exit_code=2)


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


def _included(records: Sequence[Record], file: str) -> tuple[list[Record], list[Problem]]:
    """What the header includes, as if it stood before the root's own blocks."""
    found: list[Record] = []
    problems: list[Problem] = []
    seen = {_real(Path(file))}
    for header in (record for record in records if record.kind == "log"):
        names = header.table.get("include", []) if isinstance(header.table, dict) else []
        for name in (name for name in names if isinstance(name, str)) if isinstance(names, list) else ():
            place = header.locator.value(("include",), name)
            path = Path(file).parent / name
            if _real(path) in seen:
                message, hint = f"'{name}' is included again, or includes itself", "include each file once"
                problems.append(Problem(code="include-cycle", message=message, hint=hint, place=place))
                continue
            seen.add(_real(path))
            _include(path, place, found, problems)
    return found, problems


def _real(path: Path) -> Path:
    """The path that other spellings of it have in common; the path itself where it can be nobody's."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path


def _include(path: Path, place: Place, found: list[Record], problems: list[Problem]) -> None:
    try:
        records, more = parse(text_of(path, str(path)), str(path))
    except BoardsimError as error:
        code = "missing-include" if error.problems[0].code == "missing-file" else error.problems[0].code
        hint = "paths are relative to the file that includes them"
        problems.append(Problem(code=code, message=error.problems[0].message, hint=hint, place=place))
        return
    problems += more
    for record in records:
        if record.kind == "log":
            hint = "only the root has a header; move its keys there"
            message = "an included file has a [log] header"
            problems.append(Problem(code="header-in-include", message=message, hint=hint, place=record.locator.place()))
        else:
            found.append(record)
