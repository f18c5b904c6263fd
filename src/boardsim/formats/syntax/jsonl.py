"""JSON Lines, the machine form of a log: one object a line, with the same fields and the same meaning as in TOML.

A line's `type` is `log`, `org`, `person`, `role`, `assert`, `waive`, or an event type.  Instants are ISO 8601 strings.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from boardsim.formats.syntax.positions import of_json
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Place, Problem

_LEFT_OUT = "only this line is left out"
_LOG = re.compile(r'"type"\s*:\s*"log"')
DECLARATIONS = ("log", "org", "role", "person", "assert", "waive")
SEVERAL = ("org", "person")
"""The kinds of which several blocks may have one id: a later one adds to the first."""


class Line(NamedTuple):
    """Where one line stands."""

    file: str
    number: int
    text: str

    def place(self, path: Path = ()) -> Place:
        """Where the key or the list's item at `path` stands; the nearest thing around it where it cannot be found."""
        return self._at(of_json(self.text).key(path) if path else 0)

    def value(self, path: Path, text: str) -> Place:
        """Where the string `text` stands at `path`, or in the list or table there."""
        return self._at(of_json(self.text).word(path, text))

    def _at(self, offset: int) -> Place:
        return Place(self.file, self.number, offset + 1, self.text)


def read(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a JSONL log and what is wrong with its syntax."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = record(Line(file, number, line))
        if isinstance(found, Problem):
            problems.append(found)
            records.append(Record("log" if _LOG.search(line) else "event", {}, Line(file, number, line), broken=True))
        else:
            records.append(found)
    return records, problems


def record(line: Line) -> Record | Problem:
    """The record of one line, or what is wrong with its syntax."""
    try:
        table = _table(line.text)
    except json.JSONDecodeError as error:
        place = Place(line.file, line.number, error.colno, line.text)
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Problem(code="invalid-json", message=message, hint=_LEFT_OUT, place=place)
    except _Twice as error:
        message = f"the key '{error}' stands twice in one object"
        return Problem(code="invalid-json", message=message, hint=_LEFT_OUT, place=line.value((), str(error)))
    except ValueError:
        message = "a number has too many digits to be read"
        return Problem(code="invalid-json", message=message, hint=_LEFT_OUT, place=line.place())
    except RecursionError:
        return Problem(code="too-deep", message="lists or tables are nested too deeply to be read", place=line.place())
    if not isinstance(table, dict):
        hint = "each line is one object: { … }"
        return Problem(code="invalid-json", message="the line is not a JSON object", hint=hint, place=line.place())
    kind = table.get("type")
    if kind in DECLARATIONS:
        del table["type"]
        return Record(kind, table, line, textual=True)
    return Record("event", table, line, textual=True)


def _table(text: str) -> Any:
    """The value in a line, of which no key stands twice in one object.

    A line with just as many colons after quotes as its one object has keys has no room for another, unless a blank
    stands before the colon.

    Raises:
        ValueError: it is not JSON, or has a number of too many digits.
        RecursionError: it is nested too deeply.
        _Twice: a key stands twice.
    """
    try:
        table, end = _QUICK.raw_decode(text)
    except ValueError:
        table, end = None, 0  # whatever it is, the careful one will say it
    is_alone = isinstance(table, dict) and end == len(text) and text.count('":') == len(table)
    if is_alone and '" ' not in text and '"\t' not in text and '"\r' not in text:
        return table
    return _CAREFUL.decode(text)


class _Twice(Exception):  # noqa: N818 -- it never leaves this file
    """A key that stands twice in one object, of which a plain parser would keep the last and say nothing."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in table if keys.count(key) > 1))
    return table


_QUICK, _CAREFUL = json.JSONDecoder(), json.JSONDecoder(object_pairs_hook=_object)


def write(records: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Records as JSON Lines; each line is compact and its keys keep their order."""
    lines = []
    for kind, table in records:
        named = table if kind == "event" else {"type": kind, **table}
        lines.append(json.dumps(named, ensure_ascii=False, separators=(",", ":"), default=_iso))
    return "\n".join(lines) + "\n"


def _iso(value: Any) -> str:
    return str(value.isoformat()).replace("+00:00", "Z")
