"""A snapshot: who holds what at an instant, as known at an instant."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import frozen

from boardsim.bylaws import CHAIR, DIRECTOR
from boardsim.events import Event, Opening, role_of
from boardsim.history import History
from boardsim.log import Org
from boardsim.state import OrgState


@frozen
class Uncertain:
    """A tenure of which it is not known whether it had begun, or had ended, at the instant of the snapshot."""

    role: str
    person: str
    event: Event
    span: tuple[datetime, datetime]


@frozen
class Vacant:
    """A named seat of the board that nobody holds, and how many of it are free."""

    seat: str
    name: str
    count: int


@frozen(kw_only=True)
class OrgSnapshot:
    """One organization at one instant.

    Attributes:
        board: the organization whose board decides here: itself, or the one at the top that controls it.
        roles: the live tenures by role, offices and staff included, oldest first.
        announced: what had been announced and had neither come about nor been withdrawn.
        uncertain: the tenures within whose span of uncertainty the instant lies.
        vacant: the named seats that nobody holds.
    """

    org: Org
    state: OrgState
    board: Org
    roles: Mapping[str, tuple[Opening, ...]]
    announced: tuple[Event, ...]
    uncertain: tuple[Uncertain, ...]
    vacant: tuple[Vacant, ...] = ()

    @property
    def directors(self) -> tuple[str, ...]:
        """Who sits on its own board, by id."""
        return tuple(sorted(self.state.directors))

    @property
    def chair(self) -> str | None:
        """Who chairs its own board; nobody who is suspended from it."""
        return next(iter(self.state.acting(CHAIR)), None)

    def is_suspended(self, role: str, person: str) -> bool:
        """Whether somebody who holds a role may not act in it."""
        return (role, person) in self.state.suspended


@frozen(kw_only=True)
class Snapshot:
    """Every organization asked for, after the first `position` events.

    Attributes:
        at: the instant; None before the first event of a log without events.
        known: the state of knowledge; None for everything that is known by now.
    """

    history: History
    position: int
    at: datetime | None
    known: datetime | None
    orgs: tuple[OrgSnapshot, ...]


def snapshot(
    history: History,
    *,
    at: datetime | None = None,
    position: int | None = None,
    orgs: Iterable[str] | None = None,
    people: Iterable[str] | None = None,
    roles: Iterable[str] | None = None,
) -> Snapshot:
    """The state at an instant, or after a number of events; after all events where neither is said.

    Args:
        orgs: the ids of the organizations wanted; all declared ones where it is not said.
        people: the ids of the people whose tenures are wanted; likewise.
        roles: the ids of the roles wanted; likewise.
    """
    if position is None:
        position = len(history.events) if at is None else history.position(at)
    if at is None and position:
        at = history.instants[position - 1]
    wanted = None if orgs is None else set(orgs)
    declared = (org for org in history.log.orgs if wanted is None or org.id in wanted)
    wants = _Wants(*(None if ids is None else frozenset(ids) for ids in (people, roles)))
    found = tuple(_org(history, org, position, at, wants) for org in declared)
    return Snapshot(history=history, position=position, at=at, known=history.known, orgs=found)


@frozen
class _Wants:
    """Whose tenures, and of which roles; None for all."""

    people: frozenset[str] | None
    roles: frozenset[str] | None

    @property
    def has_seats(self) -> bool:
        """Whether vacant seats of the board are wanted, which are nobody's."""
        return self.people is None and (self.roles is None or DIRECTOR in self.roles)

    def has(self, person: str | None, role: str | None) -> bool:
        return (self.people is None or person in self.people) and (self.roles is None or role in self.roles)


def _org(history: History, org: Org, position: int, at: datetime | None, wants: _Wants) -> OrgSnapshot:
    state = history.state(org.id, position)
    roles: dict[str, tuple[Opening, ...]] = {}
    for role, opening in state.tenures():
        if wants.has(opening.person, role):
            roles[role] = (*roles.get(role, ()), opening)
    return OrgSnapshot(
        org=org,
        state=state,
        board=controlling(history, org),
        roles=roles,
        announced=tuple(e for e in state.announced if wants.has(getattr(e, "person", None), role_of(e))),
        uncertain=tuple(u for u in _uncertain(history, org.id, at) if wants.has(u.person, u.role)) if at else (),
        vacant=tuple(_vacant(state)) if wants.has_seats else (),
    )


def _vacant(state: OrgState) -> Iterator[Vacant]:
    for seat, count in state.vacant_seats():
        yield Vacant(seat, state.bylaws.named_seats[seat].name or seat, count)


def controlling(history: History, org: Org) -> Org:
    """The organization whose board decides for this one: the last that `controlled_by` leads to."""
    orgs = {declared.id: declared for declared in history.log.orgs}
    seen = {org.id}
    while org.controlled_by and org.controlled_by in orgs and org.controlled_by not in seen:
        seen.add(org.controlled_by)
        org = orgs[org.controlled_by]
    return org


def _uncertain(history: History, org: str, at: datetime) -> tuple[Uncertain, ...]:
    found = []
    for index in history.uncertain_at(org, at):
        event, moved = history.events[index], history.effect(index)
        if event.span is not None:
            found += [Uncertain(role, o.person, event, event.span) for role, o in (*moved.closed, *moved.opened)]
    return tuple(found)
