"""Which events of a log a goal can depend on: its backward cone.

From the goal backwards: an event matters if it is named, if it is a motive of one that matters, or if it can change a
seat, an office or a bylaw at which the goal looks, or the rules for an event that matters.  The cone may hold more than
it must; it never lacks anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from boardsim.analysis.goals import Goal, Holder, Verdict
from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.events import Amend, Appoint, Cease, Event, Fire, JoinCompany, Resign, Vote, Withdraw, role_of
from boardsim.history import History

Matter = tuple[str, ...]
"""Something that events change and look at.

`(ORG, ROLE)` is a board role or an office with all its holders, `(ORG, ROLE, PERSON)` one job on the payroll and
`(ORG, ROLE, "")` all of them; `("", ORG)` are the bylaws, `("?", ORG)` is what has been announced, and `("!", EVENT)`
is what became of an event.
"""


def cone(history: History, goal: Goal, position: int) -> list[int]:
    """The indexes of the events that the goal can depend on, in order.

    Args:
        position: how many events had taken place when the goal is asked of the state.
    """
    reader = _Reader(history)
    seats, wanted = set(reader.seats(goal)), set[Matter]({("!", event) for event in goal.events})
    found = []
    for index in range(len(history.events) - 1, -1, -1):  # what an event looks at was changed before it
        event = history.events[index]
        if index < position and seats:
            wanted |= seats
            seats = set()
        if ("!", event.id) in wanted or not wanted.isdisjoint(reader.changes(event)):
            found.append(index)
            wanted.update(reader.looks_at(event))
    return found[::-1]


@frozen(slots=False)
class _Reader:
    """Knows what the events of a history change, and what they look at."""

    history: History

    def seats(self, goal: Goal) -> Iterator[Matter]:
        """The seats at which a goal looks."""
        for term in goal.terms:
            if not isinstance(term, Verdict):
                yield self._seat(term.org, term.role, term.person if isinstance(term, Holder) else "")

    def changes(self, event: Event) -> Iterator[Matter]:
        """What an event changes if it takes effect."""
        org = self.history.org_of(event) or ""
        match event:
            case Appoint() | JoinCompany() | Fire() | Resign() | Cease():
                yield ("?", org)
                if event.status != "announced":
                    yield from self._moves(org, event)
            case Amend():
                yield ("", org)
            case Withdraw():
                yield ("?", org)

    def _moves(self, org: str, event: Any) -> Iterator[Matter]:
        """The seats that an opening or a closing changes, those that close with them included."""
        opens = isinstance(event, Appoint | JoinCompany)
        loser = getattr(event, "replaces", None) if opens else event.person
        for role in self._roles(org, event):
            dependents = () if loser is None else self._bylaws(org).dependents.get(role, ())
            for one in (role, *dependents):
                yield self._seat(org, one, "")
                yield from (self._seat(org, one, person) for person in (event.person, loser) if person is not None)

    def looks_at(self, event: Event) -> Iterator[Matter]:
        """What decides whether an event takes effect."""
        yield from (("!", cause) for clause in event.because for cause in clause)
        if event.status == "announced":
            return
        org = self.history.org_of(event) or ""
        if event.by == "board" or isinstance(event, Vote):
            yield (org, DIRECTOR)
        match event:
            case Appoint() | JoinCompany():
                yield from self._needs(org, event)
            case Fire() | Resign() | Cease():
                yield from (self._seat(org, role, event.person) for role in self._roles(org, event))
            case Vote():
                yield ("", org)
                yield from ((org, role) for role in {self._bylaws(org).casting_vote, *self._casters} if role)
            case Withdraw():
                yield ("?", org)
                yield ("!", event.event)

    def _needs(self, org: str, event: Appoint | JoinCompany) -> Iterator[Matter]:
        """What an opening asks for: that they do not hold it, that there is room, that they hold what it requires."""
        bylaws, role = self._bylaws(org), str(role_of(event))
        limited = bylaws.role(role).holders is not None
        yield self._seat(org, role, "" if limited else event.person)
        if role == DIRECTOR:
            yield ("", org)
        required = bylaws.role(role).requires
        if required is not None:
            yield self._seat(org, required, event.person)

    def _roles(self, org: str, event: Any) -> Iterable[str]:
        """The role that an event names; where it names none, all that its person can ever hold there."""
        role = role_of(event)
        return self._opened.get((org, event.person), ()) if role is None else (role,)

    @cached_property
    def _opened(self) -> Mapping[tuple[str | None, str], set[str]]:
        """The roles that somebody takes at any time, by organization and person."""
        found: dict[tuple[str | None, str], set[str]] = {}
        for event in self.history.events:
            if isinstance(event, Appoint | JoinCompany):
                found.setdefault((event.org, event.person), set()).add(str(role_of(event)))
        return found

    @cached_property
    def _casters(self) -> set[str | None]:
        """The roles to which an amendment gives a casting vote at any time."""
        return {event.changes.get("casting_vote") for event in self.history.events if isinstance(event, Amend)}

    def _bylaws(self, org: str) -> Bylaws:
        return self.history.log.start(org).bylaws

    def _seat(self, org: str, role: str, person: str) -> Matter:
        """A role; on the payroll, one person's or, where nobody is named, everybody's."""
        return (org, role, person) if role in self._bylaws(org).staff_roles else (org, role)
