"""Why, as people read it: a tree that goes from what is the case back to its roots, each step with its sources."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from boardsim.analysis.why.chain import Chain, Step
from boardsim.analysis.why.facts import Fact
from boardsim.analysis.why.why import Explanation
from boardsim.certainty import Doubts
from boardsim.log import Log
from boardsim.views.text.log import doubts_text, heading, text
from boardsim.views.text.why_words import ballots, doubt, ended, hidden, in_words, outcome, public, step_text
from boardsim.views.words import dated, hanging, known_notes, marked, safe, sentence, stamp, when


def why_text(found: Explanation, at: datetime | None, zone: ZoneInfo, doubts: Doubts) -> Iterator[RenderableType]:
    """The facts, or the event, each with the chain behind it; what was told once is not told again.

    Args:
        doubts: what is not sure about the facts.
    """
    history = found.history
    log, told_already = history.log, set[str]()
    yield heading(log, zone, *known_notes(history.known, zone))
    if at is not None:
        yield text(stamp(at, zone), "bold cyan")
    yield text("")
    if found.event is not None:
        yield chain_text(log, found.chain, found.event, zone, told_already)
    for number, one in enumerate(found.facts):
        if number:
            yield text("")
        yield text(in_words(log, one, zone), "bold")
        yield from (text(doubt(log, event, zone), "yellow") for event in (found.uncertain(one, at) if at else ()))
        yield from _fact(log, one, found.chain, zone, told_already)
    told = {event.id for one in found.facts for event in (found.uncertain(one, at) if at else ())}
    rest = [one for one in doubts.uncertain if one.event.id not in told or one.why != "span"]
    yield from doubts_text(log, Doubts(tuple(rest), doubts.assumed), zone)


def _fact(log: Log, fact: Fact, chain: Chain, zone: ZoneInfo, told_already: set[str]) -> Iterator[RenderableType]:
    decisive = fact.opened if fact.holds else fact.closed
    if decisive is not None:
        yield text("opened by" if fact.holds else ended(log, fact), "cyan")
        yield chain_text(log, chain, decisive.id, zone, told_already)
    if fact.changed:
        yield text("changed by", "cyan")
    for event in fact.changed:
        yield chain_text(log, chain, event, zone, told_already)
    for announced in fact.announced:
        promise = log.by_id[announced]
        due = f", due {dated(promise.due, zone)}" if promise.due else ""
        yield text(f"announced {when(promise, zone)}{due}: {sentence(log, promise)} ({announced})", "yellow")
    for announced, by in fact.withdrawn:
        promise, end = log.by_id[announced], log.by_id[by]
        was = f"announced {when(promise, zone)}, withdrawn {when(end, zone)}{marked(end)}"
        yield text(f"{was}: {sentence(log, promise)} ({announced}, {by})", "yellow")
    if fact.prevented:
        yield text("would have ended it" if fact.holds else "would have made it so", "cyan")
    for event in fact.prevented:
        yield chain_text(log, chain, event, zone, told_already)


DEEPEST = 10
"""How many steps stand below one another before the rest is told in a tree of its own, at the margin again."""


def chain_text(log: Log, chain: Chain, root: str, zone: ZoneInfo, told_already: set[str]) -> RenderableType:
    """The trees behind one event: one, unless the chain is long."""
    roots = [root]
    trees = [_tree(log, chain, below, zone, told_already, roots) for below in roots]  # a tree can add to the roots
    return Group(*trees)


def _tree(log: Log, chain: Chain, root: str, zone: ZoneInfo, told_already: set[str], roots: list[str]) -> Tree:
    top = Tree("", guide_style="dim")
    waiting = [(top, root, 0)]
    while waiting:  # a branch is labelled when its turn comes: only then is it known whether it was told already
        tree, event, depth = waiting.pop()
        step, again = chain[event], event in told_already
        if depth == DEEPEST and not again and any(step.next):
            tree.label = _named(step, zone).append("  told below", "dim")
            roots += [event] if event not in roots else []
            continue
        tree.label = _named(step, zone).append("  as above", "dim") if again else _label(log, step, zone)
        if not again:
            told_already.add(event)
            waiting += reversed([(branch, cause, depth + 1) for branch, cause in _branches(step, tree)])
    return top


def _branches(step: Step, tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Hang what lies behind a step on its tree; the branches, to go on with."""
    for clause in (*step.because, *((cause,) for cause in step.behind)):
        under = tree if len(clause) == 1 else tree.add(text("any one of these was reason enough", "yellow"))
        yield from ((under.add(""), cause) for cause in clause)
    for cause in step.retracted:
        tree.add(text(f"{cause}: its record was retracted", "dim"))
    if step.hidden:
        tree.add(text(hidden(step.hidden), "dim"))


def _named(step: Step, zone: ZoneInfo) -> Text:
    return Text.assemble((safe(step.event.id), "bold"), "  ", (safe(when(step.event, zone)), "dim"))


def _label(log: Log, step: Step, zone: ZoneInfo) -> Text:
    label = _named(step, zone)
    if since := public(log, step, zone):
        label.append(f"  {since}", "dim")
    label.append(f"\n{step_text(log, step)}", "" if step.ruling.is_valid_cause else "red")
    label.append(marked(step.event, zone), "yellow")
    if told := outcome(log, step):
        label.append(f"\n{told}", "bold" if step.ruling.is_valid_cause else "red")
    if step.open_with:
        label.append(safe(f"\n{hanging(log, step.open_with)}"), "yellow")
    for line in (*ballots(log, step), *(safe(f"– {source}") for source in step.event.sources)):
        label.append(f"\n{line}", "dim")
    return label
