"""The schema of `boardsim/register/1`."""

from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    IDS,
    TEXT,
    TYPE,
    by_name,
    document,
    many,
    maybe,
    maybe_time,
    moment,
    one_of,
    table,
    tenure,
    time,
)

ENTRY = table({**tenure(), "suspended": BOOLEAN})
SEAT = table({"seat": TEXT, "name": TEXT, "holders": IDS, "vacant": COUNT})
DUE = table(
    {
        "kind": one_of(("term", "filing", "announced")),
        **time("due"),
        "over": BOOLEAN,
        "person": maybe(TEXT),
        "role": maybe(TEXT),
        "event": TEXT,
        "type": TYPE,
        "check": maybe(TEXT),
        "name": maybe(TEXT),
    }
)
REGISTER = table(
    {
        "case": TEXT,
        "org": TEXT,
        "name": TEXT,
        "identifiers": by_name(TEXT),
        **moment("at"),
        **moment("known"),
        "days": COUNT,
        "partial": BOOLEAN,
        **maybe_time("dissolved"),
        "directors": many(ENTRY),
        "secretaries": many(ENTRY),
        "seats": many(SEAT),
        "filings_judged": BOOLEAN,
        "due": many(DUE),
    }
)

SCHEMA = document(
    "register",
    1,
    "The register of each organization: directors, secretaries, seats, and what falls due.",
    {"registers": many(REGISTER)},
)
