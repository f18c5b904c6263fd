"""Times as the log has them, for people who look at the tables of a store; what stands in `blocks` is in UTC.

A date is that date, whatever the hour at which it begins by UTC; an instant is shown on the clocks of the log's zone.
The same texts stand in the JSON of the commands.  They are made beside the register of tenures, so that an append does
not wait for them; SQL alone could not make them, as SQLite knows no zones.
"""

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.formats.schema.times import instant, midnight, next_midnight, on_clocks, parse_iso
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
    at_text: str
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
    at = table["at"]
    whole = at if len(at) <= DATE else None  # a date's bounds are those of its day, and are not written
    start, end = (table.get(key, whole) for key in ("not_before", "not_after"))
    return Texts(
        case,
        position,
        _text(at, zone),
        _text(table.get("known", at), zone),
        _utc(start, zone) if start else None,
        _text(start, zone) if start else None,
        _utc(end, zone, end=True) if end else None,
        _text(end, zone) if end else None,
    )


def _text(written: str, zone: ZoneInfo) -> str:
    return written if len(written) <= DATE else on_clocks(instant(written), zone)


def _utc(written: str, zone: ZoneInfo, *, end: bool = False) -> str:
    """An instant in UTC; of a date its beginning, or its end."""
    day = parse_iso(written) if len(written) <= DATE else None
    if day is None:
        return sql_text(instant(written))
    return sql_text((next_midnight if end else midnight)(day, zone))
