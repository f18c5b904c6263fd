"""Coalitions: who can force something, whatever everybody else does.

A coalition and everybody else take turns.  A member resigns, or the coalition carries a motion by its own votes, while
the others vote as they like, or stay away; then the others, newcomers with them, may do the same once, or nothing.
The coalition forces a state if it can see to it that the state comes about, however they answer.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from math import comb, prod
from typing import overload

from attrs import evolve, field, frozen

from boardsim.analysis.explore.model import Model
from boardsim.analysis.explore.properties import Test
from boardsim.analysis.explore.search import Bounds, StoppedError, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike

Aim = Callable[[Model, int], Test]
"""What a coalition, as a set, is after."""


Counts = tuple[int, ...]
"""How many directors of each kind a coalition has; two coalitions with the same have changed places."""


@frozen(eq=False)
class Coalitions(Sequence[tuple[str, ...]]):
    """Coalitions in the order of seats: counted at once and told one by one, because there can be millions.

    Attributes:
        directors: who can be of one, in the order of seats.
        kinds: of each of them the kind, as a number: those of one kind are alike, and hold alike roles.
        wanted: how many of each kind.
    """

    directors: tuple[str, ...] = ()
    kinds: tuple[int, ...] = ()
    wanted: frozenset[Counts] = frozenset()

    @property
    def total(self) -> int:
        """How many there are, however many."""
        sizes = [self.kinds.count(kind) for kind in sorted({*self.kinds})]
        return sum(prod(map(comb, sizes, counts)) for counts in self.wanted)

    def __len__(self) -> int:
        return self.total

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        kinds = sorted({*self.kinds})
        left = [[self.kinds[seat:].count(kind) for kind in kinds] for seat in range(len(self.kinds) + 1)]
        return self._from(0, (), self.wanted, left) if self.wanted else iter(())

    def _from(
        self, seat: int, members: tuple[str, ...], wanted: frozenset[Counts], left: list[list[int]]
    ) -> Iterator[tuple[str, ...]]:
        """Those that begin with these members and go on from this seat; `wanted` is how many more of each kind."""
        wanted = frozenset(counts for counts in wanted if all(map(int.__le__, counts, left[seat])))
        if any(not any(counts) for counts in wanted):
            yield members
            return
        if not wanted:
            return
        kind = self.kinds[seat]
        with_them = frozenset(
            (*counts[:kind], counts[kind] - 1, *counts[kind + 1 :]) for counts in wanted if counts[kind]
        )
        yield from self._from(seat + 1, (*members, self.directors[seat]), with_them, left)
        yield from self._from(seat + 1, members, wanted, left)

    @overload
    def __getitem__(self, index: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[str, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, ...] | Sequence[tuple[str, ...]]:
        if isinstance(index, slice):
            return tuple(islice(self, *index.indices(self.total)))
        return next(islice(self, range(self.total)[index], None))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(tuple.__eq__, self, other))

    def __hash__(self) -> int:
        return hash((self.directors, self.wanted))


@frozen(kw_only=True)
class Forced:
    """The smallest coalitions of directors that force something.

    Attributes:
        recusal: whether the director whom a motion concerns is excluded of it.
        first: whether the coalition moves first.
        directors: who sits at the start and can be of it.
        coalitions: all that are as small, in the order of seats; none where nobody forces it.  There can be millions.
        model: what the first of them can do by its own votes.
        way: the states of a shortest course in which nobody answers it.
        stopped: why the search ended early, so that larger coalitions were not looked at; None if it did not.
    """

    recusal: bool
    first: bool
    directors: tuple[str, ...]
    coalitions: Coalitions = Coalitions()
    model: Model | None = None
    way: tuple[int, ...] = ()
    stopped: str | None = None

    @property
    def size(self) -> int | None:
        """How many directors it takes; None where nobody forces it."""
        return len(self.coalitions[0]) if self.coalitions else None

    @property
    def anybody(self) -> bool:
        """Whether any directors will do, if there are as many."""
        return self.size is not None and self.coalitions.total == comb(len(self.directors), self.size)


def take_over(model: Model, coalition: int) -> Test:
    """Nobody sits on the board but members of the coalition."""
    layout = model.layout
    return lambda state: layout.directors(state) != 0 and not layout.directors(state) & ~coalition


def smallest(
    model: Model,
    aim: Aim,
    *,
    recusal: bool,
    named: frozenset[str] = frozenset(),
    against: frozenset[str] = frozenset(),
    bounds: Bounds | None = None,
) -> tuple[Forced, Forced]:
    """The smallest coalitions that force the aim when they move first, and when they move second.

    A coalition of everybody takes nothing over, and is not looked at then.

    Args:
        named: who is not interchangeable with anybody.
        against: who is of no coalition.
    """
    bounds = bounds or Bounds()
    model = model.acting(None, evolve(model.bylaws, recuse_subject=recusal))
    sitting = model.layout.names(model.layout.directors(model.start))
    directors = tuple(person for person in sitting if person not in against)
    kinds = _kinds(model, directors, named)
    found = {first: Forced(recusal=recusal, first=first, directors=directors) for first in (True, False)}
    for size in range(1, len(directors) + (aim is not take_over)):
        games: list[tuple[_Game, Counts]] = []
        try:
            for counts, members in _representatives(directors, kinds, size, bounds):
                game = _Game(model, model.layout.set_of(members), aim, named)
                game.play(bounds)
                games.append((game, counts))
        except StoppedError as stopped:
            return _stopped(found[True], stopped.why), _stopped(found[False], stopped.why)
        for first, forced in found.items():
            if not forced.coalitions:
                found[first] = _won(forced, kinds, [game for game in games if game[0].wins(first=first)])
        if found[False].coalitions:
            break
    return found[True], found[False]


def _stopped(forced: Forced, why: str) -> Forced:
    return forced if forced.coalitions else evolve(forced, stopped=why)


def _won(forced: Forced, kinds: tuple[int, ...], games: list[tuple["_Game", Counts]]) -> Forced:
    if not games:
        return forced
    winner = games[0][0]
    coalitions = Coalitions(forced.directors, kinds, frozenset(counts for _, counts in games))
    return evolve(forced, coalitions=coalitions, model=winner.mine.space.model, way=winner.way())


def _kinds(model: Model, directors: tuple[str, ...], named: frozenset[str]) -> tuple[int, ...]:
    """The kind of each director, as a number: those of one kind are alike, and hold alike roles at the start."""
    classes = {person: number for number, people in enumerate(alike(model, named)) for person in people}
    bits, mask = model.layout.bits, model.layout.mask
    rights = [(str(classes.get(person, person)), model.start // bits[person] & mask) for person in directors]
    numbers = {right: number for number, right in enumerate(dict.fromkeys(rights))}
    return tuple(numbers[right] for right in rights)


def _representatives(
    directors: tuple[str, ...], kinds: tuple[int, ...], size: int, bounds: Bounds
) -> list[tuple[Counts, tuple[str, ...]]]:
    """Of all coalitions of a size that are the same up to names, how many they have of each kind, and the first.

    Raises:
        StoppedError: the watch has had enough.
    """
    seats = [[seat for seat, other in enumerate(kinds) if other == kind] for kind in sorted({*kinds})]
    found = []
    for counts in bounds.watched(_splits(size, [len(some) for some in seats]), every=1_000):
        firsts = (some[:count] for some, count in zip(seats, counts, strict=True))
        found.append((sorted(chain.from_iterable(firsts)), counts))
    return [(counts, tuple(directors[seat] for seat in members)) for members, counts in sorted(found)]


def _splits(total: int, most: list[int]) -> Iterator[Counts]:
    """Every way to take so many in all, and of each kind no more than there are."""
    if not most:
        if not total:
            yield ()
        return
    for first in range(max(0, total - sum(most[1:])), min(total, most[0]) + 1):
        for rest in _splits(total - first, most[1:]):
            yield (first, *rest)


@frozen
class _Both:
    """What either side can do, whosever turn it is."""

    mine: CanonicalForm
    theirs: CanonicalForm

    @property
    def start(self) -> int:
        return self.mine.start

    def moves(self, state: int) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        return chain(self.mine.moves(state), self.theirs.moves(state))


@frozen
class _Side:
    """What one side can do; asked again and again, and worked out once."""

    space: CanonicalForm
    known: dict[int, frozenset[int]] = field(factory=dict, eq=False)

    def ahead(self, state: int) -> frozenset[int]:
        """The states that it can lead to."""
        if state not in self.known:
            self.known[state] = frozenset(after for _, states in self.space.moves(state) for after in states)
        return self.known[state]


class _Game:
    """A coalition against everybody else."""

    def __init__(self, model: Model, coalition: int, aim: Aim, named: frozenset[str]) -> None:
        classes = alike(model, named, coalition)
        self.mine = _Side(CanonicalForm(model.acting(coalition), classes))
        self.theirs = _Side(CanonicalForm(model.acting(model.layout.everyone & ~coalition), classes))
        self.wanted = aim(model, coalition)
        self.turns: dict[int, int] = {}

    def play(self, bounds: Bounds) -> None:
        """Find in how many turns of its own the coalition gets there from each state.

        Raises:
            StoppedError: a bound was met.
        """
        reached = search(_Both(self.mine.space, self.theirs.space), bounds)
        if reached.stopped is not None:
            raise StoppedError(reached.stopped)
        self.turns = {state: 0 for state in reached.parents if self.wanted(state)}
        left = [state for state in reached.parents if state not in self.turns]
        turn = 0
        while True:
            turn += 1
            watched = bounds.watched(left, len(reached.parents))
            won = {state: turn for state in watched if self._good(state)}
            if not won:
                return
            self.turns |= won
            left = [state for state in left if state not in won]

    def wins(self, *, first: bool) -> bool:
        """Whether the coalition gets there from the start."""
        start = self.mine.space.start
        return start in self.turns if first else self._answered(start)

    def way(self) -> tuple[int, ...]:
        """The states of a shortest course in which the others do nothing."""
        way = [self.mine.space.start]
        while self.turns.get(way[-1], 1):
            good = [after for after in self.mine.ahead(way[-1]) if self._answered(after)]
            way.append(min(good, key=lambda after: (self.turns.get(after, 0), -after)))
        return tuple(self.mine.space.named(way))

    def _good(self, state: int) -> bool:
        return any(map(self._answered, self.mine.ahead(state)))

    def _answered(self, state: int) -> bool:
        """Whether the coalition still gets there from this state, the others to move."""
        if self.wanted(state):
            return True
        return state in self.turns and all(after in self.turns for after in self.theirs.ahead(state))
