"""What programs read of a scenario."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from boardsim.analysis.ballots import Assumption
from boardsim.analysis.whatif import Answer, RulingChange
from boardsim.checks import HOW, How
from boardsim.events import NAMES
from boardsim.problems import Problem
from boardsim.views.json.log import Json, finding_json, instant_json


def whatif_json(
    answers: Sequence[Answer],
    rules: Sequence[Sequence[tuple[How, str]]],
    problems: Iterable[Problem],
    at: datetime | None,
) -> Json:
    """`boardsim/whatif/1`: what a scenario's world does otherwise than the record.

    Where votes turn on ballots that are not on record, the document is that of the world in which they fail, and
    `worlds` has all of them.

    Args:
        rules: of each world, the rules of governance that are broken otherwise than in the record, in words.
    """
    worlds = [_answer(answer, at) | {"checks": _checks(broken)} for answer, broken in zip(answers, rules, strict=True)]
    document = dict(worlds[-1])
    document["problems"] = [finding_json(problem) for problem in problems]
    if len(answers) > 1:
        document["open"] = [_open(assumption) for assumption in answers[0].assumed]
        document["worlds"] = worlds
    return document


def _checks(rules: Sequence[tuple[How, str]]) -> Json:
    """Those that are broken only here, for longer or less long than in the record, or only there."""
    return {how: [message for told, message in rules if told == how] for how in HOW}


def _answer(answer: Answer, at: datetime | None) -> Json:
    broken = answer.broken()
    expected = sum(len(a.expected) for a in answer.scenario.assertions) + len(answer.scenario.expectations)
    return {
        "schema": "boardsim/whatif/1",
        "scenario": answer.scenario.id,
        "assumed": [str(assumption) for assumption in answer.assumed],
        "rulings": [
            _fate(fate)
            for fate in answer.ruling_changes()
            if fate.before is None or fate.before.kind != fate.after.kind
        ],
        "votes": [_recount(fate) for fate in answer.votes()],
        "at": instant_json(at),
        "differences": [
            {"org": d.org, "role": d.role, "actual": list(d.actual), "scenario": list(d.scenario)}
            for d in answer.differences(at)
        ],
        "unexplained": [event.id for event in answer.unexplained()],
        "assertions": {"held": expected - len(broken), "broken": [finding_json(problem) for problem in broken]},
    }


def _fate(fate: RulingChange) -> Json:
    ruling = fate.after
    return {"event": fate.event.id, "type": NAMES[type(fate.event)], "ruling": ruling.kind, "reason": ruling.grounds}


def _recount(fate: RulingChange) -> Json:
    tally = fate.after.tally
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
