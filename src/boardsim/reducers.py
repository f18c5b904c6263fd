"""What an event means: `obstacle` and `reduce`, one pair of pure functions per event type, side by side.

`obstacle(state, event)` says why the event cannot happen in this state, or None.  `reduce(state, event)` is the
state after it; it is called only where there is no obstacle, and it never raises.  Both look at one organization
and at nothing else.

Whatever else anybody must know of an event type stands in its row (`ROWS`), beside its pair: what it touches and
depends on, whether it is an act of the board, whether it can be announced.  No search, view or check asks what type
an event is; it asks the row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from boardsim import aspects
from boardsim.aspects import Aspect, Outline
from boardsim.bylaws import DIRECTOR, Bylaws, Role, unknown_bylaw
from boardsim.events import (
    EMPLOYEE,
    NAMES,
    Amend,
    Appoint,
    Cease,
    Choice,
    Closing,
    Death,
    Dissolve,
    Event,
    Fire,
    JoinCompany,
    Opening,
    Reinstate,
    Resign,
    Retract,
    Statement,
    Suspend,
    Vary,
    Vote,
    Withdraw,
    role_of,
    seat_of,
)
from boardsim.staff import Staff
from boardsim.state import OrgState, Seats, Suspended, new_state
from boardsim.values import Value
from boardsim.voting import Board, Poll, Tally
from boardsim.voting import tally as tally_of

_NOBODY: Mapping[str, Opening] = {}


Named = tuple[str, str]
"""What an id is the id of (`person`, `org`, `role` or `event`), and the id."""


@frozen(eq=False, repr=False)
class Reason(Value):
    """Why an event did not take effect.

    Attributes:
        code: the kind of reason, one of `REASONS`.
        text: a sentence that names the people and events concerned by their ids.
        cites: the events that it rests on, to be followed further.
        names: what the ids of the text are ids of, in its order; one id may be that of a person and of a role.
    """

    code: str
    text: str
    cites: tuple[str, ...] = ()
    names: tuple[Named, ...] = field(default=(), eq=False)


REASONS = (
    "already-holds",
    "role-full",
    "seat-full",
    "requires-role",
    "no-director",
    "does-not-hold",
    "already-employed",
    "already-suspended",
    "not-suspended",
    "no-terms",
    "no-board",
    "unknown-bylaw",
    "not-announced",
)
"""The codes of all obstacles."""


def _already(state: OrgState, event: Opening, role: str, code: str) -> Reason | None:
    opening = state.held(event.person, role)
    if opening is None:
        return None
    works = code == "already-employed"
    text = f"{event.person} already {'works' if works else f'holds {role}'} at {event.org}, by {opening.id}"
    held = () if works else (("role", role),)
    names = (("person", event.person), *held, ("org", event.org), ("event", opening.id))
    return Reason(code, text, (opening.id,), names)


def _no_director(state: OrgState, event: Event) -> Reason | None:
    """Why the board, whose decision it is, cannot take it; one that is partly on record may have others on it."""
    if state.voters or state.bylaws.is_partial(event.at):
        return None
    return Reason("no-director", f"{_nobody_votes(state)}, so its board cannot act", _suspending(state), _org(state))


def _nobody_votes(state: OrgState) -> str:
    """Why nobody may vote on a board, in words."""
    who = "every director" if state.directors else "no director"
    return f"{who} {'is suspended' if state.directors else 'sits'} at {state.org}"


def _org(state: OrgState) -> tuple[Named, ...]:
    """The only id in words about a board."""
    return (("org", state.org),)


def _suspending(state: OrgState) -> tuple[str, ...]:
    """The events by which directors are suspended."""
    return tuple(state.suspended[DIRECTOR, person].id for person in state.suspended_directors)


def _full(event: Appoint, held: Mapping[str, Opening], limit: int) -> Reason | None:
    if event.replaces in held:
        return None
    return _no_room(event.role, event.org, held, limit)


def _no_room(role: str, org: str, held: Mapping[str, Opening], limit: int) -> Reason:
    places = "place" if limit == 1 else "places"
    text = f"{role} at {org} has {limit} {places}, held by {', '.join(held) or 'nobody'}"
    names = (("role", role), ("org", org), *_people(held))
    return Reason("role-full", text, tuple(opening.id for opening in held.values()), names)


def _people(people: Iterable[str]) -> Iterator[Named]:
    return (("person", person) for person in people)


def _acting(state: OrgState, role: str, held: Mapping[str, Opening]) -> Mapping[str, Opening]:
    """Those holders of a role who are not suspended from it: the others take up no room."""
    return {person: opening for person, opening in held.items() if (role, person) not in state.suspended}


def _seat_full(state: OrgState, event: Appoint, held: Mapping[str, Opening]) -> Reason | None:
    """Why the named seat of the bylaws cannot be taken."""
    named = state.bylaws.named_seats.get(str(event.seat))
    if named is None:
        text = f"the bylaws of {event.org} have no seat '{event.seat}' then"
        return Reason("seat-full", text, (), _org(state))
    holders = [opening for opening in held.values() if seat_of(opening) == event.seat]
    if len(holders) < named.count or any(opening.person == event.replaces for opening in holders):
        return None
    times = "" if named.count == 1 else f", of which there are {named.count},"
    people = [opening.person for opening in holders]
    text = f"the seat '{event.seat}' at {event.org}{times} is held by {', '.join(people)}"
    names = (("org", event.org), *_people(people))
    return Reason("seat-full", text, tuple(opening.id for opening in holders), names)


def obstacle_appoint(state: OrgState, event: Appoint) -> Reason | None:
    """They hold it already; the role is full; it requires a role not held; or no director sits to appoint."""
    bylaws, role_id, person = state.bylaws, event.role, event.person
    held = state.seats.get(role_id, _NOBODY)
    role = bylaws.roles.get(role_id) or Role(id=role_id)
    if person in held or (role.kind == "staff" and state.staff.get(person, role_id) is not None):
        return _already(state, event, role_id, "already-holds")
    limit = bylaws.seats if role_id == DIRECTOR else role.holders
    if event.seat is not None and (reason := _seat_full(state, event, held)) is not None:
        return reason
    if limit is not None and role.kind == "staff":  # a payroll is searched only for those few roles that have a limit
        held = {person: opening for (person, staff_role), opening in state.staff if staff_role == role_id}
    if state.suspended and role_id != DIRECTOR:
        held = _acting(state, role_id, held)
    if limit is not None and len(held) >= limit and (reason := _full(event, held, limit)) is not None:
        return reason
    if role.requires is not None and state.held(person, role.requires) is None:
        text = f"{role_id} requires {role.requires}, and {person} is not one at {event.org}"
        names = (("role", role_id), ("role", role.requires), ("person", person), ("org", event.org))
        return Reason("requires-role", text, (), names)
    return _no_director(state, event) if event.by == "board" else None


def reduce_appoint(state: OrgState, event: Appoint) -> OrgState:
    """Opens the tenure, and closes the one of whom it replaces."""
    org, bylaws, seats, staff, announced, suspended = state
    role, replaced = event.role, event.replaces
    if replaced is not None:  # who holds nothing loses nothing
        lost = bylaws.closing.get(role) or (role,)
        seats, staff = _closed(state, replaced, lost)
        suspended = suspended and _lifted(suspended, replaced, lost)
    held = seats.get(role, _NOBODY)
    if not held and role in bylaws.staff_roles:
        staff = staff.with_(event, role)
    else:
        seats = {**seats}  # copied, then set: a display that unpacks and adds in one costs twice as much
        seats[role] = held = {**held}
        held[event.person] = event
    return new_state((org, bylaws, seats, staff, announced and _unfulfilled(state, event), suspended))


def obstacle_join(state: OrgState, event: JoinCompany) -> Reason | None:
    """They are employed there already."""
    return _already(state, event, EMPLOYEE, "already-employed")


def reduce_join(state: OrgState, event: JoinCompany) -> OrgState:
    """Opens an employment."""
    announced = state.announced and _unfulfilled(state, event)
    staff = state.staff.with_(event, EMPLOYEE)
    return new_state((state.org, state.bylaws, state.seats, staff, announced, state.suspended))


def obstacle_close(state: OrgState, event: Closing) -> Reason | None:
    """They do not hold it; or the board is to do it and no director sits."""
    person, role = event.person, event.role
    held = state.roles_of(person) if role is None else state.held(person, role)
    if not held:
        return _not_held(event)
    return _no_director(state, event) if event.by == "board" and isinstance(event, Fire) else None


def reduce_close(state: OrgState, event: Closing) -> OrgState:
    """Closes the role, or all of them, and every role that requires one that closed."""
    org, bylaws, _, _, announced, suspended = state
    person, role = event.person, event.role
    roles = state.roles_of(person) if role is None else bylaws.closing.get(role) or (role,)
    seats, staff = _closed(state, person, roles)
    suspended = suspended and _lifted(suspended, person, roles)  # a suspension ends with its tenure
    return new_state((org, bylaws, seats, staff, announced and _unfulfilled(state, event), suspended))


def _closed(state: OrgState, person: str, roles: tuple[str, ...]) -> tuple[Seats, Staff]:
    """The tenures without those of the person in these roles, of which they need not hold every one."""
    bylaws, before, staff = state.bylaws, state.seats, state.staff
    seats, staff_roles = {**before}, bylaws.staff_roles
    for role in roles:
        if (held := seats.get(role)) is not None:
            if person in held:
                seats[role] = left = {**held}
                del left[person]
                if not left:
                    del seats[role]
        elif role in staff_roles and staff.get(person, role) is not None:
            staff = staff.without(person, role)
    return seats, staff


def _unfulfilled(state: OrgState, event: Event) -> tuple[Event, ...]:
    """The announcements that this effective event leaves open: it fulfils those of the same beginning, or end."""
    row = ROWS[type(event)]
    opened, closed, changed = row.opens(event), row.closes(event), row.changes(event)

    def fulfils(announced: Event) -> bool:
        promised = ROWS[type(announced)]
        if changed is not None:
            meant = promised.changes(announced) if type(announced) is type(event) else None
            return meant is not None and meant[0] == changed[0] and changed[1] in (None, meant[1])
        if opened is not None:
            return promised.opens(announced) == opened
        ends = promised.closes(announced) if promised.opens(announced) is None else None
        return closed is not None and ends is not None and ends[0] == closed[0] and closed[1] in (None, ends[1])

    return tuple(announced for announced in state.announced if not fulfils(announced))


def _lifted(suspended: Suspended, person: str, roles: tuple[str, ...]) -> Suspended:
    """The suspensions without those of the person from these roles."""
    return {key: by for key, by in suspended.items() if key[1] != person or key[0] not in roles}


def obstacle_suspend(state: OrgState, event: Suspend) -> Reason | None:
    """They do not hold it, or are suspended from it already; or the board is to do it and nobody on it may vote."""
    roles = _named_or_held(state, event)
    if not roles:
        return _not_held(event)
    by = [state.suspended.get((role, event.person)) for role in roles]
    if None not in by:
        what = event.role or "every role held"
        text = f"{event.person} is suspended from {what} at {event.org} already, by {by[0].id if by[0] else ''}"
        first = (("event", by[0].id),) if by[0] else ()
        cites = tuple(dict.fromkeys(one.id for one in by if one))
        return Reason("already-suspended", text, cites, (*_held_at(event), *first))
    return _no_director(state, event) if event.by == "board" else None


def reduce_suspend(state: OrgState, event: Suspend) -> OrgState:
    """They hold what they held, and may not act in it; from what they are suspended already they stay so."""
    suspended = {(role, event.person): event for role in _named_or_held(state, event)} | {**state.suspended}
    return state._replace(suspended=suspended, announced=state.announced and _unfulfilled(state, event))


def obstacle_reinstate(state: OrgState, event: Reinstate) -> Reason | None:
    """They do not hold it, or are not suspended from it; their place is taken; or nobody may vote on the board."""
    held = _named_or_held(state, event)
    if not held:
        return _not_held(event)
    roles = [role for role in held if (role, event.person) in state.suspended]
    if not roles:
        text = f"{event.person} is not suspended from {event.role or 'a role'} at {event.org}"
        return Reason("not-suspended", text, (), _held_at(event))
    for role in roles:
        if (reason := _place_taken(state, event, role)) is not None:
            return reason
    return _no_director(state, event) if event.by == "board" else None


def _place_taken(state: OrgState, event: Reinstate, role: str) -> Reason | None:
    """Why there is no room for somebody who was suspended from a role; a director has kept the seat."""
    limit = None if role == DIRECTOR else state.bylaws.limit(role)
    if limit is None:
        return None
    acting = state.acting(role)
    if len(acting) < limit:
        return None
    found = {person: opening for person in acting if (opening := state.held(person, role)) is not None}
    return _no_room(role, event.org, found, limit)


def reduce_reinstate(state: OrgState, event: Reinstate) -> OrgState:
    """They act again in the role, or in every one that they were suspended from."""
    suspended = _lifted(state.suspended, event.person, _named_or_held(state, event))
    return state._replace(suspended=suspended, announced=state.announced and _unfulfilled(state, event))


def obstacle_vary(state: OrgState, event: Vary) -> Reason | None:
    """They do not hold it, or it is an employment, which has no term."""
    opening = state.held(event.person, event.role)
    if opening is None:
        return _not_held(event)
    if isinstance(opening, JoinCompany):
        text = f"{event.person} works at {event.org} by {opening.id}, and an employment has no terms to vary"
        names = (("person", event.person), ("org", event.org), ("event", opening.id))
        return Reason("no-terms", text, (opening.id,), names)
    return None


def reduce_vary(state: OrgState, event: Vary) -> OrgState:
    """The tenure goes on with other terms: its opening event is the same one, in whose place a copy of it stands."""
    person, role = event.person, event.role
    held = state.held(person, role)
    if not isinstance(held, Appoint):  # only where it is made to happen in spite of its obstacle
        return state
    opening = evolve(held, **event.terms)
    seats, staff = state.seats, state.staff
    if role in seats:
        seats = {**seats, role: {**seats[role], person: opening}}
    else:
        staff = staff.without(person, role).with_(opening, role)
    return state._replace(seats=seats, staff=staff, announced=state.announced and _unfulfilled(state, event))


def reduce_dissolve(state: OrgState, event: Dissolve) -> OrgState:
    """Nobody loses a seat by it; it was announced, if it was, and stands in no list any more."""
    left = tuple(announced for announced in state.announced if not isinstance(announced, Dissolve))
    return state if len(left) == len(state.announced) else state._replace(announced=left)


def _named_or_held(state: OrgState, event: Suspend | Reinstate) -> tuple[str, ...]:
    """The role that is named, if the person holds it; where none is, every role that they hold."""
    if event.role is None:
        return state.roles_of(event.person)
    return () if state.held(event.person, event.role) is None else (event.role,)


def _not_held(event: Closing | Suspend | Reinstate | Vary) -> Reason:
    text = f"{event.person} does not hold {event.role or 'a role'} at {event.org}"
    return Reason("does-not-hold", text, (), _held_at(event))


def _held_at(event: Closing | Suspend | Reinstate | Vary) -> tuple[Named, ...]:
    """The person, the role if one is named, and the organization, in the order of words about them."""
    role = (("role", event.role),) if event.role else ()
    return (("person", event.person), *role, ("org", event.org))


def no_obstacle(state: OrgState, event: Event) -> None:
    """Nothing can be in the way of words, or of an announcement."""


def same(state: OrgState, event: Event) -> OrgState:
    """Changes nothing."""
    return state


def reduce_announced(state: OrgState, event: Event) -> OrgState:
    """An announced event opens nothing; it stands until it is fulfilled or withdrawn."""
    announced = (*state.announced, event)
    return new_state((state.org, state.bylaws, state.seats, state.staff, announced, state.suspended))


def obstacle_vote(state: OrgState, event: Vote) -> Reason | None:
    """There is no board to vote, and it is not others whose votes were counted."""
    if state.voters or state.bylaws.is_partial(event.at) or not _is_board_vote(event):
        return None
    return Reason("no-board", f"{_nobody_votes(state)}, so nobody can vote", _suspending(state), _org(state))


def obstacle_amend(state: OrgState, event: Amend) -> Reason | None:
    """It changes a bylaw that does not exist; or the board is to do it and no director sits."""
    if (unknown := unknown_bylaw(event.changes)) is not None:
        return Reason("unknown-bylaw", f"no bylaw is called {unknown}")
    return _no_director(state, event) if event.by == "board" else None


def reduce_amend(state: OrgState, event: Amend) -> OrgState:
    """The bylaws are the amended ones from now on."""
    bylaws = state.bylaws.amended(event.changes)
    return new_state((state.org, bylaws, state.seats, state.staff, state.announced, state.suspended))


def obstacle_withdraw(state: OrgState, event: Withdraw) -> Reason | None:
    """What it withdraws is not announced and pending."""
    if any(announced.id == event.event for announced in state.announced):
        return None
    return Reason(
        "not-announced", f"{event.event} is not announced and pending", (event.event,), (("event", event.event),)
    )


def reduce_withdraw(state: OrgState, event: Withdraw) -> OrgState:
    """The announcement no longer stands."""
    left = tuple(announced for announced in state.announced if announced.id != event.event)
    return new_state((state.org, state.bylaws, state.seats, state.staff, left, state.suspended))


def voters_of(state: OrgState, vote: Vote, assumed: Iterable[str] = ()) -> tuple[str, ...]:
    """Who counts in a vote: who may vote then; and where the board is partly on record, whoever has a ballot."""
    if not state.bylaws.is_partial(vote.at):
        return state.voters
    suspended = state.suspended_directors
    return tuple(person for person in dict.fromkeys((*vote.ballots, *assumed)) if person not in suspended)


def poll(state: OrgState, vote: Vote, assumed: Mapping[str, Choice] | None = None) -> Poll:
    """The ballots of a vote on the board as it is in this state; `assumed` are taken where none is on record."""
    return Poll.of(
        state.bylaws,
        vote,
        sitting=voters_of(state, vote, assumed or ()),
        chair=state.casting_voter,
        assumed=assumed,
        suspended=state.suspended_directors,
    )


def board_of(state: OrgState, vote: Vote) -> Board:
    """Everybody who may vote in a vote, those included who recused themselves."""
    return poll(state, evolve(vote, recused=())).board


def tally(state: OrgState, vote: Vote, assumed: Mapping[str, Choice] | None = None) -> Tally:
    """How a vote comes out on the board as it is in this state."""
    return tally_of(
        state.bylaws,
        vote,
        sitting=voters_of(state, vote, assumed or ()),
        chair=state.casting_voter,
        assumed=assumed,
        suspended=state.suspended_directors,
    )


Obstacle = Callable[[OrgState, Any], Reason | None]
Reduce = Callable[[OrgState, Any], OrgState]
Count = Callable[[OrgState, Any, Mapping[str, Choice] | None], Tally]
Aspects = Callable[[Any, str, Outline], Iterator[Aspect]]
"""Of an event at an organization, in a log of which the outline is known."""

Seat = tuple[str, str]
"""A person and a role."""

Loss = tuple[str, str | None]
"""A person and the role that they lose; None for every role that they hold."""


def _opens_role(event: Appoint) -> Seat:
    return event.person, event.role


def _opens_job(event: JoinCompany) -> Seat:
    return event.person, EMPLOYEE


def _closes_predecessor(event: Appoint) -> Loss | None:
    return (event.replaces, event.role) if event.replaces is not None else None


def _closes_own(event: Closing) -> Loss:
    return event.person, event.role


def _changes_own(event: Suspend | Reinstate | Vary) -> Loss:
    return event.person, event.role


def _by_board(event: Event) -> bool:
    return event.by == "board"


def _appoints_in(event: Appoint, bylaws: Bylaws) -> tuple[str, ...] | None:
    """Its role and the one that this requires, where there is room for any number."""
    if event.replaces is not None or event.seat is not None or _by_board(event) or bylaws.limit(event.role) is not None:
        return None
    required = bylaws.role(event.role).requires
    return (event.role,) if required is None else (event.role, required)


def _closes_in(event: Closing, bylaws: Bylaws) -> tuple[str, ...] | None:
    """Its role and those that close with it."""
    if event.role is None or _by_board(event):
        return None
    return bylaws.closing.get(event.role) or (event.role,)


def _has_ballots(event: Vote) -> bool:
    return event.count is None


def _is_board_vote(event: Vote) -> bool:
    """Whether it is for the board to take: members and staff whose votes were counted need no director for it."""
    return event.count is None or event.by not in ("members", "staff")


def touches_nothing(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """Words, votes and corrections move nothing by themselves."""
    return iter(())


def touches_tenures(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """The seats that open and close, those that close with them, and the announcement that is fulfilled."""
    yield aspects.announcements(org)
    row = ROWS[type(event)]
    if (opened := row.opens(event)) is not None:
        yield from aspects.seat_of(outline, org, *opened)
    if (closed := row.closes(event)) is not None:
        yield from aspects.seats_lost(outline, org, *closed)


def touches_standing(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """The seats that somebody keeps, on other terms or without acting in them, and what was announced of that."""
    yield aspects.announcements(org)
    if (changed := ROWS[type(event)].changes(event)) is not None:
        yield from aspects.seats_lost(outline, org, *changed)


def touches_bylaws(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """The rules."""
    yield aspects.bylaws(org)


def touches_end(event: Dissolve, org: str, outline: Outline) -> Iterator[Aspect]:
    """No seat: only what had been announced of it."""
    yield aspects.announcements(org)


def touches_announcements(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """What has been announced."""
    yield aspects.announcements(org)


def depends_on_nothing(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """Nothing can be in its way."""
    return iter(())


def depends_on_room(event: Opening, org: str, outline: Outline) -> Iterator[Aspect]:
    """That they do not hold it, that there is room, that they hold what it requires."""
    person, role = event.person, str(role_of(event))
    rules = outline.bylaws(org).role(role)
    yield aspects.seats(outline, org, role, None if rules.holders is not None else person)
    if role == DIRECTOR:
        yield aspects.bylaws(org)  # which have the number of seats
    if rules.requires is not None:
        yield aspects.seats(outline, org, rules.requires, person)


def depends_on_room_again(event: Reinstate, org: str, outline: Outline) -> Iterator[Aspect]:
    """That they hold it and were suspended from it, and that nobody has taken their place."""
    for role in outline.roles_taken(org, event.person) if event.role is None else (event.role,):
        yield aspects.seats(outline, org, role, None if outline.bylaws(org).limit(role) is not None else event.person)


def depends_on_holding(event: Closing | Suspend | Vary, org: str, outline: Outline) -> Iterator[Aspect]:
    """That they hold it, or anything."""
    for role in outline.roles_taken(org, event.person) if event.role is None else (event.role,):
        yield aspects.seats(outline, org, role, event.person)


def depends_on_count(event: Vote, org: str, outline: Outline) -> Iterator[Aspect]:
    """The rules, and who has a casting vote, where it is ballots that are counted."""
    yield aspects.bylaws(org)
    for role in outline.casting_roles(org) if _has_ballots(event) else ():
        yield aspects.seats(outline, org, role)


def depends_on_announcement(event: Withdraw, org: str, outline: Outline) -> Iterator[Aspect]:
    """That it was announced, and is pending."""
    yield aspects.announcements(org)
    yield aspects.ruling(event.event)


@frozen(kw_only=True, eq=False, repr=False)
class Row(Value):
    """Everything that the heart says of one type of event.

    Attributes:
        obstacle: why it cannot happen in a state.
        reduce: the state after it.
        count: of a type that is decided by votes, how they are counted.
        has_ballots: whether they are on record by name, so that somebody could have cast another.
        opens: the seat that an event gives to somebody, who is its `person`; None where it gives none.
        closes: what an event takes from somebody; None where it takes nothing.
        changes: whose tenure an event changes that it neither opens nor closes, as in `closes`: its terms, or whether
            they may act in it.
        amends: the changes that an event makes to the bylaws, by the name of the bylaw.
        touches: the aspects that an event changes where it takes effect.
        depends_on: the aspects that decide whether it can, apart from its reasons and from who sits on the board.
        board_act: whether an event is a decision of the board, which somebody must be there to take.
        announceable: whether it can be announced, to take effect later.
        personal: of a type that is of no organization, whose event it is; it is one of every organization that mentions
            them.
        ends: whether by it the life of a person ends, or that of an organization.
        voluntary: whether it is the own doing of its `person` where nobody else is said to have decided it.
        own_roles: the roles of its `person` that alone have to do, under these bylaws, with whether it can happen and
            with what it does; None where anybody else's tenure, a vote or the board has.
        retracts: whether it takes back the record of the event that it names, and so is about the record alone.
    """

    obstacle: Obstacle
    reduce: Reduce
    count: Count | None = None
    has_ballots: Callable[[Any], bool] = lambda _: False
    opens: Callable[[Any], Seat | None] = lambda _: None
    closes: Callable[[Any], Loss | None] = lambda _: None
    changes: Callable[[Any], Loss | None] = lambda _: None
    amends: Callable[[Any], Mapping[str, Any]] = lambda _: {}
    touches: Aspects
    depends_on: Aspects
    board_act: Callable[[Any], bool] = lambda _: False
    announceable: bool = False
    personal: Callable[[Any], str | None] = lambda _: None
    ends: bool = False
    voluntary: bool = False
    own_roles: Callable[[Any, Bylaws], tuple[str, ...] | None] = lambda _event, _bylaws: None
    retracts: bool = False

    @property
    def moves(self) -> bool:
        """Whether it can move a tenure, decide something or change the rules, so that something can have caused it."""
        return self.count is not None or self.touches not in (touches_nothing, touches_announcements)


_NOTHING: Mapping[str, Any] = {
    "obstacle": no_obstacle,
    "reduce": same,
    "touches": touches_nothing,
    "depends_on": depends_on_nothing,
}
"""Of a type that can always happen and changes no state."""

_TENURES: Mapping[str, Any] = {"touches": touches_tenures, "announceable": True}
_CLOSES: Mapping[str, Any] = {
    **_TENURES,
    "obstacle": obstacle_close,
    "reduce": reduce_close,
    "closes": _closes_own,
    "depends_on": depends_on_holding,
    "own_roles": _closes_in,
}

_STANDING: Mapping[str, Any] = {"touches": touches_standing, "announceable": True, "changes": _changes_own}

ROWS: Mapping[type[Event], Row] = {
    Appoint: Row(
        **_TENURES,
        obstacle=obstacle_appoint,
        reduce=reduce_appoint,
        opens=_opens_role,
        closes=_closes_predecessor,
        depends_on=depends_on_room,
        board_act=_by_board,
        own_roles=_appoints_in,
    ),
    Fire: Row(**_CLOSES, board_act=_by_board),
    Resign: Row(**_CLOSES, voluntary=True),
    Cease: Row(**_CLOSES),
    Suspend: Row(
        **_STANDING,
        obstacle=obstacle_suspend,
        reduce=reduce_suspend,
        depends_on=depends_on_holding,
        board_act=_by_board,
    ),
    Reinstate: Row(
        **_STANDING,
        obstacle=obstacle_reinstate,
        reduce=reduce_reinstate,
        depends_on=depends_on_room_again,
        board_act=_by_board,
    ),
    Vary: Row(**_STANDING, obstacle=obstacle_vary, reduce=reduce_vary, depends_on=depends_on_holding),
    Death: Row(**_NOTHING, personal=lambda event: event.person, ends=True),
    Dissolve: Row(
        obstacle=no_obstacle,
        reduce=reduce_dissolve,
        touches=touches_end,
        depends_on=depends_on_nothing,
        announceable=True,
        ends=True,
    ),
    JoinCompany: Row(
        **_TENURES,
        obstacle=obstacle_join,
        reduce=reduce_join,
        opens=_opens_job,
        depends_on=depends_on_room,
        voluntary=True,
        own_roles=lambda _event, bylaws: (EMPLOYEE, *bylaws.dependents.get(EMPLOYEE, ())),
    ),
    Vote: Row(
        obstacle=obstacle_vote,
        reduce=same,
        count=tally,
        has_ballots=_has_ballots,
        touches=touches_nothing,
        depends_on=depends_on_count,
        board_act=_is_board_vote,
    ),
    Amend: Row(
        obstacle=obstacle_amend,
        reduce=reduce_amend,
        amends=lambda event: event.changes,
        touches=touches_bylaws,
        depends_on=depends_on_nothing,
        board_act=_by_board,
    ),
    Statement: Row(**_NOTHING),
    Withdraw: Row(
        obstacle=obstacle_withdraw,
        reduce=reduce_withdraw,
        touches=touches_announcements,
        depends_on=depends_on_announcement,
    ),
    Retract: Row(**_NOTHING, retracts=True),
}
"""The row of each event type.  A table, because a chain of tests or a generic function costs more per event."""

OPENING: Mapping[str | None, str] = {EMPLOYEE: NAMES[JoinCompany], None: NAMES[Appoint]}
"""By role, the name of the event type with which somebody takes it; that of all other roles is under None."""

CLOSING = tuple(NAMES[cls] for cls, row in ROWS.items() if row.closes is _closes_own)
"""The names of the event types with which one tenure ends and nothing else happens."""

UNEXPLAINED = NAMES[Cease]
"""The one of them of which the record does not say whose doing it was."""

AMENDMENT = NAMES[Amend]
"""The name of the event type that changes bylaws."""

VOTE = NAMES[Vote]
"""The name of the event type that is decided by votes."""

RETRACTION = NAMES[Retract]
"""The name of the event type that takes back the record of another."""

ANNOUNCEABLE = tuple(NAMES[cls] for cls, row in ROWS.items() if row.announceable)
"""The names of the event types that can be announced."""

Step = tuple[Obstacle, Reduce, Count | None]

STEPS: Mapping[type[Event], Step] = {cls: (row.obstacle, row.reduce, row.count) for cls, row in ROWS.items()}
"""What the kernel asks of each row, once an event."""

ANNOUNCED_STEPS: Mapping[type[Event], Step] = {
    cls: (no_obstacle, reduce_announced, None) if row.announceable else STEPS[cls] for cls, row in ROWS.items()
}
"""The same where an event's status is `announced`."""


def steps(event: Event) -> Step:
    """The `obstacle`, the `reduce` and the count that apply to this event."""
    return (ANNOUNCED_STEPS if event.status == "announced" else STEPS)[type(event)]


def obstacle(state: OrgState, event: Event) -> Reason | None:
    """Why the event cannot happen in this state; None if it can."""
    return steps(event)[0](state, event)


def reduce(state: OrgState, event: Event) -> OrgState:
    """The state after the event, in which it has no obstacle."""
    return steps(event)[1](state, event)
