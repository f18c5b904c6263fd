"""Two points compared: two instants of one history, two states of knowledge of one instant, or two worlds.

For everybody whose roles differ it says who joined, who left and who moved, and which event did it.  Of one history,
`course` says more: what happened between the two instants, also where it left no difference.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from attrs import frozen

from boardsim.certainty import Doubts, doubts
from boardsim.events import DOUBTS, Event
from boardsim.history import History
from boardsim.log import Log, Org
from boardsim.records import taken_back_by
from boardsim.snapshots import OrgSnapshot, Snapshot

Title = Literal["joined", "left", "moved", "passed", "returned"]
"""What somebody did between two points; who passed held nothing at either, and who returned the same at both."""

TITLES: tuple[Title, ...] = ("joined", "left", "moved", "passed", "returned")


@frozen
class Change:
    """Somebody took a role, or gave it up.

    Attributes:
        event: by which they did.
        gained: whether they took it.
    """

    role: str
    gained: bool
    event: Event


@frozen
class RuleChange:
    """A bylaw that says something else.

    Attributes:
        name: the bylaw, as `seats` or `rules.removal`.
        before: what it said; None where there was none.
        after: what it says.
        event: by which it was amended; None where two worlds, or two states of knowledge, are compared.
    """

    name: str
    before: Any
    after: Any
    event: Event | None = None


@frozen
class Mover:
    """Somebody whose roles at one organization differ.

    Attributes:
        before: the roles at the first point, sorted.
        after: the roles at the second.
        changes: the roles gained and lost, each with its event: those gained first or, of a course, as it went.
    """

    person: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def events(self) -> tuple[Event, ...]:
        """What made the difference, in the order of the changes."""
        return tuple({change.event.id: change.event for change in self.changes}.values())

    @property
    def title(self) -> Title:
        """What they did, in a word."""
        if self.before == self.after:
            return "returned" if self.before else "passed"
        return "moved" if self.before and self.after else "left" if self.before else "joined"


@frozen
class OrgDiff:
    """What differs at one organization: by person or, of a course, as it went; and what its bylaws say otherwise."""

    org: Org
    movers: tuple[Mover, ...]
    rules: tuple[RuleChange, ...] = ()

    def who(self, title: Title) -> tuple[Mover, ...]:
        """Those of whom that is so."""
        return tuple(mover for mover in self.movers if mover.title == title)

    @property
    def joined(self) -> tuple[Mover, ...]:
        """Who held nothing before and something after."""
        return self.who("joined")

    @property
    def left(self) -> tuple[Mover, ...]:
        """Who held something before and nothing after."""
        return self.who("left")

    @property
    def moved(self) -> tuple[Mover, ...]:
        """Who held something on both sides, and not the same."""
        return self.who("moved")


@frozen
class Diff:
    """Two snapshots and what lies between them; only organizations that differ are in `orgs`.

    Attributes:
        net: whether only the two ends are compared.
    """

    log: Log
    before: Snapshot
    after: Snapshot
    orgs: tuple[OrgDiff, ...]
    net: bool = True

    @property
    def doubts(self) -> Doubts:
        """What is not sure at either point; of doubtful records, only those about the movers."""
        return self._of(self.before) | self._of(self.after)

    def _of(self, side: Snapshot) -> Doubts:
        movers = [mover for org in self.orgs for mover in org.movers]
        rules = [change.event for org in self.orgs for change in org.rules if change.event is not None]
        people = {mover.person for mover in movers}
        told = [
            one
            for org in side.orgs
            for one in org.uncertain
            if one.why not in DOUBTS or one.person is None or one.person in people
        ]
        assumed = {org.org.id: tuple(org.state.bylaws.assumed) for org in side.orgs if org.state.bylaws.assumed}
        named = [*_ids(mover.events for mover in movers), *_ids([rules])]
        events = doubts(side.history, side.at, {}, named, given=side.given)
        said = {(one.event.id, one.why) for one in told}
        more = [one for one in events.uncertain if (one.event.id, one.why) not in said]
        return Doubts((*told, *more), assumed)


def _ids(events: Iterable[Iterable[Event]]) -> Iterator[str]:
    return (event.id for some in events for event in some)


def diff(before: Snapshot, after: Snapshot, *, rules: bool = True) -> Diff:
    """Compare two snapshots, as far as they are of the same organizations.

    Args:
        rules: whether to compare the bylaws, too.
    """
    now = {shown.org.id: shown for shown in after.orgs}
    pairs = [(then, now[then.org.id]) for then in before.orgs if then.org.id in now]
    orgs = [
        OrgDiff(a.org, tuple(_movers(before, after, a, b)), tuple(_rules(before, after, a, b)) if rules else ())
        for a, b in pairs
    ]
    return Diff(after.history.log, before, after, tuple(org for org in orgs if org.movers or org.rules))


def _rules(before: Snapshot, after: Snapshot, a: OrgSnapshot, b: OrgSnapshot) -> Iterator[RuleChange]:
    """The bylaws that say something else, each with the last event that amended it."""
    by: dict[str, Event] = {}
    if before.history is after.history:
        by = {change.name: change.event for change in _amended(after, a) if change.event is not None}
    for name, was, now in a.state.bylaws.differing(b.state.bylaws):
        yield RuleChange(name, was, now, by.get(name))


def _amended(after: Snapshot, a: OrgSnapshot, first: int = 0) -> Iterator[RuleChange]:
    """Each amendment between two positions of a history, in order."""
    timeline = after.history.timelines.get(a.org.id)
    for index, was, now in timeline.walk() if timeline else ():
        if first <= index < after.position and was.bylaws is not now.bylaws:
            for name, one, other in was.bylaws.differing(now.bylaws):
                yield RuleChange(name, one, other, after.history.events[index])


def course(
    before: Snapshot, after: Snapshot, *, people: Iterable[str] | None = None, roles: Iterable[str] | None = None
) -> Diff:
    """Who came, who went and who held a role in between, in order; the two snapshots are of one history.

    Args:
        people: the ids of the people wanted; all where it is not said.
        roles: the ids of the roles wanted; likewise.  The bylaws are compared where neither is said.
    """
    wanted = tuple(None if ids is None else frozenset(ids) for ids in (people, roles))
    orgs = []
    for a, b in zip(before.orgs, after.orgs, strict=True):
        steps = [
            (index, person, change)
            for index, person, change in _steps(after.history, a.org.id, before.position, after.position)
            if _is_wanted(wanted[0], person) and _is_wanted(wanted[1], change.role)
        ]
        then, now, changes = _roles(a), _roles(b), dict[str, list[Change]]()
        for _, person, change in sorted(steps, key=lambda step: (step[0], step[2].gained)):
            changes.setdefault(person, []).append(change)
        movers = [
            Mover(person, tuple(sorted(then.get(person, ()))), tuple(sorted(now.get(person, ()))), tuple(own))
            for person, own in changes.items()
        ]
        rules = tuple(_amended(after, a, before.position)) if wanted == (None, None) else ()
        orgs += [OrgDiff(a.org, tuple(movers), rules)] if movers or rules else []
    return Diff(after.history.log, before, after, tuple(orgs), net=False)


def _is_wanted(wanted: frozenset[str] | None, name: str) -> bool:
    return wanted is None or name in wanted


def _steps(history: History, org: str, first: int, last: int) -> Iterator[tuple[int, str, Change]]:
    """Each role that somebody took or gave up between two positions: the index of its event, and whose it was."""
    for tenure in history.tenures(org):
        opened, person = history.index(tenure.opened.id), tenure.opened.person
        if first <= opened < last:
            yield opened, person, Change(tenure.role, gained=True, event=history.events[opened])
        if tenure.closed is not None and tenure.closed_index is not None and first <= tenure.closed_index < last:
            yield tenure.closed_index, person, Change(tenure.role, gained=False, event=tenure.closed)


def _movers(before: Snapshot, after: Snapshot, a: OrgSnapshot, b: OrgSnapshot) -> Iterator[Mover]:
    then, now = _roles(a), _roles(b)
    for person in sorted(then.keys() | now.keys()):
        was, is_now = then.get(person, frozenset()), now.get(person, frozenset())
        if was == is_now:
            continue
        changes = [
            Change(role, gained=True, event=_gained(before, after, a, b, person, role)) for role in sorted(is_now - was)
        ]
        changes += [Change(role, gained=False, event=_lost(after, a, person, role)) for role in sorted(was - is_now)]
        yield Mover(person, tuple(sorted(was)), tuple(sorted(is_now)), tuple(changes))


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
    return taken_back_by(after.history.events, closing.id) or closing if closing else opening


def _lost(after: Snapshot, a: OrgSnapshot, person: str, role: str) -> Event:
    """What took the role: the event that closed it or, if it is no longer on record, what retracted its start."""
    opening = a.state.held(person, role)
    assert opening is not None
    closing = closed_by(after.history, a.org.id, opening, role, after.position)
    return closing or taken_back_by(after.history.events, opening.id) or opening


def closed_by(history: History, org: str, opening: Event, role: str, position: int) -> Event | None:
    """The event, among the first `position`, that closed the tenure that `opening` opened; None if none did."""
    tenure = history.tenure(org, role, opening.id)
    closed = tenure is not None and tenure.closed_index is not None and tenure.closed_index < position
    return tenure.closed if tenure and closed else None
