"""Waivers: what breaks a rule while somebody does without it is shown, and does not count.

They are for the record.  Where a world is compared with it, nobody asks for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from attrs import evolve

from boardsim.checks.check import Finding
from boardsim.log import Waiver

BEFORE, EVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)


def waived(found: Iterable[Finding], waivers: Sequence[Waiver], end: datetime) -> Iterator[Finding]:
    """The findings, each with the waivers that concern it.

    Args:
        end: the last instant of which the log knows anything; what was not remedied by then has lasted until then.
    """
    for finding in found:
        own = tuple(waiver for waiver in waivers if concerns(waiver, finding))
        yield evolve(finding, waivers=own, is_waived=_is_covered(finding, own, end)) if own else finding


def waived_at(found: Iterable[Finding], at: datetime) -> Iterator[Finding]:
    """The same at one instant, of which only those waivers matter that hold then."""
    for finding in found:
        own = tuple(waiver for waiver in finding.waivers if _holds(waiver, at))
        yield evolve(finding, waivers=own, is_waived=bool(own))


def concerns(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is of that rule at that organization, and holds at some time at which it is broken."""
    return (waiver.check, waiver.org) == (finding.check, finding.org) and _holds_during(waiver, finding)


def _holds_during(waiver: Waiver, finding: Finding) -> bool:
    if finding.until == finding.since:
        return _holds(waiver, finding.since)
    starts_in_time = waiver.since is None or waiver.since < (finding.until or EVER)
    return starts_in_time and (waiver.until is None or finding.since < waiver.until)


def _holds(waiver: Waiver, at: datetime) -> bool:
    return (waiver.since is None or waiver.since <= at) and (waiver.until is None or at < waiver.until)


def _after(end: datetime, finding: Finding) -> datetime:
    """The instant after the last of which the log knows anything."""
    return max(end, finding.since) + TICK


def _is_covered(finding: Finding, waivers: Iterable[Waiver], end: datetime) -> bool:
    """Whether one of these waivers, or one after the other, hold for all of the time at which a rule is broken."""
    since = finding.since
    last = finding.until or _after(end, finding)
    for waiver in sorted(waivers, key=lambda waiver: waiver.since or BEFORE):
        if waiver.since is not None and waiver.since > since:
            return False
        since = max(since, waiver.until or EVER)
    return since >= last
