"""The smallest changes, as people read them: any two of these four."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.text import Text

from boardsim.analysis.reach.grouping import Group, grouped
from boardsim.analysis.reach.reach import Reached
from boardsim.formats.notation.changes import short
from boardsim.formats.schema.hints import quantity
from boardsim.scenario import Change
from boardsim.views.text.log import indented, text


def reached_text(
    heading: tuple[str, str, str], found: Reached, zone: ZoneInfo, *, breaking: bool
) -> Iterator[RenderableType]:
    """The solutions; `heading` is the goal, the instant, and what is the case."""
    goal, when, case = heading
    asks = "what would have broken " if breaking else "what it would have taken for "
    yield Text.assemble(text(asks, "dim"), text(goal, "bold"), text(f"  at {when}", "dim"))
    yield text(f"in fact {case}")
    groups = grouped(found.solutions) if found.counted is None else [Group(always=(), choices=found.counted.choices)]
    for group in groups:
        yield text("")
        yield from _group(group, zone)
    yield text("")
    number = len(found.solutions)
    ways = "one way" if number == 1 else f"{number:,} ways"
    if found.counted is None:
        proof = "nothing cheaper"
    else:
        ways, proof = "counted by ballots of one vote", f"nothing that costs {found.searched} or less"
    yield text(f"{ways} at a cost of {found.cost}; {proof}: {quantity(found.replayed, 'world')} replayed", "dim")
    if found.refused:
        yield text(f"{found.refused:,} more would break a protected check", "dim")


def _group(group: Group, zone: ZoneInfo) -> Iterator[RenderableType]:
    if group.always:
        yield text("this" if len(group.always) == 1 else "all of these", "bold")
        yield _lines(group.always, zone)
    for number, changes in group.choices:
        and_ = "and " if group.always else ""
        yield text(
            f"{and_}any {_NUMBERS.get(number, number)} of these {_NUMBERS.get(len(changes), len(changes))}", "bold"
        )
        yield _lines(changes, zone)


_NUMBERS = dict(enumerate(("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")))


def _lines(changes: Sequence[Change], zone: ZoneInfo) -> RenderableType:
    return indented(*(text(short(change, zone)) for change in changes))
