"""A log made ready for being replayed many times, as far as one goal depends on it.

Only the events of the goal's cone are left, and a world starts at the first of them that it touches.  What an event
does is the kernel's own business: its obstacles, its reductions, and its tallies, of which each is made once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from attrs import evolve, field, frozen

from boardsim.analysis.fast.relevance import cone
from boardsim.analysis.fast.tally_cache import Memory
from boardsim.analysis.goals import Goal, Verdict
from boardsim.events import Choice, Clause, Event, Vote
from boardsim.history import History, Variant
from boardsim.kernel import NOWHERE, replay
from boardsim.reducers import Count, Obstacle, Reduce, steps
from boardsim.scenario import with_ballot
from boardsim.state import OrgState
from boardsim.traits import has_ballots, row

Lost = dict[str, str]
"""What became of those events that cannot be a reason: a ruling, or the outcome of a vote that did not carry."""

Ballots = Mapping[str, Mapping[str, Choice]]
"""Ballots that are otherwise than on record, by vote and director."""

_AS_RECORDED: Mapping[str, Choice] = {}
_NO_BALLOTS: Ballots = {}
_NONE: frozenset[str] = frozenset()


@frozen
class Step:
    """One event of the cone.

    Attributes:
        org: the organization whose state it meets; empty where it concerns none.
        because: its reasons; none where it is kept whatever becomes of them.
        gone: whether the world was made by taking it out.
        amends: whether it changes the bylaws.
        vote: the event itself, where it is decided by ballots; None where it is not.
        ballots: those on record, where it is.
        count: how it comes out, where it is decided by votes; asked only where no ballot of them is on record.
    """

    id: str
    event: Event
    org: str
    because: tuple[Clause, ...]
    gone: bool
    obstacle: Obstacle
    reduce: Reduce
    amends: bool
    vote: Vote | None
    ballots: Mapping[str, Choice]
    count: Count | None

    @property
    def is_decided(self) -> bool:
        """Whether it is decided by votes, so that it carries or does not."""
        return self.vote is not None or self.count is not None


@frozen
class RunResult:
    """What came of a world.

    Attributes:
        goal: whether the goal is true in it.
        lost: what became of the events that did not take effect, or did not carry.
        open: whether a vote turns on ballots that are not on record, so that nothing is certain.
    """

    goal: bool
    lost: Lost
    open: bool


@frozen
class _Walk:
    """A world under way; `states` and `lost` change as it goes."""

    states: dict[str, OrgState]
    lost: Lost
    dropped: Collection[str] = _NONE
    kept: Collection[str] = _NONE
    ballots: Ballots = _NO_BALLOTS
    forced: bool = False


@frozen(kw_only=True, slots=False)
class Compiled:
    """The part of a world on which a goal depends.

    Attributes:
        history: the whole world as it was.
        position: how many events had taken place when the goal is asked of the state.
        steps: the events that matter, in order.
        rank: the place of each of them, by id.
        cut: how many of them come before `position`.
        open_votes: the votes that were undetermined already in the world that is asked about.
        states: the organizations before each step, and after the last one.
        losses: what had been lost by then, likewise.
        memory: the votes that were counted so far, for this world and all that are made of it.
    """

    history: History
    goal: Goal
    position: int
    steps: Sequence[Step]
    rank: Mapping[str, int]
    cut: int
    open_votes: frozenset[str]
    states: list[Mapping[str, OrgState]] = field(factory=list, repr=False)
    losses: list[Lost] = field(factory=list, repr=False)
    memory: Memory = field(factory=Memory, repr=False)

    def run(
        self,
        *,
        dropped: Collection[str] = _NONE,
        kept: Collection[str] = _NONE,
        ballots: Ballots = _NO_BALLOTS,
        forced: bool = False,
    ) -> RunResult:
        """The world in which some events do not happen, some are kept whatever their reasons, and ballots differ.

        Args:
            forced: let what is kept happen even if it is impossible, and a vote that is kept carry whatever its count.
        """
        end, cut = len(self.steps), self.cut
        start = min(map(self.rank.__getitem__, chain(dropped, kept, ballots)), default=end)
        states, lost = dict(self.states[start]), dict(self.losses[start])
        walk = _Walk(states, lost, dropped, kept, ballots, forced)
        asked: Mapping[str, OrgState] = self.states[cut] if start >= cut else states
        if start < cut < end:
            self._go(walk, start, cut)
            asked, start = dict(states), cut
        self._go(walk, start, end)
        unsure = any(lost.get(vote) == "undetermined" for vote in self._in_doubt)
        return RunResult(self._is_true(asked, lost), lost, unsure)

    def before(self, event: str, *, dropped: Collection[str] = _NONE, kept: Collection[str] = _NONE) -> OrgState | None:
        """The organization of an event just before it, in such a world; None where the event does not take effect."""
        number = self.rank[event]
        start = min((self.rank[name] for some in (dropped, kept) for name in some), default=number)
        walk = _Walk(dict(self.states[min(start, number)]), dict(self.losses[min(start, number)]), dropped, kept)
        self._go(walk, start, number)
        state = walk.states[self.steps[number].org]
        self._go(walk, number, number + 1)
        return None if walk.lost.get(event) in ("dropped", "orphaned", "impossible") else state

    def _go(self, walk: "_Walk", start: int, end: int) -> None:
        """Rule on some of the steps in order.  This is the loop in which all the time goes, hence its local names."""
        states, lost, dropped, kept, forced = walk.states, walk.lost, walk.dropped, walk.kept, walk.forced
        for step in self.steps[start:end]:
            name, org = step.id, step.org
            if step.gone or name in dropped:
                lost[name] = "dropped"
            elif lost and step.because and name not in kept and _orphaned(step.because, lost):
                lost[name] = "orphaned"
            else:
                state, event = states[org], step.event
                by_force = forced and name in kept
                if not by_force and step.obstacle(state, event) is not None:
                    lost[name] = "impossible"
                elif step.amends:
                    states[org] = self.memory.amended(state, event)
                elif step.vote is None:
                    states[org] = step.reduce(state, event)
                    if step.count is not None and not by_force:
                        counted = step.count(state, event, None).outcome
                        if counted != "carried":
                            lost[name] = counted
                elif not by_force:
                    ballots = walk.ballots.get(name, _AS_RECORDED)
                    outcome = self.memory.outcome(step.vote, step.ballots, state, ballots)
                    if outcome != "carried":
                        lost[name] = outcome

    def changed(self, *, dropped: str | None = None, ballot: tuple[str, str, Choice] | None = None) -> "Compiled":
        """A world like this one but for one event that is dropped, or one ballot, ready to be changed further."""
        number = self.rank[dropped or (ballot or ("",))[0]]
        step = self.steps[number]
        if ballot is not None and step.vote is not None:
            vote = with_ballot(step.vote, ballot[1], ballot[2])
            step = evolve(step, event=vote, vote=vote, ballots=vote.ballots)
        steps = list(self.steps)
        steps[number] = evolve(step, gone=step.gone or dropped is not None)
        derived = evolve(self, steps=steps, states=self.states[:number], losses=self.losses[:number])
        derived.fill(self.states[number], self.losses[number])
        return derived

    def fill(self, states: Mapping[str, OrgState], lost: Lost) -> None:
        """Go through the steps from the first whose state is not known, and keep the state before each."""
        walk = _Walk(dict(states), dict(lost))
        for number in range(len(self.states), len(self.steps)):
            self.states.append(dict(walk.states))
            self.losses.append(dict(walk.lost))
            self._go(walk, number, number + 1)
        self.states.append(walk.states)
        self.losses.append(walk.lost)

    def _is_true(self, states: Mapping[str, OrgState], lost: Mapping[str, str]) -> bool:
        for term in self.goal.terms:
            if isinstance(term, Verdict):
                if (term.verdict in self.fate(term.event, lost)) is term.negated:
                    return False
            elif not term.true_of(states[term.org]):
                return False
        return True

    def fate(self, event: str, lost: Mapping[str, str]) -> tuple[str, ...]:
        """What can be said of an event: its ruling and, of a vote, its outcome; nothing if the world lacks it."""
        if event not in self.rank:
            return ()
        fate = lost.get(event)
        if fate in ("failed", "undetermined"):
            return ("effective", fate)
        if fate is not None:
            return (fate,)
        return ("effective", "carried") if self.steps[self.rank[event]].is_decided else ("effective",)

    @cached_property
    def recorded(self) -> Mapping[str, Mapping[str, Choice]]:
        """The ballots on record, by vote and director."""
        return {step.id: step.ballots for step in self.steps if step.vote is not None}

    @cached_property
    def _in_doubt(self) -> Sequence[str]:
        """All that is decided by votes, with ballots on record or without, and was not undetermined already."""
        return [step.id for step in self.steps if step.is_decided and step.id not in self.open_votes]

    @cached_property
    def counted_votes(self) -> Sequence[tuple[Vote, OrgState]]:
        """The votes whose ballots were counted in the world as it was, each with its organization just before it."""
        found = ((step.vote, self.states[number][step.org]) for number, step in enumerate(self.steps))
        return [(vote, state) for vote, state in found if vote and self.history.ruling(vote.id).tally is not None]

    @property
    def lost(self) -> Lost:
        """What was lost in the world as it was."""
        return self.losses[-1]

    @property
    def is_true(self) -> bool:
        """Whether the goal is true in the world as it was."""
        return self._is_true(self.states[self.cut], self.lost)


def compiled(
    world: Variant,
    goal: Goal,
    position: int,
    history: History | None = None,
    open_votes: frozenset[str] | None = None,
) -> Compiled:
    """Make a world ready.

    Args:
        position: how many events had taken place when the goal is asked of the state.
        history: the replay of the world, from whoever has it already.
        open_votes: those that were undetermined before the world was changed; None where it was not.
    """
    history = replay(world) if history is None else history
    indexes = cone(history, goal, position)
    steps = [_step(history, world, history.events[index]) for index in indexes]
    orgs = {*(step.org for step in steps), *goal.orgs}
    compiled_case = Compiled(
        history=history,
        goal=goal,
        position=position,
        steps=steps,
        rank={step.id: number for number, step in enumerate(steps)},
        cut=sum(index < position for index in indexes),
        open_votes=_undetermined(history) if open_votes is None else open_votes,
    )
    compiled_case.fill({org: history.log.start(org) if org else NOWHERE for org in orgs}, {})
    return compiled_case


def _undetermined(history: History) -> frozenset[str]:
    return frozenset(
        history.events[i].id for i in history.without_effect if history.rulings[i].outcome == "undetermined"
    )


def _step(history: History, world: Variant, event: Event) -> Step:
    vote = _with_assumed(event, world.ballots.get(event.id, _AS_RECORDED)) if has_ballots(event) else None
    obstacle, reduce, count = steps(event)
    return Step(
        id=event.id,
        event=vote or event,
        org=history.org_of(event) or "",
        because=() if event.id in world.kept else event.because,
        gone=event.id in world.dropped,
        obstacle=obstacle,
        reduce=reduce,
        amends=bool(row(event).amends(event)),
        vote=vote,
        ballots=vote.ballots if vote else _AS_RECORDED,
        count=count,
    )


def _with_assumed(vote: Vote, assumed: Mapping[str, Choice]) -> Vote:
    recorded = vote.ballots
    for person, choice in assumed.items():
        if person not in recorded:
            vote = with_ballot(vote, person, choice)
    return vote


def _orphaned(because: Iterable[Clause], lost: Mapping[str, str]) -> bool:
    """Whether a clause of the reasons has nothing left."""
    for clause in because:
        for cause in clause:
            if cause not in lost:
                break
        else:
            return True
    return False
