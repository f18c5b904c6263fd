"""What programs read of causes."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from boardsim.analysis.causation.explain import Explanation, Share
from boardsim.analysis.goals import Goal
from boardsim.views.json.log import Json, instant_json


def cause_json(
    goal: Goal, at: datetime | None, found: Explanation, blamed: Mapping[str, Fraction | None] | None = None
) -> Json:
    """`boardsim/cause/1`: the causes of a goal, the world that shows each, and every atom's part in them."""
    document: Json = {
        "schema": "boardsim/cause/1",
        "goal": goal.text,
        "at": instant_json(at),
        "counting": found.definition.lstrip("hpc"),  # a year alone, in this schema
        "contingencies": found.contingencies,
        "causes": [list(cause.atoms) for cause in found.found.causes],
        "witnesses": [{"otherwise": dict(cause.otherwise), "held": list(cause.held)} for cause in found.found.causes],
        "responsibility": [_share(share) for share in found.shares],
        "distance": found.found.distance,
        "complete": found.found.complete,
        "replayed": found.found.asked,
        "more": found.found.more,
    }
    if blamed is not None:
        document["blame"] = [
            {"atom": share.atom, "person": share.person, "degree": _number(blamed.get(share.atom, Fraction(0)))}
            for share in found.shares
        ]
    return document


def _share(share: Share) -> Json:
    """One atom; where its degree is not determined, between what it lies, and where power does not explain it, why."""
    item: Json = {
        "atom": share.atom,
        "person": share.person,
        "degree": _number(share.degree),
        "but_for": share.but_for,
        "power": _number(share.power),
    }
    if share.degree is None:
        item |= {"at_least": str(share.bounds[0]), "at_most": str(share.bounds[1])}
    return item | ({"instead": share.instead} if share.instead else {})


def _number(value: Fraction | None) -> str | None:
    return None if value is None else str(value)
