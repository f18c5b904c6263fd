"""A snapshot: who holds what at an instant, as known at an instant."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.bylaws import CHAIR, DIRECTOR
from boardsim.days import day_begun, next_midnight
from boardsim.events import DOUBTS, Doubt, Event, Opening, role_of
from boardsim.history import Effect, History, times_of
from boardsim.log import Log, Org
from boardsim.notebooks import table_of
from boardsim.orders import OneWay, may_last, orders_at, span_of, unlike
from boardsim.records import public_since
from boardsim.state import OrgState
from boardsim.traits import can_be_pending, changed_by, is_announced, row
from boardsim.values import Value

Why = Literal["span", "order"] | Doubt
"""Why it is uncertain: an instant within a span, an order of events that is not on record, a doubtful record."""


@frozen(eq=False, repr=False)
class Uncertain(Value):
    """A tenure of which it is not sure whether it had begun, or had ended, at the instant of the snapshot.

    Or of which the terms are not sure; or rules that may not have been in force.

    Attributes:
        role: that of the tenure; None, as `person`, where it is about the organization, its rules or an event alone.
        event: the event that began or ended it; in the other order, where it is one of order.
        span: when that took effect, at the earliest and the latest; None where it is exact.
        why: its time lies within a span, it hangs on an order that is not on record, or its record is doubtful.
        order: where it hangs on an order that is not on record, the two events in the order in which it is so.
    """

    role: str | None
    person: str | None
    event: Event
    span: tuple[datetime, datetime] | None
    why: Why = "span"
    order: tuple[Event, Event] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from all else that is uncertain at an organization at one time."""
        return (self.role, self.person, self.event.id, self.why, tuple(event.id for event in self.order or ()))


@frozen(eq=False, repr=False)
class Vacant(Value):
    """A named seat of the board that nobody holds, and how many of it are free."""

    seat: str
    name: str
    count: int


@frozen(kw_only=True, eq=False, repr=False)
class OrgSnapshot(Value):
    """One organization at one instant.

    Attributes:
        board: the organization whose board decides here: itself, or the one at the top that controls it.
        roles: the live tenures by role, offices and staff included, oldest first.
        announced: what had been announced and had neither come about nor been withdrawn.
        overdue: those of them, by id, that were due before the instant.
        pending: what was public by the instant, and takes effect only after it.
        uncertain: the tenures within whose span of uncertainty the instant lies, and those that rest on, or ended by,
            what is reported, disputed or assumed; likewise their terms, and the rules.
        vacant: the named seats that nobody holds.
        dissolved: the event that dissolved it, if one had by then.
        died: by person, of those who hold a role on record, the event by which they had died by then.
        partial: whether its board is only partly on record at the instant.
    """

    org: Org
    state: OrgState
    board: Org
    roles: Mapping[str, tuple[Opening, ...]]
    announced: tuple[Event, ...]
    overdue: frozenset[str] = frozenset()
    pending: tuple[Event, ...] = ()
    uncertain: tuple[Uncertain, ...]
    vacant: tuple[Vacant, ...] = ()
    dissolved: Event | None = None
    died: Mapping[str, Event] = {}
    partial: bool = False

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


@frozen(kw_only=True, repr=False, eq=False)
class Snapshot(Value):
    """Every organization asked for, after the first `position` events.

    Attributes:
        at: the instant; None before the first event of a log without events.
        known: the state of knowledge; None for everything that is known by now.
        given: the id of an event just before or after which it was asked; None for an instant.
    """

    history: History
    position: int
    at: datetime | None
    known: datetime | None
    orgs: tuple[OrgSnapshot, ...]
    given: str | None = None

    def __repr__(self) -> str:
        at = self.at.isoformat() if self.at is not None else "the beginning"
        return f"<Snapshot of {self.history.log.id} at {at}: {', '.join(shown.org.id for shown in self.orgs)}>"

    def _repr_html_(self) -> str:
        rows = [row for org in self.orgs for row in _rows(org, self.history.log)]
        return table_of(rows, len(rows))


def _rows(org: OrgSnapshot, log: Log) -> Iterator[dict[str, Any]]:
    """Who holds what, and what is not sure, for a notebook: a row each."""
    unsure = {(one.role, one.person) for one in org.uncertain}
    for role, held in org.roles.items():
        for opening in held:
            sure = (role, opening.person) not in unsure and opening.status not in DOUBTS
            yield _row_of(org, log, "holds", role, opening.person, opening) | {"certain": sure}
    for standing, events in (("announced", org.announced), ("pending", org.pending)):
        for event in events:
            yield _row_of(org, log, standing, role_of(event), getattr(event, "person", None), event)
    for one in org.uncertain:
        yield _row_of(org, log, f"uncertain: {one.why}", one.role, one.person, one.event) | {"certain": False}


def _row_of(
    org: OrgSnapshot, log: Log, standing: str, role: str | None, person: str | None, event: Event
) -> dict[str, Any]:
    who = None if person is None else log.name(person)
    seat = {"org": org.org.name, "standing": standing, "role": role, "person": who}
    return {**seat, **times_of(event, log.zone), "event": event.id}


def snapshot(
    history: History,
    *,
    at: datetime | None = None,
    position: int | None = None,
    orgs: Iterable[str] | None = None,
    people: Iterable[str] | None = None,
    roles: Iterable[str] | None = None,
    given: str | None = None,
) -> Snapshot:
    """The state at an instant, or after a number of events; after all events where neither is said.

    Args:
        orgs: the ids of the organizations wanted; all declared ones where it is not said.
        people: the ids of the people whose tenures are wanted; likewise.
        roles: the ids of the roles wanted; likewise.
        given: the id of an event just before or after which it is asked; see `History.is_open`.
    """
    if position is None:
        position = len(history.events) if at is None else history.position(at)
    if at is None and position:
        at = history.instants[position - 1]
    wanted = None if orgs is None else set(orgs)
    declared = (org for org in history.log.orgs if wanted is None or org.id in wanted)
    wants = _Wants(*(None if ids is None else frozenset(ids) for ids in (people, roles)))
    found = tuple(_org(history, org, position, at, wants, given) for org in declared)
    return Snapshot(history=history, position=position, at=at, known=history.known, orgs=found, given=given)


@frozen(eq=False, repr=False)
class _Wants(Value):
    """Whose tenures, and of which roles; None for all."""

    people: frozenset[str] | None
    roles: frozenset[str] | None

    @property
    def has_seats(self) -> bool:
        """Whether vacant seats of the board are wanted, which are nobody's."""
        return self.people is None and (self.roles is None or DIRECTOR in self.roles)

    def has(self, person: str | None, role: str | None) -> bool:
        return (self.people is None or person in self.people) and (self.roles is None or role in self.roles)


def _org(
    history: History, org: Org, position: int, at: datetime | None, wants: _Wants, given: str | None
) -> OrgSnapshot:
    state = history.state(org.id, position)
    roles: dict[str, tuple[Opening, ...]] = {}
    for role, opening in state.tenures():
        if wants.has(opening.person, role):
            roles[role] = (*roles.get(role, ()), opening)
    held = {opening.person for openings in roles.values() for opening in openings} if history.deaths else ()
    announced = tuple(e for e in state.announced if wants.has(getattr(e, "person", None), role_of(e)))
    zone = history.log.zone
    return OrgSnapshot(
        org=org,
        state=state,
        board=controlling(history, org),
        roles=roles,
        announced=announced,
        overdue=frozenset(event.id for event in announced if at and is_overdue(event, at, zone)),
        pending=tuple(_pending(history, org.id, position, at, wants)) if at else (),
        uncertain=tuple(u for u in uncertain(history, org.id, at, position, given) if wants.has(u.person, u.role)),
        vacant=tuple(_vacant(state)) if wants.has_seats else (),
        dissolved=history.dissolution_of(org.id, position),
        died={person: death for person in held if (death := history.death_of(person, position)) is not None},
        partial=state.bylaws.complete_from is not None and (at is None or state.bylaws.is_partial(at)),
    )


def is_overdue(event: Event, at: datetime, zone: ZoneInfo) -> bool:
    """Whether what was announced should have come about by then; what is due on a day has all of that day."""
    if event.due is None:
        return False
    day = day_begun(event.due, zone)
    return (event.due if day is None else next_midnight(day, zone)) <= at


def _pending(history: History, org: str, position: int, at: datetime, wants: _Wants) -> Iterator[Event]:
    """What will have moved a seat there, and was public before it did."""
    for index in history.foreseen.get(org, ()):
        event = history.events[index]
        is_pending = (
            index >= position and at < event.at and public_since(event, history.log) <= at and can_be_pending(event)
        )
        if is_pending and wants.has(getattr(event, "person", None), role_of(event)):
            yield event


def _vacant(state: OrgState) -> Iterator[Vacant]:
    for seat, count in state.vacant_seats():
        yield Vacant(seat, state.bylaws.named_seats[seat].name or seat, count)


def controlling(history: History, org: Org) -> Org:
    """The organization whose board decides for this one: the last that `controlled_by` leads to."""
    orgs = history.log.org_by_id
    seen = {org.id}
    while org.controlled_by and org.controlled_by in orgs and org.controlled_by not in seen:
        seen.add(org.controlled_by)
        org = orgs[org.controlled_by]
    return org


def uncertain(
    history: History, org: str, at: datetime | None, position: int | None = None, given: str | None = None
) -> tuple[Uncertain, ...]:
    """The tenures of an organization of which it is not sure whether somebody held them at an instant.

    Args:
        position: how many events had taken place; all up to the instant where it is not said.
        given: the id of an event just before or after which it is asked; see `History.is_open`.
    """
    if position is None:
        position = len(history.events) if at is None else history.position(at)
    found = []
    for index in history.uncertain_at(org, at) if at else ():
        if at is not None and history.is_open(history.events[index], at, given):
            found += [one for one in _of_span(history, org, index) if one.span is None or one.span[0] <= at]
    ordered = _in_the_other_order(history, org, at) if at is not None else ()
    ended = _ending(history, org, at) if at is not None else ()
    return (*found, *ordered, *_doubtful(history, org, position), *ended)


def of_span(event: Event, moved: Effect, after: OrgState) -> Iterator[Uncertain]:
    """What is uncertain within the span of an event, each within its own: whom it removed, seated, or changed.

    Args:
        moved: which tenures it opened and closed.
        after: the state of its organization just after it.
    """
    if event.span is None:
        return
    start, end = event.span
    for role, opening in moved.closed:  # nothing ends before it begins
        yield Uncertain(role, opening.person, event, (max(start, span_of(opening)[0]), end))
    for role, opening in moved.opened:
        yield Uncertain(role, opening.person, event, event.span)
    for changed in _changed(event, after):
        yield Uncertain(*changed, event, event.span)


def _of_span(history: History, org: str, index: int) -> Sequence[Uncertain]:
    """The same of an event of a history, which is asked again and again: at every instant of its span, say."""
    found: dict[tuple[str, int], Sequence[Uncertain]] = history.worked_out.setdefault("of_span", {})
    if (org, index) not in found:
        after = history.state(org, index + 1)
        found[org, index] = [*of_span(history.events[index], history.effect(index), after)]
    return found[org, index]


_Changed = tuple[str | None, str | None]
"""The role and the person of a tenure; None and None for the rules."""


def _changed(event: Event, after: OrgState) -> Iterator[_Changed]:
    """What an event changed and neither opened nor closed: the terms of tenures, or the rules."""
    if is_announced(event):
        return
    if (changed := changed_by(event)) is not None:
        person, named = changed
        for role in after.roles_of(person) if named is None else (named,):
            yield role, person
    elif row(event).amends(event):
        yield None, None


def _ending(history: History, org: str, at: datetime) -> Iterator[Uncertain]:
    """Whether the organization had been dissolved, at an instant."""
    for one in of_endings(history, org):
        if one.event.at <= at if one.why in DOUBTS else history.is_open(one.event, at):
            yield one


def of_endings(history: History, org: str) -> Iterator[Uncertain]:
    """Why it is uncertain whether an organization had been dissolved: its span, and what the record rests on."""
    for event in history.endings_of(org):
        if event.span is not None:
            yield Uncertain(None, None, event, event.span)
        if event.status in DOUBTS:
            yield Uncertain(None, None, event, event.span, event.status)


def _in_the_other_order(history: History, org: str, at: datetime) -> Iterator[Uncertain]:
    """Who would sit, or not, on which terms and by which rules then, had two events come in the other order."""
    position = history.position(at)
    for order in orders_at(history).get(org, ()):
        if at < min(span_of(event)[0] for event in (order.first, order.second)):
            continue
        state, other = history.state(org, position), order.other.state_at(org, at)
        for one in order.only_otherwise(org):
            if may_last(one.tenure, at, at) and state.held(one.person, one.role) is None:
                yield _by_order(one)
        for one in order.only_by_record(org):
            opening = state.held(one.person, one.role)
            is_held = opening is not None and opening.id == one.tenure.opened.id
            if is_held and other.held(one.person, one.role) is None:
                yield _by_order(one)
        if {*unlike(order.first, order.second, state, other)} & {*order.contested}:
            whose, terms = changed_by(order.first) or (None, None)
            yield Uncertain(terms, whose, order.first, span_of(order.first), "order", (order.second, order.first))


def _by_order(one: OneWay) -> Uncertain:
    return Uncertain(one.role, one.person, one.event, span_of(one.event), "order", one.order)


def _doubtful(history: History, org: str, position: int) -> Iterator[Uncertain]:
    """What is uncertain after that many events, because it rests on what is reported, disputed or assumed."""
    found: dict[tuple[str, int], Sequence[Lasting]] = history.worked_out.setdefault("of_status", {})
    for index in history.doubtful(org, position):
        if (org, index) not in found:
            found[org, index] = [*of_status(history, org, index)]
        for uncertain, until in found[org, index]:
            if until is None or position <= until:
                yield uncertain


Lasting = tuple[Uncertain, int | None]
"""What is uncertain from an event on, and the index of the event by which it is no more; None where there is none."""


def of_status(history: History, org: str, index: int) -> Iterator[Lasting]:
    """Whom an event that is reported, disputed or assumed removed, and whom it seated; and what else it changed.

    It lasts as long as what the event opened is open, and of a removal until the removed person holds the role again.
    """
    event, moved = history.events[index], history.effect(index)
    opened = [(role, opening, _end_of(history, org, role, opening)) for role, opening in moved.opened]
    closed = [(role, opening, _back(history, org, index, role, opening)) for role, opening in moved.closed]
    ends = [until for _, _, until in opened]
    limit = None if None in ends else max((end for end in ends if end is not None), default=None)
    lasting = [(role, opening.person, until) for role, opening, until in (*closed, *opened)]
    for role, person, until in (*lasting, *_changes(history, org, index)):
        uncertain = Uncertain(role, person, event, event.span, cast("Doubt", event.status))
        yield uncertain, min((end for end in (until, limit) if end is not None), default=None)


def _end_of(history: History, org: str, role: str, opening: Opening) -> int | None:
    """The index of the event that ended a tenure; None where it goes on."""
    tenure = history.tenure(org, role, opening.id)
    return tenure.closed_index if tenure else None


def _back(history: History, org: str, index: int, role: str, opening: Opening) -> int | None:
    """The index of the event by which somebody who had lost a role held it again; None where they never did."""
    own = _begun(history, org).get((role, opening.person), ())
    return next(iter(own[bisect_right(own, index) :]), None)


def _begun(history: History, org: str) -> Mapping[tuple[str, str], Sequence[int]]:
    """By role and person, where each of their tenures began; it is asked of every removal that is in doubt."""
    known: dict[str, Mapping[tuple[str, str], Sequence[int]]] = history.worked_out.setdefault("begun", {})
    if org not in known:
        found: dict[tuple[str, str], list[int]] = {}
        for tenure in history.tenures(org):
            found.setdefault((tenure.role, tenure.opened.person), []).append(history.index(tenure.opened.id))
        known[org] = {key: sorted(indexes) for key, indexes in found.items()}
    return known[org]


def _changes(history: History, org: str, index: int) -> Iterator[tuple[str | None, str | None, int | None]]:
    """What else an event changed, and until which one: while the tenure lasts, or until all those rules are others."""
    after = history.state(org, index + 1)
    for role, person in _changed(history.events[index], after):
        if role is None or person is None:
            yield None, None, _superseded(history, org, index)
        elif (opening := after.held(person, role)) is not None:
            yield role, person, _end_of(history, org, role, opening)


def _superseded(history: History, org: str, index: int) -> int | None:
    """The index of the event from which on none of the rules that an event made is in force; None where some is."""
    left = set(row(history.events[index]).amends(history.events[index]))
    for later in history.timelines[org].indexes:
        if later > index:
            left -= set(row(history.events[later]).amends(history.events[later]))
        if not left:
            return later
    return None
