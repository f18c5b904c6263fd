"""A state of an organization as one whole number, so that millions of them can be told apart.

Each person has as many bits as there are roles in question, one after the other.  A *set of people* is a number, too:
the first bit of each of its members.  So the holders of a role are the state, shifted by the place of the role, less
all other bits; a person takes or leaves a role by the flip of one bit.
"""

from collections.abc import Iterable
from functools import cached_property

from attrs import frozen

from boardsim.bylaws import DIRECTOR
from boardsim.state import OrgState


@frozen(slots=False)
class Layout:
    """Who and which roles a state tells of, in the order of their bits; `director` is among the roles.

    Attributes:
        suspended: those of the roles from which somebody is suspended at the start.  Each has one bit more, behind the
            others: whether the person may not act in it.  Nobody is suspended later, so other roles need none.
    """

    people: tuple[str, ...]
    roles: tuple[str, ...]
    suspended: tuple[str, ...] = ()

    @cached_property
    def width(self) -> int:
        """How many bits a person has."""
        return len(self.roles) + len(self.suspended)

    @cached_property
    def mask(self) -> int:
        """The bits of one person, those of the first."""
        return (1 << self.width) - 1

    @cached_property
    def marks(self) -> dict[str, int]:
        """The bit of each of the suspended roles within a person's bits."""
        return {role: len(self.roles) + place for place, role in enumerate(self.suspended)}

    @cached_property
    def places(self) -> dict[str, int]:
        """The bit of each role within a person's bits."""
        return {role: place for place, role in enumerate(self.roles)}

    @cached_property
    def bits(self) -> dict[str, int]:
        """The set of each person alone."""
        return {person: 1 << number * self.width for number, person in enumerate(self.people)}

    @cached_property
    def everyone(self) -> int:
        """The set of all people."""
        return sum(self.bits.values())

    def set_of(self, people: Iterable[str]) -> int:
        """The set of these people."""
        return sum(self.bits[person] for person in people)

    def names(self, people: int) -> tuple[str, ...]:
        """Who is in a set."""
        return tuple(person for person, bit in self.bits.items() if people & bit)

    def each(self, people: int) -> list[int]:
        """The members of a set, each as a set; nobody changes the list."""
        found = self._members.get(people)
        if found is None:
            found = self._members[people] = [bit for bit in self.bits.values() if people & bit]
        return found

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The sets that were taken apart already: few are, and often."""
        return {}

    def holders(self, state: int, role: str) -> int:
        """Who holds the role, as a set."""
        return state >> self.places[role] & self.everyone

    def directors(self, state: int) -> int:
        """Who sits on the board, as a set."""
        return self.holders(state, DIRECTOR)

    def acting(self, state: int, role: str) -> int:
        """Who holds the role and is not suspended from it, as a set."""
        held = self.holders(state, role)
        return held & ~(state >> self.marks[role]) if role in self.marks else held

    def voters(self, state: int) -> int:
        """Who may vote on the board, as a set."""
        return self.acting(state, DIRECTOR)

    def encode(self, state: OrgState) -> int:
        """The state as a number; what it says of other people and other roles is left out."""
        held = sum(
            bit << place
            for role, place in self.places.items()
            for person, bit in self.bits.items()
            if state.held(person, role) is not None
        )
        marked = ((self.marks[role], person) for role, person in state.suspended if role in self.marks)
        return held + sum(self.bits[person] << place for place, person in marked if person in self.bits)
