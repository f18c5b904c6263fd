"""The boards that somebody sat on, for people."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from boardsim.analysis.identity import Member
from boardsim.analysis.interlocks import Seat
from boardsim.events import is_interim, seat_of
from boardsim.history import History, Tenure
from boardsim.views.text.log import text
from boardsim.views.words import doubts_of, manner, safe, when


def boards_text(
    zone: ZoneInfo | None,
    cases: Sequence[str],
    histories: Sequence[History],
    people: Sequence[Member],
    seats: Sequence[Seat],
) -> Group:
    """Every board that a person sat on, the earliest first; with the case where there are several.

    Args:
        zone: on whose clocks times are; those of each log where it is None.
    """
    name = histories[people[0].log].log.name(people[0].id)
    also = {histories[one.log].log.name(one.id) for one in people} - {name}
    parts: list[RenderableType] = [
        Text.assemble((safe(name), "bold"), (safe(f"  also {', '.join(sorted(also))}") if also else "", "dim"))
    ]
    if not seats:
        return Group(*parts, text("no board on record"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for seat in seats:
        history = histories[seat.case]
        cells = [
            history.log.name(seat.org),
            role_text(history, seat.tenure),
            tenure_text(seat.tenure, zone or history.log.zone),
        ]
        table.add_row(*map(text, cells), text(cases[seat.case] if len(cases) > 1 else "", "dim"))
    return Group(*parts, Padding(table, (0, 0, 0, 2)))


def role_text(history: History, tenure: Tenure) -> str:
    """The role, and the seat where it is a named one."""
    interim = "interim " if is_interim(tenure.terms[-1][1]) else ""
    seat = f" (seat: {seat_of(tenure.opened)})" if seat_of(tenure.opened) else ""
    return f"{interim}{history.log.name(tenure.role)}{seat}"


def tenure_text(tenure: Tenure, zone: ZoneInfo) -> str:
    """From when to when, with what is not sure about it."""
    end = tenure.closed
    ended = f"until {when(end, zone)} ({manner(end)})" if end is not None else "no end on record"
    doubts = [*doubts_of(tenure.opened, zone), *(doubts_of(end, zone) if end is not None else ())]
    doubt = f"  [{'; '.join(dict.fromkeys(doubts))}]" if doubts else ""
    return f"since {when(tenure.opened, zone)}, {ended}{doubt}"
