"""What programs read of an ensemble."""

from boardsim.analysis.ensemble.ensemble import Ensemble
from boardsim.analysis.ensemble.probability import LEVEL, InformationValue, Share, blame, effect, outcome, worth
from boardsim.formats.log.encode import plain
from boardsim.formats.scenario.changes import change_table
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    NUMBER,
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


def ensemble_json(ensemble: Ensemble, scenario: str) -> Json:
    """`boardsim/ensemble/2`: how probable an outcome is, what a change does to it, and what to find out."""
    question = ensemble.question
    sampled = ensemble.samples is not None
    return {
        "schema": "boardsim/ensemble/2",
        "scenario": scenario,
        "goal": question.goal.text,
        **moment_json("at", question.at, zone_of(question.world.log)),
        "method": "sampled" if sampled else "exact",
        "worlds": len(ensemble.seen),
        "samples": ensemble.samples,
        "seed": ensemble.seed,
        "level": LEVEL if sampled else None,
        "probability": share_json(outcome(ensemble)),
        "change": _effect(ensemble),
        "facts": [_worth(ensemble, one) for one in worth(ensemble)],
        "blame": [
            {"person": one.person, "value": str(one.value), "low": one.interval[0], "high": one.interval[1]}
            for one in blame(ensemble)
        ],
        "open": [
            {"vote": vote, "unrecorded": list(people)}
            for vote, people in dict.fromkeys(vote for seen in ensemble.seen.values() for vote in seen.open)
        ],
    }


def share_json(share: Share | None) -> Json | None:
    """A probability; `samples` is null where it is exact, and null stands for what is never asked."""
    if share is None:
        return None
    low, high = share.interval
    return {
        "value": str(share.value),
        "decimal": float(share.value),
        "low": low,
        "high": high,
        "samples": share.samples,
    }


def _effect(ensemble: Ensemble) -> Json | None:
    found, change = effect(ensemble), ensemble.question.change
    if found is None or change is None:
        return None
    return {
        "changes": [plain(change_table(one)) for one in change.changes],
        "probability": share_json(found.changed),
        "prevents": share_json(found.prevents),
        "brings": share_json(found.brings),
        "necessity": share_json(found.necessity),
        "sufficiency": share_json(found.sufficiency),
    }


def _worth(ensemble: Ensemble, one: InformationValue) -> Json:
    chances = {alternative.name: str(alternative.chance) for alternative in one.unknown.alternatives}
    return {
        "id": one.unknown.id,
        "alternatives": [
            {"name": name, "probability": chances[name], "given": share_json(given)} for name, given in one.given
        ],
        "variance_removed": str(one.removed) if ensemble.samples is None else float(one.removed),
        "part": None if one.part is None else float(one.part),
    }


SHARE = table({"value": FRACTION, "decimal": NUMBER, "low": NUMBER, "high": NUMBER, "samples": maybe(COUNT)})

EFFECT = table(
    {
        "changes": many(by_name({})),
        **each("probability prevents brings", SHARE),
        "necessity": maybe(SHARE),
        "sufficiency": maybe(SHARE),
    }
)

ALTERNATIVE = table({"name": TEXT, "probability": FRACTION, "given": maybe(SHARE)})

FACT = table(
    {
        "id": TEXT,
        "alternatives": many(ALTERNATIVE),
        "variance_removed": {"anyOf": [FRACTION, NUMBER]},
        "part": maybe(NUMBER),
    }
)

ENSEMBLE = document(
    "ensemble",
    2,
    "How probable an outcome is, what a change does to it, and what to find out.",
    {
        "scenario": TEXT,
        "goal": TEXT,
        **moment("at"),
        "method": one_of(("exact", "sampled")),
        "worlds": COUNT,
        "samples": maybe(COUNT),
        "seed": maybe({"type": "integer"}),
        "level": maybe(NUMBER),
        "probability": SHARE,
        "change": maybe(EFFECT),
        "facts": many(FACT),
        "blame": many(table({"person": TEXT, "value": FRACTION, "low": NUMBER, "high": NUMBER})),
        "open": many(table({"vote": TEXT, "unrecorded": IDS})),
        **DOUBTS_OF_ANSWER,
    },
)
