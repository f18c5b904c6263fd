"""Times as people write them: instants with an offset, dates that stand for a day, clocks in a named zone.

Nothing here guesses.  A date is a day of the zone in question; a clock time without an offset that the zone had
twice, or never, is a problem.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen

from boardsim.days import day_before, is_skipped, midnight, next_midnight
from boardsim.formats.schema.hints import did_you_mean
from boardsim.problems import Problem
from boardsim.values import Value

FIRST_YEAR, LAST_YEAR = 2, 9998
"""The years that a log may speak of: a day from the ends of the calendar, so that every zone can show them."""


_NO_ZONES = frozenset(("localtime", "posixrules", "Factory"))


def zone(name: str) -> ZoneInfo | None:
    """The IANA time zone of that name; None if there is none.

    What a folder of zones has besides is none: the machine's own zone, or zones in which seconds are counted otherwise.
    """
    if name in _NO_ZONES or name.startswith(("posix/", "right/")):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def unknown_zone(name: str) -> Problem:
    """The problem of a zone that does not exist."""
    from zoneinfo import available_timezones  # noqa: PLC0415 -- reads a whole folder

    names = sorted(available_timezones() - _NO_ZONES)
    hint = did_you_mean(name, names, otherwise="use an IANA name such as Europe/London")
    return Problem(code="unknown-timezone", message=f"there is no time zone '{name}'", hint=hint)


@frozen(eq=False, repr=False)
class Calendar(Value):
    """What a day is.

    Attributes:
        begins: the instant at which a day begins in a zone; it ends where the next one begins.
        before: the day before another in a zone.
    """

    begins: Callable[[date, ZoneInfo], datetime]
    before: Callable[[date, ZoneInfo], date]


CALENDAR = Calendar(midnight, day_before)
"""The calendar that the people of a zone see."""


def as_day(start: datetime, end: datetime, where: ZoneInfo, calendar: Calendar = CALENDAR) -> date | None:
    """The day that lasts from `start` to `end` in that zone; None if no day does."""
    day = start.astimezone(where).date()
    if calendar.begins(day, where) != start:
        return None
    over = next_midnight(day, where) if day == date.max else calendar.begins(day + timedelta(days=1), where)
    return day if over == end else None


def day_from(start: datetime, where: ZoneInfo, calendar: Calendar = CALENDAR) -> date | None:
    """The day that begins at `start` in that zone; None if none does that a log may speak of."""
    day = start.astimezone(where).date()
    return day if FIRST_YEAR <= day.year <= LAST_YEAR and calendar.begins(day, where) == start else None


def day_until(end: datetime, where: ZoneInfo, calendar: Calendar = CALENDAR) -> date | None:
    """The day that ends at `end` in that zone; None if none does that a log may speak of."""
    after = end.astimezone(where).date()
    if not FIRST_YEAR <= after.year <= LAST_YEAR + 1 or after == date(FIRST_YEAR, 1, 1):
        return None
    return calendar.before(after, where) if calendar.begins(after, where) == end else None


def period(text: str, where: ZoneInfo, calendar: Calendar = CALENDAR) -> tuple[datetime, datetime] | None:
    """The first instant of a month (`1982-05`) or a year (`1982`) in that zone, and the end of it.

    None where the text is neither, or one of which a log may not speak.
    """
    match = _PERIOD.fullmatch(text)
    if match is None or not FIRST_YEAR <= (year := int(match["year"])) <= LAST_YEAR:
        return None
    month = int(match["month"] or 1)
    if not 1 <= month <= _MONTHS:
        return None
    after = date(year + 1, 1, 1) if match["month"] is None or month == _MONTHS else date(year, month + 1, 1)
    return calendar.begins(date(year, month, 1), where), calendar.begins(after, where)


_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?", re.ASCII)
_MONTHS = 12


def is_period(text: str) -> bool:
    """Whether a text looks like a month or a year."""
    return _PERIOD.fullmatch(text) is not None


def is_date(value: object) -> bool:
    """Whether what a log has for a time is a date, and no instant; in JSON Lines both are strings."""
    return len(value) <= len("2023-11-17") if isinstance(value, str) else not isinstance(value, datetime)


_WEEK = re.compile(r"[0-9]{4}-?W[0-9]{2}(?!-?[0-9])", re.ASCII)
"""A week of a year without the day of it, which Python takes for its Monday."""


def parse_iso(text: str) -> datetime | date | None:
    """A date or a date-time in ISO 8601; None where it is neither, or does not exist."""
    try:
        found = date.fromisoformat(text) if len(text) <= len("2023-11-17") else datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if "W" in text and _WEEK.match(text) else found


def resolved(local: datetime, where: ZoneInfo) -> datetime | Problem:
    """The instant of a clock time in a zone, if the clock showed it once."""
    earlier, later = (local.replace(tzinfo=where, fold=fold) for fold in (0, 1))
    shown = f"the clocks of {where.key}", local.isoformat(sep=" ")
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    offsets = " or ".join(map(_offset, (earlier, later)))
    if earlier.astimezone(UTC).astimezone(where).replace(tzinfo=None) != local:
        hint = "the clocks went forward over it; write an offset, such as " + _offset(later)
        return Problem(code="nonexistent-time", message=f"{shown[0]} never showed {shown[1]}", hint=hint)
    hint = f"the clocks went back over it; write the offset, {offsets}"
    return Problem(code="ambiguous-time", message=f"{shown[0]} showed {shown[1]} twice", hint=hint)


def skipped(day: date, where: ZoneInfo) -> Problem | None:
    """The problem of a day that a zone never had; None where it had it, or where no log may speak of it."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR or not is_skipped(day, where):
        return None
    before, after = day_before(day, where), next_midnight(day, where).astimezone(where).date()
    hint = f"its calendar went from {before} to {after}; write one of the two"
    return Problem(code="nonexistent-time", message=f"{where.key} had no {day}", hint=hint)


def _offset(instant: datetime) -> str:
    """The UTC offset as `-08:00`."""
    digits = f"{instant:%z}"
    return f"{digits[:3]}:{digits[3:5]}"


def moment(text: str, where: ZoneInfo) -> datetime | Problem:
    """An instant that a person typed: ISO 8601, read in `where` if it has no offset; a date is the end of that day."""
    found = parse_iso(text)
    if found is None:
        hint = "write 2023-11-17, 2023-11-17T12:00 or 2023-11-17T12:00:00-08:00"
        return Problem(code="unreadable-instant", message=f"'{text}' is not a date or time", hint=hint)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        message = f"'{text}' lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
        return Problem(code="unreadable-instant", message=message, hint="is the year right?")
    if not isinstance(found, datetime):
        return skipped(found, where) or next_midnight(found, where) - timedelta(microseconds=1)
    return resolved(found, where) if found.tzinfo is None else found.astimezone(UTC)


def instant(text: str) -> datetime:
    """The instant of an ISO 8601 date-time with its offset, in UTC.

    Raises:
        ValueError: it is none, has no offset, or lies outside the years that UTC has.
    """
    found = datetime.fromisoformat(text)
    if found.utcoffset() is None:
        raise ValueError(f"{text} has no UTC offset")
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text} lies outside the years that UTC has") from None


def iso(instant: datetime) -> str:
    """The instant in UTC, as JSON shows it: `2023-11-17T20:28:50Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def on_clocks(instant: datetime, where: ZoneInfo) -> str:
    """The instant on the clocks of a zone, as `2023-11-17T12:00:00-08:00`; in UTC where those have an odd offset.

    ISO 8601 can say offsets of whole minutes only, and clocks before the standard zones kept others.
    """
    local = instant.astimezone(where)
    offset = local.utcoffset()
    return iso(instant) if offset is None or offset.total_seconds() % 60 else local.isoformat()
