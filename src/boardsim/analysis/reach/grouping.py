"""Solutions that differ only in which of several like changes they make, told together: any two of these four."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import comb, prod

from attrs import frozen

from boardsim.scenario import Ballot, Change

Changes = tuple[Change, ...]


@frozen(kw_only=True)
class Group:
    """Several solutions: all of `always`, and of each choice any so many.

    Attributes:
        choices: how many of which changes.
    """

    always: Changes
    choices: tuple[tuple[int, Changes], ...] = ()


def grouped(solutions: Iterable[Changes]) -> list[Group]:
    """The solutions, told as shortly as they can be; the order is that in which they were found."""
    alike: dict[frozenset[tuple[object, int]], list[Changes]] = {}
    for solution in solutions:
        alike.setdefault(frozenset(Counter(map(_kind, solution)).items()), []).append(solution)
    return [group for some in alike.values() for group in _groups(some)]


def _kind(change: Change) -> object:
    """Changes of one kind can stand for one another."""
    return (change.vote, change.to) if isinstance(change, Ballot) else type(change)


def _groups(solutions: Sequence[Changes]) -> list[Group]:
    """One group, if the solutions are all that there are of its choices; else one for each."""
    always = tuple(change for change in solutions[0] if all(change in solution for solution in solutions))
    sizes = Counter(_kind(change) for change in solutions[0] if change not in always)
    pools: dict[object, list[Change]] = {kind: [] for kind in sizes}
    for solution in solutions:
        for change in solution:
            if change not in always and change not in pools[_kind(change)]:
                pools[_kind(change)].append(change)
    if len(solutions) == 1 or prod(comb(len(pool), sizes[kind]) for kind, pool in pools.items()) != len(solutions):
        return [Group(always=solution) for solution in solutions]
    return [Group(always=always, choices=tuple((sizes[kind], tuple(pool)) for kind, pool in pools.items()))]
