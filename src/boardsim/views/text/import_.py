"""What an import did, in words."""

from collections.abc import Iterator
from shlex import quote

from boardsim.formats.schema.hints import quantity
from boardsim.imports.report import Example, Findings, Report
from boardsim.problems import Place, Problem
from boardsim.views.text.problems import problem_text
from boardsim.views.words import safe


def import_text(report: Report) -> str:
    """How many rows, whom, what, since when; for standard output."""
    return "".join(f"{safe(line)}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    numbers = [f"{report.used:,} used"]
    numbers += [f"{report.rejected:,} rejected"] if report.rejected else []
    numbers += [f"{report.merged:,} merged with others"] if report.merged else []
    yield f"{quantity(report.read, 'row')} read, {', '.join(numbers)}"
    if not report.events:
        yield f"nothing new: {report.log} says all of this already"
    else:
        total = sum(report.events.values())
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.events.items()))
        would = "" if report.written else "would be "
        yield f"{quantity(total, 'event')} {would}added to {report.log}: {kinds}, {report.first} to {report.last}"
        people = quantity(report.people, "person", "people")
        yield f"new: {people}, {quantity(report.orgs, 'organization')}, {quantity(report.roles, 'role')}"
    if report.vanished:
        yield f"{quantity(report.vanished, 'tenure')} of the log not in this source"
    if report.tries and report.written:
        yield ""
        yield "Try:"
        yield from (f"  {line}" for line in report.tries)


def import_problems(report: Report) -> Iterator[str]:
    """The problems by kind, each with how often it was met, the first examples, and how many more there are."""
    for found in report.findings.values():
        yield from (problem_text(_problem(found, example)) for example in found.examples)
        if found.count > len(found.examples):
            yield f"       and {found.count - len(found.examples):,} more [{found.code}]"


def _problem(found: Findings, example: Example) -> Problem:
    where = f" (column '{example.column}')" if example.column and example.cell != "" else ""
    return Problem(
        code=found.code,
        message=f"{example.message}{where}",
        hint=example.hint,
        place=Place(example.file, example.line),
        severity="note" if found.is_note else "error",
    )


def import_remarks(report: Report) -> Iterator[str]:
    """What its reader should know besides."""
    if report.known_assumed and report.events:
        yield "nobody knows when these events became public: each counts from its own date, and is tagged known-assumed"
    if report.events and not report.is_replayed:
        yield f"too long to be replayed now; see: boardsim check {quote(str(report.log))}"
    if report.matches:
        pairs = quantity(report.matches, "pair")
        yield f"{pairs} of people may be one: write same or not in {report.matches_file}, and import again"
    if report.rejects:
        yield f"the rejected rows are in {report.rejects}: mend them, and import that file with --partial"
    yield from report.remarks
