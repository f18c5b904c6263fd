"""What programs read: small JSON documents with a version, never a dump of the internals.

Instants are ISO 8601 in UTC, each with its text beside it (see `times`).  A field that has no meaning for an item is
null.  `documents` finds the schema of every document, which says what keys it has.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.bylaws import KINDS
from boardsim.certainty import assumed_bylaws
from boardsim.events import NAMES, STATUSES, Event, Opening, is_interim, role_of, seat_of, term_of
from boardsim.history import History, Kind
from boardsim.log import Log
from boardsim.orders import open_with
from boardsim.snapshots import OrgSnapshot, Snapshot, Uncertain
from boardsim.values import Value
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    UNCERTAIN,
    UNCERTAIN_OF_ANSWER,
    Json,
    Properties,
    by_name,
    document,
    each,
    effect,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    time,
)
from boardsim.views.json.doubts import uncertain_json, uncertain_somewhere
from boardsim.views.json.times import (
    correction_json,
    effect_json,
    end_json,
    ending_json,
    known_json,
    moment_json,
    start_json,
    when_json,
    zone_of,
)
from boardsim.views.words import sentence
from boardsim.voting import Outcome


def replay_json(history: History, indexes: Iterable[int], perhaps: Iterable[int] = ()) -> Json:
    """`boardsim/replay/2`: the events of these indexes with their rulings.

    Args:
        perhaps: the events that may have happened in the time that was asked for, and which the record has outside.
    """
    zone = zone_of(history.log)
    events = [history.events[index] for index in perhaps]
    return {
        "schema": "boardsim/replay/2",
        "case": history.log.id,
        **moment_json("known", history.known, zone),
        "events": [_ruled(history, index, zone) for index in indexes],
        "uncertain": uncertain_somewhere(history, [Uncertain(None, None, one, one.span) for one in events]),
    }


def _ruled(history: History, index: int, zone: ZoneInfo) -> Json:
    event, ruling = history.events[index], history.rulings[index]
    return {
        "id": event.id,
        "type": NAMES[type(event)],
        **effect_json(event, zone),
        **known_json(event, zone),
        **start_json("filed", event.filed, zone),
        **start_json("due", event.due, zone),
        "org": history.org_of(event),
        "person": getattr(event, "person", None),
        "role": role_of(event),
        "replaces": getattr(event, "replaces", None),
        "seat": seat_of(event),
        "text": sentence(history.log, event),
        "by": event.by,
        "because": [list(clause) for clause in event.because],
        "status": event.status,
        "ruling": ruling.kind,
        "reason": ruling.reason.text if ruling.reason else None,
        "outcome": ruling.outcome,
        "hangs_on": list(open_with(history, event.id)),
        "assumed": list(assumed_bylaws(history, event.org, index)) if ruling.tally else [],
        "sources": list(event.sources),
        "note": event.note,
        "tags": list(event.tags),
        **correction_json(event, zone),
    }


@frozen(kw_only=True, eq=False, repr=False)
class Contents(Value):
    """What of a case is listed besides what it declares; None for what was not asked for.

    Attributes:
        history: its replay.
        events: the indexes of its events; `votes` those of its votes.
        scenarios: by name, the title of each scenario.
    """

    history: History | None = None
    events: Sequence[int] | None = None
    votes: Sequence[int] | None = None
    scenarios: Sequence[tuple[str, str | None]] | None = None


def list_json(logs: Iterable[tuple[str, Log]], contents: Iterable[Contents]) -> Json:
    """`boardsim/list/2`: what each case declares, and what else was asked for."""
    cases = zip(logs, contents, strict=True)
    return {"schema": "boardsim/list/2", "cases": [_case(name, log, content) for (name, log), content in cases]}


def _listed(history: History | None, indexes: Sequence[int] | None, zone: ZoneInfo) -> list[Json] | None:
    """Events or votes of a case; null where they were not asked for."""
    if history is None or indexes is None:
        return None
    times = ("at", "at_text", "not_before", "not_before_text", "not_after", "not_after_text")
    keys = ("id", "type", *times, "status", "text", "ruling", "outcome")
    return [{key: one[key] for key in keys} for one in (_ruled(history, index, zone) for index in indexes)]


def _titled(scenarios: Sequence[tuple[str, str | None]] | None) -> list[Json] | None:
    return None if scenarios is None else [{"scenario": name, "title": title} for name, title in scenarios]


def _case(name: str, log: Log, contents: Contents) -> Json:
    events: Sequence[Event] = log.events
    ends = (events[0].at, events[-1].at) if events else (None, None)
    zone = zone_of(log)
    return {
        "case": name,
        "title": log.title,
        "timezone": log.timezone,
        "events": len(events),
        **when_json("from", ends[0], events[:1], zone),
        **when_json("to", ends[1], events[-1:], zone),
        "orgs": [{"id": org.id, "name": org.name} for org in log.orgs],
        "people": [{"id": person.id, "name": person.name} for person in log.people],
        "roles": [{"id": role.id, "kind": role.kind} for role in log.role_table.values()],
        "listed": _listed(contents.history, contents.events, zone),
        "votes": _listed(contents.history, contents.votes, zone),
        "scenarios": _titled(contents.scenarios),
    }


NAMED = table({"id": TEXT, "name": TEXT})

LISTED = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        "status": one_of(STATUSES),
        "text": TEXT,
        "ruling": one_of(get_args(Kind)),
        "outcome": maybe(one_of(get_args(Outcome))),
    }
)

CASE = table(
    {
        "case": TEXT,
        "title": maybe(TEXT),
        "timezone": TEXT,
        "events": COUNT,
        **maybe_time("from"),
        **maybe_time("to"),
        "orgs": many(NAMED),
        "people": many(NAMED),
        "roles": many(table({"id": TEXT, "kind": one_of(KINDS)})),
        "listed": maybe(many(LISTED)),
        "votes": maybe(many(LISTED)),
        "scenarios": maybe(many(table({"scenario": TEXT, "title": maybe(TEXT)}))),
    }
)

LIST = document("list", 2, "What each case declares, and what else of it was asked for.", {"cases": many(CASE)})


EVENT = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        **maybe_time("filed"),
        **maybe_time("due"),
        **each("org person role replaces seat", maybe(TEXT)),
        "text": TEXT,
        "by": maybe(TEXT),
        "because": many(TEXTS),
        "status": one_of(STATUSES),
        "ruling": one_of(get_args(Kind)),
        "reason": maybe(TEXT),
        "outcome": maybe(one_of(get_args(Outcome))),
        "hangs_on": IDS,
        "assumed": IDS,
        "sources": TEXTS,
        "note": maybe(TEXT),
        "tags": TEXTS,
        **maybe_time("corrected"),
    }
)

REPLAY = document(
    "replay",
    2,
    "The events of a case, with what became of each.",
    {"case": TEXT, **moment("known"), "events": many(EVENT), **UNCERTAIN_OF_ANSWER},
)


def snapshot_json(snapshot: Snapshot, as_sealed: str | None = None) -> Json:
    """`boardsim/snapshot/2`: who holds what.

    Args:
        as_sealed: the receipt of that part of the log from which it is told; None where it is the whole.
    """
    log = snapshot.history.log
    zone = zone_of(log)
    return {
        "schema": "boardsim/snapshot/2",
        "case": log.id,
        **moment_json("at", snapshot.at, zone),
        **moment_json("known", snapshot.known, zone),
        "as_sealed": as_sealed,
        "orgs": [_org(log, org, zone) for org in snapshot.orgs],
    }


def _org(log: Log, org: OrgSnapshot, zone: ZoneInfo) -> Json:
    return {
        "id": org.org.id,
        "name": org.org.name,
        **ending_json("dissolved", org.dissolved, zone),
        "complete_from": _complete_from(org.org.complete_from, zone),
        "controlled_by": org.board.id if org.board.id != org.org.id else None,
        "board": _board(org),
        "roles": {role: [_held(log, org, role, opening, zone) for opening in held] for role, held in org.roles.items()},
        "announced": [_announced(log, event, org.overdue, zone) for event in org.announced],
        "pending": [_pending(log, found, zone) for found in org.pending],
        "uncertain": [uncertain_json(found, log, zone) for found in org.uncertain],
    }


def _complete_from(start: datetime | Literal["never"] | None, zone: ZoneInfo) -> str | None:
    """Since when its board is wholly on record: a date, or never; null where nobody says that it is not."""
    return start.astimezone(zone).date().isoformat() if isinstance(start, datetime) else start


def _board(org: OrgSnapshot) -> Json:
    directors = list(org.directors)
    return {
        "size": len(directors),
        "seats": org.state.bylaws.seats,
        "assumed": list(org.state.bylaws.assumed),
        "chair": org.chair,
        "directors": directors,
        "voters": sorted(org.state.voters),
        "partial": org.partial,
        "vacant": [{"seat": free.seat, "name": free.name, "count": free.count} for free in org.vacant],
    }


def _held(log: Log, org: OrgSnapshot, role: str, opening: Opening, zone: ZoneInfo) -> Json:
    return {
        "person": opening.person,
        "name": log.plain_name(opening.person),
        **effect_json(opening, zone, "since"),
        **end_json("until", term_of(opening), zone),
        "seat": seat_of(opening),
        "interim": is_interim(opening),
        "suspended": org.is_suspended(role, opening.person),
        **ending_json("died", org.died.get(opening.person), zone),
        "status": opening.status,
        "event": opening.id,
        **known_json(log.by_id.get(opening.id, opening), zone, "public_since"),
        **correction_json(opening, zone),
        "sources": list(opening.sources),
    }


def _ahead(log: Log, event: Event, zone: ZoneInfo) -> Json:
    """What is on its way: whose seat it is about, and what."""
    person = getattr(event, "person", None)
    return {
        "person": person,
        "name": person and log.plain_name(person),
        "role": role_of(event),
        "event": event.id,
        "type": NAMES[type(event)],
        **effect_json(event, zone),
        **known_json(event, zone),
    }


def _announced(log: Log, event: Event, overdue: Container[str], zone: ZoneInfo) -> Json:
    return {
        **_ahead(log, event, zone),
        **start_json("due", event.due, zone),
        "overdue": event.id in overdue,
        "status": event.status,
    }


def _pending(log: Log, event: Event, zone: ZoneInfo) -> Json:
    return {**_ahead(log, event, zone), "status": event.status}


VACANT = table({"seat": TEXT, "name": TEXT, "count": COUNT})

BOARD = table(
    {
        "size": COUNT,
        "seats": maybe(COUNT),
        "assumed": IDS,
        "chair": maybe(TEXT),
        "directors": IDS,
        "voters": IDS,
        "partial": BOOLEAN,
        "vacant": many(VACANT),
    }
)

HELD = table(
    {
        "person": TEXT,
        "name": TEXT,
        **effect("since"),
        **maybe_time("until"),
        "seat": maybe(TEXT),
        "interim": BOOLEAN,
        "suspended": BOOLEAN,
        **maybe_time("died"),
        "status": one_of(STATUSES),
        "event": TEXT,
        **time("public_since"),
        **maybe_time("corrected"),
        "sources": TEXTS,
    }
)

AHEAD: Properties = {
    **each("person name role", maybe(TEXT)),
    "event": TEXT,
    "type": TYPE,
    **effect(),
    **time("known"),
}

ANNOUNCED = table(
    {
        **AHEAD,
        **maybe_time("due"),
        "overdue": BOOLEAN,
        "status": one_of(STATUSES),
    }
)

PENDING = table({**AHEAD, "status": one_of(STATUSES)})

ORG = table(
    {
        "id": TEXT,
        "name": TEXT,
        **maybe_time("dissolved"),
        "complete_from": maybe(
            {"type": "string", "pattern": "^(never|[0-9]{4}(-[0-9]{2}){0,2})$", "description": "A date, or never."}
        ),
        "controlled_by": maybe(TEXT),
        "board": BOARD,
        "roles": by_name(many(HELD)),
        "announced": many(ANNOUNCED),
        "pending": many(PENDING),
        "uncertain": many(table(UNCERTAIN)),
    }
)

SNAPSHOT = document(
    "snapshot",
    2,
    "Who holds what at an instant, as known at an instant.",
    {"case": TEXT, **moment("at"), **moment("known"), "as_sealed": maybe(TEXT), "orgs": many(ORG)},
)
