"""Tenures as the blocks of a log, with dates as texts."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from attrs import frozen

from boardsim.formats.schema.fields import EVENTS
from boardsim.formats.schema.times import is_period
from boardsim.imports.entries import Moment
from boardsim.imports.tenures import Tenure
from boardsim.reducers import AMENDMENT, RETRACTION
from boardsim.traits import opening_name

Table = dict[str, Any]
Block = tuple[str, Table]

_is_period = lru_cache(maxsize=10_000)(is_period)

ASSUMED = "known-assumed"
"""The tag of events of which nobody knows when they became public."""


@frozen(kw_only=True)
class Stamp:
    """What all blocks of one import have in common.

    Attributes:
        name: of the source.
        known: the day of the download; None where each event is taken to have been public at its own date.
    """

    name: str
    known: str | None

    def sources(self, tenure: Tenure) -> list[str]:
        """Who says so: the source with its rows, and whom it names."""
        return [*[f"{self.name}, {row}" for row in tenure.rows], *tenure.sources]


class Change(NamedTuple):
    """A block to be added, and what its order goes by; the block itself is made when it is written.

    Attributes:
        id: of the block.
        record: of the first block of its record, which it corrects or retracts where that is not itself.
        side: `start` or `end` of the tenure, or `room` where its seat must be for more people than before; of a
            retraction, neither.
        room: for how many the seat is from then on.
        at: when it takes effect.
        before: the record of the same instant before which it was.
        place: of the first block of its record in the log; None where this is the first one.
    """

    id: str
    record: str
    side: str
    at: datetime
    tenure: Tenure
    before: str | None = None
    place: int | None = None
    room: int = 0

    @property
    def kind(self) -> str:
        """The type of the event."""
        if not self.side:
            return RETRACTION
        if self.side == "room":
            return AMENDMENT
        if self.side == "start":
            return opening_name(self.tenure.role)
        assert self.tenure.end is not None
        return self.tenure.end.kind


def event_block(change: Change, stamp: Stamp) -> Block:
    """The block that says a change."""
    match change.side:
        case "start":
            return "event", _opening(change, stamp)
        case "end":
            return "event", _closing(change, stamp)
        case "room":
            return "event", _amendment(change, stamp)
        case _:
            return "event", _retraction(change, stamp)


def _opening(change: Change, stamp: Stamp) -> Table:
    tenure, kind = change.tenure, change.kind
    table = _head(kind, change, tenure.start)
    known = stamp.known or tenure.known
    if known is not None and not _is_period(known):  # that of the beginning itself a log takes so without a word
        table["known"] = known
    if tenure.filed is not None or tenure.status is not None:
        _add(table, filed=tenure.filed, status=tenure.status)
    table["person"], table["org"] = tenure.person, tenure.org
    if "role" in EVENTS[kind].shapes:
        table["role"] = tenure.role
    if tenure.interim or tenure.until is not None or tenure.seat is not None:
        _add(table, interim=tenure.interim or None, until=tenure.until, seat=tenure.seat)
    return _ended(table, stamp.sources(tenure), known)


def _closing(change: Change, stamp: Stamp) -> Table:
    tenure, end = change.tenure, change.tenure.end
    assert end is not None
    table = _head(end.kind, change, end.when)
    if stamp.known is not None:
        table["known"] = stamp.known
    if end.filed is not None:
        table["filed"] = end.filed
    table["person"], table["org"], table["role"] = tenure.person, tenure.org, tenure.role
    if end.cause is not None:
        table["cause"] = end.cause
    return _ended(table, stamp.sources(tenure), stamp.known)


def _amendment(change: Change, stamp: Stamp) -> Table:
    """That a seat is for more people, which nobody says but those who hold it."""
    tenure = change.tenure
    table = _head(AMENDMENT, change, tenure.start)
    _add(table, known=stamp.known, status="assumed", org=tenure.org)
    table["set"] = {"named_seats": {str(tenure.seat): {"count": change.room}}}
    return _ended(table, stamp.sources(tenure), stamp.known)


def _retraction(change: Change, stamp: Stamp) -> Table:
    assert stamp.known is not None
    table: Table = {"type": RETRACTION, "id": change.id, "at": stamp.known, "event": change.record}
    return _ended(table, stamp.sources(change.tenure), stamp.known)


def _head(kind: str, change: Change, when: Moment) -> Table:
    table: Table = {"type": kind, "id": change.id}
    if change.record != change.id:
        table["corrects"] = change.record
    if when.at is not None:
        table["at"] = when.at
    if when.low is not None or when.high is not None or change.before is not None:
        _add(table, not_before=when.low, not_after=when.high, before=change.before)
    return table


def _add(table: Table, **values: Any) -> None:
    for key, value in values.items():
        if value is not None:
            table[key] = value


def _ended(table: Table, sources: list[str], known: str | None) -> Table:
    table["sources"] = sources
    if known is None:
        table["tags"] = [ASSUMED]
    return table


def person_block(id_: str, name: str, scheme: str | None, value: str, born: str | None, *, natural: bool) -> Block:
    """The declaration of a person."""
    table: Table = {"id": id_, "name": name}
    if scheme is not None:
        table["identifiers"] = {scheme: value}
    if not natural:
        table["natural"] = False
    _add(table, born=born)
    return "person", table
