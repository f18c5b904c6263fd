"""Causes, as people read them: three numbers side by side, then the causes that make them."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from boardsim.analysis.causation.explain import Explanation, Share
from boardsim.analysis.causation.responsibility import DEFINITIONS
from boardsim.analysis.causation.search import Cause, Search
from boardsim.events import Choice
from boardsim.formats.schema.hints import quantity
from boardsim.log import Log
from boardsim.views.text.log import section, text

SHOWN = 12
"""How many causes of more than one atom are told unless the reader wants all."""

INSTEAD: Mapping[Choice, str] = {
    "for": "voted for",
    "against": "voted against",
    "abstain": "abstained",
    "absent": "stayed away",
    "recused": "been excluded",
}
"""What somebody could have done, in words."""

Blame = Mapping[str, Fraction | None] | None


def explanation_text(
    heading: tuple[str, str, str], found: Explanation, blamed: Blame, log: Log, *, everything: bool
) -> Iterator[RenderableType]:
    """Why a goal is true; `heading` is the goal, the instant, and what is the case."""
    goal, when, case = heading
    yield Text.assemble(text("why ", "dim"), text(goal, "bold"), text(f"  at {when}", "dim"))
    yield text(f"in fact {case}")
    yield text("")
    shares = [share for share in found.shares if everything or share.bounds[0] or share.power is not None]
    yield _table(shares, blamed, log) if shares else text("no cause was found")
    yield from (text(line) for line in _beside(shares))
    yield from _causes(found.found, everything=everything)
    yield text("")
    yield from (text(line, "dim") for line in _footer(found, everything=everything))


def _table(shares: Sequence[Share], blamed: Blame, log: Log) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("", overflow="fold")
    for heading in ("but for", "responsible", "power", *(("blame",) if blamed is not None else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for share in shares:
        cells = ["yes" if share.but_for else "no", degree(share), "–" if share.power is None else str(share.power)]
        if blamed is not None:
            expected = blamed.get(share.atom, Fraction(0))
            cells.append("not determined" if expected is None else str(expected))
        name = text(share.atom if share.atom != share.person else f"{share.atom} ({log.name(share.atom)})")
        table.add_row(name, *(text(cell) for cell in cells))
    return table


def degree(share: Share) -> str:
    """A degree of responsibility; of one that is not determined, between what it lies."""
    if share.degree is not None:
        return str(share.degree)
    least, most = share.bounds
    return f"not determined, {least} to {most}" if least else f"not determined, {most} at most"


def _beside(shares: Sequence[Share]) -> Iterator[str]:
    """Why somebody is responsible whose vote never decides."""
    for share in shares:
        if share.instead is not None:
            could = f"could have {INSTEAD[share.instead]}, and so is responsible"
            yield f"{share.atom} {could}; power is only about votes for"
            yield "  and against that count, of which theirs never decides"


def _causes(found: Search, *, everything: bool) -> Iterator[RenderableType]:
    """The causes in words: those that stand alone without contingency are in the table already."""
    several = [cause for cause in found.causes if cause.distance > 1]
    if not several:
        return
    shown = several if everything else several[:SHOWN]
    lines = [text(_told(cause)) for cause in shown]
    more = len(several) - len(shown) + found.more
    if more:
        lines.append(text(f"and {more:,} more{'' if everything else ', shown with --all'}", "dim"))
    yield from section("only together, or only with something held as it was", lines)


def _told(cause: Cause) -> str:
    held = f", with {' and '.join(cause.held)} as it was" if cause.held else ""
    return " and ".join(cause.atoms) + held


def _footer(found: Explanation, *, everything: bool) -> Iterator[str]:
    """How it was reckoned, how far the search went, and what the numbers are not."""
    yield f"definition: {DEFINITIONS[found.definition]}; contingencies: {found.contingencies}"
    replayed = f"{quantity(found.found.asked, 'world')} replayed"
    if found.found.complete:
        yield f"these are all causes; {replayed}"
    else:
        least = f"1/{found.found.distance}" if found.found.distance > 1 else "1"
        yield f"all causes down to a responsibility of {least}; {replayed}; --max-replays goes further"
        hidden = sum(share.degree is None and not share.bounds[0] and share.power is None for share in found.shares)
        if hidden and not everything:
            yield f"{hidden} more {'is' if hidden == 1 else 'are'} not determined; shown with --all"
    yield "responsibility is about the rules and the record; it is not a moral judgement"
