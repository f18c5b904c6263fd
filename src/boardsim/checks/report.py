"""What the checks find in a history, with places; of a what-if, what differs from the record."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from attrs import evolve, frozen

from boardsim.checks.check import Finding
from boardsim.checks.comparison import WORSE, How, broken_at, compared
from boardsim.checks.run import ConfiguredCheck, run
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem, rank

Reported = tuple[Problem, Finding]
"""A finding, and the problem with a place as which it is reported."""


@frozen
class Rules:
    """What the organizations of a log are checked against.

    Attributes:
        uses: by organization; one whose profile cannot be used has none, and is not checked.
        problems: what is wrong with the profiles that the log names.
        remarks: what the profiles say of roles that the log does not know.
    """

    uses: Mapping[str, Sequence[ConfiguredCheck]]
    problems: Sequence[Problem] = ()
    remarks: Sequence[Problem] = ()


def findings(history: History, rules: Rules, at: datetime | None = None) -> list[Finding]:
    """The findings in a history.

    Args:
        at: only what is broken at this instant.
    """
    found = run(history, rules.uses)
    return found if at is None else broken_at(found, at)


def report(
    history: History, rules: Rules, at: datetime | None = None, *, record: History | None = None
) -> list[Reported]:
    """Where rules are broken, by place.

    Args:
        at: only what is broken at this instant.
        record: for a what-if, the record, so that only what differs from it is reported.
    """
    found, log = findings(history, rules, at), history.log
    if record is None:
        return _by_place((as_problem(finding, log), finding) for finding in found)
    differences = [
        (how, _beside_the_record(how, as_problem(finding, log)), finding)
        for how, finding in compared(found, findings(record, rules, at), at=at)
    ]
    worse = _by_place((problem, finding) for how, problem, finding in differences if how in WORSE)
    return worse + _by_place((problem, finding) for how, problem, finding in differences if how not in WORSE)


def _by_place(found: Iterable[Reported]) -> list[Reported]:
    return sorted(found, key=lambda one: rank(one[0]))


def _beside_the_record(how: How, problem: Problem) -> Problem:
    """What is worse than in the record is as grave as it is; what is better is worth a note."""
    words = {"new": "", "extended": "for longer: ", "shortened": "remedied sooner: ", "resolved": "no longer: "}[how]
    return evolve(problem, message=words + problem.message, severity=problem.severity if how in WORSE else "note")


def as_problem(finding: Finding, log: Log) -> Problem:
    """A finding with a place, like the problems of the log."""
    event = finding.event
    return Problem(
        code=finding.check,
        message=f"{log.name(finding.org)}: {finding.message}",
        hint=finding.required,
        place=log.place_of(event) if event else None,
        severity=finding.severity,
        event=event.id if event else None,
        org=finding.org,
        since=finding.since,
        until=finding.until,
    )
