"""A block as a row of a table: its canonical bytes, and beside them what people and queries look for."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boardsim.formats.canonical import chain
from boardsim.formats.jsonl import DECLARATIONS
from boardsim.formats.times import midnight, parse_iso
from boardsim.store.protocol import Head


class Row(NamedTuple):
    """One block.  All but `body` is there to be searched; `body` alone is the log.

    Attributes:
        hash: the hash of the chain after this block.
        kind: `log`, `org`, `role`, `person`, `assert` or `event`.
        type: of an event, its type.
        at: of an event, when it took effect, in UTC; `known` likewise when it became public.
        org: the organization that an event or an assertion names.
        target: the event that this one withdraws or retracts.
        body: the block in canonical form.
    """

    case_id: str
    position: int
    hash: bytes
    kind: str
    id: str | None
    type: str | None
    at: str | None
    known: str | None
    org: str | None
    person: str | None
    role: str | None
    target: str | None
    body: str


def zone_of(header: bytes) -> ZoneInfo:
    """The zone in which a case's dates are days, by its first block."""
    return ZoneInfo(json.loads(header).get("timezone", "UTC"))


def rows(case: str, blocks: Sequence[bytes], before: Head, zone: ZoneInfo) -> Iterator[Row]:
    """The rows of blocks that follow a head."""
    for number, (block, hashed) in enumerate(zip(blocks, chain(blocks, before.hash), strict=True), before.count):
        yield _row(case, number, hashed, block.decode(), zone)


def _row(case: str, position: int, hashed: bytes, body: str, zone: ZoneInfo) -> Row:
    table = json.loads(body)
    kind = table["type"]
    if kind in DECLARATIONS:
        name = None if kind == "log" else table.get("id")
        org = table["org"] if kind == "assert" else None
        return Row(case, position, hashed, kind, name, None, None, None, org, None, None, None, body)
    at = utc_text(table["at"], zone)
    known = utc_text(table["known"], zone) if "known" in table else at
    org, person, role, target = map(table.get, ("org", "person", "role", "event"))
    return Row(case, position, hashed, "event", table["id"], kind, at, known, org, person, role, target, body)


def utc_text(written: str, zone: ZoneInfo) -> str:
    """An instant or a date of a log, as databases write instants, in UTC; such texts sort by time."""
    found = parse_iso(written)
    if found is None:
        raise ValueError(f"{written} is no date or time")
    return sql_text(found if isinstance(found, datetime) else midnight(found, zone))


def sql_text(instant: datetime) -> str:
    """An instant in UTC as `2023-11-17 20:28:50`."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def from_sql(text: str) -> datetime:
    """The instant that a database shows so, with or without its offset."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
