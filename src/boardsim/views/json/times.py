"""Times as documents have them: an instant in UTC, and beside it, as `KEY_text`, what the record has.

The record has a date, or the time on the clocks of the log's zone.  What took effect has `not_before` and `not_after`,
too: null where its instant is exact on that side.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from boardsim.events import OPEN, Event
from boardsim.formats.schema.times import day_from, day_until, iso, on_clocks
from boardsim.log import Log

Times = dict[str, str | None]

PRECISIONS: Mapping[str, int] = {
    **dict.fromkeys(("day", "date", "last-day"), len("2016-09-01")),
    "month": len("2016-09"),
    "year": len("2016"),
}
"""How many characters of a date are written, by the precision of what is on record."""


def zone_of(log: Log) -> ZoneInfo:
    """The zone on whose clocks the texts are, whatever zone a reader looks at tables in."""
    return ZoneInfo(log.timezone)


def instant_json(instant: datetime | None) -> str | None:
    """The instant in UTC, or null."""
    return iso(instant) if instant is not None else None


def written(event: Event, zone: ZoneInfo) -> str | None:
    """When an event took effect, as the record has it: a date, or a clock; null where only a bound is on record."""
    if event.precision is None:
        return on_clocks(event.at, zone)
    if event.precision not in PRECISIONS:
        return None
    return event.at.astimezone(zone).date().isoformat()[: PRECISIONS[event.precision]]


def effect_json(event: Event, zone: ZoneInfo, key: str = "at") -> Times:
    """When an event took effect: the instant, its text, and between what it lies."""
    span = span_json(event.not_before, event.not_after, zone)
    return {key: iso(event.at), f"{key}_text": written(event, zone), **span}


def known_json(event: Event, zone: ZoneInfo, key: str = "known") -> Times:
    """When an event became public; where the log does not say, it was at once, and the text is that of its own time."""
    if event.known == event.at and (text := written(event, zone)) is not None:
        return {key: iso(event.known), f"{key}_text": text}
    if event.known == event.at:  # by then, as far as anybody knows
        return {key: iso(event.known), f"{key}_text": end_json(key, event.not_after, zone)[f"{key}_text"]}
    return start_json(key, event.known, zone)


def span_json(start: datetime | None, end: datetime | None, zone: ZoneInfo) -> Times:
    """Between what an instant lies: a date is its day's first instant of the one, and its last of the other."""
    return start_json("not_before", start if start != OPEN else None, zone) | end_json("not_after", end, zone)


def start_json(key: str, instant: datetime | None, zone: ZoneInfo) -> Times:
    """An instant for which a log may have a date, which stands for the beginning of that day."""
    return _time(key, instant, day_from(instant, zone) if instant else None, zone)


def end_json(key: str, instant: datetime | None, zone: ZoneInfo) -> Times:
    """An instant for which a log may have a date, which stands for the end of that day."""
    return _time(key, instant, day_until(instant, zone) if instant else None, zone)


def ending_json(key: str, event: Event | None, zone: ZoneInfo) -> Times:
    """When somebody died, or an organization was dissolved; null where neither is on record by then."""
    if event is None:
        return {key: None, f"{key}_text": None}
    return {key: iso(event.at), f"{key}_text": written(event, zone)}


def moment_json(key: str, instant: datetime | None, zone: ZoneInfo) -> Times:
    """An instant that no log has, such as the one that a reader asks about: its text is always a clock's."""
    return _time(key, instant, None, zone)


def _time(key: str, instant: datetime | None, day: date | None, zone: ZoneInfo) -> Times:
    text = day.isoformat() if day else on_clocks(instant, zone) if instant else None
    return {key: instant_json(instant), f"{key}_text": text}


def when_json(key: str, instant: datetime | None, events: Iterable[Event | None], zone: ZoneInfo) -> Times:
    """An instant at which one of these events may have taken effect: then it has the text of that event."""
    by = next((event for event in events if event is not None and event.at == instant), None)
    return moment_json(key, instant, zone) if by is None else {key: iso(by.at), f"{key}_text": written(by, zone)}


def correction_json(event: Event, zone: ZoneInfo) -> Times:
    """Of a record that was corrected, when the correction that stands became public."""
    return start_json("corrected", event.known if event.block else None, zone)
