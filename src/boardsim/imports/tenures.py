"""Entries as tenures: duplicates collapse, and what overlaps of one person in one role becomes one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import define, field

from boardsim.events import EMPLOYEE
from boardsim.imports.dates import first_day, first_instant, last_instant, shifted
from boardsim.imports.entries import DAY, End, Entry, Fault, Moment

Place = tuple[str, str, str]
"""Organization, person and role of a tenure."""


class Tenure(NamedTuple):
    """Somebody in a role at an organization, by one row or by several.

    Attributes:
        until: the last day of the term.
        rows: the rows that say so, as sources name them: `row ID` or `line N`.
        line: of the first of them.
    """

    org: str
    person: str
    role: str
    start: Moment
    end: End | None
    until: str | None
    seat: str | None = None
    interim: bool = False
    status: str | None = None
    filed: str | None = None
    known: str | None = None
    rows: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    line: int = 0

    @property
    def place(self) -> Place:
        """Who, where and as what."""
        return (self.org, self.person, self.role)

    def moment(self, side: str) -> Moment:
        """When that side of it was, its `start` or its `end`; of one without an end, when it began."""
        return self.end.when if side == "end" and self.end is not None else self.start


def start_at(moment: Moment, zone: ZoneInfo) -> datetime:
    """The instant at which a log has a beginning or an end: its own, or the last one that it can have been."""
    if moment.at is not None:
        return first_instant(moment.at, zone)
    assert moment.high is not None
    return last_instant(moment.high, zone) - timedelta(microseconds=1)


@define
class Builder:
    """Makes tenures of entries.

    Attributes:
        first: by place, the number of the first row.
        merged: how many rows said no more than others, or were joined with others.
        faults: what is to be known of rows that are used.
    """

    zone: ZoneInfo
    first: dict[Place, int] = field(factory=dict)
    merged: int = 0
    faults: list[Fault] = field(factory=list)

    def tenures(self, rows: list[Any], places: Iterable[Place], tenure: Callable[[Place, Any], Tenure]) -> list[Tenure]:
        """The tenures, those of one person in one role at one organization together, the earliest first.

        Args:
            rows: in whatever form, each with its number first; they are let go of meanwhile.
            places: of each row, where its tenure is.
            tenure: makes one of a row.
        """
        wheres = list(places)
        begun = dict(zip(reversed(wheres), range(len(wheres) - 1, -1, -1), strict=True))  # where each one is first
        self.first.update((where, rows[number][0]) for where, number in begun.items())
        groups: dict[Place, list[Any]] = {}
        if len(begun) < len(rows):
            groups = {where: [] for number, where in enumerate(wheres) if begun[where] != number}
            for where, row in zip(wheres, rows, strict=True):
                if where in groups:
                    groups[where].append(row)
        found: list[Tenure] = []
        for number, where in enumerate(wheres):
            row, rows[number] = rows[number], None
            if where not in groups:
                found.append(tenure(where, row))
            elif begun[where] == number:
                found += self._several([tenure(where, one) for one in groups[where]])
        return found

    def tenure(self, key: Place, entry: Entry) -> Tenure:
        """The tenure that an entry says."""
        _, line, row, _, _, _, _, _, start, end, until, extra = entry
        if start.at is not None and len(start.at) >= DAY and end is not None and end.when.at == start.at:
            self.faults.append(Fault("zero-length", "it ended when it began", "", line))
        seat, _, _, is_interim, status, filed, known, sources = extra
        if key[2] == EMPLOYEE and (until is not None or seat is not None or is_interim):
            message = "a log has no seat, no end of a term and no interim for employees: that is left out"
            self.faults.append(Fault("terms-of-employee", message, "name a role of its own in [roles]", line))
            until, seat, is_interim = None, None, False
        return Tenure(
            *key,
            start,
            end,
            until,
            seat,
            is_interim,
            status,
            filed,
            known,
            (f"row {row}" if row else f"line {line}",),
            sources,
            line,
        )

    def _several(self, tenures: list[Tenure]) -> Iterator[Tenure]:
        """Those of one person in one role at one organization, without what they say twice."""
        tenures.sort(key=lambda one: (start_at(one.start, self.zone), self._end_key(one), one.line))
        standing: Tenure | None = None
        for tenure in tenures:
            if standing is None:
                standing = tenure
            elif _says(tenure) == _says(standing):
                self.merged += 1
                standing = standing._replace(rows=tuple(dict.fromkeys((*standing.rows, *tenure.rows))))
            elif self._overlap(standing, tenure):
                self.merged += 1
                message = f"it overlaps the one in line {standing.line}, and the two became one"
                self.faults.append(Fault("overlapping-rows", message, "", tenure.line))
                standing = self._union(standing, tenure)
            else:
                yield self._clipped(standing, tenure)
                standing = tenure
        if standing is not None:
            yield standing

    def _end_key(self, tenure: Tenure) -> datetime:
        return _end_at(tenure, self.zone)

    def _overlap(self, first: Tenure, second: Tenure) -> bool:
        """Whether the second begins while the first goes on; an end that nobody knows makes way."""
        start = start_at(second.start, self.zone)
        if first.end is not None and first.end.when.at is None:
            return start <= start_at(first.start, self.zone)
        return start < self._end_key(first)

    def _union(self, first: Tenure, second: Tenure) -> Tenure:
        is_later = self._end_key(second) >= self._end_key(first)
        last = second if is_later else first
        return first._replace(
            end=last.end,
            until=last.until,
            rows=tuple(dict.fromkeys((*first.rows, *second.rows))),
            sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        )

    def _clipped(self, first: Tenure, second: Tenure) -> Tenure:
        """The first, whose end that nobody knows was at least before the second began."""
        if first.end is None or first.end.when.at is not None or first.end.when.high is None:
            return first
        if second.start.at is None:  # nobody knows of either when it was: the end came first
            limit = min(first.end.when.high, str(second.start.high))
            return first._replace(end=first.end._replace(when=Moment(None, first.end.when.low, limit)))
        day = first_day(second.start.at, self.zone).isoformat()
        if last_instant(first.end.when.high, self.zone) <= first_instant(second.start.at, self.zone):
            return first
        high = shifted(day, -1, self.zone)
        if first.start.at is not None and last_instant(high, self.zone) <= first_instant(first.start.at, self.zone):
            return first._replace(end=first.end._replace(when=Moment(second.start.at)))
        return first._replace(end=first.end._replace(when=Moment(None, first.end.when.low, high)))


_LAST = datetime.max.replace(tzinfo=UTC)


def _says(tenure: Tenure) -> tuple[object, ...]:
    return (tenure.start, tenure.end, tenure.until, tenure.seat, tenure.interim, tenure.status)


def overfull(tenures: Sequence[Tenure], limits: Mapping[str, int], zone: ZoneInfo) -> Iterator[Tenure]:
    """The tenures for which there is no room in a role that has a limit, seen from those that began before."""
    groups: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures:
        if tenure.role in limits:
            groups.setdefault((tenure.org, tenure.role), []).append(tenure)
    for (_, role), group in groups.items():
        group.sort(key=lambda one: (start_at(one.start, zone), _end_at(one, zone), one.line))  # a moment's holder first
        sitting: list[datetime] = []
        for tenure in group:
            start = start_at(tenure.start, zone)
            sitting = [end for end in sitting if end > start]
            if len(sitting) >= limits[role]:
                yield tenure
            else:
                sitting.append(_end_at(tenure, zone))


def _end_at(tenure: Tenure, zone: ZoneInfo) -> datetime:
    return start_at(tenure.end.when, zone) if tenure.end is not None else _LAST
