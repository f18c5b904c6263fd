"""JSON: a list of objects, or one object with a list in it."""

import json
from pathlib import Path
from typing import Any

from boardsim.imports.readers.nested import sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, not_in_encoding, nothing_in, unusable

PACKED = "JSON is UTF-8; was the file packed?"
"""The hint where a file that should be JSON is in no encoding of text."""


def document(path: Path, file: str, encoding: str = "utf-8-sig") -> Any:
    """What a file of JSON holds.

    Raises:
        BoardsimError: it holds no JSON.
    """
    try:
        text = path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        raise not_in_encoding(error, encoding, file, PACKED) from None
    return parsed(text, file)


def parsed(text: str, file: str, line: int | None = None) -> Any:
    """The JSON of a text.

    Raises:
        BoardsimError: it is something else.
    """
    start = text.lstrip()[:1]
    if start == "":
        raise nothing_in(file, line or 1)
    if start == "<":
        hint = "open it in a browser: the register may have sent an error page"
        raise unusable("html-source", "this is a web page, or XML, not JSON", file, hint, line or 1)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = line or error.lineno
        is_end = error.pos >= len(text.rstrip())
        hint = "was the download cut short? fetch it again" if is_end else ""
        code, message = ("cut-short", "the JSON ends too early") if is_end else ("not-json", f"not JSON: {error.msg}")
        raise unusable(code, message, file, hint, at) from None
    except (RecursionError, ValueError):
        raise unusable("not-json", "this JSON is nested too deeply, or its numbers are too long", file) from None


def read(path: Path, file: str, options: ReadOptions) -> Sheet:
    """The rows of a document."""
    found = document(path, file, options.encoding)
    if isinstance(found, dict) and options.rows is None:
        lists = [key for key, value in found.items() if isinstance(value, list)]
        hint = f'say rows = "{lists[0]}" in [source]' if lists else "a list of objects is wanted"
        raise unusable("no-rows", "this document is one object, not a list of rows", file, hint)
    objects = found if isinstance(found, list) else [found]
    return sheet_of(enumerate(objects, 1), file, options.rows)


FORMAT = Format(name="json", endings=(".json",), read=read)
