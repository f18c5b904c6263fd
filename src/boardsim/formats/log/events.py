"""Blocks that are events."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.bylaws import AMENDABLE, DECISION
from boardsim.events import TYPES, Amend, Event, Vote
from boardsim.formats.log.draft import Draft
from boardsim.formats.schema import times
from boardsim.formats.schema.fields import EVENTS, WRITTEN
from boardsim.formats.schema.hints import did_you_mean, listed
from boardsim.formats.schema.shapes import Invalid, Reader, fields, wrong
from boardsim.formats.syntax.records import Record
from boardsim.log import free_id
from boardsim.reducers import ANNOUNCEABLE


def add_event(draft: Draft, record: Record) -> None:
    """Read an event into the draft, under its own id or under one that is derived from what it says."""
    event = draft.read(record, lambda reader: read_event(reader, draft.zone))
    if event is None:
        return
    if "id" not in record.table and event.id in draft.events:
        place, hint = record.locator.place(), "like one of the base's; give it an id of its own"
        if ("event", event.id) in draft.declared:
            first = draft.declared["event", event.id].place()
            hint = f"like the one at line {first.line}; give each an id of its own"
        draft.problem("ambiguous-id", f"without an id this event would be called '{event.id}'", place, hint)
        object.__setattr__(event, "id", free_id(event.id, draft.events))
    if draft.declare("event", draft.events, event.id, event, record.locator):
        draft.places[event.id] = record.locator.place()
        draft.locators[event.id] = record.locator


def read_event(reader: Reader, zone: ZoneInfo) -> Event:
    """The event that a block describes."""
    table = reader.record.table
    if not isinstance(table, Mapping):
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
        raise Invalid
    keys, cls = EVENTS[name], TYPES[name]
    rest = {key: value for key, value in table.items() if key != "type"}
    found = fields(reader, rest, keys.shapes, keys.required, (), keys.is_a)
    found = _whole_day(rest, found, zone)
    found.setdefault("id", derived_id(name, found))
    model = {written: name for name, written in WRITTEN.items()}
    event = cls(**{model.get(key, key): value for key, value in found.items()})
    _check_event(reader, name, event)
    return event


def _whole_day(table: Mapping[str, Any], found: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """An event dated by the day alone took effect at some time within it."""
    at = table["at"]
    is_date = len(at) <= len("2023-11-17") if isinstance(at, str) else not isinstance(at, datetime)
    if is_date and "not_before" not in found and "not_after" not in found:
        found["not_before"] = found["at"]
        found["not_after"] = times.next_midnight(found["at"].astimezone(zone).date(), zone)
    return found


def derived_id(name: str, found: Mapping[str, Any]) -> str:
    """The readable id of an event that was given none, such as `fire-sam-altman-ceo`."""
    if name == "statement":
        words = re.findall(r"[a-z0-9]+", found["text"].lower())[:5]
        return "-".join(["statement", *words])
    parts = [name, found.get("person") or found.get("event") or found.get("org"), found.get("role")]
    if name == "vote":
        parts += [found.get("rule", DECISION), found.get("subject")]
    return "-".join(part for part in parts if part)


def _check_event(reader: Reader, name: str, event: Event) -> None:
    """What no single value shows."""
    earliest, latest = event.span or (event.at, event.at)
    if event.not_before and event.not_after and earliest > latest:
        reader.fail("empty-span", ("not_before",), "'not_before' lies after 'not_after'", "swap the two?")
    elif not earliest <= event.at <= latest:
        key = "not_before" if event.at < earliest else "not_after"
        reader.fail("outside-span", ("at",), f"'at' does not lie within its bounds: see '{key}'", "fix one of the two")
    if event.status == "announced" and name not in ANNOUNCEABLE:
        hint = f"only {listed(ANNOUNCEABLE)} can be"
        reader.fail("not-announceable", ("status",), f"a '{name}' event cannot be announced", hint)
    if isinstance(event, Vote):
        _check_ballots(reader, event)
        _check_count(reader, event)
    if isinstance(event, Amend) and not event.changes:
        reader.fail("empty-change", ("set",), "the amendment changes no bylaw", f"it can set {listed(AMENDABLE)}")
    if reader.problems:
        raise Invalid


def _check_count(reader: Reader, vote: Vote) -> None:
    if vote.count is not None and vote.ballots:
        side = next(side for side, people in vote.sides() if people)
        message = f"the vote has a count, and ballots by name as well: see '{side}'"
        reader.fail("ballots-and-count", ("count",), message, "take one of the two out; names say more than numbers")


def _check_ballots(reader: Reader, vote: Vote) -> None:
    seen: dict[str, str] = {}
    for side, people in vote.sides():
        for person in people:
            if person in seen:
                message = f"{person} votes twice: '{seen[person]}' and '{side}'"
                reader.fail("double-ballot", (side,), message, "a director has one ballot", person)
            seen[person] = side
