"""Receipts, and what is wrong with a log that has one, in words and as data."""

from typing import Any

from boardsim.problems import Place, Problem
from boardsim.sealing.seal import SCHEMA, Difference, Seal, Sealed


def as_problem(found: Difference, log: Place) -> Problem:
    """A difference as a problem at its place; at the log itself where that is not known."""
    what, place = _called(found.block), found.place or log
    other = _called(found.other) if found.other else ""
    match found.what:
        case "changed":
            return Problem(code="sealed-changed", message=f"{what} is not what was sealed", place=place)
        case "moved":
            message, hint = f"{what} does not stand where it stood when it was sealed", "the order in the file counts"
            return Problem(code="sealed-moved", message=message, hint=hint, place=place)
        case "inserted":
            message, hint = f"{what} was inserted before {other}, which was sealed", "a sealed log grows at its end"
            return Problem(code="sealed-inserted", message=message, hint=hint, place=place)
        case "vanished":
            message = f"{what} was sealed, and is gone" + (f"; {other} stands there now" if other else "")
            return Problem(code="sealed-vanished", message=message, place=place)


def _called(block: Sealed) -> str:
    """A block in words."""
    match block.kind:
        case "log":
            return "the log's header"
        case "assert":
            return f"the assertion about {block.name}"
        case "event":
            return f"'{block.name}'"
        case kind:
            return f"the {kind} '{block.name}'"


def counts(seal: Seal) -> str:
    """How much was sealed."""
    return f"{_many(seal.events, 'event')} in {blocks(len(seal.blocks))}"


def blocks(number: int) -> str:
    """A number of blocks in words."""
    return _many(number, "block")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def seal_data(seal: Seal) -> dict[str, Any]:
    """A seal without its blocks."""
    counts = {"events": seal.events, "count": len(seal.blocks)}
    return {"schema": SCHEMA, "log": seal.log, **counts, "head": seal.heads[-1].hex(), "receipt": seal.receipt}


def difference_data(found: Difference | None) -> dict[str, Any] | None:
    """A difference as data; null where there is none."""
    if found is None:
        return None
    return {"what": found.what, "kind": found.block.kind, "id": found.block.name}
