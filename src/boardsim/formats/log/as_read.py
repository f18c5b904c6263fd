"""Whether a line of JSON Lines is, to the byte, what a store has of the block that was read from it.

Most lines that programs write are.  They need not be encoded again, which takes as long as reading them.  Where there
is any doubt the answer is no: `first_form` says what the block is.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from attrs import NOTHING, fields

from boardsim.days import day_begun
from boardsim.events import TYPES, is_written
from boardsim.formats.schema.times import instant
from boardsim.formats.syntax.jsonl import Line
from boardsim.formats.syntax.records import Record

_WORD = r'"[^"\\]*"'
_LIST = rf"\[{_WORD}(?:,{_WORD})*\]"
_TABLE = rf"\{{{_WORD}:{_WORD}(?:,{_WORD}:{_WORD})*\}}"
_MEMBER = rf"{_WORD}:(?:{_WORD}|{_LIST}|{_TABLE})"
_COMPACT = re.compile(rf"\{{{_MEMBER}(?:,{_MEMBER})*\}}")
"""An object of texts, and of lists and tables of texts with something in them, without a blank or an escape."""

_CALLED = frozenset({"id", "name", "aliases", "former_names", "identifiers", "note"})
_DECLARED: Mapping[str, frozenset[str]] = {
    "person": _CALLED,
    "org": _CALLED | {"profile", "controlled_by", "committee_of", "committee"},
}
"""By kind, the keys whose values are written as they were read."""

_SAID = ("id", "org", "person", "role", "event", "corrects", "by", "because", "sources", "note")
_ITS_OWN = ("cause", "title", "motion", "text", "replaces", "into", "subject")
_TIMES = ("at", "known")


def is_as_stored(record: Record, zone: ZoneInfo) -> bool:
    """Whether the line of a block that was read without an error is surely its first form.

    Args:
        record: the block, read from one line.
        zone: that of the log.
    """
    line = record.locator
    if not isinstance(line, Line) or _COMPACT.fullmatch(line.text) is None or not _is_in_order(record.table):
        return False
    return _is_event_kept(record.table, zone) if record.kind == "event" else _is_declaration_kept(record, line.text)


def _is_declaration_kept(record: Record, text: str) -> bool:
    return record.table.keys() <= _DECLARED.get(record.kind, frozenset()) and text.endswith(f'"type":"{record.kind}"}}')


def _is_event_kept(table: Mapping[str, Any], zone: ZoneInfo) -> bool:
    at, known = table.get("at"), table.get("known")
    is_dated = _stays(at, zone) and (known is None or (known != at and _stays(known, zone)))
    return is_dated and table.keys() <= _keys(table["type"])


def _is_in_order(table: Mapping[str, Any]) -> bool:
    """Whether the keys are sorted, those of tables within included."""
    tables = [value for value in table.values() if isinstance(value, dict)]
    return [*table] == sorted(table) and all(map(_is_in_order, tables))


@cache
def _keys(name: str) -> frozenset[str]:
    """The keys of a type of event whose texts are written as they were read, and never left out."""
    attributes = {attribute.name: attribute.default for attribute in filter(is_written, fields(TYPES[name]))}
    kept = {key for key in (*_SAID, *_ITS_OWN) if key in attributes and attributes[key] in (NOTHING, None, ())}
    return frozenset({"type", *_TIMES, *kept})


_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _stays(written: Any, zone: ZoneInfo) -> bool:
    """Whether a time is written as it was read: an instant that begins no day, or a date."""
    if not isinstance(written, str):
        return False
    if _SECOND.fullmatch(written) is not None:
        at_midnight = written.endswith("T00:00:00Z")
        return not at_midnight if zone.key == "UTC" else day_begun(instant(written), zone) is None
    return _DAY.fullmatch(written) is not None
