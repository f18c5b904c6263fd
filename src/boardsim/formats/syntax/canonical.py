"""The canonical form of a log: the same bytes for the same meaning, whatever the formatting, and a chain over them.

A block is the line that it would be in JSON Lines, with its keys sorted, without blanks, in UTF-8, with no character
escaped that need not be; so the blocks, joined by line ends, are a log again.  The chain is SHA-256 over the hash
before it and the hash of the block, so that a hash says what every block before it was, and in which order.
`docs/receipts.md` has all of it to the byte.

What is hashed has two versions.  Stores, and receipts of version 1, have the blocks of `first_form`, in which an
instant at midnight is the date, so that they rest on the zone data; version 2 has those of `as_stated`, and hashes
with each block the kind and the name that a seal's file gives it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from boardsim.formats.log.first_form import first_form
from boardsim.formats.schema.times import iso
from boardsim.log import Log

SEED = hashlib.sha256(b"boardsim/seal/1").digest()
"""The hash before the first block, in stores and in version 1 of receipts."""

SECOND_SEED = hashlib.sha256(b"boardsim/seal/2").digest()
"""The hash before the first block in version 2."""


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Mapping():
            return dict(value)
        case _:
            raise TypeError(f"nothing in a log is a {type(value).__name__}")


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain, check_circular=False
)


def canonical(kind: str, table: Mapping[str, Any]) -> bytes:
    """One block in canonical form; an event says its type itself, every other block its kind."""
    return _ENCODER.encode(table if kind == "event" else {"type": kind, **table}).encode()


def blocks(log: Log) -> Iterator[bytes]:
    """Every block of the log in canonical form, in the order in which they were written."""
    return (canonical(kind, table) for kind, table in first_form(log))


def digest(block: bytes) -> bytes:
    """The hash of one block by itself: SHA-256 over its bytes."""
    return hashlib.sha256(block).digest()


def link(before: bytes, block: bytes) -> bytes:
    """The hash of the chain after a block: SHA-256 over the hash before it and that of the block, 32 bytes each."""
    return linked(before, digest(block))


def linked(before: bytes, digest: bytes) -> bytes:
    """The same where only the hash of the block is known; so a list of hashes is enough to check a chain."""
    return hashlib.sha256(before + digest).digest()


def linked_by_name(before: bytes, digest: bytes, kind: str, name: str) -> bytes:
    """The hash of the chain after a block in version 2, which the kind and the name of the block enter, too."""
    return hashlib.sha256(before + digest + hashlib.sha256(_ENCODER.encode([kind, name]).encode()).digest()).digest()


def chain(found: Iterable[bytes], start: bytes = SEED) -> Iterator[bytes]:
    """The hash of the chain after each block."""
    for block in found:
        start = link(start, block)
        yield start
