"""Events of which every value is as nearly all are: read in one go, as there is nothing wrong that had to be told.

Whatever is not plain at a glance, be it wrong or only rare, makes the block one for `events.read_event`; what is read
here can be read there, too, and comes to the same event.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from boardsim.events import TYPES, Event
from boardsim.formats.schema.fields import EVENTS, FIELDS
from boardsim.formats.schema.shapes import Declarations, Plain
from boardsim.formats.schema.times import FIRST_YEAR, LAST_YEAR, parse_iso
from boardsim.formats.syntax.records import Record

_SAID = ("id", "by", "sources", "tags", "note", "org", "person", "role", "replaces", "into", "cause", "title", "text")
_TIMES = ("at", "known", "filed")
"""Keys of which nothing else in a block changes what they say, or whether they may."""

_PLAIN_TYPES = tuple(name for name in TYPES if name not in ("vote", "vary", "amend"))
"""Of the others more has to be looked at than one value after the other."""


def plain_event(record: Record, declared: Declarations) -> Event | None:
    """The event of a block; None where it has to be read with care."""
    table = record.table
    if type(table) is not dict or (name := table.get("type")) not in _PLAIN_TYPES:
        return None
    plain, found = _PLAIN[record.textual][name], {}
    for key, value in table.items():
        if (read := plain.get(key)) is None or (said := read(value, declared)) is None:
            return None
        found[key] = said
    if not all(map(found.__contains__, _NEEDED[name])):
        return None
    del found["type"]
    return TYPES[name](**found)


def _spelled(value: Any, declared: Declarations) -> datetime | None:
    """An instant as programs write it."""
    return _instant(parse_iso(value), declared) if type(value) is str and value[10:11] == "T" else None


def _instant(value: Any, _declared: Declarations) -> datetime | None:
    return value if type(value) is datetime and value.tzinfo is UTC and FIRST_YEAR <= value.year <= LAST_YEAR else None


def _name(value: Any, _declared: Declarations) -> str:
    """The type of the event, which was looked at."""
    return str(value)


def _plain(name: str, instant: Plain) -> Mapping[str, Plain]:
    """What reads the plain values of a type of event, by key."""
    keys = EVENTS[name].shapes
    said = {key: FIELDS[key].plain for key in _SAID if key in keys}
    return {"type": _name, **dict.fromkeys(_TIMES, instant), **said}


_PLAIN: Mapping[bool, Mapping[str, Mapping[str, Plain]]] = {
    textual: {name: _plain(name, instant) for name in _PLAIN_TYPES}
    for textual, instant in ((True, _spelled), (False, _instant))
}
_NEEDED: Mapping[str, tuple[str, ...]] = {name: ("id", "at", *keys.required) for name, keys in EVENTS.items()}
