"""What can be asked of an event: each question is answered by the row of its type.

Whoever must know more of an event than is asked here adds the question here and the answer to the rows
(`boardsim.reducers.ROWS`); nobody looks at the type of an event instead.
"""

from collections.abc import Iterator
from typing import TypeGuard

from boardsim import aspects
from boardsim.aspects import Aspect, Outline
from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.events import Event, Vote, target_of
from boardsim.reducers import OPENING, ROWS, Row, touches_tenures
from boardsim.state import OrgState

RETRACTING = frozenset(cls for cls, row in ROWS.items() if row.retracts)
"""The event types that take back a record."""

ENDING = frozenset(cls for cls, row in ROWS.items() if row.ends)
"""The event types with which a person's life ends, or an organization's."""

OF_TENURES = tuple(cls for cls, row in ROWS.items() if row.touches is touches_tenures)
"""The event types that open or close tenures."""


def opening_name(role: str) -> str:
    """The name of the event type with which somebody takes a role."""
    return OPENING.get(role) or OPENING[None]


def is_opening_name(name: object) -> bool:
    """Whether a tenure begins with events of the type that is called so."""
    return name in OPENING.values()


def row(event: Event) -> Row:
    """The row of an event's type."""
    return ROWS[type(event)]


def is_counted(event: Event) -> TypeGuard[Vote]:
    """Whether an event is decided by votes, so that it carries or does not."""
    return ROWS[type(event)].count is not None


def has_ballots(event: Event) -> TypeGuard[Vote]:
    """Whether it is decided by ballots that are on record by name; one by a count happens as a whole, or does not."""
    return ROWS[type(event)].has_ballots(event)


def is_board_act(event: Event) -> bool:
    """Whether an event is a decision of the board."""
    return ROWS[type(event)].board_act(event)


def retracts(event: Event) -> bool:
    """Whether an event takes back the record of another: it is about the record, and not about what happened."""
    return type(event) in RETRACTING


def is_announced(event: Event) -> bool:
    """Whether an event has only been announced, so that it opens and closes nothing yet."""
    return event.status == "announced" and ROWS[type(event)].announceable


def can_be_pending(event: Event) -> bool:
    """Whether an event that is public already, and takes effect later, is worth telling of: it moves a seat, surely.

    Votes, words and rules are told of when they come; what has only been announced is told of as that.
    """
    kind = ROWS[type(event)]
    return kind.moves and kind.count is None and not kind.amends(event) and not is_announced(event)


def is_statement(event: Event) -> bool:
    """Whether an event is words alone: it moves nothing, is about no other event, and ends no life."""
    return not moves(event) and target_of(event) is None and not ends_life(event)


def moves(event: Event) -> bool:
    """Whether an event can move a tenure, decide something or change the rules."""
    return ROWS[type(event)].moves


def opens(event: Event, role: str | None = None, person: str | None = None) -> bool:
    """Whether an event gives that role to that person; None stands for any."""
    seat = ROWS[type(event)].opens(event)
    return seat is not None and person in (None, seat[0]) and role in (None, seat[1])


def movers(event: Event) -> tuple[str, ...]:
    """The people whose tenures an event can open or close, those who lose one first."""
    kind = ROWS[type(event)]
    seats = (kind.closes(event), kind.opens(event))
    return tuple(dict.fromkeys(seat[0] for seat in seats if seat is not None))


def people(event: Event) -> set[str]:
    """Everybody whom an event names: who gains or loses by it, who decided it, whom it is about, who voted."""
    named = {*movers(event), event.by, getattr(event, "person", None), getattr(event, "subject", None)}
    if has_ballots(event):
        named |= event.ballots.keys()
    return {person for person in named if person is not None}


def changes(event: Event, role: str, person: str) -> bool:
    """Whether an event changes a tenure of that person in that role which it neither opens nor closes."""
    changed = ROWS[type(event)].changes(event)
    return changed is not None and changed[0] == person and changed[1] in (None, role)


def changed_by(event: Event) -> tuple[str, str | None] | None:
    """The person and the role of a tenure that an event changes while it lasts; None where it changes none."""
    return ROWS[type(event)].changes(event)


def personal(event: Event) -> str | None:
    """Whose event it is, of one that is of no organization; None of every other."""
    return ROWS[type(event)].personal(event)


def ends_life(event: Event) -> bool:
    """Whether with an event a person's life ends, or an organization's."""
    return type(event) in ENDING


def is_tenure_event(event: Event) -> bool:
    """Whether an event opens or closes a tenure."""
    kind = ROWS[type(event)]
    return kind.opens(event) is not None or kind.closes(event) is not None


def closes(state: OrgState, event: Event, role: str, person: str) -> bool:
    """Whether an event takes that role from that person: by itself, or with one that the role requires."""
    loss = ROWS[type(event)].closes(event)
    return (
        loss is not None
        and loss[0] == person
        and (loss[1] in (None, role) or role in state.bylaws.dependents.get(str(loss[1]), ()))
    )


def own_roles(event: Event, bylaws: Bylaws) -> tuple[str, ...] | None:
    """The roles of its person that alone have to do with an event; None where anything else has.

    What becomes of several such events, of different people or of roles that have nothing to do with one another, is
    what becomes of each by itself.
    """
    return None if event.because or is_announced(event) else ROWS[type(event)].own_roles(event, bylaws)


def touched(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """What an event changes where it takes effect; one that has only been announced, what has been announced."""
    if is_announced(event):
        yield aspects.announcements(org)
    else:
        yield from ROWS[type(event)].touches(event, org, outline)


def amends(event: Event) -> bool:
    """Whether an event changes bylaws."""
    return bool(ROWS[type(event)].amends(event))


def overwritten(event: Event, org: str) -> Iterator[Aspect]:
    """What an event sets whatever it was before, so that the last of several that do has its way."""
    yield from ((*aspects.bylaws(org), name) for name in ROWS[type(event)].amends(event))
    person, role = changed_by(event) or ("", None)
    if role is not None:
        yield (org, role, person)


def dependences(event: Event, org: str, outline: Outline) -> Iterator[Aspect]:
    """What decides whether an event takes effect: its reasons, and what can be in its way."""
    yield from (aspects.ruling(cause) for clause in event.because for cause in clause)
    if not is_announced(event):
        kind = ROWS[type(event)]
        if kind.board_act(event):
            yield aspects.seats(outline, org, DIRECTOR)
        yield from kind.depends_on(event, org, outline)
