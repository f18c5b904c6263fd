"""Facts: whether somebody holds a role at an instant, and the events that it is so by.

Of somebody who holds a role, the event that opened the tenure; of somebody who does not, the event that ended it, or
the events that would have brought it about and came to nothing.
"""

from collections.abc import Iterator

from attrs import frozen

from boardsim.events import Clause, Event, Opening, role_of, target_of
from boardsim.history import History, Tenure
from boardsim.state import OrgState
from boardsim.traits import changes, closes, is_announced, is_tenure_event, opens, retracts


@frozen(kw_only=True)
class Fact:
    """Whether somebody holds a role at an instant, and the events that it is so by.

    Attributes:
        role: None where the person is asked about, and holds no role at all.
        person: None where the role is asked about, and nobody holds it.
        holds: whether it is so.
        opened: the event that opened the tenure, as its terms were then; of one that has ended, the last; None if there
            never was one.
        changed: the events that changed the tenure while it lasts: its terms, or whether the person may act in it.
        suspended: by which of them the person is suspended from the role; None if they are not.
        died: the event by which the person had died by then.
        closed: the event that ended it or, if it holds, ends it later; None if it never began or never ends.
        later: the event after the instant that opens it.
        announced: what had been announced about it, and had neither come about nor been withdrawn.
        withdrawn: what had been announced about it and was withdrawn by then, each with the event that withdrew it.
        prevented: what would have opened it, or ended it if it holds, and did not take effect.
        holders: who holds the role instead.
        is_silent: whether the record says nothing of it: nobody holds it or did, and it is not of a board that is
            wholly on record, the only thing of which anybody says so.
    """

    org: str
    role: str | None
    person: str | None
    holds: bool
    opened: Opening | None = None
    changed: Clause = ()
    suspended: Event | None = None
    died: Event | None = None
    closed: Event | None = None
    later: Opening | None = None
    announced: Clause = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    prevented: Clause = ()
    holders: tuple[str, ...] = ()
    is_silent: bool = False

    @property
    def roots(self) -> Clause:
        """Where the chains begin that explain it."""
        decisive = self.opened if self.holds else self.closed
        return (*((decisive.id,) if decisive else ()), *self.changed, *self.prevented)

    @property
    def moving(self) -> tuple[Event, ...]:
        """The events that began or ended it, or will."""
        return tuple(event for event in (self.opened, self.closed, self.later) if event)


def facts(
    history: History, org: str, position: int, *, role: str | None = None, person: str | None = None
) -> tuple[Fact, ...]:
    """What is the case after so many events: of everybody who holds a role, or of all roles that a person holds.

    Where that is nobody, or none, the one fact that is returned says so.
    """
    state = history.state(org, position)
    held = [(r, opening) for r, opening in state.tenures() if role in (None, r) and person in (None, opening.person)]
    if held:
        return tuple(_holds(history, org, position, r, opening) for r, opening in held)
    return (_lacks(history, state, position, role, person),)


def _holds(history: History, org: str, position: int, role: str, opening: Opening) -> Fact:
    state = history.state(org, position)
    lost = _lost(history, org, history.index(opening.id), position)
    tenure = history.tenure(org, role, opening.id)
    return Fact(
        org=org,
        role=role,
        person=opening.person,
        holds=True,
        opened=opening,
        changed=tuple(_changed(history, org, position, role, opening)),
        suspended=state.suspended.get((role, opening.person)),
        died=history.death_of(opening.person, position),
        closed=tenure.closed if tenure else None,
        announced=_announced(state, role, opening.person),
        withdrawn=tuple(_withdrawn(history, org, position, role, opening.person)),
        prevented=tuple(event.id for event in lost if closes(state, event, role, opening.person)),
    )


def _changed(history: History, org: str, position: int, role: str, opening: Opening) -> Iterator[str]:
    """The events since it opened that changed a tenure, and neither opened nor closed it."""
    for index in range(history.index(opening.id) + 1, position):
        event, ruling = history.events[index], history.rulings[index]
        happened = ruling.kind == "effective" and not is_announced(event)
        if event.org == org and happened and changes(event, role, opening.person):
            yield event.id


def _lacks(history: History, state: OrgState, position: int, role: str | None, person: str | None) -> Fact:
    tenures = [t for t in history.tenures(state.org) if role in (None, t.role) and person in (None, t.opened.person)]
    ended = [t for t in tenures if t.closed_index is not None and t.closed_index < position]
    last = max(ended, key=_closed, default=None)
    later = [t.opened for t in tenures if history.index(t.opened.id) >= position]
    lost = _lost(history, state.org, _closed(last) if last else 0, position)
    holders = state.occupants(role) if role and state.bylaws.limit(role) == 1 else ()
    return Fact(
        org=state.org,
        role=role,
        person=person,
        holds=False,
        opened=last.opened if last else None,
        closed=last.closed if last else None,
        later=later[0] if later else None,
        announced=_announced(state, role, person),
        withdrawn=tuple(_withdrawn(history, state.org, position, role, person)),
        prevented=tuple(event.id for event in lost if opens(event, role, person)),
        holders=holders,
        is_silent=last is None and not holders and not _is_whole(history, state, position, role),
    )


def _is_whole(history: History, state: OrgState, position: int, role: str | None) -> bool:
    """Whether all that hold a role are on record: those of a board that is."""
    declared, bylaws = state.bylaws.roles.get(role or ""), state.bylaws
    if declared is None or declared.kind != "board":
        return False
    return bylaws.complete_from is None or (position > 0 and not bylaws.is_partial(history.instants[position - 1]))


def _withdrawn(
    history: History, org: str, position: int, role: str | None, person: str | None
) -> Iterator[tuple[str, str]]:
    """What had been announced of that role and person, and by what it was withdrawn."""
    for index in range(position):
        event, target = history.events[index], history.event(target_of(history.events[index]) or "")
        if target is None or retracts(event) or not is_announced(target) or history.rulings[index].kind != "effective":
            continue
        is_about = role in (None, role_of(target)) and person in (None, getattr(target, "person", None))
        if target.org == org and is_about:
            yield target.id, event.id


def _closed(tenure: Tenure) -> int:
    return tenure.closed_index or 0


def _lost(history: History, org: str, start: int, position: int) -> Iterator[Event]:
    """The events between two positions that would have moved a tenure there and did not take effect."""
    for index in history.without_effect:
        event = history.events[index]
        if event.org == org and start <= index < position and is_tenure_event(event) and not is_announced(event):
            yield event


def _announced(state: OrgState, role: str | None, person: str | None) -> Clause:
    return tuple(
        event.id
        for event in state.announced
        if role in (None, role_of(event)) and person in (None, getattr(event, "person", None))
    )
