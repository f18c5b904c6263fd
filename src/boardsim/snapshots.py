"""A snapshot: who holds what at an instant, as known at an instant."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal, cast

from attrs import frozen

from boardsim.bylaws import CHAIR
from boardsim.events import Doubt, Event, Opening, role_of
from boardsim.history import History
from boardsim.log import Org
from boardsim.state import OrgState


@frozen
class Uncertain:
    """A tenure of which it is not sure whether it had begun, or had ended, at the instant of the snapshot.

    Attributes:
        event: what began or ended it.
        span: when that may have been; None where it is exact.
        why: its time lies within a span, or its record is doubtful.
    """

    role: str
    person: str
    event: Event
    span: tuple[datetime, datetime] | None
    why: Literal["span", "order", "disputed", "assumed"] = "span"


@frozen(kw_only=True)
class OrgSnapshot:
    """One organization at one instant.

    Attributes:
        board: the organization whose board decides here: itself, or the one at the top that controls it.
        roles: the live tenures by role, offices and staff included, oldest first.
        announced: what had been announced and had neither come about nor been withdrawn.
        uncertain: the tenures within whose span of uncertainty the instant lies, and those that rest on, or ended by,
            what is disputed or assumed.
        partial: whether its board is only partly on record at the instant.
    """

    org: Org
    state: OrgState
    board: Org
    roles: Mapping[str, tuple[Opening, ...]]
    announced: tuple[Event, ...]
    uncertain: tuple[Uncertain, ...]
    partial: bool = False

    @property
    def directors(self) -> tuple[str, ...]:
        """Who sits on its own board, by id."""
        return tuple(sorted(self.state.directors))

    @property
    def chair(self) -> str | None:
        """Who chairs its own board."""
        return next(iter(self.state.holders(CHAIR)), None)


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
        uncertain=tuple(u for u in _uncertain(history, org.id, position, at) if wants.has(u.person, u.role)),
        partial=state.bylaws.complete_from is not None and (at is None or state.bylaws.is_partial(at)),
    )


def controlling(history: History, org: Org) -> Org:
    """The organization whose board decides for this one: the last that `controlled_by` leads to."""
    orgs = {declared.id: declared for declared in history.log.orgs}
    seen = {org.id}
    while org.controlled_by and org.controlled_by in orgs and org.controlled_by not in seen:
        seen.add(org.controlled_by)
        org = orgs[org.controlled_by]
    return org


def _uncertain(history: History, org: str, position: int, at: datetime | None) -> tuple[Uncertain, ...]:
    found = []
    for index in history.uncertain_at(org, at) if at else ():
        event, moved = history.events[index], history.effect(index)
        if event.span is not None:
            found += [Uncertain(role, o.person, event, event.span) for role, o in (*moved.closed, *moved.opened)]
    return (*found, *_doubtful(history, org, position))


def _doubtful(history: History, org: str, position: int) -> Iterator[Uncertain]:
    """Whom a disputed or assumed event removed, and whom it seated.

    It lasts as long as what the event opened is open, and of a removal until the removed person holds the role again.
    """
    for index in history.doubtful(org, position):
        event, moved = history.events[index], history.effect(index)
        opened = [(role, opening) for role, opening in moved.opened if _is_open(history, org, position, role, opening)]
        if moved.opened and not opened:
            continue
        closed = [pair for pair in moved.closed if not _is_back(history, org, index, position, *pair)]
        for role, opening in (*closed, *opened):
            yield Uncertain(role, opening.person, event, event.span, cast("Doubt", event.status))


def _is_open(history: History, org: str, position: int, role: str, opening: Opening) -> bool:
    return history.state(org, position).held(opening.person, role) is opening


def _is_back(history: History, org: str, index: int, position: int, role: str, opening: Opening) -> bool:
    """Whether somebody who lost a role has held it again since."""
    since = (tenure.opened for tenure in history.tenures(org) if tenure.role == role)
    return any(one.person == opening.person and index < history.index(one.id) < position for one in since)
