"""Why something did not happen, followed down to the first cause.

An event that lost its reasons points at those reasons; one that became impossible points at what opened or closed a
tenure otherwise than on record.  At the end of every path lies a change of the scenario, an event of its own, or a
vote that came out otherwise.
"""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from boardsim.bylaws import DIRECTOR
from boardsim.events import role_of
from boardsim.history import History, Ruling
from boardsim.state import OrgState
from boardsim.traits import changed_by, is_announced


@frozen
class Why:
    """One event that did not take effect, or took effect only in this world, and the reasons below it.

    Attributes:
        text: the reason in words; for a vote, how it was counted.
        below: the reasons of the reason; empty at the first cause, and where `again`.
        again: it was told already, further up.
    """

    event: str
    ruling: str
    text: str
    below: tuple["Why", ...] = ()
    again: bool = False


def reasons(record: History, history: History, event: str, told: set[str] | None = None) -> Why:
    """Why an event of a branch did not take effect, as a tree.

    Args:
        record: the history that the branch is compared with.
        told: events that were explained before, and are not again; those explained here are added.
    """
    told = set() if told is None else told
    kind, text = _words(history.ruling(event), known=event in record)
    if event in told:
        return Why(event, kind, text, again=True)
    told.add(event)
    below = dict.fromkeys(cause for cause in causes(record, history, event) if cause != event)
    return Why(event, kind, text, tuple(reasons(record, history, cause, told) for cause in below))


def _words(ruling: Ruling, *, known: bool) -> tuple[str, str]:
    return ruling.verdict, ruling.grounds or ("otherwise than on record" if known else "only in this world")


def causes(record: History, history: History, event: str) -> Iterator[str]:
    """The events whose loss stands behind the loss of this one, or which happened instead."""
    index = history.index(event)
    reason, lost = history.rulings[index].reason, history.events[index]
    if reason is None:
        return
    yield from (cited for cited in reason.cites if cited in history and not history.ruling(cited).is_valid_cause)
    org = history.org_of(lost)
    if org is None:
        return
    position = record.index(event) if event in record else record.position(lost.at)
    here, there = history.state(org, index), record.state(org, position)
    for role, person in _looked_at(reason.code, lost, here):
        changed = (_changing(side, org, at, role, person) for side, at in ((history, index), (record, position)))
        ours, theirs = changed
        yield from (
            cause for cause in {**ours, **theirs} if (cause in ours) is not (cause in theirs) and cause in history
        )
        held, recorded = _tenures(here, role, person), _tenures(there, role, person)
        parted = [_ended(history, index, org, *tenure) for tenure in recorded if tenure not in held]
        parted += [_ended(record, position, org, *tenure) for tenure in held if tenure not in recorded]
        yield from (cause for cause in parted if cause in history and not _alike(record, history, cause))


def _alike(record: History, history: History, event: str) -> bool:
    """Whether an event took effect in both worlds and is the same in both: what stands in an event's way then is that
    the event itself was moved.
    """
    if event not in record or not (record.ruling(event).is_valid_cause and history.ruling(event).is_valid_cause):
        return False
    return record.events[record.index(event)] == history.events[history.index(event)]


def _looked_at(code: str, event: Any, state: OrgState) -> Iterator[tuple[str | None, str | None]]:
    """The tenures on which an obstacle rests: of a role and a person, where None is all of them."""
    match code:
        case (
            "does-not-hold" | "already-holds" | "already-employed" | "already-suspended" | "not-suspended" | "no-terms"
        ):
            yield role_of(event), event.person
        case "requires-role":
            yield state.bylaws.role(event.role).requires, event.person
        case "role-full":
            yield event.role, None if event.role else event.person
        case "no-director" | "no-board" | "seat-full":
            yield DIRECTOR, None


def _changing(side: History, org: str, position: int, role: str | None, person: str | None) -> dict[str, None]:
    """The events before a position that changed such tenures while they lasted, as by a suspension, in order."""
    found: dict[str, None] = {}
    for index in range(position):
        event, changed = side.events[index], changed_by(side.events[index])
        if changed is None or event.org != org or side.rulings[index].kind != "effective" or is_announced(event):
            continue
        if person in (None, changed[0]) and (role is None or changed[1] in (None, role)):
            found[event.id] = None
    return found


def _tenures(state: OrgState, role: str | None, person: str | None) -> list[tuple[str, str]]:
    """Live tenures by role and by the id of the event that opened them."""
    roles = state.roles_of(person or "") if role is None else (role,)
    pairs = (
        (role, state.held(holder, role)) for role in roles for holder in ([person] if person else state.occupants(role))
    )
    return [(role, opening.id) for role, opening in pairs if opening is not None]


def _ended(side: History, position: int, org: str, role: str, opening: str) -> str:
    """Where the worlds part about a tenure: what closed it by then on the side that lacks it, or else its opening."""
    tenure = side.tenure(org, role, opening)
    if tenure is None or tenure.closed is None or side.index(tenure.closed.id) >= position:
        return opening
    return tenure.closed.id
