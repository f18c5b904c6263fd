"""Fields as people type them on a command line, read by the shapes that read a log.

A new field of an event needs nothing here: what may be typed follows from what the field's shape says of itself.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.formats.notation.changes import assignments
from boardsim.formats.schema.fields import EVENTS, ORG, PERSON, ROLE, WAIVE, Keys
from boardsim.formats.schema.shapes import CLAUSES, NAMES, TEXTS, Shape
from boardsim.formats.schema.times import is_period, parse_iso, resolved, skipped
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import BoardsimError, Place, Problem, misuse

Form = Literal["text", "texts", "ids", "flag", "number", "time", "day", "table", "pairs"]
"""How a value is typed: once, or as often as one likes; as a switch, a number, a time, a day or `NAME=VALUE`."""

BLOCKS: Mapping[str, Keys] = {**EVENTS, "person": PERSON, "org": ORG, "role": ROLE, "waive": WAIVE}
"""What can be recorded from a command line: the event types, and what a log declares."""

Typed = Mapping[str, Sequence[str] | str | bool]
"""What was typed for each key."""


def form_of(shape: Shape) -> Form:
    """How a value of that shape is typed."""
    match shape.schema:
        case {"type": "array"}:
            return "texts" if shape in (TEXTS, NAMES) or "words" in shape.is_a else "ids"
        case {"type": "boolean"}:
            return "flag"
        case {"format": "civil-date"}:
            return "day"
        case {"type": "integer"} | {"anyOf": [{"type": "integer"}, *_]}:
            return "number"
        case {"type": "object", "additionalProperties": {"type": "string"}}:
            return "pairs"
        case {"type": "object"}:
            return "table"
        case {"format": "date-time" | "date"} | {"anyOf": [{"format": "date-time"}, *_]}:
            return "time"
        case _:
            return "text"


def option_name(key: str) -> str:
    """The name of the option for a key: `--not-before`."""
    return "--" + key.replace("_", "-")


@frozen
class Options:
    """Where the values of a record stand that was typed: each at its option."""

    typed: Typed = field(repr=False)
    what: str

    def place(self, path: Path = ()) -> Place:
        """The option that gave the value at `path`; the whole record where there is none."""
        if not path or path[0] not in self.typed:
            return Place(self.what)
        return Place(option_name(str(path[0])), 1, 1, self._text(path[0]))

    def value(self, path: Path, text: str) -> Place:
        """The option that gave the value at `path`, and where in it a word stands."""
        found = self.place(path)
        return Place(found.file, 1, max(found.text.find(text), 0) + 1, found.text)

    def _text(self, key: object) -> str:
        value = self.typed[str(key)]
        return value if isinstance(value, str) else "" if isinstance(value, bool) else " ".join(value)


def typed_record(block: str, typed: Typed, zone: ZoneInfo, known: Mapping[str, Any] | None = None) -> Record:
    """The record of a block that was typed; a clock time without an offset is one of the zone.

    Args:
        block: an event type, or `person`, `org`, `role` or `waive`.
        known: values that nobody typed; what was typed goes before them.

    Raises:
        BoardsimError: a time that the clocks of the zone showed twice, or never.
    """
    table = {**(known or {}), **values(block, typed, zone)}
    if block in EVENTS:
        return Record("event", {"type": block, **table}, Options(typed, f"<{block}>"))
    return Record(block, table, Options(typed, f"<{block}>"))


def values(block: str, typed: Typed, zone: ZoneInfo) -> dict[str, Any]:
    """The values that were typed for the keys of a block, as its record holds them."""
    shapes = BLOCKS[block].shapes
    return {key: _value(key, shapes[key], value, zone) if key in shapes else value for key, value in typed.items()}


def _value(key: str, shape: Shape, typed: Any, zone: ZoneInfo) -> Any:
    match form_of(shape):
        case "ids" if shape is CLAUSES:
            return [text.split("|") if "|" in text else text for text in typed]
        case "ids":
            return [name for text in typed for name in text.split(",")]
        case "texts":
            return list(typed)
        case "number":
            return int(typed) if typed.isdecimal() else typed
        case "table":
            return assignments(" ".join(typed))
        case "pairs":
            return dict(text.partition("=")[::2] for text in typed)
        case "time":
            return typed if typed in _words(shape) else _time(key, typed, zone)
        case "day":  # or a month or a year, which the shape reads as they are
            return parse_iso(typed) or typed
        case _:
            return typed


def _words(shape: Shape) -> Sequence[str]:
    """The words that may stand instead of a time."""
    return [word for form in shape.schema.get("anyOf", ()) for word in form.get("enum", ())]


def _time(key: str, text: str, zone: ZoneInfo) -> Any:
    """The date or the instant; the text itself where it is neither, so that the shape reports it."""
    if is_period(text):
        return text
    found, place = parse_iso(text), Place(option_name(key), 1, 1, text)
    if found is None:
        hint = "write 2023-11-17, 2023-11-17T12:00 or 2023-11-17T12:00:00-08:00"
        raise misuse("unreadable-instant", f"'{text}' is not a date or time", hint, place=place)
    if not isinstance(found, datetime):
        instant: Any = skipped(found, zone) or found
    else:
        instant = resolved(found, zone) if found.tzinfo is None else found
    if isinstance(instant, Problem):
        raise BoardsimError(evolve(instant, place=place), exit_code=2)
    return instant
