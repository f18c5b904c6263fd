"""Receipts and comparisons, as data."""

from collections.abc import Sequence

from boardsim.sealing.seal import Difference, Seal
from boardsim.sealing.verify import Comparison, SealedLog
from boardsim.views.json.findings import problems_json
from boardsim.views.json.log import Json


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
