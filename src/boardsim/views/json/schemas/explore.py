"""The schema of `boardsim/explore/2`."""

from typing import get_args

from boardsim.analysis.explore.properties import Kind
from boardsim.events import CHOICES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    by_name,
    document,
    many,
    maybe,
    moment,
    one_of,
    table,
)

BALLOTS = {"type": "object", "properties": dict.fromkeys(CHOICES, IDS), "additionalProperties": False}
STOPPED = maybe(one_of(("states", "depth", "seconds", "interrupted")))

STEP = table(
    {
        "action": TEXT,
        "person": TEXT,
        "rule": maybe(TEXT),
        "ballots": maybe(BALLOTS),
        "needed": maybe(COUNT),
        "of": maybe(COUNT),
        "blockers": maybe(COUNT),
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

SCHEMA = document(
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
