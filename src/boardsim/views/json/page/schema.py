"""The schema of `boardsim/page/1`.

Rows are lists, because there are many: what stands where is said in the description of each table.  Whatever is a
number in them is a place: of an instant in `times`, of a person in `people`, of an event in `events`.
"""

from typing import get_args

from boardsim.events import CHOICES, STATUSES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    NULL,
    TEXT,
    TEXTS,
    TYPE,
    Schema,
    by_name,
    document,
    many,
    maybe,
    one_of,
    ref,
    table,
)
from boardsim.voting import Outcome


def rows(*columns: str) -> Schema:
    """Rows of these columns."""
    return {"type": "array", "description": ", ".join(columns), "items": _row(len(columns))}


def _row(length: int) -> Schema:
    return {"type": "array", "minItems": length, "maxItems": length}


_TIMES = ("since", "until", "known since", "known until")
TABLES = {
    "tenures": rows("person", "role", "org", "opened by", "closed by", "1 interim + 2 suspended", "seat", *_TIMES),
    "announced": rows("org", "event", *_TIMES),
    "doubts": rows("person", "role", "org", "event", "why", "other event", *_TIMES),
    "bylaws": rows("org", "seats", "minimum", "assumed bylaws", "named seats: name and count by id", *_TIMES),
}
RULINGS = rows("event", "ruling", "outcome", "clause of which nothing is left", "grounds", "known since", "known until")
_PLACE = COUNT
_MAYBE = maybe(COUNT)

DIFFERENCE = {
    "lost": COUNT,
    "less": by_name(many(_PLACE)),
    "more": by_name({"type": "array"}),
    "orphaned": many(_PLACE),
    "later": rows("known since", "events orphaned from then on"),
    "rulings": RULINGS,
    "gone": many(_PLACE),
}

WORLD = table(
    {
        "id": TEXT,
        "title": TEXT,
        "question": maybe(TEXT),
        "remark": maybe(TEXT),
        "horizon": _MAYBE,
        **DIFFERENCE,
        "own": many(_PLACE),
    }
)

EVENT = table(
    {
        "id": TEXT,
        "block": maybe(TEXT),
        "type": TYPE,
        "text": TEXT,
        "heading": TEXT,
        "clock": TEXT,
        "when": TEXT,
        "since": TEXT,
        "span": maybe(TEXT),
        "at": _PLACE,
        "not_before": _MAYBE,
        "not_after": _MAYBE,
        "public": _PLACE,
        "public_words": maybe(TEXT),
        "org": _MAYBE,
        "person": _MAYBE,
        "role": maybe(TEXT),
        "job": maybe(TEXT),
        "status": one_of(STATUSES),
        "due": maybe(TEXT),
        "corrected": maybe(TEXT),
        "by": maybe(TEXT),
        "because": many(TEXTS),
        "tags": TEXTS,
        "note": maybe(TEXT),
        "sources": many(COUNT),
        "moves": BOOLEAN,
        "opens": BOOLEAN,
        "pending": BOOLEAN,
        "ends": BOOLEAN,
        "retracts": BOOLEAN,
        "departure": TEXT,
    }
)

THRESHOLD = table({"part": COUNT, "whole": COUNT, "strict": BOOLEAN, "least": COUNT, "of": TEXT})
MEMBER = table({"person": _PLACE, "weight": COUNT, "veto": BOOLEAN, "ballot": maybe(one_of(CHOICES)), "fixed": BOOLEAN})
BOARD = table(
    {
        "threshold": THRESHOLD,
        "quorum": THRESHOLD,
        "seats": _MAYBE,
        "partial": BOOLEAN,
        "casting": _MAYBE,
        "members": many(MEMBER),
    }
)
VOTE = table(
    {
        "event": TEXT,
        "org": _PLACE,
        "motion": TEXT,
        "rule": TEXT,
        "outcome": one_of(get_args(Outcome)),
        "words": TEXT,
        "turns_on": many(_PLACE),
        "may_turn_on": many(_PLACE),
        "excluded": rows("person", "why"),
        "count": maybe(table({"carried": maybe(BOOLEAN), "numbers": by_name(COUNT)})),
        "board": maybe(BOARD),
    }
)

ORG = table(
    {
        "id": TEXT,
        "name": TEXT,
        "board": maybe(TEXT),
        "whole_from": _MAYBE,
        "never_whole": BOOLEAN,
        "profile": maybe(TEXT),
    }
)

FINDING = table(
    {
        "check": TEXT,
        "severity": TEXT,
        "message": TEXT,
        "required": maybe(TEXT),
        "source": maybe(TEXT),
        "org": _PLACE,
        "event": maybe(TEXT),
        "from": _MAYBE,
        "until": _MAYBE,
        "from_words": maybe(TEXT),
        "until_words": maybe(TEXT),
        "waived": TEXTS,
    }
)

PAGE = document(
    "page",
    1,
    "Everything that a page shows: facts as rows with their intervals of time and of knowledge, in every world.",
    {
        "case": TEXT,
        "called": maybe(TEXT),
        "title": TEXT,
        "zone": TEXT,
        "lecture": BOOLEAN,
        "orgs": many(ORG),
        "people": many(table({"id": TEXT, "name": TEXT})),
        "roles": many(table({"id": TEXT, "name": TEXT, "kind": TEXT})),
        "events": many(EVENT),
        "sources": TEXTS,
        **TABLES,
        "rulings": RULINGS,
        "worlds": many(WORLD),
        "drops": maybe(by_name(table(DIFFERENCE))),
        "votes": many(VOTE),
        "chairs": rows("org", "person", "chair", "since"),
        "findings": many(FINDING),
        "problems": many(table({"code": TEXT, "severity": TEXT, "message": TEXT, "line": _MAYBE})),
        "windows": many(table({"name": TEXT, "from": _PLACE, "until": _PLACE})),
        "start": _MAYBE,
        "known": {"anyOf": [COUNT, {"const": "then"}, NULL]},
        "org": maybe(TEXT),
        "receipt": TEXT,
        "version": TEXT,
        "times": many(ref("instant")),
    },
)
