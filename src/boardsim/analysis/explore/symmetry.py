"""Symmetry: people of whom no rule and no question speaks by name are interchangeable.

Two states that differ only in which of them holds what are one, up to names.  This is exact: whatever can happen in
one can happen in the other, with the names exchanged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import factorial

from attrs import frozen

from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import Model


def alike(model: Model, named: Iterable[str] = (), *sets: int) -> tuple[tuple[str, ...], ...]:
    """The classes of interchangeable people, of two or more each.

    Two are alike if the bylaws give them the same by name, they are eligible for the same, are or are not in the same
    sets, and neither is named.
    """
    named, layout = frozenset(named), model.layout
    classes: dict[tuple[object, ...], list[str]] = {}
    for person, bit in layout.bits.items():
        fit = tuple(bool(rules.eligible & bit) for rules in model.rules)
        within = tuple(bool(people & bit) for people in sets)
        rights = model.bylaws.rights(person)
        classes.setdefault((rights, fit, within, person if person in named else ""), []).append(person)
    return tuple(tuple(people) for people in classes.values() if len(people) > 1)


@frozen(slots=False)
class CanonicalForm:
    """A model whose states are taken up to an exchange of people who are alike."""

    model: Model
    classes: tuple[tuple[str, ...], ...]

    @cached_property
    def start(self) -> int:
        """The first state, up to names."""
        return self.canonical(self.model.start)

    def moves(self, state: int) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """The states one action ahead, up to names; of actions that differ in nothing else, one is worked out."""
        found: dict[tuple[int, int], int] = {}
        width = self.model.layout.width
        mask = self.model.layout.mask
        classes = self._class_of
        canonical = self.canonical
        for kinds, ahead in self.model.moves(state):
            states = []
            for after in ahead:
                number = ((state ^ after).bit_length() - 1) // width  # of the one person who moves
                place = number * width
                key = (classes[number], (state >> place & mask) << width | after >> place & mask)
                if key not in found:
                    found[key] = canonical(after)
                states.append(found[key])
            yield kinds, states

    @cached_property
    def _class_of(self) -> tuple[int, ...]:
        """Of each person a number that those who are alike have in common."""
        numbers = {person: -number for number, people in enumerate(self.classes, 1) for person in people}
        return tuple(numbers.get(person, number) for number, person in enumerate(self.model.layout.people))

    @cached_property
    def _places(self) -> tuple[tuple[int, ...], ...]:
        """Where the bits of each class's people begin."""
        return tuple(tuple(_place(self.model.layout, person) for person in people) for people in self.classes)

    def canonical(self, state: int) -> int:
        """The one state that stands for all that are the same up to names: in each class the busiest come first."""
        mask = self.model.layout.mask
        for places in self._places:
            held = sorted([state >> place & mask for place in places], reverse=True)
            for place, roles in zip(places, held, strict=True):
                state = state & ~(mask << place) | roles << place
        return state

    def size(self, state: int) -> int:
        """How many states are the same as this one up to names."""
        mask = self.model.layout.mask
        size = 1
        for places in self._places:
            size *= factorial(len(places))
            for same in Counter(state >> place & mask for place in places).values():
                size //= factorial(same)
        return size

    def named(self, way: list[int]) -> list[int]:
        """A way of real states, from the real start, that is this one up to names."""
        real = [self.model.start]
        for state in way[1:]:
            ahead = (after for _, states in self.model.moves(real[-1]) for after in states)
            real.append(next(after for after in ahead if self.canonical(after) == state))
        return real


def alike_at_the_start(model: Model, classes: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The classes taken apart into people who hold the same at the start, so that no exchange changes the start."""
    parts: dict[tuple[int, int], list[str]] = {}
    for number, people in enumerate(classes):
        for person in people:
            parts.setdefault((number, _held(model, model.start, person)), []).append(person)
    return tuple(map(tuple, parts.values()))


def can_change_places(model: Model, one: str, other: str) -> bool:
    """Whether two people can come to hold what the other held at the start, while nobody else moves."""
    layout, start = model.layout, model.start
    mask = layout.mask
    ours = mask << _place(layout, one) | mask << _place(layout, other)
    held = _held(model, start, other) << _place(layout, one) | _held(model, start, one) << _place(layout, other)
    wanted = start & ~ours | held
    waiting, known = [start], {start}
    while waiting and wanted not in known:
        ahead = {after for _, states in model.moves(waiting.pop()) for after in states if not (after ^ start) & ~ours}
        waiting += ahead - known
        known |= ahead
    return wanted in known


def _held(model: Model, state: int, person: str) -> int:
    """The bits of somebody's roles."""
    return state >> _place(model.layout, person) & model.layout.mask


def _place(layout: Layout, person: str) -> int:
    return layout.bits[person].bit_length() - 1
