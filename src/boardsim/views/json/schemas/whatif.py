"""The schema of `boardsim/whatif/2`."""

from typing import get_args

from boardsim.checks import HOW
from boardsim.history import Kind
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    Properties,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)
from boardsim.views.json.schemas.check import PROBLEM
from boardsim.voting import Outcome

RULING = table({"event": TEXT, "type": TYPE, "ruling": one_of(get_args(Kind)), "reason": maybe(TEXT)})

VOTE = table(
    {
        "event": TEXT,
        "outcome": maybe(one_of(get_args(Outcome))),
        "for": maybe(COUNT),
        "needed": maybe(COUNT),
        "of": maybe(COUNT),
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
    **_OUTCOME,
    "problems": many(PROBLEM),
    "open": many(OPEN),
    "outcomes": many(table(_OUTCOME)),
}

SCHEMA = document("whatif", 2, "What a scenario's world does otherwise than the record.", PROPERTIES)
