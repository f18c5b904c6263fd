"""What a replay returns: a ruling for every event, and the state of every organization at every instant.

A history keeps every eighth state of an organization and the indexes of the events that changed it.  The state at
any instant is found by bisection and at most seven reductions: a few microseconds, for an eighth of the memory, and
of the garbage collector's work, that keeping all of them would cost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from boardsim.bylaws import named_by
from boardsim.days import settled
from boardsim.events import DOUBTS, OPEN, TIME, Choice, Clause, Event, Opening, Vote, seat_of, target_of, utc
from boardsim.log import Log
from boardsim.nearest import did_you_mean
from boardsim.notebooks import SHOWN, table_of
from boardsim.problems import misuse
from boardsim.reducers import Reason, reduce
from boardsim.state import OrgState
from boardsim.traits import ENDING, changed_by, ends_life, is_announced, is_counted, movers, people, personal, row
from boardsim.values import Value
from boardsim.voting import Outcome, Tally

Kind = Literal["effective", "impossible", "orphaned", "dropped"]


@frozen(eq=False, repr=False)
class Ruling(Value):
    """What the kernel says of one event in one world.

    Attributes:
        kind: `effective`, `impossible` (law or logic forbids it), `orphaned` (nobody had a reason left), or
            `dropped` (a scenario took it out).
        obstacle: of an impossible event, what stood in its way.
        tally: of a vote that was counted.
        clause: of an orphaned event, the reasons of which none is left.
        uncarried: those of them that are votes and did not carry, as far as is known.
        undetermined: those of these of which the record does not say whether they carried.
    """

    kind: Kind
    obstacle: Reason | None = None
    tally: Tally | None = None
    clause: Clause = ()
    uncarried: Clause = ()
    undetermined: Clause = ()

    @property
    def reason(self) -> Reason | None:
        """Why it did not take effect; None where it did.  Put into words only when somebody asks."""
        match self.kind:
            case "orphaned":
                gone = ", ".join(f"{cause} {self._fate(cause)}" for cause in self.clause)
                text = f"its reason {'may be' if self.undetermined else 'is'} gone: {gone}"
                return Reason("motive-gone", text, self.clause, tuple(("event", cause) for cause in self.clause))
            case "dropped":
                return Reason("dropped", "the scenario takes it out")
            case _:
                return self.obstacle

    def _fate(self, cause: str) -> str:
        """What became of a reason."""
        if cause in self.undetermined:
            return "may not have carried"
        return "did not carry" if cause in self.uncarried else "did not take effect"

    @property
    def outcome(self) -> Outcome | None:
        """How a vote came out; None where it is not a vote, or was not counted."""
        return self.tally.outcome if self.tally else None

    @property
    def verdict(self) -> Kind | Outcome:
        """What became of the event, in a word: the outcome of a vote that was counted, else the kind of ruling."""
        return self.outcome or self.kind

    @property
    def grounds(self) -> str | None:
        """What the verdict rests on, in words: why it did not take effect, or how it was counted; None for neither."""
        return self.reason.text if self.reason else str(self.tally) if self.tally else None

    @property
    def is_valid_cause(self) -> bool:
        """Whether it can be the reason of another event: it took effect, and carried if it is a vote."""
        return self.kind == "effective" and (self.tally is None or self.tally.outcome == "carried")


EFFECTIVE = Ruling("effective")
"""The ruling of every event that took effect and is not a vote: one value, shared."""


STRIDE = 8
"""How many changes lie between two states that are kept."""


AGAIN = 500
"""So many states are kept for whoever asks for them again and again."""


class States(Protocol):
    """The states of one organization, as whoever asks sees them: a timeline, or one that is laid over another's."""

    @property
    def indexes(self) -> Sequence[int]:
        """The events that changed this organization, ascending."""

    @property
    def kept(self) -> Sequence[OrgState]:
        """The state before all of them, and after every `STRIDE` of them."""

    def at(self, position: int) -> OrgState:
        """The state after the first `position` events of the history."""

    def after(self, changes: int) -> OrgState:
        """The state after that many changes."""

    def until(self, position: int) -> "Timeline":
        """The same for the first `position` events only."""

    def walk(self) -> Iterator[tuple[int, OrgState, OrgState]]:
        """Every change in order: the index of its event, the state before, the state after."""


@frozen(eq=False, repr=False)
class Timeline(Value):
    """The states of one organization.

    Attributes:
        events: the events of the history.
        indexes: those of them that changed this organization, ascending.
        kept: the state before all of them, and after every `STRIDE` of them.
    """

    events: Sequence[Event]
    indexes: list[int]
    kept: list[OrgState]

    def at(self, position: int) -> OrgState:
        """The state after the first `position` events of the history."""
        return self.after(bisect_left(self.indexes, position))

    def after(self, changes: int) -> OrgState:
        """The state after that many changes."""
        nearest = changes // STRIDE
        state = self.kept[nearest]
        for index in self.indexes[nearest * STRIDE : changes]:
            state = reduce(state, self.events[index])
        return state

    def until(self, position: int) -> "Timeline":
        """The same for the first `position` events only."""
        changes = bisect_left(self.indexes, position)
        if changes == len(self.indexes):
            return self
        kept = self.kept[: changes // STRIDE + 1]
        return Timeline(events=self.events, indexes=self.indexes[:changes], kept=kept)

    def walk(self) -> Iterator[tuple[int, OrgState, OrgState]]:
        """Every change in order: the index of its event, the state before, the state after."""
        before = self.kept[0]
        for index in self.indexes:
            after = reduce(before, self.events[index])
            yield index, before, after
            before = after


@frozen(eq=False, repr=False)
class Effect(Value):
    """What one event did to the tenures of an organization: (role, opening event) pairs."""

    opened: tuple[tuple[str, Opening], ...] = ()
    closed: tuple[tuple[str, Opening], ...] = ()


@frozen(eq=False, repr=False)
class Tenure(Value):
    """One person holding one role at one organization, from the event that opened it to the one that closed it.

    It holds from the instant of `opened`, inclusive, to the instant of `closed`, exclusive; for ever where `closed`
    is None.

    Attributes:
        varied: the events that changed its terms, in order, each with the opening event as it stood from then on.
    """

    role: str
    opened: Opening
    closed: Event | None = None
    closed_index: int | None = None
    varied: tuple[tuple[Event, Opening], ...] = ()

    @property
    def person(self) -> str:
        """Who holds it, by id."""
        return self.opened.person

    @property
    def org(self) -> str:
        """The organization, by id."""
        return self.opened.org

    @property
    def seat(self) -> str | None:
        """Of a director, the named seat of the bylaws; None for any seat, and for other roles."""
        return seat_of(self.opened)

    @property
    def since(self) -> datetime:
        """When it began, inclusive."""
        return self.opened.at

    @property
    def since_span(self) -> tuple[datetime, datetime] | None:
        """The earliest and the latest instant at which it may have begun; None where `since` is exact."""
        return self.opened.span

    @property
    def until(self) -> datetime | None:
        """When it ended, exclusive; None where it goes on.  The end of a term is another thing, and closes nothing."""
        return self.closed.at if self.closed is not None else None

    @property
    def until_span(self) -> tuple[datetime, datetime] | None:
        """The earliest and the latest instant at which it may have ended; None where that is exact, or it goes on."""
        return self.closed.span if self.closed is not None else None

    @property
    def terms(self) -> tuple[tuple[datetime, Opening], ...]:
        """The opening event as it stood at any time: each version with the instant from which on it did."""
        return ((self.opened.at, self.opened), *((event.at, opening) for event, opening in self.varied))

    def holds(self, at: datetime) -> bool:
        """Whether it does at an instant, just after the events of that instant."""
        return self.opened.at <= at and (self.closed is None or at < self.closed.at)


Ballots = Mapping[str, Mapping[str, Choice]]
"""Ballots assumed for directors who have none on record, by vote and director."""


@frozen(eq=False, repr=False)
class Point(Value):
    """A point of a history: an instant, or just before or after one of several events of it.

    Attributes:
        at: the instant.
        position: how many events had taken place.
        given: the id of the event just before or after which it is; None for an instant; see `History.is_open`.
    """

    at: datetime
    position: int
    given: str | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Variant(Value):
    """A log, with what a scenario takes out of it, keeps in it, and assumes.

    Attributes:
        dropped: ids of events that did not happen.
        kept: ids of events that stay although their reasons are gone.
        horizon: the last instant of this world, for whoever asks; None where it goes on.
        ballots: assumed ballots; without them a vote that turns on an unrecorded ballot is not carried.
    """

    log: Log
    dropped: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    ballots: Ballots = {}
    horizon: datetime | None = None


@frozen(eq=False, repr=False, slots=False)
class History:
    """All rulings and states of one world.  Nobody changes them; a branch has most of them where its base does.

    Attributes:
        log: the log that was replayed.
        world: the same, with what a scenario took out of it, kept in it, and assumed.
        known: the state of knowledge; None for everything that is known by now.
        events: the events of this view, in order.
        rulings: one per event.
        timelines: the states, by organization.
        without_effect: the events that cannot be a reason, as indexes: without effect, or votes that did not carry.
        indexes_by: the index of each event, by id, from whoever has them already; found when somebody asks where it is
            None.
        worked_out: what was worked out of it once, kept by those who did under a name of theirs.
    """

    log: Log
    world: Variant = field(repr=False)
    known: datetime | None
    events: Sequence[Event]
    rulings: Sequence[Ruling]
    timelines: Mapping[str, States] = field(repr=False)
    without_effect: Sequence[int] = field(repr=False)
    indexes_by: Mapping[str, int] | None = field(default=None, repr=False)
    worked_out: dict[str, Any] = field(factory=dict, repr=False, init=False)

    def __repr__(self) -> str:
        known = f", as known at {self.known.isoformat()}" if self.known is not None else ""
        return (
            f"<History of {self.log.id}: {len(self.events):,} {'event' if len(self.events) == 1 else 'events'}{known}>"
        )

    def _repr_html_(self) -> str:
        return table_of([self._row(index) for index in range(min(SHOWN, len(self.events)))], len(self.events))

    def _row(self, index: int) -> dict[str, Any]:
        """An event for a notebook: when, with the bounds of that, who, how sure it is, and what became of it."""
        event, ruling = self.events[index], self.rulings[index]
        return {
            **times_of(event, self.log.zone),
            "event": event.id,
            "org": self.org_of(event),
            "person": getattr(event, "person", None),
            "status": event.status,
            "ruling": ruling.kind,
            "outcome": ruling.outcome,
        }

    def position(self, at: datetime) -> int:
        """How many events had taken place at that instant, those of the instant itself included."""
        return bisect_right(self.events, at, key=TIME)

    def before(self, at: datetime) -> int:
        """How many events had taken place before that instant."""
        return bisect_left(self.events, at, key=TIME)

    @cached_property
    def instants(self) -> Sequence[datetime]:
        """When each event took effect."""
        return [event.at for event in self.events]

    def __contains__(self, event_id: str) -> bool:
        """Whether an event is in this view, by its id."""
        return self.log.record_of(event_id) in self.index_of

    def index(self, event_id: str) -> int:
        """The index of an event, by any of the ids of its record.

        Raises:
            KeyError: it is not in this view.
        """
        return self.index_of[self.log.record_of(event_id)]

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """The index of each event of this view, by the name of its record."""
        return {event.id: i for i, event in enumerate(self.events)} if self.indexes_by is None else self.indexes_by

    @cached_property
    def citing(self) -> Mapping[str, Sequence[int]]:
        """By an event's id: the events of which it is a reason, as indexes, in order."""
        found: dict[str, list[int]] = {}
        for index, event in enumerate(self.events):
            for cause in (cause for clause in event.because for cause in clause):
                found.setdefault(cause, []).append(index)
        return found

    def state(self, org: str, position: int | None = None) -> OrgState:
        """The state of an organization after that many events; after all of them where it is not said.

        It is what engines ask: of one that nobody declared it is that before any event.  `state_at` refuses it.
        """
        timeline = self.timelines.get(org)
        if timeline is None:
            return self.log.start(org)
        return timeline.at(len(self.events) if position is None else position)

    def state_again(self, org: str, position: int) -> OrgState:
        """The same for branches, of which many ask for the state at the same place: of a few places it is kept."""
        found = self._asked_again.get((org, position))
        if found is None:
            if len(self._asked_again) >= AGAIN:
                self._asked_again.clear()
            found = self._asked_again[org, position] = self.state(org, position)
        return found

    @cached_property
    def _asked_again(self) -> dict[tuple[str, int], OrgState]:
        return {}

    def state_at(self, org: str, at: datetime) -> OrgState:
        """The state of an organization at an instant, just after the events of that instant.

        Raises:
            BoardsimError: there is no such organization; with a hint at the nearest.
            TypeError: `at` has no UTC offset, or is no time.
        """
        self._require_org(org)
        return self.state(org, self.position(utc(at) or at))

    def _require_org(self, org: str) -> None:
        """See that there is such an organization; an event of none is asked about by the empty id."""
        if org and org not in self.log.starts and org not in self.timelines:
            raise misuse("unknown-org", f"there is no organization '{org}'", did_you_mean(org, self.orgs))

    def ruling(self, event_id: str) -> Ruling:
        """The ruling of an event.

        Raises:
            KeyError: it is not in this view.
        """
        return self.rulings[self.index(event_id)]

    @property
    def orgs(self) -> Sequence[str]:
        """The organizations by id: as they are declared, then those that events name and nobody declares."""
        return tuple(dict.fromkeys((*(org.id for org in self.log.orgs), *self.timelines)))

    def org_of(self, event: Event) -> str | None:
        """The organization that an event concerns; a withdrawal concerns that of what it withdraws."""
        target = self.event(target_of(event) or "")
        return event.org or (target.org if target else None)

    def concerning(self, org: str) -> Sequence[int]:
        """The events that concern an organization (see `org_of`), as indexes, in order."""
        return self._concerning.get(org, ())

    @property
    def orgs_by_event(self) -> Sequence[str]:
        """The organizations that events concern, in the order of the first event of each."""
        return [org for org in self._concerning if org is not None]

    @cached_property
    def _concerning(self) -> Mapping[str | None, Sequence[int]]:
        """Of all organizations at once: whoever asks of one after the other goes through the events once."""
        found: dict[str | None, list[int]] = {}
        for index, event in enumerate(self.events):
            found.setdefault(event.org or self.org_of(event), []).append(index)
        return found

    def event(self, id: str) -> Event | None:
        """The event of that id, as it stands here; of one that does not, what is written of it."""
        if self.log.record_names and id in self:
            return self.events[self.index(id)]
        return self.log.by_id.get(id)

    def orgs_of(self, event: Event) -> frozenset[str]:
        """The organizations to which an event belongs: its own or, of a person's, all that mention them."""
        person = personal(event)
        if person is not None:
            return self.mentioning.get(person, frozenset())
        org = self.org_of(event)
        return frozenset() if org is None else frozenset([org])

    @cached_property
    def mentioning(self) -> Mapping[str, frozenset[str]]:
        """By person: the organizations that mention them, in their events or their bylaws."""
        found: dict[str, set[str]] = {}
        for declared in self.log.orgs:
            for person in declared.bylaws.people:
                found.setdefault(person, set()).add(declared.id)
        for event in self.events:
            if (org := self.org_of(event)) is not None:
                for person in people(event) | named_by(row(event).amends(event)):
                    found.setdefault(person, set()).add(org)
        return {person: frozenset(orgs) for person, orgs in found.items()}

    def effect(self, index: int) -> Effect:
        """Which tenures an event opened and closed."""
        org = self.org_of(self.events[index])
        if org is None:
            return Effect()
        before, after = self.state(org, index), self.state(org, index + 1)
        return effect(before, after, self.events[index])

    def tenures(self, org: str) -> Sequence[Tenure]:
        """The register of an organization: every tenure in the order in which it was opened.

        Raises:
            BoardsimError: there is no such organization; with a hint at the nearest.
        """
        self._require_org(org)
        return tuple(self._register(org).values())

    def is_begun(self, tenure: Tenure, position: int) -> bool:
        """Whether a tenure had begun after so many events."""
        return self.index(tenure.opened.id) < position

    def is_held(self, tenure: Tenure, position: int) -> bool:
        """Whether a tenure was live after so many events."""
        return self.is_begun(tenure, position) and (tenure.closed_index is None or position <= tenure.closed_index)

    def as_of(self, tenure: Tenure, position: int) -> Tenure:
        """A tenure as it stood after so many events: without what became of it later."""
        varied = tuple((event, terms) for event, terms in tenure.varied if self.index(event.id) < position)
        if tenure.closed_index is not None and tenure.closed_index < position:
            return evolve(tenure, varied=varied)
        return evolve(tenure, closed=None, closed_index=None, varied=varied)

    def tenure(self, org: str, role: str, opened: str) -> Tenure | None:
        """The tenure of that role that an event opened, by the event's id; None if it opened none."""
        return self._register(org).get((role, opened))

    def _register(self, org: str) -> Mapping[tuple[str, str], Tenure]:
        """Made when somebody asks for it, of that organization alone: a log may have thousands of them."""
        if org not in self._registers and org in self.timelines:
            self._registers[org] = self._registered(self.timelines[org])
        return self._registers.get(org, {})

    @cached_property
    def _registers(self) -> dict[str, Mapping[tuple[str, str], Tenure]]:
        return {}

    def _registered(self, timeline: States) -> Mapping[tuple[str, str], Tenure]:
        register: dict[tuple[str, str], Tenure] = {}
        for index, before, after in timeline.walk():
            moved = effect(before, after, self.events[index])
            for role, opening in moved.closed:
                known, closed = register[role, opening.id], self.events[index]
                register[role, opening.id] = Tenure(
                    role=role, opened=known.opened, closed=closed, closed_index=index, varied=known.varied
                )
            for role, opening in moved.opened:
                register[role, opening.id] = Tenure(role=role, opened=opening)
            for role, opening in varied(before, after, self.events[index]):
                known = register[role, opening.id]
                register[role, opening.id] = evolve(known, varied=(*known.varied, (self.events[index], opening)))
        return register

    @cached_property
    def endings(self) -> Sequence[Event]:
        """The events that took effect by which the life of a person ended, or that of an organization, in order."""
        pairs = zip(self.events, self.rulings, strict=True)
        return [event for event, ruling in pairs if type(event) in ENDING and _happened(event, ruling)]

    @cached_property
    def deaths(self) -> Mapping[str, Event]:
        """By person, the first of the endings by which a life ended."""
        return {person: event for event in reversed(self.endings) if (person := personal(event)) is not None}

    def death_of(self, person: str, position: int | None = None) -> Event | None:
        """The event by which somebody had died after that many events, or after all; None where none had."""
        return self._first(filter(None, [self.deaths.get(person)]), position)

    def dissolution_of(self, org: str, position: int | None = None) -> Event | None:
        """The event by which an organization had been dissolved, likewise."""
        return self._first(self.endings_of(org), position)

    def _first(self, endings: Iterable[Event], position: int | None) -> Event | None:
        return next((end for end in endings if position is None or self.index(end.id) < position), None)

    def endings_of(self, org: str) -> Sequence[Event]:
        """Those of the endings that are of an organization."""
        return self._endings_of.get(org, ())

    @cached_property
    def _endings_of(self) -> Mapping[str, Sequence[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.endings:
            if event.org is not None:
                found.setdefault(event.org, []).append(event)
        return found

    def votes(self, org: str) -> Iterator[tuple[Vote, Tally | None]]:
        """The votes of an organization in order, each with its count; None where it was not held."""
        for index in self.concerning(org):
            event = self.events[index]
            if event.org == org and is_counted(event):
                yield event, self.rulings[index].tally

    def uncertain_at(self, org: str, at: datetime) -> list[int]:
        """The events within whose span of uncertainty the instant lies, as indexes, in order.

        What took effect on a day is certain at the last instant of it.
        """
        spans, latest = self._spans.get(org, ((), ()))
        found = []
        for place in range(bisect_right(spans, at, key=lambda span: span[0]) - 1, -1, -1):
            if latest[place] <= at:  # no span that starts so early reaches this far
                break
            if at < spans[place][1]:
                found.append(spans[place][2])
        return sorted(found)

    def is_open(self, event: Event, at: datetime, given: str | None = None) -> bool:
        """Whether it is not known of an event if it had taken effect at an instant.

        Args:
            given: the id of an event just before or after which that is asked.  Of those that the record dates just as
                that one, its own order says which had taken effect.
        """
        if event.span is None or not event.span[0] <= at < settled(event.span[1], self.log.zone):
            return False
        return given is None or event.span != self.events[self.index(given)].span

    def doubtful(self, org: str, position: int) -> Sequence[int]:
        """Of the first `position` events those that changed an organization and are disputed or assumed, as indexes."""
        indexes = self._doubtful.get(org, ())
        return indexes[: bisect_left(indexes, position)]

    @cached_property
    def _doubtful(self) -> Mapping[str, Sequence[int]]:
        return {
            org: [index for index in timeline.indexes if self.events[index].status in DOUBTS]
            for org, timeline in self.timelines.items()
        }

    @cached_property
    def targeting(self) -> Mapping[str, Sequence[int]]:
        """By an event's id: the events of no organization of their own that are about it, as indexes, in order."""
        found: dict[str, list[int]] = {}
        for index, event in enumerate(self.events):
            if event.org is None and (target := target_of(event)) is not None:
                found.setdefault(target, []).append(index)
        return found

    @cached_property
    def foreseen(self) -> Mapping[str, Sequence[int]]:
        """By organization: the events that changed it or ended it and had been public before, as indexes, in order."""
        found = {org: {*timeline.indexes} for org, timeline in self.timelines.items()}
        for index, event in enumerate(self.events):
            if event.org is not None and ends_life(event) and self.rulings[index].kind == "effective":
                found.setdefault(event.org, set()).add(index)  # nobody loses a seat by it
        return {
            org: [index for index in sorted(indexes) if (event := self.events[index]).known < event.at]
            for org, indexes in found.items()
        }

    @cached_property
    def _spans(self) -> Mapping[str, tuple[Sequence[tuple[datetime, datetime, int]], Sequence[datetime]]]:
        """By organization: the spans of events that changed it, by start, and the latest end up to each."""
        table = {}
        past = cache(partial(settled, where=self.log.zone))  # a register says the same day again and again
        for org, timeline in self.timelines.items():
            spans = sorted((span[0], past(span[1]), i) for i in timeline.indexes if (span := self.events[i].span))
            latest: list[datetime] = []
            for _, end, _ in spans:
                latest.append(max(end, latest[-1]) if latest else end)
            table[org] = (spans, latest)
        return table


def _happened(event: Event, ruling: Ruling) -> bool:
    return ruling.kind == "effective" and not is_announced(event)


def effect(before: OrgState, after: OrgState, event: Event) -> Effect:
    """Which tenures differ between two states that one event lies between: those of the people whom it names."""
    people = movers(event)
    gone, come = _new(after, before, people), _new(before, after, people)
    if before.staff is not after.staff:
        for person in people:
            for role in before.bylaws.staff_roles:
                was, now = before.staff.get(person, role), after.staff.get(person, role)
                gone += [(role, was)] if was and not _is_same(was, now) else []
                come += [(role, now)] if now and not _is_same(was, now) else []
    return Effect(opened=tuple(come), closed=tuple(gone))


def _new(before: OrgState, after: OrgState, people: Sequence[str]) -> list[tuple[str, Opening]]:
    """The seats of these people in `after` that are not in `before`."""
    return [
        (role, opening)
        for role, held in after.seats.items()
        if held is not (was := before.seats.get(role, _NOBODY))
        for person in people
        if (opening := held.get(person)) is not None and not _is_same(was.get(person), opening)
    ]


def _is_same(one: Opening | None, other: Opening | None) -> bool:
    """Whether two openings are of one tenure, whose terms may differ: each fold makes its own copy of varied ones."""
    return one is other or (one is not None and other is not None and one.id == other.id)


def varied(before: OrgState, after: OrgState, event: Event) -> Iterator[tuple[str, Opening]]:
    """The tenures that an event left open on other terms: their roles, and the openings as they are after it."""
    changed = changed_by(event)
    if changed is None:
        return
    person, named = changed
    for role in after.roles_of(person) if named is None else (named,):
        was, now = before.held(person, role), after.held(person, role)
        if now is not None and was is not now and _is_same(was, now):
            yield role, now


_NOBODY: Mapping[str, Opening] = {}


def times_of(event: Event, zone: ZoneInfo) -> dict[str, str | None]:
    """When an event took effect, for a notebook: as exactly as the record has it, and between what it lies."""
    length = {"year": 4, "month": 7, **dict.fromkeys(("day", "date", "last-day"), 10)}.get(event.precision or "")
    found = {"at": event.at, "not before": event.not_before, "not after": event.not_after}
    texts = {key: None if at is None or at == OPEN else at.astimezone(zone).isoformat() for key, at in found.items()}
    at = texts["at"]
    return {**texts, "at": None if event.precision == "by" or at is None else at[:length]}
