"""Breadth first: every state that can be reached, by a shortest way, until nothing is new or a bound is met."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import filterfalse
from typing import Protocol, TypeVar

from attrs import frozen

T = TypeVar("T")

CHUNK = 128
"""How many states are expanded between two looks at how many there are."""

LOOK = 4
"""How many states are expanded between two looks at the clock: on a large board, one takes a tenth of a second."""

MOST = 2_000_000
"""States that are kept at the most, where nobody says otherwise."""

Watch = Callable[[int, int], str | None]
"""Told from time to time how many states were found and how deep the search is; a word to stop it, and why."""


class Space(Protocol):
    """What can be searched."""

    @property
    def start(self) -> int:
        """The first state."""

    def moves(self, state: int) -> Iterable[tuple[tuple[str, ...], list[int]]]:
        """The states one action ahead, with the kinds of action that lead to each of them."""


@frozen
class Bounds:
    """When a search stops, if it is not exhausted before.

    Attributes:
        states: how many states are kept.
        depth: how many actions after the start; None for any number.
        watch: see `Watch`.
    """

    states: int = MOST
    depth: int | None = None
    watch: Watch = lambda _states, _depth: None

    def watched(self, several: Iterable[T], done: int = 0, every: int = LOOK) -> Iterator[T]:
        """The same one by one, with a look at the clock now and then.

        Args:
            done: how many states were found, for whoever watches.

        Raises:
            StoppedError: the watch has had enough.
        """
        for number, one in enumerate(several):
            if number % every == 0 and (why := self.watch(done, 0)) is not None:
                raise StoppedError(why)
            yield one


class StoppedError(Exception):
    """The watch has stopped what was going on; `why` is its word."""

    def __init__(self, why: str) -> None:
        """With the watch's word."""
        super().__init__(why)
        self.why = why


@frozen(eq=False)
class Reached:
    """What a search found.

    Attributes:
        parents: every state with the one before it on a shortest way, in the order in which they were found; the first
            state is its own.
        levels: how many states lie that many actions from the start.
        fired: how many actions of each kind were possible, over all states that were expanded.
        open: the states that were not expanded.
        stopped: why it ended: `states`, `depth` or the watch's word; None where it was exhausted.
    """

    start: int
    parents: Mapping[int, int]
    levels: tuple[int, ...]
    fired: Mapping[str, int]
    open: frozenset[int]
    stopped: str | None

    @property
    def generated(self) -> int:
        """States met, the first one and those met again included."""
        return 1 + sum(self.fired.values())

    def way(self, state: int) -> list[int]:
        """The states on a shortest way from the start to this one, both included."""
        way = [state]
        while way[-1] != self.start:
            way.append(self.parents[way[-1]])
        return way[::-1]

    def first(self, wanted: Callable[[int], bool]) -> int | None:
        """A state of this kind that is nearest to the start; None if none was found."""
        return next(filter(wanted, self.parents), None)


def search(space: Space, bounds: Bounds | None = None) -> Reached:
    """Everything that can be reached within the bounds."""
    bounds = bounds or Bounds()
    parents, fired = {space.start: space.start}, dict[str, int]()
    levels, level, stopped = list[int](), [space.start], None
    while level and stopped is None:
        levels.append(len(level))
        if bounds.depth is not None and len(levels) > bounds.depth:
            stopped = "depth"
            break
        following: list[int] = []
        for done in range(0, len(level), LOOK):
            too_many = done % CHUNK == 0 and len(parents) > bounds.states
            stopped = "states" if too_many else bounds.watch(len(parents), len(levels) - 1)
            if stopped is not None:
                following = level[done:] + following
                break
            _expand(space, level[done : done + LOOK], parents, fired, following)
        level = following
    return Reached(space.start, parents, tuple(levels), fired, frozenset(level), stopped)


def _expand(
    space: Space, states: list[int], parents: dict[int, int], fired: dict[str, int], following: list[int]
) -> None:
    """One action further from each of these states."""
    known, moves, later = parents.__contains__, space.moves, following.append
    for state in states:
        for kinds, ahead in moves(state):
            for kind in kinds:
                fired[kind] = fired.get(kind, 0) + len(ahead)
            for after in filterfalse(known, ahead):  # most states that are met are known, and this passes them fastest
                parents[after] = state
                later(after)


def returning(space: Space, reached: Reached, wanted: Callable[[int], bool], bounds: Bounds | None = None) -> set[int]:
    """The states from which one of the wanted kind can still be reached; an unexpanded state is taken to be such.

    So where the search was bounded, a state that is not among them is lost for certain.

    Raises:
        StoppedError: the watch has had enough.
    """
    before: dict[int, list[int]] = {}
    for state in (bounds or Bounds()).watched(reached.parents, len(reached.parents)):
        if state not in reached.open:
            for after in _ahead(space, state):
                before.setdefault(after, []).append(state)
    waiting = [state for state in reached.parents if state in reached.open or wanted(state)]
    found = set(waiting)
    while waiting:
        for state in before.get(waiting.pop(), ()):
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


def _ahead(space: Space, state: int) -> Iterator[int]:
    for _, ahead in space.moves(state):
        yield from ahead
