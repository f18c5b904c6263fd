"""Times as the log has them, for people who look at the tables of a store; what stands in `blocks` is in UTC.

A date is that date, whatever the hour at which it begins by UTC; an instant is shown on the clocks of the log's zone.
The same texts stand in the JSON of the commands.  They are made beside the register of tenures, so that an append does
not wait for them; SQL alone could not make them, as SQLite knows no zones.
"""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.days import clock_midnight
from boardsim.formats.log.first_form import day_in_log
from boardsim.formats.schema.times import day_until, instant, on_clocks, parse_iso, period
from boardsim.store.rows import sql_text, zone_of

if TYPE_CHECKING:
    from boardsim.store.database import Driver

DATE = len("2016-09-01")
"""How many characters of a time are no more than a date."""

TEXTS_SINCE = 3
"""The version of the tables that has them first."""


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


def fill_all_texts(driver: "Driver") -> None:
    """Make the texts that are missing of every case."""
    for (case,) in list(driver.run("SELECT case_id FROM blocks WHERE position = 0")):
        fill_texts(driver, case)


def fill_texts(driver: "Driver", case: str) -> None:
    """Make the texts that are missing of one case, which are those of its last events."""
    found = [(position, json.loads(body)) for position, body in list(driver.run(_MISSING, (case, case)))]
    if found:
        ((header,),) = driver.run(_HEADER, (case,))
        zone = zone_of(header.encode())
        made = [_texts(case, position, table, zone) for position, table in found]
        driver.insert("texts", made, len(Texts._fields))


_HEADER = "SELECT CAST(body AS text) FROM blocks WHERE case_id = ? AND position = 0"
_MISSING = (
    "SELECT position, CAST(body AS text) FROM blocks WHERE case_id = ? AND kind = 'event' "
    "AND position > (SELECT coalesce(max(position), -1) FROM texts WHERE case_id = ?)"
)


def _texts(case: str, position: int, table: dict[str, Any], zone: ZoneInfo) -> Texts:
    at = table.get("at")
    first, last = _ends(at, zone) if at is not None and len(at) <= DATE else (None, None)
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
