"""Civil days: where the days of a zone begin and end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def midnight(day: date, where: ZoneInfo) -> datetime:
    """The instant at which the day begins in that zone."""
    return datetime.combine(day, time(), where).astimezone(UTC)


def next_midnight(day: date, where: ZoneInfo) -> datetime:
    """The instant at which the day ends in that zone; the last day that there is ends at its last second."""
    if day == date.max:
        return datetime.combine(day, time.max, UTC)
    return midnight(day + timedelta(days=1), where)


def day_begun(instant: datetime, where: ZoneInfo) -> date | None:
    """The day of which an instant is the first in that zone; None where it lies within one."""
    try:
        day = instant.astimezone(where).date()
        return day if midnight(day, where) == instant else None
    except OverflowError:  # a day from the ends of the calendar, which some zones cannot show
        return None
