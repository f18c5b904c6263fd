"""Dates as tables have them: the instant, and what is on record of it; and the date that is certain, where one is."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boardsim.events import OPEN, Event
from boardsim.orders import span_of
from boardsim.views.json.times import Times, known_json, span_json, start_json, written
from boardsim.views.words import when


class Stamp(NamedTuple):
    """A cell with a time.

    Attributes:
        instant: in UTC; None where nothing is on record.
        text: as the record has it: a date, a month, a year, or the clocks of the log's zone; empty for nothing.
    """

    instant: datetime | None
    text: str


NOTHING = Stamp(None, "")


def effect(event: Event | None, zone: ZoneInfo) -> Stamp:
    """When an event took effect; nothing where only a bound of it is on record, or where there is no event."""
    text = written(event, zone) if event is not None else None
    return Stamp(event.at, text) if event is not None and text is not None else NOTHING


def bounds(event: Event | None, zone: ZoneInfo) -> tuple[Stamp, Stamp]:
    """Between what that lies, a date being all of its day; nothing where it is exact on that side."""
    if event is None or (event.not_before is None and event.not_after is None):
        return NOTHING, NOTHING
    return _bounds(event.not_before, event.not_after, zone)


@lru_cache(maxsize=100_000)
def _bounds(low: datetime | None, high: datetime | None, zone: ZoneInfo) -> tuple[Stamp, Stamp]:
    """The same; registers have many events of one day."""
    span = span_json(low, high, zone)
    return _stamp(low if low != OPEN else None, span, "not_before"), _stamp(high, span, "not_after")


def public(event: Event, zone: ZoneInfo) -> Stamp:
    """When an event became public."""
    if event.known == event.at and (text := written(event, zone)) is not None:
        return Stamp(event.at, text)
    return _stamp(event.known, known_json(event, zone), "known")


@lru_cache(maxsize=100_000)
def instant(at: datetime | None, zone: ZoneInfo) -> Stamp:
    """An instant for which the record may have a date."""
    return _stamp(at, start_json("at", at, zone), "at")


def _stamp(at: datetime | None, texts: Times, key: str) -> Stamp:
    return Stamp(at, texts[f"{key}_text"] or "") if at is not None else NOTHING


def certain_date(event: Event | None, zone: ZoneInfo) -> str | None:
    """The day, else the month, else the year in which an event took effect for certain; None where none is certain.

    None, too, where there is no event.
    """
    if event is None:
        return None
    start, end = span_of(event)
    if start == OPEN:
        return None
    if end > start:
        end -= timedelta(microseconds=1)  # spans are half-open
    first, last = (bound.astimezone(zone).date().isoformat() for bound in (start, end))
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


def in_words(event: Event, zone: ZoneInfo) -> str:
    """When an event took effect, for people: `2016-09`, `by 1992-01-01`, `about 2023-11-16`."""
    certain = certain_date(event, zone)
    return certain if certain is not None and event.precision is not None else when(event, zone)
