"""The schema of `boardsim/list/2`."""

from boardsim.bylaws import KINDS
from boardsim.views.json.blocks import COUNT, TEXT, document, many, maybe, maybe_time, one_of, table

NAMED = table({"id": TEXT, "name": TEXT})

CASE = table(
    {
        "case": TEXT,
        "title": maybe(TEXT),
        "timezone": TEXT,
        "events": COUNT,
        **maybe_time("from"),
        **maybe_time("to"),
        "orgs": many(NAMED),
        "people": many(NAMED),
        "roles": many(table({"id": TEXT, "kind": one_of(KINDS)})),
    }
)

SCHEMA = document("list", 2, "What each case declares.", {"cases": many(CASE)})
