"""What programs read of an exploration."""

from typing import get_args

from boardsim.analysis.explore.coalition import Forced
from boardsim.analysis.explore.properties import Finding, Kind
from boardsim.analysis.explore.trace import Step, steps
from boardsim.events import CHOICES
from boardsim.views.explore_report import Force, Report
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    Json,
    by_name,
    document,
    each,
    many,
    maybe,
    moment,
    one_of,
    table,
)
from boardsim.views.json.times import moment_json, zone_of

LISTED = 10_000
"""How many coalitions are listed; of a large board there can be millions, and then it is said how many more."""


def explore_json(report: Report) -> Json:
    """`boardsim/explore/2`: what can come of a state, and who can force it."""
    explored = report.explored
    reached, layout = explored.reached, explored.model.layout
    return {
        "schema": "boardsim/explore/2",
        "case": report.log.id,
        "org": report.org,
        **moment_json("at", report.at, zone_of(report.log)),
        "profile": report.profile,
        "unlawful": [
            {
                "action": one.action,
                "check": one.check,
                "source": one.source,
                "directors": None if one.directors is None else [*one.directors],
            }
            for one in report.unlawful
        ],
        "roles": list(layout.roles),
        "people": [person for person in layout.people if person not in explored.newcomers],
        "newcomers": len(explored.newcomers),
        "enough_newcomers": explored.enough,
        "interchangeable": [list(people) for people in explored.classes],
        "exhaustive": explored.exhaustive,
        "stopped": reached.stopped,
        "distinct": explored.distinct,
        "named": explored.named,
        "generated": explored.generated,
        "levels": list(reached.levels),
        "actions": dict(reached.fired),
        "never": list(explored.unmoved),
        "board_sizes": list(explored.sizes),
        "findings": [_finding(finding, way) for finding, way in zip(explored.findings, report.ways, strict=True)],
        "coalitions": [_force(force) for force in report.forces],
    }


def _finding(finding: Finding, way: tuple[Step, ...]) -> Json:
    """A finding; `way` is null where there is none, and empty where it is the state itself."""
    question = finding.question
    shown = [_step(step) for step in way] if finding.way else None
    return {"kind": question.kind, "question": question.text, "answer": finding.answer, "way": shown}


def _step(step: Step) -> Json:
    vote = step.vote
    ballots = {choice: list(side) for choice, side in vote.sides() if side} if vote else None
    tally = step.tally
    return {
        "action": f"{step.verb} {step.role}",
        "person": step.person,
        "rule": vote.rule if vote else None,
        "ballots": ballots,
        "needed": tally.needed if tally else None,
        "of": tally.of if tally else None,
        "blockers": step.blockers,
        "directors": list(step.directors),
    }


def _force(force: Force) -> Json:
    question = force.question.text if force.question else None
    return {"goal": question, "recusal": force.recusal, "results": [_forced(result) for result in force.results]}


def _forced(result: Forced) -> Json:
    return {
        "recusal": result.recusal,
        "first": result.first,
        "size": result.size,
        "of": len(result.directors),
        "coalitions": [list(people) for people in result.coalitions[:LISTED]],
        "unlisted": max(0, result.coalitions.total - LISTED),
        "stopped": result.stopped,
        "way": [_step(step) for step in steps(result.model, result.way)] if result.model else None,
    }


BALLOTS = {"type": "object", "properties": dict.fromkeys(CHOICES, IDS), "additionalProperties": False}
STOPPED = maybe(one_of(("states", "depth", "seconds", "interrupted")))

STEP = table(
    {
        "action": TEXT,
        "person": TEXT,
        "rule": maybe(TEXT),
        "ballots": maybe(BALLOTS),
        **each("needed of blockers", maybe(COUNT)),
        "directors": IDS,
    }
)

FINDING = table({"kind": one_of(get_args(Kind)), "question": TEXT, "answer": maybe(BOOLEAN), "way": maybe(many(STEP))})

FORCED = table(
    {
        "recusal": BOOLEAN,
        "first": BOOLEAN,
        "size": maybe(COUNT),
        "of": COUNT,
        "coalitions": many(IDS),
        "unlisted": COUNT,
        "stopped": STOPPED,
        "way": maybe(many(STEP)),
    }
)

COALITION = table({"goal": maybe(TEXT), "recusal": BOOLEAN, "results": many(FORCED)})

EXPLORE = document(
    "explore",
    2,
    "What can come of a state, and who can force it.",
    {
        "case": TEXT,
        "org": TEXT,
        **moment("at"),
        "profile": maybe(TEXT),
        "unlawful": many(table({"action": TEXT, "check": TEXT, "source": TEXT, "directors": maybe(many(COUNT))})),
        "roles": IDS,
        "people": IDS,
        "newcomers": COUNT,
        "enough_newcomers": BOOLEAN,
        "interchangeable": many(IDS),
        "exhaustive": BOOLEAN,
        "stopped": STOPPED,
        "distinct": COUNT,
        "named": maybe(COUNT),
        "generated": maybe(COUNT),
        "levels": many(COUNT),
        "actions": by_name(COUNT),
        "never": IDS,
        "board_sizes": many(COUNT),
        "findings": many(FINDING),
        "coalitions": many(COALITION),
        **DOUBTS_OF_ANSWER,
    },
)
