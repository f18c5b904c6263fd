"""Receipts and comparisons, as data."""

from collections.abc import Sequence
from typing import get_args

from boardsim.sealing.seal import Difference, Seal, What
from boardsim.sealing.verify import Comparison, SealedLog
from boardsim.views.json.blocks import BOOLEAN, COUNT, HASH, TEXT, Json, document, many, maybe, one_of, table
from boardsim.views.json.findings import PROBLEM, problems_json


def seal_json(seal: Seal, file: str | None) -> Json:
    """`boardsim/seal/1`: a seal without its blocks, and the file that it was kept in."""
    return {
        "schema": "boardsim/seal/1",
        "version": seal.version,
        "log": seal.log,
        "events": seal.events,
        "count": len(seal.blocks),
        "head": seal.heads[-1].hex(),
        "receipt": seal.receipt,
        "file": file,
    }


def _difference_json(found: Difference | None) -> Json | None:
    """A difference as data; null where there is none."""
    if found is None:
        return None
    return {"what": found.what, "kind": found.block.kind, "id": found.block.name}


def verified_json(log: SealedLog, found: Sequence[Comparison]) -> Json:
    """`boardsim/verify/1`: a log, and all that it was compared with."""
    return {
        "schema": "boardsim/verify/1",
        "log": log.name,
        "verified": not any(compared.problems for compared in found),
        "receipt": log.seal.receipt,
        "compared": [
            {
                "with": compared.what,
                "version": compared.version,
                "rests_on": compared.rests_on,
                "receipt": compared.sealed.receipt if compared.sealed else None,
                "difference": _difference_json(compared.difference),
                "findings": problems_json(compared.problems, log.loaded.log),
            }
            for compared in found
        ],
    }


SEAL = document(
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

VERIFY = document(
    "verify",
    1,
    "A log, and all that it was compared with.",
    {"log": TEXT, "verified": BOOLEAN, "receipt": TEXT, "compared": many(COMPARED)},
)
