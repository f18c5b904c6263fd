"""What is the case: the live tenures of one organization and the bylaws in force.

A state is one immutable value per organization.  A live tenure is the event that opened it, so a state holds no
copy of anything, and the next state shares whatever did not change.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.events import Event, Opening
from boardsim.staff import NOBODY, Staff

Seats = Mapping[str, Mapping[str, Opening]]
_VACANT: Seats = {}


class OrgState(NamedTuple):
    """One organization at one instant.  A tuple, because one is built per event, and that costs half as much.

    Attributes:
        org: the organization's id.
        bylaws: the rules in force.
        seats: live tenures on the board, in offices and as observers, by role and person, oldest first; no role is
            empty.
        staff: live employments, apart from the board so that an event costs the same whatever the payroll.
        announced: announced events that are neither fulfilled nor withdrawn.
    """

    org: str
    bylaws: Bylaws = Bylaws()
    seats: Seats = _VACANT
    staff: Staff = NOBODY
    announced: tuple[Event, ...] = ()

    def held(self, person: str, role: str) -> Opening | None:
        """The event by which the person holds the role; None if they do not."""
        if (holders := self.seats.get(role)) is not None:
            return holders.get(person)
        return self.staff.get(person, role) if role in self.bylaws.staff_roles else None

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles that the person holds, in a stable order."""
        seated = [role for role, held in self.seats.items() if person in held]
        employed = [role for role in self.bylaws.staff_roles if self.staff.get(person, role)]
        return tuple(sorted(seated + employed))

    def holders(self, role: str) -> tuple[str, ...]:
        """Who holds the role, oldest first; employees by id."""
        if role in self.bylaws.staff_roles:
            return tuple(person for (person, staff_role), _ in self.staff if staff_role == role)
        return tuple(self.seats.get(role, ()))

    @property
    def directors(self) -> tuple[str, ...]:
        """Who sits on the board, oldest first."""
        return tuple(self.seats.get(DIRECTOR, ()))  # not `holders`: checks and tallies ask for it at every event

    @property
    def voters(self) -> tuple[str, ...]:
        """Who may vote on the board now, oldest first; where nobody may, the board cannot act."""
        return tuple(self.seats.get(DIRECTOR, ()))  # not `directors`: the kernel asks at every act of a board

    @property
    def casting_voter(self) -> str | None:
        """Who has the casting vote; None where nobody has one."""
        role = self.bylaws.casting_vote
        return next(iter(self.holders(role)), None) if role else None

    def tenures(self) -> Iterator[tuple[str, Opening]]:
        """Every live tenure with its role: board, offices and observers first, then the staff by id."""
        for role, held in self.seats.items():
            for opening in held.values():
                yield role, opening
        for (_, role), opening in self.staff:
            yield role, opening
