"""Worlds the plain way: the ballots are written into the log, the log is replayed, and the goal is read off it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from boardsim import Amend, Log, Vote
from boardsim.analysis.goals import Goal, Holder, Holders, Number, Term, Verdict
from boardsim.events import Choice, Event
from boardsim.history import History, Variant
from boardsim.kernel import NOWHERE, replay
from boardsim.reducers import obstacle, reduce
from boardsim.scenario import with_ballot
from boardsim.state import OrgState
from boardsim.voting import tally
from tests.differential.worlds import Case

Cast = tuple[str, str, Choice]
"""A vote, a director, and the ballot that they cast in it."""

Fates = Mapping[str, tuple[str, ...]]
"""What can be said of each event: its ruling and, of a vote that was counted, its outcome."""


@frozen(kw_only=True)
class Observation:
    """What came of a world.

    Attributes:
        goal: whether the goal is true.
        fates: what became of each event.
    """

    goal: bool
    fates: Fates

    @cached_property
    def lost(self) -> frozenset[str]:
        """The events that can be no reason: without effect, or votes that did not carry."""
        return frozenset(name for name, fate in self.fates.items() if fate[-1] not in ("effective", "carried"))

    @cached_property
    def undetermined(self) -> frozenset[str]:
        """The votes that turn on ballots that nobody knows."""
        return frozenset(name for name, fate in self.fates.items() if fate[-1] == "undetermined")


def cast_in(log: Log, ballots: Iterable[Cast]) -> Log:
    """The log in which these ballots were cast."""
    votes = {event.id: event for event in log.events if isinstance(event, Vote)}
    for vote, person, choice in ballots:
        votes[vote] = with_ballot(votes[vote], person, choice)
    return evolve(log, events=tuple(votes.get(event.id, event) for event in log.events)) if votes else log


def is_true(goal: Goal, states: Mapping[str, OrgState], fates: Fates) -> bool:
    """Whether all terms of a goal hold, by the states of the organizations and what became of events."""
    return all(_holds(term, states, fates) is not getattr(term, "negated", False) for term in goal.terms)


def _holds(term: Term, states: Mapping[str, OrgState], fates: Fates) -> bool:
    match term:
        case Verdict():
            return term.verdict in fates.get(term.event, ())
        case Holders():
            return set(states[term.org].holders(term.role)) == term.people
        case Holder():
            return term.person in states[term.org].holders(term.role)
        case Number():
            count = len(states[term.org].holders(term.role))
            signs = {"<": count < term.count, "<=": count <= term.count, ">": count > term.count}
            return signs.get(term.sign, count >= term.count)


def fates_of(history: History) -> Fates:
    """What became of each event of a history."""
    return {
        event.id: (ruling.kind, *((ruling.tally.outcome,) if ruling.tally else ()))
        for event, ruling in zip(history.events, history.rulings, strict=True)
    }


def read(goal: Goal, history: History, position: int) -> Observation:
    """What a history says of a goal after so many events."""
    fates = fates_of(history)
    states = {org: history.state(org, position) for org in ("acme", "beta")}
    return Observation(goal=is_true(goal, states, fates), fates=fates)


@frozen(kw_only=True)
class Worlds:
    """All worlds that can be made of a case, each replayed once.

    Attributes:
        base: what the case's own world drops, keeps and assumes.
    """

    case: Case
    base: Variant
    known: dict[Any, Observation] = field(factory=dict)
    logs: dict[Any, Log] = field(factory=dict)

    @classmethod
    def of(cls, case: Case) -> "Worlds":
        """Of a log as it is."""
        return cls(case=case, base=Variant(log=case.log))

    @cached_property
    def history(self) -> History:
        """The case's own world."""
        return replay(self.base)

    @cached_property
    def position(self) -> int:
        """How many events had taken place when the goal is asked."""
        return self.history.position(self.case.at)

    @cached_property
    def record(self) -> Observation:
        """What came of the case's own world."""
        return self.seen()

    def seen(
        self,
        *,
        dropped: frozenset[str] = frozenset(),
        kept: frozenset[str] = frozenset(),
        ballots: frozenset[Cast] = frozenset(),
        forced: bool = False,
    ) -> Observation:
        """What comes of the world in which some events do not happen, some are kept, and ballots are others."""
        key = (dropped, kept, ballots, forced)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._seen(dropped, kept, ballots, forced=forced)
        return found

    def _seen(
        self, dropped: frozenset[str], kept: frozenset[str], ballots: frozenset[Cast], *, forced: bool
    ) -> Observation:
        log = self.logs.get(ballots)
        if log is None:
            log = self.logs[ballots] = cast_in(self.case.log, ballots)
        gone, stays = self.base.dropped | dropped, self.base.kept | kept
        world = Variant(log=log, dropped=gone, kept=stays, ballots=self.base.ballots)
        if forced and kept:
            return by_force(world, self.case.goal, self.position, kept)
        return read(self.case.goal, replay(world), self.position)

    def sound(self, seen: Observation) -> bool:
        """Whether no vote turns on ballots that nobody knows, but for those that do so on record."""
        return seen.undetermined <= self.record.undetermined


def by_force(world: Variant, goal: Goal, position: int, forced: frozenset[str]) -> Observation:
    """The fold of a world in which some events happen whatever stands in their way, and votes carry whatever the count.

    It is written out here because the kernel knows no such thing.
    """
    log = world.log
    events = replay(world).events
    states = {org.id: log.start(org.id) for org in log.orgs}
    asked = dict(states)
    fates: dict[str, tuple[str, ...]] = {}
    for number, event in enumerate(events):
        if number == position:
            asked = dict(states)
        fates[event.id] = _ruled(world, event, states, fates, forced)
    return Observation(goal=is_true(goal, asked if position < len(events) else states, fates), fates=fates)


def _ruled(
    world: Variant, event: Event, states: dict[str, OrgState], fates: Fates, forced: frozenset[str]
) -> tuple[str, ...]:
    """What becomes of one event; the state of its organization is then the one after it."""
    if event.id in world.dropped:
        return ("dropped",)
    if event.id not in world.kept and any(all(_is_lost(fates.get(c)) for c in clause) for clause in event.because):
        return ("orphaned",)
    target = world.log.by_id.get(getattr(event, "event", ""))
    org = event.org or (target.org if target else None) or ""
    state = states.get(org, NOWHERE)
    if event.id not in forced and obstacle(state, event) is not None:
        return ("impossible",)
    if event.id in forced:
        _move(states, org, state, event)
        return ("effective", "carried") if isinstance(event, Vote) else ("effective",)
    if isinstance(event, Vote):
        assumed = world.ballots.get(event.id)
        sitting = sitting_at(state, event, assumed or ())
        count = tally(state.bylaws, event, sitting=sitting, chair=state.casting_voter, assumed=assumed)
        return ("effective", count.outcome)
    _move(states, org, state, event)
    return ("effective",)


def sitting_at(state: OrgState, vote: Vote, assumed: Iterable[str] = ()) -> tuple[str, ...]:
    """Who counts in a vote: the directors who are not suspended; on a board partly on record, those with a ballot."""
    whole_from = state.bylaws.complete_from
    some: Iterable[str] = state.directors
    if whole_from is not None and vote.at < whole_from:
        some = dict.fromkeys((*(person for _, people in vote.sides() for person in people), *assumed))
    return tuple(person for person in some if ("director", person) not in state.suspended)


def _move(states: dict[str, OrgState], org: str, state: OrgState, event: Event) -> None:
    if org and not isinstance(event, Vote):
        states[org] = (
            state._replace(bylaws=state.bylaws.amended(event.changes))
            if isinstance(event, Amend)
            else (reduce(state, event))
        )


def _is_lost(fate: tuple[str, ...] | None) -> bool:
    return fate is not None and fate[-1] not in ("effective", "carried")
