"""JSON Lines, the machine form of a log: one object a line, with the same fields and the same meaning as in TOML.

A line's `type` is `log`, `org`, `person`, `role`, `assert`, or an event type.  Instants are ISO 8601 strings.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from boardsim.formats.records import Path, Record
from boardsim.problems import Place, Problem

DECLARATIONS = ("log", "org", "role", "person", "assert")


@frozen
class Line:
    """Where one line stands."""

    file: str
    number: int
    text: str = field(repr=False)

    def place(self, path: Path = ()) -> Place:
        """The place of the last key of the path, as far as it can be found."""
        keys = [step for step in path if isinstance(step, str)]
        return self._found(rf'"{re.escape(keys[-1])}"\s*:' if keys else "^")

    def value(self, path: Path, text: str) -> Place:  # noqa: ARG002 -- one line is searched as a whole
        """The place of a string."""
        return self._found(re.escape(json.dumps(text, ensure_ascii=False)))

    def _found(self, pattern: str) -> Place:
        match = re.search(pattern, self.text)
        return Place(self.file, self.number, match.start() + 1 if match else 1, self.text)


def read(text: str, file: str) -> tuple[list[Record], list[Problem]]:
    """The records of a JSONL log and what is wrong with its syntax."""
    records: list[Record] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = _record(Line(file, number, line))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            records.append(found)
    return records, problems


def _record(line: Line) -> Record | Problem:
    try:
        table = json.loads(line.text)
    except json.JSONDecodeError as error:
        place = Place(line.file, line.number, error.colno, line.text)
        message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        return Problem(code="invalid-json", message=message, hint="only this line is left out", place=place)
    except RecursionError:
        return Problem(code="too-deep", message="lists or tables are nested too deeply to be read", place=line.place())
    if not isinstance(table, dict):
        hint = "each line is one object: { … }"
        return Problem(code="invalid-json", message="the line is not a JSON object", hint=hint, place=line.place())
    kind = table.get("type")
    if kind in DECLARATIONS:
        return Record(kind, {key: value for key, value in table.items() if key != "type"}, line, textual=True)
    return Record("event", table, line, textual=True)


def write(records: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Records as JSON Lines; each line is compact and its keys keep their order."""
    lines = []
    for kind, table in records:
        named = table if kind == "event" else {"type": kind, **table}
        lines.append(json.dumps(named, ensure_ascii=False, separators=(",", ":"), default=_iso))
    return "\n".join(lines) + "\n"


def _iso(value: Any) -> str:
    return str(value.isoformat()).replace("+00:00", "Z")
