"""Why, as programs read it: the facts, and the events behind them in a flat list that names what lies behind each."""

from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.analysis.why.chain import Step
from boardsim.analysis.why.facts import Fact
from boardsim.analysis.why.why import Explanation
from boardsim.events import NAMES, Event, Vote
from boardsim.log import Log
from boardsim.traits import is_counted
from boardsim.views.json.log import Json
from boardsim.views.json.times import effect_json, known_json, moment_json, when_json, zone_of
from boardsim.views.words import sentence


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
