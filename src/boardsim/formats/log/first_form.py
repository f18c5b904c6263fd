"""The form in which stores have blocks, and version 1 of receipts hashes them; it stays as it was, to the byte.

It differs from that of logs in what a day is.  In it, a day begins at midnight by clocks that went on as before, and
the day before another is always that of the date before: so the end of 29 December 2011 in Samoa, whose calendar went
on with the 31st, is written as that of the 30th, which no log may name.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.days import clock_midnight, day_before, day_begun, is_skipped
from boardsim.events import Event
from boardsim.formats.log.encode import Table, encoded, header, last_parts, parts_with_times, some_parts
from boardsim.formats.schema.times import Calendar, is_date, is_period, parse_iso
from boardsim.formats.syntax.records import Record
from boardsim.log import Assertion, Log, Org, Waiver

FIRST_CALENDAR = Calendar(clock_midnight, lambda day, _: day - timedelta(days=1))
"""What a day is in this form."""

_TICK = timedelta(microseconds=1)


def first_form(log: Log) -> Iterator[tuple[str, Table]]:
    """Every block of a log, header first and then in the order in which the author wrote them."""
    yield "log", header(log)
    yield from _encoded(parts_with_times(log), ZoneInfo(log.timezone))


def last_in_first_form(log: Log, count: int) -> list[tuple[str, Table]]:
    """The last blocks of those that the author wrote, in that order; all of them must be in the log."""
    return [*_encoded(last_parts(log, count), ZoneInfo(log.timezone))]


def some_in_first_form(log: Log, order: Iterable[tuple[str, str]]) -> list[tuple[str, Table]]:
    """Those blocks, by the kinds and names that `Log.written` gives them; all of them must be in the log."""
    return [*_encoded(some_parts(log, order), ZoneInfo(log.timezone))]


def _encoded(parts: Iterable[tuple[str, Any, Mapping[str, Any] | None]], zone: ZoneInfo) -> Iterator[tuple[str, Table]]:
    for kind, part, times in parts:
        yield kind, encoded(kind, _as_read_then(part, times, zone), zone, FIRST_CALENDAR)


def _as_read_then(part: Any, times: Mapping[str, Any] | None, zone: ZoneInfo) -> Any:
    """A part of a log with the instants that the dates in it stood for then.

    Args:
        times: as they were written; where nobody knows, an instant at which a day begins was written as a date.
    """

    def then(key: str, value: Any) -> Any:
        is_dated = times is None or key not in times or _is_dated(times[key])
        return _then(value, zone) if is_dated and isinstance(value, datetime) else value

    match part:
        case Event():
            return _event_then(part, then, times or ())
        case Assertion():
            known = part.known and then("known", part.known + _TICK) - _TICK
            return evolve(part, at=then("at", part.at + _TICK) - _TICK, known=known)
        case Waiver():
            since, until = then("from", part.since), then("until", part.until)
            return evolve(part, at=then("at", part.at), since=since, until=until)
        case Org():
            return evolve(part, complete_from=then("complete_from", part.complete_from))
        case Mapping():
            return {key: then(key, value) if key == "complete_from" else value for key, value in part.items()}
        case _:
            return part


_CLOCKS = ("not_before", "not_after", "filed", "due", "notice", "until")
"""The fields of events that have instants, but for the two clocks of every event."""


def _event_then(event: Event, then: Callable[[str, Any], Any], stated: Container[str]) -> Event:
    """An event with the instants of then.

    Args:
        stated: the keys of the times that were written.
    """
    values = {name: then(name, found) for name in _CLOCKS if (found := getattr(event, name, None)) is not None}
    if event.precision == "by" and "not_after" not in stated and "known" in stated:
        values["not_after"] = then("known", event.not_after)
    at = then("at", event.at)
    if event.precision == "by" and event.not_after == event.at + _TICK:
        at = values["not_after"] - _TICK
    elif event.precision in ("month", "year") and event.at == event.not_before:
        at = values["not_before"]
    known = at if event.known == event.at and "known" not in stated else then("known", event.known)
    values |= {"at": at, "known": known}
    own = {name: value for name, value in values.items() if value != getattr(event, name)}
    return evolve(event, **own) if own else event


def _then(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the first instant of a day was then; any other instant as it is."""
    day = day_begun(instant, zone)
    return instant if day is None else clock_midnight(day, zone)


def _is_dated(written: Any) -> bool:
    return is_date(written) or (isinstance(written, str) and is_period(written))


def as_in_logs(records: Iterable[Record]) -> list[Record]:
    """The blocks of a store as a log has them, in which no day is named that the zone never had."""
    found = list(records)
    names = (record.table.get("timezone", "UTC") for record in found if record.kind == "log" and record.is_table)
    zone = ZoneInfo(next(names, "UTC"))
    return [as_in_log(record, zone) for record in found]


_ENDS: Mapping[str, tuple[str, ...]] = {
    "event": ("not_after", "until"),
    "assert": ("at", "known"),
    "waive": ("until",),
}
"""The keys in which a date means the end of the day."""


def as_in_log(record: Record, zone: ZoneInfo) -> Record:
    """One block of a store as a log of that zone has it."""
    if not record.is_table:
        return record
    ends = {key: record.table[key] for key in _ENDS.get(record.kind, ()) if key in record.table}
    own = {key: day for key, value in ends.items() if (day := day_in_log(value, zone)) != value}
    return record._replace(table={**record.table, **own}) if own else record


def day_in_log(written: Any, zone: ZoneInfo) -> Any:
    """The end of a day as a log has it: of a day that the zone never had, that of the one before."""
    day = parse_iso(written) if isinstance(written, str) else None
    if not isinstance(day, date) or isinstance(day, datetime) or not is_skipped(day, zone):
        return written
    return day_before(day, zone).isoformat()
