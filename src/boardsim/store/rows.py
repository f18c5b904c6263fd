"""A block as a row of a table: its canonical bytes, and beside them what people and queries look for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.days import clock_midnight
from boardsim.formats.log.first_form import FIRST_CALENDAR
from boardsim.formats.schema.times import instant, is_period, parse_iso, period
from boardsim.formats.syntax import alone
from boardsim.formats.syntax.jsonl import DECLARATIONS
from boardsim.store.instants import sql_text
from boardsim.store.links import Link, linked
from boardsim.store.texts import Texts, kept_texts


class Row(NamedTuple):
    """One block.  All but `body` is there to be searched; `body` alone is the log.

    Attributes:
        hash: the hash of the chain after this block.
        kind: `log`, `org`, `role`, `person`, `assert`, `waive` or `event`.
        type: of an event, its type.
        at: of an event, when it took effect, in UTC; `known` likewise when it became public.
        org: the organization that an event, an assertion or a waiver names.
        target: what an event is about that need not be of an organization: the event that it withdraws, retracts or
            corrects, the person who died.
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
"""Finds the zone in which the dates of a case are days; called only where there is an event."""


class Made(NamedTuple):
    """The rows that a block makes: its own, and what is kept beside it to find it by and to show its times."""

    row: Row
    links: Sequence[Link]
    texts: Texts | None


def rows(case: str, first: int, blocks: Iterable[bytes], hashes: Iterable[bytes], zone: Zone) -> Iterator[Made]:
    """The rows of blocks from that position on, each with the hash of the chain after it."""
    for position, (block, hashed) in enumerate(zip(blocks, hashes, strict=True), first):
        body = block.decode()
        table = alone.loads(body)
        row = _row(case, position, hashed, body, table, zone)
        texts = kept_texts(case, position, table, zone()) if row.kind == "event" else None
        words = linked(table)
        yield Made(row, [Link(case, word, position) for word in words] if words else (), texts)


def one_row(case: str, position: int, hashed: bytes, body: str, zone: Zone) -> Row:
    """The row of one block, with the hash of the chain after it."""
    return _row(case, position, hashed, body, alone.loads(body), zone)


def _row(case: str, position: int, hashed: bytes, body: str, table: Mapping[str, Any], zone: Zone) -> Row:
    kind = table["type"]
    if kind in DECLARATIONS:
        name = None if kind == "log" else table.get("id")
        org = table["org"] if kind in ("assert", "waive") else None
        return Row(case, position, hashed, kind, name, None, None, None, org, None, None, None, body)
    at = _at_text(table, zone)
    known = utc_text(table["known"], zone) if "known" in table else at
    org, person, role = map(table.get, ("org", "person", "role"))
    target = target_in(table)
    return Row(case, position, hashed, "event", table["id"], kind, at, known, org, person, role, target, body)


def target_in(table: Mapping[str, Any]) -> str | None:
    """What an event is about: the event that it names or, of one that is of no organization, its person."""
    named: str | None = table.get("event") or table.get("corrects")
    return named or (None if "org" in table else table.get("person"))


def took_effect(table: Mapping[str, Any], zone: Zone) -> datetime:
    """When an event took effect, as the log that holds this block says: of a span, its start, or its end alone."""
    if "at" not in table:
        latest = parse_iso(table["not_after"])
        if isinstance(latest, datetime) or latest is None:
            return instant(table["not_after"]) - timedelta(microseconds=1)
        end = clock_midnight(latest + timedelta(days=1), zone())
        return end - timedelta(microseconds=1)
    if not is_period(table["at"]):
        return _instant(table["at"], zone)
    start, _ = period(table["at"], zone(), FIRST_CALENDAR) or (None, None)
    if start is None:
        raise ValueError(f"{table['at']} is not a month or a year")
    return max(start, _instant(table["not_before"], zone)) if "not_before" in table else start


def _at_text(table: Mapping[str, Any], zone: Zone) -> str:
    at = table.get("at")
    if at is None or len(at) <= len("1982-05"):  # a month, a year, or nothing but an end
        return sql_text(took_effect(table, zone))
    return utc_text(at, zone)


def utc_text(written: str, zone: Zone) -> str:
    """An instant or a date of a log, as databases write instants, in UTC; such texts sort by time."""
    found = _instant(written, zone)
    return f"{written[:10]} {written[11:19]}" if _SECOND.fullmatch(written) is not None else sql_text(found)


_SECOND = re.compile(r"[0-9-]{10}T(?:[01][0-9]|2[0-3])(?::[0-9]{2}){2}Z", re.ASCII)
"""An instant to the second, which need not be written anew: to do so takes as long as half of all else in a row."""


def _instant(written: str, zone: Zone) -> datetime:
    found = parse_iso(written)
    if found is None:
        raise ValueError(f"{written} is not a date or time")
    return found if isinstance(found, datetime) else clock_midnight(found, zone())


def is_day(value: object) -> bool:
    """Whether a value is a day as `sql_text` begins with it."""
    return isinstance(value, str) and len(value) == len("2023-11-17") and parse_iso(value) is not None
