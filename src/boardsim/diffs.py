"""Two points compared: two instants of one history, two states of knowledge of one instant, or two worlds.

For everybody whose roles differ it says who joined, who left and who moved, and which event did it.
"""

from collections.abc import Iterator

from attrs import frozen

from boardsim.certainty import Doubts, doubts
from boardsim.events import DOUBTS, Event, target_of
from boardsim.history import History
from boardsim.log import Log, Org
from boardsim.snapshots import OrgSnapshot, Snapshot
from boardsim.traits import retracts


@frozen
class Mover:
    """Somebody whose roles at one organization differ.

    Attributes:
        before: the roles at the first point, sorted.
        after: the roles at the second.
        events: what made the difference, in the order of the roles gained and lost.
    """

    person: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    events: tuple[Event, ...]


@frozen
class OrgDiff:
    """What differs at one organization."""

    org: Org
    movers: tuple[Mover, ...]

    @property
    def joined(self) -> tuple[Mover, ...]:
        """Who held nothing before and something after."""
        return tuple(mover for mover in self.movers if not mover.before)

    @property
    def left(self) -> tuple[Mover, ...]:
        """Who held something before and nothing after."""
        return tuple(mover for mover in self.movers if not mover.after)

    @property
    def moved(self) -> tuple[Mover, ...]:
        """Who held something on both sides, and not the same."""
        return tuple(mover for mover in self.movers if mover.before and mover.after)


@frozen
class Diff:
    """Two snapshots and what lies between them; only organizations that differ are in `orgs`."""

    log: Log
    before: Snapshot
    after: Snapshot
    orgs: tuple[OrgDiff, ...]

    @property
    def doubts(self) -> Doubts:
        """What is not sure at either point; of doubtful records, only those about the movers."""
        return self._of(self.before) | self._of(self.after)

    def _of(self, side: Snapshot) -> Doubts:
        movers = [mover for org in self.orgs for mover in org.movers]
        people = {mover.person for mover in movers}
        told = [
            one
            for org in side.orgs
            for one in org.uncertain
            if one.why not in DOUBTS or one.person is None or one.person in people
        ]
        assumed = {org.org.id: tuple(org.state.bylaws.assumed) for org in side.orgs if org.state.bylaws.assumed}
        events = doubts(side.history, side.at, {}, [event.id for mover in movers for event in mover.events])
        said = {(one.event.id, one.why) for one in told}
        more = [one for one in events.uncertain if (one.event.id, one.why) not in said]
        return Doubts((*told, *more), assumed)


def diff(before: Snapshot, after: Snapshot) -> Diff:
    """Compare two snapshots, as far as they are of the same organizations."""
    now = {shown.org.id: shown for shown in after.orgs}
    pairs = [(then, now[then.org.id]) for then in before.orgs if then.org.id in now]
    orgs = [OrgDiff(a.org, tuple(_movers(before, after, a, b))) for a, b in pairs]
    return Diff(after.history.log, before, after, tuple(org for org in orgs if org.movers))


def _movers(before: Snapshot, after: Snapshot, a: OrgSnapshot, b: OrgSnapshot) -> Iterator[Mover]:
    then, now = _roles(a), _roles(b)
    for person in sorted(then.keys() | now.keys()):
        was, is_now = then.get(person, frozenset()), now.get(person, frozenset())
        if was == is_now:
            continue
        events = [_gained(before, after, a, b, person, role) for role in sorted(is_now - was)]
        events += [_lost(after, a, person, role) for role in sorted(was - is_now)]
        unique = {event.id: event for event in events}
        yield Mover(person, tuple(sorted(was)), tuple(sorted(is_now)), tuple(unique.values()))


def _roles(org: OrgSnapshot) -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for role, held in org.roles.items():
        for opening in held:
            roles.setdefault(opening.person, set()).add(role)
    return {person: frozenset(held) for person, held in roles.items()}


def _gained(before: Snapshot, after: Snapshot, a: OrgSnapshot, b: OrgSnapshot, person: str, role: str) -> Event:
    """What gave them the role: the event that opened it or, if that was there before, what undid its end."""
    opening = b.state.held(person, role)
    assert opening is not None
    closing = closed_by(before.history, a.org.id, opening, role, before.position)
    return _retraction(after.history, closing) or closing if closing else opening


def _lost(after: Snapshot, a: OrgSnapshot, person: str, role: str) -> Event:
    """What took the role: the event that closed it or, if it is no longer on record, what retracted its start."""
    opening = a.state.held(person, role)
    assert opening is not None
    closing = closed_by(after.history, a.org.id, opening, role, after.position)
    return closing or _retraction(after.history, opening) or opening


def closed_by(history: History, org: str, opening: Event, role: str, position: int) -> Event | None:
    """The event, among the first `position`, that closed the tenure that `opening` opened; None if none did."""
    tenure = history.tenure(org, role, opening.id)
    closed = tenure is not None and tenure.closed_index is not None and tenure.closed_index < position
    return tenure.closed if tenure and closed else None


def _retraction(history: History, event: Event) -> Event | None:
    return next((e for e in history.events if retracts(e) and target_of(e) == event.id), None)
