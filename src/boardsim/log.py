"""The log: who and what there is, what happened, and what its author knows must be true of it."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import count
from typing import Literal

from attrs import evolve, field, frozen

from boardsim.bylaws import BUILT_IN, Bylaws, Role
from boardsim.events import NEVER, TIME, Event, utc
from boardsim.problems import Locator, Place
from boardsim.state import OrgState


@frozen(kw_only=True)
class Org:
    """An organization.

    Attributes:
        profile: the bundle of governance checks that fits it, such as `us-de-nonstock`.
        controlled_by: the organization whose board controls this one; None where it has no parent.
        committee_of: the organization of whose board this is a committee; its people are `member`s.
        committee: which one it is, such as `audit`.
        bylaws: the rules at the start of the log.
        complete_from: since when its board, and only its board, is wholly on record; None where it always is.
    """

    id: str
    name: str
    profile: str | None = None
    controlled_by: str | None = None
    committee_of: str | None = None
    committee: str | None = None
    bylaws: Bylaws = Bylaws()
    complete_from: datetime | Literal["never"] | None = None
    note: str | None = None

    @property
    def whole_from(self) -> datetime | None:
        """The instant from which on its board is wholly on record: after every other one, where it never is."""
        return NEVER if self.complete_from == "never" else self.complete_from


@frozen(kw_only=True)
class Person:
    """Somebody whom events name.

    Attributes:
        natural: whether it is a human being; a company can be a director, too, where the law lets it.
        born: the date of birth, where the record gives it.
    """

    id: str
    name: str
    natural: bool = True
    born: date | None = None
    note: str | None = None


@frozen(kw_only=True)
class Assertion:
    """What must be true just after all events up to and including `at`, as known at `known`.

    Attributes:
        expected: for each role, exactly who must hold it.
        known: the state of knowledge; None for everything that is known by now.
        place: where it stands; None where it was not read from a file.
        locator: likewise, who knows where each of its keys stands.
    """

    at: datetime = field(converter=utc)
    org: str
    expected: Mapping[str, frozenset[str]]
    known: datetime | None = field(converter=utc, default=None)
    note: str | None = None
    place: Place | None = field(default=None, eq=False)
    locator: Locator | None = field(default=None, eq=False, repr=False)


class InOrder(tuple[Event, ...]):
    """Events that are known to be in order, so that nobody sorts them again."""

    __slots__ = ()


def in_time_order(events: Iterable[Event]) -> InOrder:
    """Events by `at`; those of the same instant stay as they were given, which is their order in the file."""
    return events if isinstance(events, InOrder) else InOrder(sorted(events, key=TIME))


@frozen(kw_only=True)
class Log:
    """A case: its declarations and its events, in order.

    Attributes:
        timezone: an IANA zone for reading and showing times; it never changes an instant.
        roles: the roles that the log declares besides the built-in ones.
        events: all events, by (`at`, place in the file).
        written: the kind and the id of every block in the order in which they were written, of an assertion its number;
            None where the log was not read from a text.
        declared: who knows where each of these blocks stands, by kind and id; the header is `("log", "")`.
        places: where each event stands, by id; knows nothing of events that were not read from a file.
        index: the events by id, from whoever has them already; found when somebody asks where it is None.
        locators: likewise, who knows where each value of an event stands.
    """

    id: str = "log"
    title: str | None = None
    timezone: str = "UTC"
    note: str | None = None
    orgs: tuple[Org, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    events: tuple[Event, ...] = field(converter=in_time_order, default=())
    assertions: tuple[Assertion, ...] = ()
    written: tuple[tuple[str, str], ...] | None = field(default=None, eq=False, repr=False)
    declared: Mapping[tuple[str, str], Locator] = field(factory=dict, eq=False, repr=False)
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    locators: Mapping[str, Locator] = field(factory=dict, eq=False, repr=False)
    index: Mapping[str, Event] | None = field(default=None, eq=False, repr=False)

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Each event by its id."""
        return {event.id: event for event in self.events} if self.index is None else self.index

    @cached_property
    def person_by_id(self) -> Mapping[str, Person]:
        """Each declared person by their id."""
        return {person.id: person for person in self.people}

    @cached_property
    def legal_persons(self) -> frozenset[str]:
        """The ids of those people who are no human beings."""
        return frozenset(person.id for person in self.people if not person.natural)

    @cached_property
    def role_table(self) -> Mapping[str, Role]:
        """All roles by id: the built-in ones and those that the log declares."""
        return {**BUILT_IN, **{role.id: role for role in self.roles}}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each organization, person and role; what has none is named by its id."""
        roles = {role.id: role.name or role.id.replace("-", " ") for role in self.role_table.values()}
        orgs = {org.id: org.name for org in self.orgs}
        return roles | orgs | {person.id: person.name for person in self.people}

    @cached_property
    def starts(self) -> Mapping[str, OrgState]:
        """The state of each declared organization before the first event."""
        return {org.id: OrgState(org.id, self._bylaws(org)) for org in self.orgs}

    def _bylaws(self, org: Org) -> Bylaws:
        """The rules of an organization at the start, with what every count must know besides."""
        return evolve(org.bylaws, roles=self.role_table, complete_from=org.whole_from)

    def place(self, event: str, key: str, word: str | None = None) -> Place | None:
        """Where a key of an event stands, or a word in its value; None where the event was not read from a file."""
        locator = self.locators.get(event)
        if locator is None:
            return self.places.get(event)
        return locator.place((key,)) if word is None else locator.value((key,), word)

    def name(self, id: str) -> str:
        """The name of an organization, a person or a role; its id where nobody declared it."""
        return self.names.get(id, id)

    def start(self, org: str) -> OrgState:
        """The state before the first event; an undeclared organization has the default bylaws."""
        return self.starts.get(org) or OrgState(org, Bylaws(roles=self.role_table))


def free_id(id: str, taken: Container[str]) -> str:
    """The id, or the first of `id-2`, `id-3` … that is not taken."""
    return id if id not in taken else next(free for number in count(2) if (free := f"{id}-{number}") not in taken)
