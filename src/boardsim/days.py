"""Civil days: where the days of a zone begin and end, and which of them it never had."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_SECOND, _MIDNIGHT = timedelta(seconds=1), time()


@lru_cache(maxsize=100_000)
def midnight(day: date, where: ZoneInfo) -> datetime:
    """The first instant at which the calendar of that zone shows the day; of a day that it skipped, the next one."""
    later = clock_midnight(day, where)
    if later.astimezone(where).time() == _MIDNIGHT:
        return later  # or the earlier one of two
    earlier = datetime.combine(day, time(fold=1), where).astimezone(UTC)
    while later - earlier > _SECOND:  # the clocks skipped it: `later` is on the day, or past it, and `earlier` is not
        middle = earlier + (later - earlier) // (2 * _SECOND) * _SECOND
        earlier, later = (earlier, middle) if middle.astimezone(where).date() >= day else (middle, later)
    return later


def clock_midnight(day: date, where: ZoneInfo) -> datetime:
    """The instant at which clocks that went on as before would show midnight: where version 1 of receipts begins a day.

    That is the same but where the clocks skipped a time that began before midnight and ended after it, as in Toronto on
    30 March 1919: there the calendar showed the new day half an hour earlier.
    """
    return datetime.combine(day, time(), where).astimezone(UTC)


def next_midnight(day: date, where: ZoneInfo) -> datetime:
    """The instant at which the day ends in that zone; the last day that there is ends at its last second."""
    if day == date.max:
        return datetime.combine(day, time.max, UTC)
    return midnight(day + timedelta(days=1), where)


def is_skipped(day: date, where: ZoneInfo) -> bool:
    """Whether the calendar of that zone never showed the day, as that of Samoa went from 29 to 31 December 2011."""
    return midnight(day, where).astimezone(where).date() != day


def day_before(day: date, where: ZoneInfo) -> date:
    """The day before, in that zone."""
    before = day - timedelta(days=1)
    while is_skipped(before, where):
        before -= timedelta(days=1)
    return before


def settled(end: datetime, where: ZoneInfo) -> datetime:
    """From when on something is past that had taken effect by `end`: a day is over at its last instant.

    That instant is what a reader asks for who asks for the day.
    """
    return end - timedelta(microseconds=1) if day_begun(end, where) else end


def day_begun(instant: datetime, where: ZoneInfo) -> date | None:
    """The day of which an instant is the first in that zone; None where it lies within one."""
    try:
        day = instant.astimezone(where).date()
        return day if midnight(day, where) == instant else None
    except OverflowError:  # a day from the ends of the calendar, which some zones cannot show
        return None
