"""The schema of `boardsim/boards/1`."""

from boardsim.views.json.blocks import TEXT, document, many, table, tenure

PERSON = table({"case": TEXT, "person": TEXT, "name": TEXT})

SCHEMA = document(
    "boards",
    1,
    "The boards that somebody sat on, over one case or many, and the ids under which they are known.",
    {"people": many(PERSON), "boards": many(table({"case": TEXT, **tenure()}))},
)
