"""The schema of `boardsim/cause/2`."""

from typing import get_args

from boardsim.analysis.causation.explain import Contingencies
from boardsim.analysis.causation.responsibility import Definition
from boardsim.events import CHOICES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    TEXT,
    Schema,
    by_name,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)

OTHERWISE: Schema = {"enum": [*CHOICES, False], "description": "A ballot; or false of an event that does not happen."}
WITNESS = table({"otherwise": by_name(OTHERWISE), "held": IDS})

SHARE = table(
    {
        "atom": TEXT,
        "person": maybe(TEXT),
        "degree": maybe(FRACTION),
        "at_least": maybe(FRACTION),
        "at_most": maybe(FRACTION),
        "but_for": BOOLEAN,
        "power": maybe(FRACTION),
        "instead": maybe(one_of(CHOICES)),
    }
)

BLAME = table({"atom": TEXT, "person": maybe(TEXT), "degree": maybe(FRACTION)})

SCHEMA = document(
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
