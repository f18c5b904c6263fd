"""The schema of `boardsim/verify/1`."""

from typing import get_args

from boardsim.sealing.seal import What
from boardsim.views.json.blocks import BOOLEAN, COUNT, TEXT, document, many, maybe, one_of, table
from boardsim.views.json.schemas.check import PROBLEM

DIFFERENCE = table({"what": one_of(get_args(What)), "kind": TEXT, "id": TEXT})

COMPARED = table(
    {
        "with": TEXT,
        "version": maybe(COUNT),
        "rests_on": maybe(TEXT),
        "receipt": maybe(TEXT),
        "difference": maybe(DIFFERENCE),
        "findings": many(PROBLEM),
    }
)

SCHEMA = document(
    "verify",
    1,
    "A log, and all that it was compared with.",
    {"log": TEXT, "verified": BOOLEAN, "receipt": TEXT, "compared": many(COMPARED)},
)
