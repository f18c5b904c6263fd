"""What a scenario leads to, as people read it: from what was changed down to who holds what in the end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import fill
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from boardsim.analysis.whatif import Answer, RulingChange
from boardsim.analysis.why.reasons import Why, reasons
from boardsim.bylaws import Threshold
from boardsim.checks import WORSE, How
from boardsim.formats.schema.hints import quantity
from boardsim.history import History
from boardsim.log import Log
from boardsim.orders import open_with
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Recount, Replace, Retime
from boardsim.traits import moves
from boardsim.views.text.log import doubts_text, text
from boardsim.views.words import day_of, hanging, marked, numbers, safe, sentence, stamp

INDENT = (0, 0, 0, 2)


def answers_text(
    answers: Sequence[Answer],
    rules: Sequence[Sequence[tuple[How, str]]],
    zone: ZoneInfo,
    *,
    instants: Sequence[datetime],
    everything: bool,
) -> Iterator[RenderableType]:
    """The answer of one scenario; one part for each world, where open votes lead to several.

    Args:
        rules: of each world, the rules of governance that are broken otherwise than in the record, in words.
        instants: when to compare, besides the end.
        everything: whether to tell the statements that were not made, too.
    """
    first = answers[0]
    scenario = first.scenario
    yield Text.assemble((safe(scenario.title or scenario.id), "bold"), "  ", (safe(scenario.question or ""), "italic"))
    if first.horizon is not None:
        yield text(f"horizon: {stamp(first.horizon, zone)}", "dim")
    yield from _section("changed", [text(changed(change, zone)) for change in scenario.changes])
    yield from _section("added", [text(_told(first, event, zone)) for event in _own(first)])
    for turning in dict.fromkeys(str(a.turning) for answer in answers for a in answer.assumed):
        yield from _section("open", [text(f"{answers[0].assumed[0].turning.vote}: {turning}", "yellow")])
    for answer, broken in zip(answers, rules, strict=True):
        if answer.assumed:
            yield text("")
            yield text("if " + " and ".join(map(str, answer.assumed)), "bold cyan")
        yield from answer_text(answer, zone, instants=instants, everything=everything)
        yield from _rules(broken)


def changed(change: Change, zone: ZoneInfo) -> str:
    """A change in words."""
    match change:
        case Ballot():
            return (
                f"{change.vote}: {change.director} votes {change.to}"
                if change.to in ("for", "against")
                else (f"{change.vote}: {change.director} {_DID[change.to]}")
            )
        case Recount(carried=None):
            return f"{change.vote}: the count is {numbers(change.numbers)}"
        case Recount():
            return f"{change.vote} {'carries' if change.carried else 'fails'}, by its result"
        case Drop():
            return f"{change.event} does not happen"
        case Keep():
            return f"{change.event} happens whatever becomes of its reasons"
        case Retime():
            return f"{change.event} happens at {stamp(change.to, zone)}"
        case Replace():
            return f"{change.event} has another {', '.join(change.values)}"
        case AmendBylaws():
            since = f" from {stamp(change.since, zone)}" if change.since else ""
            return f"the bylaws of {change.org} are others{since}: {', '.join(_names(change))}"


_DID = {"abstain": "abstains", "absent": "is absent", "recused": "is recused"}


def _names(change: AmendBylaws) -> Iterator[str]:
    for name, value in change.changes.items():
        if isinstance(value, dict):
            yield from (f"{name}.{key} {_bylaw(item)}" for key, item in value.items())
        else:
            yield f"{name} {_bylaw(value)}"


def _bylaw(value: object) -> str:
    if isinstance(value, Mapping):  # a named seat
        rights = {key.rstrip("_"): " or ".join(one) if isinstance(one, tuple) else one for key, one in value.items()}
        return ", ".join(f"{key.replace('_', ' ')} {one}" for key, one in rights.items())
    if not isinstance(value, Threshold):
        return str(value)
    words = [f"{'more than' if value.strict else 'at least'} {value.fraction}"]
    if value.least > 1:
        words.append(f"and never fewer than {value.least}")
    if value.veto:
        words.append(f"with a veto of {' and '.join(value.veto)}")
    return " ".join(words)


def _own(answer: Answer) -> Iterator[str]:
    return (event.id for event in answer.scenario.events if event.id in answer.history)


def _told(answer: Answer, event: str, zone: ZoneInfo) -> str:
    found = answer.history.events[answer.history.index(event)]
    return f"{day_of(found, zone)}: {sentence(answer.history.log, found)}{marked(found)}"


def answer_text(
    answer: Answer, zone: ZoneInfo, *, instants: Sequence[datetime], everything: bool
) -> Iterator[RenderableType]:
    """One world beside the record."""
    log = answer.history.log
    yield from _section("votes", [text(_recount(answer.history, fate)) for fate in answer.votes()])
    fates = list(answer.ruling_changes())
    undone = [fate for fate in fates if fate.after.kind != "effective" or _lost_vote(fate)]
    shown = [fate for fate in undone if everything or moves(fate.event)]
    if shown:
        yield text("")
        yield text("did not happen", "bold")
        yield Padding(_forest(answer, shown), INDENT)
    if len(shown) < len(undone):
        yield Padding(text(f"and {quantity(len(undone) - len(shown), 'statement')}, shown with --all", "dim"), INDENT)
    known = {*(fate.event.id for fate in undone), *_own(answer)}
    done = [fate for fate in fates if fate.event.id not in known]
    yield from _section("happened instead", [text(_told(answer, fate.event.id, zone)) for fate in done])
    for at in (*instants, None):
        yield from _beside(answer, log, zone, at)
    kept = answer.unexplained()
    if kept:
        some = "event" if len(kept) == 1 else "events"
        yield from _section("kept", [text(f"{len(kept)} {some}, no cause declared: {_some(kept)}", "dim")])
    yield from _assertions(answer)


def _some(kept: Sequence[object]) -> str:
    ids = [getattr(event, "id", "") for event in kept]
    return ", ".join(ids[:4]) + (" …" if len(ids) > 4 else "")


def _section(title: str, lines: Sequence[RenderableType]) -> Iterator[RenderableType]:
    if lines:
        yield text("")
        yield text(title, "bold")
        yield Padding(Group(*lines), INDENT)


def _lost_vote(fate: RulingChange) -> bool:
    return fate.after.tally is not None and not fate.after.is_valid_cause


def _recount(history: History, fate: RulingChange) -> str:
    was = f"{fate.before.tally.outcome}, {fate.before.tally}" if fate.before and fate.before.tally else "not held"
    tally = fate.after.tally
    now = f"{tally.outcome}, {tally}" if tally else fate.after.kind
    hangs = hanging(open_with(history, fate.event.id))
    return f"{fate.event.id}: {was}  →  {now}{f'; {hangs}' if hangs else ''}"


def _forest(answer: Answer, fates: Sequence[RulingChange]) -> Group:
    """Every event that did not happen, with what stands behind it, down to the first cause.

    Each is told once; from then on an arrow names it.
    """
    told: set[str] = set()
    return Group(*(_tree(reasons(answer.record, answer.history, fate.event.id, told)) for fate in fates))


def _tree(why: Why) -> RenderableType:
    label = Text.assemble((safe(why.event), "bold"), "  ", (safe(why.ruling), "red"))
    if why.again:
        return label.append(", as above", "dim")
    if why.ruling not in ("orphaned", "dropped"):
        label.append(safe(f": {why.text}"))
    if all(below.again for below in why.below):
        if why.below:
            label.append(safe(f"  ← {', '.join(below.event for below in why.below)}"), "dim")
        return label
    tree = Tree(label, guide_style="dim")
    for below in why.below:
        tree.add(_tree(below))
    return tree


def _beside(answer: Answer, log: Log, zone: ZoneInfo, at: datetime | None) -> Iterator[RenderableType]:
    """Who holds what otherwise than in the record, side by side."""
    differences = answer.differences(at)
    end = "in the end" if answer.horizon is None else "at the horizon"
    when = stamp(at, zone) if at else end
    doubts = answer.doubts(at, [change.event.id for change in answer.ruling_changes()] if at else ())
    uncertain = [Padding(part, INDENT) for part in doubts_text(log, doubts, zone)]
    if not differences:
        yield from _section(when, [text("everybody holds what they held")])
        yield from uncertain
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("role", "in fact", "in this world"):
        table.add_column(heading, overflow="fold")
    for difference in differences:
        org = f" ({log.name(difference.org)})" if difference.org != log.orgs[0].id else ""
        sides = (
            ", ".join(log.name(person) for person in side) or "none"
            for side in (difference.actual, difference.scenario)
        )
        table.add_row(text(log.name(difference.role) + org), *(text(side) for side in sides))
    yield from _section(when, [table])
    yield from uncertain


def _assertions(answer: Answer) -> Iterator[RenderableType]:
    broken = answer.broken()
    expected = sum(len(a.expected) for a in answer.scenario.assertions) + len(answer.scenario.expectations)
    if expected:
        style = "red" if broken else "green"
        yield from _section("assertions", [text(f"{expected - len(broken)} held, {len(broken)} broken", style)])


_BROKEN: Mapping[How, str] = {
    "new": "now broken",
    "extended": "broken for longer",
    "shortened": "remedied sooner",
    "resolved": "no longer broken",
}


def _rules(rules: Sequence[tuple[How, str]]) -> Iterator[RenderableType]:
    """The rules of governance that are broken otherwise than in the record."""
    lines = [text(f"{_BROKEN[how]}: {message}", "red" if how in WORSE else "green") for how, message in rules]
    yield from _section("rules", lines)


def worlds_table(columns: Sequence[tuple[str, Answer]], at: datetime | None, *, narrow: bool) -> Table:
    """Several worlds as columns: how the votes came out, and who holds what where they differ.

    Args:
        columns: each with its name; in several lines where it is that of a scenario with open votes.
        at: when to compare; None for in the end.
        narrow: whether names stand below one another rather than in a row.
    """
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("in fact", overflow="fold")
    for name, _ in columns:
        table.add_column(text(_heading(name) if narrow else name.replace("\n", ", ")), overflow="fold")
    record = columns[0][1].record
    found = [{(d.org, d.role): d.scenario for d in answer.differences(at)} for _, answer in columns]
    for vote in dict.fromkeys(fate.event.id for _, answer in columns for fate in answer.votes()):
        was = (record.ruling(vote).outcome if vote in record else None) or "–"
        cells = [was, *(_verdict(answer.history, vote) for _, answer in columns)]
        table.add_row(text(vote), *(text(cell) for cell in cells))
    for org, role in dict.fromkeys(key for differences in found for key in differences):
        state = record.state(org) if at is None else record.state_at(org, at)
        fact = tuple(sorted(state.holders(role)))
        rows = [fact, *(differences.get((org, role), fact) for differences in found)]
        log = columns[0][1].history.log
        names = ((",\n" if narrow else ", ").join(log.name(person) for person in row) or "none" for row in rows)
        table.add_row(text(log.name(role)), *(text(cell) for cell in names))
    return table


def _heading(name: str) -> str:
    """A name in lines as narrow as a column of names, broken between its words."""
    return "\n".join(fill(line, 12) for line in name.splitlines())


def _verdict(history: History, vote: str) -> str:
    return history.ruling(vote).verdict if vote in history else "–"
