"""The schema of `boardsim/reach/2`."""

from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    TEXT,
    TEXTS,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)

SCHEMA = document(
    "reach",
    2,
    "The smallest changes that reach a goal, or break one.",
    {
        "goal": TEXT,
        **moment("at"),
        "cost": maybe(COUNT),
        "solutions": many(TEXTS),
        "replayed": COUNT,
        "searched": COUNT,
        "stopped": maybe(one_of(("cost", "replays"))),
        "refused": COUNT,
        "counted": maybe(table({"vote": TEXT, "cost": COUNT, "choices": many(table({"number": COUNT, "of": TEXTS}))})),
        **DOUBTS_OF_ANSWER,
    },
)
