"""The table of tenures: who held which role at which organization, from when to when, one row a tenure.

As it is known now, or in every state of knowledge: then a tenure has one row for each interval of knowledge in which
the same was known of it.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.bylaws import Kind
from boardsim.events import NAMES, Event, Opening, Status, is_interim, seat_of
from boardsim.exports import dates
from boardsim.exports.columns import FLAG, SEVERAL, TEXT, TIME, Column
from boardsim.facts import KnownTenure
from boardsim.history import History, Tenure
from boardsim.log import Log
from boardsim.orders import by_record_alone
from boardsim.views.doubt_words import in_order
from boardsim.views.words import between

CERTAINTY: tuple[Status, ...] = ("confirmed", "reported", "assumed", "disputed")
"""How sure the record is of what took effect, the surest first."""


@frozen(kw_only=True)
class Row:
    """One tenure, in one state of knowledge.

    Attributes:
        known_since: from when on the log says so; None where it does from the start, or where nobody asked.
        known_until: when it ceased to say so, exclusive; None where it never did.
        in_order: two events in the order in which it is so, and not in the other; None where no order matters, or where
            all states of knowledge are told.
    """

    log: Log = field(repr=False, eq=False)
    org: str
    tenure: Tenure
    known_since: datetime | None = None
    known_until: datetime | None = None
    in_order: tuple[Event, Event] | None = None

    @property
    def opened(self) -> Opening:
        """The event that opened it."""
        return self.tenure.opened

    @property
    def closed(self) -> Event | None:
        """The event that closed it."""
        return self.tenure.closed

    @property
    def terms(self) -> Opening:
        """The opening event on the terms that the tenure has, or had in the end."""
        return self.tenure.terms[-1][1]

    @property
    def kind(self) -> Kind | None:
        """What kind of role it is in; None where nobody declares the role."""
        role = self.log.role_table.get(self.tenure.role)
        return role.kind if role is not None else None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of its log."""
        return self.log.zone

    @property
    def status(self) -> Status:
        """How sure the record is: of the beginning or of the end, whichever is less so."""
        began, ended = self.opened.status, self.closed.status if self.closed is not None else "confirmed"
        return began if ended == began else max(began, ended, key=_doubt)

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, of the beginning and of the end."""
        began, ended = self.opened.sources, self.closed.sources if self.closed is not None else ()
        return tuple(dict.fromkeys(began + ended)) if ended else began

    @cached_property
    def since_bounds(self) -> tuple[dates.Stamp, dates.Stamp]:
        """Between what the beginning lies."""
        return dates.bounds(self.opened, self.zone)

    @cached_property
    def until_bounds(self) -> tuple[dates.Stamp, dates.Stamp]:
        """Between what the end lies."""
        return dates.bounds(self.closed, self.zone)

    def overlaps(self, start: datetime | None, end: datetime | None) -> bool:
        """Whether it holds at some instant from `start` to `end`, both inclusive; None for no limit."""
        is_over = self.closed is not None and start is not None and self.closed.at <= start
        return not is_over and not (end is not None and self.opened.at > end)


def _doubt(status: Status) -> int:
    return CERTAINTY.index(status) if status in CERTAINTY else 0


COLUMNS: Mapping[str, Column[Row]] = {
    "org": Column(TEXT, lambda row: row.org),
    "org_name": Column(TEXT, lambda row: row.log.plain_org_name(row.org)),
    "role": Column(TEXT, lambda row: row.tenure.role),
    "seat": Column(TEXT, lambda row: seat_of(row.opened)),
    "person": Column(TEXT, lambda row: row.opened.person),
    "person_name": Column(TEXT, lambda row: row.log.plain_name(row.opened.person)),
    "since": Column(TIME, lambda row: dates.effect(row.opened, row.zone)),
    "since_not_before": Column(TIME, lambda row: row.since_bounds[0]),
    "since_not_after": Column(TIME, lambda row: row.since_bounds[1]),
    "until": Column(TIME, lambda row: dates.effect(row.closed, row.zone)),
    "until_not_before": Column(TIME, lambda row: row.until_bounds[0]),
    "until_not_after": Column(TIME, lambda row: row.until_bounds[1]),
    "ended": Column(TEXT, lambda row: NAMES[type(row.closed)] if row.closed else None),
    "interim": Column(FLAG, lambda row: is_interim(row.terms)),
    "status": Column(TEXT, lambda row: row.status),
    "public_since": Column(TIME, lambda row: dates.public(row.log.by_id.get(row.opened.id, row.opened), row.zone)),
    "opened": Column(TEXT, lambda row: row.opened.id),
    "closed": Column(TEXT, lambda row: row.closed.id if row.closed else None),
    "sources": Column(SEVERAL, lambda row: row.sources),
}
"""The columns of the table, in order; others read them by these names, so they change only with a version."""

KNOWN_COLUMNS: Mapping[str, Column[Row]] = {
    "known_since": Column(TIME, lambda row: dates.instant(row.known_since, row.zone)),
    "known_until": Column(TIME, lambda row: dates.instant(row.known_until, row.zone)),
}
"""What the table has besides where it is of every state of knowledge."""


def rows(history: History) -> Iterator[Row]:
    """Every tenure of a history: organization by organization as they are declared, the earliest first."""
    hanging = by_record_alone(history)
    for org in history.orgs:
        for tenure in history.tenures(org):
            way = hanging.get((org, tenure.role, tenure.opened.id))
            yield Row(log=history.log, org=org, tenure=tenure, in_order=way.order if way is not None else None)


def rows_of_all_knowledge(log: Log, found: Iterator[KnownTenure]) -> Iterator[Row]:
    """Every tenure in every state of knowledge."""
    for one in found:
        yield Row(log=log, org=one.org, tenure=one.tenure, known_since=one.known_since, known_until=one.known_until)


def is_of(row: Row, orgs: Collection[str], people: Collection[str], roles: Collection[str]) -> bool:
    """Whether a row is about these organizations, people and roles; nothing stands for all of them."""
    return (
        (not orgs or row.org in orgs)
        and (not people or row.opened.person in people)
        and (not roles or row.tenure.role in roles)
    )


def doubts(row: Row) -> Iterator[str]:
    """In words, what dates as exact as the record is sure of them cannot say: bounds, an order, and how sure it is."""
    for what, event in (("began", row.opened), ("ended", row.closed)):
        if event is not None:
            if event.span is not None and event.is_bounded:
                yield f"{what} {between(event.span, row.zone)}"
            if event.status != "confirmed":
                yield f"{what}: the record is {event.status}"
    if row.in_order is not None:
        yield in_order(row.in_order)
