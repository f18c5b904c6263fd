"""Actual causes by the modified definition of Halpern and Pearl, in any finite acyclic model.

A set of atoms X is an actual cause of an effect if

* AC1: they are what they are, and the effect is the case;
* AC2: had they been otherwise, with some other variables W held at the values that they in fact had, the effect would
  not have been the case;
* AC3: no smaller part of X does the same.

After J. Y. Halpern, "A Modification of the Halpern-Pearl Definition of Causality", IJCAI 2015.

The search goes by distance, |X| + |W|, so that a cause is found first where its responsibility is read off.  To hold
what has not changed is to do nothing; so W grows only by variables that have changed in the world at hand.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, product

from attrs import define, field, frozen

from boardsim.analysis.causation.model import Atom, Question, Setting

Names = frozenset[str]
Variant = tuple[Setting, Names]
"""A world to be looked at: what is set, and what is held."""

Beyond = tuple[Setting, Names, Sequence[str]]
"""A world that was looked at and shows nothing, with what has changed in it and can be held besides."""


@frozen(kw_only=True)
class Cause:
    """An actual cause, with the nearest world in which the effect is not the case.

    Attributes:
        atoms: the names of its atoms.
        otherwise: how they are otherwise in that world.
        held: what is held there; no fewer would do.
    """

    atoms: tuple[str, ...]
    otherwise: Setting
    held: tuple[str, ...] = ()

    @property
    def distance(self) -> int:
        """How many atoms and held variables it takes to show it."""
        return len(self.atoms) + len(self.held)


@frozen(kw_only=True)
class Bound:
    """How far the search goes; None for without end.

    Attributes:
        distance: atoms and held variables together.
        worlds: how many worlds are looked at; no distance is begun that might take more.
    """

    distance: int | None = None
    worlds: int | None = None


@frozen(kw_only=True)
class Search:
    """What was found.

    Attributes:
        causes: near ones first.
        distance: how far the search went: to this distance, included.
        complete: whether there is nothing beyond.
        asked: how many worlds were looked at.
        more: how many other causes there are of the same kind, which are not listed because they are so many.
        unsettled: sets of atoms of which it is open whether they are causes, because the search ended before.
    """

    causes: tuple[Cause, ...]
    distance: int
    complete: bool
    asked: int
    more: int = 0
    unsettled: frozenset[Names] = frozenset()

    def settles(self, cause: Cause) -> bool:
        """Whether nothing beyond where the search went can show a part of a cause to be one."""
        return not any(names < set(cause.atoms) for names in self.unsettled)


def search(question: Question, bound: Bound = Bound()) -> Search:
    """All causes within the bound, where the effect is the case."""
    seeker = _Seeker(question, [atom for atom in question.atoms if atom.otherwise])
    distance = 0
    while not seeker.done and _goes_on(distance + 1, seeker, bound):
        distance += 1
        seeker.look(distance)
    causes = sorted(seeker.found.values(), key=lambda cause: cause.distance)
    complete = seeker.done and not any(atom.partial for atom in question.atoms)
    return Search(
        causes=tuple(causes),
        distance=distance,
        complete=complete,
        asked=seeker.asked,
        unsettled=frozenset(seeker.waiting),
    )


def _goes_on(distance: int, seeker: "_Seeker", bound: Bound) -> bool:
    if bound.distance is not None and distance > bound.distance:
        return False
    return bound.worlds is None or distance == 1 or seeker.asked + seeker.ahead(distance) <= bound.worlds


NOTHING: Names = frozenset()


def _settings(atoms: Iterable[Atom], size: int) -> int:
    """In how many ways so many of these atoms can be otherwise."""
    ways = [1] + [0] * size
    for atom in atoms:
        for number in range(size, 0, -1):
            ways[number] += ways[number - 1] * len(atom.otherwise)
    return ways[size]


def _next(beyond: Iterable[Beyond]) -> dict[Variant, None]:
    """The worlds in which one thing more is held, each once."""
    return dict.fromkeys((setting, held | {name}) for setting, held, changed in beyond for name in changed)


@define
class _Seeker:
    """The search under way.

    Attributes:
        atoms: those that are no cause by themselves.
        waiting: by set of atoms, the worlds beyond which those of the next distance lie.
        found: the causes so far, by their atoms.
        closed: the sets of the last size that contain a cause; so does every larger one of which all parts do.
        late: causes that were found at a distance beyond their size.
        grown: whether all sets of atoms have had their turn.
    """

    question: Question
    atoms: Sequence[Atom]
    waiting: dict[Names, list[Beyond]] = field(factory=dict)
    found: dict[Names, Cause] = field(factory=dict)
    closed: set[Names] = field(factory=set)
    late: list[Names] = field(factory=list)
    grown: bool = False
    asked: int = 0

    @property
    def done(self) -> bool:
        return self.grown and not self.waiting

    def ahead(self, distance: int) -> int:
        """How many worlds the next distance can have at the most."""
        held = sum(len(changed) for beyond in self.waiting.values() for _, _, changed in beyond)
        return held + (0 if self.grown else _settings(self.atoms, distance))

    def look(self, distance: int) -> None:
        """All worlds of one distance: small sets first, because a cause closes every larger set with it in it."""
        waiting, self.waiting = self.waiting, {}
        for names in sorted(waiting, key=len):
            if not any(cause < names for cause in self.late):
                self._try(names, _next(waiting[names]))
        if not self.grown:
            self._grow(distance)
        alone = {name for cause in self.found if len(cause) == 1 for name in cause}
        self.atoms = [atom for atom in self.atoms if atom.name not in alone]

    def _grow(self, size: int) -> None:
        """The sets of atoms of this size, nothing held."""
        closed: set[Names] = set()
        open_sets = 0
        for several in combinations(self.atoms, size):
            names = frozenset(atom.name for atom in several)
            if self._is_closed(names):
                closed.add(names)
                continue
            open_sets += 1
            ways = product(*(atom.otherwise for atom in several))
            if self._try(names, ((tuple(chain.from_iterable(way)), NOTHING) for way in ways)):
                closed.add(names)
        self.closed, self.grown = closed, not open_sets

    def _is_closed(self, names: Names) -> bool:
        parts = (names - {name} for name in names)
        return any(part in self.closed for part in parts) or any(cause <= names for cause in self.late)

    def _try(self, names: Names, worlds: Iterable[Variant]) -> bool:
        """Whether one of these worlds shows the set to be a cause; what lies beyond them waits for its turn."""
        beyond: list[Beyond] = []
        for setting, held in worlds:
            self.asked += 1
            seen = self.question.ask(setting, held)
            if seen.sound and not seen.effect:
                self._add(names, setting, held)
                return True
            own = {name for name, _ in setting}
            changed = [name for name in seen.changed if name not in held and name not in own]
            if changed:
                beyond.append((setting, held, changed))
        if beyond:
            self.waiting[names] = beyond
        return False

    def _add(self, names: Names, setting: Setting, held: Names) -> None:
        for larger in [cause for cause in self.found if names < cause]:
            del self.found[larger]
        self.found[names] = Cause(atoms=tuple(self._in_order(names)), otherwise=setting, held=tuple(sorted(held)))
        if held:
            self.late.append(names)

    def _in_order(self, names: Iterable[str]) -> Iterator[str]:
        return (atom.name for atom in self.question.atoms if atom.name in set(names))
