"""The schema of `boardsim/load/1`."""

from boardsim.views.json.blocks import COUNT, HASH, TEXT, document

SCHEMA = document(
    "load",
    1,
    "What a store was given, and where the case ends now.",
    {"store": TEXT, "case": TEXT, "appended": COUNT, "blocks": COUNT, "head": HASH},
)
