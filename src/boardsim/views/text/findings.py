"""Findings: what a check found, in a few lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from boardsim.checks import Finding
from boardsim.events import Event
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.times import day_until
from boardsim.log import Log, Waiver
from boardsim.problems import Problem
from boardsim.views.text.problems import heading
from boardsim.views.words import dated, marked, safe, stamp, stamped

MARGIN = "       = "


def in_words(finding: Finding, log: Log, zone: ZoneInfo) -> str:
    """A finding in one line: whose board, what is the case, and for how long."""
    return f"{log.org_name(finding.org)}: {finding.message}, {', '.join(_when(finding, zone))}"


def findings_text(
    found: Iterable[tuple[Problem, Finding]], log: Log, zone: ZoneInfo, width: int | None
) -> Iterator[str]:
    """Each finding in a few lines; the rule with its source stands where it is broken first, and not again.

    Where another profile cites another source for the same rule, that is told as well.

    Args:
        width: the columns of the terminal; None for a pipe, where no line is broken.
    """
    explained: set[tuple[str, str]] = set()
    for problem, finding in found:
        lines = _broken(heading(problem), "", width)
        for line in (*_when(finding, zone), *(_waived(waiver, log, zone) for waiver in finding.waivers)):
            lines += _broken(line, MARGIN, width)
        if (finding.check, finding.source) not in explained:
            lines += _broken(f"rule: {finding.required}", MARGIN, width)
            lines += _broken(f"source: {finding.source}", MARGIN, width)
            explained.add((finding.check, finding.source))
        yield "\n".join(lines)


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are of each code, the most frequent first."""
    counted = Counter((problem.severity, problem.code) for problem in problems)
    lines = [f"{quantity(len(problems), 'problem')}:"]
    lines += [f"{number:>8,}  {severity}[{code}]" for (severity, code), number in counted.most_common()]
    return "\n".join(lines)


def _waived(waiver: Waiver, log: Log, zone: ZoneInfo) -> str:
    """For how long somebody does without the rule, who, and why."""
    since = f" from {dated(waiver.since, zone)}" if waiver.since else ""
    until = f" until {_end(waiver.until, zone)}" if waiver.until else ""
    by = log.name(waiver.by)
    by = f"the {by}" if by == waiver.by else by
    return f"waived{since}{until}, by {by} on {dated(waiver.at, zone)}: {waiver.reason}"


def _end(until: datetime, zone: ZoneInfo) -> str:
    """The end of a day, where it is one."""
    day = day_until(until, zone)
    return dated(until, zone) if day is None else f"the end of {day}"


def _broken(text: str, margin: str, width: int | None) -> list[str]:
    """The text in lines of that width; an id or a path is never broken."""
    text, indent = safe(text).replace("\n", "\\n"), " " * len(MARGIN)
    if width is None:
        return [margin + text]
    return wrap(
        text, width, initial_indent=margin, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _when(finding: Finding, zone: ZoneInfo) -> list[str]:
    """From when until when, each with the event and who decided on it."""
    broken = _point(finding.since, "by", finding.event, zone)
    if finding.until == finding.since:
        return [f"at {broken}"]
    if finding.until is None:
        return [f"from {broken}; not remedied"]
    return [f"from {broken}", f"until {_point(finding.until, 'remedied by', finding.remedied_by, zone)}"]


def _point(at: datetime, word: str, event: Event | None, zone: ZoneInfo) -> str:
    """An instant with its event; no event falls on a birthday."""
    if event is None:
        return stamp(at, zone)
    when = stamped(event, zone) if event.at == at else stamp(at, zone)
    when = f"some time {when}" if when.startswith("between") else when
    return f"{when}, {word} '{event.id}'{marked(event)}" + (f", decided by {event.by}" if event.by else "")
