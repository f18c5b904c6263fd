"""What is the case: the live tenures of one organization and the bylaws in force.

A state is one immutable value per organization.  A live tenure is the event that opened it, so a state holds no
copy of anything, and the next state shares whatever did not change.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.events import Event, Opening, seat_of
from boardsim.nearest import did_you_mean
from boardsim.problems import misuse
from boardsim.staff import NOBODY, Staff

Seats = Mapping[str, Mapping[str, Opening]]
_VACANT: Seats = {}

Suspended = Mapping[tuple[str, str], Event]
"""By role and person, the event that suspended them."""

_NOBODY: Suspended = {}


class OrgState(NamedTuple):
    """One organization at one instant.  A tuple, because one is built per event, and that costs half as much.

    Attributes:
        org: the organization's id.
        bylaws: the rules in force.
        seats: live tenures on the board, in offices and as observers, by role and person, oldest first; no role is
            empty.
        staff: live employments, apart from the board so that an event costs the same whatever the payroll.
        announced: announced events that are neither fulfilled nor withdrawn.
        suspended: who of those who hold a role may not act in it now.
    """

    org: str
    bylaws: Bylaws = Bylaws()
    seats: Seats = _VACANT
    staff: Staff = NOBODY
    announced: tuple[Event, ...] = ()
    suspended: Suspended = _NOBODY

    def held(self, person: str, role: str) -> Opening | None:
        """The event by which the person holds the role; None if they do not."""
        if (holders := self.seats.get(role)) is not None:
            return holders.get(person)
        return self.staff.get(person, role)

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles that the person holds, in a stable order."""
        seated = [role for role, held in self.seats.items() if person in held]
        employed = [role for role in self.bylaws.staff_roles if self.staff.get(person, role)]
        return tuple(sorted(seated + employed))

    def holders(self, role: str) -> tuple[str, ...]:
        """Who holds the role, oldest first; employees by id.

        Raises:
            BoardsimError: there is no such role, neither built in nor declared; with a hint at the nearest.
        """
        if role not in self.seats and role not in self.bylaws.roles:
            hint = did_you_mean(role, self.bylaws.roles)
            raise misuse("unknown-role", f"there is no role '{role}' at {self.org}", hint, org=self.org)
        return self.occupants(role)

    def occupants(self, role: str) -> tuple[str, ...]:
        """The same for whoever need not know whether there is such a role: nobody holds one that there is not."""
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
        sitting = self.seats.get(DIRECTOR, ())  # not `directors`: the kernel asks at every act of a board
        if not self.suspended:
            return tuple(sitting)
        return tuple([person for person in sitting if (DIRECTOR, person) not in self.suspended])

    @property
    def suspended_directors(self) -> tuple[str, ...]:
        """Who sits on the board and may not vote, oldest first."""
        if not self.suspended:
            return ()
        return tuple(person for person in self.directors if (DIRECTOR, person) in self.suspended)

    def acting(self, role: str) -> tuple[str, ...]:
        """Who holds the role and is not suspended from it, oldest first; employees by id."""
        holders = self.occupants(role)
        return tuple(p for p in holders if (role, p) not in self.suspended) if self.suspended else holders

    @property
    def casting_voter(self) -> str | None:
        """Who has the casting vote; None where nobody has one, or who has it is suspended from it or from the board."""
        role = self.bylaws.casting_vote
        if not role:
            return None
        acting = self.acting(role)
        if self.suspended:
            acting = tuple(person for person in acting if (DIRECTOR, person) not in self.suspended)
        return next(iter(acting), None)

    def vacant_seats(self) -> tuple[tuple[str, int], ...]:
        """The named seats that nobody holds, each with how many of it, in the order of the bylaws."""
        held = [seat_of(opening) for opening in self.seats.get(DIRECTOR, {}).values()]
        free = ((seat, named.count - held.count(seat)) for seat, named in self.bylaws.named_seats.items())
        return tuple((seat, count) for seat, count in free if count > 0)

    def tenures(self) -> Iterator[tuple[str, Opening]]:
        """Every live tenure with its role: board, offices and observers first, then the staff by id."""
        for role, held in self.seats.items():
            for opening in held.values():
                yield role, opening
        for (_, role), opening in self.staff:
            yield role, opening


def is_same(one: OrgState, other: OrgState) -> bool:
    """Whether two states are the same in everything that anybody could be told of them, order included.

    What becomes of events after them is the same, then.
    """
    return (
        (one.seats is other.seats or _same_seats(one.seats, other.seats))
        and one.staff.is_same(other.staff, _same_event)
        and len(one.announced) == len(other.announced)
        and all(map(_same_event, one.announced, other.announced))
        and [*one.suspended] == [*other.suspended]
        and all(map(_same_event, one.suspended.values(), other.suspended.values()))
        and (one.bylaws is other.bylaws or _same_bylaws(one.bylaws, other.bylaws))
    )


def _same_bylaws(one: Bylaws, other: Bylaws) -> bool:
    in_order = (
        (one.rules, other.rules),
        (one.weights, other.weights),
        (one.named_seats, other.named_seats),
        (one.roles, other.roles),
    )
    return one == other and all(mine is theirs or [*mine] == [*theirs] for mine, theirs in in_order)


def _same_seats(one: Seats, other: Seats) -> bool:
    return [*one] == [*other] and all(map(_same_holders, one.values(), other.values()))


def _same_holders(one: Mapping[str, Opening], other: Mapping[str, Opening]) -> bool:
    return one is other or ([*one] == [*other] and all(map(_same_event, one.values(), other.values())))


def _same_event(one: Event, other: Event) -> bool:
    """Whether they are the same one, or copies that say the same, in the same block and as exactly."""
    return one is other or (one == other and (one.block, one.precision) == (other.block, other.precision))


Content = tuple[str, Bylaws, Seats, Staff, tuple[Event, ...], Suspended]
"""What a state consists of, in the order of its attributes."""

new_state: Callable[[Content], OrgState] = partial(tuple.__new__, OrgState)
"""A state of this content, for half of what naming the class costs; the kernel makes one per event."""
