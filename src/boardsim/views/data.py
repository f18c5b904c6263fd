"""What programs read: small JSON documents with a version, never a dump of the internals.

Instants are ISO 8601 in UTC.  A field that has no meaning for an item is null.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from boardsim.analysis.ballots import Assumption
from boardsim.analysis.whatif import Answer, Fate
from boardsim.checks import Check
from boardsim.diff import Diff, Mover
from boardsim.events import NAMES, Appoint, Event, Opening, role_of
from boardsim.formats.profiles import Profile
from boardsim.formats.times import iso
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.snapshot import OrgSnapshot, Snapshot

Json = dict[str, Any]


def _iso(instant: datetime | None) -> str | None:
    return iso(instant) if instant is not None else None


def replay_json(history: History, indexes: Iterable[int], *, sources: bool = False) -> Json:
    """`boardsim/replay/1`: the events of these indexes with their rulings."""
    events = [_ruled(history, index, sources=sources) for index in indexes]
    return {"schema": "boardsim/replay/1", "case": history.log.id, "known": _iso(history.known), "events": events}


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
        "outcome": ruling.tally.outcome if ruling.tally else None,
    }
    return item | ({"sources": list(event.sources)} if sources else {})


def snapshot_json(snapshot: Snapshot, *, sources: bool = False) -> Json:
    """`boardsim/snapshot/1`: who holds what."""
    log = snapshot.history.log
    return {
        "schema": "boardsim/snapshot/1",
        "case": log.id,
        "at": _iso(snapshot.at),
        "known": _iso(snapshot.known),
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
            "not_before": iso(u.span[0]),
            "not_after": iso(u.span[1]),
        }
        for u in org.uncertain
    ]
    return item


def _held(log: Log, opening: Opening, *, sources: bool) -> Json:
    item = {
        "person": opening.person,
        "name": log.name(opening.person),
        "since": iso(opening.at),
        "interim": isinstance(opening, Appoint) and opening.interim,
        "status": opening.status,
        "event": opening.id,
    }
    return item | ({"sources": list(opening.sources)} if sources else {})


def diff_json(diff: Diff) -> Json:
    """`boardsim/diff/1`: who joined, left and moved between two points, and which events did it."""
    return {
        "schema": "boardsim/diff/1",
        "case": diff.log.id,
        "from": {"at": _iso(diff.before.at), "known": _iso(diff.before.known)},
        "to": {"at": _iso(diff.after.at), "known": _iso(diff.after.known)},
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


def _mover(log: Log, mover: Mover) -> Json:
    return {
        "person": mover.person,
        "name": log.name(mover.person),
        "before": list(mover.before),
        "after": list(mover.after),
        "events": [event.id for event in mover.events],
    }


def check_json(problems: Iterable[Problem]) -> Json:
    """`boardsim/check/1`: all findings."""
    return {"schema": "boardsim/check/1", "findings": [_finding(problem) for problem in problems]}


def _finding(problem: Problem) -> Json:
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
        "from": _iso(problem.since),
        "until": _iso(problem.until),
    }


def whatif_json(answers: Sequence[Answer], problems: Iterable[Problem], at: datetime | None) -> Json:
    """`boardsim/whatif/1`: what a scenario's world does otherwise than the record.

    Where votes turn on ballots that are not on record, the document is that of the world in which they fail, and
    `worlds` has all of them.
    """
    document = _answer(answers[-1], at)
    document["problems"] = [_finding(problem) for problem in problems]
    if len(answers) > 1:
        document["open"] = [_open(assumption) for assumption in answers[0].assumed]
        document["worlds"] = [_answer(answer, at) for answer in answers]
    return document


def _answer(answer: Answer, at: datetime | None) -> Json:
    broken = answer.broken()
    expected = sum(len(a.expected) for a in answer.scenario.assertions) + len(answer.scenario.expectations)
    return {
        "schema": "boardsim/whatif/1",
        "scenario": answer.scenario.id,
        "assumed": [str(assumption) for assumption in answer.assumed],
        "rulings": [_fate(fate) for fate in answer.fates() if fate.was is None or fate.was.kind != fate.becomes.kind],
        "votes": [_recount(fate) for fate in answer.votes()],
        "at": _iso(at),
        "differences": [
            {"org": d.org, "role": d.role, "actual": list(d.actual), "scenario": list(d.scenario)}
            for d in answer.differences(at)
        ],
        "unexplained": [event.id for event in answer.unexplained()],
        "assertions": {"held": expected - len(broken), "broken": [_finding(problem) for problem in broken]},
    }


def _fate(fate: Fate) -> Json:
    ruling = fate.becomes
    reason = ruling.reason.text if ruling.reason else str(ruling.tally) if ruling.tally else None
    return {"event": fate.event.id, "type": NAMES[type(fate.event)], "ruling": ruling.kind, "reason": reason}


def _recount(fate: Fate) -> Json:
    tally = fate.becomes.tally
    counted = (tally.outcome, tally.votes_for, tally.needed, tally.of) if tally else (None, None, None, None)
    return {"event": fate.event.id, **dict(zip(("outcome", "for", "needed", "of"), counted, strict=True))}


def _open(assumption: Assumption) -> Json:
    turning = assumption.turning
    return {
        "vote": turning.vote,
        "unrecorded": list(turning.unrecorded),
        "carried_if": [[{"least": s.least, "people": list(s.people)} for s in shares] for shares in turning.carried_if],
        "otherwise": turning.otherwise,
        "condition": str(turning),
    }


def checks_json(checks: Iterable[Check], profiles: Iterable[Profile]) -> Json:
    """`boardsim/checks/1`: every check with its rule, and what each profile makes of it."""
    return {
        "schema": "boardsim/checks/1",
        "checks": [
            {
                "name": check.name,
                "rule": check.rule,
                "source": check.source,
                "severity": check.severity,
                "parameters": dict(check.parameters),
            }
            for check in checks
        ],
        "profiles": [
            {
                "id": profile.id,
                "title": profile.title,
                "checks": [
                    {"name": use.check.name, "severity": use.severity, "parameters": dict(use.parameters)}
                    for use in profile.uses
                ],
            }
            for profile in profiles
        ],
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
        "from": _iso(events[0].at) if events else None,
        "to": _iso(events[-1].at) if events else None,
        "orgs": [{"id": org.id, "name": org.name} for org in log.orgs],
        "people": [{"id": person.id, "name": person.name} for person in log.people],
        "roles": [{"id": role.id, "kind": role.kind} for role in log.role_table.values()],
    }
