"""What is wrong, as data: problems of a log or a scenario, and rules of governance that are broken."""

from collections.abc import Iterable
from typing import get_args
from zoneinfo import ZoneInfo

from boardsim.checks import Finding
from boardsim.checks.report import Reported
from boardsim.events import Event
from boardsim.log import Log, Waiver
from boardsim.problems import Problem, Severity
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    TEXT,
    Json,
    Properties,
    document,
    each,
    many,
    maybe,
    maybe_time,
    one_of,
    span,
    table,
    time,
)
from boardsim.views.json.times import end_json, span_json, start_json, when_json, zone_of


def check_json(problems: Iterable[Problem], reported: Iterable[Reported], log: Log) -> Json:
    """`boardsim/check/2`: what is wrong with a log, then which rules are broken."""
    found = [*((problem, None) for problem in problems), *reported]
    return {"schema": "boardsim/check/2", "findings": [_finding(problem, finding, log) for problem, finding in found]}


def _finding(problem: Problem, finding: Finding | None, log: Log) -> Json:
    """A problem, and of a broken rule the rule, who decided, what remedied it, and between what its beginning lies."""
    zone = zone_of(log)
    event, remedied_by = (finding.event, finding.remedied_by) if finding else (None, None)
    begun = event if event is not None and event.at == problem.since else None
    return {
        **_problem(problem, (event, remedied_by), zone),
        **span_json(begun.not_before if begun else None, begun.not_after if begun else None, zone),
        "by": event.by if event else None,
        "remedied_by": remedied_by.id if remedied_by else None,
        "required": finding.required if finding else None,
        "source": finding.source if finding else None,
        "waived": [_waiver(waiver, zone) for waiver in finding.waivers] if finding else [],
    }


def _waiver(waiver: Waiver, zone: ZoneInfo) -> Json:
    return {
        **start_json("at", waiver.at, zone),
        **start_json("from", waiver.since, zone),
        **end_json("until", waiver.until, zone),
        "by": waiver.by,
        "reason": waiver.reason,
    }


def problems_json(problems: Iterable[Problem], log: Log) -> list[Json]:
    """Problems of a log, of a scenario on it, or of what was added to it."""
    zone = zone_of(log)
    return [_problem(problem, (log.by_id.get(problem.event or ""),), zone) for problem in problems]


def _problem(problem: Problem, events: Iterable[Event | None], zone: ZoneInfo) -> Json:
    """One problem: its code, severity, words and place, and of a broken rule from when until when it is."""
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
        **when_json("from", problem.since, events, zone),
        **when_json("until", problem.until, events, zone),
    }


_PROBLEM: Properties = {
    "code": TEXT,
    "severity": one_of(get_args(Severity)),
    "message": TEXT,
    "hint": maybe(TEXT),
    "file": maybe(TEXT),
    "line": maybe(COUNT),
    "column": maybe(COUNT),
    "event": maybe(TEXT),
    "org": maybe(TEXT),
    **maybe_time("from"),
    **maybe_time("until"),
}
PROBLEM = table(_PROBLEM)

WAIVER = table({**time("at"), **maybe_time("from"), **maybe_time("until"), "by": TEXT, "reason": TEXT})

FINDING = table(
    {
        **_PROBLEM,
        **span(),
        **each("by remedied_by required source", maybe(TEXT)),
        "waived": many(WAIVER),
    }
)

CHECK = document(
    "check",
    2,
    "What is wrong with a log, and which rules of governance are broken.",
    {"findings": many(FINDING), **DOUBTS_OF_ANSWER},
)
