"""Tails: what becomes of a world after the last of its changes, kept for other questions that come to the same there.

Other ballots of a vote, other terms of an appointment: many questions lead to few worlds.  Where nothing of a scenario
is left to be done, what decides the rest is which states are not the base's, and which reasons are lost, or no longer
lost, that were not, or were.  Whoever comes to the same a second time takes over what was found the first time.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boardsim.history import Ruling
from boardsim.overlay import Segment
from boardsim.state import OrgState, is_same
from boardsim.voting import Outcome

Lost = frozenset[tuple[str, bool, Outcome | None]]
"""The events of which the base may say otherwise, each with whether it can be no reason, and how a vote ended."""

States = Mapping[str, OrgState]
"""The states that are not the base's, by organization."""

ROOM = 20_000
"""So many rulings and changes are kept for all questions to one base; those of the oldest question go first."""

FEW = 8
"""So many tails of one place are compared with a world, at most."""


class Tail(NamedTuple):
    """What a branch has of its own from a place on, by indexes in the base.

    Attributes:
        states: those at its start that are not the base's.
        rulings: those that are others; `segments` where the states are.
    """

    states: States
    rulings: Mapping[int, Ruling]
    segments: Mapping[str, Sequence[Segment]]

    @property
    def size(self) -> int:
        """How much of a base's room it takes."""
        changes = sum(1 + len(segment.indexes) for some in self.segments.values() for segment in some)
        return 1 + len(self.rulings) + changes

    def moved(self, by: int) -> "Tail":
        """The same where every index is another by so many."""
        if not by:
            return self
        segments = {org: [segment.moved(by) for segment in some] for org, some in self.segments.items()}
        return Tail(self.states, {index + by: ruling for index, ruling in self.rulings.items()}, segments)

    def starts_from(self, states: States) -> bool:
        """Whether these states are those at its start."""
        return states.keys() == self.states.keys() and all(is_same(states[org], self.states[org]) for org in states)


class Tails:
    """The tails of the branches of one base, by their place in it and by what is lost there."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, Lost], list[Tail]] = {}
        self.size = 0

    def find(self, place: int, lost: Lost, states: States) -> Tail | None:
        """The tail of a world that has come to this."""
        some = self.kept.get((place, lost), ())
        return next((tail for tail in some if tail.starts_from(states)), None)

    def keep(self, place: int, lost: Lost, tail: Tail) -> None:
        """Keep a tail, and let go of the oldest where there is no room for it."""
        if tail.size > ROOM:
            return
        some = self.kept.pop((place, lost), [])
        self.kept[place, lost] = [*some, tail][-FEW:]
        self.size += tail.size - sum(old.size for old in [*some, tail][:-FEW])
        while self.size > ROOM:
            self.size -= sum(old.size for old in self.kept.pop(next(iter(self.kept))))
