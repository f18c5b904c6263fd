"""The schema of `boardsim/snapshot/2`."""

from boardsim.events import STATUSES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    IDS,
    TEXT,
    TEXTS,
    TYPE,
    UNCERTAIN,
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

VACANT = table({"seat": TEXT, "name": TEXT, "count": COUNT})

BOARD = table(
    {
        "size": COUNT,
        "seats": maybe(COUNT),
        "assumed": IDS,
        "chair": maybe(TEXT),
        "directors": IDS,
        "voters": IDS,
        "vacant": many(VACANT),
    }
)

HELD = table(
    {
        "person": TEXT,
        "name": TEXT,
        **effect("since"),
        **maybe_time("until"),
        "seat": maybe(TEXT),
        "interim": BOOLEAN,
        "suspended": BOOLEAN,
        "status": one_of(STATUSES),
        "event": TEXT,
        **time("public_since"),
        **maybe_time("corrected"),
        "sources": TEXTS,
    }
)

ANNOUNCED = table(
    {
        "person": maybe(TEXT),
        "role": maybe(TEXT),
        "event": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        **maybe_time("due"),
        "overdue": BOOLEAN,
        "status": one_of(STATUSES),
    }
)

PENDING = table(
    {
        "person": maybe(TEXT),
        "role": maybe(TEXT),
        "event": TEXT,
        "type": TYPE,
        **effect(),
        **time("known"),
        "status": one_of(STATUSES),
    }
)

ORG = table(
    {
        "id": TEXT,
        "name": TEXT,
        **maybe_time("dissolved"),
        "complete_from": maybe(
            {"type": "string", "pattern": "^(never|[0-9]{4}(-[0-9]{2}){0,2})$", "description": "A date, or never."}
        ),
        "controlled_by": maybe(TEXT),
        "board": BOARD,
        "roles": by_name(many(HELD)),
        "announced": many(ANNOUNCED),
        "pending": many(PENDING),
        "uncertain": many(table(UNCERTAIN)),
    }
)

SCHEMA = document(
    "snapshot",
    2,
    "Who holds what at an instant, as known at an instant.",
    {"case": TEXT, **moment("at"), **moment("known"), "as_sealed": maybe(TEXT), "orgs": many(ORG)},
)
