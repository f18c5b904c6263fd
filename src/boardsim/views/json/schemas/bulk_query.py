"""The schema of `boardsim/bulk_query/1`."""

from boardsim.events import DOUBTS, STATUSES
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    TEXT,
    TEXTS,
    TYPE,
    document,
    edge,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    time,
)

WHERE = {"book": TEXT, "org": TEXT, "org_key": TEXT, "org_name": TEXT}

TENURE = table(
    {
        **WHERE,
        "role": TEXT,
        "seat": maybe(TEXT),
        "person": TEXT,
        "person_key": TEXT,
        "name": TEXT,
        **edge("since"),
        **edge("until"),
        "ended": maybe(TYPE),
        "interim": BOOLEAN,
        "status": one_of(STATUSES),
        "end_status": maybe(one_of(STATUSES)),
        **time("public_since"),
        **maybe_time("known_since"),
        **maybe_time("known_until"),
        "opened": TEXT,
        "closed": maybe(TEXT),
        "sources": TEXTS,
        "uncertain": many(one_of(("span", "order", *DOUBTS))),
        "by_name": BOOLEAN,
    }
)
ORG = table({"org": TEXT, "org_key": TEXT, "name": TEXT})
SHARED = table({"person_key": TEXT, "name": TEXT, "certain": BOOLEAN})
INTERLOCK = table({"orgs": many(ORG), "people": COUNT, "shared": many(SHARED)})
LEFT_OUT = table({"person_key": TEXT, "name": TEXT, "boards": COUNT})
VACANCY = table(
    {
        **WHERE,
        "what": one_of(("seat", "board")),
        "seat": maybe(TEXT),
        "seat_name": maybe(TEXT),
        "count": maybe(COUNT),
        "partial": BOOLEAN,
        **moment("since"),
        **moment("until"),
    }
)
FINDING = table(
    {
        "book": TEXT,
        "org": maybe(TEXT),
        "code": TEXT,
        "severity": one_of(("error", "warning", "note")),
        "message": TEXT,
        "hint": maybe(TEXT),
        "event": maybe(TEXT),
        "line": maybe(COUNT),
        **moment("from"),
        **moment("until"),
    }
)

SCHEMA = document(
    "bulk_query",
    1,
    "What a bulk folder answers; what was not asked for is null.  `total` counts what there is, shown or not.",
    {
        "folder": TEXT,
        "question": one_of(("org", "boards", "interlocks", "vacancies", "findings", "sql")),
        **moment("at"),
        **moment("known"),
        "total": COUNT,
        "keys": maybe(TEXTS),
        "tenures": maybe(many(TENURE)),
        "interlocks": maybe(many(INTERLOCK)),
        "left_out": maybe(many(LEFT_OUT)),
        "vacancies": maybe(many(VACANCY)),
        "findings": maybe(many(FINDING)),
        "columns": maybe(TEXTS),
        "rows": maybe(many(many({}))),
    },
)
