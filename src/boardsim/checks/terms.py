"""When a term of office is over: on its last day, not before and not after."""

from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.days import settled


def days_from_end(term: datetime, at: datetime, zone: ZoneInfo) -> int:
    """Whether an instant lies before the last day of a term (-1), on it (0) or after it (1), in the days of that zone.

    A term that ends with a day ends at the next midnight; what takes effect at that midnight is still on time.
    """
    first, last, day = (instant.astimezone(zone).date() for instant in (settled(term, zone), term, at))
    return (day > last) - (day < first)
