"""JSON Lines: one object a line; read as a stream."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardsim.imports.readers.json_ import parsed
from boardsim.imports.readers.nested import sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, unusable


def objects(path: Path, file: str, encoding: str) -> Iterator[tuple[int, Any]]:
    """The objects of a file, each with its line.

    Raises:
        BoardsimError: a line is no JSON, or there is none.
    """
    number = 0
    try:
        with path.open(encoding=encoding) as text:
            for number, line in enumerate(text, 1):
                if line.strip():
                    yield number, parsed(line, file, number)
    except UnicodeDecodeError as error:
        message = f"the byte 0x{error.object[error.start]:02X} is not {encoding}"
        raise unusable("not-in-encoding", message, file, "JSON is UTF-8; was the file packed?", number + 1) from None
    if number == 0:
        raise unusable("empty-source", "there is nothing in this file", file, "was the download cut short?")


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The rows of a file, one or more a line."""
    return sheet_of(objects(path, file, options.encoding), file, options.rows)


FORMAT = Format(name="jsonl", endings=(".jsonl", ".ndjson"), read=read)
