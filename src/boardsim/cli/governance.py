"""The governance checks of a case, as its reader asks for them."""

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve

from boardsim.checks import WORSE, Finding, How, broken_at, compared, run
from boardsim.cli.opened import Opened
from boardsim.history import History
from boardsim.loading.rules import Rules
from boardsim.log import Log
from boardsim.problems import Problem, rank


def findings(history: History, rules: Rules, at: datetime | None = None) -> list[Finding]:
    """The findings in a history.

    Args:
        at: only what is broken at this instant.
    """
    found = run(history, rules.uses)
    return found if at is None else broken_at(found, at)


Told = tuple[Problem, Finding]
"""A finding, and the problem with a place as which the reader is told of it."""


def told(opened: Opened, rules: Rules, at: str | None) -> list[Told]:
    """Where rules are broken, by place; in a scenario, only where it differs from the record.

    Raises:
        BoardsimError: there is no such instant.
    """
    history = opened.world()
    instant = opened.point(history, at)[1] if at else None
    found = findings(history, rules, instant)
    if opened.scenario is None:
        return _by_place((as_problem(finding, opened.log), finding) for finding in found)
    record = findings(opened.record(), rules, instant)
    differences = [
        (how, _beside_the_record(how, as_problem(finding, opened.log)), finding)
        for how, finding in compared(found, record, at=instant)
    ]
    worse = _by_place((problem, finding) for how, problem, finding in differences if how in WORSE)
    return worse + _by_place((problem, finding) for how, problem, finding in differences if how not in WORSE)


def _by_place(found: Iterable[Told]) -> list[Told]:
    return sorted(found, key=lambda one: rank(one[0]))


def _beside_the_record(how: How, problem: Problem) -> Problem:
    """What is worse than in the record is as grave as it is; what is better is worth a note."""
    words = {"gained": "", "longer": "for longer: ", "sooner": "mended sooner: ", "lost": "no longer: "}[how]
    return evolve(problem, message=words + problem.message, severity=problem.severity if how in WORSE else "note")


def as_problem(finding: Finding, log: Log) -> Problem:
    """A finding with a place, like the problems of the log."""
    event = finding.event
    return Problem(
        code=finding.check,
        message=f"{log.name(finding.org)}: {finding.message}",
        hint=finding.required,
        place=log.places.get(event.id) if event else None,
        severity=finding.severity,
        event=event.id if event else None,
        org=finding.org,
        since=finding.since,
        until=finding.until,
    )
