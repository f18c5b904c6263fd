"""Scenarios: change the past, and replay it.

A scenario is a list of changes and a few events of its own.  Each change is a small miracle just before the event
that it touches; nothing before that is different, and nobody asks what would have had to be different for it to come
about.  What follows is the kernel's business: a branch is a log like any other.
"""

from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from itertools import count, groupby
from typing import Any, cast

from attrs import evolve, field, frozen

from boardsim.bylaws import Role
from boardsim.events import BALLOT_FIELDS, NEVER, TIME, Choice, Event, Vote, VoteCount, amendment, target_of, utc
from boardsim.history import Variant
from boardsim.log import (
    LAST,
    Assertion,
    InOrder,
    Log,
    Ordered,
    Org,
    Person,
    arranged,
    arranged_at,
    in_time_order,
    ordered,
)
from boardsim.misfits import misfits
from boardsim.moves import Misplaced, misplaced
from boardsim.nearest import did_you_mean
from boardsim.problems import Locator, Place, Problem
from boardsim.records import last_version, public_since
from boardsim.splices import edited
from boardsim.traits import has_ballots, is_counted, retracts, row
from boardsim.voting import fault_of_count

_BALLOTS = frozenset(BALLOT_FIELDS.values())
"""The fields of a vote that hold its ballots."""

START = datetime.min.replace(tzinfo=UTC)
"""Before every event."""


@frozen(kw_only=True)
class Ballot:
    """A director votes otherwise."""

    vote: str
    director: str
    to: Choice


@frozen(kw_only=True)
class Recount:
    """A vote was counted otherwise, or came out otherwise.

    Attributes:
        numbers: those that are others, by the word for each; the rest stays as it is on record.
        carried: the result, of which no numbers are known then; None where there are some.
    """

    vote: str
    numbers: Mapping[str, int] = {}
    carried: bool | None = None


@frozen(kw_only=True)
class Drop:
    """An event does not happen."""

    event: str


@frozen(kw_only=True)
class Retime:
    """An event happens at another time, which is then exact; what was public at once still is."""

    event: str
    to: datetime = field(converter=utc)


@frozen(kw_only=True)
class Replace:
    """Fields of an event have other values, by the names that they have in the model."""

    event: str
    values: Mapping[str, Any]


@frozen(kw_only=True)
class Keep:
    """An event happens although its reasons are gone."""

    event: str


@frozen(kw_only=True)
class AmendBylaws:
    """The bylaws are others, from an instant on, or from the start of the log."""

    org: str
    changes: Mapping[str, Any]
    since: datetime | None = field(converter=utc, default=None)


ChangeOfVote = Ballot | Recount
Change = ChangeOfVote | Drop | Retime | Replace | Keep | AmendBylaws

_ORDER = (Drop, Keep, Retime, Replace, Ballot, Recount, AmendBylaws)
"""In which the changes of a scenario are made."""


@frozen(kw_only=True)
class Expectation:
    """What a scenario's author expects to become of an event: its ruling, or the outcome of a vote."""

    event: str
    ruling: str
    place: Place | None = field(default=None, eq=False)


@frozen(kw_only=True)
class Scenario:
    """One question put to a log.

    Attributes:
        base: the log that it changes, or another scenario, as its author named it.
        horizon: the last instant of which it says anything; None where there is none.
        events: what happens in this world and not in the base's.
        orgs: organizations that the log does not know; likewise `people` and `roles`.
        assertions: what the author expects the state to be.
        expectations: what the author expects to become of events.
        places: where each change stands, by its index.
        event_places: where each of its own events stands, by id.
        declared: who knows where each of its own organizations stands, by kind and id.
    """

    id: str
    title: str | None = None
    question: str | None = None
    base: str | None = None
    horizon: datetime | None = field(converter=utc, default=None)
    changes: tuple[Change, ...] = ()
    events: Ordered = field(converter=in_time_order, default=InOrder())
    orgs: tuple[Org, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    places: Mapping[int, Place] = field(factory=dict, eq=False, repr=False)
    event_places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    declared: Mapping[tuple[str, str], Locator] = field(factory=dict, eq=False, repr=False)


@frozen(kw_only=True)
class Branched:
    """A world that a scenario made of another.

    Attributes:
        since: the instant of the first event that differs; everything before it is the base's.
        added: the ids of the scenario's own events.
        problems: what is wrong with the scenario; the changes at fault are left out of `world`.
    """

    world: Variant
    since: datetime
    added: frozenset[str]
    problems: tuple[Problem, ...]


def apply(base: Variant, scenario: Scenario) -> Branched:
    """Make the changes of a scenario to a world."""
    if base.log.record_names:
        scenario = evolve(scenario, changes=tuple(named(change, base.log) for change in scenario.changes))
    found = list(_problems(base.log, scenario))
    faulty = {index for index, _ in found}
    draft = _Draft(base, [change for index, change in enumerate(scenario.changes) if index not in faulty], scenario)
    for changes in draft.in_turn():
        draft.make(*changes)
    for event in scenario.events:
        draft.add(event)
    added = frozenset(event.id for event in scenario.events) | draft.amendments
    world = draft.world(scenario)
    wrong = _misplaced(draft, scenario, world.log, faulty)
    problems = [*(problem for _, problem in found if problem is not None), *wrong]
    return Branched(world=world, since=draft.since, added=added, problems=tuple(problems))


class _Draft:
    """A world under construction."""

    def __init__(self, base: Variant, changes: Sequence[Change], scenario: Scenario) -> None:
        self.base = base
        self.log = base.log
        self.events: Sequence[Event] = base.log.events
        self.dropped = set(base.dropped)
        self.kept = set(base.kept)
        self.since = START if scenario.roles else NEVER  # roles are in every state
        self.amendments: frozenset[str] = frozenset()
        self.own = {event.id for event in scenario.events}
        self.by_id: dict[str, Event] = {}
        self.changes = changes
        self.turns: dict[str, tuple[datetime, int]] = {}
        self.corrections = base.log.events.corrections
        self.told = {**base.log.told}
        past = base.log.events.places
        self.places: MutableMapping[str, int] = ChainMap({}, cast("dict[str, int]", past)) if past else {}
        self.last_place = base.log.events.last_place
        if not past and _says_before(changes, scenario.events):
            self.places = {event.id: place for place, event in enumerate(base.log.events)}
            self.last_place = len(base.log.events) - 1

    def in_turn(self) -> Iterator[Iterable[Change]]:
        """The changes as they are made: one after the other, but all ballots of a vote at once."""
        changes = sorted(self.changes, key=self.turn) if len(self.changes) > 1 else self.changes
        return (same for _, same in groupby(changes, lambda one: one.vote if isinstance(one, Ballot) else id(one)))

    def turn(self, change: Change) -> tuple[int, datetime, int, str]:
        """When a change is made, whatever its place in the file: of an event, first its time and last its ballots."""
        order = _ORDER.index(type(change))
        if isinstance(change, AmendBylaws):
            return (order, change.since or START, 0, f"{change.org} {sorted(bylaw_names(change.changes))}")
        name = touched(change)[1]
        if name not in self.turns:
            events, event = self.base.log.events, self.log.by_id[name]
            place = bisect_left(events, event.at, key=TIME)
            while events[place] is not event:
                place += 1
            self.turns[name] = event.at, place
        return (order, *self.turns[name], change.director if isinstance(change, Ballot) else "")

    def touch(self, event: Event) -> None:
        """The world differs from this event on; from the start, if it is a retraction, which reaches back."""
        at = START if retracts(event) else event.at
        self.since = min(self.since, at)

    def make(self, change: Change, *more: Change) -> None:
        match change:
            case Ballot():
                cast = {one.director: one.to for one in (change, *more) if isinstance(one, Ballot)}
                self._put_all(change.vote, lambda vote: with_ballots(vote, cast) if has_ballots(vote) else vote)
            case Recount():
                self._put_all(
                    change.vote,
                    lambda vote: recounted(vote, change) if is_counted(vote) and not has_ballots(vote) else vote,
                )
            case Drop():
                self._touch_all(change.event)
                self.dropped.add(change.event)
            case Keep():
                self._touch_all(change.event)
                self.kept.add(change.event)
            case Retime():
                self._put_all(change.event, lambda event: retimed(event, change.to))
            case Replace():
                self._put_all(change.event, lambda event: replaced(event, change.values))
            case AmendBylaws():
                self._amend(change)

    def add(self, event: Event) -> None:
        """Put an event in its place: after those of its instant."""
        self.touch(event)
        self.by_id[event.id] = event
        if self.places:
            self.last_place += 1
            self.places[self.log.record_of(event.id)] = self.last_place
        self._insert(bisect_right(self.events, event.at, key=TIME), event)

    def _insert(self, place: int, event: Event) -> None:
        self.events = edited(self.events, place, place, [event])

    def _current(self, id: str) -> Event:
        return self.by_id.get(id) or self.log.by_id[id]

    def _versions(self, name: str) -> list[Event]:
        """Every version of a record."""
        return [self._current(block) for block in (name, *self.corrections.get(name, ()))]

    def _touch_all(self, name: str) -> None:
        for event in self._versions(name):
            self.touch(event)

    def _put_all(self, name: str, changed: Callable[[Event], Event]) -> None:
        """Let every version of a record be as it is changed."""
        for event in self._versions(name):
            self._put(changed(event))

    def _put(self, event: Event) -> None:
        """Let an event take the place of the one with its id."""
        before = self._current(event.id)
        self.touch(before)
        self.touch(event)
        if self.corrections:
            self.told.setdefault(event.id, (public_since(before, self.log), self.places.get(event.id, LAST)))
        events = self.events
        place = bisect_right(events, before.at, key=TIME) - 1
        while events[place] is not before:
            place -= 1
        is_there = event.at == before.at
        self.events = edited(events, place, place + 1, [event] if is_there else [])
        if not is_there:
            self.add(event)
        self.by_id[event.id] = event

    def _amend(self, change: AmendBylaws) -> None:
        if change.since is not None:
            ids = (f"amend-{change.org}-{number}" for number in count(1))
            taken = (self.own, self.amendments, self.log.by_id)
            free = next(name for name in ids if not any(name in some for some in taken))
            event = amendment(free, change.since, change.org, change.changes)
            self.amendments |= {event.id}
            self.by_id[event.id] = event
            if self.places:
                self.places[event.id] = self.base.log.events.first_place - len(self.amendments)
            self.touch(event)
            self._insert(bisect_left(self.events, event.at, key=TIME), event)
            return
        self.since = START
        orgs = [
            evolve(org, bylaws=org.bylaws.amended(change.changes)) if org.id == change.org else org
            for org in self.log.orgs
        ]
        self.log = evolve(self.log, orgs=tuple(orgs))

    def _in_order(self) -> Ordered:
        if isinstance(self.events, Ordered):
            return self.events
        past = self.base.log.events
        before = {name: past_event for name in self.by_id if (past_event := self.base.log.by_id.get(name)) is not None}
        found = ordered(self.events)
        is_alike = all(
            event.corrects == getattr(before.get(name), "corrects", None) for name, event in self.by_id.items()
        )
        if self.places and is_alike and len(past.places) == len(past):
            instants = {event.at for event in (*self.by_id.values(), *before.values())}
            found = arranged_at(self.events, instants, self.places, past.record_names)
        elif self.places:
            found = arranged(self.events, self.places)
        if is_alike:
            found.record_names = past.record_names
        found.made_of = (past, frozenset(self.by_id))
        return found

    def world(self, scenario: Scenario) -> Variant:
        log = evolve(
            self.log,
            id=scenario.id,
            title=scenario.title or self.log.title,
            events=self._in_order(),
            assertions=scenario.assertions,
            orgs=self.log.orgs + scenario.orgs,
            people=self.log.people + scenario.people,
            roles=self.log.roles + scenario.roles,
            written=None,
            declared={**self.log.declared, **scenario.declared} if scenario.declared else self.log.declared,
            index=ChainMap(self.by_id, cast("dict[str, Event]", self.base.log.by_id)),
            like=self.base.log,
            told=self.told,
            places=ChainMap({**scenario.event_places}, cast("dict[str, Place]", self.log.places)),
        )
        dropped, kept = frozenset(self.dropped), frozenset(self.kept)
        horizon = min((end for end in (self.base.horizon, scenario.horizon) if end is not None), default=None)
        return Variant(log=log, dropped=dropped, kept=kept, ballots=self.base.ballots, horizon=horizon)


def _says_before(changes: Iterable[Change], events: Iterable[Event]) -> bool:
    """Whether a scenario says of an event which other one of its instant it came before."""
    replacements = (change for change in changes if isinstance(change, Replace))
    return any(event.before for event in events) or any("before" in change.values for change in replacements)


def with_ballot(vote: Vote, director: str, to: Choice) -> Vote:
    """The vote with one director's ballot changed, or added."""
    return with_ballots(vote, {director: to})


def with_ballots(vote: Vote, cast: Mapping[str, Choice]) -> Vote:
    """The vote with ballots changed, or added; a side with more of them is then sorted, whoever came to it first."""
    sides = {choice: tuple(person for person in people if person not in cast) for choice, people in vote.sides()}
    for to in {*cast.values()}:
        sides[to] = tuple(sorted((*sides[to], *(director for director, choice in cast.items() if choice == to))))
    changes: dict[str, Any] = {BALLOT_FIELDS[choice]: people for choice, people in sides.items()}
    return evolve(vote, **changes)


def recounted(event: Event, change: Recount) -> Event:
    """The vote with another count; what is not a vote by count stays as it is."""
    if not is_counted(event) or has_ballots(event):
        return event
    if change.carried is not None:
        return evolve(event, count=VoteCount(carried=change.carried))
    return evolve(event, count=(event.count or VoteCount()).with_numbers(change.numbers))


def retimed(event: Event, to: datetime) -> Event:
    """The event at another time, which is exact; if it was public at once, it is public then."""
    known = to if event.known == event.at else event.known
    return evolve(event, at=to, known=known, not_before=None, not_after=None, precision=None)


def replaced(event: Event, values: Mapping[str, Any]) -> Event:
    """The event with other values; a new time is exact, unless its bounds are among the values."""
    moved = retimed(event, values["at"]) if "at" in values else event
    return evolve(moved, **{name: value for name, value in values.items() if hasattr(event, name)})


def named(change: Change, log: Log) -> Change:
    """The change of the record that it names by any of its ids."""
    space, name, _ = touched(change)
    if space != "event" or log.record_of(name) == name:
        return change
    if isinstance(change, ChangeOfVote):
        return evolve(change, vote=log.record_of(name))
    assert not isinstance(change, AmendBylaws)
    return evolve(change, event=log.record_of(name))


def touched(change: Change) -> tuple[str, str, tuple[str, ...]]:
    """What a change changes: the kind of thing, its id, and which parts of it; none for the whole."""
    match change:
        case Ballot():
            return ("event", change.vote, (f"ballot of {change.director}",))
        case Recount():
            parts = tuple(f"count '{number}'" for number in change.numbers)
            return ("event", change.vote, parts or ("count",))
        case Retime():
            return ("event", change.event, ("at",))
        case Replace():
            return ("event", change.event, tuple(change.values))
        case Keep():
            return ("event", change.event, ("because",))
        case AmendBylaws():
            return ("org", change.org, tuple(f"{name} from {change.since}" for name in bylaw_names(change.changes)))
        case Drop():
            return ("event", change.event, ())


def idle_changes(base: Variant, scenario: Scenario) -> Iterator[Problem]:
    """Notes of those changes that change nothing, because the record has it so already."""
    corrections = base.log.events.corrections
    for index, change in enumerate(scenario.changes):
        change = named(change, base.log)  # noqa: PLW2901 -- the same, by the name of its record
        space, name, _ = touched(change)
        blocks = (name, *corrections.get(name, ())) if space == "event" else ()
        versions = [base.log.by_id[block] for block in blocks if block in base.log.by_id]
        if _is_idle(base, change, versions):
            message = f"the change of '{name}' equals the record, and changes nothing"
            place = scenario.places.get(index)
            yield Problem(code="changes-nothing", message=message, hint="take it out", place=place, severity="note")


def _is_idle(base: Variant, change: Change, versions: Sequence[Event]) -> bool:
    """Whether every version of a record, or the bylaws at the start, are already as a change makes them."""
    match change:
        case AmendBylaws():
            found = [org.bylaws for org in base.log.orgs if org.id == change.org and change.since is None]
            return bool(found) and all(bylaws.amended(change.changes) == bylaws for bylaws in found)
        case _ if not versions:
            return False
        case Ballot():
            return all(has_ballots(vote) and vote.ballots.get(change.director) == change.to for vote in versions)
        case Recount():
            return all(
                is_counted(vote) and not has_ballots(vote) and recounted(vote, change) == vote for vote in versions
            )
        case Retime():
            return all(event.at == change.to and event.span is None for event in versions)
        case Replace():
            return all(
                getattr(event, name, None) == value for event in versions for name, value in change.values.items()
            )
        case Drop():
            return change.event in base.dropped
        case _:
            return change.event in base.kept or not any(event.because for event in versions)


def bylaw_names(changes: Mapping[str, Any]) -> Iterator[str]:
    """The bylaws that are changed, as `seats` or `rules.removal`."""
    for name, value in changes.items():
        if isinstance(value, Mapping):
            yield from (f"{name}.{key}" for key in value)
        else:
            yield name


def _problems(log: Log, scenario: Scenario) -> Iterator[tuple[int, Problem | None]]:
    """What is wrong with a scenario before anything is replayed, with the index of the change at fault.

    A change without a problem of its own is one that cannot be made because another is at fault.
    """
    seen: dict[tuple[str, str], set[str]] = {}
    drops = {change.event for change in scenario.changes if isinstance(change, Drop)}
    for index, change in enumerate(scenario.changes):
        place = scenario.places.get(index)
        space, name, parts = touched(change)
        if space == "event" and name not in log.by_id:
            yield index, Problem(code="unknown-event", message=f"there is no event '{name}'", place=place)
            continue
        known = seen.setdefault((space, name), set())
        for part in parts or ("whether it happens",):
            if part in known or _part_of_whole(part, known):
                message = f"two changes of the same thing: {part.rstrip('_')} of '{name}'"
                yield index, Problem(code="conflicting-changes", message=message, hint="take one out", place=place)
            known.add(part)
        if parts and space == "event" and name in drops:
            message = f"'{name}' is dropped, and this change needs it"
            yield index, Problem(code="dropped-and-changed", message=message, hint="take one out", place=place)
        if (problem := _unfit(log.by_id.get(name), change, place)) is not None:
            yield index, problem
        if isinstance(change, Replace) and (problem := _futile(log, change, place)) is not None:
            yield index, problem
        if isinstance(change, Drop):
            yield from ((index, problem) for problem in _undermined(scenario, change, drops, place))
    if any(isinstance(change, Replace) for change in scenario.changes):
        misfitting = dict(_misfitting(log, scenario))
        yield from misfitting.items()
        yield from (found for found in _undeclared(log, scenario) if found[0] not in misfitting)
    yield from _recounted_wrongly(log, scenario)


def _unfit(event: Event | None, change: Change, place: Place | None) -> Problem | None:
    """A change of what an event does not have: a ballot, where there is only a count, or a count, where ballots are."""
    if event is None or not isinstance(change, ChangeOfVote):
        return None
    if not is_counted(event):
        return Problem(code="not-a-vote", message=f"'{event.id}' is not a vote", place=place)
    if isinstance(change, Ballot) and not has_ballots(event):
        message = f"'{event.id}' is on record by its count, and nobody's ballot is on record by name"
        hint = f"change the count: '{event.id}: for N', or '{event.id}: carried'"
        return Problem(code="vote-by-count", message=message, hint=hint, place=place, event=event.id)
    if isinstance(change, Recount) and has_ballots(event):
        message = f"the ballots of '{event.id}' are on record by name, so that it has no count of its own"
        hint = f"change a ballot: '{event.id}: DIRECTOR against'"
        return Problem(code="vote-by-name", message=message, hint=hint, place=place, event=event.id)
    return None


def _futile(log: Log, change: Replace, place: Place | None) -> Problem | None:
    """A retraction that would retract itself, or another one that nobody knew of yet."""
    if "event" not in change.values or not retracts(log.by_id[change.event]):
        return None
    event = replaced(log.by_id[change.event], change.values)
    target = log.by_id.get(str(target_of(event)))
    if target is not None and target.id == event.id:
        message, hint = f"'{event.id}' would retract itself", "name the event whose record was wrong"
        return Problem(code="self-retraction", message=message, hint=hint, place=place, event=event.id)
    if target is not None and retracts(target) and (target.known, target.at) > (event.known, event.at):
        message = f"'{event.id}' would retract '{target.id}', which became known after it"
        hint = "name one that was known before it"
        return Problem(code="later-retraction", message=message, hint=hint, place=place, event=event.id)
    return None


def _misfitting(log: Log, scenario: Scenario) -> Iterator[tuple[int, Problem | None]]:
    """Replaced events whose values would not fit one another, as in a log.

    Of a record that was corrected its last version is looked at.  The last replacement has the problem.
    """
    made: dict[str, list[int]] = {}
    for index, change in enumerate(scenario.changes):
        if isinstance(change, Replace) and change.event in log.by_id:
            made.setdefault(change.event, []).append(index)
    for name, indexes in made.items():
        to = next((one.to for one in scenario.changes if isinstance(one, Retime) and one.event == name), None)
        values = {key: one for index in indexes for key, one in cast("Replace", scenario.changes[index]).values.items()}
        last = last_version(log, name)
        misfit = next(misfits(replaced(last if to is None else retimed(last, to), values), log.zone), None)
        if misfit is not None:
            place, message = scenario.places.get(indexes[-1]), f"'{name}' cannot be so: {misfit.message}"
            yield indexes[-1], Problem(code=misfit.code, message=message, hint=misfit.hint, place=place, event=name)
            yield from ((index, None) for index in indexes[:-1])


_NAMED: Mapping[str, tuple[str, str, str]] = {
    "rule": ("rules", "unknown-rule", "declare it in [org.bylaws.rules]"),
    "seat": ("named_seats", "unknown-seat", "declare it: [org.bylaws.named_seats.{}]"),
}
"""The fields that name something of the bylaws: which part of them, the code where it is not there, and what to do."""


def _undeclared(log: Log, scenario: Scenario) -> Iterator[tuple[int, Problem]]:
    """Rules and named seats of replaced events that their organization has at no time, in the log or here."""
    for index, change in enumerate(scenario.changes):
        if not isinstance(change, Replace) or change.event not in log.by_id or _NAMED.keys().isdisjoint(change.values):
            continue
        event = replaced(last_version(log, change.event), change.values)
        org = log.org_by_id.get(str(event.org))
        for key in sorted(_NAMED.keys() & change.values.keys()) if org is not None else ():
            assert org is not None
            (part, code, otherwise), name = _NAMED[key], change.values[key]
            there = _ever_declared(log, scenario, org, part)
            if name not in there:
                hint = did_you_mean(name, there, otherwise=otherwise.format(name))
                message, place = f"{org.id} has no {key} '{name}'", scenario.places.get(index)
                yield index, Problem(code=code, message=message, hint=hint, place=place, event=change.event)


def _ever_declared(log: Log, scenario: Scenario, org: Org, part: str) -> set[str]:
    """The names in a part of the bylaws of an organization, at any time."""
    amendments = [row(event).amends(event) for event in (*log.events, *scenario.events) if event.org == org.id]
    amendments += [one.changes for one in scenario.changes if isinstance(one, AmendBylaws) and one.org == org.id]
    return set(getattr(org.bylaws, part)).union(*(changes.get(part, ()) for changes in amendments))


def _recounted_wrongly(log: Log, scenario: Scenario) -> Iterator[tuple[int, Problem | None]]:
    """Votes whose count cannot be, with all changes of it: the first of these has the problem, and none is made."""
    votes: dict[str, list[int]] = {}
    for index, change in enumerate(scenario.changes):
        if isinstance(change, Recount):
            votes.setdefault(change.vote, []).append(index)
    for name, indexes in votes.items():
        vote: Event | None = log.by_id.get(name)
        for index in indexes:
            vote = vote and recounted(vote, cast("Recount", scenario.changes[index]))
        fault = fault_of_count(vote.count) if vote is not None and is_counted(vote) and vote.count else None
        if fault is not None:
            message = f"'{name}' cannot be counted so: {fault.message}"
            yield indexes[0], evolve(fault, message=message, place=scenario.places.get(indexes[0]), event=name)
            yield from ((index, None) for index in indexes[1:])


def _part_of_whole(part: str, seen: set[str]) -> bool:
    """Whether one change is of a whole, and another one of a part of it: a side of the vote, or its count."""
    if part in _BALLOTS:
        return any(other.startswith("ballot of ") for other in seen)
    if part == "count":
        return any(other.startswith("count ") for other in seen)
    return (part.startswith("ballot of ") and not seen.isdisjoint(_BALLOTS)) or (
        part.startswith("count ") and "count" in seen
    )


def _undermined(scenario: Scenario, drop: Drop, drops: set[str], place: Place | None) -> Iterator[Problem]:
    """A scenario that takes out what its own event needs."""
    for event in scenario.events:
        if any(drop.event in clause and drops.issuperset(clause) for clause in event.because):
            message = f"'{drop.event}' is dropped, and the scenario's own event '{event.id}' happens because of it"
            hint = "give that event another reason, or none"
            yield Problem(code="self-undermining", message=message, hint=hint, place=place, event=event.id)


def _misplaced(draft: _Draft, scenario: Scenario, log: Log, faulty: AbstractSet[int]) -> Iterator[Problem]:
    """What changes move to before its own reason, or before itself; or a reason to after its effect."""
    moving: dict[str, int] = {}
    for index, change in enumerate(scenario.changes):
        if index not in faulty and _moves(change):
            moving.setdefault(touched(change)[1], index)
    if not moving:
        return
    for found in misplaced(draft.base.log, log, moving.keys(), draft.by_id, draft.kept):
        index = moving[found.moved]
        problem = _no_place_for(found, scenario.changes[index])
        yield evolve(problem, place=scenario.places.get(index), event=found.event)


def _no_place_for(found: Misplaced, change: Change) -> Problem:
    """The problem of an event that cannot be where a change moves it."""
    event, cause = found.event, found.cause
    if cause is None:
        message = f"'{event}' would be before itself, directly or by way of others"
        return Problem(code="order-cycle", message=message, hint="take one 'before' out")
    if cause == event:
        return Problem(code="self-cause", message=f"'{event}' is its own cause", hint="take it out of 'because'")
    is_drawn = isinstance(change, Replace) and "before" in change.values and "at" not in change.values
    hint = "let it come before another one, or take 'before' out" if is_drawn else _MOVE_IT
    message = f"'{event}' would come before '{cause}', which is its reason"
    return Problem(code="retimed-before-cause", message=message, hint=hint)


_MOVE_IT = "move it to a later time, or move both"


def _moves(change: Change) -> bool:
    """Whether a change can set an event before its reason, or before itself."""
    if isinstance(change, Replace):
        return not {"at", "because", "before"}.isdisjoint(change.values)
    return isinstance(change, Retime)
