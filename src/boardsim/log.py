"""The log: who and what there is, what happened, and what its author knows must be true of it."""

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import count, groupby
from typing import Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from attrs import Attribute, evolve, field, frozen
from attrs.validators import optional

from boardsim.bylaws import BUILT_IN, Bylaws, Role
from boardsim.events import NEVER, TIME, Event, block_of, renamed, utc
from boardsim.problems import Locator, Place
from boardsim.splices import Spliced, edited
from boardsim.state import OrgState
from boardsim.values import Value

CivilDate = date | str
"""A day; or, as text, the month (`1985-04`) or the year (`1985`) of a day that is not on record."""


@frozen(kw_only=True, eq=False, repr=False)
class Org(Value):
    """An organization.

    Attributes:
        aliases: other names that it is known by.
        former_names: what it was called before.
        identifiers: what registers call it, by the name of the register or the scheme, such as `LEI`.
        founded: when it was, as precisely as the record has it.
        profile: the bundle of governance checks that fits it, such as `us-de-nonstock`.
        controlled_by: the organization whose board controls this one; None where it has no parent.
        committee_of: the organization of whose board this is a committee; its people are `member`s.
        committee: which one it is, such as `audit`.
        bylaws: the rules at the start of the log.
        complete_from: since when its board, and only its board, is wholly on record; None where it always is.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(factory=dict, hash=False)
    founded: CivilDate | None = None
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


@frozen(kw_only=True, eq=False, repr=False)
class Person(Value):
    """Somebody whom events name.

    Attributes:
        aliases: other names that they are known by; `former_names` and `identifiers` as of an organization.
        natural: whether it is a human being; a company can be a director, too, where the law lets it.
        born: the date of birth, as precisely as the record has it.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(factory=dict, hash=False)
    natural: bool = True
    born: CivilDate | None = None
    note: str | None = None


Declared = TypeVar("Declared", Org, Person)


@frozen(kw_only=True, eq=False, repr=False)
class DeclaringBlock(Value):
    """One of several blocks that declare the same organization or person.

    Attributes:
        id: of what it declares.
        values: what it states, by the names of the fields.
        locator: who knows where each of its keys stands.
    """

    id: str
    values: Mapping[str, Any]
    locator: Locator = field(eq=False, repr=False)


def with_more(declared: Declared, values: Mapping[str, Any]) -> Declared:
    """What is declared, once a later block of its id has been read.

    Lists grow, tables are merged, and any other value takes the place of the one before it.
    """
    return evolve(declared, **{key: _joined(getattr(declared, key), value) for key, value in values.items()})


def _joined(before: Any, value: Any) -> Any:
    match value:
        case tuple():
            return tuple(dict.fromkeys((*before, *value)))
        case Mapping():
            return {**before, **value}
        case _:
            return value


def whole(first: Declared, later: Iterable[DeclaringBlock]) -> Declared:
    """What several blocks declare together."""
    for block in later:
        first = with_more(first, block.values)
    return first


def later_name(id: str, number: int) -> str:
    """What `Log.written` calls the second, third … block of an id; no id looks like it."""
    return f"{id} ({number})"


class StatedTimes(NamedTuple):
    """The times of one block as its author wrote them, which what was read from it does not tell.

    Attributes:
        read: what was read from the block; whoever has put something else in its place no longer has these times.
        keys: those of the log format under which they stand; very many blocks share one tuple of them.
        values: by these keys: a date, an instant, or a text such as `1985-04`.
    """

    read: object
    keys: tuple[str, ...]
    values: tuple[Any, ...]

    @property
    def times(self) -> Mapping[str, Any]:
        """The times by their keys."""
        return dict(zip(self.keys, self.values, strict=True))


@frozen(kw_only=True, eq=False, repr=False)
class Assertion(Value):
    """What must be true just after all events up to and including `at`, as known at `known`.

    Attributes:
        expected: for each role, exactly who must hold it.
        known: the state of knowledge; None for everything that is known by now.
        sources: who says so, as of an event; none where it only follows from the events before it.
        place: where it stands; None where it was not read from a file.
        locator: likewise, who knows where each of its keys stands.
    """

    at: datetime = field(converter=utc)
    org: str
    expected: Mapping[str, frozenset[str]]
    known: datetime | None = field(converter=utc, default=None)
    sources: tuple[str, ...] = ()
    note: str | None = None
    place: Place | None = field(default=None, eq=False)
    locator: Locator | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True, eq=False, repr=False)
class Waiver(Value):
    """Somebody does without a rule of governance, for a reason: what breaks it meanwhile is shown and does not count.

    Attributes:
        at: when it was granted.
        check: the name of the rule.
        since: from when on it holds; None for always.
        until: up to when, exclusive; None for ever.
        by: who granted it, as of an event.
        place: where it stands; None where it was not read from a file.
        locator: likewise, who knows where each of its keys stands.
    """

    at: datetime = field(converter=utc)
    check: str
    org: str
    by: str
    reason: str
    since: datetime | None = field(converter=utc, default=None)
    until: datetime | None = field(converter=utc, default=None)
    place: Place | None = field(default=None, eq=False)
    locator: Locator | None = field(default=None, eq=False, repr=False)


class Ordered(Sequence[Event]):
    """Events that are known to be in order, so that nobody sorts them again.

    Attributes:
        places: the place of each in the file, by id; empty where time and the order given say all.
        made_of: the events that these were made of by a scenario, and the ids of those that it changed or added; None
            where they were not.
    """

    places: Mapping[str, int] = {}
    made_of: "tuple[Ordered, frozenset[str]] | None" = None

    def __getstate__(self) -> Mapping[str, Any]:
        """What another process is sent: what they were made of nobody there asks."""
        return {"places": {**self.places}} if self.places else {}

    @cached_property
    def record_names(self) -> Mapping[str, str]:
        """Of each event that corrects another, the name of its record; empty where there are no corrections."""
        return record_names(self)

    @cached_property
    def corrections(self) -> Mapping[str, Sequence[str]]:
        """By the name of a record, the ids of the blocks that correct it, as they are told."""
        found: dict[str, list[str]] = {}
        for correction, name in self.record_names.items():
            found.setdefault(name, []).append(correction)
        return found

    @cached_property
    def citing(self) -> Mapping[str, Sequence[str]]:
        """By an event's id, the ids of those of which it is a reason."""
        found: dict[str, list[str]] = {}
        for event in self:
            for cause in (cause for clause in event.because for cause in clause):
                found.setdefault(cause, []).append(event.id)
        return found

    @cached_property
    def says_before(self) -> bool:
        """Whether any event is said to have been before another."""
        return any(event.before for event in self)

    @cached_property
    def last_place(self) -> int:
        """The last of the places."""
        return max(self.places.values(), default=-1)

    @cached_property
    def first_place(self) -> int:
        """The first of the places."""
        return min(self.places.values(), default=0)

    def changed_since(self, base: "Ordered") -> frozenset[str] | None:
        """The ids of the events in which scenarios made them others than the base; None where that is not on record."""
        events: Ordered = self
        changed = frozenset[str]()
        while events is not base:
            if events.made_of is None:
                return None
            events, own = events.made_of
            changed |= own
        return changed

    def as_told(self) -> Sequence[Event]:
        """The events so that they come into this order when they are read again: by their places, if they have some."""
        return sorted(self, key=lambda event: self.places[event.id]) if self.places else self


class InOrder(tuple[Event, ...], Ordered):  # noqa: SLOT001 -- it has an attribute that a tuple has not
    """Such events as a tuple."""

    @classmethod
    def of(cls, events: Iterable[Event], places: Mapping[str, int]) -> "InOrder":
        """Events in order, of which some have a place that the order does not show."""
        found = cls(events)
        if places:
            found.places = places
        return found


class OrderedSplices(Spliced[Event], Ordered):
    """Such events of which all but a few are those of another log, which are very many."""

    def __reduce__(self) -> Any:
        """What another process is sent: all of them."""
        return InOrder.of, (tuple(self), {**self.places})


def ordered(events: Sequence[Event], places: Mapping[str, int] = {}) -> Ordered:
    """Events that are in order; see `Ordered`."""
    if not isinstance(events, Spliced):
        return InOrder.of(events, places)
    found = OrderedSplices(events.base, events.splices)
    if places:
        found.places = places
    return found


def in_time_order(events: Iterable[Event]) -> Ordered:
    """Events by `at`; those of the same instant stay as they were given, which is their order in the file.

    A correction has the place of what it corrects, and an event that is said to have been before another of its instant
    comes just before it.
    """
    if isinstance(events, Ordered):
        return events
    events = tuple(events)
    if not any(event.corrects or event.before for event in events):
        return InOrder(sorted(events, key=TIME))
    places = {event.id: place for place, event in reversed([*enumerate(events)])}
    return arranged(events, places)


def arranged(events: Iterable[Event], places: Mapping[str, int]) -> InOrder:
    """Events in order, by the places of their blocks in the file."""
    events = list(events)
    return InOrder.of(_arranged(events, places, record_names(events)), places)


LAST = sys.maxsize
"""The place of an event that has none in the file: after all that have one."""


def _arranged(events: list[Event], places: Mapping[str, int], names: Mapping[str, str]) -> list[Event]:
    def place(event: Event) -> tuple[datetime, int, int]:
        own = places.get(event.block or event.id, LAST)
        return event.at, places.get(names.get(event.id, event.id), own), own

    events.sort(key=place)
    if any(event.before for event in events):
        groups = groupby(events, key=TIME)
        events = [event for _, group in groups for event in _of_one_instant(list(group), names)]
    return events


def arranged_at(
    events: Sequence[Event], instants: Iterable[datetime], places: Mapping[str, int], names: Mapping[str, str]
) -> Ordered:
    """Events in order, of which only those of some instants may not be in it yet.

    Args:
        names: of each event that corrects another, the name of its record.
    """
    for at in instants:
        start, stop = bisect_left(events, at, key=TIME), bisect_right(events, at, key=TIME)
        own = _arranged([*events[start:stop]], places, names)
        events = edited(events, start, stop, own)
    return ordered(events, places)


def joined(base: Sequence[Event], places: Mapping[str, int], own: Sequence[Event]) -> InOrder:
    """The events of a log, with their places in it, and others that come after them where an instant is the same."""
    if not places and not any(event.before for event in own):
        return InOrder(sorted((*base, *own), key=TIME))
    places = places or {event.id: place for place, event in enumerate(base)}
    last = max(places.values(), default=0)
    return arranged((*base, *own), {**places, **{event.id: last + number for number, event in enumerate(own, 1)}})


def _of_one_instant(events: list[Event], names: Mapping[str, str]) -> list[Event]:
    """Events of one instant in the order of their blocks, with those that were before another just before it."""
    follows = {names.get(event.id, event.id): names.get(event.before, event.before) for event in events if event.before}
    here = {names.get(event.id, event.id) for event in events}
    waiting: dict[str, list[Event]] = {}
    for event in events:
        name = names.get(event.id, event.id)
        if event.before and (after := follows[name]) in here and not leads_to(after, name, follows):
            waiting.setdefault(after, []).append(event)
    moved = {id(event) for some in waiting.values() for event in some}
    found: list[Event] = []
    for event in events:
        stack = [event] if id(event) not in moved else []
        while stack:
            first = waiting.pop(names.get(stack[-1].id, stack[-1].id), None)
            if first:
                stack += reversed(first)
            else:
                found.append(stack.pop())
    return found


def leads_to(start: str, end: str, links: Mapping[str, str]) -> bool:
    """Whether the links lead from one name to another; a name leads to itself."""
    seen: set[str] = set()
    while start != end and start in links and start not in seen:
        seen.add(start)
        start = links[start]
    return start == end


@frozen(eq=False, repr=False)
class Locators(Mapping[str, Locator]):
    """Who knows where each value of an event stands, by its id.

    Attributes:
        declared: the same of every block, by kind and id.
    """

    declared: Mapping[tuple[str, str], Locator]

    def __getitem__(self, event: str) -> Locator:
        return self.declared["event", event]

    def __contains__(self, event: object) -> bool:
        return ("event", event) in self.declared

    def __iter__(self) -> Iterator[str]:
        return (name for kind, name in self.declared if kind == "event")

    def __len__(self) -> int:
        return sum(1 for _ in self)


@frozen(eq=False, repr=False)
class Places(Mapping[str, Place]):
    """Where each event stands, by id: found when somebody asks, because it is a search, and of a sound log nobody does.

    Attributes:
        locators: who knows, by id.
    """

    locators: Mapping[str, Locator]

    def __getitem__(self, event: str) -> Place:
        return self.locators[event].place()

    def __iter__(self) -> Iterator[str]:
        return iter(self.locators)

    def __len__(self) -> int:
        return len(self.locators)


def record_names(events: Iterable[Event]) -> Mapping[str, str]:
    """Of each event that corrects another, the name of its record, the id of the first block of it."""
    corrects = {event.id: event.corrects for event in events if event.corrects}
    if not corrects:
        return corrects
    return {event: _first(event, corrects) for event in corrects}


def _first(event: str, corrects: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while event in corrects and event not in seen:
        seen.add(event)
        event = corrects[event]
    return event


@frozen(kw_only=True, eq=False, repr=False)
class LeftOut(Value):
    """An event of which the block cannot be read, or cannot stand, so that the log is without it.

    What rests on it may be wrong for that reason alone.

    Attributes:
        id: as it is written; None where it has none, or nobody can tell.
        person, org, role: likewise, whom and what it is about.
        citing: the ids of the events that rest on it, or are about it.
    """

    place: Place
    id: str | None = None
    person: str | None = None
    org: str | None = None
    role: str | None = None
    citing: frozenset[str] = frozenset()

    def first(self, here: Place | None) -> str:
        """The hint of a problem that may follow from it: which block to mend first, seen from where that problem is."""
        file = f" of {self.place.file}" if here is None or here.file != self.place.file else ""
        name = f"'{self.id}'" if self.id is not None else "the event there"
        return f"mend line {self.place.line}{file} first: {name} is left out as it stands, and this may follow from it"


def _is_text(_: object, attribute: "Attribute[Any]", value: object) -> None:
    """See that what a log is called by is text.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, str):
        raise TypeError(f"'{attribute.name}' of a log is a text, and not {value!r}")


@frozen(kw_only=True, slots=False, eq=False, repr=False)
class Log(Value):
    """A case: its declarations and its events, in order.

    Attributes:
        timezone: an IANA zone for reading and showing times; it never changes an instant.
        roles: the roles that the log declares besides the built-in ones.
        events: all events as they were written, corrections and what they correct alike, by (`at`, place in the file).
        waivers: the rules that somebody does without.
        written: the kind and the id of every block in the order in which they were written, of an assertion or a waiver
            its number, of a later block of a declared id its `later_name`; None where the log was not read from a text.
        several: every block of those organizations and people that more than one block declares, by kind and name.
        stated: the times of these blocks as they were written, by kind and id; of no others.
        declared: who knows where each of these blocks stands, by kind and id; the header is `("log", "")`.
        places: where each event stands, by id; knows nothing of events that were not read from a file.
        left_out: the events that were written, and are not among these because of a problem.
        index: the events by id, from whoever has them already; found when somebody asks where it is None.
        locators: likewise, who knows where each value of an event stands.
        like: a log that may have the same declarations, so that what follows from them is worked out once for both.
        told: when the events of a scenario's world became known by the record, and their places in it, by id, of those
            that it may have moved: which statement of a record is the last does not hang on where a scenario puts them.
    """

    id: str = field(default="log", validator=_is_text)
    title: str | None = field(default=None, validator=optional(_is_text))
    timezone: str = field(default="UTC", validator=_is_text)
    note: str | None = None
    orgs: tuple[Org, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    events: Ordered = field(converter=in_time_order, default=InOrder())
    assertions: tuple[Assertion, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    written: tuple[tuple[str, str], ...] | None = field(default=None, eq=False, repr=False)
    several: Mapping[tuple[str, str], DeclaringBlock] = field(factory=dict, eq=False, repr=False)
    stated: Mapping[tuple[str, str], StatedTimes] = field(factory=dict, eq=False, repr=False)
    declared: Mapping[tuple[str, str], Locator] = field(factory=dict, eq=False, repr=False)
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    locators: Mapping[str, Locator] = field(factory=dict, eq=False, repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), eq=False, repr=False)
    index: Mapping[str, Event] | None = field(default=None, eq=False, repr=False)
    like: "Log | None" = field(default=None, eq=False, repr=False)
    told: Mapping[str, tuple[datetime, int]] = field(factory=dict, eq=False, repr=False)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 -- the protocol of pretty printers
        """How notebooks and Hypothesis show it: all of it would fill pages."""
        printer.text(f"<Log {self.id!r}: {len(self.events)} {'event' if len(self.events) == 1 else 'events'}>")

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Each event by its id."""
        return {event.id: event for event in self.events} if self.index is None else self.index

    @property
    def record_names(self) -> Mapping[str, str]:
        """Of each event that corrects another, the name of its record; empty where there are no corrections."""
        return self.events.record_names

    def record_of(self, event: str) -> str:
        """The name of the record that the block with this id belongs to, which is the id of its first block."""
        return self.record_names.get(event, event)

    def as_named(self, event: Event) -> Event:
        """An event of this log under the name of its record, citing others by theirs; always the same one."""
        found = self._renamed.get(event.id)
        if found is None:
            found = self._renamed[event.id] = renamed(event, self.record_names)
        return found

    @cached_property
    def _renamed(self) -> dict[str, Event]:
        return {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone whose days are the days of this log."""
        return ZoneInfo(self.timezone)

    @cached_property
    def org_by_id(self) -> Mapping[str, Org]:
        """Each declared organization by its id."""
        return {org.id: org for org in self.orgs}

    @cached_property
    def committees(self) -> Mapping[str, Sequence[Org]]:
        """By organization: the committees of its board, as they are declared."""
        found: dict[str, list[Org]] = {}
        for org in self.orgs:
            if org.committee_of is not None:
                found.setdefault(org.committee_of, []).append(org)
        return found

    @cached_property
    def has_births(self) -> bool:
        """Whether of anybody it is on record when they were born."""
        return any(person.born for person in self.people)

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
        """What each person, organization and role is called; of an id of several kinds, the person comes first."""
        return {**self.role_names, **self.org_names, **_told_apart({one.id: one.name for one in self.people})}

    @cached_property
    def org_names(self) -> Mapping[str, str]:
        """What each organization is called."""
        return _told_apart({org.id: org.name for org in self.orgs})

    @cached_property
    def role_names(self) -> Mapping[str, str]:
        """What each role is called; one that has no name, by its id."""
        return {role.id: role.name or role.id.replace("-", " ") for role in self.role_table.values()}

    @cached_property
    def starts(self) -> Mapping[str, OrgState]:
        """The state of each declared organization before the first event."""
        if self.like is not None and self.like.orgs is self.orgs and self.like.roles is self.roles:
            return self.like.starts
        return {org.id: OrgState(org.id, self._bylaws(org)) for org in self.orgs}

    def _bylaws(self, org: Org) -> Bylaws:
        """The rules of an organization at the start, with what every count must know besides."""
        return evolve(org.bylaws, roles=self.role_table, complete_from=org.whole_from)

    def place_of(self, event: Event) -> Place | None:
        """Where the block of an event stands; None where it was not read from a file."""
        return self.places.get(block_of(event))

    def place(self, event: Event, key: str, word: str | None = None) -> Place | None:
        """Where a key of an event stands, or a word in its value; None where the event was not read from a file."""
        locator = self.locators.get(block_of(event))
        if locator is None:
            return self.place_of(event)
        return locator.place((key,)) if word is None else locator.value((key,), word)

    def stating(self, kind: str, id: str, key: str) -> Locator | None:
        """Who knows where the last block stands that says this key of what it declares; None if it was not read."""
        blocks = [block for (of, _), block in self.several.items() if (of, block.id) == (kind, id)]
        found = [block.locator for block in blocks if key in block.values]
        return found[-1] if found else self.declared.get((kind, id))

    def name(self, id: str) -> str:
        """What a person is called, or an organization or a role; its id where nobody declared it.

        Of several people who share a name, each with their id behind it: this is what people read.  What programs read
        has the id beside it, and the name as it is declared (`plain_name`).
        """
        return self.names.get(id, id)

    def org_name(self, id: str) -> str:
        """What an organization is called, whoever else has its id."""
        return self.org_names.get(id, id)

    def role_name(self, id: str) -> str:
        """What a role is called, whoever else has its id."""
        return self.role_names.get(id, id)

    def plain_name(self, id: str) -> str:
        """The name of a person as it is declared; the id of one whom nobody declared."""
        person = self.person_by_id.get(id)
        return person.name if person is not None else id

    def plain_org_name(self, id: str) -> str:
        """The name of an organization as it is declared, likewise."""
        org = self.org_by_id.get(id)
        return org.name if org is not None else id

    def start(self, org: str) -> OrgState:
        """The state before the first event; an undeclared organization has the default bylaws."""
        return self.starts.get(org) or OrgState(org, Bylaws(roles=self.role_table))


def _told_apart(names: Mapping[str, str]) -> Mapping[str, str]:
    """Names by id; those that several share with the id behind them, so that nobody is taken for somebody else."""
    sharing = Counter(names.values())
    return {each: f"{name} ({each})" if sharing[name] > 1 else name for each, name in names.items()}


def free_id(id: str, taken: Container[str]) -> str:
    """The id, or the first of `id-2`, `id-3` … that is not taken."""
    return id if id not in taken else next(free for number in count(2) if (free := f"{id}-{number}") not in taken)
