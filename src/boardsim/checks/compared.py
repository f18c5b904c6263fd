"""Findings at one instant, and those in which two worlds differ."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from attrs import evolve

from boardsim.checks.base import Finding

EVER = datetime.max.replace(tzinfo=UTC)


def broken_at(findings: Iterable[Finding], at: datetime) -> list[Finding]:
    """What is broken at an instant, with what is the case then; what one event breaks is broken at its own."""
    return [evolve(finding, message=finding.message_at(at)) for finding in findings if _broken(finding, at)]


def _broken(finding: Finding, at: datetime) -> bool:
    if finding.until == finding.since:
        return finding.since == at
    return finding.since <= at < (finding.until or EVER)


def compared(
    found: Sequence[Finding], record: Sequence[Finding], *, at: datetime | None = None
) -> tuple[list[Finding], list[Finding]]:
    """The findings in which a world differs from the record: what is broken there only, and in the record only.

    What begins alike and is mended at another time is found in the world in which it lasts longer, and says so.

    Args:
        at: the instant for which both were found, where the rest of the time does not matter.
    """
    return _only_in(found, record, at), _only_in(record, found, at)


def _only_in(some: Sequence[Finding], others: Sequence[Finding], at: datetime | None) -> list[Finding]:
    if at is not None:
        known = {_case(other) for other in others}
        return [finding for finding in some if _case(finding) not in known]
    ends = {(*_case(other), other.since): other.until or EVER for other in others}
    only = []
    for finding in some:
        end, until = ends.get((*_case(finding), finding.since)), finding.until or EVER
        if end is None:
            only.append(finding)
        elif until > end:
            only.append(evolve(finding, message=f"for longer: {finding.message}"))
    return only


def _case(finding: Finding) -> tuple[str, str, str]:
    return finding.check, finding.org, finding.message
