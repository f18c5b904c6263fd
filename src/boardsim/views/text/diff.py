"""Two points compared, as people read it: who joined, left and moved, and which event did it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from boardsim.diffs import TITLES, Diff, Mover, RuleChange, Title
from boardsim.log import Log
from boardsim.views.text.log import doubts_text, grid, heading, indented, text
from boardsim.views.words import bylaw, known_notes, marked, stamp, when


def diff_text(diff: Diff, zone: ZoneInfo) -> Group:
    """Who joined, left and moved, and which event did it."""
    knew = known_notes(diff.before.known, zone) if diff.before.known == diff.after.known else []
    parts: list[RenderableType] = [heading(diff.log, zone, *knew), text(_between(diff, zone), "bold cyan")]
    if not diff.orgs:
        parts.append(text("no difference"))
    for org in diff.orgs:
        parts += ["", text(diff.log.org_name(org.org.id), "bold")]
        movers = sorted(org.movers, key=lambda mover: TITLES.index(mover.title)) if diff.net else org.movers
        parts += [_moved(diff.log, mover, zone) for mover in movers]
        parts += [_rule_change(diff.log, change, zone) for change in org.rules]
    return Group(*parts, *doubts_text(diff.log, diff.doubts, zone))


def _between(diff: Diff, zone: ZoneInfo) -> str:
    before, after = diff.before, diff.after
    when = [stamp(side.at, zone) if side.at else "the start" for side in (before, after)]
    if before.history.log.id != after.history.log.id:
        worlds = [f"{side.history.log.id}, {at}" for side, at in zip((before, after), when, strict=True)]
        return "  →  ".join(worlds)
    if before.known == after.known:
        return f"{when[0]}  →  {when[1]}"
    knew = [f"as known {stamp(side.known, zone)}" if side.known else "as known by now" for side in (before, after)]
    return (
        f"at {when[0]}: {knew[0]}  →  {knew[1]}"
        if when[0] == when[1]
        else f"{when[0]}, {knew[0]}  →  {when[1]}, {knew[1]}"
    )


_STYLES: Mapping[Title, str] = {"joined": "green", "left": "red"}


def _moved(log: Log, mover: Mover, zone: ZoneInfo) -> RenderableType:
    """Somebody, with a line for each role that they took or gave up, beside the event by which they did."""
    table = grid(8, 20, 18, None)
    first, name = text(mover.title, _STYLES.get(mover.title, "yellow")), text(log.name(mover.person), "bold")
    for change in mover.changes:
        by = f"{change.event.id}, {when(change.event, zone)}{marked(change.event)}"
        table.add_row(
            first, name, text(f"{'+' if change.gained else '−'} {log.role_name(change.role)}"), text(by, "dim")
        )
        first, name = text(""), text("")
    return indented(table)


def _rule_change(log: Log, change: RuleChange, zone: ZoneInfo) -> RenderableType:
    """A bylaw that says something else, and the event by which it was amended."""
    event = change.event
    by = f"  {event.id}, {when(event, zone)}{marked(event)}" if event else ""
    said = f"{change.name} {bylaw(change.before, log.name)} → {bylaw(change.after, log.name)}"
    return indented(Text.assemble(text("bylaws   ", "yellow"), text(said), text(by, "dim")))
