"""The schema of `boardsim/diff/2`."""

from boardsim.views.json.blocks import DOUBTS_OF_ANSWER, IDS, TEXT, document, many, moment, table

POINT = table({**moment("at"), **moment("known")})
MOVER = table({"person": TEXT, "name": TEXT, "before": IDS, "after": IDS, "events": IDS})
ORG = table({"id": TEXT, "name": TEXT, "joined": many(MOVER), "left": many(MOVER), "moved": many(MOVER)})

SCHEMA = document(
    "diff",
    2,
    "Who joined, left and moved between two points, and which events did it.",
    {"case": TEXT, "from": POINT, "to": POINT, "orgs": many(ORG), **DOUBTS_OF_ANSWER},
)
