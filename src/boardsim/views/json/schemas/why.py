"""The schema of `boardsim/why/2`."""

from typing import get_args

from boardsim.bylaws import BASES
from boardsim.events import CHOICES, STATUSES
from boardsim.history import Kind
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    DOUBTS_OF_ANSWER,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    by_name,
    document,
    effect,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    time,
)
from boardsim.voting import Outcome

FACT = table(
    {
        "org": TEXT,
        "role": maybe(TEXT),
        "person": maybe(TEXT),
        "holds": BOOLEAN,
        "opened": maybe(TEXT),
        "closed": maybe(TEXT),
        "later": maybe(TEXT),
        "uncertain": IDS,
        "announced": IDS,
        "withdrawn": many(table({"announced": TEXT, "by": TEXT})),
        "prevented": IDS,
        "holders": IDS,
    }
)

VOTE = table(
    {
        "outcome": one_of(get_args(Outcome)),
        "needed": maybe(COUNT),
        "of": maybe(COUNT),
        "base": one_of(BASES),
        "rule": TEXT,
        **dict.fromkeys(CHOICES, IDS),
        "count": maybe(by_name(COUNT)),
    }
)

STEP = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        "text": TEXT,
        "by": maybe(TEXT),
        "status": one_of(STATUSES),
        "ruling": one_of(get_args(Kind)),
        "reason": maybe(TEXT),
        "vote": maybe(VOTE),
        "sources": TEXTS,
        "because": many(TEXTS),
        "retracted": IDS,
        "hidden": COUNT,
        "behind": IDS,
        "hangs_on": IDS,
    }
)

SCHEMA = document(
    "why",
    2,
    "Facts, or an event, and every event behind them, each once.",
    {
        "case": TEXT,
        **maybe_time("at"),
        **moment("known"),
        "facts": many(FACT),
        "event": maybe(TEXT),
        "events": many(STEP),
        **DOUBTS_OF_ANSWER,
    },
)
