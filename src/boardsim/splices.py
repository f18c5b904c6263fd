"""Splices: a long sequence in which a few things are in the place of others, and nobody copies the rest.

What a scenario changes of a log of very many events is a handful of them.  To copy the others takes longer than to rule
on what follows from the change.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar, overload

T = TypeVar("T")

LONG = 1_000
"""A sequence of fewer is copied: to look things up in a copy is faster."""

MANY = 50
"""With more splices than this, likewise."""


class Splice(NamedTuple, Generic[T]):
    """Things of a base in whose place there are others: those from `start` to `stop`, exclusive.

    Attributes:
        events: those that are there instead.
        place: the index of the first of them in what comes of it.
    """

    start: int
    stop: int
    events: Sequence[T]
    place: int

    @property
    def end(self) -> int:
        """The index of what comes first after them, in what comes of it."""
        return self.place + len(self.events)

    @property
    def growth(self) -> int:
        """How many more there are by it."""
        return len(self.events) - self.stop + self.start


class Spliced(Sequence[T]):
    """A base with splices, which are in order; equal to any sequence of the same."""

    def __init__(self, base: Sequence[T], splices: Sequence[Splice[T]]) -> None:
        self.base, self.splices = base, splices
        self._starts = [splice.place for splice in splices]
        self.size = len(base) + sum(splice.growth for splice in splices)

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: Any) -> Any:
        """The one of that index, or those of a slice."""
        if isinstance(index, slice):
            start, stop, step = index.indices(self.size)
            return tuple(self._between(start, stop)) if step == 1 else tuple(self)[index]
        if index < 0:
            index += self.size
        if not 0 <= index < self.size:
            raise IndexError(index)
        number = bisect_right(self._starts, index) - 1
        if number < 0:
            return self.base[index]
        splice = self.splices[number]
        return (
            splice.events[index - splice.place] if index < splice.end else self.base[index - splice.end + splice.stop]
        )

    def __iter__(self) -> Iterator[T]:
        rest, here = iter(self.base), 0
        for splice in self.splices:
            yield from islice(rest, splice.start - here)
            yield from splice.events
            here = splice.stop
            next(islice(rest, splice.stop - splice.start, splice.stop - splice.start), None)
        yield from rest

    def _between(self, start: int, stop: int) -> Iterator[T]:
        """Those of some indexes, without looking up each."""
        here = start
        for splice in (*self.splices, Splice(len(self.base), len(self.base), (), self.size)):
            if here < min(splice.place, stop):
                first = splice.start - splice.place + here
                yield from self.base[first : first + min(splice.place, stop) - here]
            yield from splice.events[max(0, here - splice.place) : max(0, stop - splice.place)]
            here = max(here, splice.end)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(map(_is_equal, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __add__(self, others: Iterable[T]) -> tuple[T, ...]:
        return (*self, *others)

    def __radd__(self, others: Iterable[T]) -> tuple[T, ...]:
        return (*others, *self)

    def __repr__(self) -> str:
        return repr(tuple(self))

    def replaced(self, start: int, stop: int, others: Sequence[T]) -> "Spliced[T]":
        """The same with others in the place of those from `start` to `stop`, exclusive."""
        before = [splice for splice in self.splices if splice.end < start]
        after = [splice for splice in self.splices if splice.place > stop]
        within = self.splices[len(before) : len(self.splices) - len(after)]
        first = min([start, *(splice.place for splice in within[:1])])
        last = max([stop, *(splice.end for splice in within[-1:])])
        own = (*self[first:start], *others, *self[stop:last])
        shift, inside = (sum(splice.growth for splice in some) for some in (before, within))
        found = Splice(first - shift, last - shift - inside, own, first)
        moved = len(others) - stop + start
        later = (Splice(splice.start, splice.stop, splice.events, splice.place + moved) for splice in after)
        return Spliced(self.base, (*before, found, *later))


def _is_equal(one: object, other: object) -> bool:
    return one is other or one == other


def edited(events: Sequence[T], start: int, stop: int, others: Sequence[T]) -> Sequence[T]:
    """Events with others in the place of those from `start` to `stop`, exclusive; a list of them is changed itself."""
    if isinstance(events, list):
        events[start:stop] = others
        return events
    if len(events) < LONG:
        return [*events[:start], *others, *events[stop:]]
    spliced = events if isinstance(events, Spliced) else Spliced(events, ())
    found = spliced.replaced(start, stop, others)
    return found if len(found.splices) <= MANY else list(found)
