"""The schema of `boardsim/ensemble/2`."""

from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    NUMBER,
    TEXT,
    by_name,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)

SHARE = table({"value": FRACTION, "decimal": NUMBER, "low": NUMBER, "high": NUMBER, "samples": maybe(COUNT)})

EFFECT = table(
    {
        "changes": many(by_name({})),
        "probability": SHARE,
        "prevents": SHARE,
        "brings": SHARE,
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

SCHEMA = document(
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
