"""The kernel: events in, history out.

Walk the events in order.  For each, the first of these that applies is its ruling: *dropped* where a scenario took
it out; *orphaned* where a clause of its reasons has nothing left; *impossible* where its obstacle says so; otherwise
*effective*, and only then the state changes.  Causes lie before effects, so the outcome is unique.  No clock, no
input or output, no global.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from boardsim.events import TIME, Clause, Event, target_of, utc
from boardsim.history import EFFECTIVE, STRIDE, History, Ruling, Timeline, Variant
from boardsim.log import Log
from boardsim.records import as_known
from boardsim.reducers import ANNOUNCED_STEPS, STEPS
from boardsim.state import OrgState
from boardsim.voting import Tally

NOWHERE = OrgState("")
"""The state that an event of no organization meets: nobody holds anything, and nothing is announced."""


def replay(world: Log | Variant, *, known: datetime | None = None) -> History:
    """Fold a log, or a world that a scenario makes of it, into its history.

    Args:
        world: the log; nothing is dropped, kept or assumed then.
        known: the state of knowledge: only what had become public by then is folded.  None for all of it.

    Raises:
        ValueError: `known` has no UTC offset.
    """
    world = world if isinstance(world, Variant) else Variant(log=world)
    known = utc(known)
    fold = Fold(world)
    events = as_known(world.log, known, world.dropped)
    if world.horizon is not None:
        events = events[: bisect_right(events, world.horizon, key=TIME)]
    fold.run(events)
    return fold.history(known, events)


class Fold:
    """A replay under way, from the start or from where another history still holds.

    It is the only thing in the heart that changes: `run` adds to it, `history` freezes what there is.
    """

    def __init__(self, world: Variant, base: History | None = None, start: int = 0) -> None:
        self.world = world
        self.base = base = base if start else None  # before the first event nothing is shared, not even the bylaws
        self.start = start
        self.rulings: list[Ruling] = []
        self.lost_indexes: list[int] = []
        self.lost: dict[str, Ruling] = {}
        if base is not None:
            self.rulings += base.rulings[:start]
            self.lost_indexes += [index for index in base.without_effect if index < start]
            self.lost |= {base.events[index].id: base.rulings[index] for index in self.lost_indexes}
        self.states: dict[str, OrgState] = {}
        self.indexes: dict[str, list[int]] = {}
        self.kept: dict[str, list[OrgState]] = {}
        self.by_id = None if world.log.record_names else world.log.by_id
        self.is_part = False

    def run(self, events: Sequence[Event], view: Sequence[Event] | None = None) -> None:
        """Rule on events in order.  This is the loop in which all the time goes, hence its local names.

        Args:
            view: all events of the view, where there are more before these.
        """
        if self.by_id is None:
            self.by_id = {event.id: event for event in view or events}
        rulings, lost, states, indexes = self.rulings, self.lost, self.states, self.indexes
        dropped, kept = self.world.dropped, self.world.kept
        orphans: dict[Clause, Ruling] = {}
        changes: list[int] = []
        current, state = "", NOWHERE
        start = len(rulings)
        rulings.extend([EFFECTIVE] * len(events))  # as most will be; the others are put in their places
        for index, event in enumerate(events, start):
            if dropped and event.id in dropped:
                self._lose(index, event, DROPPED)
                continue
            if lost and event.because and event.id not in kept and (clause := first_lost(event.because, lost)):
                orphan = orphans.get(clause)  # what follows from one lost reason is told many times over
                if orphan is None:
                    orphan = orphans[clause] = orphaned(clause, lost)
                self._lose(index, event, orphan)
                continue
            org = event.org or self._org_of(event)
            if org != current:
                if org is None:  # words; or a withdrawal of what was never announced
                    nothing = STEPS[type(event)][0](NOWHERE, event)
                    if nothing is not None:
                        self._lose(index, event, Ruling("impossible", obstacle=nothing))
                    continue
                if current:
                    states[current] = state
                current, state = org, states.get(org) or self.open(org)
                changes = indexes[org]
            obstacle, reduce, count = (ANNOUNCED_STEPS if event.status == "announced" else STEPS)[type(event)]
            reason = obstacle(state, event)
            if reason is not None:
                self._lose(index, event, Ruling("impossible", reason))
                continue
            after = reduce(state, event)
            if after is not state:
                state = after
                changes.append(index)
                if not len(changes) % STRIDE:
                    self.kept[current].append(after)
            if count is not None:
                self._decide(index, event, count(state, event, self.world.ballots.get(event.id)))
        if current:
            states[current] = state

    def _lose(self, index: int, event: Event, ruling: Ruling) -> None:
        self.lost[event.id] = ruling
        self.lost_indexes.append(index)
        self.rulings[index] = ruling

    def open(self, org: str) -> OrgState:
        """Take up an organization where the base leaves it, or at its start."""
        past = self.base.timelines.get(org) if self.base else None
        if past is None:
            start = self.world.log.start(org)
            self.states[org], self.indexes[org], self.kept[org] = start, [], [start]
        elif self.base is not None and self.is_part:
            self.states[org] = state = self.base.state_again(org, self.start)
            self.indexes[org], self.kept[org] = [], [state]
        else:
            self.states[org], past = past.at(self.start), past.until(self.start)
            self.indexes[org], self.kept[org] = [*past.indexes], [*past.kept]
        return self.states[org]

    def _org_of(self, event: Event) -> str | None:
        assert self.by_id is not None
        target = self.by_id.get(target_of(event) or "")
        return target.org if target else None

    def _decide(self, index: int, event: Event, tally: Tally) -> None:
        self.rulings[index] = ruling = Ruling("effective", tally=tally)
        if not ruling.is_valid_cause:
            self._lose(index, event, ruling)

    def history(self, known: datetime | None, events: Sequence[Event]) -> History:
        """What has been folded so far: `events` are those of the base before the start and those given to `run`."""
        before = self.base.timelines if self.base else {}
        timelines = {org: past.until(self.start) for org, past in before.items()}
        for org in self.states:
            timelines[org] = Timeline(events=events, indexes=self.indexes[org], kept=self.kept[org])
        return History(
            log=self.world.log,
            world=self.world,
            known=known,
            events=events,
            rulings=self.rulings,
            timelines=timelines,
            without_effect=self.lost_indexes,
        )


DROPPED = Ruling("dropped")
"""The ruling of every event that a scenario takes out."""


def first_lost(because: Iterable[Clause], lost: Mapping[str, Ruling]) -> Clause | None:
    """The first clause of which no event is left; an event outside the view is never lost."""
    for clause in because:
        for cause in clause:
            if cause not in lost:
                break
        else:
            return clause
    return None


def orphaned(clause: Clause, lost: Mapping[str, Ruling]) -> Ruling:
    """The ruling of an event that nobody had a reason for any more, because every event of a clause is lost."""
    uncarried = tuple([cause for cause in clause if lost[cause].tally is not None])
    undetermined = tuple([cause for cause in uncarried if lost[cause].outcome == "undetermined"])
    return Ruling("orphaned", clause=clause, uncarried=uncarried, undetermined=undetermined)
