"""What nobody knows: facts with a few alternatives, each with an exact probability.

An unknown is a fact that is one of several things: a ballot, a bylaw, a time, whether an event is true.  Each of its
alternatives is a list of changes to the record, or none.  Facts that hang together are one unknown whose
alternatives set all of them; unknowns are independent of each other.  A *row* picks one alternative of every unknown,
by its index, and so makes one world.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm, prod
from random import Random

from attrs import field, frozen

from boardsim.problems import Place, Problem
from boardsim.scenario import Change, touched

Row = tuple[int, ...]
"""Of every unknown, the index of the alternative that is the case in this world."""

BLOCK = 1024
"""So many worlds are drawn with one generator.  It is part of what a seed means: another number, other worlds."""


@frozen(kw_only=True)
class Alternative:
    """One of the things that may be the case.

    Attributes:
        chance: how likely it is; more than 0.
        changes: what is otherwise than in the record; nothing where it is as recorded.
    """

    name: str
    chance: Fraction
    changes: tuple[Change, ...] = ()


@frozen(kw_only=True)
class Unknown:
    """A fact that is one of several things; their chances sum to one."""

    id: str
    alternatives: tuple[Alternative, ...]
    place: Place | None = field(default=None, eq=False)

    def changes(self) -> Iterator[Change]:
        """All changes that any of its alternatives makes."""
        return (change for alternative in self.alternatives for change in alternative.changes)


def count(unknowns: Sequence[Unknown]) -> int:
    """How many worlds they make."""
    return prod(len(unknown.alternatives) for unknown in unknowns)


def every_row(unknowns: Sequence[Unknown]) -> dict[Row, Fraction]:
    """All rows, each with its exact probability; those that begin alike are multiplied out once."""
    rows: dict[Row, Fraction] = {(): Fraction(1)}
    for unknown in unknowns:
        chances = [alternative.chance for alternative in unknown.alternatives]
        rows = {(*row, index): so_far * chance for row, so_far in rows.items() for index, chance in enumerate(chances)}
    return rows


def drawn_rows(unknowns: Sequence[Unknown], seed: int, samples: int) -> dict[Row, int]:
    """Rows drawn at random, each with how often it was drawn.

    The draws of an unknown depend on the seed, on its id and on the number of the world, and on nothing else.  So the
    first worlds of a long run are those of a short one, and the same facts come out alike in another scenario.
    """
    found: Counter[Row] = Counter()
    for block in range(-(-samples // BLOCK)):
        columns = [_drawn(unknown, seed, block) for unknown in unknowns]
        rows = list(zip(*columns, strict=True)) if columns else [()] * BLOCK
        found.update(rows[: samples - block * BLOCK])
    return dict(found)


def _drawn(unknown: Unknown, seed: int, block: int) -> list[int]:
    """Alternatives of one unknown in the worlds of a block."""
    generator = Random(f"{seed}:{unknown.id}:{block}")  # noqa: S311 -- to be repeated, not to be secret
    chances = [alternative.chance for alternative in unknown.alternatives]
    whole = lcm(*(chance.denominator for chance in chances))
    weights = list(accumulate(int(chance * whole) for chance in chances))
    return generator.choices(range(len(chances)), cum_weights=weights, k=BLOCK)


def changes_of(unknowns: Sequence[Unknown], row: Row) -> tuple[Change, ...]:
    """What is otherwise than in the record in the world of a row."""
    picked = (unknown.alternatives[index] for unknown, index in zip(unknowns, row, strict=True))
    return tuple(change for alternative in picked for change in alternative.changes)


def overlaps(unknowns: Sequence[Unknown]) -> Iterator[Problem]:
    """Two unknowns of the same thing: nobody could say which of them counts."""
    taken: dict[tuple[str, str, str], str] = {}
    for unknown in unknowns:
        parts = {part: None for change in unknown.changes() for part in _parts(change)}
        for kind, name, part in parts:
            others = [taken[key] for key in ((kind, name, part), (kind, name, "")) if key in taken]
            others += [other for key, other in taken.items() if not part and key[:2] == (kind, name)]
            if others:
                message = f"'{unknown.id}' and '{others[0]}' are unknowns of the same thing: {name}"
                hint = "make them one unknown, whose alternatives set all of it"
                yield Problem(code="conflicting-changes", message=message, hint=hint, place=unknown.place)
                break
        taken |= dict.fromkeys(parts, unknown.id)


def _parts(change: Change) -> Iterator[tuple[str, str, str]]:
    """What a change touches, part by part; an empty part is the whole."""
    kind, name, parts = touched(change)
    return ((kind, name, part) for part in parts or ("",))


def named(unknowns: Sequence[Unknown], row: Row) -> Mapping[str, str]:
    """The world of a row in words: by unknown, the alternative that is the case."""
    return {one.id: one.alternatives[index].name for one, index in zip(unknowns, row, strict=True)}
