"""The times of blocks as their author wrote them: what the version 2 of receipts is about.

A date is the same date whatever becomes of the clocks of a country; the instant of its midnight is not.  So what enters
a receipt is what was written, and no rule about summer time can change it.  A log that is written out in another form
has its times as they were, too, and so the same receipt.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from boardsim.formats.log.encode import Table, ordered, with_times
from boardsim.formats.schema.fields import ASSERT, EVENTS, ORG, WAIVE, Keys
from boardsim.formats.schema.shapes import END, INSTANT, WHEN, WHOLE_FROM
from boardsim.formats.schema.times import is_period, parse_iso
from boardsim.formats.syntax.records import Record
from boardsim.log import Log


def _of(*kinds: Keys) -> frozenset[str]:
    """The keys in which such blocks have times."""
    return frozenset(
        key
        for keys in kinds
        for key, shape in keys.shapes.items()
        if any(shape is clock for clock in (WHEN, INSTANT, END, WHOLE_FROM))
    )


TIMES: Mapping[str, frozenset[str]] = {
    "org": _of(ORG),
    "event": _of(*EVENTS.values()),
    "assert": _of(ASSERT),
    "waive": _of(WAIVE),
}
"""The keys in which a block has times, by its kind; the others have none that a zone could move."""


def times_in(record: Record) -> tuple[str, ...]:
    """The keys of a block that could be read under which it has times."""
    keys = TIMES.get(record.kind, ())
    return tuple([key for key in record.table if key in keys])


def as_stated(log: Log) -> Iterator[tuple[str, Table]]:
    """Every block as `encode.written` has it, but with its times as they were written: dates, and instants in UTC.

    A block that was never written has the times that it would be written with.
    """
    for kind, table, times in with_times(log):
        yield kind, table if times is None else _with(kind, table, times)


def _with(kind: str, table: Table, times: Mapping[str, Any]) -> Table:
    """A block with its times as they were written; a `known` that is written just as `at` goes without saying."""
    found = {key: _time(value) for key, value in times.items()}
    if kind == "event" and found.get("known") == found.get("at"):
        found.pop("known", None)
    rest = {key: value for key, value in table.items() if key not in TIMES[kind] or key in found}
    return ordered(rest | found) if kind == "event" else rest | found


def _time(value: Any) -> Any:
    """A time, however it was spelled: a date, an instant in UTC, or the text of a month, of a year, or `never`."""
    if isinstance(value, str) and not is_period(value):
        value = parse_iso(value) or value
    return value.astimezone(UTC) if isinstance(value, datetime) else value
