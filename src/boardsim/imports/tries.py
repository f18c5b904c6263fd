"""Three things to try after an import: commands about what is most telling in it."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from boardsim.formats.schema.hints import quantity
from boardsim.imports.tenures import Tenure, start_at

LOOKED_AT = 10_000
"""Tenures among which the longest is looked for."""

YEAR = timedelta(days=365.25)


def things_to_try(tenures: Sequence[Tenure], log: str, zone: ZoneInfo, newest: str | None) -> tuple[str, ...]:
    """The boards on the newest date, who sat longest, who sits on most boards: commands, each with what it is for."""
    if not tenures:
        return ()
    last = newest or max(start_at(tenure.start, zone) for tenure in tenures).astimezone(zone).date().isoformat()
    until = datetime.fromisoformat(f"{last[:10]}T00:00:00").replace(tzinfo=UTC) if newest else None
    exact = [one for one in tenures if one.start.at is not None] or tenures
    earliest = sorted(exact, key=lambda one: str(one.start.at))[:LOOKED_AT]  # the longest began early
    longest = max(earliest, key=lambda one: (_length(one, zone, until), one.person))
    years = _length(longest, zone, until) / YEAR
    boards: dict[str, set[str]] = {}
    for tenure in tenures:
        boards.setdefault(tenure.person, set()).add(tenure.org)
    busiest, count = Counter({person: len(some) for person, some in sorted(boards.items())}).most_common(1)[0]
    return (
        f"boardsim snapshot {log} --at {last[:10]}   # the boards on the newest date",
        f"boardsim replay {log} --person {longest.person}   # the longest tenure: {years:.1f} years as {longest.role}",
        f"boardsim replay {log} --person {busiest}   # on most boards: {quantity(count, 'organization')}",
    )


def _length(tenure: Tenure, zone: ZoneInfo, until: datetime | None) -> timedelta:
    start = start_at(tenure.start, zone)
    if tenure.start.at is None or (tenure.end is not None and tenure.end.when.at is None):
        return timedelta()  # nobody knows
    if tenure.end is not None:
        return start_at(tenure.end.when, zone) - start
    return max(until - start, timedelta()) if until is not None else timedelta()
