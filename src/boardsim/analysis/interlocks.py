"""Interlocks: organizations that share directors, and the boards that somebody sat on, over one log or many."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, combinations
from typing import Protocol, TypeVar

from attrs import evolve, frozen

from boardsim.analysis.identity import Identities, Member, same_orgs, same_people
from boardsim.bylaws import DIRECTOR, Role
from boardsim.events import DOUBTS, Event
from boardsim.history import History, Point, Tenure
from boardsim.orders import by_record_alone, may_last, orders_at, span_of
from boardsim.snapshots import uncertain


class Holding(Protocol):
    """Whatever is of one tenure."""

    @property
    def tenure(self) -> Tenure:
        """The tenure."""


Held = TypeVar("Held", bound=Holding)


def begun_last(held: Iterable[Held]) -> Held:
    """The one that began last."""
    return max(held, key=lambda one: one.tenure.opened.at)


def ended_first(held: Iterable[Held]) -> tuple[datetime, Held] | None:
    """When the first of them ended, and which that is; None where all last."""
    ends = [(one.tenure.closed.at, one) for one in held if one.tenure.closed is not None]
    return min(ends, key=lambda end: end[0]) if ends else None


def overlap(one: Holding, other: Holding) -> bool:
    """Whether two last at one and the same time."""
    ended = ended_first((one, other))
    return ended is None or begun_last((one, other)).tenure.opened.at < ended[0]


def may_overlap(one: Holding, other: Holding) -> bool:
    """Whether they do if each began as early and ended as late as it can have."""
    tenures = (one.tenure, other.tenure)
    begun = max(span_of(tenure.opened)[0] for tenure in tenures)
    return all(begun < span_of(tenure.closed)[1] for tenure in tenures if tenure.closed is not None)


def must_overlap(one: Holding, other: Holding) -> bool:
    """Whether they do, or meet, if each began as late and ended as early as it can have."""
    tenures = (one.tenure, other.tenure)
    begun = max(span_of(tenure.opened)[1] for tenure in tenures)
    return all(begun <= span_of(tenure.closed)[0] for tenure in tenures if tenure.closed is not None)


Pair = tuple[Member, Member]
"""Two organizations."""

Points = Sequence[Point] | None
"""A point in each of several histories."""

BOARD_KINDS = ("board", "observer")
"""The kinds of roles that are of a board."""


@frozen(kw_only=True)
class Seat:
    """A tenure, in one of several histories.

    Attributes:
        case: the number of the history.
        order: where it is so in one order of two events alone, of which the record does not say which it was, the two
            in this order.
        is_otherwise: whether that is not the order of the record.
    """

    case: int
    org: str
    tenure: Tenure
    order: tuple[Event, Event] | None = None
    is_otherwise: bool = False


@frozen(kw_only=True)
class Shared:
    """Somebody who sat on two boards at once.

    Attributes:
        seats: the two tenures.
        begun: the seat that began last, from when on they had both; `ended` the one that ended first, None where both
            last.
        is_certain: whether they overlap, or include the instant that was asked about, however the record is read: its
            spans of uncertainty, and what is disputed or assumed.
    """

    person: Member
    seats: tuple[Seat, Seat]
    begun: Seat
    ended: Seat | None
    is_certain: bool

    @property
    def since(self) -> datetime:
        """When both had begun."""
        return self.begun.tenure.opened.at


@frozen
class Perhaps:
    """Somebody who may have sat on two boards at once, and did not by the dates on record, which are not sure."""

    orgs: Pair
    person: Member


@frozen(kw_only=True)
class Interlock:
    """Two organizations that share directors."""

    orgs: Pair
    shared: tuple[Shared, ...]

    @property
    def people(self) -> frozenset[Member]:
        """Whom they share; somebody may have sat on both more than once."""
        return frozenset(one.person for one in self.shared)


@frozen
class Links:
    """What links organizations.

    Attributes:
        interlocks: those that share directors, those that share most first.
        perhaps: who may be shared besides, in some reading of dates that are not sure; nobody whom it shares anyway.
    """

    interlocks: Sequence[Interlock]
    perhaps: Sequence[Perhaps]


def seats(
    histories: Sequence[History], roles: Collection[str] | None = None, people: Collection[Member] | None = None
) -> Iterator[Seat]:
    """The tenures of several histories in these roles, in every role of a board where none is named.

    Args:
        people: only those of these people.
    """
    for case, history in enumerate(histories):
        table = history.log.role_table
        for org in history.orgs:
            for tenure in history.tenures(org):
                if _is_wanted(tenure, table, roles) and (people is None or Member(case, tenure.person) in people):
                    way = by_record_alone(history).get((org, tenure.role, tenure.opened.id))
                    yield Seat(case=case, org=org, tenure=tenure, order=way.order if way is not None else None)


def seats_otherwise(
    histories: Sequence[History], roles: Collection[str] | None = None, people: Collection[Member] | None = None
) -> Iterator[Seat]:
    """The seats that somebody has, or has for longer, only had two events come in the other order; likewise."""
    for case, history in enumerate(histories):
        table = history.log.role_table
        for org, orders in orders_at(history).items():
            for one in (one for order in orders for one in order.only_otherwise(org)):
                if _is_wanted(one.tenure, table, roles) and (people is None or Member(case, one.person) in people):
                    yield Seat(case=case, org=org, tenure=one.tenure, order=one.order, is_otherwise=True)


def _is_wanted(tenure: Tenure, table: Mapping[str, Role], roles: Collection[str] | None) -> bool:
    if roles:
        return tenure.role in roles
    return tenure.role in table and table[tenure.role].kind in BOARD_KINDS


def links(
    histories: Sequence[History],
    at: Points = None,
    roles: Collection[str] = (DIRECTOR,),
) -> Links:
    """The pairs of organizations that share directors, and who may be shared besides.

    A committee shares its members with the board of which it is one, and is left out.

    Args:
        at: only who sat on both at this point, which may be another in each history, as a day is in each zone; at one
            and the same time, whenever that was, where it is not said.
        roles: the roles that count.
    """
    found: dict[Pair, list[Shared]] = {}
    unsure: dict[Perhaps, None] = {}
    for pair, person, one, other in _pairs(histories, roles, at):
        both = (one, other)
        both_hold = not any(seat.is_otherwise for seat in both) and all(
            at is None or histories[seat.case].is_held(seat.tenure, at[seat.case].position) for seat in both
        )
        if both_hold and (shared := _shared(person, one, other, at)) is not None:
            is_open = any(_hangs_on_order(histories[seat.case], seat, at) for seat in both)
            found.setdefault(pair, []).append(evolve(shared, is_certain=False) if is_open else shared)
        elif may_overlap(one, other):
            unsure[Perhaps(pair, person)] = None
    made = [Interlock(orgs=pair, shared=tuple(_by_time(shared))) for pair, shared in found.items()]
    sure = {Perhaps(one.orgs, person) for one in made for person in one.people}
    in_order = sorted(made, key=lambda one: (-len(one.people), *map(_order, one.orgs)))
    return Links(in_order, [one for one in unsure if one not in sure])


def _hangs_on_order(history: History, seat: Seat, at: Points) -> bool:
    """Whether somebody has it, at the instant, in one of two orders of which the record does not say which it was."""
    if seat.order is None or at is None:
        return seat.order is not None
    doubts = uncertain(history, seat.org, at[seat.case].at)
    return any(
        one.why == "order" and (one.role, one.person) == (seat.tenure.role, seat.tenure.person) for one in doubts
    )


def _pairs(
    histories: Sequence[History], roles: Collection[str], at: Points
) -> Iterator[tuple[Pair, Member, Seat, Seat]]:
    """Every two seats of one person on boards of two organizations, of those that may be held at the instant."""
    logs = [history.log for history in histories]
    people, orgs = same_people(logs), same_orgs(logs)
    committees = {Member(case, org.id) for case, log in enumerate(logs) for org in log.orgs if org.committee_of}
    for person, held in _by_person(histories, roles, people, at).items():
        boards = [seat for seat in held if Member(seat.case, seat.org) not in committees]
        for one, other in combinations(boards, 2):
            first, second = sorted((_org(one, orgs), _org(other, orgs)), key=_order)
            if first != second:
                yield (first, second), person, one, other


def _by_person(
    histories: Sequence[History], roles: Collection[str], people: Identities, at: Points
) -> Mapping[Member, list[Seat]]:
    found: dict[Member, list[Seat]] = {}
    for seat in chain(seats(histories, roles), seats_otherwise(histories, roles)):
        if _may_hold(seat, at):
            found.setdefault(people.first(Member(seat.case, seat.tenure.opened.person)), []).append(seat)
    return found


def _may_hold(seat: Seat, at: Points) -> bool:
    """Whether it is in some reading of its dates."""
    return at is None or may_last(seat.tenure, at[seat.case].at, at[seat.case].at)


def _org(seat: Seat, orgs: Identities) -> Member:
    return orgs.first(Member(seat.case, seat.org))


def _order(member: Member) -> tuple[int, str]:
    return member.log, member.id


def _by_time(shared: Sequence[Shared]) -> list[Shared]:
    return sorted(shared, key=lambda one: (one.since, _order(one.person)))


def _shared(person: Member, one: Seat, other: Seat, at: Points) -> Shared | None:
    """The time for which both last; None where there is none."""
    if not overlap(one, other):
        return None
    end = ended_first((one, other))
    return Shared(
        person=person,
        seats=(one, other),
        begun=begun_last((one, other)),
        ended=end[1] if end is not None else None,
        is_certain=_is_certain(one, other, at),
    )


def _is_certain(one: Seat, other: Seat, at: Points) -> bool:
    """Whether it holds if each began as late and ended as early as it can have, and nothing of it is in doubt."""
    both = (one, other)
    ends = [(event, seat) for seat in both for event in (seat.tenure.opened, seat.tenure.closed) if event is not None]
    if any(event.status in DOUBTS for event, _ in ends):
        return False
    if at is not None:
        return all(_is_clear(event, at[seat.case].at) for event, seat in ends)
    return must_overlap(one, other)


def _is_clear(event: Event, at: datetime) -> bool:
    """Whether an instant lies outside of the span in which something happened."""
    start, end = span_of(event)
    return at < start or end <= at
