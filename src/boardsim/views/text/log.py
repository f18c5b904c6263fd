"""What people read: tables for a terminal of eighty columns, in plain words and with safe names.

Rich lays them out.  Every cell is a `Text`, never a string, because in a string it would read markup from data.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import frozen
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from boardsim.bylaws import DIRECTOR, Role
from boardsim.certainty import Doubts, assumed_bylaws
from boardsim.events import DOUBTS, Event, Opening, is_interim, seat_of, title_of
from boardsim.formats.schema.hints import quantity
from boardsim.history import History
from boardsim.log import Log, Org, Person
from boardsim.orders import open_with
from boardsim.reducers import Reason
from boardsim.snapshots import OrgSnapshot, Snapshot, Uncertain
from boardsim.state import OrgState
from boardsim.traits import row
from boardsim.views.doubt_words import doubt, doubts_lines
from boardsim.views.words import (
    between,
    bylaw,
    clock,
    corrected,
    counted,
    dated,
    day_of,
    decided,
    ended,
    hanging,
    known_notes,
    marked,
    promised,
    safe,
    sentence,
    stamp,
    stamped,
    when,
)

if TYPE_CHECKING:
    from boardsim.views.json.log import Contents


def text(words: str, style: str = "") -> Text:
    """Words that are safe to show."""
    return Text(safe(words), style=style)


def indented(*parts: RenderableType) -> Padding:
    """Parts below one another, two columns from the margin."""
    return Padding(Group(*parts), (0, 0, 0, 2))


def in_rows(found: Iterable[Iterable[Text]]) -> Padding:
    """Rows with their cells below one another, without lines."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for cells in found:
        table.add_row(*cells)
    for column in table.columns:
        column.overflow = "fold"  # a word without room for it is broken, and not cut off
    return indented(table)


def section(title: str, lines: Sequence[RenderableType], style: str = "bold") -> Iterator[RenderableType]:
    """Lines under a title, with an empty line before it."""
    yield text("")
    yield text(title, style)
    if lines:
        yield indented(*lines)


def grid(*widths: int | None) -> Table:
    """Columns without lines; a width is the least that a column has, so that tables stand below one another."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=False)
    for width in widths:
        table.add_column(width=width, overflow="fold")
    return table


def heading(log: Log, zone: ZoneInfo, *more: str) -> Text:
    """The case's title, and how its times are shown."""
    notes = [f"times: {zone.key}", *more]
    return Text.assemble((safe(log.title or log.id), "bold"), "  ", (safe("; ".join(notes)), "dim"))


def legend(history: History, indexes: Sequence[int], zone: ZoneInfo) -> list[str]:
    """What the marks before a clock mean, if there are any."""
    marks = {clock(history.events[index], zone)[:1] for index in indexes}
    return [meaning for mark, meaning in (("~", "~ about"), ("≤", "≤ at the latest")) if mark in marks]


def story(
    history: History, indexes: Sequence[int], zone: ZoneInfo, *, width: int, sources: bool = False, ids: bool = False
) -> Iterator[RenderableType]:
    """The events of these indexes, day by day: when, what, who in and who out, and the size of the board."""
    today = ""
    for index in indexes:
        event = history.events[index]
        if (date := day_of(event, zone)) != today:
            today = date
            yield text(date, "bold cyan")
        yield event_row(history, index, zone, width=width, sources=sources, ids=ids)


def perhaps(history: History, indexes: Sequence[int], zone: ZoneInfo) -> Iterator[RenderableType]:
    """The events that may have happened in the time that was asked for, and which the record has outside of it."""
    if indexes:
        yield text("")
        yield text("may have happened in that time, too", "yellow")
    for index in indexes:
        event = history.events[index]
        span = between(event.span, zone) if event.span else stamped(event, zone)
        yield indented(text(f"{span}: {sentence(history.log, event)}{marked(event)}", "dim"))


WIDEST_SENTENCE = 66
"""Columns of a sentence; on a wider terminal its effect would stand too far away from it to be read as its own."""


def event_row(
    history: History, index: int, zone: ZoneInfo, *, width: int, sources: bool = False, ids: bool = False
) -> RenderableType:
    """One event: its time, its sentence with what qualifies it, and its effect."""
    effect = min(34, max(20, width * 2 // 5 - 6))
    table = grid(9, min(WIDEST_SENTENCE, max(20, width - 9 - effect - 3)), effect)
    clocked = text(clock(history.events[index], zone), "dim")
    what = _what(history, index, zone)
    if ids:
        what.append(safe(f"\n{history.events[index].id}"), "dim")
    for source in history.events[index].sources if sources else ():
        what.append(safe(f"\n– {source}"), "dim")
    table.add_row(clocked, what, _effect(history, index))
    return table


def _what(history: History, index: int, zone: ZoneInfo) -> Text:
    event, ruling = history.events[index], history.rulings[index]
    what = text(f"{sentence(history.log, event)}{decided(history.log, event)}")
    what.append(marked(event, zone), "yellow")
    if event.block:
        what.append(f"  [{corrected(event, zone)}]", "dim")
    if ruling.tally is not None:
        what.append(safe(f"\n{counted(ruling.tally)}"), "bold")
        if assumed := assumed_bylaws(history, event.org, index):
            what.append(safe(f"\nby bylaws of which some are assumed: {', '.join(assumed)}"), "yellow")
    if ruling.reason is not None:
        what.append(safe(f"\n{ruling.kind}: {_reason(history, ruling.reason)}"), "red")
    if hangs := hanging(history.log, open_with(history, event.id)):
        what.append(safe(f"\n{hangs}"), "yellow")
    return what


def _reason(history: History, reason: Reason) -> str:
    """Why an event did not take effect, with how sure the record is of each event that the reason names."""
    words = reason.text
    for name in reason.cites:
        if (cited := history.event(name)) is not None and cited.status in DOUBTS:
            words = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", f"{name} [{cited.status}]", words)
    return words


def line(history: History, index: int, zone: ZoneInfo, *, sources: bool = False, ids: bool = False) -> str:
    """One event on one line, for a pipe: the time, the sentence, the effect, the sources and the id, between tabs."""
    event = history.events[index]
    cells = [stamped(event, zone), _what(history, index, zone).plain, _effect(history, index).plain]
    if sources:
        cells.append("; ".join(safe(source) for source in event.sources))
    if ids:
        cells.append(safe(event.id))
    return "\t".join(cell.replace("\t", " ").replace("\n", "; ") for cell in cells)


def _effect(history: History, index: int) -> Text:
    """Who is in and who is out, and how many the board has now."""
    log, moved = history.log, history.effect(index)
    lines = [(f"− {_holding(log, role, opening)}", "red") for role, opening in moved.closed]
    lines += [(f"+ {_holding(log, role, opening)}", "green") for role, opening in moved.opened]
    lines += [(change, "yellow") for change in _amended(history, index)]
    words = Text()
    for line, style in lines:
        words.append(("\n" if words else "") + safe(line), style)
    if any(role == DIRECTOR for role, _ in (*moved.closed, *moved.opened)):
        words.append("\n" + _board_size(history, index), "dim")
    return words


def _amended(history: History, index: int) -> Iterator[str]:
    """What an event changed about the bylaws, each with what they said before and say after it."""
    event = history.events[index]
    if event.org is not None and row(event).amends(event):
        before, after = (history.state(event.org, position).bylaws for position in (index, index + 1))
        name_of = history.log.name
        yield from (
            f"{rule} {bylaw(was, name_of)} → {bylaw(now, name_of)}" for rule, was, now in before.differing(after)
        )


def _board_size(history: History, index: int) -> str:
    org = history.events[index].org
    state = history.state(str(org), index + 1)
    seats = f" of {state.bylaws.seats}{_assumed(state, 'seats')}" if state.bylaws.seats else ""
    partial = " on record" if state.bylaws.is_partial(history.events[index].at) else ""
    return f"board: {len(state.directors)}{partial}{seats}"


def _assumed(state: OrgState, bylaw: str) -> str:
    """What is said of a bylaw that is not on record."""
    return " (assumed)" if bylaw in state.bylaws.assumed else ""


def _holding(log: Log, role: str, opening: Opening) -> str:
    return f"{log.name(opening.person)}, {_role(log, role, opening)}"


def _role(log: Log, role: str, opening: Opening) -> str:
    return ("interim " if is_interim(opening) else "") + log.role_name(role)


def snapshot_text(snapshot: Snapshot, zone: ZoneInfo, *, sources: bool = False) -> Group:
    """Who holds what, organization by organization."""
    log = snapshot.history.log
    when = stamp(snapshot.at, zone) if snapshot.at else "before the first event"
    parts: list[RenderableType] = [heading(log, zone, *known_notes(snapshot.known, zone)), text(when, "bold cyan")]
    for org in snapshot.orgs:
        if (
            org.roles
            or org.announced
            or org.pending
            or org.uncertain
            or org.vacant
            or org.board.id != org.org.id
            or len(snapshot.orgs) == 1
        ):
            parts += ["", *_org(log, org, zone, sources=sources)]
    return Group(*parts)


def _org(log: Log, org: OrgSnapshot, zone: ZoneInfo, *, sources: bool) -> Iterator[RenderableType]:
    heading = Text.assemble((safe(log.org_name(org.org.id)), "bold"), "  ", (_board_line(org), "dim"))
    yield heading.append(safe(f"  [{ended(org.dissolved, zone)}]"), "yellow") if org.dissolved else heading
    if org.roles:
        table = grid(22, 24, None)
        for role in _in_order(log, org):
            for opening in org.roles[role]:
                cells = _held(log, org, role, opening, zone, sources=sources)
                if (seat := seat_of(opening)) in org.state.bylaws.named_seats:
                    cells[2].append(safe(f", {org.state.bylaws.named_seats[str(seat)].name or seat}"), "dim")
                table.add_row(*cells)
        yield indented(table)
    tables = {
        "nobody on record" if org.partial else "vacant": _vacant(org),
        "announced": _announced(log, org, zone),
        "pending": _pending(log, org, zone),
        "uncertain": _uncertain(log, org, zone),
    }
    for title, rows in tables.items():
        if rows:
            yield indented(text(title, "yellow"))
            table = grid(22, 24, None)
            for row in rows:
                table.add_row(*row)
            yield indented(table)


def _board_line(org: OrgSnapshot) -> str:
    if org.board.id != org.org.id:
        return safe(f"controlled by the board of {org.board.name}")
    if not org.directors:
        return "no board on record"
    seats = org.state.bylaws.seats
    size = len(org.directors)
    board = f"{quantity(size, 'director')} on record" if org.partial else f"board of {size}"
    return board + (f", {quantity(seats, 'seat')}{_assumed(org.state, 'seats')}" if seats else "")


def _in_order(log: Log, org: OrgSnapshot) -> list[str]:
    """Board first, then offices, observers, staff; within a kind as declared."""
    table = log.role_table
    kinds = ("board", "office", "observer", "staff")
    ranks = {role: rank for rank, role in enumerate(table)}

    def key(role: str) -> tuple[int, int, str]:
        kind = table[role].kind if role in table else "office"
        return (kinds.index(kind), ranks.get(role, len(ranks)), role)

    return sorted(org.roles, key=key)


def _held(log: Log, org: OrgSnapshot, role: str, opening: Opening, zone: ZoneInfo, *, sources: bool) -> Sequence[Text]:
    since = text(f"since {when(opening, zone)}", "dim")
    if (title := title_of(opening)) is not None:
        since.append(safe(f", {title}"), "dim")
    if org.is_suspended(role, opening.person):
        since.append("  [suspended]", "yellow")
    if (death := org.died.get(opening.person)) is not None:
        since.append(safe(f"  [{ended(death, zone)}]"), "yellow")
    since.append(marked(opening), "yellow")
    if opening.block:
        since.append(f"  [{corrected(opening, zone)}]", "dim")
    for source in opening.sources if sources else ():
        since.append(safe(f"\n– {source}"), "dim")
    return text(_role(log, role, opening)), text(log.name(opening.person), "bold"), since


def _vacant(org: OrgSnapshot) -> list[Sequence[Text]]:
    """The named seats that nobody holds, as far as the record goes."""
    return [
        (text("seat"), text(vacant.name), text(quantity(vacant.count, "place") if vacant.count > 1 else "", "dim"))
        for vacant in org.vacant
    ]


def _announced(log: Log, org: OrgSnapshot, zone: ZoneInfo) -> list[Sequence[Text]]:
    return [
        (text(promised(log, event)), text(log.name(_person(event))), _promised(org, event, zone))
        for event in org.announced
    ]


def _promised(org: OrgSnapshot, event: Event, zone: ZoneInfo) -> Text:
    """When it was announced, when it is due, and whether it should have come about by now."""
    due = f", due {dated(event.due, zone)}" if event.due else ""
    words = text(f"announced {when(event, zone)}{due}", "dim")
    return words.append("  overdue", "yellow") if event.id in org.overdue else words


def _pending(log: Log, org: OrgSnapshot, zone: ZoneInfo) -> list[Sequence[Text]]:
    return [
        (
            text(promised(log, event)),
            text(log.name(_person(event))),
            text(f"effective {when(event, zone)}, public since {dated(event.known, zone)}{marked(event)}", "dim"),
        )
        for event in org.pending
    ]


def _person(event: Event) -> str:
    """Whose seat it is about; of an organization that is to end, nobody's."""
    return str(getattr(event, "person", ""))


def _uncertain(log: Log, org: OrgSnapshot, zone: ZoneInfo) -> list[Sequence[Text]]:
    return [
        (
            text(log.role_name(u.role) if u.role else ""),
            text(log.name(u.person) if u.person else ""),
            text(f"{doubt(log, u, zone)}{_instead(log, u)}", "dim"),
        )
        for u in org.uncertain
    ]


def _instead(log: Log, one: Uncertain) -> str:
    """What would be the rule in another order of two events: of a seat its row says it, of a rule nothing else does."""
    return f": {sentence(log, one.event)}" if one.order is not None and one.role is None else ""


def doubts_text(log: Log, found: Doubts, zone: ZoneInfo) -> Iterator[RenderableType]:
    """All that is not sure about an answer, a line for each thing: bylaws, a seat or an event."""
    if found:
        yield from section("uncertain", [text(line, "dim") for line in doubts_lines(log, found, zone)], "yellow")


def list_text(logs: Iterable[tuple[str, Log]]) -> RenderableType:
    """A line for each case."""
    table = grid(None, None, None)
    table.columns[0].min_width = 16
    for name, log in logs:
        table.add_row(text(name, "bold"), text(log.title or ""), text(quantity(len(log.events), "event"), "dim"))
    return table


def _called(declared: Org | Person | Role) -> str:
    """By what name or names it is known."""
    if isinstance(declared, Role):
        return declared.name or ""
    also = [f"also {name}" for name in declared.aliases] + [f"formerly {name}" for name in declared.former_names]
    return "; ".join([declared.name, *also])


def contents_text(name: str, log: Log, contents: "Contents") -> Group:
    """The events, the votes and the scenarios of a case, as far as they were asked for."""
    parts: list[RenderableType] = [Text.assemble((safe(name), "bold"), "  ", safe(log.title or ""))]
    history, zone = contents.history, ZoneInfo(log.timezone)
    for title, indexes in (("events", contents.events), ("votes", contents.votes)):
        if history is not None and indexes is not None:
            lines = [_listed(history, index, zone) for index in indexes]
            parts += section(title, lines, "bold cyan")
    if contents.scenarios is not None:
        named = [Text.assemble((safe(one), "bold"), f"  {safe(called or '')}") for one, called in contents.scenarios]
        parts += section("scenarios", named, "bold cyan")
    return Group(*parts)


def _listed(history: History, index: int, zone: ZoneInfo) -> Text:
    """An event by its id: when, what, and what became of it."""
    event, ruling = history.events[index], history.rulings[index]
    said = f"  {when(event, zone)}  {sentence(history.log, event)}{marked(event)}"
    outcome = f"  {counted(ruling.tally)}" if ruling.tally else "" if ruling.kind == "effective" else f"  {ruling.kind}"
    return Text.assemble((safe(event.id), "bold"), safe(said), (safe(outcome), "dim"))


def _table(rows: Iterable[tuple[Text, Text]]) -> Table:
    table = grid(_ID_WIDTH, None)
    for cells in rows:
        table.add_row(*cells)
    return table


_ID_WIDTH = 28


@frozen
class LongList:
    """Ids and names that look as they do in an indented table, of which a register has very many.

    A table weighs each cell against all others; where the names are as wide as they like, a line is a line.
    """

    rows: Sequence[tuple[Text, Text]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As Rich asks it of whatever can be shown."""
        widest = max((name.cell_len for _, name in self.rows), default=0)
        if widest + _ID_WIDTH + 3 > options.max_width:
            yield indented(_table(self.rows))
            return
        for own, name in self.rows:
            word = own.plain
            if not word.isascii() or word.split() != [word]:
                yield indented(_table([(own, name)]))
                continue
            first, *more = (word[at : at + _ID_WIDTH] for at in range(0, len(word), _ID_WIDTH))
            yield Segment(f"  {first:{_ID_WIDTH}} ")
            yield Segment(name.plain, console.get_style("dim"))
            yield Segment("\n" + "".join(f"  {part}\n" for part in more))


def case_text(name: str, log: Log, limit: int | None = None) -> Group:
    """What one case declares: organizations, people, roles.

    Args:
        limit: how many of each are shown; None for all of them.
    """
    parts: list[RenderableType] = [Text.assemble((safe(name), "bold"), "  ", safe(log.title or ""))]
    for title, declared in (("organizations", log.orgs), ("people", log.people), ("roles", log.roles)):
        if declared:
            parts += ["", text(title, "bold cyan")]
            rows = [(text(item.id), text(_called(item), "dim")) for item in declared[:limit]]
            if limit is not None and len(declared) > limit:
                rows.append((text(f"… and {len(declared) - limit:,} more", "dim"), text("")))
            parts.append(indented(_table(rows)) if limit is not None else LongList(rows))
    return Group(*parts)
