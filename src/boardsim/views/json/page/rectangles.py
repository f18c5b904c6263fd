"""Rectangles: the facts of a world, each with an interval of time and one of knowledge.

They are what `boardsim.facts` says, found so that they cost what changes from one state of knowledge to the next, and
not the whole log each time: where something becomes known, only the people whom it concerns, and whoever comes after
it, are gone through again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import is_not
from typing import Any, Literal

from attrs import evolve, field, frozen

from boardsim.bylaws import Bylaws
from boardsim.days import settled
from boardsim.events import DOUBTS, OPEN, TIME, Event, Opening, target_of
from boardsim.history import History, Ruling, Variant, effect
from boardsim.kernel import Fold
from boardsim.log import Log
from boardsim.orders import open_orders
from boardsim.records import as_known, public_since
from boardsim.reducers import reduce
from boardsim.snapshots import Uncertain, of_endings, of_span, of_status, uncertain
from boardsim.state import OrgState
from boardsim.traits import changed_by, ends_life, is_announced, movers, retracts, row

MOST_ORDERS = 1_000
"""In logs of more events, orders that are not on record are looked for in the newest state of knowledge alone."""


@frozen(kw_only=True)
class Held:
    """A tenure on the terms of the time, with the event that ended it, if one did."""

    org: str
    role: str
    opening: Opening
    suspended: bool
    closed: Event | None


@frozen(kw_only=True)
class InForce:
    """The bylaws of an organization."""

    org: str
    bylaws: Bylaws


@frozen(kw_only=True)
class Announced:
    """What has been announced, and has neither come about nor been withdrawn."""

    org: str
    event: Event


@frozen(kw_only=True)
class Doubt:
    """What is not sure: whether somebody holds a role, or on which terms; or rules, or the end of an organization."""

    org: str
    uncertain: Uncertain


@frozen(kw_only=True)
class Ruled:
    """What became of an event."""

    event: Event
    ruling: Ruling


Told = Held | InForce | Announced | Doubt | Ruled


@frozen(kw_only=True)
class Rectangle:
    """One fact; each interval is without its end, and open where it has None."""

    told: Told
    since: datetime
    until: datetime | None
    known_since: datetime | None
    known_until: datetime | None


@frozen
class _Fact:
    """A fact of one view.

    Attributes:
        key: tells it from every other of its group and beginning.
        last: the last instant on which it rests; None where it goes on.
    """

    key: object
    since: datetime
    until: datetime | None
    told: Told
    last: datetime | None


@frozen(eq=False)
class View:
    """The history as known at an instant, and the events that are not in the view before it, or not ruled alike."""

    known: datetime | None
    history: History
    changed: Sequence[Event]


_Group = tuple[str, str, str]
_GROUP = tuple[str, str]


@frozen(eq=False)
class _People:
    """Everybody whose tenures events can open, close or change; worked out once, as it is asked in every view.

    Attributes:
        found: by the identity of an event, which is kept as well so that no other one gets its number.
        doubtful: by group of facts, the people of an event that is doubtful, in all of its versions; None among them
            where it changes rules.
        promised: the people of events that were announced, whose own events can do away with an announcement.
    """

    promised: set[str] = field(factory=set, init=False)
    found: dict[int, tuple[Event, frozenset[str]]] = field(factory=dict, init=False)
    doubtful: dict[_Group, set[str | None]] = field(factory=dict, init=False)

    @classmethod
    def of_log(cls, log: Log) -> "_People":
        """Of the events of a log, whatever stands of it."""
        made = cls()
        made.promised.update(made.of_all(filter(is_announced, log.events)))
        return made

    def of(self, event: Event) -> frozenset[str]:
        """Of one event."""
        known = self.found.get(id(event))
        if known is None:
            changed = changed_by(event)
            people = frozenset((*movers(event), *([changed[0]] if changed is not None else [])))
            known = self.found[id(event)] = (event, people)
        return known[1]

    def of_all(self, events: Iterable[Event]) -> set[str]:
        """Of some events."""
        return {person for event in events for person in self.of(event)}

    def concerns_all(self, event: Event) -> bool:
        """Whether an event can change what is nobody's own: rules, what is announced, the end of an organization."""
        is_general = is_announced(event) or target_of(event) is not None or ends_life(event)
        return is_general or bool(row(event).amends(event)) or not self.promised.isdisjoint(self.of(event))

    def keep(self, group: _Group, event: Event) -> None:
        """Remember whom a group of doubts is about."""
        self.doubtful.setdefault(group, set()).update(self.of(event), [None] if row(event).amends(event) else [])


@frozen(eq=False)
class _Scope:
    """The groups of facts that some events concern: their own, those of people, and of organizations as a whole."""

    people: _People
    events: set[str] = field(factory=set, init=False)
    by_org: dict[str, set[str | None]] = field(factory=dict, init=False)

    def add(self, history: History, events: Iterable[Event]) -> None:
        """Take in what these events concern."""
        for event in events:
            self.events.add(event.id)
            if (org := history.org_of(event)) is not None:
                own = self.by_org.setdefault(org, set())
                own.update(self.people.of(event), [None] if self.people.concerns_all(event) else [])

    def has(self, group: _Group) -> bool:
        """Whether a group is one of them."""
        kind, org, who = group
        if kind == "ruling":
            return who in self.events
        if kind == "doubt":
            return who in self.events or not self.by_org.get(org, _NOBODY).isdisjoint(self.people.doubtful[group])
        return (who or None) in self.by_org.get(org, _NOBODY)


_NOBODY: frozenset[str | None] = frozenset()


Orders = Literal["always", "newest", "never"]
"""In which states of knowledge it is asked whether the order of two events matters that is not on record."""


def rectangles(world: Variant, orders: Orders = "always") -> list[Rectangle]:
    """Every fact of a world, in every state of knowledge, by when it became known and since when it holds."""
    found = _Standing(_People.of_log(world.log))
    if len(world.log.events) > MOST_ORDERS and orders == "always":
        orders = "newest"
    last = None
    for view in views(world):
        found.take(view)
        if orders == "always":
            found.take_orders(view.history, view.known)
        last = view
    if last is not None and orders == "newest":
        found.take_orders(last.history, last.known)
    return found.in_order()


@frozen(kw_only=True)
class Otherwise:
    """What can be otherwise in a world beside the record; whatever is in neither list is the same in both.

    Attributes:
        history: the world, as all of it is known by now.
        record: the facts of the record that can differ.
        other: what this world has in their place.
    """

    history: History
    record: Sequence[Rectangle]
    other: Sequence[Rectangle]


def without_each(world: Variant, dropped: Sequence[Event]) -> Iterator[tuple[str, Otherwise]]:
    """For each of these events what is otherwise in the world without it, with no question about orders.

    Until an event became public every world is the same, so that each begins where it parts from this one; and from
    there on only the facts are gone through that some event concerns of which not the same became.
    """
    log = world.log
    since = {event.id: public_since(log.by_id[event.id], log) for event in dropped}  # of a record its first block
    waiting = sorted(since, key=lambda name: since[name], reverse=True)
    found, parted = _Standing(_People.of_log(log)), list[tuple[str, int, _Standing]]()
    every, steps = [*views(world)], [*_known(world)] if _is_plain(log) else None
    for place, view in enumerate(every):
        while view.known and waiting and since[waiting[-1]] <= view.known:
            parted.append((waiting.pop(), place, found.copy()))
        found.take(view)
    parted += [(name, len(every), found) for name in reversed(waiting)]
    for name, place, apart in parted:
        other, shared = evolve(world, dropped=world.dropped | {name}), every[place - 1 :]
        own = [shared[0], *views(other, shared[0], steps)]
        yield name, _otherwise(shared, own, apart, found)


def _otherwise(record: Sequence[View], own: Sequence[View], apart: "_Standing", found: "_Standing") -> Otherwise:
    """What is otherwise from the first of these views on, which both worlds have."""
    scope = _Scope(people=apart.people)
    for theirs, ours in _side_by_side(record, own):
        scope.add(ours, _unlike(theirs, ours))
    other = apart.copy(scope)
    for view in own[1:]:
        other.take(view)
    return Otherwise(history=own[-1].history, record=found.copy(scope).in_order(), other=other.in_order())


def _side_by_side(record: Sequence[View], own: Sequence[View]) -> Iterator[tuple[History, History]]:
    """The histories of two worlds in each state of knowledge, from the one that they share on."""
    known = {view.known for view in (*record, *own)} - {record[0].known}
    by_known = [{view.known: view.history for view in side} for side in (record, own)]
    now = [record[0].history, own[0].history]
    for at in sorted(filter(None, known)):
        now = [side.get(at, before) for side, before in zip(by_known, now, strict=True)]
        yield now[0], now[1]


def _unlike(one: History, other: History) -> Iterable[Event]:
    """The events of which not the same became in two histories."""
    if len(one.events) != len(other.events) or any(map(is_not, one.events, other.events)):
        return _changed(one, other, 0)
    return _ruled_otherwise(other.events, one.rulings, other.rulings)


def _ruled_otherwise(events: Sequence[Event], were: Sequence[Ruling], are: Sequence[Ruling]) -> Sequence[Event]:
    """The events of which not the same became; as a rule there are none, and then no ruling is gone through here."""
    if were == are:
        return ()
    rulings = zip(events, were, are, strict=True)
    return [event for event, was, now in rulings if was is not now and was != now]


def views(world: Variant, last: View | None = None, steps: Iterable["_Step"] | None = None) -> Iterator[View]:
    """The view of nothing, and one for each instant at which something became known.

    Args:
        last: one that is the same in another world; only those that follow it.
        steps: what stands at each instant, where that is known; otherwise it is worked out.
    """
    base = last.history if last is not None else Fold(world).history(OPEN, [])
    if last is None:
        yield View(None, base, ())
    for known, events, least in steps or _known(world):
        if last is not None and last.known is not None and known <= last.known:
            continue
        start = _parting(base.events, events, least)
        if start == len(base.events) == len(events):
            continue
        fold = Fold(world, base, start)
        fold.run(events[start:], events)
        view = fold.history(known, events)
        yield View(known, view, _changed(base, view, start))
        base = view


_Step = tuple[datetime, Sequence[Event], int]


def _is_plain(log: Log) -> bool:
    """Whether every event stands from when it became public on, whatever else does, in the order of the log."""
    return not (log.record_names or log.events.places or any(map(retracts, log.events)))


def _known(world: Variant) -> Iterator[_Step]:
    """What stands at each instant at which something became known, and how many events at least are as before."""
    log = world.log
    public = sorted((public_since(event, log), place) for place, event in enumerate(log.events))
    is_plain = _is_plain(log)
    places: list[int] = []
    standing: list[Event] = []
    for known, group in groupby(public, key=lambda one: one[0]):
        least = len(places)
        if is_plain:
            standing = [*standing]
            for _, place in group:
                at = bisect_left(places, place)
                places.insert(at, place)
                standing.insert(at, log.events[place])
                least = min(least, at)
            events: Sequence[Event] = standing
        else:
            events, least = as_known(log, known, world.dropped), 0
        if world.horizon is not None:
            events = events[: bisect_right(events, world.horizon, key=TIME)]
        yield known, events, min(least, len(events))


def _parting(before: Sequence[Event], after: Sequence[Event], least: int) -> int:
    """The first index at which two views differ; up to `least` they do not."""
    shorter = min(len(before), len(after))
    return next((n for n in range(min(least, shorter), shorter) if before[n] is not after[n]), shorter)


def _changed(before: History, after: History, start: int) -> Sequence[Event]:
    """The events of two views, from an index on, that stand in one alone, or were not ruled alike in both.

    What the others did they did in both, so that nobody's tenures differ whom none of these concerns.
    """
    more = len(after.events) - len(before.events)
    rest = after.events[start + more :] if more >= 0 else ()
    if more >= 0 and not any(map(is_not, rest, before.events[start:])):  # some came in at one place: as a rule, one
        others = _ruled_otherwise(rest, before.rulings[start:], after.rulings[start + more :])
        return [*after.events[start : start + more], *others]
    was, now = ([*zip(view.events[start:], view.rulings[start:], strict=True)] for view in (before, after))
    common = {id(event): ruling for event, ruling in was}
    alike = {id(event) for event, ruling in now if common.get(id(event)) == ruling}
    kept = ([id(event) for event, _ in side if id(event) in alike] for side in (was, now))
    if next(kept) != next(kept):  # they came in another order, too
        return [event for event, _ in (*was, *now)]
    return [event for event, _ in (*was, *now) if id(event) not in alike]


class _Standing:
    """What stands in the view that was taken last; it collects what ceased to."""

    def __init__(self, people: _People, scope: _Scope | None = None) -> None:
        self.standing: dict[_Group, dict[object, tuple[_Fact, datetime | None]]] = {}
        self.found: list[tuple[_Group, Rectangle]] = []
        self.doubtful: dict[str, dict[str, Event]] = {}  # by organization and id
        self.people, self.scope = people, scope

    def copy(self, scope: _Scope | None = None) -> "_Standing":
        """The same, to go on with otherwise; where there is a scope, with nothing that lies outside of it."""
        made = _Standing(self.people, scope)
        made.standing = {group: {**facts} for group, facts in self.standing.items() if made.is_wanted(group)}
        made.found = [one for one in self.found if made.is_wanted(one[0])]
        for org, events in self.doubtful.items():
            made.doubtful[org] = {name: event for name, event in events.items() if made.is_wanted(("doubt", org, name))}
        return made

    def is_wanted(self, group: _Group) -> bool:
        """Whether a group of facts is in question."""
        return self.scope is None or self.scope.has(group)

    def in_order(self) -> list[Rectangle]:
        """All that was found, by when it became known and since when it holds."""
        return sorted(self.closed(), key=lambda one: (one.known_since or OPEN, one.since))

    def take(self, view: View) -> None:
        """Go on to the next state of knowledge."""
        history, known = view.history, view.known
        if known is None:
            for declared in history.log.orgs:
                told = InForce(org=declared.id, bylaws=history.log.start(declared.id).bylaws)
                self._settle(("bylaws", declared.id, ""), OPEN, [_Fact("", OPEN, None, told, None)], known)
            return
        if not view.changed:
            return
        start = min(event.at for event in view.changed)
        self._rulings(view, start)
        changed: dict[str, list[Event]] = {}
        for event in view.changed:
            org = history.org_of(event)
            if org is not None and (self.scope is None or org in self.scope.by_org):
                changed.setdefault(org, []).append(event)
        for org, own in sorted(changed.items()):
            people = {one for one in self.people.of_all(own) if self.is_wanted(("tenure", org, one))}
            if people or self.is_wanted(("bylaws", org, "")):
                self._org(_Walk(history, org, start, people, self.people), known)
            self._doubts(history, org, own, known)

    def _rulings(self, view: View, start: datetime) -> None:
        history = view.history
        groups = {event.id: ("ruling", "", event.id) for event in view.changed}
        wanted = {name: group for name, group in groups.items() if self.is_wanted(group)}
        standing = {event.id: index for index, event in _since(history, start)} if wanted else {}
        for name, group in wanted.items():
            index = standing.get(name)
            facts = []
            if index is not None:
                told = Ruled(event=history.events[index], ruling=history.rulings[index])
                facts = [_Fact(name, told.event.at, None, told, None)]
            self._settle(group, OPEN, facts, view.known)

    def _org(self, walk: "_Walk", known: datetime | None) -> None:
        """One organization from an instant on."""
        walk.go(lambda kind, who: [fact for fact, _ in self.standing.get((kind, walk.org, who), {}).values()])
        for (kind, who), facts in walk.facts.items():
            if self.is_wanted(group := (kind, walk.org, who)):
                self._settle(group, walk.start, facts, known)

    def _doubts(self, history: History, org: str, own: Sequence[Event], known: datetime | None) -> None:
        """What rests on doubtful records, where these or anything that they concern has changed; and the end of it."""
        standing = self.doubtful.setdefault(org, {})
        for event in own:
            if event.id in standing or event.status in DOUBTS:
                self.people.keep(("doubt", org, event.id), event)
                if self.is_wanted(("doubt", org, event.id)):
                    standing[event.id] = event
        changed, people = {event.id for event in own}, self.people.of_all(own)
        has_rules = any(row(event).amends(event) for event in own)
        for name, event in [*standing.items()]:
            is_moved = name in changed or not people.isdisjoint(self.people.of(event))
            if is_moved or (has_rules and row(event).amends(event)):
                self._settle(("doubt", org, name), OPEN, _of_status(history, org, event), known)
            if event.status not in DOUBTS:
                del standing[name]
        if any(map(ends_life, own)) and self.is_wanted(("ending", org, "")):
            self._settle(("ending", org, ""), OPEN, _of_endings(history, org), known)

    def take_orders(self, history: History, known: datetime | None) -> None:
        """Whoever would sit in another order of events than that of the record."""
        orders = open_orders(history)
        for org in history.log.orgs:
            concerned = [order for order in orders if org.id in map(history.org_of, (order.first, order.second))]
            facts = [*_other_orders(history, org.id)] if concerned else []
            if concerned or ("order", org.id, "") in self.standing:
                self._settle(("order", org.id, ""), OPEN, facts, known)

    def _settle(self, group: _Group, start: datetime, facts: Iterable[_Fact], known: datetime | None) -> None:
        """Let facts of a group take the place of those that rest on what happened at an instant or later."""
        standing = self.standing.setdefault(group, {})
        going = {at: one for at, one in standing.items() if one[0].last is None or one[0].last >= start}
        for at in going:
            del standing[at]
        for fact in facts:
            before = going.get((fact.key, fact.since))
            if before is not None and before[0] == fact:
                del going[fact.key, fact.since]
                standing[fact.key, fact.since] = before
            else:
                standing[fact.key, fact.since] = (fact, known)
        self.found += [(group, _rectangle(fact, since, known)) for fact, since in going.values() if since != known]

    def closed(self) -> list[Rectangle]:
        """All that was found, with what still stands."""
        still = (one for group in self.standing.values() for one in group.values())
        return [*(one for _, one in self.found), *(_rectangle(fact, since, None) for fact, since in still)]


def _rectangle(fact: _Fact, since: datetime | None, until: datetime | None) -> Rectangle:
    return Rectangle(told=fact.told, since=fact.since, until=fact.until, known_since=since, known_until=until)


def _since(history: History, start: datetime) -> Iterator[tuple[int, Event]]:
    """The events from an instant on, with their indexes."""
    for index in range(history.before(start), len(history.events)):
        yield index, history.events[index]


@frozen(eq=False, slots=False)
class _Walk:
    """The states of an organization from an instant on, as facts of those people who can be concerned."""

    history: History
    org: str
    start: datetime
    people: set[str]
    concerned: _People
    facts: dict[_GROUP, list[_Fact]] = field(factory=dict, init=False)
    open: dict[Any, tuple[datetime, Told]] = field(factory=dict, init=False)

    def go(self, standing: Any) -> None:
        """Walk; `standing` gives the facts of the view before, by kind and person."""
        self.facts.update({(kind, who): [] for who in sorted(self.people) for kind in ("tenure", "span")})
        self.facts.update({("bylaws", ""): [], ("announced", ""): [], ("span", ""): []})
        timeline = self.history.timelines.get(self.org)
        first = bisect_left(timeline.indexes, self.history.before(self.start)) if timeline else 0
        state = timeline.after(first) if timeline else self.history.log.start(self.org)
        self._begin(state, standing)
        indexes = timeline.indexes[first:] if timeline else []
        for at, group in groupby(indexes, key=lambda index: self.history.events[index].at):
            closed: dict[tuple[str, str], Event] = {}
            touched: set[str] = set()
            for index in group:
                event = self.history.events[index]
                after = reduce(state, event)
                people = self.concerned.of(event)
                if not people.isdisjoint(self.people) or (event.span and row(event).amends(event)):
                    touched |= people
                    self._moved(state, after, event, closed)
                state = after
            self._observe(state, at, touched, closed)
        self._end()

    def _begin(self, state: OrgState, standing: Any) -> None:
        """What was so before the first of these events, each since when it was."""
        for kind, who in self.facts:
            for fact in standing(kind, who):
                if kind in ("tenure", "bylaws", "announced") and fact.since < self.start and _lasts(fact, self.start):
                    self.open[kind, who, fact.key] = (fact.since, _unended(fact.told))
        now = dict(self._of_state(state, self.people))
        for key in [key for key in self.open if key not in now]:
            del self.open[key]

    def _of_state(self, state: OrgState, people: Iterable[str]) -> Iterator[tuple[Any, Told]]:
        yield ("bylaws", "", ""), InForce(org=self.org, bylaws=state.bylaws)
        for event in state.announced:
            yield ("announced", "", event.id), Announced(org=self.org, event=event)
        for who in sorted(people):  # the same bytes each time
            for role in state.roles_of(who):
                opening = state.held(who, role)
                assert opening is not None
                suspended = (role, who) in state.suspended
                told = Held(org=self.org, role=role, opening=opening, suspended=suspended, closed=None)
                yield ("tenure", who, (role, opening.id)), told

    def _observe(
        self, state: OrgState, at: datetime, touched: set[str], closed: Mapping[tuple[str, str], Event]
    ) -> None:
        """What is so just after all events of an instant."""
        now = dict(self._of_state(state, touched & self.people))
        for key, (since, told) in [*self.open.items()]:
            if key[0] == "tenure" and key[1] not in touched:
                continue
            if now.get(key) != told:
                del self.open[key]
                self._close(key, since, told, at, closed)
        for key, told in now.items():
            self.open.setdefault(key, (at, told))

    def _close(self, key: Any, since: datetime, told: Told, at: datetime, closed: Mapping[Any, Event]) -> None:
        kind, who, name = key
        if isinstance(told, Held):
            told = Held(**{**_fields(told), "closed": closed.get((told.role, told.opening.id))})
        self.facts[kind, who].append(_Fact(name, since, at, told, at))

    def _end(self) -> None:
        for (kind, who, name), (since, told) in self.open.items():
            self.facts[kind, who].append(_Fact(name, since, None, told, None))

    def _moved(self, before: OrgState, after: OrgState, event: Event, closed: dict[Any, Event]) -> None:
        """Which tenures an event ended, and within which span it is not sure whether it had ended or begun some."""
        moved = effect(before, after, event)
        closed.update({(role, opening.id): event for role, opening in moved.closed})
        for one in of_span(event, moved, after):
            if one.person is None or one.person in self.people:
                key, told = (one.role, event.id), Doubt(org=self.org, uncertain=one)
                since, until = _span(self.history, one)
                if since < until:
                    self.facts["span", one.person or ""].append(_Fact(key, since, until, told, event.at))


def _fields(held: Held) -> dict[str, Any]:
    return {"org": held.org, "role": held.role, "opening": held.opening, "suspended": held.suspended}


def _unended(told: Told) -> Told:
    return Held(**_fields(told), closed=None) if isinstance(told, Held) else told


def _lasts(fact: _Fact, start: datetime) -> bool:
    return fact.until is None or fact.until >= start


def _span(history: History, one: Uncertain) -> tuple[datetime, datetime]:
    """Between when something is uncertain by its time: what took effect on a day is certain at its last instant."""
    assert one.span is not None
    return one.span[0], settled(one.span[1], history.log.zone)


def _of_status(history: History, org: str, event: Event) -> Iterator[_Fact]:
    """What a doubtful event leaves uncertain; nothing where it does not stand, or changed nothing."""
    here = (n for n, one in _since(history, event.at) if one.id == event.id or one.at > event.at)
    index = next(here, len(history.events))
    indexes = history.timelines[org].indexes if org in history.timelines else []
    if index not in indexes[bisect_left(indexes, index) :][:1] or history.events[index].id != event.id:
        return
    if event.status not in DOUBTS:
        return
    for one, last in of_status(history, org, index):
        until = None if last is None else history.events[last].at
        if until is None or one.event.at < until:
            yield _Fact((one.role, one.person), one.event.at, until, Doubt(org=org, uncertain=one), None)


def _of_endings(history: History, org: str) -> Iterator[_Fact]:
    """Whether an organization had been dissolved."""
    for one in of_endings(history, org):
        since, until = (one.event.at, None) if one.why in DOUBTS else _span(history, one)
        if until is None or since < until:
            yield _Fact((one.event.id, one.why), since, until, Doubt(org=org, uncertain=one), None)


def _other_orders(history: History, org: str) -> Iterator[_Fact]:
    """Whoever sits in one of two orders of events; asked of the kernel wherever that can change."""
    instants = {event.at for order in open_orders(history) for event in order.other.events}
    instants |= {bound for event in history.events if event.span for bound in event.span} | set(history.instants)
    since: dict[Any, tuple[datetime, Doubt]] = {}
    for at in sorted(instants):
        doubts = (doubt for doubt in uncertain(history, org, at) if doubt.why == "order")
        now = {doubt.key: doubt for doubt in doubts}
        for key in [key for key in since if key not in now]:
            begun, told = since.pop(key)
            yield _Fact(key, begun, at, told, None)
        for key, doubt in now.items():
            since.setdefault(key, (at, Doubt(org=org, uncertain=doubt)))
    for key, (begun, told) in since.items():
        yield _Fact(key, begun, None, told, None)
