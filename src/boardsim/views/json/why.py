"""Why, as programs read it: the facts, and the events behind them in a flat list that names what lies behind each."""

from datetime import datetime

from boardsim.analysis.why.chain import Step
from boardsim.analysis.why.facts import Fact
from boardsim.analysis.why.why import Explanation
from boardsim.events import NAMES, Event, Vote
from boardsim.formats.schema.times import iso
from boardsim.log import Log
from boardsim.traits import is_counted
from boardsim.views.json.log import Json, instant_json
from boardsim.views.words import sentence


def why_json(found: Explanation, at: datetime | None) -> Json:
    """`boardsim/why/1`: facts, or the event that was asked about, and each step of the chain once."""
    log = found.history.log
    return {
        "schema": "boardsim/why/1",
        "case": log.id,
        "at": instant_json(at),
        "known": instant_json(found.history.known),
        "facts": [_fact(fact, at) for fact in found.facts],
        "event": found.event,
        "events": [_step(log, step) for step in found.chain.values()],
    }


def _fact(fact: Fact, at: datetime | None) -> Json:
    return {
        "org": fact.org,
        "role": fact.role,
        "person": fact.person,
        "holds": fact.holds,
        "opened": _id(fact.opened),
        "closed": _id(fact.closed),
        "later": _id(fact.later),
        "uncertain": [event.id for event in fact.uncertain(at)] if at else [],
        "announced": list(fact.announced),
        "prevented": list(fact.prevented),
        "holders": list(fact.holders),
    }


def _id(event: Event | None) -> str | None:
    return event.id if event else None


def _step(log: Log, step: Step) -> Json:
    event, ruling = step.event, step.ruling
    return {
        "id": event.id,
        "type": NAMES[type(event)],
        "at": iso(event.at),
        "known": iso(event.known),
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
