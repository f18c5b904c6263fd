"""The kernel: events in, history out.

Walk the events in order.  For each, the first of these that applies is its ruling: *orphaned* where a clause of its
motives has nothing left; *impossible* where its obstacle says so; otherwise *effective*, and only then the state
changes.  Causes lie before effects, so the outcome is unique.  No clock, no input or output, no global.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from boardsim.bylaws import tally
from boardsim.events import Choice, Clause, Event, Retract, Vote, utc
from boardsim.history import EFFECTIVE, STRIDE, History, Ruling, Timeline
from boardsim.log import Log
from boardsim.reducers import ANNOUNCED, Reason
from boardsim.reducers import EFFECTIVE as PAIRS
from boardsim.state import OrgState

Ballots = Mapping[str, Mapping[str, Choice]]
"""Ballots assumed for directors who have none on record, by vote and director."""


def replay(log: Log, *, known: datetime | None = None, ballots: Ballots | None = None) -> History:
    """Fold a log into its history.

    Args:
        known: the state of knowledge: only what had become public by then is folded.  None for all of it.
        ballots: assumed ballots; without them a vote that turns on an unrecorded ballot is not carried.

    Raises:
        ValueError: `known` has no UTC offset.
    """
    known = utc(known)
    fold = Fold(log, ballots or {})
    events = as_known(log.events, known)
    fold.run(events)
    return fold.history(known, events)


def as_known(events: Sequence[Event], known: datetime | None) -> Sequence[Event]:
    """The events that were public at `known`, less those whose record had been retracted by then.

    A retraction may itself be retracted, by one that became known later; of two that became known at once, the
    later in the log counts as the later.
    """
    public = events if known is None else [event for event in events if event.known <= known]
    retractions = sorted((e for e in public if isinstance(e, Retract)), key=lambda event: event.known)
    wrong: set[str] = set()
    for retraction in reversed(retractions):
        if retraction.id not in wrong:
            wrong.add(retraction.event)
    return [event for event in public if event.id not in wrong] if wrong else public


class Fold:
    """A replay under way.

    It is the only thing in the heart that changes: `run` adds to it, `history` freezes what there is.
    """

    def __init__(self, log: Log, ballots: Ballots | None = None) -> None:
        self.log = log
        self.ballots = ballots or {}
        self.rulings: list[Ruling] = []
        self.lost: set[str] = set()  # events that cannot be a motive: without effect, or votes that did not carry
        self.states: dict[str, OrgState] = {}
        self.indexes: dict[str, list[int]] = {}
        self.kept: dict[str, list[OrgState]] = {}

    def run(self, events: Iterable[Event]) -> None:
        """Rule on events in order.  This is the loop in which all the time goes, hence its local names."""
        rulings, lost, states, indexes = self.rulings, self.lost, self.states, self.indexes
        for event in events:
            if lost and event.because and (clause := first_lost(event.because, lost)):
                self._lose(event, orphaned(clause))
                continue
            org = event.org or self._org_of(event)
            if org is None:
                rulings.append(EFFECTIVE)
                continue
            state = states.get(org) or self._open(org)
            obstacle, reduce = (ANNOUNCED if event.status == "announced" else PAIRS)[type(event)]
            reason = obstacle(state, event)
            if reason is not None:
                self._lose(event, Ruling("impossible", reason))
                continue
            after = reduce(state, event)
            if after is not state:
                states[org] = after
                changes = indexes[org]
                changes.append(len(rulings))
                if not len(changes) % STRIDE:
                    self.kept[org].append(after)
            if type(event) is Vote:
                self._count(state, event)
            else:
                rulings.append(EFFECTIVE)

    def _lose(self, event: Event, ruling: Ruling) -> None:
        self.rulings.append(ruling)
        self.lost.add(event.id)

    def _open(self, org: str) -> OrgState:
        start = self.log.start(org)
        self.states[org], self.indexes[org], self.kept[org] = start, [], [start]
        return start

    def _org_of(self, event: Any) -> str | None:
        target = self.log.by_id.get(getattr(event, "event", None) or "")
        return target.org if target else None

    def _count(self, state: OrgState, vote: Vote) -> None:
        assumed = self.ballots.get(vote.id)
        count = tally(state.bylaws, vote, sitting=state.directors, chair=state.caster, assumed=assumed)
        self.rulings.append(Ruling("effective", tally=count))
        if count.outcome != "carried":
            self.lost.add(vote.id)

    def history(self, known: datetime | None, events: Sequence[Event]) -> History:
        """What has been folded so far: `events` are those that were given to `run`."""
        timelines = {org: Timeline(events, self.indexes[org], self.kept[org]) for org in self.states}
        return History(self.log, known, events, self.rulings, [event.at for event in events], timelines)


def first_lost(because: Iterable[Clause], lost: set[str]) -> Clause | None:
    """The first clause of which no event is left; an event outside the view is never lost."""
    for clause in because:
        if all(cause in lost for cause in clause):
            return clause
    return None


def orphaned(clause: Clause) -> Ruling:
    """The ruling of an event that nobody had a reason for any more."""
    one_of = "none of " if len(clause) > 1 else ""
    text = f"its motive is gone: {one_of}{', '.join(clause)} {'took' if one_of else 'did not take'} effect"
    return Ruling("orphaned", Reason("motive-gone", text, clause), clause=clause)
