"""What an ensemble comes to, as people read it."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from boardsim.analysis.ensemble.ensemble import Ensemble
from boardsim.analysis.ensemble.probability import (
    LEVEL,
    Blame,
    Effect,
    InformationValue,
    Share,
    blame,
    effect,
    outcome,
    worth,
)
from boardsim.analysis.ensemble.unknowns import count
from boardsim.formats.schema.hints import quantity
from boardsim.log import Log
from boardsim.scenario import Scenario
from boardsim.views.text.log import in_rows, section, text
from boardsim.views.text.whatif import changed
from boardsim.views.words import safe, stamp


def ensemble_text(ensemble: Ensemble, scenario: Scenario, zone: ZoneInfo) -> Iterator[RenderableType]:
    """The outcome, what a change does to it, the facts in order of worth, and blame where it was asked for."""
    question = ensemble.question
    title = safe(scenario.title or question.world.log.title or scenario.id)
    yield Text.assemble((title, "bold"), "  ", (safe(scenario.question or ""), "italic"))
    yield text(_method(ensemble), "dim")
    yield text("")
    when = f", at {stamp(question.at, zone)}" if question.at else ""
    yield text(f"{question.goal.text}{when}", "bold")
    yield _shares([("probability", outcome(ensemble))])
    found = effect(ensemble)
    if found is not None and question.change is not None:
        yield text("")
        yield text(
            f"with {'; '.join(changed(question.world.log, change, zone) for change in question.change.changes)}", "bold"
        )
        yield _shares(_effect(found))
    facts = worth(ensemble)
    if facts:
        worth_it = "what to find out first, by the share of the variance that it removes"
        yield from section(worth_it, [_facts(facts, exact=ensemble.samples is None)])
    people = blame(ensemble)
    if people:
        blamed = _blame(people, question.world.log, exact=ensemble.samples is None)
        yield from section(f"responsibility for {question.vote}, on average", [blamed])


def _method(ensemble: Ensemble) -> str:
    worlds = count(ensemble.question.facts)
    if ensemble.samples is None:
        return "one world" if worlds == 1 else f"{worlds:,} worlds, all of them: every probability is exact"
    drawn = f"{quantity(ensemble.samples, 'world')} drawn" + (f" of {worlds:,}" if worlds < 10**15 else "")
    return f"{drawn}, seed {ensemble.seed}; in brackets the {LEVEL:.0%} interval"


def _effect(found: Effect) -> list[tuple[str, Share | None]]:
    return [
        ("probability", found.changed),
        ("the change prevents it", found.prevents),
        ("the change brings it about", found.brings),
        ("necessity: where it holds, the change ends it", found.necessity),
        ("sufficiency: where not, it holds without", found.sufficiency),
    ]


def _shares(rows: Iterable[tuple[str, Share | None]]) -> RenderableType:
    return in_rows((text(name), text(_said(share))) for name, share in rows)


def _said(share: Share | None) -> str:
    return "never asked" if share is None else str(share)


def _facts(facts: Iterable[InformationValue], *, exact: bool) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("fact", "removes", "if it is", "likely", "outcome then"):
        table.add_column(name, overflow="fold")
    for fact in facts:
        removed = "–" if fact.part is None else _part(fact, exact=exact)
        cells = [fact.unknown.id, removed]
        for (name, given), alternative in zip(fact.given, fact.unknown.alternatives, strict=True):
            table.add_row(*map(text, (*cells, name, str(alternative.chance), _said(given))))
            cells = ["", ""]
    return table


def _part(fact: InformationValue, *, exact: bool) -> str:
    assert fact.part is not None
    about = "" if exact else "about "
    return f"{about}{float(fact.part):.1%}"


def _blame(people: Iterable[Blame], log: Log, *, exact: bool) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for one in people:
        low, high = one.interval
        value = str(one.value) if exact else f"{float(one.value):.4f} ({low:.4f} to {high:.4f})"
        table.add_row(text(log.name(one.person)), text(value))
    return table
