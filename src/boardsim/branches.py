"""Branches: the history of a world that is another's but for a few events, at the cost of what differs.

A branch is folded by the kernel as every history is.  This says only which events need to be: those from a change on
until the states are the base's again, and those of which a reason is lost, or no longer lost, that was not, or was.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from heapq import heappop, heappush
from itertools import islice

from boardsim.events import TIME, Event, target_of
from boardsim.history import History, Ruling, Variant
from boardsim.kernel import Fold, replay
from boardsim.log import Log, arranged
from boardsim.overlay import (
    Alignment,
    Indexes,
    Lazy,
    Rulings,
    Segment,
    Splice,
    Timelines,
    spliced,
    without_effect,
)
from boardsim.records import Retracted, any_retracts, retracted, standing
from boardsim.reducers import STEPS, same
from boardsim.state import is_same
from boardsim.traits import retracts


def branch(base: History, since: datetime, world: Variant) -> History:
    """The same as `replay(world)`, by way of a history that shares everything before an instant, and much after it.

    Where a scenario made the world of the base's own log, only what differs is ruled on; see `Converging`.

    Args:
        base: the replay of a world, as known by now, in which all events before `since` are the same.
        since: the instant of the first event that differs.
    """
    touched = _touched(base, world) if len(base.events) > SHORT else None
    if touched is not None:
        return Converging(base, world, touched).history()
    events: Sequence[Event] = world.log.events
    start = base.before(since)
    is_whole = len(base.events) == len(base.log.events) and world.horizon is None
    if not is_whole or any_retracts(events[start:]):
        return replay(world)  # a retraction or a correction reaches back to before `since`
    fold = Fold(world, base, start)
    fold.run(events[start:])
    return fold.history(None, events)


def trial(base: History, start: int, events: Sequence[Event]) -> list[Ruling]:
    """What would become of some events, had they come after the first `start` of a history.

    It costs what these events cost, however long the history is.
    """
    fold = Fold(base.world)
    fold.base, fold.start, fold.is_part = base, start, True
    reasons = {cause for event in events for clause in event.because for cause in clause}
    before = {cause: base.index(cause) for cause in reasons if cause in base}
    rulings = {cause: base.rulings[index] for cause, index in before.items() if index < start}
    fold.lost = {cause: ruling for cause, ruling in rulings.items() if not ruling.is_valid_cause}
    targets = {target for event in events if (target := target_of(event)) is not None and target in base}
    fold.run(events, [*(base.events[base.index(target)] for target in targets), *events])
    return fold.rulings


def _touched(base: History, world: Variant) -> frozenset[str] | None:
    """The ids of the events in which a world differs from the base's; None where it is not by a few of them.

    A retraction reaches back, and other rules or roles at the start are in every state.
    """
    log, was = world.log, base.world
    if base.known is not None or world.horizon is not None or was.horizon is not None:
        return None
    if log.orgs is not base.log.orgs or log.roles is not base.log.roles:
        return None
    touched = log.events.changed_since(base.log.events)
    if touched is None or log.record_names is not base.log.record_names:
        return None
    others = touched | (world.dropped ^ was.dropped)
    if any(retracts(event) for name in others for event in (log.by_id.get(name), base.log.by_id.get(name)) if event):
        return None
    return touched


class Losses(dict[str, Ruling]):
    """What cannot be a reason at an event of a branch: what was ruled so in it, and what the base has before it.

    Attributes:
        start: the index of the first event that is being ruled on.
        valid: what was ruled on in the branch and can be a reason.
        gone: what is no more where the base has it.
    """

    def __init__(self, base: History, alignment: Alignment) -> None:
        super().__init__()
        self.base, self.alignment, self.start, self.valid = base, alignment, 0, set[str]()
        ranges = ((splice.start, splice.stop) for splice in alignment.splices)
        self.gone = {event.id for start, stop in ranges for event in base.events[start:stop]}

    def __bool__(self) -> bool:
        return True

    def __contains__(self, event: object) -> bool:
        if super().__contains__(event):
            return True
        if event in self.valid or event in self.gone:
            return False
        index = self.base.index_of.get(str(event))
        if index is None or self.base.rulings[index].is_valid_cause:
            return False
        own = self.alignment.own_index(index)
        return own is not None and own < self.start

    def before(self, start: int) -> dict[str, Ruling]:
        """All that cannot be a reason at an event from there on."""
        self.start, base = start, self.base
        names = {base.events[index].id: index for index in base.without_effect}
        return {**{name: base.rulings[index] for name, index in names.items() if name in self}, **self}

    def __missing__(self, event: str) -> Ruling:
        return self.base.rulings[self.base.index_of[event]]


SHORT = 400
"""In a log of no more events than this, to go on to its end costs less than to see where that is not needed."""

FEW_LEFT = 60
"""So many events are ruled on in a row: what follows from a change in a short log mostly goes on to its end."""

MANY_ORGS = 8
"""Of more organizations than this, only the events are ruled on of those whose state differs."""


class Converging:
    """A branch under way that rules on an event only where its ruling, or the state after it, may not be the base's.

    From a change on it goes event by event until the states of all organizations are the base's again.  From there on
    the base's rulings hold, up to the next change, or the next event of which a reason is lost, or no longer lost, that
    was not, or was, in the base.
    """

    def __init__(self, base: History, world: Variant, touched: frozenset[str]) -> None:
        self.base, self.world = base, world
        self.alignment = Alignment(splices_of(base, world.log, touched))
        is_whole = base.events is base.log.events
        self.events = world.log.events if is_whole else spliced(base.events, self.alignment.splices)
        self.losses = Losses(base, self.alignment)
        self.fold = fold = Fold(world)
        fold.base, fold.is_part, fold.lost = base, True, self.losses
        if fold.by_id is None:
            fold.by_id = ViewById(base, self.alignment)
        self.splices = [*reversed(self.alignment.splices)]
        self.waiting = sorted(self._first(touched))
        self.runs: list[tuple[int, list[Ruling]]] = []
        self.segments: dict[str, list[Segment]] = {}
        self.opened: dict[str, int] = {}
        self.counted: dict[str, int] = {}
        self.is_wide = len(base.orgs_by_event) > MANY_ORGS

    def _first(self, touched: frozenset[str]) -> Iterator[int]:
        """The events on which must be ruled anew from the first: all but those of the splices."""
        base, was = self.base, self.base.world
        names = (self.world.dropped ^ was.dropped) | (self.world.kept ^ was.kept)
        mine, theirs = self.world.ballots, was.ballots
        if mine is not theirs:
            names |= {vote for vote in {*mine, *theirs} if mine.get(vote) != theirs.get(vote)}
        indexes = {base.index_of[name] for name in names if name in base.index_of}
        for name in touched:
            indexes.update(base.targeting.get(name, ()))
        yield from (own for index in indexes if (own := self.alignment.own_index(index)) is not None)

    def history(self) -> History:
        """The history of the branch, whatever of it has to be ruled on."""
        size, position, step = len(self.events), 0, 1
        while True:
            following = self._following(position, size)
            if following is None:
                break
            if not self.fold.states:
                step = 1
            splice = self.splices[-1] if self.splices else None
            if splice is not None and splice.place == following:
                position = self._replace(self.splices.pop())
                continue
            end = min(following + step, size, size if splice is None else splice.place)
            self.fold.start = self.alignment.base_position(following)
            if end == size and splice is None and self.fold.states and not self.is_wide:
                self._rule_rest(following)
                break
            base_end = self.fold.start + end - following
            position = self._rule(following, end, self.base.rulings[self.fold.start : base_end])
            self._close(position, base_end)
            step = 1 if self.is_wide else self._longer(step, size - position)
        for org in [*self.fold.states]:
            self._end(org, size)
        return self._made(size)

    def _longer(self, step: int, left: int) -> int:
        """How far to go on before the states are compared again: to compare them costs as much as some events do."""
        return left if step > 1 and left <= FEW_LEFT else 4 * step + 4

    def _following(self, position: int, size: int) -> int | None:
        """The next event to rule on, from a position on; None where the rest is the base's."""
        while self.waiting and self.waiting[0] < position:
            heappop(self.waiting)
        found = [self.waiting[0]] if self.waiting else []
        found += [self.splices[-1].place] if self.splices else []
        if self.fold.states and not self.is_wide:
            found.append(position)
        for org in self.fold.states if self.is_wide else ():
            own, first = self.base.concerning(org), self.alignment.base_position(position)
            later = (self.alignment.own_index(index) for index in own[bisect_left(own, first) :])
            found += [*islice((index for index in later if index is not None and index >= position), 1)]
        following = min(found, default=size)
        return following if following < size or (self.splices and self.splices[-1].place == size) else None

    def _replace(self, splice: Splice) -> int:
        """Rule on the events of a splice, in the place of those of the base."""
        base, place = self.base, splice.place
        self.fold.start = splice.start
        gone = base.events[splice.start : splice.stop]
        for org in {org for event in gone if (org := base.org_of(event)) is not None}:
            if org not in self.fold.states:
                self.fold.open(org)
        here = {event.id for event in splice.events}
        for event, ruling in zip(gone, base.rulings[splice.start : splice.stop], strict=True):
            if not ruling.is_valid_cause and event.id not in here:
                self._wait_for_citing(event.id, splice.end)
        before = [
            base.rulings[index] if (index := base.index_of.get(e.id)) is not None else None for e in splice.events
        ]
        position = self._rule(place, splice.end, before, is_moved=True)
        self._close(position, splice.stop)
        return position

    def _rule(self, start: int, end: int, before: Sequence[Ruling | None], *, is_moved: bool = False) -> int:
        """Rule on the events of a range, of which the base had these rulings, if any."""
        fold, losses, events = self.fold, self.losses, self.events[start:end]
        fold.rulings = rulings = list[Ruling]()
        losses.start = start
        fold.run(events)
        for event, ruling, past in zip(events, rulings, before, strict=True):
            if ruling is past and not is_moved:
                continue
            org = event.org or self.base.org_of(event)
            if org is not None and org not in fold.states and STEPS[type(event)][1] is not same:
                fold.open(org)  # nothing of it took effect here, and something may have in the base
            is_lost, was_lost = not ruling.is_valid_cause, past is not None and not past.is_valid_cause
            if not is_lost:
                losses.valid.add(event.id)
            has_other_tally = past is not None and (past.tally is None) != (ruling.tally is None)
            if is_lost != was_lost or (is_lost and (is_moved or has_other_tally)):
                self._wait_for_citing(event.id, end)
        self._ruled(start, rulings, is_moved=is_moved)
        return end

    def _rule_rest(self, start: int) -> None:
        """Rule on all events from a place on, of which nobody need remember what else depends on them."""
        fold, base, events = self.fold, self.base, self.events[start:]
        fold.rulings = rulings = list[Ruling]()
        fold.lost = self.losses.before(start)
        fold.run(events)
        pairs = zip(events, rulings, base.rulings[fold.start :], strict=True)
        for org in {event.org or base.org_of(event) for event, ruling, past in pairs if ruling is not past}:
            if org is not None and org not in fold.states:
                fold.open(org)
        self._ruled(start, rulings)

    def _ruled(self, start: int, rulings: list[Ruling], *, is_moved: bool = False) -> None:
        """Keep what was ruled on the events from a place on, and which of them changed an organization."""
        fold = self.fold
        if self.runs and self.runs[-1][0] + len(self.runs[-1][1]) == start and not is_moved:
            self.runs[-1][1].extend(rulings)
        else:
            self.runs.append((start, rulings))
        for org in fold.states:
            indexes, known = fold.indexes[org], self.counted.get(org, 0)
            self.opened.setdefault(org, start)
            if len(indexes) > known:
                indexes[known:] = [start + index for index in indexes[known:]]
                self.counted[org] = len(indexes)

    def _wait_for_citing(self, event: str, end: int) -> None:
        """Rule anew on what has this event for a reason, from a place on."""
        for index in self.base.citing.get(event, ()) if end < len(self.events) else ():
            own = self.alignment.own_index(index)
            if own is not None and own >= end:
                heappush(self.waiting, own)

    def _close(self, position: int, base_position: int) -> None:
        """Let go those organizations whose state is the base's again."""
        for org in [*self.fold.states]:
            if is_same(self.fold.states[org], self.base.state(org, base_position)):
                self._end(org, position)

    def _end(self, org: str, position: int) -> None:
        fold = self.fold
        del fold.states[org]
        segment = Segment(self.opened.pop(org), position, fold.indexes.pop(org), fold.kept.pop(org))
        self.counted.pop(org, None)
        self.segments.setdefault(org, []).append(segment)

    def _made(self, size: int) -> History:
        base, alignment, runs = self.base, self.alignment, self.runs
        return History(
            log=self.world.log,
            world=self.world,
            known=None,
            events=self.events,
            rulings=Rulings(base.rulings, size, alignment, runs),
            timelines=Timelines(base, self.events, alignment, self.segments),
            without_effect=Lazy(lambda: without_effect(base, alignment, runs, size)),
            indexes_by=Indexes(base, size, alignment),
        )


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


def splices_of(base: History, log: Log, touched: frozenset[str]) -> Sequence[Splice]:
    """Where the events of a world are others than the base's, instant by instant."""
    if not touched:
        return ()
    was: Sequence[Event] = base.events
    if was is base.log.events:
        both = (event for name in touched for event in (log.by_id.get(name), base.log.by_id.get(name)))
        groups: Mapping[datetime, Sequence[Event]] = {
            event.at: _at(log.events, event.at) for event in both if event is not None
        }
    else:
        told: Retracted | None = base.worked_out.get("retracted")
        if told is None:
            told = base.worked_out["retracted"] = retracted(base.log, base.world.dropped)
        groups = _standing_at(base, log, {log.record_of(name) for name in touched}, told)
    found, shift = list[Splice](), 0
    for at, own in sorted(groups.items()):
        start, stop = base.before(at), base.position(at)
        theirs = was[start:stop]
        head = _alike(theirs, own)
        tail = _alike(theirs[: head - 1 if head else None : -1], own[: head - 1 if head else None : -1])
        splice = Splice(start + head, stop - tail, own[head : len(own) - tail], start + head + shift)
        if splice.start < splice.stop or splice.events:
            found.append(splice)
        shift += len(own) - len(theirs)
    return found


def _alike(one: Sequence[Event], other: Sequence[Event]) -> int:
    """How many events at the beginning of both are the very same."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a is not b), min(len(one), len(other)))


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
