"""A history laid over another: what it has of its own, and for all the rest where the other one has it.

A world that differs from the record in one event differs from it in a few rulings and states, in the midst of very many
that are the record's.  Here is what those few are kept in, so that nobody copies the many; whoever asks is answered as
by a history that was replayed from its first event.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

from attrs import frozen

from boardsim.events import Event
from boardsim.history import STRIDE, History, Ruling, States, Timeline
from boardsim.reducers import reduce
from boardsim.splices import Splice
from boardsim.state import OrgState

T = TypeVar("T")


@frozen(slots=False)
class Alignment:
    """Which event of a branch is which one of its base: all but those of the splices, which are in order."""

    splices: Sequence[Splice[Event]]

    @cached_property
    def _places(self) -> Sequence[int]:
        return [splice.place for splice in self.splices]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [splice.start for splice in self.splices]

    def base_position(self, position: int) -> int:
        """How many events of the base lie before as many of the branch; within a splice, those before it."""
        if not self.splices:
            return position
        number = bisect_right(self._places, position) - 1
        if number < 0:
            return position
        splice = self.splices[number]
        return splice.start if position < splice.end else position - splice.end + splice.stop

    def own_index(self, index: int) -> int | None:
        """The index in the branch of an event of the base; None where it is in a splice."""
        if not self.splices:
            return index
        number = bisect_right(self._starts, index) - 1
        if number < 0:
            return index
        splice = self.splices[number]
        return None if index < splice.stop else index - splice.stop + splice.end

    def own_indexes(self, indexes: Sequence[int], start: int, stop: int) -> Iterator[int]:
        """Of indexes in the base, in order, those from `start` to `stop` in the branch, as indexes there."""
        first, last = self.base_position(start), self.base_position(stop)
        for index in indexes[bisect_left(indexes, first) : bisect_left(indexes, last)]:
            own = self.own_index(index)
            if own is not None and start <= own < stop:
                yield own


class Lazy(Sequence[T]):
    """A sequence that is made when somebody asks for it."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Sequence[T]:
        return self._make()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: Any) -> Any:
        """One of them, or some."""
        return self._made[index]

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class Rulings(Sequence[Ruling]):
    """One ruling an event: those of a branch that are others, by index, and for all the rest those of the base."""

    def __init__(self, base: Sequence[Ruling], size: int, alignment: Alignment, own: Mapping[int, Ruling]) -> None:
        self.base, self.size, self.alignment, self.own = base, size, alignment, own

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Ruling: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ruling]: ...
    def __getitem__(self, index: Any) -> Any:
        """The ruling of that index, or those of a slice."""
        if isinstance(index, slice):
            start, stop, step = index.indices(self.size)
            return [*self._between(start, stop)] if step == 1 else [*self][index]
        if index < 0:
            index += self.size
        if not 0 <= index < self.size:
            raise IndexError(index)
        own = self.own.get(index)
        return self.base[self.alignment.base_position(index)] if own is None else own

    def __iter__(self) -> Iterator[Ruling]:
        return self._between(0, self.size)

    @cached_property
    def _breaks(self) -> Sequence[int]:
        """Where what comes next is not what comes next in the base."""
        return sorted({*self.own, *(splice.place for splice in self.alignment.splices)})

    def _between(self, start: int, stop: int) -> Iterator[Ruling]:
        """Those of some events in a row, without looking up each."""
        here, breaks = start, self._breaks
        for index in breaks[bisect_left(breaks, start) : bisect_left(breaks, stop)]:
            yield from self._of_base(here, index)
            here = index
            if index in self.own:
                yield self.own[index]
                here += 1
        yield from self._of_base(here, stop)

    def _of_base(self, start: int, stop: int) -> Iterator[Ruling]:
        if start < stop:
            first = self.alignment.base_position(start)
            yield from self.base[first : first + stop - start]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@frozen
class Segment:
    """The states of an organization for as long as they are others than in the base.

    Attributes:
        start: how many events had taken place when they began to be; `stop` when they were the base's again.
        indexes: the events between that changed it; `kept` as in a timeline.
    """

    start: int
    stop: int
    indexes: Sequence[int]
    kept: Sequence[OrgState]

    def moved(self, by: int) -> "Segment":
        """The same where every index is another by so many."""
        return Segment(self.start + by, self.stop + by, [index + by for index in self.indexes], self.kept)


@frozen(slots=False)
class Overlaid:
    """The states of one organization of a branch; the same questions as of a `Timeline`.

    Attributes:
        events: the events of the branch.
        base: the states in the base; None where it had none.
        segments: where they are others, in order.
    """

    events: Sequence[Event]
    base: States | None
    alignment: Alignment
    segments: Sequence[Segment]

    def at(self, position: int) -> OrgState:
        """The state after the first `position` events of the history."""
        number = bisect_right(self._starts, position) - 1
        segment = self.segments[number] if number >= 0 else None
        if segment is None or position > segment.stop:
            if self.base is None:  # before its first event, and then it is itself again
                return self.segments[0].kept[0]
            return self.base.at(self.alignment.base_position(position))
        changes = bisect_left(segment.indexes, position)
        nearest = changes // STRIDE
        state = segment.kept[nearest]
        for index in segment.indexes[nearest * STRIDE : changes]:
            state = reduce(state, self.events[index])
        return state

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [segment.start for segment in self.segments]

    @cached_property
    def indexes(self) -> list[int]:
        """The events that changed this organization, as indexes, ascending."""
        found, here = list[int](), 0
        for segment in (*self.segments, None):
            stop = segment.start if segment else len(self.events)
            if self.base is not None and here < stop:
                found += self.alignment.own_indexes(self.base.indexes, here, stop)
            if segment is not None:
                found += segment.indexes
                here = segment.stop
        return found

    @cached_property
    def kept(self) -> list[OrgState]:
        """The state before all of them, and after every `STRIDE` of them."""
        return [self.after(changes) for changes in range(0, len(self.indexes) + 1, STRIDE)]

    def after(self, changes: int) -> OrgState:
        """The state after that many changes."""
        return self.at(self.indexes[changes - 1] + 1 if changes else 0)

    def until(self, position: int) -> Timeline:
        """The same for the first `position` events only."""
        return Timeline(events=self.events, indexes=self.indexes, kept=self.kept).until(position)

    def walk(self) -> Iterator[tuple[int, OrgState, OrgState]]:
        """Every change in order: the index of its event, the state before, the state after."""
        before = self.at(0)
        for index in self.indexes:
            after = reduce(before, self.events[index])
            yield index, before, after
            before = after


class Timelines(Mapping[str, States]):
    """The states by organization, each laid over the base's when somebody asks for it."""

    def __init__(
        self, base: History, events: Sequence[Event], alignment: Alignment, own: Mapping[str, Sequence[Segment]]
    ) -> None:
        self.base, self.events, self.alignment, self.own = base, events, alignment, own
        self.made: dict[str, States] = {}

    def __getitem__(self, org: str) -> States:
        if (made := self.made.get(org)) is not None:
            return made
        past, segments = self.base.timelines.get(org), self.own.get(org, ())
        if past is None and not segments:
            raise KeyError(org)
        if past is not None and not segments and not self.alignment.splices:
            return past
        self.made[org] = laid = Overlaid(self.events, past, self.alignment, segments)
        return laid

    def __iter__(self) -> Iterator[str]:
        yield from self.base.timelines
        yield from (org for org in self.own if org not in self.base.timelines)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Indexes(Mapping[str, int]):
    """The events by id: those of the splices, and all others where the base has them."""

    def __init__(self, base: History, size: int, alignment: Alignment) -> None:
        self.base, self.size, self.alignment = base, size, alignment
        self.own = {event.id: splice.place + n for splice in alignment.splices for n, event in enumerate(splice.events)}

    def __getitem__(self, event: str) -> int:
        index = self.own.get(event)
        if index is None:
            index = self.alignment.own_index(self.base.index_of[event])
        if index is None:
            raise KeyError(event)
        return index

    def __iter__(self) -> Iterator[str]:
        yield from (event for event in self.base.index_of if event in self)
        yield from (event for event in self.own if event not in self.base.index_of)

    def __len__(self) -> int:
        return self.size


def without_effect(base: History, alignment: Alignment, own: Mapping[int, Ruling]) -> Sequence[int]:
    """The events of a branch that cannot be a reason, as indexes, in order; of the `own` rulings, by index, anew."""
    others = (alignment.own_index(index) for index in base.without_effect)
    still = (index for index in others if index is not None and index not in own)
    return sorted([*still, *(index for index, ruling in own.items() if not ruling.is_valid_cause)])
