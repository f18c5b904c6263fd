"""The schema of `boardsim/diff/2`."""

from boardsim.diffs import TITLES
from boardsim.views.json.blocks import BOOLEAN, DOUBTS_OF_ANSWER, IDS, TEXT, document, many, maybe, moment, table

POINT = table({**moment("at"), **moment("known")})
CHANGE = table({"role": TEXT, "gained": BOOLEAN, "event": TEXT})
MOVER = table({"person": TEXT, "name": TEXT, "before": IDS, "after": IDS, "events": IDS, "changes": many(CHANGE)})
RULE = table({"name": TEXT, "before": TEXT, "after": TEXT, "event": maybe(TEXT)})
ORG = table({"id": TEXT, "name": TEXT, **dict.fromkeys(TITLES, many(MOVER)), "bylaws": many(RULE)})

SCHEMA = document(
    "diff",
    2,
    "Who joined, left and moved between two points, who passed or returned in between, and by which events.",
    {"case": TEXT, "from": POINT, "to": POINT, "net": BOOLEAN, "orgs": many(ORG), **DOUBTS_OF_ANSWER},
)
