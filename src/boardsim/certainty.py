"""How sure an answer is: the one place that every view asks of what it names.

A view that names somebody in a role, or an event, at an instant says what this returns beside it; so nobody can quote
as certain what the record is not sure of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from attrs import frozen

from boardsim.events import DOUBTS, Event
from boardsim.history import History
from boardsim.orders import orders_of
from boardsim.snapshots import Uncertain, uncertain
from boardsim.values import Value

Seats = Mapping[str, Collection[str] | None]
"""By organization: the roles that an answer is about; None for all of them."""


@frozen(eq=False, repr=False)
class Doubts(Value):
    """All that is not sure about an answer.

    Attributes:
        uncertain: the seats of which it is not sure whether somebody held them, and the events that are not sure.
        assumed: by organization, the bylaws that are taken to be so and are not on record.
    """

    uncertain: tuple[Uncertain, ...] = ()
    assumed: Mapping[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        """Whether anything is not sure."""
        return bool(self.uncertain or self.assumed)

    def __or__(self, other: "Doubts") -> "Doubts":
        """Those of either, each once."""
        every = (*self.uncertain, *other.uncertain)
        seats = {(one.event.id, one.why) for one in every if one.role}
        both = {
            (one.person, one.role, one.event.id, one.why): one
            for one in every
            if one.role or (one.event.id, one.why) not in seats
        }
        return Doubts(tuple(both.values()), {**self.assumed, **other.assumed})


def doubts(
    history: History,
    at: datetime | None,
    seats: Seats,
    events: Iterable[str] = (),
    *,
    position: int | None = None,
    given: str | None = None,
) -> Doubts:
    """What is not sure about an answer: of who holds what at an instant, of the rules, and of the events that it names.

    Args:
        at: the instant; None where the answer is of none.
        events: the ids of the events that it names; those that are not in this view are left out.
        position: how many events had taken place; all up to the instant where it is not said.
        given: the id of an event just before or after which it is asked; see `History.is_open`.
    """
    if position is None and at is not None:
        position = history.position(at)
    found = [one for org, roles in seats.items() for one in _of_seats(history, org, at, position, roles, given)]
    said = {(one.event.id, one.why) for one in found}
    named = [history.events[history.index(name)] for name in dict.fromkeys(events) if name in history]
    found += [one for event in named for one in _of(history, event, at, given) if (event.id, one.why) not in said]
    assumed = {org: bylaws for org in seats if (bylaws := assumed_bylaws(history, org, position))}
    return Doubts(tuple(found), assumed)


def _of_seats(
    history: History,
    org: str,
    at: datetime | None,
    position: int | None,
    roles: Collection[str] | None,
    given: str | None,
) -> Iterator[Uncertain]:
    for one in uncertain(history, org, at, position, given):
        if one.role is None or roles is None or one.role in roles:
            yield one


def _of(history: History, event: Event, at: datetime | None, given: str | None) -> Iterator[Uncertain]:
    """Why an event is not sure, at an instant: by its status, its time, or the order in which it came."""
    if event.status in DOUBTS:
        yield Uncertain(None, None, event, event.span, event.status)
    if at is not None and history.is_open(event, at, given):
        yield Uncertain(None, None, event, event.span)
    for order in orders_of(history).get(event.id, ()):
        yield Uncertain(None, None, event, event.span, "order", (order.second, order.first))


def last_instant(history: History) -> datetime | None:
    """When its last event took effect; None where nothing happened."""
    return history.instants[-1] if history.events else None


def assumed_bylaws(history: History, org: str | None, position: int | None = None) -> tuple[str, ...]:
    """The bylaws of an organization that are taken to be so after that many events, and are not on record."""
    return () if org is None else tuple(history.state(org, position).bylaws.assumed)


def perhaps_within(
    history: History, indexes: Iterable[int], start: datetime | None, end: datetime | None
) -> Iterator[int]:
    """Of some events, by index, those that may have taken effect in a period and are outside of it on record."""
    for index in indexes:
        event = history.events[index]
        inside = (start is None or start <= event.at) and (end is None or event.at <= end)
        if event.span is not None and not inside:
            earliest, latest = event.span
            if (end is None or earliest <= end) and (start is None or start < latest):
                yield index
