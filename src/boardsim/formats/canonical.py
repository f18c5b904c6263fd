"""The canonical form of a log: the same bytes for the same meaning, whatever the formatting, and a chain over them.

A block is a JSON object with its kind, in UTF-8: keys sorted, no blanks, no character escaped that need not be,
instants in UTC to the microsecond that they have, and nothing that has its default value.  The chain is SHA-256 over
the hash before it and the block, so that a hash says what every block before it was, and in which order.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from boardsim.formats.encode import written
from boardsim.formats.times import iso
from boardsim.log import Log

SEED = hashlib.sha256(b"boardsim/seal/1").digest()
"""The hash before the first block."""


def canonical(kind: str, table: Mapping[str, Any]) -> bytes:
    """One block in canonical form."""
    named = {"kind": kind, **{key: _plain(value) for key, value in table.items()}}
    return json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def blocks(log: Log) -> Iterator[bytes]:
    """Every block of the log in canonical form, in the order in which they were written."""
    return (canonical(kind, table) for kind, table in written(log))


def link(before: bytes, block: bytes) -> bytes:
    """The hash after a block: SHA-256 over the 32 bytes of the hash before it and the bytes of the block."""
    return hashlib.sha256(before + block).digest()


def chain(found: Iterable[bytes], start: bytes = SEED) -> Iterator[bytes]:
    """The hash after each block."""
    for block in found:
        start = link(start, block)
        yield start
