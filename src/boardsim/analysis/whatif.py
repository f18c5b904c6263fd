"""What if: a scenario's world beside the record, with a reason for everything that is different.

The record is the log as it was replayed.  What the scenario's world did not do, what it did instead, how each vote was
counted again, who holds what in the end: all of it is the difference of two histories.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from itertools import dropwhile
from typing import Any

from attrs import evolve, frozen

from boardsim.analysis.ballots import Assumption, worlds
from boardsim.audits import check_assertion, unsound
from boardsim.certainty import Doubts, doubts, last_instant
from boardsim.events import BALLOT_FIELDS, Event
from boardsim.history import History, Ruling
from boardsim.log import Assertion
from boardsim.problems import Place, Problem
from boardsim.scenario import AmendBylaws, Ballot, Branched, Replace, Scenario, bylaw_names, touched
from boardsim.traits import is_counted, moves, row


@frozen(kw_only=True)
class RulingChange:
    """What became of one event in both worlds; None where it is not there."""

    event: Event
    before: Ruling | None
    after: Ruling


@frozen(kw_only=True)
class Difference:
    """Who holds a role in the record and in the scenario's world; ids, sorted."""

    org: str
    role: str
    actual: tuple[str, ...]
    scenario: tuple[str, ...]


@frozen(kw_only=True)
class Answer:
    """One world that a scenario leads to.

    Attributes:
        assumed: how the votes came out that turn on ballots which are not on record.
        record: the history of the log.
        history: the history of this world.
        added: the ids of the scenario's own events.
        since: the instant of the first event that differs.
        horizon: the last instant of which this world says anything; None where there is none.
    """

    scenario: Scenario
    assumed: tuple[Assumption, ...]
    record: History
    history: History
    added: frozenset[str]
    since: datetime
    horizon: datetime | None = None

    def _pairs(self) -> Iterator[RulingChange]:
        """The events that can differ, in order."""
        for index in range(self.history.before(self.since), len(self.history.events)):
            event = self.history.events[index]
            before = self.record.ruling(event.id) if event.id in self.record else None
            yield RulingChange(event=event, before=before, after=self.history.rulings[index])

    def ruling_changes(self) -> Iterator[RulingChange]:
        """The events that came out otherwise than in the record, and those that are new, in order."""
        return (fate for fate in self._pairs() if fate.before is None or fate.before.verdict != fate.after.verdict)

    def votes(self) -> Iterator[RulingChange]:
        """The votes that were counted otherwise than in the record, whatever came of it."""
        votes = (fate for fate in self._pairs() if is_counted(fate.event))
        return (fate for fate in votes if fate.before is None or fate.before.tally != fate.after.tally)

    def unexplained(self) -> list[Event]:
        """Events that move a tenure and stayed only because no reason of theirs is declared.

        They come after the first event that differs from the record: of what lay before it, nothing could have gone.
        """
        after = dropwhile(self._is_recorded, self._pairs())
        return [
            fate.event
            for fate in after
            if fate.after.kind == "effective"
            and not fate.event.because
            and moves(fate.event)
            and self._is_recorded(fate)
        ]

    def _is_recorded(self, fate: RulingChange) -> bool:
        """Whether an event is what it is in the record, and came out, or was counted, as it was there."""
        return fate.before == fate.after and self.record.events[self.record.index(fate.event.id)] == fate.event

    def differences(self, at: datetime | None = None) -> list[Difference]:
        """Who holds what otherwise than in the record, at an instant, or in the end."""
        found = []
        for org in self.history.log.orgs:
            sides = [
                side.state(org.id) if at is None else side.state_at(org.id, at) for side in (self.record, self.history)
            ]
            roles = dict.fromkeys(role for side in sides for role, _ in side.tenures())
            for role in roles:
                actual, scenario = (tuple(sorted(side.occupants(role))) for side in sides)
                if actual != scenario:
                    found.append(Difference(org=org.id, role=role, actual=actual, scenario=scenario))
        return found

    def bylaws(self, at: datetime | None = None) -> list[tuple[str, str, Any, Any]]:
        """The bylaws that say something else in this world: organization, name, and what they say in fact and here."""
        found = []
        for org in self.history.log.orgs:
            actual, here = (
                (side.state(org.id) if at is None else side.state_at(org.id, at)).bylaws
                for side in (self.record, self.history)
            )
            found += [(org.id, *difference) for difference in actual.differing(here)]
        return found

    def doubts(self, at: datetime | None = None, events: Iterable[str] = ()) -> Doubts:
        """What is not sure of who holds what otherwise, in either world, and of these events.

        Args:
            at: the instant; the end of either world where it is not said.
        """
        roles: dict[str, list[str]] = {}
        for difference in self.differences(at):
            roles.setdefault(difference.org, []).append(difference.role)
        named, found = list(events), Doubts()
        for side in (self.record, self.history):
            found |= doubts(side, at or self.horizon or last_instant(side), roles, named)
        return found

    def broken(self) -> list[Problem]:
        """What the scenario's author expects and this world does not hold."""
        problems = [p for assertion in self.scenario.assertions for p in self._asserted(assertion)]
        return [*problems, *self._unexpected()]

    def _asserted(self, assertion: Assertion) -> Iterator[Problem]:
        if self.horizon is None or assertion.at <= self.horizon:
            return check_assertion(assertion, self.history)
        place = assertion.locator.place(("at",)) if assertion.locator else assertion.place
        return iter([_beyond("this assertion", place)])

    def is_beyond(self, event: str) -> bool:
        """Whether an event lies beyond the horizon, so that nothing is said of it."""
        found = self.history.log.by_id.get(event)
        return found is not None and self.horizon is not None and found.at > self.horizon

    def _unexpected(self) -> Iterator[Problem]:
        for expectation in self.scenario.expectations:
            if self.is_beyond(expectation.event):
                yield _beyond(f"'{expectation.event}'", expectation.place)
                continue
            if expectation.event not in self.history:
                message = f"'{expectation.event}' is not there, not {expectation.ruling}: its record is retracted"
                yield Problem(
                    code="broken-expectation", message=message, place=expectation.place, event=expectation.event
                )
                continue
            ruling = self.history.ruling(expectation.event)
            if expectation.ruling not in (ruling.kind, ruling.outcome):
                why = f": {ruling.grounds}" if ruling.grounds else ""
                yield Problem(
                    code="broken-expectation",
                    message=f"'{expectation.event}' is {ruling.verdict}, not {expectation.ruling}{why}",
                    place=expectation.place,
                    event=expectation.event,
                )


def _beyond(what: str, place: Place | None, event: str | None = None) -> Problem:
    """The problem of what a scenario says of the time after its horizon."""
    message, hint = f"{what} lies beyond the scenario's horizon", "move the horizon, or take it out"
    return Problem(code="beyond-horizon", message=message, hint=hint, place=place, event=event)


def answers(record: History, scenario: Scenario, branched: Branched) -> list[Answer]:
    """The worlds that a scenario leads to: one, or one for each way in which its open votes can come out.

    Args:
        record: the replay of the log at the root of the scenario's bases.
        branched: the scenario applied to its base.

    Raises:
        BoardsimError: too many ballots are not on record.
    """
    return [
        Answer(
            scenario=scenario,
            assumed=assumed,
            record=record,
            history=history,
            added=branched.added,
            since=branched.since,
            horizon=branched.world.horizon,
        )
        for assumed, history in worlds(record, branched.since, branched.world)
    ]


def wrong(found: Iterable[Answer]) -> list[Problem]:
    """All that is wrong with a scenario in the worlds that it leads to, each thing once.

    An event of its own may lack its reason in one of several worlds, but not in all.
    """
    found = list(found)
    kinds = [{id_: answer.history.ruling(id_).kind for id_ in _own(answer)} for answer in found]
    conditional = {id_ for each in kinds for id_ in each if any(other.get(id_) != "orphaned" for other in kinds)}
    problems = (p for answer in found for p in (*faults(answer, conditional), *answer.broken()))
    return list(dict.fromkeys(problems))


def _own(answer: Answer) -> list[str]:
    """The scenario's own events, in order; those of the scenarios that it is based on may be undone by it."""
    return [event.id for event in answer.scenario.events if event.id in answer.history]


def faults(answer: Answer, conditional: Container[str] = ()) -> Iterator[Problem]:
    """What is wrong with a scenario in its own world: an event of its own that cannot be, or gives a term that is
    over before it begins; a ballot of a stranger.

    Args:
        conditional: events that may be without a reason here, because they have one in another of its worlds.
    """
    for own in answer.scenario.events:
        if answer.is_beyond(own.id):
            yield _beyond(f"the scenario's own event '{own.id}'", answer.history.log.places.get(own.id), own.id)
    yield from _changes_beyond(answer)
    for event in _own(answer):
        ruling = answer.history.ruling(event)
        if ruling.reason is not None and not (ruling.kind == "orphaned" and event in conditional):
            message = f"the scenario's own event '{event}' cannot happen in its world: {ruling.reason.text}"
            place = answer.history.log.places.get(event)
            hint = standing(answer.history, answer.history.index(event))
            yield Problem(code="scenario-impossible", message=message, hint=hint, place=place, event=event)
        yield from unsound(answer.history, answer.history.index(event))
    for number, change in enumerate(answer.scenario.changes):
        place = answer.scenario.places.get(number)
        if isinstance(change, Ballot):
            yield from _strangers(answer, change.vote, (change.director,), place)
        if isinstance(change, Replace):
            yield from _replaced_wrongly(answer, change, place)
        if isinstance(change, AmendBylaws):
            yield from _overridden(answer, change, place)


def _changes_beyond(answer: Answer) -> Iterator[Problem]:
    """The changes of which nothing is seen: what they touch lies beyond the horizon, on record and in this world."""
    if answer.horizon is None:
        return
    for number, change in enumerate(answer.scenario.changes):
        place = answer.scenario.places.get(number)
        if isinstance(change, AmendBylaws):
            if change.since is not None and change.since > answer.horizon:
                yield _beyond(f"the amendment of the bylaws of '{change.org}'", place)
            continue
        event = touched(change)[1]
        recorded = answer.record.log.by_id.get(event)
        if answer.is_beyond(event) and (recorded is None or recorded.at > answer.horizon):
            yield _beyond(f"the change of '{event}'", place, event)


def _overridden(answer: Answer, change: AmendBylaws, place: Place | None) -> Iterator[Problem]:
    """The log's own amendments by which a change of the bylaws does not last: those at its instant come after it."""
    history, names = answer.history, {*bylaw_names(change.changes)}
    for index in range(history.before(change.since) if change.since else 0, len(history.events)):
        event = history.events[index]
        anew = names & {*bylaw_names(row(event).amends(event))} if event.org == change.org else set()
        if anew and event.id in answer.record and history.rulings[index].kind == "effective":
            at_once = event.at == change.since
            lasts = (
                "at that instant, so that the change has no effect" if at_once else "later, and the change ends there"
            )
            message = f"'{event.id}' sets {', '.join(sorted(anew))} anew {lasts}"
            hint = f"drop '{event.id}', or change the bylaws from a later instant on"
            yield Problem(
                code="overridden-change", message=message, hint=hint, place=place, event=event.id, severity="note"
            )


def _strangers(answer: Answer, vote: str, people: Iterable[str], place: Place | None) -> Iterator[Problem]:
    """Those of whom a scenario says how they vote, and who have no ballot in that vote."""
    history = answer.history
    counted = history.ruling(vote).tally if vote in history else None
    excluded = dict(counted.excluded) if counted is not None else {}
    for person in (person for person in people if excluded.get(person) in ("not in office", "suspended")):
        why = "they are suspended" if excluded[person] == "suspended" else "they do not sit on the board"
        message = f"{person} has no ballot in '{vote}': {why} then"
        hint = standing(history, history.index(vote))
        yield Problem(code="no-such-ballot", message=message, hint=hint, place=place, event=vote)


def _replaced_wrongly(answer: Answer, change: Replace, place: Place | None) -> Iterator[Problem]:
    """What a log refuses of an event that has other values here, and has no such problem in the record."""
    history, record = answer.history, answer.record
    if change.event not in history:
        return
    index, known = history.index(change.event), set[str]()
    if change.event in record:
        known = {problem.code for problem in unsound(record, record.index(change.event))}
    yield from (evolve(one, place=place) for one in unsound(history, index) if one.code not in known)
    recorded = getattr(record.log.by_id.get(change.event), "ballots", {})
    new = [person for key in BALLOT_FIELDS.values() for person in change.values.get(key, ()) if person not in recorded]
    yield from _strangers(answer, change.event, new, place)


def standing(history: History, index: int) -> str:
    """Who held what at an organization just before an event, in a line."""
    org = history.org_of(history.events[index])
    if org is None:
        return ""
    roles = [(role, held) for role, held in history.state(org, index).seats.items()]
    seated = "; ".join(f"{role}: {', '.join(held)}" for role, held in roles) or "nobody holds anything"
    return f"just before it, at {org}: {seated}"
