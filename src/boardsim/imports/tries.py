"""Three things to try after an import: commands about what is most telling in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from shlex import quote
from zoneinfo import ZoneInfo

from attrs import define, field

from boardsim.formats.schema.hints import quantity
from boardsim.imports.entries import DAY, Moment
from boardsim.imports.tenures import Tenure, start_at

LOOKED_AT = 10_000
"""Tenures among which the longest is looked for."""

YEAR = timedelta(days=365.25)


@define
class Telling:
    """What is most telling in an import, of tenures that are shown to it in parts, each with whole organizations.

    Attributes:
        newest: when the source was fetched.
        boards: of everybody, at how many organizations they sit.
    """

    zone: ZoneInfo
    newest: str | None
    boards: Counter[str] = field(factory=Counter)
    last: datetime | None = None
    _exact: list[Tenure] = field(factory=list)
    _limit: str | None = None
    _others: list[Tenure] = field(factory=list)

    def add(self, tenures: Sequence[Tenure]) -> None:
        """Look at some tenures."""
        if not tenures:
            return
        self.boards.update(map(itemgetter(1), set(map(itemgetter(0, 1), tenures))))  # of organization and person
        starts = [tenure.start for tenure in tenures]
        last = max(start_at(start, self.zone) for start in _latest(starts))
        self.last = max(last, self.last or last)
        limit, dates = self._limit, map(itemgetter(0), starts)
        self._exact += [
            one for at, one in zip(dates, tenures, strict=True) if at is not None and (limit is None or at < limit)
        ]
        if len(self._exact) > 2 * LOOKED_AT:
            self._exact = _earliest(self._exact)  # the longest began early
            self._limit = self._exact[-1].start.at
        self._others = [] if self._exact else [*self._others, *tenures][:LOOKED_AT]

    def things_to_try(self, log: str) -> tuple[str, ...]:
        """The boards on the newest date, who sat longest, who sits on several: commands, each with what it is for."""
        if self.last is None:
            return ()
        log = quote(log)
        last = self.newest or self.last.astimezone(self.zone).date().isoformat()
        until = datetime.fromisoformat(f"{last[:10]}T00:00:00").replace(tzinfo=UTC) if self.newest else None
        among = _earliest(self._exact) or self._others
        longest = max(among, key=lambda one: (_length(one, self.zone, until), one.person, one.role))
        years, role = _length(longest, self.zone, until) / YEAR, longest.role
        count = max(self.boards.values())
        busiest = min(person for person, number in self.boards.items() if number == count)
        several = f"boardsim replay {log} --person {busiest}   # on most boards: {quantity(count, 'organization')}"
        which = "on the newest date" if self.newest else "when the last tenure began"
        return (
            f"boardsim snapshot {log} --at {last[:10]}   # the boards {which}",
            f"boardsim replay {log} --person {longest.person}   # the longest tenure: {years:.1f} years as {role}",
            *([several] if count > 1 else []),
        )


def _latest(starts: Sequence[Moment]) -> Iterator[Moment]:
    """The beginnings of which one is the latest: of those that are days it is the one of the greatest text."""
    days = [at for at, _, _ in starts if at is not None and len(at) == DAY]
    if days:
        yield Moment(max(days))
    if len(days) < len(starts):
        yield from (start for start in starts if start.at is None or len(start.at) != DAY)


def _earliest(tenures: Sequence[Tenure]) -> list[Tenure]:
    return sorted(tenures, key=lambda one: str(one.start.at))[:LOOKED_AT]


def things_to_try(tenures: Sequence[Tenure], log: str, zone: ZoneInfo, newest: str | None) -> tuple[str, ...]:
    """The same of all tenures at once."""
    telling = Telling(zone, newest)
    telling.add(tenures)
    return telling.things_to_try(log)


def _length(tenure: Tenure, zone: ZoneInfo, until: datetime | None) -> timedelta:
    start = start_at(tenure.start, zone)
    if tenure.start.at is None or (tenure.end is not None and tenure.end.when.at is None):
        return timedelta()  # nobody knows
    if tenure.end is not None:
        return start_at(tenure.end.when, zone) - start
    return max(until - start, timedelta()) if until is not None else timedelta()
