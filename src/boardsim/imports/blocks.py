"""Tenures as the blocks of a log, with dates as texts."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from boardsim.events import EMPLOYEE
from boardsim.imports.entries import End, Moment
from boardsim.imports.tenures import Tenure

Table = dict[str, Any]
Block = tuple[str, Table]

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
        return [*(f"{self.name}, {row}" for row in tenure.rows), *tenure.sources]


def opening(tenure: Tenure, id_: str, stamp: Stamp, corrects: str | None = None) -> Table:
    """The block of a beginning."""
    kind = "join-company" if tenure.role == EMPLOYEE else "appoint"
    table = _head(kind, id_, tenure.start, corrects)
    known = stamp.known if stamp.known is not None or tenure.known is None else tenure.known
    _add(table, known=known, filed=tenure.filed, status=tenure.status)
    _add(table, person=tenure.person, org=tenure.org, role=tenure.role if kind == "appoint" else None)
    _add(table, interim=tenure.interim or None, until=tenure.until, seat=tenure.seat)
    return _ended(table, stamp.sources(tenure), known)


def closing(tenure: Tenure, end: End, id_: str, stamp: Stamp, corrects: str | None = None) -> Table:
    """The block of an end."""
    table = _head(end.kind, id_, end.when, corrects)
    _add(table, known=stamp.known, filed=end.filed, person=tenure.person, org=tenure.org, role=tenure.role)
    _add(table, cause=end.cause)
    return _ended(table, stamp.sources(tenure), stamp.known)


def retraction(record: str, id_: str, stamp: Stamp, rows: Sequence[str]) -> Table:
    """The block that takes back a beginning or an end."""
    assert stamp.known is not None
    table: Table = {"type": "retract", "id": id_, "at": stamp.known, "event": record}
    return _ended(table, [f"{stamp.name}, {row}" for row in rows] or [f"{stamp.name}, {stamp.known}"], stamp.known)


def _head(kind: str, id_: str, when: Moment, corrects: str | None) -> Table:
    table: Table = {"type": kind, "id": id_}
    _add(table, corrects=corrects, at=when.at, not_before=when.low, not_after=when.high)
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
