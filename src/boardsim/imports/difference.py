"""The difference between what a source says now and what the log says of it, as blocks to be added.

A new row is a beginning and an end.  What was corrected in the source corrects the record; an end that is gone is
retracted.  One row matches one tenure: first what is the same but for the row's id, then by that id, then by who,
where, as what and since when, then by the only one of that person in that role.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from boardsim.imports.blocks import Change, Stamp
from boardsim.imports.dates import last_instant
from boardsim.imports.entries import End, Moment
from boardsim.imports.said import Chain, Said, Standing, mark
from boardsim.imports.tenures import Tenure, start_at

Pair = tuple[Tenure, Standing | None]


@frozen
class Matched:
    """Rows and the tenures that they are about.

    Attributes:
        pairs: every tenure of the source, with the one of the log, if it has one.
        vanished: the tenures of the log that the source no longer has.
    """

    pairs: Sequence[Pair]
    vanished: Sequence[Standing]


def matched(
    new: Sequence[Tenure], old: Sequence[Standing], same: Mapping[str, str], *, is_undated: bool = False
) -> Matched:
    """Which tenure of the log each one of the source is.

    Args:
        same: of each person who is another, the other.
        is_undated: whether the source does not say when anything began, so that who is back has begun anew.
    """

    def may_be(tenure: Tenure, standing: Standing) -> bool:
        if not standing.is_gone or tenure.end is not None:
            return True
        return not (is_undated or _begins_after(tenure, standing.tenure))

    found: dict[int, Standing] = {}
    if same:
        old = [
            evolve(one, matched_as=one.tenure._replace(person=same[one.tenure.person]))
            if one.tenure.person in same
            else one
            for one in old
        ]
    free = {id(one): one for one in old}
    waiting = list(range(len(new)))
    for keys, is_unique in _KEYS:
        if not free or not waiting:
            break
        waiting = _match(new, waiting, free, found, keys, may_be, unique=is_unique)
    return Matched([(tenure, found.get(number)) for number, tenure in enumerate(new)], list(free.values()))


Keys = Callable[[Tenure], Iterable[Hashable]]


def _begins_after(tenure: Tenure, gone: Tenure) -> bool:
    """Whether a tenure began, by its own date, after another one was over of which no row says when it ended."""
    start, end = tenure.start.at, gone.end
    return start is not None and end is not None and end.when.high is not None and start > end.when.high


def _match(
    new: Sequence[Tenure],
    waiting: Sequence[int],
    free: dict[int, Standing],
    found: dict[int, Standing],
    keys: Keys,
    may_be: Callable[[Tenure, Standing], bool],
    *,
    unique: bool,
) -> list[int]:
    """Match by a key those that are left; of several with the same key the first with the first, or none at all."""
    olds: dict[Hashable, list[Standing]] = {}
    for one in free.values():
        for key in keys(one.matched_as or one.tenure):
            olds.setdefault(key, []).append(one)
    counts: dict[Hashable, int] = {}
    if unique:
        for number in waiting:
            for key in keys(new[number]):
                counts[key] = counts.get(key, 0) + 1
    left = []
    for number in waiting:
        partner = None
        for key in keys(new[number]):
            candidates = [one for one in olds.get(key, ()) if id(one) in free and may_be(new[number], one)]
            if candidates and not (unique and (len(candidates) > 1 or counts[key] > 1)):
                partner = candidates[0]
                break
        if partner is None:
            left.append(number)
        else:
            found[number] = partner
            del free[id(partner)]
    return left


def _content(tenure: Tenure) -> Iterator[Hashable]:
    until = None if tenure.end is not None else tenure.until
    yield (tenure.place, _known_part(tenure.start), until, tenure.seat, _known_end(tenure.end))


def _known_part(moment: Moment | None) -> Hashable:
    """A moment, without a bound that follows from the day of the download alone."""
    return None if moment is None else moment.at


def _known_end(end: End | None) -> Hashable:
    return None if end is None else (end.kind, end.when.at)


def _row_ids(tenure: Tenure) -> Iterator[Hashable]:
    return (row for row in tenure.rows if row.startswith("row "))


def _since(tenure: Tenure) -> Iterator[Hashable]:
    yield (tenure.place, tenure.start.at)


def _seat_taken(tenure: Tenure) -> Iterator[Hashable]:
    yield tenure.place


_KEYS: tuple[tuple[Keys, bool], ...] = ((_content, False), (_row_ids, False), (_since, False), (_seat_taken, True))
"""What tenures are matched by, in this order, and whether it must be the only one of its key."""


@define
class Difference:
    """What is to be added to a log.

    Attributes:
        vanished_mode: what becomes of tenures that the source no longer has.
        previous: the day of the download before.
        appeared: whether what is new began since then, because the source has no dates of its own.
        placed: the tenures of the log as they are now.
    """

    said: Said
    stamp: Stamp
    zone: ZoneInfo
    vanished_mode: str = "report"
    previous: str | None = None
    appeared: bool = False
    changes: list[Change] = field(factory=list)
    own: set[str] = field(factory=set)
    placed: list[tuple[Tenure, Standing]] = field(factory=list)

    def add_all(self, found: Matched) -> None:
        """The blocks for everything that is new, or otherwise, or gone."""
        for tenure, standing in found.pairs:
            if standing is None:
                self.begin(tenure)
            else:
                self._changed(tenure, standing)
        for standing in found.vanished:
            self._vanished(standing)

    def begin(self, tenure: Tenure) -> None:
        """The blocks of a tenure that is new."""
        if self.appeared and tenure.start.at is None and tenure.start.low is None:
            tenure = tenure._replace(start=tenure.start._replace(low=self.previous))
        opened = self.opening(tenure)
        self._add(opened, opened, "start", tenure)
        if tenure.end is not None:
            self._new_end(tenure, tenure.end, opened, 0)

    def opening(self, tenure: Tenure) -> str:
        """The id of the beginning of a tenure that is new."""
        rows = tenure.rows
        row = rows[0] if len(rows) == 1 else min((one for one in rows if one.startswith("row ")), default="")
        own = row if row.startswith("row ") else "\0".join((*tenure.place, str(tenure.start)))
        return self._free("appoint", tenure, f"{self.said.name}\0{own}\0start")

    def closing(self, tenure: Tenure, end: End, opened: str, number: int = 0) -> str:
        """The id of the end of a tenure, of which there were so many before."""
        return f"{end.kind}-{tenure.person}-{tenure.role}-{self.said.end_of(opened, number)}"

    def _new_end(self, tenure: Tenure, end: End, opened: str, number: int) -> None:
        closed = self.closing(tenure, end, opened, number)
        self._add(closed, closed, "end", tenure)

    def _changed(self, tenure: Tenure, standing: Standing) -> None:
        old, closed = standing.tenure, standing.closed
        new = _reconciled(tenure, old, self.zone)
        if _open_side(new) != _open_side(old):
            opened = standing.opened
            self._add(self._revision("appoint", new, opened), opened.name, "start", new, opened.place)
        if new.end is None and old.end is not None and closed is not None:
            self._take_back(closed, new, "reopen")
        elif new.end is not None and (old.end is None or closed is None):
            self._new_end(new, new.end, standing.opened.name, standing.ends)
        elif new.end is not None and closed is not None and (new.place != old.place or new.end != old.end):
            self._add(self._revision(new.end.kind, new, closed), closed.name, "end", new, closed.place)
        self.placed.append((new, standing))

    def _take_back(self, chain: Chain, tenure: Tenure, word: str) -> None:
        id_ = named(word, tenure, mark(chain.name, "retract", str(chain.revisions)))
        self._add(id_, chain.name, "", tenure)

    def _vanished(self, standing: Standing) -> None:
        tenure = standing.tenure
        if self.vanished_mode == "report":
            self.placed.append((tenure, standing))
        elif self.vanished_mode == "retract":
            for chain in filter(None, (standing.closed if tenure.end is not None else None, standing.opened)):
                self._take_back(chain, tenure, "vanished")
        elif tenure.end is None:
            assert self.stamp.known is not None
            end = End(Moment(None, self.previous, self.stamp.known))
            ended = tenure._replace(end=end)
            self._new_end(ended, end, standing.opened.name, standing.ends)
            self.placed.append((ended, standing))

    def _revision(self, kind: str, tenure: Tenure, chain: Chain) -> str:
        return self._free(kind, tenure, f"{chain.name}\0version\0{chain.revisions}")

    def _free(self, kind: str, tenure: Tenure, what: str) -> str:
        """The first id of a row of them that no event has, each with a hash of what the block is and a number."""
        number = 0
        head = f"{kind}-{tenure.person}-{tenure.role}-"
        while (id_ := head + mark(f"{what}\0{number}")) in self.said.events or id_ in self.own:
            number += 1
        self.own.add(id_)
        return id_

    def _add(self, id_: str, record: str, side: str, tenure: Tenure, place: int | None = None) -> None:
        at = start_at(tenure.moment(side), self.zone)
        self.changes.append(Change(id=id_, record=record, side=side, at=at, tenure=tenure, place=place))


def named(kind: str, tenure: Tenure, hashed: str) -> str:
    """The id of a block about a tenure."""
    return f"{kind}-{tenure.person}-{tenure.role}-{hashed}"


def _open_side(tenure: Tenure) -> tuple[object, ...]:
    return (tenure.place, tenure.start, tenure.until, tenure.seat, tenure.interim, tenure.status, tenure.filed)


def _reconciled(new: Tenure, old: Tenure, zone: ZoneInfo) -> Tenure:
    """What the source says now, without what only follows from its having been fetched later."""
    start, end = new.start, new.end
    if start.at is None and old.start.at is None and _is_within(old.start, start, zone):
        start = old.start
    if end is not None and old.end is not None:
        is_open = end.when.at is None and old.end.when.at is None
        when = old.end.when if is_open and _is_within(old.end.when, end.when, zone) else end.when
        end = end._replace(when=when, filed=end.filed or old.end.filed)
    until = old.until if end is not None and new.until is None else new.until
    rows, sources = (new.rows or old.rows), (new.sources or old.sources)
    return new._replace(start=start, end=end, until=until, filed=new.filed or old.filed, rows=rows, sources=sources)


def _is_within(old: Moment, new: Moment, zone: ZoneInfo) -> bool:
    """Whether what is on record is as exact as what is said now."""
    if new.high is None or old.high is None:
        return new.high is None
    is_low = new.low is None or (old.low is not None and old.low >= new.low)
    return is_low and last_instant(old.high, zone) <= last_instant(new.high, zone)
