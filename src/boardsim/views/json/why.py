"""Why, as programs read it: the facts, and the events behind them in a flat list that names what lies behind each."""

from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from boardsim.analysis.why.chain import Step
from boardsim.analysis.why.facts import Fact
from boardsim.analysis.why.why import Explanation
from boardsim.bylaws import BASES
from boardsim.events import CHOICES, NAMES, STATUSES, Event, Vote
from boardsim.history import Kind
from boardsim.log import Log
from boardsim.traits import is_counted
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    Json,
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
from boardsim.views.json.times import effect_json, known_json, moment_json, start_json, when_json, zone_of
from boardsim.views.words import sentence
from boardsim.voting import Outcome


def why_json(found: Explanation, at: datetime | None) -> Json:
    """`boardsim/why/2`: facts, or the event that was asked about, and each step of the chain once."""
    log = found.history.log
    zone = zone_of(log)
    return {
        "schema": "boardsim/why/2",
        "case": log.id,
        **when_json("at", at, (log.by_id.get(found.event or ""),), zone),
        **moment_json("known", found.history.known, zone),
        "facts": [_fact(found, fact, at) for fact in found.facts],
        "event": found.event,
        "events": [_step(log, step, zone) for step in found.chain.values()],
    }


def _fact(found: Explanation, fact: Fact, at: datetime | None) -> Json:
    return {
        "org": fact.org,
        "role": fact.role,
        "person": fact.person,
        "holds": fact.holds,
        "silent": fact.is_silent,
        "opened": _id(fact.opened),
        "closed": _id(fact.closed),
        "later": _id(fact.later),
        "uncertain": [event.id for event in found.uncertain(fact, at)] if at else [],
        "announced": list(fact.announced),
        "withdrawn": [{"announced": announced, "by": by} for announced, by in fact.withdrawn],
        "prevented": list(fact.prevented),
        "holders": list(fact.holders),
    }


def _id(event: Event | None) -> str | None:
    return event.id if event else None


def _step(log: Log, step: Step, zone: ZoneInfo) -> Json:
    event, ruling = step.event, step.ruling
    return {
        "id": event.id,
        "type": NAMES[type(event)],
        **effect_json(event, zone),
        **known_json(event, zone),
        **start_json("due", event.due, zone),
        "text": sentence(log, event),
        "by": event.by,
        "status": event.status,
        "ruling": ruling.kind,
        "reason": ruling.reason.text if ruling.reason else None,
        "vote": _vote(event, step) if is_counted(event) else None,
        "sources": list(event.sources),
        "because": [list(clause) for clause in step.because],
        "retracted": list(step.retracted),
        "hidden": step.hidden,
        "behind": list(step.behind),
        "hangs_on": list(step.open_with),
    }


def _vote(vote: Vote, step: Step) -> Json | None:
    tally = step.ruling.tally
    if tally is None:
        return None
    return {
        "outcome": tally.outcome,
        "needed": tally.needed,
        "of": tally.of,
        "base": tally.base,
        "rule": vote.rule,
        **{choice: list(people) for choice, people in vote.sides()},
        "count": dict(vote.count.numbers) if vote.count else None,
    }


FACT = table(
    {
        "org": TEXT,
        "role": maybe(TEXT),
        "person": maybe(TEXT),
        "holds": BOOLEAN,
        "silent": BOOLEAN,
        **each("opened closed later", maybe(TEXT)),
        "uncertain": IDS,
        "announced": IDS,
        "withdrawn": many(table({"announced": TEXT, "by": TEXT})),
        "prevented": IDS,
        "holders": IDS,
    }
)

VOTE = table(
    {
        "outcome": one_of(get_args(Outcome)),
        "needed": maybe(COUNT),
        "of": maybe(COUNT),
        "base": one_of(BASES),
        "rule": TEXT,
        **dict.fromkeys(CHOICES, IDS),
        "count": maybe(by_name(COUNT)),
    }
)

STEP = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        **maybe_time("due"),
        "text": TEXT,
        "by": maybe(TEXT),
        "status": one_of(STATUSES),
        "ruling": one_of(get_args(Kind)),
        "reason": maybe(TEXT),
        "vote": maybe(VOTE),
        "sources": TEXTS,
        "because": many(TEXTS),
        "retracted": IDS,
        "hidden": COUNT,
        "behind": IDS,
        "hangs_on": IDS,
    }
)

WHY = document(
    "why",
    2,
    "Facts, or an event, and every event behind them, each once.",
    {
        "case": TEXT,
        **maybe_time("at"),
        **moment("known"),
        "facts": many(FACT),
        "event": maybe(TEXT),
        "events": many(STEP),
        **DOUBTS_OF_ANSWER,
    },
)
