"""`boardsim.whatif`: the past changed, and replayed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from boardsim.analysis.whatif import Answer as Outcome
from boardsim.checks import How
from boardsim.checks.report import differing
from boardsim.library.answer import Answer
from boardsim.library.case import (
    UNKNOWNS_IGNORED,
    instant_of,
    lies_ahead,
    off_record,
    outcomes,
    require_within,
    scenario_problems,
)
from boardsim.library.opening import Subject, opened
from boardsim.library.when import When, text_of
from boardsim.loading.rules import rules_of
from boardsim.loading.scenarios import LoadedScenario, on_log, require_based_on, with_changes
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.recording.clock import now
from boardsim.recording.notify import Notify, ignore
from boardsim.scenario import AmendBylaws, touched
from boardsim.views.json.whatif import scenarios_json, whatif_json
from boardsim.views.text.findings import in_words
from boardsim.views.words import stamp

Broken = Sequence[tuple[How, str]]


@frozen(kw_only=True)
class WhatIf:
    """What becomes of everything in a scenario.

    Attributes:
        scenario: the scenario, with all that it stands on.
        outcomes: one, or one for each way in which votes can come out that turn on ballots not on record; the last one
            is that in which they fail.
        problems: what is wrong with the files, with the changes, and with what the author expected.
        zone: in which broken rules are told.
    """

    scenario: LoadedScenario
    outcomes: Sequence[Outcome]
    problems: Sequence[Problem]
    zone: ZoneInfo

    @property
    def broken(self) -> Sequence[Broken]:
        """Of each outcome, the rules of governance that are broken otherwise than in the record, in words."""
        return self._rules[0]

    @property
    def unruled(self) -> Sequence[Problem]:
        """Why it is not known by which rules an organization is governed."""
        return self._rules[1]

    @cached_property
    def _rules(self) -> tuple[Sequence[Broken], Sequence[Problem]]:
        return _broken(self.outcomes, self.zone)

    def document(self, at: datetime | None) -> Mapping[str, Any]:
        """`boardsim/whatif/2`."""
        return whatif_json(self.outcomes, self.broken, self.problems, at)


def whatif(case: Subject = None, *changes: str, at: When | None = None, known: When | None = None) -> Answer[WhatIf]:
    """Change the past and replay it: what would have become of everything, and why.

    Args:
        case: a scenario, or a case to be changed, by name, path or opened.
        changes: as `--change` takes them: `'VOTE: DIRECTOR against'`, `'drop EVENT'`, `'keep EVENT'`,
            `'retime EVENT WHEN'`, `'replace EVENT KEY=VALUE'`, `'amend ORG BYLAW=VALUE [from WHEN]'`.
        at: an instant at which to compare who holds what with the record; by default the end, or where that lies ahead
            the last instant on record that is not in the future.
        known: the state of knowledge in which the record and the other world are seen: only what had become public by
            then.  What a scenario's author expects is judged of all that is known by now.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, or a change cannot be made.
    """
    opening = opened(case)
    world = changed(opening.scenario or on_log(opening.root), changes)
    instant = instant_in([world], text_of(at), opening.zone)
    found = asked(world, opening.zone, opening.notify, known_in(text_of(known), opening.zone))
    instant = instant or end_by_now([found], opening.zone, opening.notify)
    return Answer("whatif", found, lambda: found.document(instant), *_wrong([found]))


def whatifs(*cases: Subject, at: When | None = None, known: When | None = None) -> Answer[Sequence[WhatIf]]:
    """Several scenarios side by side, each as `whatif` has it; the one case that `open_case` opens where none is given.

    Raises:
        BoardsimError: as `whatif`.
    """
    openings = [opened(case) for case in cases or (None,)]
    zone = openings[0].zone
    then = known_in(text_of(known), zone)
    worlds = [one.scenario or on_log(one.root) for one in openings]
    require_one_log(worlds)
    found = [asked(world, zone, one.notify, then) for world, one in zip(worlds, openings, strict=True)]
    instant = instant_in([one.scenario for one in found], text_of(at), zone)
    instant = instant or end_by_now(found, zone, openings[0].notify)
    return Answer("whatif", found, lambda: document(found, instant), *_wrong(found))


def require_one_log(worlds: Sequence[LoadedScenario]) -> None:
    """See that all worlds are of one record.

    Raises:
        BoardsimError: one is of another.
    """
    for world in worlds[1:]:
        require_based_on(worlds[0].root.log, world)


def document(found: Sequence[WhatIf], at: datetime | None) -> Mapping[str, Any]:
    """The document of one scenario, or of several."""
    documents = [dict(one.document(at)) for one in found]
    return documents[0] if len(documents) == 1 else scenarios_json(documents)


def _wrong(found: Sequence[WhatIf]) -> tuple[bool, tuple[Problem, ...]]:
    """Whether nothing is wrong, and what is."""
    problems = tuple(problem for one in found for problem in (*one.problems, *one.unruled))
    return not any(problem.severity == "error" for problem in problems), problems


def changed(world: LoadedScenario, changes: Sequence[str], scenario_id: str = "what-if") -> LoadedScenario:
    """A world with the changes that somebody typed.

    Raises:
        BoardsimError: a change cannot be read, or not be made.
    """
    if not changes:
        return world
    found = with_changes(world, changes, scenario_id)
    mistyped = [problem for problem in found.problems if problem not in world.problems]
    if any(problem.severity == "error" for problem in mistyped):
        raise BoardsimError(*mistyped, exit_code=2)
    return found


def instant_in(worlds: Sequence[LoadedScenario], text: str | None, zone: ZoneInfo) -> datetime | None:
    """An instant that the reader typed, which must lie within the horizon of each world.

    Raises:
        BoardsimError: it does not, or cannot be read.
    """
    if text is None:
        return None
    instant = instant_of(text, zone)
    for world in worlds:
        require_within(instant, text, world.horizon, zone)
    return instant


def known_in(text: str | None, zone: ZoneInfo) -> datetime | None:
    """A state of knowledge that the reader typed; None for all that is known by now.

    Raises:
        BoardsimError: it cannot be read.
    """
    return None if text is None else instant_of(text, zone)


def end_by_now(found: Sequence[WhatIf], zone: ZoneInfo, notify: Notify = ignore) -> datetime | None:
    """Where worlds are compared if nobody says: the last instant on record that is not in the future.

    None where nothing lies ahead, or only up to the horizon of the scenario: then it is the end.

    Args:
        notify: is told what lies ahead.
    """
    present = now()
    every = [outcome for one in found for outcome in one.outcomes if outcome.horizon is None]
    histories = [history for outcome in every for history in (outcome.history, outcome.record)]
    ahead = {event.id: event.at for each in histories for event in each.events[each.position(present) :]}
    if not ahead:
        return None
    notify(lies_ahead(len(ahead), max(ahead.values()), zone))
    begun = [(each, count) for each in histories if (count := each.position(present))]
    return max((each.instants[count - 1] for each, count in begun), default=present)


def asked(world: LoadedScenario, zone: ZoneInfo, notify: Notify = ignore, known: datetime | None = None) -> WhatIf:
    """What becomes of everything in a world.

    Args:
        zone: in which broken rules are told.
        notify: is told if what is unknown there is left as it is.
        known: the state of knowledge in which it is seen, and the record with it; what is wrong is told of the whole.

    Raises:
        BoardsimError: too many ballots are not on record.
    """
    if world.uncertain:
        notify(UNKNOWNS_IGNORED)
    whole = outcomes(world)
    found = whole if known is None else outcomes(world, known)
    wrong = scenario_problems(world, whole)
    faulty = {problem.place for problem in wrong}
    idle = (note for note in _without_effect(world, found, zone) if note.place not in faulty)
    return WhatIf(scenario=world, outcomes=found, problems=in_order([*wrong, *idle]), zone=zone)


def _without_effect(world: LoadedScenario, found: Sequence[Outcome], zone: ZoneInfo) -> Iterator[Problem]:
    """Notes of the changes of what is not on record, or not known, in the state of knowledge that was asked for."""
    histories = [history for outcome in found for history in (outcome.record, outcome.history)]
    known = histories[0].known
    for index, change in enumerate(world.scenario.changes):
        space, name, _ = touched(change)
        message = None
        if space == "event" and not any(name in history for history in histories):
            message = f"{off_record(name, histories[0], zone)}; to change it changes nothing"
        elif (
            isinstance(change, AmendBylaws) and change.since is not None and known is not None and change.since > known
        ):
            since, then = stamp(change.since, zone), stamp(known, zone)
            message = f"that the bylaws of '{name}' are others from {since} on was not public by {then}"
            message += "; the change changes nothing"
        if message is not None:
            place = world.scenario.places.get(index)
            yield Problem(code="changes-nothing", message=message, place=place, severity="note")


def _broken(found: Sequence[Outcome], zone: ZoneInfo) -> tuple[list[list[tuple[How, str]]], list[Problem]]:
    """Which rules of governance are broken in each way that a scenario can come out, as far as its rules are known."""
    rules = rules_of(found[0].history.log)
    broken = [
        [
            (how, in_words(finding, outcome.history.log, zone))
            for how, finding in differing(outcome.history, outcome.record, rules)
            if finding.severity != "note"  # nothing is broken by what is only noted
        ]
        for outcome in found
    ]
    return broken, [evolve(problem, severity="warning") for problem in rules.problems]
