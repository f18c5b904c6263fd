"""The governance checks of a case, as its reader asks for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from attrs import evolve

from boardsim.checks import Check, Finding, Use, available, broken_at, compared, run
from boardsim.cli.opened import Opened
from boardsim.formats.profiles import DEFAULT, load_profile, only
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem, rank


def findings(
    history: History, *, profile: str | None = None, names: Sequence[str] = (), at: datetime | None = None
) -> list[Finding]:
    """The findings in a history: of each organization's own profile, or of the one that the reader names.

    Args:
        names: the checks that the reader wants; all of the profile where there are none.
        at: only what is broken at this instant.

    Raises:
        BoardsimError: there is no such profile or check.
    """
    checks = available()
    uses = {org.id: _uses(profile or org.profile or DEFAULT, names, checks) for org in history.log.orgs}
    found = run(history, uses)
    return found if at is None else broken_at(found, at)


def _uses(profile: str, names: Sequence[str], checks: Mapping[str, Check]) -> Sequence[Use]:
    loaded = load_profile(profile, checks)
    return (only(loaded, names, checks) if names else loaded).uses


Told = tuple[Problem, Finding]
"""A finding, and the problem with a place as which the reader is told of it."""


def told(opened: Opened, names: Sequence[str], profile: str | None, at: str | None) -> list[Told]:
    """Where rules are broken, by place; in a scenario, only where it differs from the record.

    Raises:
        BoardsimError: there is no such profile, check or instant.
    """
    history = opened.world()
    instant = opened.point(history, at)[1] if at else None
    found = findings(history, profile=profile, names=names, at=instant)
    if opened.scenario is None:
        return _by_place((as_problem(finding, opened.log), finding) for finding in found)
    record = findings(opened.record(), profile=profile, names=names, at=instant)
    gained, lost = compared(found, record, at=instant)
    return [
        *_by_place((as_problem(finding, opened.log), finding) for finding in gained),
        *_by_place((_no_longer(as_problem(finding, opened.log)), finding) for finding in lost),
    ]


def _by_place(found: Iterable[Told]) -> list[Told]:
    return sorted(found, key=lambda one: rank(one[0]))


def _no_longer(problem: Problem) -> Problem:
    return evolve(problem, message=f"no longer: {problem.message}", severity="note")


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
