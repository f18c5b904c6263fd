"""JSON Lines: one object a line; read as a stream."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardsim.imports.readers.json_ import PACKED, parsed
from boardsim.imports.readers.nested import sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, not_in_encoding, nothing_in


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
        raise not_in_encoding(error, encoding, file, PACKED, number + 1) from None
    if number == 0:
        raise nothing_in(file)


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The rows of a file, one or more a line."""
    return sheet_of(objects(path, file, options.encoding), file, options.rows)


FORMAT = Format(name="jsonl", endings=(".jsonl", ".ndjson"), read=read)
