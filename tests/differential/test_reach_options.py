"""What it takes, beside brute force over every set of changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.reach.reach import Bound, Reached, reach
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop
from tests.differential.brute import Worlds
from tests.differential.brute_reach import Slots, Way, cheapest, fit, slots_of
from tests.differential.coverage import Removed, check_coverage
from tests.differential.removals import REMOVALS
from tests.differential.worlds import DAY, START, Case, cases
from tests.sizes import tries

USUAL = {"flip": 1, "abstain": 1, "absent": 1, "recused": 1, "drop": 1, "bylaw": 1}


@frozen(kw_only=True)
class How:
    """The question what it takes to make the goal of a case true, or false where it is true."""

    case: Case
    costs: Mapping[str, int] = USUAL
    fixed: tuple[str, ...] = ()
    since: datetime | None = None
    most: int = 2


FIXED = (
    *((),) * 12,
    ("drop",),
    ("drop", "bylaw"),
    ("drop", "flip"),
    ("flip", "bylaw"),
    ("drop", "acme"),
    ("drop", "motion: ann"),
    ("drop", "bob", "acme"),
    ("dan", "bylaw", "motion"),
    ("motion", "act"),
    ("eve", "letter", "ann-sits", "bob-sits"),
    ("bylaw", "act", "motion", "letter"),
)
COSTS: tuple[Mapping[str, int], ...] = (
    {},
    {},
    {"bylaw": 2},
    {"drop": 2},
    {"flip": 2},
    {"absent": 2, "abstain": 2},
    {"recused": 2},
    {"flip": 2, "drop": 2, "recused": 2},
)


@st.composite
def hows(draw: st.DrawFn) -> How:
    """A question of which the answer can be found by brute force."""
    return How(
        case=draw(cases()),
        costs=USUAL | draw(st.sampled_from(COSTS)),
        fixed=draw(st.sampled_from(FIXED)),
        since=draw(st.sampled_from([None, None, START + 4 * DAY])),
        most=draw(st.sampled_from([1, 2, 2, 2, 2])),
    )


def slots(how: How, worlds: Worlds) -> Slots:
    """What can be changed."""
    return slots_of(worlds, how.costs, how.fixed, how.since)


def brute(how: How, worlds: Worlds) -> tuple[Way, Way]:
    """The cheapest ways as brute force finds them: for sure, and with what is open."""
    return cheapest(worlds, slots(how, worlds), how.most, breaking=worlds.record.goal)


def reached(how: How, worlds: Worlds) -> Reached:
    """The same as the engine finds them."""
    return reach(
        worlds.base,
        compiled(worlds.base, worlds.case.goal, worlds.position),
        breaking=worlds.record.goal,
        costs=how.costs,
        fixed=how.fixed,
        since=how.since,
        bound=Bound(cost=how.most),
    )


def slot_of(change: Change) -> str:
    """Which thing a change is of."""
    match change:
        case Ballot():
            return f"{change.vote}: {change.director}"
        case Drop():
            return change.event
        case AmendBylaws():
            (name,) = change.changes
            value = change.changes[name]
            return f"{change.org} {name}" + (f".{next(iter(value))}" if isinstance(value, Mapping) else "")
        case _:
            raise AssertionError(change)


def cost_of(known: Slots, changes: Sequence[Change]) -> int:
    """What changes cost together; each must be one that can be made."""
    return sum(next(cost for other, cost in known[slot_of(change)] if other == change) for change in changes)


@settings(max_examples=tries(2000))
@given(hows())
def test_the_cheapest_ways_are_those_of_brute_force(how: How) -> None:
    """The cost is the least, each solution works and costs as much, and for all things to be changed one is told."""
    worlds = Worlds.of(how.case)
    found, (sure, possible), known = reached(how, worlds), brute(how, worlds), slots(how, worlds)
    told = frozenset(frozenset(map(slot_of, changes)) for changes in found.solutions)

    assert found.cost in (sure.cost, possible.cost)
    assert found.cost != sure.cost or told >= sure.slots
    assert found.cost != possible.cost or told <= possible.slots
    for changes in found.solutions:
        assert fit(worlds, changes, breaking=worlds.record.goal) != "no"
        assert cost_of(known, changes) == found.cost


def answer(how: How) -> object:
    """What brute force says of a question."""
    worlds = Worlds.of(how.case)
    return worlds.record.goal, brute(how, worlds)


def _in_the_log(name: str) -> Removed[How]:
    return lambda how: evolve(how, case=REMOVALS[name](how.case))


FEATURES: Mapping[str, Removed[How]] = {
    **{name: _in_the_log(name) for name in REMOVALS},
    "costs": lambda how: evolve(how, costs=USUAL),
    "fixed": lambda how: evolve(how, fixed=()),
    "since": lambda how: evolve(how, since=None),
    "several changes at once": lambda how: evolve(how, most=1),
    "bylaws to be changed": lambda how: evolve(how, fixed=(*how.fixed, "bylaw")),
    "ballots to be changed": lambda how: evolve(how, fixed=(*how.fixed, "flip", "abstain", "absent", "recused")),
    "events to be dropped": lambda how: evolve(how, fixed=(*how.fixed, "drop")),
}


@pytest.mark.ci
def test_every_feature_bears_on_what_it_takes() -> None:
    """Each feature changes the cost or the solutions in one of twenty examples at least."""
    check_coverage(hows(), answer, FEATURES)
