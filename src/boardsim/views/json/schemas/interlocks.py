"""The schema of `boardsim/interlocks/1`."""

from boardsim.views.json.blocks import BOOLEAN, COUNT, TEXT, TEXTS, document, edge, many, moment, table, tenure

ORG = table({"case": TEXT, "org": TEXT, "name": TEXT})
SHARED = table(
    {
        "person": TEXT,
        "name": TEXT,
        **edge("since"),
        **edge("until"),
        "certain": BOOLEAN,
        "seats": many(table({"case": TEXT, **tenure()})),
    }
)

SCHEMA = document(
    "interlocks",
    1,
    "Organizations that share directors, over one case or many.",
    {
        "cases": TEXTS,
        **moment("at"),
        "interlocks": many(table({"orgs": many(ORG), "people": COUNT, "shared": many(SHARED)})),
    },
)
