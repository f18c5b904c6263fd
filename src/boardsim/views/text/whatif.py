"""What a scenario leads to, as people read it: from what was changed down to who holds what in the end."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import fill, shorten
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from boardsim.analysis.whatif import Answer, RulingChange
from boardsim.analysis.why.reasons import causes
from boardsim.certainty import Doubts
from boardsim.checks import WORSE, How
from boardsim.events import DOUBTS
from boardsim.formats.schema.hints import quantity
from boardsim.history import History
from boardsim.log import Log
from boardsim.orders import open_with
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Recount, Replace, Retime
from boardsim.traits import is_statement
from boardsim.views.text.log import doubts_text, indented, section, text
from boardsim.views.words import (
    bylaw,
    bylaws_text,
    grounds,
    hanging,
    known_notes,
    marked,
    numbers,
    safe,
    sentence,
    stamp,
    when,
)
from boardsim.voting import Tally


def answers_text(
    answers: Sequence[Answer],
    rules: Sequence[Sequence[tuple[How, str]]],
    zone: ZoneInfo,
    *,
    instants: Sequence[datetime | None],
    everything: bool,
    ids: bool = False,
    piped: bool = False,
) -> Iterator[RenderableType]:
    """The answer of one scenario; one part for each world, where open votes lead to several.

    Args:
        rules: of each world, the rules of governance that are broken otherwise than in the record, in words.
        instants: when to compare; None for the end.
        everything: whether to tell the statements that were not made, too.
        ids: whether to name events by their ids, too.
        piped: whether there is no terminal, so that no row of names is broken.
    """
    first = answers[0]
    scenario = first.scenario
    yield Text.assemble((safe(scenario.title or scenario.id), "bold"), "  ", (safe(scenario.question or ""), "italic"))
    if first.horizon is not None:
        yield text(f"horizon: {stamp(first.horizon, zone)}", "dim")
    yield from as_known_text(first, zone)
    changes = [changed(first.history.log, change, zone, ids=ids) for change in scenario.changes]
    added = [_told(first, event, zone, ids=ids) for event in _own(first)]
    if not changes and not added:
        changes = ["nothing: name a scenario, or say with --change what happens otherwise"]
    yield from _section("changed", [text(change) for change in changes])
    yield from _section("added", [text(event) for event in added])
    for turning in dict.fromkeys(str(a.turning) for answer in answers for a in answer.assumed):
        yield from _section("open", [text(f"{answers[0].assumed[0].turning.vote}: {turning}", "yellow")])
    for answer, broken in zip(answers, rules, strict=True):
        if answer.assumed:
            yield text("")
            yield text("if " + " and ".join(map(str, answer.assumed)), "bold cyan")
        yield from answer_text(answer, zone, instants=instants, everything=everything, ids=ids, piped=piped)
        yield from _rules(broken)


def as_known_text(answer: Answer, zone: ZoneInfo) -> Iterator[RenderableType]:
    """In which state of knowledge both worlds are seen; nothing where it is that of now."""
    yield from (text(note, "dim") for note in known_notes(answer.history.known, zone))


def changed(log: Log, change: Change, zone: ZoneInfo, *, ids: bool = False) -> str:
    """A change in words; what it changes is told by its sentence.

    Args:
        ids: whether events are named by their ids, too.
    """

    def event(name: str) -> str:
        found = log.by_id.get(name)
        return f"{sentence(log, found)}{marked(found)}{f'  ({name})' if ids else ''}" if found else name

    match change:
        case Ballot():
            does = f"votes {change.to}" if change.to in ("for", "against") else _DID[change.to]
            return f"{log.name(change.director)} {does}: {event(change.vote)}"
        case Recount(carried=None):
            return f"the count is {numbers(change.numbers)}: {event(change.vote)}"
        case Recount():
            return f"{'carries' if change.carried else 'fails'}, by its result: {event(change.vote)}"
        case Drop():
            return f"does not happen: {event(change.event)}"
        case Keep():
            return f"happens whatever becomes of its reasons: {event(change.event)}"
        case Retime():
            return f"happens at {stamp(change.to, zone)}: {event(change.event)}"
        case Replace():
            return f"has another {', '.join(change.values)}: {event(change.event)}"
        case AmendBylaws():
            since = f" from {stamp(change.since, zone)}" if change.since else ""
            rules = ", ".join(bylaws_text(change.changes, log.name))
            return f"the bylaws of {log.org_name(change.org)} are others{since}: {rules}"


_DID = {"abstain": "abstains", "absent": "is absent", "recused": "is recused"}


def _own(answer: Answer) -> Iterator[str]:
    return (event.id for event in answer.scenario.events if event.id in answer.history)


def _sentence(answer: Answer, event: str, *, ids: bool, width: int | None = None) -> str:
    found = answer.history.events[answer.history.index(event)]
    told = sentence(answer.history.log, found)
    if width is not None and len(told) > width:
        told = shorten(told, width, placeholder=" …")
    return f"{told}{marked(found)}{f'  ({event})' if ids else ''}"


def _told(answer: Answer, event: str, zone: ZoneInfo, *, ids: bool) -> str:
    found = answer.history.events[answer.history.index(event)]
    return f"{when(found, zone)}: {_sentence(answer, event, ids=ids)}"


def answer_text(
    answer: Answer, zone: ZoneInfo, *, instants: Sequence[datetime | None], everything: bool, ids: bool, piped: bool
) -> Iterator[RenderableType]:
    """One world beside the record."""
    log = answer.history.log
    yield from _section("votes", [text(_recount(answer.history, fate, ids=ids)) for fate in answer.votes()])
    fates = list(answer.ruling_changes())
    undone = [fate for fate in fates if fate.after.kind != "effective" or _lost_vote(fate)]
    shown = _worth_telling(answer, undone, everything=everything)
    if shown:
        yield from _section("did not happen", list(_lost(answer, shown, zone, ids=ids)))
    if len(shown) < len(undone):
        yield indented(text(f"and {quantity(len(undone) - len(shown), 'statement')}, shown with --all", "dim"))
    known = {*(fate.event.id for fate in undone), *_own(answer)}
    done = [fate for fate in fates if fate.event.id not in known]
    yield from _section("happened instead", [text(_told(answer, fate.event.id, zone, ids=ids)) for fate in done])
    for at in instants:
        yield from _beside(answer, log, zone, at, piped=piped)
    yield from _kept(answer, zone, ids=ids)
    yield from _assertions(answer)


LONGEST = 70
"""Characters of a sentence that is told whole elsewhere."""

SOME = 6
"""How many of the events are told that stayed because nobody linked them to a reason."""


def _kept(answer: Answer, zone: ZoneInfo, *, ids: bool) -> Iterator[RenderableType]:
    kept = answer.unexplained()
    if kept:
        lines = [text(f"{quantity(len(kept), 'event')}, no cause declared", "dim")]
        lines += [text(_told(answer, event.id, zone, ids=ids), "dim") for event in kept[:SOME]]
        lines += [text(f"and {len(kept) - SOME} more", "dim")] if len(kept) > SOME else []
        yield from _section("kept", lines)


def _section(title: str, lines: Sequence[RenderableType]) -> Iterator[RenderableType]:
    if lines:
        yield from section(title, lines)


def _lost_vote(fate: RulingChange) -> bool:
    return fate.after.tally is not None and not fate.after.is_valid_cause


def _recount(history: History, fate: RulingChange, *, ids: bool) -> str:
    """How a vote was counted in both worlds; where the numbers are the same, what else is not."""
    before, tally = fate.before.tally if fate.before else None, fate.after.tally
    was = f"{before.outcome}, {before}" if before else "not held"
    now = f"{tally.outcome}, {tally}" if tally else fate.after.kind
    more = list(_counted_otherwise(history.log, before, tally)) if before and tally and was == now else []
    hangs = hanging(history.log, open_with(history, fate.event.id))
    name = f"{sentence(history.log, fate.event)}{marked(fate.event)}{f'  ({fate.event.id})' if ids else ''}"
    outcome = f"{was}, as in fact, but for {'; '.join(more)}" if more else f"{was}  →  {now}"
    return f"{name}: {outcome}{f'; {hangs}' if hangs else ''}"


def _counted_otherwise(log: Log, was: Tally, now: Tally) -> Iterator[str]:
    """What two counts differ in that come to the same numbers."""
    for word, one, other in (
        ("against", was.votes_against, now.votes_against),
        ("present", was.present, now.present),
        ("quorum", was.quorum, now.quorum),
    ):
        if one != other:
            yield f"{word} {one} → {other}"
    for word, before, after in (
        ("excluded", dict(was.excluded), dict(now.excluded)),
        ("without a ballot on record", dict.fromkeys(was.unrecorded, ""), dict.fromkeys(now.unrecorded, "")),
    ):
        come, gone = (
            [f"{log.name(p)}{f' ({one[p]})' if one[p] else ''}" for p in one if p not in other]
            for one, other in ((after, before), (before, after))
        )
        yield from ([f"{word}: {', '.join(come)}"] if come else [])
        yield from ([f"no longer {word}: {', '.join(gone)}"] if gone else [])


def _worth_telling(answer: Answer, undone: Sequence[RulingChange], *, everything: bool) -> list[RulingChange]:
    """What did not happen, but for statements; a statement is told if something that is told hangs on it."""
    told = {fate.event.id for fate in undone if everything or not is_statement(fate.event)}
    rest = {fate.event.id for fate in undone} - told
    for fate in reversed(undone):  # a reason lies before the deed
        if fate.event.id in told:
            told |= rest.intersection(causes(answer.record, answer.history, fate.event.id))
    return [fate for fate in undone if fate.event.id in told]


def _lost(answer: Answer, shown: Sequence[RulingChange], zone: ZoneInfo, *, ids: bool) -> Iterator[RenderableType]:
    """What did not happen: first causes, then what hung on each, and what was no longer possible."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for fate in shown:
        name = fate.event.id
        told = _told(answer, name, zone, ids=ids)
        behind = tuple(dict.fromkeys(cause for cause in causes(answer.record, answer.history, name) if cause != name))
        if fate.after.kind == "orphaned":
            groups.setdefault(behind, []).append(told)
        elif fate.after.kind == "dropped":
            groups.setdefault((), []).append(told)
        else:
            why = f"{fate.after.verdict}: {grounds(answer.history.log, fate.after) or ''}"
            groups.setdefault((), []).append(f"{told}\n  {why}")
    for behind, lines in groups.items():
        if behind:
            reasons = " and ".join(_sentence(answer, cause, ids=ids, width=LONGEST) for cause in behind)
            yield text(f"for want of: {reasons}", "bold")
        yield Padding(Group(*(text(line) for line in lines)), (0, 0, 0, 2 if behind else 0))


def _beside(answer: Answer, log: Log, zone: ZoneInfo, at: datetime | None, *, piped: bool) -> Iterator[RenderableType]:
    """Who holds what otherwise than in the record, side by side."""
    differences = answer.differences(at)
    end = "in the end" if answer.horizon is None else "at the horizon"
    when = stamp(at, zone) if at else end
    named = (change.event for change in answer.ruling_changes()) if at else ()
    doubts = answer.doubts(at, [event.id for event in named if not is_statement(event)])
    unsaid = tuple(one for one in doubts.uncertain if one.role or one.why not in DOUBTS)  # sentences have their marks
    uncertain = [indented(part) for part in doubts_text(log, Doubts(unsaid, doubts.assumed), zone)]
    rules = answer.bylaws(at)
    if not differences and not rules:
        yield from _section(when, [text("everybody holds what they held")])
        yield from uncertain
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("role", "in fact", "in this world"):
        table.add_column(heading, overflow="fold", max_width=None if piped else WIDEST_ROW)
    for difference in differences:
        org = f" ({log.org_name(difference.org)})" if difference.org != log.orgs[0].id else ""
        sides = (
            _row(log, difference.actual, difference.scenario, "− "),
            _row(log, difference.scenario, difference.actual, "+ "),
        )
        table.add_row(text(log.role_name(difference.role) + org), *(text(side) for side in sides))
    for declared, name, actual, here in rules:
        org = f" ({log.org_name(declared)})" if declared != log.orgs[0].id else ""
        table.add_row(text(f"bylaws: {name}{org}"), text(bylaw(actual, log.name)), text(bylaw(here, log.name)))
    yield from _section(when, [table])
    yield from uncertain


WIDEST_ROW = 48
"""Columns of a row of names, so that the two worlds stand beside one another however wide the terminal is."""


def _row(log: Log, people: Sequence[str], others: Sequence[str], mark: str, between: str = ", ") -> str:
    """Names in a row; whoever is not in the other row has a mark."""
    return between.join((mark if person not in others else "") + log.name(person) for person in people) or "none"


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
        fact = tuple(sorted(state.occupants(role)))
        log, comma = columns[0][1].history.log, ",\n" if narrow else ", "
        names = [_row(log, fact, fact, "", comma)]
        names += [_row(log, differences.get((org, role), fact), fact, "+ ", comma) for differences in found]
        table.add_row(text(log.role_name(role)), *(text(cell) for cell in names))
    return table


def _heading(name: str) -> str:
    """A name in lines as narrow as a column of names, broken between its words."""
    return "\n".join(fill(line, 12) for line in name.splitlines())


def _verdict(history: History, vote: str) -> str:
    return history.ruling(vote).verdict if vote in history else "–"
