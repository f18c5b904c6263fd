"""The register of an organization, for people."""

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.text import Text

from boardsim.views.register_report import Entry, Register
from boardsim.views.register_words import appointed, caption, ceased, due, open_lines, remarks, standing, warnings
from boardsim.views.text.log import in_rows, section, text
from boardsim.views.words import safe


def register_text(one: Register, zone: ZoneInfo) -> Iterator[RenderableType]:
    """Directors, secretaries, seats and what falls due."""
    log = one.history.log
    numbers = ", ".join(f"{scheme} {value}" for scheme, value in one.org.identifiers.items())
    yield Text.assemble((safe(log.org_name(one.org.id)), "bold"), (safe(f"  {numbers}") if numbers else "", "dim"))
    yield text(caption(one, zone), "dim")
    yield from (text(line, "yellow") for line in warnings(one, zone))
    yield from _entries("Directors", one, one.directors, zone)
    yield from _entries("Secretaries", one, one.secretaries, zone)
    if unsure := open_lines(one, zone):
        yield from _section("Uncertain", [(line,) for line in unsure])
    if one.seats:
        yield from _section("Seats", [(seat.name, _held(one, seat.holders, seat.vacant)) for seat in one.seats])
    lines = [due(log, deadline, zone) for deadline in one.due]
    yield from _section(f"Due within {one.days} days", lines or [("nothing",)])


def _held(one: Register, holders: Iterable[str], vacant: int) -> str:
    people = [one.history.log.name(person) for person in holders]
    free = "with nobody on record" if one.is_partial else "vacant"
    return ", ".join([*people, *([f"{vacant} {free}" if vacant > 1 else free] if vacant else [])])


def _entries(title: str, one: Register, entries: Sequence[Entry], zone: ZoneInfo) -> Iterator[RenderableType]:
    rows = [
        (
            one.history.log.name(entry.tenure.opened.person),
            _in_lines(f"appointed {appointed(entry, zone)}"),
            _in_lines(f"ceased {ceased(entry, zone)}" if entry.closed else standing(one, entry)),
            remarks(entry, zone),
        )
        for entry in entries
    ]
    yield from _section(title, rows or [("none on record",)])


def _in_lines(dated: str) -> str:
    """A date, and below it what is not sure about it: beside each other they would be two lines in most terminals."""
    return dated.replace(" (between", "\n(between", 1)


def _section(title: str, lines: Iterable[Sequence[str]]) -> Iterator[RenderableType]:
    yield from section(title, [], "bold cyan")
    yield in_rows(map(text, line) for line in lines)
