"""Open orders: two events of which the record does not say which came first, where that matters.

Events that are dated by a day or a year lie within spans, and where two spans overlap, either may have been first.  The
kernel goes by the order of the record (`at`, then the place in the file) all the same; this says where the other order
would have come to something else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import cast

from attrs import evolve, field, frozen

from boardsim.aspects import Aspect
from boardsim.events import NEVER, OPEN, TERMS, Event, Opening, cited, target_of
from boardsim.history import History, Ruling, Tenure
from boardsim.kernel import Fold
from boardsim.outline import FineOutline
from boardsim.state import OrgState
from boardsim.traits import amends, changed_by, dependences, is_counted, overwritten, touched
from boardsim.values import Value

Span = tuple[datetime, datetime]
Both = tuple[Ruling, Ruling]


@frozen(eq=False, repr=False)
class OneWay(Value):
    """A tenure that somebody has in one order of two events and not, or not for as long, in the other.

    Attributes:
        tenure: as it is in the order that has it, with the dates on record.
        event: which of the two decides: that which began it, or which ended it in the order that has it no longer.
        order: the two, in the order in which somebody has it.
    """

    tenure: Tenure
    event: Event
    order: tuple[Event, Event]

    @property
    def person(self) -> str:
        """Whose it is."""
        return self.tenure.person

    @property
    def role(self) -> str:
        """In which role."""
        return self.tenure.role


@frozen(kw_only=True, slots=False, eq=False)
class OpenOrder:
    """Two events of one organization, of which the record does not say which came first.

    Attributes:
        first: the one that comes first by the record; `second` likewise.
        row: the events from the one to the other, had the second come first.
        now: their rulings in the order of the record; `otherwise` likewise, in the other.
        contested: the bylaws, or the terms of a tenure, that both set, so that the later of them has its way.
    """

    history: History
    first: Event
    second: Event
    row: Sequence[Event]
    now: Both
    otherwise: Both
    contested: tuple[str, ...] = ()
    _found: dict[tuple[str, bool], Sequence[OneWay]] = field(factory=dict, init=False)

    @cached_property
    def other(self) -> History:
        """The history, had the second come first."""
        index = self.history.index(self.first.id)
        later = self.history.index(self.second.id)
        events = [*self.history.events]
        events[index : later + 1] = self.row
        fold = Fold(self.history.world)
        fold.run(events)
        return fold.history(self.history.known, events)

    def only_otherwise(self, org: str) -> Sequence[OneWay]:
        """The tenures at an organization that somebody has, or has for longer, had the second come first."""
        return self._one_way(org, self.other, self.history)

    def only_by_record(self, org: str) -> Sequence[OneWay]:
        """Those that somebody has, or has for longer, in the order of the record."""
        return self._one_way(org, self.history, self.other)

    def _one_way(self, org: str, having: History, lacking: History) -> Sequence[OneWay]:
        key = (org, having is self.other)
        order = (self.second, self.first) if having is self.other else (self.first, self.second)
        if key not in self._found:
            twins = ((one, lacking.tenure(org, one.role, one.opened.id)) for one in having.tenures(org))
            decided = ((one, self._decides(one, twin)) for one, twin in twins)
            ways = (OneWay(self._as_dated(one), event, order) for one, event in decided if event is not None)
            self._found[key] = [*ways]
        return self._found[key]

    def _as_dated(self, tenure: Tenure) -> Tenure:
        """A tenure with the dates on record: the other order has two events at an instant that nobody told."""
        opened = cast("Opening", self.history.event(tenure.opened.id))
        return evolve(tenure, opened=opened, closed=tenure.closed and self.history.event(tenure.closed.id))

    def _decides(self, tenure: Tenure, twin: Tenure | None) -> Event | None:
        """Which of the two events began a tenure that is not in the other order, or ended it there alone."""
        event = tenure.opened if twin is None else twin.closed
        ended = tenure.closed.id if tenure.closed is not None else None
        pair = (one for one in (self.first, self.second) if event is not None and one.id == event.id != ended)
        return next(pair, None)


def open_orders(history: History) -> Sequence[OpenOrder]:
    """Every two events of which it matters which came first, and the record does not say; in the order of the first."""
    found: Sequence[OpenOrder] | None = history.worked_out.get("open_orders")
    if found is None:
        found = history.worked_out["open_orders"] = list(_open_orders(history))
    return found


def remember_none(history: History) -> None:
    """Take it from an audit that found nothing in the log that no order is open, in the place of looking for any."""
    history.worked_out["open_orders"] = []


def open_with(history: History, event: str) -> tuple[str, ...]:
    """The events of which it matters to this one whether they came before it, and the record does not say; by id."""
    pairs = ((order.first.id, order.second.id) for order in orders_of(history).get(event, ()))
    return tuple(other for pair in pairs for other in pair if other != event)


def orders_of(history: History) -> Mapping[str, Sequence[OpenOrder]]:
    """The open orders by the id of either event; worked out once, as whoever tells a story asks of every event."""
    found: dict[str, list[OpenOrder]] | None = history.worked_out.get("orders_of")
    if found is None:
        found = history.worked_out["orders_of"] = {}
        for order in open_orders(history):
            for name in (order.first.id, order.second.id):
                found.setdefault(name, []).append(order)
    return found


def orders_at(history: History) -> Mapping[str, Sequence[OpenOrder]]:
    """The open orders by organization; worked out once, as a snapshot asks of every one."""
    found: dict[str, list[OpenOrder]] | None = history.worked_out.get("orders_at")
    if found is None:
        found = history.worked_out["orders_at"] = {}
        for order in open_orders(history):
            for org in dict.fromkeys(history.org_of(event) for event in (order.first, order.second)):
                found.setdefault(str(org), []).append(order)  # each is of one: else nothing depends on the other
    return found


def by_record_alone(history: History) -> Mapping[tuple[str, str, str], OneWay]:
    """The tenures that somebody has, or has for longer, in the order of the record and not in one that is as good.

    By organization, role, and the id of the event that opened each.
    """
    found: dict[tuple[str, str, str], OneWay] | None = history.worked_out.get("by_record_alone")
    if found is None:
        ways = ((org, order) for org, orders in orders_at(history).items() for order in orders)
        every = ((org, one) for org, order in ways for one in order.only_by_record(org))
        made = {(org, one.role, one.tenure.opened.id): one for org, one in every}
        found = history.worked_out["by_record_alone"] = made
    return found


def _open_orders(history: History) -> Iterator[OpenOrder]:
    for index, later in _dependent_pairs(history):
        pair = first, second = history.events[index], history.events[later]
        row = _swapped(history.events[index : later + 1])
        if row is None:
            continue
        now = (history.rulings[index], history.rulings[later])
        otherwise, other = _tried(history, index, pair, row)
        both_set = _may_be_contested(history, first, second)
        if not both_set and not _matters(pair, now, otherwise):
            continue
        beside, one = _tried(history, index, pair, _exchanged(row, pair))
        contested: tuple[str, ...] = ()
        if both_set and all(ruling.kind == "effective" for ruling in (*now, *beside, *otherwise)):
            org = str(first.org)
            contested = tuple(unlike(first, second, one.states[org], other.states[org]))
        if contested or all(_matters(pair, these, otherwise) for these in (now, beside)):
            yield OpenOrder(
                history=history,
                first=first,
                second=second,
                row=row,
                now=now,
                otherwise=otherwise,
                contested=contested,
            )


def _may_be_contested(history: History, first: Event, second: Event) -> bool:
    """Whether two events set the same, and nobody said in which order."""
    is_said = first.at == second.at and first.before == second.id
    org = str(history.org_of(first))
    return not is_said and not {*overwritten(first, org)}.isdisjoint(overwritten(second, org))


def unlike(first: Event, second: Event, one: OrgState, other: OrgState) -> Iterator[str]:
    """What both of two events set, and is not the same in two states: bylaws, or the terms of a tenure."""
    if amends(first) and amends(second):
        yield from (name for name, _, _ in one.bylaws.differing(other.bylaws) if name != "assumed")
    person, role = changed_by(first) or ("", None)
    if role is not None and changed_by(second) == (person, role):
        for name in TERMS:
            if getattr(one.held(person, role), name, None) != getattr(other.held(person, role), name, None):
                yield f"{name} of {person} as {role}"


def _tried(history: History, index: int, pair: tuple[Event, Event], row: Sequence[Event]) -> tuple[Both, Fold]:
    """The rulings of two events in a row that comes after so many of the history; and the fold of it, up to both."""
    names = [event.id for event in row]
    places = [names.index(event.id) for event in pair]
    fold = _trial(history, index, row[: max(places) + 1])
    return (fold.rulings[places[0]], fold.rulings[places[1]]), fold


def _exchanged(row: Sequence[Event], pair: tuple[Event, Event]) -> Sequence[Event]:
    """A row up to two events of which the second comes right before the first, with the first before the second.

    What came between them is none of their business, so that both orders are tried on one side of it.
    """
    place = [event.id for event in row].index(pair[1].id)
    return [*row[:place], row[place + 1], row[place]]


def _swapped(events: Sequence[Event]) -> list[Event] | None:
    """Events in a row, so that the last comes before the first; None where that cannot have been.

    Each stays within its bounds, as near to the record as it can.  What rests on the first comes after it, and that on
    which the last rests before that, so that these have to be able to move as well.
    """
    first, *between, second = events
    along = _resting_on(first, between)
    ahead = _reasons_of(second, between)
    if not cited(second).isdisjoint(along):
        return None  # a reason lies before the deed
    end = min(span_of(event)[1] for event in (first, *between) if event.id in along)
    start = max(span_of(event)[0] for event in (*between, second) if event.id in ahead)
    if end <= start:
        return None
    is_later = end > second.at
    meet = second.at if is_later else max(start, first.at)
    before, after = list[Event](), list[Event]()
    for event in between:
        if event.id in ahead:
            before.append(evolve(event, at=min(event.at, meet)))
        elif event.id in along:
            after.append(evolve(event, at=max(event.at, meet)))
        else:
            (before if event.at <= meet and (is_later or meet > first.at) else after).append(event)
    return [*before, evolve(second, at=meet), evolve(first, at=meet), *after]


def _resting_on(first: Event, between: Iterable[Event]) -> set[str]:
    """An event, and those after it that rest on it, or on what does."""
    found = {first.id}
    for event in between:
        if not found.isdisjoint(cited(event)):
            found.add(event.id)
    return found


def _reasons_of(second: Event, between: Sequence[Event]) -> set[str]:
    """An event, and those before it on which it rests, or on which these do."""
    found, reasons = {second.id}, cited(second)
    for event in reversed(between):
        if event.id in reasons:
            found.add(event.id)
            reasons |= cited(event)
    return found


def span_of(event: Event) -> Span:
    """The earliest and the latest that an event can have taken effect; one instant, where that is on record."""
    return event.span or (event.at, event.at)


def last_possible(history: History) -> datetime:
    """The latest that the last event of a history, which has one, can have taken effect."""
    last = history.instants[-1]
    return max(span_of(event)[1] for event in history.events if event.at == last)


def may_last(tenure: Tenure, start: datetime | None, end: datetime | None) -> bool:
    """Whether a tenure lasts at some instant from `start` to `end`, both inclusive, in some reading of its dates.

    It does if it began as early, and ended as late, as the record allows; None is for no limit.
    """
    is_over = start is not None and tenure.closed is not None and span_of(tenure.closed)[1] <= start
    return not is_over and not (end is not None and span_of(tenure.opened)[0] > end)


def _matters(events: tuple[Event, Event], now: Both, otherwise: Both) -> bool:
    """Whether it matters in which order two events came.

    What cannot have happened was not so: an order that makes one of them impossible, where the other does not, is none.
    """
    impossible = [sum(ruling.kind != "effective" for ruling in both) for both in (now, otherwise)]
    if impossible[0] != impossible[1]:
        return impossible[1] < impossible[0]
    said = [[*map(_said, events, both)] for both in (now, otherwise)]
    if events[0].at == events[1].at:
        wrong = [sum(map(_is_wrong, events, both)) for both in (now, otherwise)]
        return wrong[1] < wrong[0]
    return said[0] != said[1]


def _said(event: Event, ruling: Ruling) -> object:
    return ruling.verdict, _strangers(event, ruling)


def _is_wrong(event: Event, ruling: Ruling) -> bool:
    """Whether a log in which this is so has a problem."""
    return ruling.kind != "effective" or bool(_strangers(event, ruling))


def _strangers(event: Event, ruling: Ruling) -> Sequence[str]:
    """Those who have a ballot in a vote and no seat."""
    if ruling.tally is None or not is_counted(event):
        return ()
    return [person for person, why in ruling.tally.excluded if why == "not in office" and person in event.ballots]


@frozen(eq=False, repr=False)
class _Row(Value):
    """Events that took effect at one instant, by the record, and touch or ask for one thing: each with its end.

    Attributes:
        wrong: those of them with which the log has a problem.
    """

    every: list[tuple[datetime, int]] = field(factory=list)
    wrong: list[tuple[datetime, int]] = field(factory=list)


_Key = tuple[str, Aspect]
"""Whether it is asked for, touched or set, and what it is."""

_Watch = dict[_Key, dict[datetime, _Row]]
"""The events, by what they have to do with and by their instant."""


def _dependent_pairs(history: History) -> Iterator[tuple[int, int]]:
    """Pairs of events of one organization whose spans overlap, and of which one depends on what the other touches.

    Or of which both set the same.

    Of two at one instant the record says which came first, so that they are a pair only where one of them is wrong,
    or where the one undoes what the other did.
    """
    outline = FineOutline(history)
    found: set[tuple[int, int]] = set()
    for org, spans in _spans(history).items():
        watch: _Watch = {}
        for start, end, index in _crowded(spans):
            event, wrong = history.events[index], _is_wrong(history.events[index], history.rulings[index])
            touches, depends = set(touched(event, org, outline)), set(dependences(event, org, outline))
            sets = [("sets", aspect) for aspect in overwritten(event, org)]
            keys = [*(("asks", aspect) for aspect in touches), *(("touches", aspect) for aspect in depends)]
            others = [*_overlapping(watch, keys, event.at, start, at_once=wrong)]
            others += _overlapping(watch, sets, event.at, start, at_once=True)
            for other in others:
                found.add((min(index, other), max(index, other)))  # one of them has a span, or they would not overlap
            for key in (*sets, *(("asks", aspect) for aspect in depends), *(("touches", aspect) for aspect in touches)):
                same = watch.setdefault(key, {}).setdefault(event.at, _Row())
                same.every.append((end, index))
                same.wrong.extend([(end, index)] if wrong else [])
    yield from sorted(found)


def _spans(history: History) -> Mapping[str, list[tuple[datetime, datetime, int]]]:
    """The spans of the events of each organization at which one is open, by their start."""
    found: dict[str, list[tuple[datetime, datetime, int]]] = {}
    is_open = {history.org_of(event) for event in history.events if event.span is not None} - {None}
    for org in history.orgs_by_event if is_open else ():
        if org in is_open:
            own = (index for index in history.concerning(str(org)) if history.rulings[index].kind != "dropped")
            found[str(org)] = sorted((*span_of(history.events[index]), index) for index in own)
    return found


def _crowded(spans: Sequence[tuple[datetime, datetime, int]]) -> Iterator[tuple[datetime, datetime, int]]:
    """Those spans that overlap with another."""
    latest = OPEN
    following = [*(start for start, _, _ in spans[1:]), NEVER]
    for (start, end, index), next_start in zip(spans, following, strict=False):  # of no spans there is none
        if start < latest or next_start < end:
            yield start, end, index
        latest = max(latest, end)


def _overlapping(watch: _Watch, keys: Iterable[_Key], at: datetime, start: datetime, *, at_once: bool) -> Iterator[int]:
    """The events before this one by their start that are not over by now, and have to do with it.

    Args:
        at_once: whether those of its instant do, too; if not, the wrong ones alone.
    """
    for key in keys:
        rows = watch.get(key, {})
        for instant, row in list(rows.items()):
            if instant == at:
                yield from (index for end, index in (row.every if at_once else row.wrong) if end > start)
                continue
            row.every[:] = [(end, index) for end, index in row.every if end > start]
            if not row.every:
                del rows[instant]
            yield from (index for _, index in row.every)


def _trial(base: History, start: int, events: Sequence[Event]) -> Fold:
    """What would come of some events, had they come after the first `start` of a history.

    It costs what these events cost, however long the history is.
    """
    fold = Fold(base.world)
    fold.base, fold.start, fold.is_part = base, start, True
    reasons = {cause for event in events for clause in event.because for cause in clause}
    before = {cause: base.index(cause) for cause in reasons if cause in base}
    rulings = {cause: base.rulings[index] for cause, index in before.items() if index < start}
    fold.lost = {cause: ruling for cause, ruling in rulings.items() if not ruling.is_valid_cause}
    targets = {target for event in events if (target := target_of(event)) is not None and target in base}
    fold.run(events, [*(base.events[base.index(target)] for target in targets), *events])
    return fold
