"""Times as the log has them, for people who look at the tables of a store; what stands in `blocks` is in UTC.

A date is that date, whatever the hour at which it begins by UTC; an instant is shown on the clocks of the log's zone.
The same texts stand in the JSON of the commands.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from boardsim.formats.schema.times import instant, next_midnight, on_clocks, parse_iso
from boardsim.store.rows import Row, Zone, sql_text, utc_text

DATE = len("2016-09-01")


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


def texts(found: Iterable[Row], zone: Zone) -> Iterator[Texts]:
    """The texts of those rows that are events."""
    for row in found:
        if row.kind == "event":
            yield _texts(row.case_id, row.position, json.loads(row.body), zone)


def _texts(case: str, position: int, table: dict[str, Any], zone: Zone) -> Texts:
    at = table["at"]
    whole = at if len(at) <= DATE else None  # a date's bounds are those of its day, and are not written
    start, end = (table.get(key, whole) for key in ("not_before", "not_after"))
    return Texts(
        case,
        position,
        _text(at, zone),
        _text(table.get("known", at), zone),
        utc_text(start, zone) if start else None,
        _text(start, zone) if start else None,
        _end(end, zone) if end else None,
        _text(end, zone) if end else None,
    )


def _text(written: str, zone: Zone) -> str:
    return written if len(written) <= DATE else on_clocks(instant(written), zone())


def _end(written: str, zone: Zone) -> str:
    """The instant, or the end of the date."""
    day = parse_iso(written)
    return utc_text(written, zone) if len(written) > DATE or day is None else sql_text(next_midnight(day, zone()))
