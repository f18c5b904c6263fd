"""Marks of an axis of time: years, months, days or hours of a zone, as many as there is room for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

ROOM = 62
"""The least pixels between two marks."""

_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MONTHS = (1, 2, 3, 6)
_DAYS = (1, 2, 7, 14)
_HOURS = (1, 3, 6, 12)
_YEAR, _MONTH, _DAY = timedelta(days=365), timedelta(days=30), timedelta(days=1)

Tick = tuple[datetime, str]


def ticks(since: datetime, until: datetime, width: float, zone: ZoneInfo) -> list[Tick]:
    """The marks between two instants, each with its label."""
    least = (until - since) * (ROOM / max(width, ROOM))
    if least > _MONTH * 6:
        step = next((step for step in _YEARS if _YEAR * step >= least), _YEARS[-1])
        found = _years(since, step, zone)
    elif least > _DAY * 14:
        found = _months(since, next(step for step in _MONTHS if _MONTH * step >= least), zone)
    elif least > timedelta(hours=12):
        found = _days(since, next(step for step in _DAYS if _DAY * step >= least), zone)
    else:
        hours = next((step for step in _HOURS if timedelta(hours=step) >= least), _HOURS[-1])
        return _dated(list(_between(_hours(since, hours, zone), since, until)), zone)
    return list(_between(found, since, until))


def _dated(found: list[Tick], zone: ZoneInfo) -> list[Tick]:
    """Hours of which the first says its day, where no day begins among them."""
    if found and not any(at.astimezone(zone).hour == 0 for at, _ in found):
        at, label = found[0]
        day = at.astimezone(zone)
        found[0] = (at, f"{day:%a} {day.day}, {label}")
    return found


def _between(found: Iterator[Tick], since: datetime, until: datetime) -> Iterator[Tick]:
    for at, label in found:
        if at > until:
            return
        if at >= since:
            yield at, label


def _years(since: datetime, step: int, zone: ZoneInfo) -> Iterator[Tick]:
    first = since.astimezone(zone).year // step * step
    for year in range(max(first, 2), 9999, step):
        yield datetime(year, 1, 1, tzinfo=zone).astimezone(UTC), str(year)


def _months(since: datetime, step: int, zone: ZoneInfo) -> Iterator[Tick]:
    local = since.astimezone(zone)
    for number in count(local.year * 12, step):
        at = datetime(number // 12, number % 12 + 1, 1, tzinfo=zone)
        yield at.astimezone(UTC), str(at.year) if at.month == 1 else f"{at:%b}"


def _days(since: datetime, step: int, zone: ZoneInfo) -> Iterator[Tick]:
    local = since.astimezone(zone)
    for number in count(0, step):
        day = local.date() + timedelta(days=number)
        at = datetime(day.year, day.month, day.day, tzinfo=zone)
        yield at.astimezone(UTC), f"{at:%a} {at.day}" if step < 7 else f"{at:%b} {at.day}"


def _hours(since: datetime, step: int, zone: ZoneInfo) -> Iterator[Tick]:
    local = since.astimezone(zone)
    for number in count(0):
        day = local.date() + timedelta(days=number)
        for hour in range(0, 24, step):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
            yield at.astimezone(UTC), _hour(at)


def _hour(at: datetime) -> str:
    if at.hour == 0:
        return f"{at:%a} {at.day}"
    return "noon" if at.hour == 12 else f"{(at.hour + 11) % 12 + 1} {'AM' if at.hour < 12 else 'PM'}"
