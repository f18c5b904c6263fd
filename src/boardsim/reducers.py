"""What an event does: `obstacle` and `reduce`, one pair of pure functions per event type, side by side.

`obstacle(state, event)` says why the event cannot happen in this state, or None.  `reduce(state, event)` is the
state after it; it is called only where there is no obstacle, and it never raises.  Both look at one organization
and at nothing else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from boardsim.bylaws import DIRECTOR, Role, unknown_bylaw
from boardsim.events import (
    EMPLOYEE,
    Amend,
    Appoint,
    Cease,
    Closing,
    Event,
    Fire,
    JoinCompany,
    Opening,
    Resign,
    Retract,
    Statement,
    Vote,
    Withdraw,
    role_of,
)
from boardsim.staff import Staff
from boardsim.state import OrgState, Seats

_NOBODY: Mapping[str, Opening] = {}


@frozen
class Reason:
    """Why an event did not take effect.

    Attributes:
        code: the kind of reason, one of `REASONS`.
        text: a sentence that names the people and events concerned by their ids.
        cites: the events that it rests on, to be followed further.
    """

    code: str
    text: str
    cites: tuple[str, ...] = ()


REASONS = (
    "already-holds",
    "role-full",
    "requires-role",
    "no-director",
    "does-not-hold",
    "already-employed",
    "no-board",
    "unknown-bylaw",
    "not-announced",
)
"""The codes of all obstacles."""


def _already(state: OrgState, event: Opening, role: str, code: str) -> Reason | None:
    opening = state.held(event.person, role)
    if opening is None:
        return None
    what = "works" if code == "already-employed" else f"holds {role}"
    return Reason(code, f"{event.person} already {what} at {event.org}, by {opening.id}", (opening.id,))


def _no_director(state: OrgState, event: Event) -> Reason | None:
    """Why the board, whose decision it is, cannot take it."""
    if DIRECTOR in state.seats:
        return None
    return Reason("no-director", f"no director sits at {event.org}, so its board cannot act")


def _full(event: Appoint, held: Mapping[str, Opening], limit: int) -> Reason | None:
    if event.replaces in held:
        return None
    places = "place" if limit == 1 else "places"
    text = f"{event.role} at {event.org} has {limit} {places}, held by {', '.join(held) or 'nobody'}"
    return Reason("role-full", text, tuple(opening.id for opening in held.values()))


def obstacle_appoint(state: OrgState, event: Appoint) -> Reason | None:
    """They hold it already; the role is full; it requires a role not held; or no director sits to appoint."""
    bylaws, role_id, person = state.bylaws, event.role, event.person
    held = state.seats.get(role_id, _NOBODY)
    role = bylaws.roles.get(role_id) or Role(id=role_id)
    if person in held or (role.kind == "staff" and state.staff.get(person, role_id) is not None):
        return _already(state, event, role_id, "already-holds")
    limit = bylaws.seats if role_id == DIRECTOR else role.holders
    if limit is not None and role.kind == "staff":  # a payroll is searched only for those few roles that have a limit
        held = {person: opening for (person, staff_role), opening in state.staff if staff_role == role_id}
    if limit is not None and len(held) >= limit and (reason := _full(event, held, limit)) is not None:
        return reason
    if role.requires is not None and state.held(person, role.requires) is None:
        return Reason("requires-role", f"{role_id} requires {role.requires}, and {person} is not one at {event.org}")
    return _no_director(state, event) if event.by == "board" else None


def reduce_appoint(state: OrgState, event: Appoint) -> OrgState:
    """Opens the tenure, and closes the one of whom it replaces."""
    org, bylaws, seats, staff, announced = state
    role, replaced = event.role, event.replaces
    if replaced is not None:  # who holds nothing loses nothing
        seats, staff = _closed(state, replaced, bylaws.closing.get(role) or (role,))
    held = seats.get(role, _NOBODY)
    if not held and role in bylaws.staff_roles:
        staff = staff.with_(event, role)
    else:
        seats = {**seats}  # copied, then set: a display that unpacks and adds in one costs twice as much
        seats[role] = held = {**held}
        held[event.person] = event
    return OrgState(org, bylaws, seats, staff, announced and _unfulfilled(state, event))


def obstacle_join(state: OrgState, event: JoinCompany) -> Reason | None:
    """They are employed there already."""
    return _already(state, event, EMPLOYEE, "already-employed")


def reduce_join(state: OrgState, event: JoinCompany) -> OrgState:
    """Opens an employment."""
    announced = state.announced and _unfulfilled(state, event)
    return OrgState(state.org, state.bylaws, state.seats, state.staff.with_(event, EMPLOYEE), announced)


def obstacle_close(state: OrgState, event: Closing) -> Reason | None:
    """They do not hold it; or the board is to do it and no director sits."""
    held = state.roles_of(event.person) if event.role is None else state.held(event.person, event.role)
    if not held:
        what = event.role or "a role"
        return Reason("does-not-hold", f"{event.person} does not hold {what} at {event.org}")
    return _no_director(state, event) if event.by == "board" and isinstance(event, Fire) else None


def reduce_close(state: OrgState, event: Closing) -> OrgState:
    """Closes the role, or all of them, and every role that requires one that closed."""
    org, bylaws, _, _, announced = state
    person, role = event.person, event.role
    roles = state.roles_of(person) if role is None else bylaws.closing.get(role) or (role,)
    seats, staff = _closed(state, person, roles)
    return OrgState(org, bylaws, seats, staff, announced and _unfulfilled(state, event))


def _closed(state: OrgState, person: str, roles: tuple[str, ...]) -> tuple[Seats, Staff]:
    """The tenures without those of the person in these roles, of which they need not hold every one."""
    _, bylaws, before, staff, _ = state
    seats, staff_roles = {**before}, bylaws.staff_roles
    for role in roles:
        if role in seats:
            seats[role] = left = {**seats[role]}
            left.pop(person, None)
            if not left:
                del seats[role]
        elif role in staff_roles and staff.get(person, role) is not None:
            staff = staff.without(person, role)
    return seats, staff


def _unfulfilled(state: OrgState, event: Opening | Closing) -> tuple[Event, ...]:
    """The announcements that this effective event of the same person, organization and role leaves open."""
    opens, role = isinstance(event, Opening), role_of(event)

    def fulfils(announced: Any) -> bool:
        same = announced.person == event.person and isinstance(announced, Opening) == opens
        return same and (role_of(announced) == role or not (opens or role))

    return tuple(announced for announced in state.announced if not fulfils(announced))


def no_obstacle(state: OrgState, event: Event) -> None:
    """Nothing can be in the way of words, or of an announcement."""


def same(state: OrgState, event: Event) -> OrgState:
    """Changes nothing."""
    return state


def reduce_announced(state: OrgState, event: Event) -> OrgState:
    """An announced event opens nothing; it stands until it is fulfilled or withdrawn."""
    return OrgState(state.org, state.bylaws, state.seats, state.staff, (*state.announced, event))


def obstacle_vote(state: OrgState, event: Vote) -> Reason | None:
    """There is no board to vote."""
    if DIRECTOR in state.seats:
        return None
    return Reason("no-board", f"no director sits at {event.org}, so nobody can vote")


def obstacle_amend(state: OrgState, event: Amend) -> Reason | None:
    """It changes a bylaw that does not exist; or the board is to do it and no director sits."""
    if (unknown := unknown_bylaw(event.changes)) is not None:
        return Reason("unknown-bylaw", f"no bylaw is called {unknown}")
    return _no_director(state, event) if event.by == "board" else None


def reduce_amend(state: OrgState, event: Amend) -> OrgState:
    """The bylaws are the amended ones from now on."""
    return OrgState(state.org, state.bylaws.amended(event.changes), state.seats, state.staff, state.announced)


def obstacle_withdraw(state: OrgState, event: Withdraw) -> Reason | None:
    """What it withdraws is not announced and pending."""
    if any(announced.id == event.event for announced in state.announced):
        return None
    return Reason("not-announced", f"{event.event} is not announced and pending", (event.event,))


def reduce_withdraw(state: OrgState, event: Withdraw) -> OrgState:
    """The announcement no longer stands."""
    left = tuple(announced for announced in state.announced if announced.id != event.event)
    return OrgState(state.org, state.bylaws, state.seats, state.staff, left)


Obstacle = Callable[[OrgState, Any], Reason | None]
Reduce = Callable[[OrgState, Any], OrgState]

EFFECTIVE: Mapping[type[Event], tuple[Obstacle, Reduce]] = {
    Appoint: (obstacle_appoint, reduce_appoint),
    Fire: (obstacle_close, reduce_close),
    Resign: (obstacle_close, reduce_close),
    Cease: (obstacle_close, reduce_close),
    JoinCompany: (obstacle_join, reduce_join),
    Vote: (obstacle_vote, same),
    Amend: (obstacle_amend, reduce_amend),
    Statement: (no_obstacle, same),
    Withdraw: (obstacle_withdraw, reduce_withdraw),
    Retract: (no_obstacle, same),
}
"""The pair for each event type.  A table, because a chain of tests or a generic function costs more per event."""

ANNOUNCED: Mapping[type[Event], tuple[Obstacle, Reduce]] = {
    **EFFECTIVE,
    **dict.fromkeys((Appoint, Fire, Resign, Cease, JoinCompany), (no_obstacle, reduce_announced)),
}
"""The pair for each event type where its status is `announced`."""


def pair(event: Event) -> tuple[Obstacle, Reduce]:
    """The `obstacle` and `reduce` that apply to this event."""
    return (ANNOUNCED if event.status == "announced" else EFFECTIVE)[type(event)]


def obstacle(state: OrgState, event: Event) -> Reason | None:
    """Why the event cannot happen in this state; None if it can."""
    return pair(event)[0](state, event)


def reduce(state: OrgState, event: Event) -> OrgState:
    """The state after the event, in which it has no obstacle."""
    return pair(event)[1](state, event)
