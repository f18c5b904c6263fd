"""JSON: a list of objects, or one object with a list in it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from boardsim.imports.readers.nested import items_of, sheet_of
from boardsim.imports.rows import Format, ReadOptions, Sheet, not_in_encoding, nothing_in, unusable

PACKED = "JSON is UTF-8; was the file packed?"
"""The hint where a file that should be JSON is in no encoding of text."""


def document(path: Path, file: str, encoding: str = "utf-8-sig") -> Any:
    """What a file of JSON holds.

    Raises:
        BoardsimError: it holds no JSON.
    """
    return parsed(_text(path, file, encoding), file)


def _text(path: Path, file: str, encoding: str) -> str:
    try:
        return path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        raise not_in_encoding(error, encoding, file, PACKED) from None


def lines_in(path: Path, file: str, items: Callable[[Any], Iterable[Any]]) -> list[int]:
    """The line in which each of some objects of a document begins; their numbers, where lines do not tell them apart.

    Args:
        items: the objects, of what the file holds.

    Raises:
        BoardsimError: it holds no JSON.
    """
    text = _text(path, file, "utf-8-sig")
    found = parsed(text, file)
    return _told_apart(text, found, list(items(found)))


def _told_apart(text: str, found: Any, wanted: Sequence[Any]) -> list[int]:
    lines = _lines(text, found) if text.count("\n") >= len(wanted) else {}
    own = [lines.get(id(item), 0) for item in wanted]
    is_told = 0 not in own and len(set(own)) == len(own)
    return own if is_told else list(range(1, len(wanted) + 1))


_TO_A_BRACE = re.compile(r'(?:[^"{]+|"(?:[^"\\]+|\\.)*")*(?:\{|\Z)')
"""What stands before a brace that opens an object, with the texts in it, and that brace; or the rest."""


def _lines(text: str, found: Any) -> Mapping[int, int]:
    """By identity, the line of each object, as the first brace is that of the first; none where a key came twice."""
    line, begun = 1, list[int]()
    for match in _TO_A_BRACE.finditer(text):
        line += text.count("\n", match.start(), match.end())
        if text[match.end() - 1 : match.end()] == "{" and match.end() > match.start():
            begun.append(line)
    objects = list(_objects(found))
    return {id(one): line for one, line in zip(objects, begun, strict=True)} if len(objects) == len(begun) else {}


def _objects(found: Any) -> Iterator[Any]:
    """All objects, in the order in which they begin."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(one.values()))
        elif isinstance(one, list):
            waiting.extend(reversed(one))


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
    text = _text(path, file, options.encoding)
    found = parsed(text, file)
    if isinstance(found, dict) and options.rows is None:
        lists = [key for key, value in found.items() if isinstance(value, list)]
        hint = f'say rows = "{lists[0]}" in [source]' if lists else "a list of objects is wanted"
        raise unusable("no-rows", "this document is one object, not a list of rows", file, hint)
    objects = found if isinstance(found, list) else [found]

    def lines() -> Sequence[int]:
        return _told_apart(text, found, [item for one in objects for item in items_of(one, options.rows)])

    return sheet_of(enumerate(objects, 1), file, options.rows, lines)


FORMAT = Format(name="json", endings=(".json",), read=read)
