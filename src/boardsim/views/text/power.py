"""Voting power as people read it: a line for each director, and on whom a vote turned."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from boardsim.analysis.power.indices import Power
from boardsim.analysis.power.pivotal import Pivot
from boardsim.analysis.power.power import BoardPower
from boardsim.events import Choice
from boardsim.history import History
from boardsim.log import Log
from boardsim.orders import open_with
from boardsim.views.json.power import Motion
from boardsim.views.text.log import heading, text
from boardsim.views.text.narrow import Whole
from boardsim.views.words import counted, hanging, known_notes, safe, sentence, stamp

LONGEST = 8
"""Characters of a fraction that is shown as such; a longer one is shown as a decimal."""


def power_text(history: History, motion: Motion, power: BoardPower, zone: ZoneInfo) -> Iterator[RenderableType]:
    """The board and its rule, the indices, and what is special about them."""
    log = history.log
    yield heading(log, zone, *known_notes(history.known, zone))
    if motion.at:
        yield text(stamp(motion.at, zone), "bold cyan")
    yield text("")
    yield Text.assemble((safe(log.org_name(motion.org)), "bold"), "  ", (safe(_rule(log, motion, power)), "dim"))
    yield _table(log, power)
    yield from (text(line) for line in _remarks(log, power))
    if motion.vote is not None and motion.tally is not None:
        yield text("")
        yield text(sentence(log, motion.vote), "bold")
        yield text(counted(motion.tally))
        if hangs := hanging(log, open_with(history, motion.vote.id)):
            yield text(hangs, "yellow")
        yield from _turned(log, motion)


def _rule(log: Log, motion: Motion, power: BoardPower) -> str:
    board = f"decided by the board of {log.org_name(power.org)}; " if power.org != motion.org else ""
    votes = "vote" if power.needed == 1 else "votes"
    base = power.base.replace("-", " ")
    return f"{board}{power.rule}: {power.needed} {votes} needed, of {power.of} {base}; quorum {power.quorum}"


TITLES = ("votes", "swings", "Penrose", "Banzhaf", "Shapley–\nShubik", "Coleman\nprevent", "\ninitiate")
NAMES = ("director", "votes", "swings", "Penrose", "Banzhaf", "Shapley–Shubik", "Coleman, prevent", "Coleman, initiate")
"""What the columns are called above the table, and where each is a line."""


def _table(log: Log, power: BoardPower) -> Whole:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", overflow="fold", min_width=15)
    for title in TITLES:
        table.add_column(title, justify="right", vertical="bottom")
    rows = [tuple(map(text, _cells(log, power, each))) for each in power.powers.players]
    for row in rows:
        table.add_row(*row)
    return Whole(table, NAMES, rows)


def _cells(log: Log, power: BoardPower, each: Power) -> tuple[str, ...]:
    shares = (each.penrose, each.banzhaf, each.shapley_shubik, each.prevent, each.initiate)
    return (log.name(each.player), str(power.votes[each.player]), f"{each.swings:,}", *map(number, shares))


def number(share: Fraction) -> str:
    """The fraction, exact if it is short enough to be read, else to four places."""
    exact = str(share)
    return exact if len(exact) <= LONGEST else f"≈{float(share):.4f}"


def _remarks(log: Log, power: BoardPower) -> Iterator[str]:
    for word, people in (("absent", power.absent), ("recused", power.recused), ("veto", power.veto)):
        if people:
            yield f"{word}: {_names(log, people)}"
    if power.casting_voter:
        yield f"casting vote: {log.name(power.casting_voter)}"
    if not power.powers.act:
        why = "too few take part for a quorum" if len(power.votes) < power.quorum else "all together are too few"
        yield f"nothing can be carried: {why}"
    elif power.powers.dummies:
        yield f"never decides: {_names(log, power.powers.dummies)}"
    yield f"power of the board to act: {number(power.powers.act)}"


def _turned(log: Log, motion: Motion) -> Iterator[Text]:
    if motion.tally is not None and motion.tally.turns_on:
        yield text(f"open: it turns on {_names(log, motion.tally.turns_on)}, whose ballots are not on record")
    if motion.tally is not None and motion.tally.may_turn_on:
        yield text(f"it may turn on {_names(log, motion.tally.may_turn_on)}: their votes differ too much to find out")
    if not motion.pivots:
        yield text("nobody's ballot alone would have changed the outcome")
        return
    yield text("it would have come out otherwise, had one of these alone")
    for pivot in motion.pivots:
        yield text(f"  {log.name(pivot.person)}, who {_DID[pivot.ballot]}, {_otherwise(pivot)}")


_DID: Mapping[Choice, str] = {
    "for": "voted for",
    "against": "voted against",
    "abstain": "abstained",
    "absent": "stayed away",
}


def _otherwise(pivot: Pivot) -> str:
    *most, last = [_DID[choice] for choice in pivot.otherwise]
    return f"{', '.join(most)} or {last}" if most else last


def _names(log: Log, people: tuple[str, ...] | list[str]) -> str:
    return ", ".join(log.name(person) for person in people)
