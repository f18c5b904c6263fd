"""The schema of `boardsim/seal/1`."""

from boardsim.views.json.blocks import COUNT, HASH, TEXT, document, maybe

SCHEMA = document(
    "seal",
    1,
    "A receipt for a log, and where its seal is kept.",
    {
        "version": COUNT,
        "log": TEXT,
        "events": COUNT,
        "count": COUNT,
        "head": HASH,
        "receipt": TEXT,
        "file": maybe(TEXT),
    },
)
