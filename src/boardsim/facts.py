"""Facts: everything that a log says, each with an interval of time and one of knowledge.

A snapshot answers for one instant as known at one instant.  The facts answer for all of them at once: whatever holds at
an instant, as known at another, is a fact of which both intervals contain them.  A fact ends and another begins only
where something that a reader can be told differs.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Literal

from attrs import evolve, frozen

from boardsim.bylaws import Bylaws
from boardsim.days import settled
from boardsim.events import DOUBTS, OPEN, Event, Opening
from boardsim.history import History, Ruling, States, Tenure, Variant
from boardsim.kernel import Fold, replay
from boardsim.log import Log
from boardsim.nearest import did_you_mean
from boardsim.orders import open_orders, span_of
from boardsim.problems import misuse
from boardsim.records import any_retracts, as_known, public_since
from boardsim.snapshots import Uncertain, Vacant, of_span, uncertain
from boardsim.state import OrgState

Kind = Literal["tenure", "announced", "uncertain", "bylaws", "ruling", "vacant"]


@frozen(kw_only=True)
class Held:
    """Somebody holds a role, by the event that opened the tenure, on the terms of the time.

    Attributes:
        suspended: whether they may not act in it.
    """

    role: str
    opening: Opening
    suspended: bool = False


@frozen(kw_only=True)
class Ruled:
    """What became of an event."""

    event: Event
    ruling: Ruling


Told = Held | Event | Uncertain | Bylaws | Ruled | Vacant
"""What a fact says: a tenure, an announcement that is pending, what is uncertain, the rules in force, a ruling; or, of
`vacancies`, a seat of the board that nobody holds."""


@frozen(kw_only=True)
class Fact:
    """One thing that a log says.

    Attributes:
        kind: what sort of thing.
        org: the organization; None where it concerns none.
        told: the thing itself.
        since: from when on it is so; `until`, exclusive, when it ceased to be; None where it never did.
        known_since: from when on the log says so; None where it does from the start.
        known_until: when it ceased to say so, exclusive; None where it never did.
    """

    kind: Kind
    org: str | None
    told: Told
    since: datetime
    until: datetime | None
    known_since: datetime | None = None
    known_until: datetime | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from most others, to find it again in another state of knowledge."""
        return (self.kind, self.org, _key(self.told), self.since, self.until)

    def holds(self, at: datetime, known: datetime | None = None) -> bool:
        """Whether it is so at an instant, just after its events, as known at another; None for all that is known."""
        if not (self.since <= at and (self.until is None or at < self.until)):
            return False
        if known is None:
            return self.known_until is None
        return (self.known_since is None or self.known_since <= known) and (
            self.known_until is None or known < self.known_until
        )


def facts(log: Log) -> list[Fact]:
    """Everything that a log says, of every instant and in every state of knowledge, in the order in which it does."""
    return _over_all_knowledge(log, _of_view)


def uncertain_facts(log: Log, history: History | None = None) -> list[Fact]:
    """What is uncertain, at every instant and in every state of knowledge: those of the `facts` that are about that.

    Where everything became public in the order in which it happened, and nothing is in doubt but on which day it was,
    one replay says all of it, as in `known_tenures`.

    Args:
        history: the replay of the log as known by now, if the caller has it.
    """
    if not any(event.span or event.status in DOUBTS for event in log.events):
        return []
    if _came_in_order(log) and not any(event.status in DOUBTS for event in log.events):
        history = history or replay(log)
        if not (history.endings or open_orders(history)):
            return list(_spans_in_order(history))
    return _over_all_knowledge(log, _uncertain_of_view)


def _spans_in_order(history: History) -> Iterator[Fact]:
    """What is uncertain within the spans of events, each of which was known ever since it became public."""
    log = history.log
    for org, timeline in history.timelines.items():
        for index, _, after in timeline.walk():
            event = history.events[index]
            if event.span is not None:
                until, known = settled(event.span[1], log.zone), public_since(event, log)
                for told in of_span(event, history.effect(index), after):
                    assert told.span is not None
                    if told.span[0] < until:
                        yield Fact(
                            kind="uncertain", org=org, told=told, since=told.span[0], until=until, known_since=known
                        )


def vacancies(log: Log) -> list[Fact]:
    """Which seats of boards nobody holds, at every instant and in every state of knowledge.

    A named seat by its id; those that have no name and are authorised, under an empty one.
    """
    return _over_all_knowledge(log, _vacant_of_view)


def _over_all_knowledge(log: Log, of_view: Callable[[History], Iterator[Fact]]) -> list[Fact]:
    """What is so in each state of knowledge, with from when to when it was known to be."""
    found: list[Fact] = []
    standing: dict[tuple[object, ...], Fact] = {}
    for known, view in _views(log):
        now: dict[tuple[object, ...], Fact] = {}
        for fact in of_view(view):
            key = fact.key
            was = standing.get(key)
            still = was is not None and was.told == fact.told  # the key has all the rest
            now[key] = standing.pop(key) if still else evolve(fact, known_since=known)
        found += [evolve(fact, known_until=known) for fact in standing.values()]
        standing = now
    found += standing.values()
    return sorted(found, key=lambda fact: (fact.known_since or OPEN, fact.since))


@frozen(kw_only=True)
class KnownTenure:
    """A tenure from beginning to end, as the log says it in one interval of knowledge.

    Attributes:
        known_since: from when on the log says so; None where it does from the start.
        known_until: when it ceased to say so, exclusive; None where it never did.
    """

    org: str
    tenure: Tenure
    known_since: datetime | None
    known_until: datetime | None


def known_tenures(log: Log, history: History | None = None) -> Iterator[KnownTenure]:
    """Every tenure in every state of knowledge, each from when on the log says just that of it.

    Where everything became public in the order in which it happened, one replay says all of it: what was known at an
    instant is then the beginning of the history.  Otherwise each state of knowledge is replayed; where one leaves an
    organization as it was, its tenures are not gone through again.

    Args:
        history: the replay of the log as known by now, if the caller has it.
    """
    if _came_in_order(log):
        yield from _in_order(history or replay(log))
        return
    standing: dict[str, _Standing] = {}
    before: Mapping[str, States] = {}
    for known, view in _views(log):
        for org, timeline in view.timelines.items():
            if before.get(org) is not timeline:
                yield from _replaced(org, standing.setdefault(org, {}), view.tenures(org), known)
        for org in before.keys() - view.timelines.keys():
            yield from _replaced(org, standing.pop(org, {}), (), known)
        before = view.timelines
    for org, tenures in standing.items():
        yield from (_known(org, tenure, since, None) for tenure, since in tenures.values())


_FOREVER = datetime.max.replace(tzinfo=UTC)

_Interval = tuple[datetime, datetime, datetime, datetime, KnownTenure, str, datetime]
"""From when until when by the time of its shelf, the same by the other one, of what, whose it is, and since when."""


@frozen
class _Shelf:
    """Tenures of one role at one organization, by one of the two times: by when they began, or became known.

    That time is in stretches, each with whatever a question about it may have to look at: where there are many
    organizations, what takes long is to fetch things from all over memory.

    Attributes:
        marks: when each stretch begins.
        stretches: the tenures that hold at any time in each, in the order in which they began.
    """

    marks: Sequence[datetime]
    stretches: Sequence[Sequence[_Interval]]

    @classmethod
    def of(cls, intervals: Iterable[_Interval]) -> "_Shelf":
        """A shelf on which a stretch ends when half as many have begun as were open at its beginning, or a few."""
        marks, stretches, room = [OPEN], list[list[_Interval]]([[]]), 0
        for interval in sorted(intervals, key=itemgetter(0)):
            start = interval[0]
            if room <= 0 and start > marks[-1]:
                still_open = [one for one in stretches[-1] if start < one[1]]
                marks.append(start)
                stretches.append(still_open)
                room = max(_FEW, len(still_open) // 2)
            stretches[-1].append(interval)
            room -= 1
        return cls(marks, stretches)

    def holding(self, at: datetime, other: datetime) -> list[_Interval]:
        """Those that hold at an instant by the time of the shelf, and at another by the other time."""
        around = self.stretches[bisect_right(self.marks, at) - 1]
        return [one for one in around if one[0] <= at < one[1] and one[2] <= other < one[3]]


_FEW = 8

_Post = tuple[str, str]
"""An organization and a role at it."""


class TenureIndex:
    """Who held what at any instant, as known at any: looked up, where a replay would take as long as the log is.

    A look-up costs what there is of that role at that organization about that instant, however long the log is, and
    however many organizations it has: tenures that ended are found by when they held, and those that were not known to
    have ended by when that was known, so that in either row only a few overlap.  It says what a snapshot says: what
    holds just after the events of the instant.
    """

    def __init__(self, tenures: Iterable[KnownTenure], log: Log | None = None) -> None:
        """Put tenures in order, as `known_tenures` has them of a log.

        Args:
            log: theirs, so that what it does not have is told from what nobody held.
        """
        self._log = log
        ended, lasting = dict[_Post, list[_Interval]](), dict[_Post, list[_Interval]]()
        for one in tenures:
            key, since, until = (one.org, one.tenure.role), one.tenure.since, one.tenure.until
            known, what = (one.known_since or OPEN, one.known_until or _FOREVER), (one, one.tenure.person, since)
            if until is None:
                lasting.setdefault(key, []).append((*known, since, _FOREVER, *what))
            elif since < until:
                ended.setdefault(key, []).append((since, until, *known, *what))
        self._ended = {key: _Shelf.of(intervals) for key, intervals in ended.items()}
        self._lasting = {key: _Shelf.of(intervals) for key, intervals in lasting.items()}

    @classmethod
    def of(cls, log: Log) -> "TenureIndex":
        """The tenures of a log, in every state of knowledge."""
        return cls(known_tenures(log), log)

    def held(self, org: str, role: str, at: datetime, known: datetime | None = None) -> Sequence[KnownTenure]:
        """The tenures of a role at an organization that held at an instant, the oldest first.

        Args:
            known: the state of knowledge; None for everything that is known by now.

        Raises:
            BoardsimError: the log has no such organization or role; with a hint at the nearest.
            TypeError: an instant has no UTC offset, or is none.
        """
        return [one[4] for one in self._holding(org, role, at, known)]

    def holders(self, org: str, role: str, at: datetime, known: datetime | None = None) -> tuple[str, ...]:
        """Who held it, by id, the longest first.

        Raises:
            BoardsimError: as `held`; likewise a TypeError.
        """
        return tuple([one[5] for one in self._holding(org, role, at, known)])

    def _holding(self, org: str, role: str, at: datetime, known: datetime | None) -> list[_Interval]:
        ended, lasting = self._ended.get((org, role)), self._lasting.get((org, role))
        known = _NOW if known is None else known
        found = [] if ended is None else ended.holding(at, known)
        if lasting is not None:
            found += lasting.holding(known, at)
            found.sort(key=_SINCE)
        elif ended is None:
            self._require_known(org, role)
        return found

    def _require_known(self, org: str, role: str) -> None:
        """See that the log has an organization and a role of which no tenure is known."""
        if self._log is None:
            return
        if org not in self._orgs:
            raise misuse("unknown-org", f"there is no organization '{org}'", did_you_mean(org, self._orgs))
        if role not in self._roles:
            raise misuse("unknown-role", f"there is no role '{role}'", did_you_mean(role, self._roles))

    @cached_property
    def _orgs(self) -> Mapping[str, None]:
        """The organizations that the log has, and those that only tenures name, as in a damaged log."""
        return dict.fromkeys((*(self._log.starts if self._log else ()), *(org for org, _ in self._posts)))

    @cached_property
    def _roles(self) -> Mapping[str, None]:
        """The roles, likewise."""
        return dict.fromkeys((*(self._log.role_table if self._log else ()), *(role for _, role in self._posts)))

    @property
    def _posts(self) -> Iterable[_Post]:
        return (*self._ended, *self._lasting)


_SINCE = itemgetter(6)

_NOW = _FOREVER - timedelta(microseconds=1)
"""When everything is known that ever was."""


def _came_in_order(log: Log) -> bool:
    """Whether nothing was corrected or taken back, and nothing became public before what had happened before it."""
    if log.record_names or any_retracts(log.events):
        return False
    return all(one <= other for one, other in pairwise(public_since(event, log) for event in log.events))


def _in_order(history: History) -> Iterator[KnownTenure]:
    """The tenures of a log that came in order: each changes when what changes it became public."""
    log = history.log
    for org in history.timelines:
        for tenure in history.tenures(org):
            steps = [*(event for event, _ in tenure.varied), *([tenure.closed] if tenure.closed else [])]
            instants = [public_since(event, log) for event in (tenure.opened, *steps)]
            for number, (since, until) in enumerate(pairwise([*instants, None])):
                if since != until:
                    varied = tenure.varied[:number]
                    closed = tenure.closed if number > len(tenure.varied) else None
                    known = evolve(tenure, varied=varied, closed=closed, closed_index=None)
                    yield _known(org, known, since, until)


_Standing = dict[tuple[str, str], tuple[Tenure, datetime | None]]


def _replaced(org: str, standing: _Standing, now: Iterable[Tenure], known: datetime | None) -> Iterator[KnownTenure]:
    """What was said of an organization up to now and no longer is; what is said from now on takes its place."""
    found = {(tenure.role, tenure.opened.id): evolve(tenure, closed_index=None) for tenure in now}
    for key, (tenure, since) in list(standing.items()):
        if found.get(key) == tenure:
            del found[key]
        else:
            del standing[key]
            yield _known(org, tenure, since, known)
    standing.update((key, (tenure, known)) for key, tenure in found.items())


def _known(org: str, tenure: Tenure, since: datetime | None, until: datetime | None) -> KnownTenure:
    return KnownTenure(org=org, tenure=tenure, known_since=since, known_until=until)


def _views(log: Log) -> Iterator[tuple[datetime | None, History]]:
    """The history as known at each instant at which something became known, and before all of them."""
    base = Fold(Variant(log=log)).history(OPEN, [])
    yield None, base
    for known in sorted({public_since(event, log) for event in log.events}):
        events = as_known(log, known)
        same = next((n for n, (a, b) in enumerate(zip(base.events, events, strict=False)) if a is not b), None)
        start = min(len(base.events), len(events)) if same is None else same
        fold = Fold(Variant(log=log), base, start)
        fold.run(events[start:], events)
        base = fold.history(known, events)
        yield known, base


def _of_view(view: History) -> Iterator[Fact]:
    """Everything that is so in one view, not yet with when it was known."""
    for event, ruling in zip(view.events, view.rulings, strict=True):
        told = Ruled(event=event, ruling=ruling)
        yield Fact(kind="ruling", org=view.org_of(event), told=told, since=event.at, until=None)
    for org in view.orgs:
        yield from _lasting(org, ((since, dict(_of_state(state))) for since, state in _states(view, org)))
        yield from _lasting(org, _uncertain(view, org))


def _uncertain_of_view(view: History) -> Iterator[Fact]:
    for org in view.orgs:
        yield from _lasting(org, _uncertain(view, org))


def _vacant_of_view(view: History) -> Iterator[Fact]:
    for org in view.orgs:
        yield from _lasting(org, ((since, dict(_vacant(state))) for since, state in _states(view, org)))


def _vacant(state: OrgState) -> "Iterator[tuple[_Key, Told]]":
    """The seats of a board that nobody holds."""
    left = (state.bylaws.seats or 0) - len(state.directors)
    for seat, count in state.vacant_seats():
        left -= count
        yield ("vacant", seat), Vacant(seat, state.bylaws.named_seats[seat].name or seat, count)
    if left > 0:
        yield ("vacant", ""), Vacant("", "", left)


def _states(view: History, org: str) -> Iterator[tuple[datetime, OrgState]]:
    """Each state of an organization with the instant from which on it lasts; the last one of each instant."""
    timeline = view.timelines.get(org)
    found = [(OPEN, view.log.start(org))]
    found += [(view.events[index].at, after) for index, _, after in timeline.walk()] if timeline else []
    for (since, state), (until, _) in pairwise(found):
        if since < until:
            yield since, state
    yield found[-1]


_Key = tuple[Kind, object]


def _of_state(state: OrgState) -> Iterator[tuple[_Key, Told]]:
    """What is so in a state."""
    yield ("bylaws", ""), state.bylaws
    for role, opening in state.tenures():
        suspended = (role, opening.person) in state.suspended
        yield ("tenure", (role, opening.person)), Held(role=role, opening=opening, suspended=suspended)
    for event in state.announced:
        yield ("announced", event.id), event


def _uncertain(view: History, org: str) -> Iterator[tuple[datetime, Mapping[_Key, Told]]]:
    """What is uncertain from each instant on at which that can change."""
    if not any(event.span or event.status in DOUBTS for event in view.events):
        return
    own = [event for event in view.events if view.org_of(event) == org]
    instants = {bound for event in own for bound in (event.at, *(event.span or ()))}
    instants |= {settled(event.span[1], view.log.zone) for event in own if event.span}
    for order in open_orders(view):
        instants |= {bound for event in (order.first, order.second) for bound in span_of(event)}
        instants |= {event.at for event in order.other.events}
    for at in sorted(instants):
        yield at, {("uncertain", _key(doubt)): doubt for doubt in uncertain(view, org, at)}


def _lasting(org: str, told: Iterable[tuple[datetime, Mapping[_Key, Told]]]) -> Iterator[Fact]:
    """What is so at one instant after another, each with from when to when."""
    since: dict[_Key, datetime] = {}
    before: Mapping[_Key, Told] = {}
    for at, now in told:
        for key, was in before.items():
            if key not in now or now[key] != was:
                yield Fact(kind=key[0], org=org, told=was, since=since.pop(key), until=at)
        for key in now:
            since.setdefault(key, at)
        before = now
    for key, was in before.items():
        yield Fact(kind=key[0], org=org, told=was, since=since[key], until=None)


def _key(told: Told) -> object:
    match told:
        case Held():
            return (told.role, told.opening.id)
        case Ruled():
            return told.event.id
        case Uncertain():
            return told.key
        case Bylaws():
            return ""
        case Vacant():
            return told.seat
        case _:
            return told.id
