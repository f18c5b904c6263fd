"""What is to be written, and what a format is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from attrs import evolve, field, frozen

from boardsim.certainty import perhaps_within
from boardsim.checks.run import ConfiguredCheck
from boardsim.events import Event
from boardsim.exports import events, tenures
from boardsim.exports.columns import Column
from boardsim.exports.who import Who, who_is_who
from boardsim.facts import known_tenures
from boardsim.filters import filter_events
from boardsim.history import History, Point
from boardsim.log import Log
from boardsim.orders import may_last, orders_at
from boardsim.traits import personal

Table = Literal["tenures", "events"]
TABLES: tuple[Table, ...] = ("tenures", "events")

Option = Literal["table", "at", "known", "filters", "window", "all-knowledge", "project"]
"""What a reader may ask for; each format says which of it changes what it writes."""


@frozen(kw_only=True)
class Export:
    """A history, and what of it the reader wants.

    Attributes:
        point: only what holds at this point, and what follows from there; None for everything.
        end: the instant up to which the record is told, for what lasts.
        start, stop: the window that was asked for, both inclusive; None for no limit.
        orgs, people, roles: the ids of those that are wanted; all of them where there are none.
        project: the kind of thing that a network is reduced to; None for all kinds.
        uses: by organization, the checks to which it is held; asked for only by formats that need them.
        also: the same of other logs, for formats that take several.
    """

    history: History = field(repr=False)
    table: Table = "tenures"
    point: Point | None = None
    end: datetime | None = None
    start: datetime | None = None
    stop: datetime | None = None
    orgs: Sequence[str] = ()
    people: Sequence[str] = ()
    roles: Sequence[str] = ()
    all_knowledge: bool = False
    project: str | None = None
    uses: Callable[[], Mapping[str, Sequence[ConfiguredCheck]]] = field(repr=False, default=dict)
    also: "tuple[Export, ...]" = ()

    @property
    def log(self) -> Log:
        """The log that was replayed."""
        return self.history.log

    @property
    def parts(self) -> "tuple[Export, ...]":
        """What is wanted of each log, for itself."""
        return (evolve(self, also=()), *self.also)

    @property
    def title(self) -> str:
        """What it is called: the log, and how many others there are."""
        own = self.log.title or self.log.id
        return f"{own} and {len(self.also)} more" if self.also else own

    @property
    def is_whole(self) -> bool:
        """Whether nobody asked for some organizations, people or roles only."""
        return not (self.orgs or self.people or self.roles)

    @property
    def at(self) -> datetime | None:
        """The instant of the point."""
        return self.point.at if self.point is not None else None

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """From when to when a tenure has to last, both inclusive; None for no limit."""
        return (self.start, self.stop) if self.at is None else (self.at, self.at)

    def has(self, row: tenures.Row) -> bool:
        """Whether a tenure is live at the point, or in the period, that is asked for.

        One of many states of knowledge is asked by the instant, as each of them has events and an order of its own.
        """
        if self.point is None or self.all_knowledge:
            return row.overlaps(*self.period)
        return self.history.is_held(row.tenure, self.point.position)

    def filtered(self, start: datetime | None, end: datetime | None) -> Sequence[int]:
        """The events that concern what is wanted, by index."""
        return filter_events(self.history, orgs=self.orgs, people=self.people, roles=self.roles, start=start, end=end)

    def who(self) -> Who:
        """Who is who in all of the logs."""
        return who_is_who([one.log for one in self.parts])

    def tenures(self) -> Iterator[tenures.Row]:
        """The tenures that are wanted, log by log."""
        for one in self.parts:
            yield from _tenures_of(one)

    def events(self) -> Iterator[events.Row]:
        """The events that are wanted, log by log; with `at`, those up to it."""
        for one in self.parts:
            yield from _events_of(one)

    def perhaps(self) -> Iterator[str]:
        """What may be of the instant, or of the period, that is asked for and which the record has outside of it.

        By id: events, or those that began or ended a tenure, whichever lies on the other side.
        """
        for one in self.parts:
            if (one.at, one.start, one.stop) != (None, None, None) and not one.all_knowledge:
                yield from _perhaps_events(one) if one.table == "events" else _perhaps_tenures(one)

    @property
    def ended(self) -> Mapping[str | None, Event]:
        """By organization or person, the first event with which they were dissolved, or died."""
        return {event.org or personal(event): event for event in reversed(self.history.endings)}

    def wanted(self) -> tuple[Mapping[str, Column[Any]], Iterator[Any]]:
        """The columns and the rows of the table that is wanted, for formats that are tables."""
        if self.table == "events":
            return events.COLUMNS, self.events()
        return {**tenures.COLUMNS, **(tenures.KNOWN_COLUMNS if self.all_knowledge else {})}, self.tenures()


def _tenures_of(one: Export) -> Iterator[tenures.Row]:
    found: Iterable[tenures.Row] = tenures.rows(one.history)
    if one.all_knowledge:
        found = tenures.rows_of_all_knowledge(one.log, known_tenures(one.log))
    for row in found:
        if tenures.is_of(row, one.orgs, one.people, one.roles) and one.has(row):
            yield row


def _perhaps_tenures(one: Export) -> Iterator[str]:
    start, stop = one.period
    for row in tenures.rows(one.history):
        is_wanted = tenures.is_of(row, one.orgs, one.people, one.roles)
        if is_wanted and not one.has(row) and may_last(row.tenure, start, stop):
            unsure = row.opened if row.closed is None or row.overlaps(start, None) else row.closed
            if one.point is None or one.history.is_open(unsure, one.point.at, one.point.given):
                yield unsure.id
    yield from _in_other_orders(one)


def _in_other_orders(one: Export) -> Iterator[str]:
    """The events by which somebody would have a tenure then only had two of them come in the other order."""
    history, (start, stop) = one.history, one.period
    for org, orders in orders_at(history).items():
        for way in (way for order in orders for way in order.only_otherwise(org)):
            row = tenures.Row(log=one.log, org=org, tenure=way.tenure)
            twin = history.tenure(org, way.role, way.tenure.opened.id)
            is_told = twin is not None and one.has(evolve(row, tenure=twin))
            is_wanted = tenures.is_of(row, one.orgs, one.people, one.roles)
            if is_wanted and not is_told and may_last(way.tenure, start, stop):
                yield way.event.id


def _events_of(one: Export) -> Iterator[events.Row]:
    end = one.stop if one.at is None else one.at
    found = one.filtered(one.start, end)
    if one.point is not None:
        found = [index for index in found if index < one.point.position]
    return events.rows(one.history, found)


def _perhaps_events(one: Export) -> Iterator[str]:
    end = one.stop if one.at is None else one.at
    for index in perhaps_within(one.history, one.filtered(None, None), one.start, end):
        yield one.history.events[index].id


OF_TABLES: frozenset[Option] = frozenset({"table", "at", "known", "filters", "window", "all-knowledge"})
"""What of that changes a format that is one of the tables."""

Written = Iterator[str] | Iterator[bytes]


@frozen(kw_only=True)
class Format:
    """One format.

    Attributes:
        summary: for whom it is, in a line.
        endings: of files that are written so where nobody says otherwise, with their dots.
        write: the text, or the bytes, piece by piece.
        takes: what of that which a reader may ask for changes what is written.
        binary: whether it is bytes, so that a terminal cannot show it.
        is_log: whether it is a log again, which nobody overwrites.
        takes_several: whether it can be of several logs at once.
        nothing: what a reader should be told where nothing is in it, which the file itself does not show.
    """

    summary: str
    endings: tuple[str, ...]
    write: Callable[[Export], Written]
    takes: frozenset[Option] = frozenset()
    binary: bool = False
    is_log: bool = False
    takes_several: bool = False
    nothing: Callable[[Export], str | None] = lambda _: None
