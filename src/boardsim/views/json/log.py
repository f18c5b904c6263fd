"""What programs read: small JSON documents with a version, never a dump of the internals.

Instants are ISO 8601 in UTC.  A field that has no meaning for an item is null.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from boardsim.events import NAMES, Event, Opening, is_interim, role_of
from boardsim.formats.schema.times import iso
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.snapshots import OrgSnapshot, Snapshot

if TYPE_CHECKING:
    from boardsim.diffs import Diff, Mover

Json = dict[str, Any]


def instant_json(instant: datetime | None) -> str | None:
    """The instant in UTC, or null."""
    return iso(instant) if instant is not None else None


def replay_json(history: History, indexes: Iterable[int], *, sources: bool = False) -> Json:
    """`boardsim/replay/1`: the events of these indexes with their rulings."""
    events = [_ruled(history, index, sources=sources) for index in indexes]
    return {
        "schema": "boardsim/replay/1",
        "case": history.log.id,
        "known": instant_json(history.known),
        "events": events,
    }


def _ruled(history: History, index: int, *, sources: bool) -> Json:
    event, ruling = history.events[index], history.rulings[index]
    item = {
        "id": event.id,
        "type": NAMES[type(event)],
        "at": iso(event.at),
        "known": iso(event.known),
        "org": history.org_of(event),
        "person": getattr(event, "person", None),
        "role": role_of(event),
        "status": event.status,
        "ruling": ruling.kind,
        "reason": ruling.reason.text if ruling.reason else None,
        "outcome": ruling.outcome,
    }
    return item | ({"sources": list(event.sources)} if sources else {})


def snapshot_json(snapshot: Snapshot, *, sources: bool = False) -> Json:
    """`boardsim/snapshot/1`: who holds what."""
    log = snapshot.history.log
    return {
        "schema": "boardsim/snapshot/1",
        "case": log.id,
        "at": instant_json(snapshot.at),
        "known": instant_json(snapshot.known),
        "orgs": [_org(log, org, sources=sources) for org in snapshot.orgs],
    }


def _org(log: Log, org: OrgSnapshot, *, sources: bool) -> Json:
    item: Json = {"id": org.org.id, "name": org.org.name}
    if org.board.id != org.org.id:
        item["controlled_by"] = org.board.id
    directors = list(org.directors)
    item["board"] = {
        "size": len(directors),
        "seats": org.state.bylaws.seats,
        "chair": org.chair,
        "directors": directors,
    }
    item["roles"] = {
        role: [_held(log, opening, sources=sources) for opening in held]
        for role, held in org.roles.items()
        if role not in ("director", "chair")
    }
    item["announced"] = [
        {"person": getattr(event, "person", None), "role": role_of(event), "event": event.id, "at": iso(event.at)}
        for event in org.announced
    ]
    item["uncertain"] = [
        {
            "person": u.person,
            "role": u.role,
            "event": u.event.id,
            "not_before": iso(u.span[0]) if u.span else None,
            "not_after": iso(u.span[1]) if u.span else None,
            "why": u.why,
        }
        for u in org.uncertain
    ]
    return item


def _held(log: Log, opening: Opening, *, sources: bool) -> Json:
    item = {
        "person": opening.person,
        "name": log.name(opening.person),
        "since": iso(opening.at),
        "interim": is_interim(opening),
        "status": opening.status,
        "event": opening.id,
    }
    return item | ({"sources": list(opening.sources)} if sources else {})


def diff_json(diff: "Diff") -> Json:
    """`boardsim/diff/1`: who joined, left and moved between two points, and which events did it."""
    return {
        "schema": "boardsim/diff/1",
        "case": diff.log.id,
        "from": {"at": instant_json(diff.before.at), "known": instant_json(diff.before.known)},
        "to": {"at": instant_json(diff.after.at), "known": instant_json(diff.after.known)},
        "orgs": [
            {
                "id": org.org.id,
                "name": org.org.name,
                "joined": [_mover(diff.log, mover) for mover in org.joined],
                "left": [_mover(diff.log, mover) for mover in org.left],
                "moved": [_mover(diff.log, mover) for mover in org.moved],
            }
            for org in diff.orgs
        ],
    }


def _mover(log: Log, mover: "Mover") -> Json:
    return {
        "person": mover.person,
        "name": log.name(mover.person),
        "before": list(mover.before),
        "after": list(mover.after),
        "events": [event.id for event in mover.events],
    }


def check_json(problems: Iterable[Problem]) -> Json:
    """`boardsim/check/1`: all findings."""
    return {"schema": "boardsim/check/1", "findings": [finding_json(problem) for problem in problems]}


def finding_json(problem: Problem) -> Json:
    """One finding: its code, severity, words and place, and for how long it holds."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint or None,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "event": problem.event,
        "org": problem.org,
        "from": instant_json(problem.since),
        "until": instant_json(problem.until),
    }


def list_json(logs: Iterable[tuple[str, Log]]) -> Json:
    """`boardsim/list/1`: what each case declares."""
    return {"schema": "boardsim/list/1", "cases": [_case(name, log) for name, log in logs]}


def _case(name: str, log: Log) -> Json:
    events: tuple[Event, ...] = log.events
    return {
        "case": name,
        "title": log.title,
        "timezone": log.timezone,
        "events": len(events),
        "from": instant_json(events[0].at) if events else None,
        "to": instant_json(events[-1].at) if events else None,
        "orgs": [{"id": org.id, "name": org.name} for org in log.orgs],
        "people": [{"id": person.id, "name": person.name} for person in log.people],
        "roles": [{"id": role.id, "kind": role.kind} for role in log.role_table.values()],
    }
