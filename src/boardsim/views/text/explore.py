"""What people read of an exploration: how much was searched, what was found, and by what way."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from boardsim.analysis.explore import Explored
from boardsim.analysis.explore.coalition import Forced
from boardsim.analysis.explore.properties import Finding
from boardsim.analysis.explore.trace import Step, called, steps
from boardsim.checks.unlawful import Unlawful
from boardsim.log import Log
from boardsim.views.explore_report import Force, Report
from boardsim.views.text.log import heading, indented, section, text
from boardsim.views.words import stamp

SHOWN = 3
"""How many coalitions are listed, where not just anybody will do."""

STOPPED = {
    "states": "as many states as allowed were found; see --states",
    "depth": "no further was looked ahead; see --depth",
    "seconds": "the time was up; see --seconds",
    "interrupted": "it was interrupted",
}


def explored_text(report: Report, zone: ZoneInfo) -> Iterator[RenderableType]:
    """All of it."""
    log, explored = report.log, report.explored
    yield heading(log, zone)
    board = len(explored.model.layout.names(explored.model.layout.directors(explored.model.start)))
    when = f"{stamp(report.at, zone)}  " if report.at else ""
    yield text(f"{when}{log.org_name(report.org)}, board of {board}", "bold")
    for actions, one in _together(report.unlawful, explored.model.layout.roles):
        while_ = "" if one.directors is None else f" while {_sizes(one.directors)}"
        yield text(f"not lawful under {report.profile}: {actions}{while_} ({one.check}: {one.source})", "dim")
    if explored.findings:
        yield from section("explored", [text(line) for line in _searched(explored)])
    for finding, way in zip(explored.findings, report.ways, strict=True):
        yield from _found(log, finding, way, explored.reached.stopped)
    for force in report.forces:
        yield from _force(log, force)


def _together(found: Sequence[Unlawful], roles: Sequence[str]) -> Iterator[tuple[str, Unlawful]]:
    """What one rule forbids boards of the same sizes, in one line; of the roles that are explored."""
    told = [one for one in found if one.action.partition(" ")[2] in roles]
    for _, some in groupby(told, key=lambda one: (one.check, one.directors)):
        ones = list(some)
        yield ", ".join(one.action for one in ones), ones[0]


def _sizes(directors: Sequence[int]) -> str:
    """How many sit, in words."""
    if [*directors] == [*range(1, directors[-1] + 1)]:
        return "only one director sits" if directors[-1] == 1 else f"no more than {directors[-1]} directors sit"
    *others, last = map(str, directors)
    return f"{' or '.join([*([', '.join(others)] if others else []), last])} directors sit"


def _numbers(explored: Explored) -> str:
    if explored.named is None:
        return f"{explored.distinct:,} states up to names; how many with every choice of names was not counted"
    alike = f" up to names, {explored.named:,} with every choice of names" if explored.classes else ""
    return f"{explored.distinct:,} states{alike}; {explored.generated:,} met on the way"


def _searched(explored: Explored) -> Iterator[str]:
    """How much was searched, and what is taken to be possible."""
    reached, layout = explored.reached, explored.model.layout
    if reached.stopped is None:
        yield f"exhaustive: every sequence of lawful actions, {len(reached.levels) - 1} at the most to each state"
    else:
        yield f"bounded, not exhaustive: {STOPPED.get(reached.stopped, reached.stopped)}"
    yield _numbers(explored)
    yield f"roles: {', '.join(layout.roles)}"
    new = len(explored.newcomers)
    enough = "; more would change nothing" if explored.enough else "; more could change more"
    yield f"people: {len(layout.people) - new} with a name, {new} newcomer{'' if new == 1 else 's'}{enough}"
    if explored.classes:
        interchangeable = {person for people in explored.classes for person in people}
        apart = [person for person in layout.people if person not in interchangeable]
        yield "interchangeable: everybody" + (f" but {', '.join(apart)}" if apart else "")
    yield f"directors: {', '.join(map(str, explored.sizes))}"
    if explored.unmoved:
        yield f"never possible: {', '.join(explored.unmoved)}"


def _found(log: Log, finding: Finding, way: Sequence[Step], stopped: str | None) -> Iterator[RenderableType]:
    style = {True: "green", False: "red", None: "yellow"}[finding.answer]
    yield from section(_answer(finding, stopped), _told(log, way), style)


def _answer(finding: Finding, stopped: str | None) -> str:
    """The question and its answer in a line."""
    question, ahead = finding.question, _actions(len(finding.way) - 1)
    stopped = finding.stopped or stopped
    unknown = f"not known: {STOPPED.get(stopped or '', stopped)}"
    said = {
        "reach": ("possible", {True: f"yes, {ahead}", False: "no, never"}),
        "never": ("never", {True: "yes, impossible", False: f"no, {ahead}"}),
        "always": ("always", {True: "yes, everywhere", False: f"no, {ahead}"}),
        "recover": ("always again", {True: "yes, from everywhere", False: f"no, lost {ahead}"}),
        "step": ("next", {True: "yes, every time", False: f"no, {ahead}"}),
    }
    asked, answers = said[question.kind]
    return f"{asked}: {question.text}?  {unknown if finding.answer is None else answers[finding.answer]}"


def _actions(count: int) -> str:
    return "as it stands" if count < 1 else f"in {count} action{'' if count == 1 else 's'}"


def _told(log: Log, way: Sequence[Step]) -> list[RenderableType]:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="dim")
    table.add_column(overflow="fold")
    for number, step in enumerate(way, 1):
        table.add_row(str(number), _line(log, step))
    return [table] if way else []


def _line(log: Log, step: Step) -> Text:
    person, role = called(log, step.person), log.role_name(step.role)
    does = {"resign": "resigns as", "fire": "is removed as", "appoint": "is appointed"}[step.verb]
    line = text(f"{person} {does} {role}")
    if step.tally is not None and step.vote is not None:
        line.append(f": {step.tally}, by {', '.join(called(log, voter) for voter in step.vote.for_)}")
        line.append(f"; {step.blockers}{' together' if step.blockers != 1 else ''} could stop it")
    if step.role == "director":
        line.append(f"; board of {len(step.directors)}", "dim")
    return text(line.plain)


def _force(log: Log, force: Force) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    for recusal in (False, True):
        heading = "a director concerned is excluded" if recusal else "a director concerned is counted"
        table.add_column(text(f"{heading} (in force)" if recusal == force.recusal else heading), overflow="fold")
    for first in (True, False):
        cells = [text(_coalition(log, result)) for result in force.results if result.first is first]
        table.add_row(text(f"moving {'first' if first else 'second'}"), *cells)
    lines: list[RenderableType] = [table]
    if not any(result.stopped for result in force.results):
        lines.append(text("exhaustive: whatever the others do", "dim"))
    if force.question is not None and force.question.against:
        names = " and ".join(log.name(person) for person in sorted(force.question.against))
        lines.append(text(f"without {names}, against whom it is", "dim"))
    yield from section(f"smallest coalition of directors to force: {force.text}", lines)
    shown = force.shown
    if shown is not None and shown.model is not None:
        rules = "" if shown.recusal == force.recusal else ", if the director concerned is excluded"
        if shown.recusal != force.recusal and not shown.recusal:
            rules = ", if the director concerned is counted"
        who = ", ".join(map(log.name, shown.coalitions[0]))
        way = _told(log, steps(shown.model, shown.way))
        yield indented(text(f"for instance {who}{rules}, if nobody answers", "dim"), *way)


def _coalition(log: Log, forced: Forced) -> str:
    """Who, in words."""
    if forced.stopped is not None:
        return f"not known: {STOPPED.get(forced.stopped, forced.stopped)}"
    if not forced.coalitions:
        return "no coalition can"
    if not forced.size:
        return "no coalition is needed"
    size = f"{forced.size} of {len(forced.directors)}"
    if forced.anybody:
        return f"any {size}"
    some = [", ".join(map(log.name, people)) for people in forced.coalitions[:SHOWN]]
    more = len(forced.coalitions) - SHOWN
    return f"{size}: {'; or '.join(some)}" + (f"; or {more} more" if more > 0 else "")
