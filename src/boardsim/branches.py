"""Branches: the history of a world that is another's but for a few events, at the cost of what differs.

A branch is folded by the kernel as every history is.  This says only which events need to be: those from a change on
until the states are the base's again, and those of which a reason is lost, or no longer lost, that was not, or was.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from heapq import heappop, heappush, merge

from attrs import frozen

from boardsim.events import TIME, Event
from boardsim.history import History, Ruling, Variant
from boardsim.kernel import Fold, first_lost, replay
from boardsim.log import Log, arranged
from boardsim.overlay import (
    Alignment,
    Indexes,
    Lazy,
    Rulings,
    Segment,
    Timelines,
    without_effect,
)
from boardsim.records import Retracted, any_retracts, retracted, standing
from boardsim.splices import LONG, Splice, Spliced
from boardsim.state import OrgState, is_same
from boardsim.tails import Lost, Tail, Tails
from boardsim.traits import retracts


def branch(base: History, since: datetime, world: Variant) -> History:
    """The same as `replay(world, known=base.known)`, by way of a history that shares everything before an instant, and
    much after it; of one as it was known then, all is replayed.

    Where a scenario made the world of the base's own log, only what differs is ruled on; see `Converging`.

    Args:
        base: the replay of a world in which all events before `since` are the same.
        since: the instant of the first event that differs.
    """
    if base.known is not None:
        return replay(world, known=base.known)
    touched = _touched(base, world) if len(base.events) > SHORT else None
    if touched is not None:
        splices = splices_of(base, world.log, touched)
        if not _moves_targets(base, splices):
            return Converging(base, world, splices).history()
    events: Sequence[Event] = world.log.events
    start = base.before(since)
    is_whole = len(base.events) == len(base.log.events) and world.horizon is None
    if not is_whole or any_retracts(events[start:]):
        return replay(world)  # a retraction or a correction reaches back to before `since`
    fold = Fold(world, base, start)
    fold.run(events[start:])
    return fold.history(None, events)


def _touched(base: History, world: Variant) -> frozenset[str] | None:
    """The ids of the events in which a world differs from the base's; None where it is not by a few of them.

    A retraction reaches back, and other rules or roles at the start are in every state.
    """
    log, was = world.log, base.world
    if world.horizon is not None or was.horizon is not None:
        return None
    if log.orgs is not base.log.orgs or log.roles is not base.log.roles:
        return None
    touched = log.events.changed_since(base.log.events)
    if touched is None or log.record_names is not base.log.record_names:
        return None
    events = [base.log.by_id.get(name) for name in touched | (world.dropped ^ was.dropped)]
    events += [log.by_id[name] for name in touched]
    if any(retracts(event) for event in events if event is not None):
        return None
    return touched if links_of(base).are_in_order else None


def _moves_targets(base: History, splices: Sequence[Splice[Event]]) -> bool:
    """Whether what a withdrawal is about comes or goes, or is of another organization, and the withdrawal with it."""
    if not splices:
        return False
    was = {event.id: event.org for splice in splices for event in base.events[splice.start : splice.stop]}
    now = {event.id: event.org for splice in splices for event in splice.events}
    return any(name in base.targeting and was.get(name) != now.get(name) for name in {**was, **now})


END = sys.maxsize
"""After every event."""

SHORT = 24
"""In a log of no more events than this, to go on to its end costs less than to see where that is not needed."""

FIRST_ROW = 4
"""So many events are ruled on before states are compared for the first time: most changes are over soon, or never."""

FEW_LEFT = 150
"""If no more are left than this, all are ruled on: to compare two states costs as much as some events do."""


class Converging:
    """A branch under way that rules on an event only where its ruling, or the state after it, may not be the base's.

    From a change on, events are ruled on, in rows, until all states are the base's again.  After that only those are of
    which a reason is lost, or no longer lost, that was not, or was, in the base.  Events that have nothing to do with
    what is changed are never looked at (see `Links`).  After the last change, the rest is taken over from any other
    branch of the base that has come to the same there (see `Tails`).

    All events are called by their indexes in the base, but for those that a splice puts in the place of others.
    """

    def __init__(self, base: History, world: Variant, splices: Sequence[Splice[Event]]) -> None:
        self.base, self.world = base, world
        self.alignment = Alignment(splices)
        is_whole = base.events is base.log.events
        self.events = world.log.events if is_whole else _with(base.events, splices)
        self.fold = fold = Fold(world)
        fold.base, fold.is_part = base, True
        fold.lost = self._lost_in_base()
        if fold.by_id is None:
            fold.by_id = ViewById(base, self.alignment)
        self.splices = [*reversed(splices)]
        self.first = self._first()
        self.waiting = sorted(self.first)
        self.links = links_of(base)
        self.linked = self._linked()
        self.own: dict[int, Ruling] = {}
        self.segments: dict[str, list[Segment]] = {}
        self.opened: dict[str, int] = {}
        self.counted: dict[str, int] = {}
        self.told: set[str] = set()
        self.row = FIRST_ROW
        self.last = max([*(index + 1 for index in self.first), *(splice.stop for splice in splices)], default=0)

    def _lost_in_base(self) -> dict[str, Ruling]:
        """What cannot be a reason in the base, without those events that are no longer where it has them."""
        lost: dict[str, Ruling] | None = self.base.worked_out.get("lost")
        if lost is None:
            base = self.base
            lost = base.worked_out["lost"] = {base.events[i].id: base.rulings[i] for i in base.without_effect}
        lost = {**lost}
        for splice in self.alignment.splices if lost else ():
            for event in self.base.events[splice.start : splice.stop]:
                lost.pop(event.id, None)
        return lost

    def _first(self) -> set[int]:
        """The events on which must be ruled anew from the first: all but those of the splices."""
        base, was = self.base, self.base.world
        names = (self.world.dropped ^ was.dropped) | (self.world.kept ^ was.kept)
        mine, theirs = self.world.ballots, was.ballots
        if mine is not theirs:
            names |= {vote for vote in {*mine, *theirs} if mine.get(vote) != theirs.get(vote)}
        indexes = {base.index_of[name] for name in names if name in base.index_of}
        return {index for index in indexes if self.alignment.own_index(index) is not None}

    def _linked(self) -> Sequence[int]:
        """The events that have to do with what is changed, in order."""
        base, links = self.base, self.links
        groups = {links.groups[index] for index in self.first}
        for splice in self.splices:
            groups.update(links.groups[splice.start : splice.stop])
            for event in splice.events:
                groups.update(links.groups[index] for index in base.concerning(base.org_of(event) or "")[:1])
        if len(groups) == 1:
            return links.members[groups.pop()]
        return [*merge(*(links.members[group] for group in groups))]

    def history(self) -> History:
        """The history of the branch, whatever of it has to be ruled on."""
        self._go_on(self.last)
        if self.waiting or self.fold.states:
            self._finish()
        return self._made()

    def _finish(self) -> None:
        """Rule on what comes after the last of the changes, or take it over from a world that has come to the same."""
        shift = len(self.events) - len(self.base.events)
        states, lost, tails = {**self.fold.states}, self._lost_otherwise(), tails_of(self.base)
        for org in states:
            self._end(org, self.last + shift)
        tail = tails.find(self.last, lost, states)
        if tail is None:
            tail = self._tail(states, shift)
            tails.keep(self.last, lost, tail)
        tail = tail.moved(shift)
        self.own.update(tail.rulings)
        for org, segments in tail.segments.items():
            self.segments.setdefault(org, []).extend(segments)

    def _go_on(self, end: int) -> None:
        """Rule on what may be otherwise, up to an event of the base."""
        place = bisect_left(self.linked, self.last)
        while True:
            if not self.fold.states:
                place = bisect_left(self.linked, self.waiting[0] if self.waiting else END)
                self.row = FIRST_ROW
            index = self.linked[place] if place < len(self.linked) else END
            if self.splices and self.splices[-1].start <= index:
                splice = self.splices.pop()
                self._replace(splice)
                place = bisect_left(self.linked, splice.stop)
            elif index >= end:
                break
            elif not self.fold.states:
                self._rule_alone(heappop(self.waiting))
                place += 1
            else:
                place = self._rule_row(place, end)
                self.row = 4 * self.row + 4

    def _lost_otherwise(self) -> Lost:
        """What became of the reasons on which something was told to be ruled on anew."""
        lost = self.fold.lost
        return frozenset([(name, name in lost, lost[name].outcome if name in lost else None) for name in self.told])

    def _tail(self, states: Mapping[str, OrgState], shift: int) -> Tail:
        """What becomes of the world after the last of its changes, by indexes in the base."""
        before = self.own, self.segments
        self.own, self.segments = {}, {}
        for org, state in states.items():
            self._begin(org, state, self.last + shift)
        self._go_on(END)
        for org in [*self.fold.states]:
            self._end(org, len(self.events))
        tail = Tail(states, self.own, self.segments).moved(-shift)
        self.own, self.segments = before
        return tail

    def _rule_alone(self, index: int) -> None:
        """Rule on an event that is otherwise, or of which a reason may be, where the state before it is the base's."""
        base = self.base
        while self.waiting and self.waiting[0] == index:
            heappop(self.waiting)
        is_lost = first_lost(base.events[index].because, self.fold.lost) is not None
        if is_lost or base.rulings[index].kind == "orphaned" or index in self.first:
            self._rule([index])

    def _rule_row(self, place: int, end: int) -> int:
        """Rule on the next events, and see which states are the base's again; the place of the next ones."""
        stop = len(self.linked) if len(self.linked) - place <= FEW_LEFT else place + self.row
        if self.splices:
            stop = min(stop, bisect_left(self.linked, self.splices[-1].start))
        if end != END:
            stop = min(stop, bisect_left(self.linked, end))
        indexes = self.linked[place:stop]
        is_rest = stop >= len(self.linked) and not self.splices
        self._rule(indexes, is_rest=is_rest)
        while self.waiting and self.waiting[0] <= indexes[-1]:
            heappop(self.waiting)
        if not is_rest:
            self._close(indexes[-1] + 1, self._own(indexes[-1]) + 1)
        return stop

    def _rule(self, indexes: Sequence[int], *, is_rest: bool = False) -> None:
        """Rule on events in a row, between which there is no splice; of the rest nobody asks what follows from it."""
        base, fold, end = self.base, self.fold, indexes[-1] + 1
        shift = self._own(indexes[0]) - indexes[0]
        self._forget_lost(indexes)
        fold.start = indexes[0]
        fold.rulings = rulings = list[Ruling]()
        fold.run([base.events[index] for index in indexes])
        past = base.rulings
        others = [pair for pair in zip(indexes, rulings, strict=True) if pair[1] is not past[pair[0]]]
        self.own.update([(index + shift, ruling) for index, ruling in others] if shift else others)
        for index, ruling in others if not is_rest else ():
            before = past[index]
            is_lost, was_lost = not ruling.is_valid_cause, not before.is_valid_cause
            if is_lost != was_lost or (is_lost and before.outcome != ruling.outcome):
                self._wait_for_citing(base.events[index].id, end)
        orgs = {self.links.orgs[index] for index, _ in others}
        self._note_states(orgs, indexes[0], end, [index + shift for index in indexes] if shift else indexes)

    def _forget_lost(self, indexes: Sequence[int]) -> None:
        """Of events that are ruled on anew nobody knows yet that they cannot be a reason."""
        base, lost, without = self.base, self.fold.lost, self.base.without_effect
        if lost:
            for index in without[bisect_left(without, indexes[0]) : bisect_right(without, indexes[-1])]:
                place = bisect_left(indexes, index)
                if indexes[place] == index:
                    lost.pop(base.events[index].id, None)

    def _wait_for_citing(self, event: str, end: int) -> None:
        """Tell what has this event for a reason that it is to be ruled on anew, from a place on."""
        for index in self.base.citing.get(event, ()):
            if index >= end:
                heappush(self.waiting, index)
                self.told.add(event)

    def _replace(self, splice: Splice[Event]) -> None:
        """Rule on the events of a splice, in the place of those of the base."""
        base, fold = self.base, self.fold
        while self.waiting and self.waiting[0] < splice.stop:
            heappop(self.waiting)  # it is not where the base has it
        gone, here = range(splice.start, splice.stop), {event.id for event in splice.events}
        for index in gone:
            if not base.rulings[index].is_valid_cause and base.events[index].id not in here:
                self._wait_for_citing(base.events[index].id, splice.stop)
        fold.start = splice.start
        fold.rulings = rulings = list[Ruling]()
        everywhere, fold.lost = fold.lost, self._lost_before(splice)
        fold.run(splice.events)
        fold.lost = everywhere | {name: fold.lost[name] for name in here if name in fold.lost}
        for event, ruling in zip(splice.events, rulings, strict=True):
            before = base.index_of.get(event.id)
            if not ruling.is_valid_cause or (before is not None and not base.rulings[before].is_valid_cause):
                self._wait_for_citing(event.id, splice.stop)
        self.own.update(enumerate(rulings, splice.place))
        orgs = {*(self.links.orgs[index] for index in gone), *fold.states}
        self._note_states(orgs, splice.start, splice.stop, range(splice.place, splice.end), splice.place)
        self._close(splice.stop, splice.end)

    def _lost_before(self, splice: Splice[Event]) -> dict[str, Ruling]:
        """What cannot be a reason of the events of a splice: not what the base has only after them."""
        lost, index_of = self.fold.lost, self.base.index_of
        causes = {cause for event in splice.events for clause in event.because for cause in clause if cause in lost}
        places = {cause: index for cause in causes if (index := index_of.get(cause, -1)) >= splice.start}
        late = {cause for cause, index in places.items() if self.alignment.own_index(index) is not None}
        return {name: ruling for name, ruling in lost.items() if name not in late} if late else {**lost}

    def _note_states(
        self, others: AbstractSet[str | None], start: int, stop: int, where: Sequence[int], own: int | None = None
    ) -> None:
        """Keep what changed the organizations whose state may be another after some events.

        Args:
            others: those of which a ruling is another.
            start: the index of the first of the events in the base; `stop` after the last.
            where: their indexes in the branch; of no events, `own` is where they would be.
        """
        fold = self.fold
        for org in others - fold.states.keys() - {None}:
            if self._changed_in_base(str(org), start, stop):
                fold.open(str(org))  # nothing of it took effect here, and something has in the base
        for org in [*fold.states]:
            changes = fold.indexes[org]
            if org not in self.opened:
                is_new = org not in self.base.timelines
                if org not in others or not (is_new or changes or self._changed_in_base(org, start, stop)):
                    del fold.states[org], fold.indexes[org], fold.kept[org]
                    continue
                self.opened[org], self.counted[org] = where[0] if own is None else own, 0
            known = self.counted[org]
            if len(changes) > known:
                changes[known:] = [where[number] for number in changes[known:]]
                self.counted[org] = len(changes)

    def _changed_in_base(self, org: str, start: int, stop: int) -> bool:
        """Whether one of these events of the base changed an organization."""
        past = self.base.timelines.get(org)
        changes = past.indexes if past is not None else ()
        return bisect_left(changes, start) < bisect_left(changes, stop)

    def _close(self, index: int, position: int) -> None:
        """Let go those organizations whose state before an event of the base is the base's again."""
        for org in [*self.fold.states]:
            if is_same(self.fold.states[org], self.base.state_again(org, index)):
                self._end(org, position)

    def _begin(self, org: str, state: OrgState, position: int) -> None:
        fold = self.fold
        fold.states[org], fold.indexes[org], fold.kept[org] = state, [], [state]
        self.opened[org], self.counted[org] = position, 0

    def _end(self, org: str, position: int) -> None:
        fold = self.fold
        del fold.states[org], self.counted[org]
        segment = Segment(self.opened.pop(org), position, fold.indexes.pop(org), fold.kept.pop(org))
        self.segments.setdefault(org, []).append(segment)

    def _own(self, index: int) -> int:
        """The index in the branch of an event that is not in a splice."""
        own = self.alignment.own_index(index)
        assert own is not None
        return own

    def _made(self) -> History:
        base, alignment, own, size = self.base, self.alignment, self.own, len(self.events)
        made = History(
            log=self.world.log,
            world=self.world,
            known=None,
            events=self.events,
            rulings=Rulings(base.rulings, size, alignment, own),
            timelines=Timelines(base, self.events, alignment, self.segments),
            without_effect=Lazy(lambda: without_effect(base, alignment, own)),
            indexes_by=Indexes(base, size, alignment),
        )
        if not alignment.splices:
            made.worked_out["links"] = self.links
        return made


@frozen
class Links:
    """What in a history has to do with what.

    Organizations, and words of nobody's, are of one group where an event of one is a reason of an event of the other.
    Nothing that happens in one group is anything to another.

    Attributes:
        orgs: the organization of each event.
        groups: the group of each event; `members` are the events of each group, as indexes, in order.
        are_in_order: whether every reason lies before what rests on it.
    """

    orgs: Sequence[str | None]
    groups: Sequence[str | int]
    members: Mapping[str | int, Sequence[int]]
    are_in_order: bool


def links_of(base: History) -> Links:
    """What has to do with what; worked out once for all branches of a history."""
    found: Links | None = base.worked_out.get("links")
    if found is None:
        found = base.worked_out["links"] = _links(base)
    return found


def _links(base: History) -> Links:
    orgs = [event.org or base.org_of(event) for event in base.events]
    names: list[str | int] = [index if org is None else org for index, org in enumerate(orgs)]
    leaders: dict[str | int, str | int] = {}

    def leader(name: str | int) -> str | int:
        while name in leaders:
            name = leaders[name]
        return name

    are_in_order = True
    for cause, indexes in base.citing.items():
        first = base.index_of.get(cause)
        for index in indexes if first is not None else ():
            are_in_order = are_in_order and first is not None and first < index
            one, other = leader(names[first or 0]), leader(names[index])
            if one != other:
                leaders[one] = other
    groups = [leader(name) for name in names]
    members: dict[str | int, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    return Links(orgs, groups, members, are_in_order)


def tails_of(base: History) -> Tails:
    """What other branches of a history have come to."""
    found: Tails | None = base.worked_out.get("tails")
    if found is None:
        found = base.worked_out["tails"] = Tails()
    return found


class ViewById(Mapping[str, Event]):
    """The events of a branch by id, where the names of records are not those of blocks."""

    def __init__(self, base: History, alignment: Alignment) -> None:
        self.base, self.alignment = base, alignment
        self.own = {event.id: event for splice in alignment.splices for event in splice.events}

    def __getitem__(self, event: str) -> Event:
        if event in self.own:
            return self.own[event]
        index = self.base.index_of[event]
        if self.alignment.own_index(index) is None:
            raise KeyError(event)
        return self.base.events[index]

    def __iter__(self) -> Iterator[str]:
        return iter({**self.own, **{event: 0 for event in self.base.index_of if event in self}})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def splices_of(base: History, log: Log, touched: frozenset[str]) -> Sequence[Splice[Event]]:
    """Where the events of a world are others than the base's, instant by instant."""
    if not touched:
        return ()
    was: Sequence[Event] = base.events
    if was is base.log.events:
        both = (event for name in touched for event in (log.by_id[name], base.log.by_id.get(name)))
        instants = {event.at for event in both if event is not None}
        groups: Mapping[datetime, Sequence[Event] | None] = dict.fromkeys(instants)
    else:
        told: Retracted | None = base.worked_out.get("retracted")
        if told is None:
            told = base.worked_out["retracted"] = retracted(base.log, base.world.dropped)
        groups = _standing_at(base, log, {log.record_of(name) for name in touched}, told)
    found, shift = list[Splice[Event]](), 0
    for at, stand in sorted(groups.items()):
        start, stop = bisect_left(base.instants, at), bisect_right(base.instants, at)
        theirs = was[start:stop]
        own = _from(log.events, start + shift, at) if stand is None else stand
        head = _alike(theirs, own)
        tail = _alike(theirs[: head - 1 if head else None : -1], own[: head - 1 if head else None : -1])
        splice = Splice(start + head, stop - tail, own[head : len(own) - tail], start + head + shift)
        if splice.start < splice.stop or splice.events:
            found.append(splice)
        shift += len(own) - len(theirs)
    return found


def _with(events: Sequence[Event], splices: Sequence[Splice[Event]]) -> Sequence[Event]:
    """The events of a base with those of the splices in their places."""
    found = Spliced(events, splices)
    return found if splices and len(events) >= LONG else [*found] if splices else events


def _alike(one: Sequence[Event], other: Sequence[Event]) -> int:
    """How many events at the beginning of both are the very same."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a is not b), min(len(one), len(other)))


def _from(events: Sequence[Event], first: int, at: datetime) -> Sequence[Event]:
    """The events of an instant, of which it is known where they begin."""
    stop = first
    while stop < len(events) and events[stop].at == at:
        stop += 1
    return events[first:stop]


def _at(events: Sequence[Event], at: datetime) -> Sequence[Event]:
    return events[bisect_left(events, at, key=TIME) : bisect_right(events, at, key=TIME)]


def _standing_at(
    base: History, log: Log, names: AbstractSet[str], told: Retracted
) -> Mapping[datetime, Sequence[Event]]:
    """What stands in a world at each instant at which some of its records did, or do now."""
    now = standing(log, names, told)
    past = (base.events[base.index_of[name]] for name in names if name in base.index_of)
    groups: dict[datetime, Sequence[Event]] = {}
    for at in {event.at for event in (*past, *now.values())}:
        if not log.record_names and not log.events.places:
            groups[at] = [event for event in _at(log.events, at) if event.id not in told.wrong]
            continue
        others = (event for event in _at(base.events, at) if event.id not in names)
        stand = [*others, *(event for event in now.values() if event.at == at)]
        order = {event.id: number for number, event in enumerate(_at(log.events, at))}  # of those without a place
        stand.sort(key=lambda event: order.get(event.block or event.id, -1))
        groups[at] = arranged(stand, log.events.places)
    return groups
