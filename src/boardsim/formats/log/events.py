"""Blocks that are events."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.bylaws import DECISION
from boardsim.days import day_begun, next_midnight
from boardsim.events import TYPES, Event
from boardsim.formats.log.draft import Draft
from boardsim.formats.log.plain import plain_event
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import EVENTS, Keys
from boardsim.formats.schema.hints import did_you_mean, listed, nearest
from boardsim.formats.schema.shapes import Invalid, Reader, When, fields, wrong
from boardsim.formats.syntax.records import Record
from boardsim.misfits import misfits


def add_event(draft: Draft, record: Record) -> None:
    """Read an event into the draft, under its own id or under one that is derived from what it says."""
    event = plain_event(record, draft.names) or draft.read(record, read_event)
    if event is None:
        keep_id(draft, record)
        return
    if "id" not in record.table:
        object.__setattr__(event, "id", _free_id(draft, event))
        if draft.unreadable:
            draft.doubtful.add(event.id)
    draft.declare("event", draft.events, event.id, event, record.locator)


def keep_id(draft: Draft, record: Record) -> None:
    """Keep free the id that a block which cannot be read would have; where that is not clear, any may be its own."""
    table = record.table if isinstance(record.table, Mapping) else {}
    if "id" in table:
        return
    name, said = table.get("type"), [table.get(key) for key in _DERIVED_FROM]
    if isinstance(name, str) and all(value is None or isinstance(value, str) for value in said) and any(said):
        draft.kept.add(_first_free(_candidates(derived_id(name, table), table.get("org")), draft))
    else:
        draft.unreadable = True


_DERIVED_FROM = ("person", "event", "org", "role", "rule", "subject", "text", "corrects")
"""The keys from which ids are derived."""


def _free_id(draft: Draft, event: Event) -> str:
    """The id of an event that states none: the first of those it can have that no block before it has."""
    if event.corrects is not None:
        return _first_free(_numbered(f"{draft.record_of(event.corrects)}-corrected"), draft)
    return _first_free(_candidates(event.id, event.org), draft)


def _candidates(name: str, org: str | None) -> Iterator[str]:
    """`X`, `X-ORG`, `X-ORG-2` …; without an organization `X`, `X-2` …"""
    yield name
    yield from _numbered(f"{name}-{org}") if org else (f"{name}-{number}" for number in count(2))


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _first_free(names: Iterable[str], draft: Draft) -> str:
    return next(name for name in names if name not in draft.events and name not in draft.kept)


def read_event(reader: Reader) -> Event:
    """The event that a block describes."""
    table = reader.record.table
    if not isinstance(table, dict) and not isinstance(table, Mapping):  # the first is answered far sooner
        raise wrong(reader, (), table, "a table")
    name = table.get("type")
    if name is None:
        reader.fail("missing-key", (), "an event needs 'type'", f"one of {listed(TYPES)}")
        raise Invalid
    if not isinstance(name, str):
        raise wrong(reader, ("type",), name, "the name of an event type", f"one of {listed(TYPES)}")
    if name not in TYPES:
        hint = did_you_mean(name, TYPES, otherwise=f"one of {listed(TYPES)}")
        reader.fail("unknown-type", ("type",), f"there is no event type '{name}'", hint)
        if (meant := nearest(name, TYPES)) is not None:
            _read_as(reader, meant)
        raise Invalid
    keys, cls = EVENTS[name], TYPES[name]
    rest = dict(table)
    del rest["type"]
    dated = _check_dated(reader, rest, keys)
    found = fields(reader, rest, keys.shapes, keys.required, (), keys.is_a)
    if not dated:
        raise Invalid
    found = _dated(rest, found, reader.zone)
    if "id" not in found:
        found["id"] = derived_id(name, found)
    for field, key in keys.spelled:
        if key in found:
            found[field] = found.pop(key)
    event = cls(**found)
    _check_event(reader, event)
    return event


def _read_as(reader: Reader, name: str) -> None:
    """Note what else is wrong with a block of which the type is mistyped, by the keys of the type that is meant."""
    keys, rest = EVENTS[name], {key: value for key, value in reader.record.table.items() if key != "type"}
    _check_dated(reader, rest, keys)
    with suppress(Invalid):
        fields(reader, rest, keys.shapes, keys.required, (), keys.is_a)


def _check_dated(reader: Reader, table: Mapping[str, Any], keys: Keys) -> bool:
    """Whether anything says when an event took effect."""
    if "at" in table or "not_after" in table or "known" in table:
        return True
    hint = "if the date is not on record, say by when it had taken effect: 'not_after', or 'known'"
    reader.fail("missing-key", (), f"{keys.is_a} needs 'at': {keys.shapes['at'].is_a}", hint)
    return False


def _dated(table: Mapping[str, Any], found: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """With the span within which an event took effect that is dated by a day, a month, a year, or only from above."""
    when: When | None = found.pop("at", None)
    if when is None:
        return found | _dated_from_above(table, found, zone)
    found["at"] = when.start
    if when.precision in (None, "day") and not {"not_before", "not_after"}.isdisjoint(found):
        return found | _within_bounds(found, zone)
    if when.precision is None:
        return found
    found["precision"] = when.precision
    found["at"] = max(when.start, found.get("not_before", when.start))
    return {"not_before": when.start, "not_after": when.end} | found


def _within_bounds(found: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """What a date is beside bounds: the author's best guess between them; where the later is left out, the last day.

    Stores keep such a date as its first instant, and so do logs that programs wrote: that instant is a date, too.
    """
    at: datetime = found["at"]
    if (day := day_begun(at, zone)) is None:
        return {}
    if "not_after" in found:
        return {"precision": "date"}
    return {"not_after": next_midnight(day, zone), "precision": "last-day"} if found["not_before"] <= at else {}


def _dated_from_above(table: Mapping[str, Any], found: Mapping[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """Of an event of which but the latest time is on record: the last instant before it."""
    key = "not_after" if "not_after" in table else "known"
    end: datetime = found[key]
    if key == "known" and times.is_date(table[key]):
        end = next_midnight(end.astimezone(zone).date(), zone)
    return {"at": end - timedelta(microseconds=1), "not_after": end, "precision": "by"}


def derived_id(name: str, found: Mapping[str, Any]) -> str:
    """The readable id of an event that was given none, such as `fire-sam-altman-ceo`."""
    if name == "statement":
        words = re.findall(r"[a-z0-9]+", found["text"].lower())[:5]
        return "-".join(["statement", *words])
    parts = [name, found.get("person") or found.get("event") or found.get("org"), found.get("role")]
    if name == "vote":
        parts += [found.get("rule", DECISION), found.get("subject")]
    return "-".join(part for part in parts if part)


def _check_event(reader: Reader, event: Event) -> None:
    """What no single value shows."""
    for misfit in misfits(event, reader.zone):
        reader.fail(misfit.code, (misfit.key,) if misfit.key else (), misfit.message, misfit.hint, misfit.word)
    if reader.problems:
        raise Invalid
