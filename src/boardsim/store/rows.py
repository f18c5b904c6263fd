"""A block as a row of a table: its canonical bytes, and beside them what people and queries look for."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.formats.schema.times import midnight, parse_iso
from boardsim.formats.syntax.jsonl import DECLARATIONS


class Row(NamedTuple):
    """One block.  All but `body` is there to be searched; `body` alone is the log.

    Attributes:
        hash: the hash of the chain after this block.
        kind: `log`, `org`, `role`, `person`, `assert` or `event`.
        type: of an event, its type.
        at: of an event, when it took effect, in UTC; `known` likewise when it became public.
        org: the organization that an event or an assertion names.
        target: what an event is about that need not be of an organization: the event that it withdraws or retracts,
            the person who died.
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


Zone = Callable[[], ZoneInfo]
"""Finds the zone in which the dates of a case are days; called only where there is a date."""


def zone_of(header: bytes) -> ZoneInfo:
    """The zone in which a case's dates are days, by its first block."""
    return ZoneInfo(json.loads(header).get("timezone", "UTC"))


def rows(case: str, first: int, blocks: Iterable[bytes], hashes: Iterable[bytes], zone: Zone) -> Iterator[Row]:
    """The rows of blocks from that position on, each with the hash of the chain after it."""
    for position, (block, hashed) in enumerate(zip(blocks, hashes, strict=True), first):
        yield one_row(case, position, hashed, block.decode(), zone)


def one_row(case: str, position: int, hashed: bytes, body: str, zone: Zone) -> Row:
    """The row of one block, with the hash of the chain after it."""
    table = json.loads(body)
    kind = table["type"]
    if kind in DECLARATIONS:
        name = None if kind == "log" else table.get("id")
        org = table["org"] if kind == "assert" else None
        return Row(case, position, hashed, kind, name, None, None, None, org, None, None, None, body)
    at = utc_text(table["at"], zone)
    known = utc_text(table["known"], zone) if "known" in table else at
    org, person, role = map(table.get, ("org", "person", "role"))
    target = target_in(table)
    return Row(case, position, hashed, "event", table["id"], kind, at, known, org, person, role, target, body)


def target_in(table: Mapping[str, Any]) -> str | None:
    """What an event is about: the event that it names or, of one that is of no organization, its person."""
    target: str | None = table.get("event", None if "org" in table else table.get("person"))
    return target


def utc_text(written: str, zone: Zone) -> str:
    """An instant or a date of a log, as databases write instants, in UTC; such texts sort by time."""
    found = parse_iso(written)
    if found is None:
        raise ValueError(f"{written} is not a date or time")
    return sql_text(found if isinstance(found, datetime) else midnight(found, zone()))


def sql_text(instant: datetime) -> str:
    """An instant in UTC as `2023-11-17 20:28:50`."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def from_sql(text: str) -> datetime:
    """The instant that a database shows so, with or without its offset."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
