"""Times as the log has them, for people who look at the tables of a store; what stands in `blocks` is in UTC.

A date is that date, whatever the hour at which it begins by UTC; an instant is shown on the clocks of the log's zone.
The same texts stand in the JSON of the commands.  Most of them SQL can make of the block itself: those of a date,
and those of an instant where the clocks of the log show UTC.  The others are kept beside it, as SQLite knows no zones.
"""

from datetime import timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.days import clock_midnight, day_begun
from boardsim.formats.log.first_form import day_in_log
from boardsim.formats.schema.times import day_until, instant, on_clocks, parse_iso, period
from boardsim.store.instants import from_sql, sql_text

DATE = len("2016-09-01")
"""How many characters of a time are no more than a date."""


class Texts(NamedTuple):
    """The times of one event.

    Attributes:
        at_text: when it took effect, as the log has it; `known_text` likewise when it became public.
        not_before: in UTC, between what it lies; None where it is exact on that side.
    """

    case_id: str
    position: int
    at_text: str | None
    known_text: str
    not_before: str | None
    not_before_text: str | None
    not_after: str | None
    not_after_text: str | None


def kept_texts(case: str, position: int, table: dict[str, Any], zone: ZoneInfo) -> Texts | None:
    """The texts of an event that must be kept; None where SQL makes the same of the block.

    What it makes of a block without bounds stands in `tenures_view.said`, and is said here once more in Python.
    """
    at, known = table.get("at"), table.get("known")
    if at is None or "not_before" in table or "not_after" in table or not DATE <= len(at) <= SECOND:
        return _texts(case, position, table, zone)
    if known is not None and not DATE <= len(known) <= SECOND:
        return _texts(case, position, table, zone)
    if zone.key == "UTC" and len(at) == SECOND:
        return None
    made = _texts(case, position, table, zone)
    return None if made == _as_sql_says(made, at, known) else made


SECOND = len("2016-09-01T12:00:00Z")
"""How many characters of a time are an instant to the second, in UTC."""


def _as_sql_says(made: Texts, at: str, known: str | None) -> Texts:
    """The texts of an event without bounds, as SQL makes them of the block and of the columns beside it."""
    said = _in_utc(at)
    own: dict[str, Any] = {
        "at_text": said,
        "known_text": said if known is None else _in_utc(known),
        **dict.fromkeys(_CLOCKED),
    }
    if len(at) == DATE and made.not_before is not None:
        end = sql_text(from_sql(made.not_before) + timedelta(days=1))
        own |= {"not_before_text": at, "not_after_text": at, "not_before": made.not_before, "not_after": end}
    return made._replace(**own)


_CLOCKED = ("not_before", "not_before_text", "not_after", "not_after_text")


def _in_utc(written: str) -> str:
    return written if len(written) == DATE else written.replace("Z", "+00:00")


def _texts(case: str, position: int, table: dict[str, Any], zone: ZoneInfo) -> Texts:
    at = _at(table, zone)
    first, last = _ends(at, zone) if at is not None and len(at) <= DATE else (None, None)
    if at is not None and len(at) == DATE and "not_after" in table:
        first = None  # a date beside a later bound is no earlier one
    start = table.get("not_before", first)
    end = day_in_log(table["not_after"], zone) if "not_after" in table else last
    return Texts(
        case,
        position,
        _text(at, zone) if at is not None else None,
        _text(str(table.get("known", at) or end), zone),
        _utc(start, zone) if start else None,
        _text(start, zone) if start else None,
        _utc(end, zone, end=True) if end else None,
        _text(end, zone) if end else None,
    )


def _at(table: dict[str, Any], zone: ZoneInfo) -> str | None:
    """When an event took effect, as the log has it; of a date beside bounds, the block has its first instant."""
    at: str | None = table.get("at")
    is_bounded = "not_before" in table or "not_after" in table
    day = day_begun(instant(at), zone) if is_bounded and at is not None and len(at) > DATE else None
    return at if day is None else day.isoformat()


def _ends(written: str, zone: ZoneInfo) -> tuple[str, str]:
    """The first and the last day of a date, a month or a year, which are its bounds and are not written."""
    found = period(written, zone)
    if found is None:
        return written, written
    return found[0].astimezone(zone).date().isoformat(), str(day_until(found[1], zone))


def _text(written: str, zone: ZoneInfo) -> str:
    return written if len(written) <= DATE else on_clocks(instant(written), zone)


def _utc(written: str, zone: ZoneInfo, *, end: bool = False) -> str:
    """An instant in UTC; of a date its beginning, or its end."""
    day = parse_iso(written) if len(written) <= DATE else None
    if day is None:
        return sql_text(instant(written))
    return sql_text(clock_midnight(day + timedelta(days=1) if end else day, zone))
