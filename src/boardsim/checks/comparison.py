"""Findings at one instant, and those in which two worlds differ."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, get_args

from attrs import evolve

from boardsim.checks.check import Finding

EVER = datetime.max.replace(tzinfo=UTC)


def broken_at(findings: Iterable[Finding], at: datetime) -> list[Finding]:
    """What is broken at an instant, with what is the case then; what one event breaks is broken at its own."""
    return [evolve(finding, message=finding.message_at(at)) for finding in findings if _broken(finding, at)]


def _broken(finding: Finding, at: datetime) -> bool:
    if finding.until == finding.since:
        return finding.since == at
    return finding.since <= at < (finding.until or EVER)


How = Literal["new", "extended", "shortened", "resolved"]
"""Of a finding, beside the record: broken only here, remedied later or sooner than there, broken only there."""

HOW: tuple[How, ...] = get_args(How)

WORSE: tuple[How, ...] = ("new", "extended")
"""How a world can be worse than the record."""


def compared(
    found: Sequence[Finding], record: Sequence[Finding], *, at: datetime | None = None
) -> list[tuple[How, Finding]]:
    """The findings in which a world differs from the record; those that are `resolved` are the record's.

    Args:
        at: the instant for which both were found, where the rest of the time does not matter.
    """
    same = _at_once if at is not None else _from_then_on
    here, there = ({same(finding): finding for finding in findings} for findings in (found, record))
    new: list[tuple[How, Finding]] = [("new", finding) for case, finding in here.items() if case not in there]
    resolved: list[tuple[How, Finding]] = [("resolved", finding) for case, finding in there.items() if case not in here]
    both = [] if at is not None else [(finding, there[case]) for case, finding in here.items() if case in there]
    return [*new, *((_lasts(one, other), one) for one, other in both if one.until != other.until), *resolved]


def _at_once(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same in two worlds at one instant: the rule and the words."""
    return finding.check, finding.org, finding.message


def _from_then_on(finding: Finding) -> tuple[object, ...]:
    """What makes it the same altogether, but for its end: also when it began, and by what."""
    return *_at_once(finding), finding.since, finding.event.id if finding.event else None


def _lasts(finding: Finding, other: Finding) -> How:
    return "extended" if (finding.until or EVER) > (other.until or EVER) else "shortened"
