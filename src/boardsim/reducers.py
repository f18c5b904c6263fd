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
from boardsim.bylaws import DIRECTOR, Role, unknown_bylaw
from boardsim.events import (
    EMPLOYEE,
    NAMES,
    Amend,
    Appoint,
    Cease,
    Choice,
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
from boardsim.voting import Board, Poll, Tally
from boardsim.voting import tally as tally_of

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
    """Why the board, whose decision it is, cannot take it; one that is partly on record may have others on it."""
    if state.voters or state.bylaws.is_partial(event.at):
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


def _unfulfilled(state: OrgState, event: Event) -> tuple[Event, ...]:
    """The announcements that this effective event leaves open: it fulfils those of the same beginning, or end."""
    row = ROWS[type(event)]
    opened, closed = row.opens(event), row.closes(event)

    def fulfils(announced: Event) -> bool:
        promised = ROWS[type(announced)]
        if opened is not None:
            return promised.opens(announced) == opened
        ends = promised.closes(announced) if promised.opens(announced) is None else None
        return closed is not None and ends is not None and ends[0] == closed[0] and closed[1] in (None, ends[1])

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
    """There is no board to vote, and it is not others whose votes were counted."""
    if state.voters or state.bylaws.is_partial(event.at) or not _is_board_vote(event):
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


def voters_of(state: OrgState, vote: Vote, assumed: Iterable[str] = ()) -> tuple[str, ...]:
    """Who counts in a vote: who may vote then; and where the board is partly on record, whoever has a ballot."""
    if not state.bylaws.is_partial(vote.at):
        return state.voters
    return tuple(dict.fromkeys((*vote.ballots, *assumed)))


def poll(state: OrgState, vote: Vote, assumed: Mapping[str, Choice] | None = None) -> Poll:
    """The ballots of a vote on the board as it is in this state; `assumed` are taken where none is on record."""
    sitting = voters_of(state, vote, assumed or ())
    return Poll.of(state.bylaws, vote, sitting=sitting, chair=state.casting_voter, assumed=assumed)


def board_of(state: OrgState, vote: Vote) -> Board:
    """Everybody who may vote in a vote, those included who recused themselves."""
    sitting = voters_of(state, vote)
    return Poll.of(state.bylaws, evolve(vote, recused=()), sitting=sitting, chair=state.casting_voter).board


def tally(state: OrgState, vote: Vote, assumed: Mapping[str, Choice] | None = None) -> Tally:
    """How a vote comes out on the board as it is in this state."""
    sitting = voters_of(state, vote, assumed or ())
    return tally_of(state.bylaws, vote, sitting=sitting, chair=state.casting_voter, assumed=assumed)


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


def _by_board(event: Event) -> bool:
    return event.by == "board"


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


def touches_bylaws(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """The rules."""
    yield aspects.bylaws(org)


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


def depends_on_holding(event: Closing, org: str, outline: Outline) -> Iterator[Aspect]:
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


@frozen(kw_only=True)
class Row:
    """Everything that the heart says of one type of event.

    Attributes:
        obstacle: why it cannot happen in a state.
        reduce: the state after it.
        count: of a type that is decided by votes, how they are counted.
        has_ballots: whether they are on record by name, so that somebody could have cast another.
        opens: the seat that an event gives to somebody, who is its `person`; None where it gives none.
        closes: what an event takes from somebody; None where it takes nothing.
        amends: the changes that an event makes to the bylaws, by the name of the bylaw.
        touches: the aspects that an event changes where it takes effect.
        depends_on: the aspects that decide whether it can, apart from its reasons and from who sits on the board.
        board_act: whether an event is a decision of the board, which somebody must be there to take.
        announceable: whether it can be announced, to take effect later.
        voluntary: whether it is the own doing of its `person` where nobody else is said to have decided it.
        retracts: whether it takes back the record of the event that it names, and so is about the record alone.
    """

    obstacle: Obstacle
    reduce: Reduce
    count: Count | None = None
    has_ballots: Callable[[Any], bool] = lambda _: False
    opens: Callable[[Any], Seat | None] = lambda _: None
    closes: Callable[[Any], Loss | None] = lambda _: None
    amends: Callable[[Any], Mapping[str, Any]] = lambda _: {}
    touches: Aspects
    depends_on: Aspects
    board_act: Callable[[Any], bool] = lambda _: False
    announceable: bool = False
    voluntary: bool = False
    retracts: bool = False
    moves: bool = field(init=False)
    """Whether it can move a tenure, decide something or change the rules, so that something could have caused it."""

    @moves.default
    def _moves(self) -> bool:
        return self.count is not None or self.touches not in (touches_nothing, touches_announcements)


_TENURES: Mapping[str, Any] = {"touches": touches_tenures, "announceable": True}
_CLOSES: Mapping[str, Any] = {
    **_TENURES,
    "obstacle": obstacle_close,
    "reduce": reduce_close,
    "closes": _closes_own,
    "depends_on": depends_on_holding,
}

ROWS: Mapping[type[Event], Row] = {
    Appoint: Row(
        **_TENURES,
        obstacle=obstacle_appoint,
        reduce=reduce_appoint,
        opens=_opens_role,
        closes=_closes_predecessor,
        depends_on=depends_on_room,
        board_act=_by_board,
    ),
    Fire: Row(**_CLOSES, board_act=_by_board),
    Resign: Row(**_CLOSES, voluntary=True),
    Cease: Row(**_CLOSES),
    JoinCompany: Row(
        **_TENURES,
        obstacle=obstacle_join,
        reduce=reduce_join,
        opens=_opens_job,
        depends_on=depends_on_room,
        voluntary=True,
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
    Statement: Row(obstacle=no_obstacle, reduce=same, touches=touches_nothing, depends_on=depends_on_nothing),
    Withdraw: Row(
        obstacle=obstacle_withdraw,
        reduce=reduce_withdraw,
        touches=touches_announcements,
        depends_on=depends_on_announcement,
    ),
    Retract: Row(
        obstacle=no_obstacle,
        reduce=same,
        touches=touches_nothing,
        depends_on=depends_on_nothing,
        retracts=True,
    ),
}
"""The row of each event type.  A table, because a chain of tests or a generic function costs more per event."""

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
