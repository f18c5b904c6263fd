"""What a scenario moves in time, where it cannot be: before its own reason, or before itself.

A log that is read has neither.  An event is moved by a new time, or by what is said of its order within an instant; and
with it goes whatever is said to have come just before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from attrs import frozen

from boardsim.events import TIME, Event
from boardsim.log import Log, leads_to
from boardsim.records import newest


@frozen(kw_only=True)
class Misplaced:
    """An event that cannot be where it is moved.

    Attributes:
        event: the name of its record.
        cause: its reason, which does not lie before it; None where it would come before itself.
        moved: the record that is moved, by which it came there.
    """

    event: str
    cause: str | None
    moved: str


def misplaced(
    base: Log, world: Log, moved: AbstractSet[str], changed: Mapping[str, Event], kept: AbstractSet[str]
) -> Iterator[Misplaced]:
    """What a scenario moved to where it cannot be.

    Args:
        moved: the names of the records that it moved.
        changed: its own events, and those that it changed, by id.
        kept: the events that happen whatever becomes of their reasons.
    """
    drawn: Mapping[str, str] = {name: name for name in moved}
    if base.events.says_before or any(event.before for event in changed.values()):
        for name in _before_themselves(world, moved):
            yield Misplaced(event=name, cause=None, moved=name)
        drawn = _drawn(base, world, moved)
    if not _has_reasons(base, drawn.keys(), changed):
        return
    rank, concerned = _ranked(base, world, drawn.keys(), changed)
    for event in (event for event in concerned if event.because and event.id not in kept):
        for cause in (cause for clause in event.because for cause in clause):
            is_itself = cause == event.id and event.id in moved
            if is_itself or (rank(cause) > rank(event.id) and not drawn.keys().isdisjoint((cause, event.id))):
                yield Misplaced(event=event.id, cause=cause, moved=drawn.get(event.id) or drawn[cause])


def _before_themselves(world: Log, moved: AbstractSet[str]) -> Iterator[str]:
    """The moved records that come before another, and it before them, directly or by way of others."""
    last = newest(world)
    for at in sorted(_instants(world, moved)):
        links = _links(world, _at(last, at))
        yield from (name for name, after in links.items() if name in moved and leads_to(after, name, links))


def _drawn(base: Log, world: Log, moved: AbstractSet[str]) -> Mapping[str, str]:
    """The records that stand elsewhere, each with the moved one that draws it along, which may be itself."""
    found = {name: name for name in moved}
    for log in (base, world):
        for at in _instants(log, moved):
            links = _links(log, _at(log.events, at))
            for name in links:
                drawing = next((one for one in moved if leads_to(links[name], one, links)), None)
                if drawing is not None:
                    found.setdefault(name, drawing)
    return found


def _instants(log: Log, names: Iterable[str]) -> set[datetime]:
    """When some records are, in any version."""
    return {log.by_id[block].at for name in names for block in _blocks(log, name) if block in log.by_id}


def _blocks(log: Log, name: str) -> Sequence[str]:
    return (name, *log.events.corrections.get(name, ()))


def _at(events: Sequence[Event], at: datetime) -> Sequence[Event]:
    return events[bisect_left(events, at, key=TIME) : bisect_right(events, at, key=TIME)]


def _links(log: Log, events: Iterable[Event]) -> Mapping[str, str]:
    """By the names of records, which one each is said to come before."""
    return {log.record_of(event.id): log.record_of(event.before) for event in events if event.before}


def _has_reasons(base: Log, names: AbstractSet[str], changed: Mapping[str, Event]) -> bool:
    """Whether one of some records rests on anything, or anything rests on it, in any version."""
    blocks = {block for name in names for block in _blocks(base, name)}
    causes = {cause for event in changed.values() for clause in event.because for cause in clause}
    versions = (changed.get(block) or base.by_id[block] for block in blocks)
    return bool(blocks & causes) or not blocks.isdisjoint(base.events.citing) or any(one.because for one in versions)


def _ranked(
    base: Log, world: Log, names: AbstractSet[str], changed: Mapping[str, Event]
) -> tuple[Callable[[str], int], Sequence[Event]]:
    """The place of an event in time, by id, -1 of one that there is not; and in order those that may rest on some.

    Where there are no corrections, what does not rest on them is not looked at, however many events there are.
    """
    if world.record_names:
        every = newest(world)
        ranks = {event.id: number for number, event in enumerate(every)}
        return lambda name: ranks.get(name, -1), every

    def rank(name: str) -> int:
        event = world.by_id.get(name)
        if event is None:
            return -1
        place = bisect_left(world.events, event.at, key=TIME)
        while world.events[place] is not event:
            place += 1
        return place

    concerned = {*names, *changed}.union(*(base.events.citing.get(name, ()) for name in names))
    return rank, [world.events[place] for place in sorted(map(rank, concerned)) if place >= 0]
