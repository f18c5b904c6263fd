"""Dates and clocks as the page shows them: in full words, on the clocks of the log's zone, as honest as the record."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from boardsim.events import OPEN, Event

_DAY = timedelta(hours=23)


def short_day(instant: datetime, zone: ZoneInfo) -> str:
    """The date, as `Fri, Nov 17, 2023`."""
    local = instant.astimezone(zone)
    return f"{local:%a, %b} {local.day}, {local.year}"


def long_day(instant: datetime, zone: ZoneInfo) -> str:
    """The date, as `Friday, November 17, 2023`."""
    local = instant.astimezone(zone)
    return f"{local:%A, %B} {local.day}, {local.year}"


def heading(event: Event, zone: ZoneInfo) -> str:
    """Under which day, month or year an event stands in a list."""
    local = event.at.astimezone(zone)
    if event.precision == "year":
        return f"Some time in {local.year}"
    if event.precision == "month":
        return f"Some time in {local:%B} {local.year}"
    if _is_long(event):
        return f"{'By' if event.precision == 'by' else 'About'} {local:%B} {local.day}, {local.year}"
    return long_day(event.at, zone)


def clock(event: Event, zone: ZoneInfo) -> str:
    """The time of day: exact, `about` or `by` it; or that it is not on record."""
    local = event.at.astimezone(zone)
    if event.span is None and event.precision is None:
        return time_of_day(local)
    if event.span is None or event.span[0] == OPEN or event.span[1] - event.span[0] >= _DAY:
        return "time not known"
    return f"by {time_of_day(local)}" if event.at == event.span[1] else f"about {time_of_day(local, exact=False)}"


def when(event: Event, zone: ZoneInfo) -> str:
    """The date and the clock, with the name of the zone's time."""
    local = event.at.astimezone(zone)
    if event.precision in ("year", "month") or _is_long(event):
        return heading(event, zone).replace("Some time in ", "")
    words = clock(event, zone)
    name = "" if words == "time not known" else f" {local.tzname()}"
    return f"{short_day(event.at, zone)}, {words}{name}"


def moment(instant: datetime, zone: ZoneInfo) -> str:
    """An instant that is exact, with the name of the zone's time."""
    local = instant.astimezone(zone)
    return f"{short_day(instant, zone)}, {time_of_day(local)} {local.tzname()}"


def since(event: Event, zone: ZoneInfo) -> str:
    """The date of an event, without its clock."""
    if event.precision in ("year", "month"):
        return heading(event, zone).replace("Some time in ", "")
    return f"{'by ' if event.precision == 'by' else 'about ' if _is_long(event) else ''}{short_day(event.at, zone)}"


def span(event: Event, zone: ZoneInfo) -> str | None:
    """Between what an event lies, where its date and clock do not say it; midnight is the end of the day before it."""
    if event.span is None:
        return None
    start, end = event.span
    first, last = start.astimezone(zone) if start != OPEN else None, end.astimezone(zone)
    last_day = last - timedelta(microseconds=1) if last.time() == time.min else last
    if first is None:
        return f"not after {short_day(last_day, zone)}"
    if first.date() == last_day.date():
        if first.time() == time.min and last_day is not last:
            return None
        return f"between {time_of_day(first)} and {time_of_day(last)} {last.tzname()}"
    if end - start < _DAY:
        return f"between {moment(start, zone)} and {moment(end, zone)}"
    return f"between {short_day(start, zone)} and {short_day(last_day, zone)}"


def time_of_day(local: datetime, *, exact: bool = True) -> str:
    """The clock, as `12:28:50 PM`; seconds only where there are some, and the time is exact."""
    seconds = f":{local:%S}" if exact and local.second else ""
    return f"{(local.hour + 11) % 12 + 1}:{local:%M}{seconds} {'AM' if local.hour < 12 else 'PM'}"


def _is_long(event: Event) -> bool:
    """Whether an event lies within a span of more than a day, so that its date is not known either."""
    if event.precision == "by":
        return True
    return event.span is not None and event.span[1] - event.span[0] > timedelta(days=1, hours=1)
