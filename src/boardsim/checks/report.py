"""What the checks find in a history, with places; of a what-if, what differs from the record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import evolve, frozen

from boardsim.bylaws import DIRECTOR
from boardsim.checks import available
from boardsim.checks.check import Finding
from boardsim.checks.comparison import WORSE, How, broken_at, compared
from boardsim.checks.doubt import with_doubt
from boardsim.checks.run import ConfiguredCheck, run
from boardsim.checks.waivers import concerns, waived, waived_at
from boardsim.events import Vote
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem, rank
from boardsim.traits import has_ballots

Reported = tuple[Problem, Finding]
"""A finding, and the problem with a place as which it is reported."""


@frozen
class Rules:
    """What the organizations of a log are checked against.

    Attributes:
        uses: by organization; one whose profile cannot be used has none, and is not checked.
        problems: what is wrong with the profiles that the log names.
        remarks: what the profiles say of roles that the log does not know.
        is_own: whether they are all the rules that the log itself names.
    """

    uses: Mapping[str, Sequence[ConfiguredCheck]]
    problems: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()
    is_own: bool = False


def findings(history: History, rules: Rules, at: datetime | None = None) -> list[Finding]:
    """The findings in a history.

    Args:
        at: only what is broken at this instant.
    """
    found = with_doubt(run(history, rules.uses), history, rules.uses)
    return found if at is None else broken_at(found, at)


def differing(history: History, record: History, rules: Rules, at: datetime | None = None) -> list[tuple[How, Finding]]:
    """The findings in which a world differs from the record.

    A ballot that the record has by right is no fault of a world in which its voter never came to sit, by consequence of
    what was changed: nobody cast it there.

    Args:
        at: only what is broken at this instant.
    """
    return [
        (how, finding)
        for how, finding in compared(findings(history, rules, at), findings(record, rules, at), at=at)
        if not (how == "new" and _is_of_cascade(finding, history, record))
    ]


def _is_of_cascade(finding: Finding, history: History, record: History) -> bool:
    """Whether it finds fault with ballots of the record, whose voters lost the seat as a consequence alone."""
    check, vote = available().get(finding.check), finding.event
    return (
        check is not None
        and check.is_of_record
        and vote is not None
        and has_ballots(vote)
        and record.event(vote.id) == vote
        and _unseated(vote, history, record) <= {"orphaned", "impossible"}
    )


def _unseated(vote: Vote, history: History, record: History) -> set[str]:
    """What became of the appointments by which the record has those sit who have a ballot and no seat here."""
    here = history.state(vote.org, history.index(vote.id)).directors
    there = record.state(vote.org, record.index(vote.id))
    openings = (there.held(person, DIRECTOR) for person in vote.ballots if person not in here)
    return {history.ruling(one.id).kind if one and one.id in history else "dropped" for one in openings}


def report(
    history: History, rules: Rules, at: datetime | None = None, *, record: History | None = None
) -> list[Reported]:
    """Where rules are broken, by place; of the record, with what is waived.

    Args:
        at: only what is broken at this instant.
        record: for a what-if, the record, so that only what differs from it is reported.
    """
    log = history.log
    if record is None:
        return _by_place((as_problem(finding, log), finding) for finding in _of_record(history, rules, at))
    differences = [
        (how, _beside_the_record(how, as_problem(finding, log)), finding)
        for how, finding in differing(history, record, rules, at)
    ]
    worse = _by_place((problem, finding) for how, problem, finding in differences if how in WORSE)
    return worse + _by_place((problem, finding) for how, problem, finding in differences if how not in WORSE)


def _of_record(history: History, rules: Rules, at: datetime | None) -> list[Finding]:
    found = waive(findings(history, rules), history)
    return found if at is None else [*waived_at(broken_at(found, at), at)]


def waive(found: Iterable[Finding], history: History) -> list[Finding]:
    """The findings of the record, each with the waivers that concern it."""
    waivers = history.log.waivers
    return [*waived(found, waivers, history.instants[-1])] if history.instants else [*found]


def idle_waivers(history: History, rules: Rules) -> Iterator[Problem]:
    """Waivers of nothing, as far as the rules are asked for that they are about."""
    if not history.log.waivers or not history.instants:
        return
    found = findings(history, rules)
    for waiver in history.log.waivers:
        names = {use.check.name for use in rules.uses.get(waiver.org, ())}
        if any(concerns(waiver, finding) for finding in found):
            continue
        if waiver.check in names or (rules.is_own and waiver.check in available()):
            asked = waiver.check in names
            message = f"the waiver of '{waiver.check}' at '{waiver.org}' waives nothing"
            hint = "the rule is not broken in its time" if asked else "the organization is not held to that rule"
            place = waiver.locator.place(("check",)) if waiver.locator else waiver.place
            yield Problem(
                code="waives-nothing", message=message, hint=hint, place=place, org=waiver.org, severity="note"
            )


def _by_place(found: Iterable[Reported]) -> list[Reported]:
    return sorted(found, key=lambda one: rank(one[0]))


def _beside_the_record(how: How, problem: Problem) -> Problem:
    """What is worse than in the record is as grave as it is; what is better is worth a note."""
    words = {"new": "", "extended": "for longer: ", "shortened": "remedied sooner: ", "resolved": "no longer: "}[how]
    return evolve(problem, message=words + problem.message, severity=problem.severity if how in WORSE else "note")


def as_problem(finding: Finding, log: Log) -> Problem:
    """A finding with a place, like the problems of the log."""
    event, waived = finding.event, "waived: " if finding.is_waived else ""
    return Problem(
        code=finding.check,
        message=f"{waived}{log.org_name(finding.org)}: {finding.message}",
        hint=finding.required,
        place=log.place_of(event) if event else None,
        severity="note" if finding.is_waived else finding.severity,
        event=event.id if event else None,
        org=finding.org,
        since=finding.since,
        until=finding.until,
    )
