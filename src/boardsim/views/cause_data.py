"""What programs read of causes."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from boardsim.analysis.cause import Explanation, Share
from boardsim.analysis.goals import Goal
from boardsim.views.data import Json, instant_json


def cause_json(
    goal: Goal, at: datetime | None, found: Explanation, blamed: Mapping[str, Fraction] | None = None
) -> Json:
    """`boardsim/cause/1`: the causes of a goal, the world that shows each, and every atom's part in them."""
    document: Json = {
        "schema": "boardsim/cause/1",
        "goal": goal.text,
        "at": instant_json(at),
        "counting": found.counting,
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
            {"atom": share.atom, "person": share.person, "degree": str(blamed.get(share.atom, Fraction(0)))}
            for share in found.shares
        ]
    return document


def _share(share: Share) -> Json:
    return {
        "atom": share.atom,
        "person": share.person,
        "degree": str(share.degree),
        "but_for": share.but_for,
        "power": None if share.power is None else str(share.power),
    }
