"""What programs read of causes."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import get_args
from zoneinfo import ZoneInfo

from boardsim.analysis.causation.explain import Contingencies, Explanation, Share
from boardsim.analysis.causation.responsibility import Definition
from boardsim.analysis.goals import Goal
from boardsim.events import CHOICES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    TEXT,
    Json,
    Schema,
    by_name,
    document,
    each,
    many,
    maybe,
    moment,
    one_of,
    table,
)
from boardsim.views.json.times import moment_json


def cause_json(
    goal: Goal,
    at: datetime | None,
    found: Explanation,
    zone: ZoneInfo,
    blamed: Mapping[str, Fraction | None] | None = None,
) -> Json:
    """`boardsim/cause/2`: the causes of a goal, the world that shows each, and every atom's part in them.

    Args:
        zone: that of the log.
    """
    return {
        "schema": "boardsim/cause/2",
        "goal": goal.text,
        **moment_json("at", at, zone),
        "definition": found.definition,
        "contingencies": found.contingencies,
        "causes": [list(cause.atoms) for cause in found.found.causes],
        "witnesses": [{"otherwise": dict(cause.otherwise), "held": list(cause.held)} for cause in found.found.causes],
        "responsibility": [_share(share) for share in found.shares],
        "distance": found.found.distance,
        "complete": found.found.complete,
        "replayed": found.found.asked,
        "more": found.found.more,
        "blame": None if blamed is None else [_blame(share, blamed) for share in found.shares],
    }


def _blame(share: Share, blamed: Mapping[str, Fraction | None]) -> Json:
    degree = _number(blamed.get(share.atom, Fraction(0)))
    return {"atom": share.atom, "person": share.person, "degree": degree}


def _share(share: Share) -> Json:
    """One atom; where its degree is not determined, between what it lies, and where power does not explain it, why."""
    bounds = share.bounds if share.degree is None else (None, None)
    return {
        "atom": share.atom,
        "person": share.person,
        "degree": _number(share.degree),
        "at_least": _number(bounds[0]),
        "at_most": _number(bounds[1]),
        "but_for": share.but_for,
        "power": _number(share.power),
        "instead": share.instead or None,
    }


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


OTHERWISE: Schema = {"enum": [*CHOICES, False], "description": "A ballot; or false of an event that does not happen."}
WITNESS = table({"otherwise": by_name(OTHERWISE), "held": IDS})

SHARE = table(
    {
        "atom": TEXT,
        "person": maybe(TEXT),
        **each("degree at_least at_most", maybe(FRACTION)),
        "but_for": BOOLEAN,
        "power": maybe(FRACTION),
        "instead": maybe(one_of(CHOICES)),
    }
)

BLAME = table({"atom": TEXT, "person": maybe(TEXT), "degree": maybe(FRACTION)})

CAUSE = document(
    "cause",
    2,
    "The causes of a fact, the world that shows each, and every atom's part in them.",
    {
        "goal": TEXT,
        **moment("at"),
        "definition": one_of(get_args(Definition)),
        "contingencies": one_of(get_args(Contingencies)),
        "causes": many(IDS),
        "witnesses": many(WITNESS),
        "responsibility": many(SHARE),
        "distance": COUNT,
        "complete": BOOLEAN,
        "replayed": COUNT,
        "more": COUNT,
        "blame": maybe(many(BLAME)),
        **DOUBTS_OF_ANSWER,
    },
)
