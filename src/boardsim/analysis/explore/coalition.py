"""Coalitions: who can force something, whatever everybody else does.

A coalition and everybody else take turns.  A member resigns, or the coalition carries a motion by its own votes, while
the others vote as they like, or stay away; then the others, newcomers with them, may do the same once, or nothing.
The coalition forces a state if it can see to it that the state comes about, however they answer.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, combinations
from math import comb

from attrs import evolve, field, frozen

from boardsim.analysis.explore.model import Model
from boardsim.analysis.explore.properties import Test
from boardsim.analysis.explore.search import Bounds, StoppedError, search
from boardsim.analysis.explore.symmetry import CanonicalForm, alike

Aim = Callable[[Model, int], Test]
"""What a coalition, as a set, is after."""


@frozen(kw_only=True)
class Forced:
    """The smallest coalitions of directors that force something.

    Attributes:
        recusal: whether the director whom a motion concerns is excluded of it.
        first: whether the coalition moves first.
        directors: who sits at the start and can be of it.
        coalitions: all that are as small, in the order of seats; none where nobody forces it.
        model: what the first of them can do by its own votes.
        way: the states of a shortest course in which nobody answers it.
        stopped: why the search ended early, so that larger coalitions were not looked at; None if it did not.
    """

    recusal: bool
    first: bool
    directors: tuple[str, ...]
    coalitions: tuple[tuple[str, ...], ...] = ()
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
        return bool(self.coalitions) and len(self.coalitions) == comb(len(self.directors), len(self.coalitions[0]))


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
    found = {first: Forced(recusal=recusal, first=first, directors=directors) for first in (True, False)}
    for size in range(1, len(directors) + (aim is not take_over)):
        games: list[tuple[_Game, list[tuple[str, ...]]]] = []
        try:
            some = bounds.watched(combinations(directors, size), every=1_000)
            for members in _kinds(model, some, named).values():
                game = _Game(model, model.layout.set_of(members[0]), aim, named)
                game.play(bounds)
                games.append((game, members))
        except StoppedError as stopped:
            return _stopped(found[True], stopped.why), _stopped(found[False], stopped.why)
        for first, forced in found.items():
            if not forced.coalitions:
                found[first] = _won(forced, [game for game in games if game[0].wins(first=first)])
        if found[False].coalitions:
            break
    return found[True], found[False]


def _stopped(forced: Forced, why: str) -> Forced:
    return forced if forced.coalitions else evolve(forced, stopped=why)


def _won(forced: Forced, games: list[tuple["_Game", list[tuple[str, ...]]]]) -> Forced:
    if not games:
        return forced
    winner = games[0][0]
    winning = sorted(
        (members for _, kind in games for members in kind), key=lambda some: [*map(forced.directors.index, some)]
    )
    return evolve(forced, coalitions=tuple(winning), model=winner.mine.space.model, way=winner.way())


def _kinds(
    model: Model, coalitions: Iterator[tuple[str, ...]], named: frozenset[str]
) -> Mapping[object, list[tuple[str, ...]]]:
    """Coalitions by kind: in two of one kind, those who are alike and hold alike roles have changed places."""
    classes = {person: number for number, people in enumerate(alike(model, named)) for person in people}
    right = {
        person: (str(classes.get(person, person)), model.start // bit & model.layout.mask)
        for person, bit in model.layout.bits.items()
    }
    kinds: dict[object, list[tuple[str, ...]]] = {}
    for members in coalitions:
        kinds.setdefault(tuple(sorted(right[person] for person in members)), []).append(members)
    return kinds


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
