"""The schema of `boardsim/replay/2`."""

from typing import get_args

from boardsim.events import STATUSES
from boardsim.history import Kind
from boardsim.views.json.blocks import (
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    UNCERTAIN_OF_ANSWER,
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

EVENT = table(
    {
        "id": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        **maybe_time("filed"),
        **maybe_time("due"),
        "org": maybe(TEXT),
        "person": maybe(TEXT),
        "role": maybe(TEXT),
        "replaces": maybe(TEXT),
        "seat": maybe(TEXT),
        "text": TEXT,
        "by": maybe(TEXT),
        "because": many(TEXTS),
        "status": one_of(STATUSES),
        "ruling": one_of(get_args(Kind)),
        "reason": maybe(TEXT),
        "outcome": maybe(one_of(get_args(Outcome))),
        "hangs_on": IDS,
        "assumed": IDS,
        "sources": TEXTS,
        "note": maybe(TEXT),
        "tags": TEXTS,
        **maybe_time("corrected"),
    }
)

SCHEMA = document(
    "replay",
    2,
    "The events of a case, with what became of each.",
    {"case": TEXT, **moment("known"), "events": many(EVENT), **UNCERTAIN_OF_ANSWER},
)
