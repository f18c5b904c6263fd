"""The table of events: what happened, what became of it, and why, one row an event."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from boardsim.events import NAMES, Event, role_of
from boardsim.exports import dates
from boardsim.exports.columns import SEVERAL, TEXT, TIME, Column
from boardsim.history import History, Ruling
from boardsim.views.words import sentence


@frozen(kw_only=True)
class Row:
    """One event, with its ruling."""

    history: History = field(repr=False, eq=False)
    event: Event
    ruling: Ruling


def _bound(row: Row, side: int) -> dates.Stamp:
    return dates.bounds(row.event, row.history.log.zone)[side]


COLUMNS: Mapping[str, Column[Row]] = {
    "id": Column(TEXT, lambda row: row.event.id),
    "type": Column(TEXT, lambda row: NAMES[type(row.event)]),
    "at": Column(TIME, lambda row: dates.effect(row.event, row.history.log.zone)),
    "not_before": Column(TIME, lambda row: _bound(row, 0)),
    "not_after": Column(TIME, lambda row: _bound(row, 1)),
    "known": Column(TIME, lambda row: dates.public(row.event, row.history.log.zone)),
    "filed": Column(TIME, lambda row: dates.instant(row.event.filed, row.history.log.zone)),
    "org": Column(TEXT, lambda row: row.history.org_of(row.event)),
    "person": Column(TEXT, lambda row: getattr(row.event, "person", None)),
    "role": Column(TEXT, lambda row: role_of(row.event)),
    "by": Column(TEXT, lambda row: row.event.by),
    "status": Column(TEXT, lambda row: row.event.status),
    "ruling": Column(TEXT, lambda row: row.ruling.kind),
    "outcome": Column(TEXT, lambda row: row.ruling.outcome),
    "text": Column(TEXT, lambda row: sentence(row.history.log, row.event)),
    "because": Column(SEVERAL, lambda row: tuple(" | ".join(clause) for clause in row.event.because)),
    "sources": Column(SEVERAL, lambda row: row.event.sources),
}
"""The columns of the table, in order; others read them by these names, so they change only with a version."""


def rows(history: History, indexes: Iterable[int]) -> Iterator[Row]:
    """The events of these indexes."""
    for index in indexes:
        yield Row(history=history, event=history.events[index], ruling=history.rulings[index])
