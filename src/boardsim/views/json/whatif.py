"""What programs read of a scenario."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

from boardsim.analysis.ballots import Assumption
from boardsim.analysis.whatif import Answer, RulingChange
from boardsim.checks import HOW, How
from boardsim.events import NAMES
from boardsim.history import Kind
from boardsim.problems import Problem
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    Json,
    Properties,
    document,
    each,
    many,
    maybe,
    moment,
    one_of,
    table,
)
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.findings import PROBLEM, problems_json
from boardsim.views.json.times import moment_json, zone_of
from boardsim.views.words import bylaw
from boardsim.voting import Outcome


def whatif_json(
    answers: Sequence[Answer],
    rules: Sequence[Sequence[tuple[How, str]]],
    problems: Iterable[Problem],
    at: datetime | None,
) -> Json:
    """`boardsim/whatif/2`: what a scenario's world does otherwise than the record.

    Where votes turn on ballots that are not on record, the document is that of the world in which they fail, `open`
    says on whose, and `outcomes` has every way in which they can come out.

    Args:
        rules: of each of them, the rules of governance that are broken otherwise than in the record, in words.
    """
    outcomes = [_answer(answer, broken, at) for answer, broken in zip(answers, rules, strict=True)]
    return {
        "schema": "boardsim/whatif/2",
        "scenario": answers[0].scenario.id,
        **moment_json("known", answers[0].history.known, zone_of(answers[0].history.log)),
        **outcomes[-1],
        "problems": problems_json(problems, answers[0].history.log),
        "open": [_open(assumption) for assumption in answers[0].assumed],
        "outcomes": outcomes if len(outcomes) > 1 else [],
    }


def scenarios_json(documents: Sequence[Json]) -> Json:
    """`boardsim/scenarios/2`: several scenarios side by side, each in its document."""
    return {"schema": "boardsim/scenarios/2", "scenarios": list(documents)}


def _answer(answer: Answer, rules: Sequence[tuple[How, str]], at: datetime | None) -> Json:
    """One way in which a scenario can come out."""
    document = {
        "assumed": [str(assumption) for assumption in answer.assumed],
        "rulings": [
            _ruling(change)
            for change in answer.ruling_changes()
            if change.before is None or change.before.kind != change.after.kind
        ],
        "votes": [_vote(change) for change in answer.votes()],
        **moment_json("at", at, zone_of(answer.history.log)),
        "differences": [
            {"org": d.org, "role": d.role, "actual": list(d.actual), "scenario": list(d.scenario)}
            for d in answer.differences(at)
        ],
        "bylaws": [
            {"org": org, "name": name, "actual": bylaw(actual), "scenario": bylaw(here)}
            for org, name, actual, here in answer.bylaws(at)
        ],
        "unexplained": [event.id for event in answer.unexplained()],
        "assertions": _assertions(answer),
        "checks": {how: [message for other, message in rules if other == how] for how in HOW},
    }
    return document | doubts_json(answer.history, answer.doubts(at, events_named(document, answer.history)))


def _assertions(answer: Answer) -> Json:
    broken = answer.broken()
    expected = sum(len(a.expected) for a in answer.scenario.assertions) + len(answer.scenario.expectations)
    return {"held": expected - len(broken), "broken": problems_json(broken, answer.history.log)}


def _ruling(change: RulingChange) -> Json:
    event, ruling = change.event, change.after
    return {"event": event.id, "type": NAMES[type(event)], "ruling": ruling.kind, "reason": ruling.grounds}


def _vote(change: RulingChange) -> Json:
    tally = change.after.tally
    counted = (tally.outcome, tally.votes_for, tally.needed, tally.of) if tally else (None, None, None, None)
    return {"event": change.event.id, **dict(zip(("outcome", "for", "needed", "of"), counted, strict=True))}


def _open(assumption: Assumption) -> Json:
    turning = assumption.turning
    return {
        "vote": turning.vote,
        "unrecorded": list(turning.unrecorded),
        "carried_if": [[{"least": s.least, "people": list(s.people)} for s in shares] for shares in turning.carried_if],
        "otherwise": turning.otherwise,
        "condition": str(turning),
    }


RULING = table({"event": TEXT, "type": TYPE, "ruling": one_of(get_args(Kind)), "reason": maybe(TEXT)})

VOTE = table(
    {
        "event": TEXT,
        "outcome": maybe(one_of(get_args(Outcome))),
        **each("for needed of", maybe(COUNT)),
    }
)

SHARE = table({"least": COUNT, "people": IDS})

OPEN = table(
    {
        "vote": TEXT,
        "unrecorded": IDS,
        "carried_if": many(many(SHARE)),
        "otherwise": one_of(("failed", "undetermined")),
        "condition": TEXT,
    }
)

_OUTCOME: Properties = {
    "assumed": TEXTS,
    "rulings": many(RULING),
    "votes": many(VOTE),
    **moment("at"),
    "differences": many(table({"org": TEXT, "role": TEXT, "actual": IDS, "scenario": IDS})),
    "bylaws": many(table({"org": TEXT, "name": TEXT, "actual": TEXT, "scenario": TEXT})),
    "unexplained": IDS,
    "assertions": table({"held": COUNT, "broken": many(PROBLEM)}),
    "checks": table(dict.fromkeys(HOW, TEXTS)),
    **DOUBTS_OF_ANSWER,
}

PROPERTIES: Properties = {
    "scenario": TEXT,
    **moment("known"),
    **_OUTCOME,
    "problems": many(PROBLEM),
    "open": many(OPEN),
    "outcomes": many(table(_OUTCOME)),
}

WHATIF = document("whatif", 2, "What a scenario's world does otherwise than the record.", PROPERTIES)


SCENARIO = table({"schema": {"const": "boardsim/whatif/2"}, **PROPERTIES})

SCENARIOS = document(
    "scenarios", 2, "Several scenarios side by side, each as in whatif.", {"scenarios": many(SCENARIO)}
)
