"""The schema of `boardsim/record/1`."""

from boardsim.views.json.blocks import BOOLEAN, TEXT, document, many, maybe, table
from boardsim.views.json.schemas.check import PROBLEM

SCHEMA = document(
    "record",
    1,
    "What was added to a log, or would have been.",
    {
        "log": TEXT,
        "written": BOOLEAN,
        "blocks": many(table({"kind": TEXT, "id": maybe(TEXT)})),
        "text": TEXT,
        "forced": BOOLEAN,
        "findings": many(PROBLEM),
    },
)
