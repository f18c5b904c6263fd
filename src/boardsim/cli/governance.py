"""The governance checks of a case, as its reader asks for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.checks import Check, Finding, Use, available, run
from boardsim.formats.profiles import DEFAULT, load_profile, only
from boardsim.history import History
from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.views.words import stamp


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
    return found if at is None else [finding for finding in found if _broken_at(finding, at)]


def only_in(some: Iterable[Finding], others: Iterable[Finding]) -> list[Finding]:
    """Those findings that are not among the others: the same rule, broken in the same way by the same event."""
    known = {_key(finding) for finding in others}
    return [finding for finding in some if _key(finding) not in known]


def _key(finding: Finding) -> tuple[object, ...]:
    return (finding.check, finding.org, finding.message, finding.since, finding.until)


def _uses(profile: str, names: Sequence[str], checks: Mapping[str, Check]) -> Sequence[Use]:
    loaded = load_profile(profile, checks)
    return (only(loaded, names, checks) if names else loaded).uses


def _broken_at(finding: Finding, at: datetime) -> bool:
    """Whether it is so at that instant; what one event breaks is so at its own."""
    if finding.until is None or finding.until == finding.since:
        return finding.since <= at if finding.until is None else finding.since == at
    return finding.since <= at < finding.until


def as_problem(finding: Finding, log: Log, zone: ZoneInfo) -> Problem:
    """A finding with a place, to be reported among the problems of the log."""
    event = finding.event
    name = log.name(finding.org)
    return Problem(
        code=finding.check,
        message=f"{name}: {finding.message}{_when(finding, zone)}",
        hint=f"{finding.required} ({finding.source})",
        place=log.places.get(event.id) if event else None,
        severity=finding.severity,
        event=event.id if event else None,
        org=finding.org,
        since=finding.since,
        until=finding.until,
    )


def _when(finding: Finding, zone: ZoneInfo) -> str:
    """From when until when, and what mended it."""
    if finding.until == finding.since:
        return f", {stamp(finding.since, zone)}"
    since = f", from {stamp(finding.since, zone)}"
    if finding.until is None:
        return f"{since} on"
    mended = f", mended by '{finding.mended.id}'" if finding.mended else ""
    return f"{since} until {stamp(finding.until, zone)}{mended}"
