"""The schema of `boardsim/power/2`."""

from typing import get_args

from boardsim.bylaws import BASES
from boardsim.events import CHOICES
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    FRACTION,
    IDS,
    TEXT,
    document,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
)
from boardsim.voting import Outcome

DIRECTOR = table(
    {
        "person": TEXT,
        "votes": COUNT,
        "swings": COUNT,
        "penrose": FRACTION,
        "banzhaf": FRACTION,
        "shapley_shubik": FRACTION,
        "coleman_prevent": FRACTION,
        "coleman_initiate": FRACTION,
    }
)

PIVOT = table({"person": TEXT, "ballot": one_of(CHOICES), "otherwise": many(one_of(CHOICES))})

VOTE = table(
    {
        "event": TEXT,
        "outcome": one_of(get_args(Outcome)),
        "pivotal": many(PIVOT),
        "turns_on": IDS,
        "may_turn_on": IDS,
    }
)

SCHEMA = document(
    "power",
    2,
    "What each director's vote weighs, and on whom a vote turned.",
    {
        "case": TEXT,
        "org": TEXT,
        "board": TEXT,
        **maybe_time("at"),
        **moment("known"),
        "rule": TEXT,
        "needed": COUNT,
        "of": COUNT,
        "base": one_of(BASES),
        "quorum": COUNT,
        "casting_voter": maybe(TEXT),
        "veto": IDS,
        "directors": many(DIRECTOR),
        "dummies": IDS,
        "absent": IDS,
        "recused": IDS,
        "power_to_act": FRACTION,
        "vote": maybe(VOTE),
        **DOUBTS_OF_ANSWER,
    },
)
