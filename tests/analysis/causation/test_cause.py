"""Causes and responsibility: the examples of the literature, closed forms, and brute force as the oracle."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.analysis.causation.bounds import bounds
from boardsim.analysis.causation.model import Explained, Model, Value
from boardsim.analysis.causation.responsibility import blame, responsibility
from boardsim.analysis.causation.search import Bound, Cause, Search, search
from tests.analysis.causation.closed_forms import of_vote, of_weighted_vote
from tests.sizes import tries

Values = Mapping[str, Any]
ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)


def vote(votes_for: int, votes_against: int, needed: int) -> Explained:
    """Why a vote by heads came out as it did."""
    context = {f"v{number}": number < votes_for for number in range(votes_for + votes_against)}
    carried = votes_for >= needed
    return Explained(model=Model(context=context), effect=lambda values: (sum(values.values()) >= needed) is carried)


def names(causes: tuple[Cause, ...]) -> set[frozenset[str]]:
    """The causes, as sets of atoms."""
    return {frozenset(cause.atoms) for cause in causes}


@pytest.mark.parametrize(
    ("counts", "number", "size", "degree_for", "degree_against"),
    [
        ((11, 0, 6), 462, 6, "1/6", "0"),
        ((6, 5, 6), 6, 1, "1", "0"),
        ((3, 0, 2), 3, 2, "1/2", "0"),
        ((5, 6, 6), 6, 1, "0", "1"),
    ],
)
def test_votes(counts: tuple[int, int, int], number: int, size: int, degree_for: str, degree_against: str) -> None:
    """Eleven to nothing makes each a sixth responsible, six to five each wholly (Chockler and Halpern, 2004)."""
    found = search(vote(*counts))
    degrees = responsibility(found.causes)
    yes, no, needed = counts

    assert found.complete
    assert (len(found.causes), {len(cause.atoms) for cause in found.causes}) == (number, {size})
    assert {degrees.get(f"v{voter}", ZERO) for voter in range(yes)} == {Fraction(degree_for)}
    assert {degrees.get(f"v{voter}", ZERO) for voter in range(yes, yes + no)} <= {Fraction(degree_against)}
    assert of_vote(votes_for=yes, needed=needed) == (Fraction(degree_for), Fraction(degree_against))


FIRE: Values = {"L": True, "MD": True}
ROCKS = Model(
    context={"ST": True, "BT": True},
    equations={
        "SH": lambda values: values["ST"],
        "BH": lambda values: values["BT"] and not values["SH"],
        "BS": lambda values: values["SH"] or values["BH"],
    },
)


def test_a_fire_that_needs_both_has_two_causes() -> None:
    """Lightning and the match are each a cause, and each wholly responsible."""
    found = search(Explained(model=Model(context=FIRE), effect=lambda values: bool(values["L"] and values["MD"])))

    assert names(found.causes) == {frozenset({"L"}), frozenset({"MD"})}
    assert responsibility(found.causes) == {"L": ONE, "MD": ONE}


def test_a_fire_for_which_either_is_enough_has_one_cause_of_two() -> None:
    """Lightning and the match are a cause only together, and each half responsible."""
    found = search(Explained(model=Model(context=FIRE), effect=lambda values: bool(values["L"] or values["MD"])))

    assert names(found.causes) == {frozenset({"L", "MD"})}
    assert responsibility(found.causes) == {"L": HALF, "MD": HALF}


def test_the_stone_that_came_first_broke_the_bottle() -> None:
    """Suzy's throw and her hit are causes, Billy's are not; the definitions differ on how far she is responsible."""
    found = search(Explained(model=ROCKS, effect=lambda values: bool(values["BS"]), among=["ST", "BT", "SH", "BH"]))

    assert names(found.causes) == {frozenset({"ST"}), frozenset({"SH"})}
    assert {cause.held for cause in found.causes} == {("BH",)}
    assert responsibility(found.causes) == {"ST": HALF, "SH": HALF}
    assert responsibility(found.causes, "ch2004") == {"ST": ONE, "SH": ONE}


def squad(live: int) -> Explained:
    """Ten rifles, of which one is loaded."""
    context = {f"r{rifle}": True for rifle in range(10)}
    return Explained(model=Model(context=context), effect=lambda values: bool(values[f"r{live}"]))


def test_a_firing_squad_shares_the_blame() -> None:
    """Only the loaded rifle is responsible; but nobody knew which it was, so the blame is a tenth for each."""
    degrees = [responsibility(search(squad(live)).causes) for live in range(10)]

    assert degrees[3] == {"r3": ONE}
    assert blame((Fraction(1, 10), one) for one in degrees) == {f"r{rifle}": Fraction(1, 10) for rifle in range(10)}


def test_a_variable_may_have_more_than_two_values() -> None:
    """A director who stays away can leave a meeting without a quorum, where a vote against would not help."""
    model = Model(
        context={"ann": "for", "bob": "for", "cyd": "for"},
        domains=dict.fromkeys(("ann", "bob", "cyd"), ("for", "against", "absent")),
    )

    def carried(values: Values) -> bool:
        ballots = list(values.values())
        return ballots.count("for") > ballots.count("against") and ballots.count("absent") == 0

    found = search(Explained(model=model, effect=carried))

    assert names(found.causes) == {frozenset({"ann"}), frozenset({"bob"}), frozenset({"cyd"})}
    assert found.causes[0].otherwise == (("ann", "absent"),)


@given(st.lists(st.integers(1, 6), min_size=1, max_size=7), st.integers(1, 30))
def test_weighted_votes_have_a_closed_form(weights: list[int], needed: int) -> None:
    """The degrees that the search finds in a weighted vote are those of the smallest critical sets."""
    if sum(weights) < needed:
        return
    votes_for = {f"v{number}": weight for number, weight in enumerate(weights)}
    model = Model(context=dict.fromkeys(votes_for, True))
    effect = lambda values: sum(votes_for[name] for name in votes_for if values[name]) >= needed  # noqa: E731

    degrees = responsibility(search(Explained(model=model, effect=effect)).causes)

    assert {name: degrees.get(name, ZERO) for name in votes_for} == of_weighted_vote(votes_for, needed)


@st.composite
def models(draw: st.DrawFn) -> tuple[Model, Callable[[Values], bool]]:
    """A random acyclic model of up to eight variables, and a predicate of its last one."""
    roots, inner = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    domains = {f"x{number}": tuple(range(draw(st.sampled_from([2, 2, 2, 3])))) for number in range(roots + inner)}
    variables = list(domains)

    def table(number: int) -> Callable[[Values], Value]:
        parents = draw(st.lists(st.sampled_from(variables[:number]), min_size=1, max_size=3, unique=True))
        rows = list(product(*(domains[parent] for parent in parents)))
        values = draw(st.lists(st.sampled_from(domains[variables[number]]), min_size=len(rows), max_size=len(rows)))
        outcome = dict(zip(rows, values, strict=True))
        return lambda seen: outcome[tuple(seen[parent] for parent in parents)]

    context = {name: draw(st.sampled_from(domains[name])) for name in variables[:roots]}
    equations = {variables[number]: table(number) for number in range(roots, roots + inner)}
    model = Model(context=context, equations=equations, domains=domains)
    last, actual = variables[-1], model.actual[variables[-1]]
    return model, lambda values: bool(values[last] == actual)


def subsets(some: list[str]) -> Iterator[tuple[str, ...]]:
    """All subsets, small ones first."""
    return chain.from_iterable(combinations(some, size) for size in range(len(some) + 1))


def distance(model: Model, effect: Callable[[Values], bool], atoms: tuple[str, ...]) -> int | None:
    """By definition: the smallest |X| + |W| with which these variables fulfil AC2; None where they do not."""
    actual = model.actual
    others = [name for name in actual if name not in atoms]
    for held in subsets(others):
        for values in product(*(model.domains[name] for name in atoms)):
            setting = {**{name: actual[name] for name in held}, **dict(zip(atoms, values, strict=True))}
            if not effect(model.evaluate(setting.items())):
                return len(atoms) + len(held)
    return None


@settings(max_examples=tries(120))
@given(models())
def test_the_search_agrees_with_the_definition(drawn: tuple[Model, Callable[[Values], bool]]) -> None:
    """On random models, causes and degrees are those that going through all sets and contingencies gives."""
    model, effect = drawn
    expected: dict[frozenset[str], int] = {}
    for atoms in subsets(list(model.actual)):
        if atoms and not any(cause < frozenset(atoms) for cause in expected):
            near = distance(model, effect, atoms)
            if near is not None:
                expected[frozenset(atoms)] = near

    found = search(Explained(model=model, effect=effect))

    assert found.complete
    assert {frozenset(cause.atoms): cause.distance for cause in found.causes} == expected
    for cause in found.causes:
        held = [(name, model.actual[name]) for name in cause.held]
        assert not effect(model.evaluate([*held, *cause.otherwise]))


def test_a_cause_that_is_found_late_closes_the_sets_that_hold_it() -> None:
    """With two back-ups to be held, the first is a cause; the first and another, with three, are none."""
    model = Model(
        context={"A": True, "B": True},
        equations={
            "A1": lambda values: not values["A"],
            "A2": lambda values: not values["A"],
            "B1": lambda values: not values["B"],
        },
    )
    effect = lambda values: values["A"] or values["A1"] or values["A2"] or values["B1"]  # noqa: E731

    found = search(Explained(model=model, effect=effect, among=["A", "B"]))

    assert [(cause.atoms, cause.held) for cause in found.causes] == [(("A",), ("A1", "A2"))]


def test_a_cause_that_is_found_late_undoes_larger_ones() -> None:
    """Two together are found first, being nearer; with two back-ups held, one of them turns out to be enough."""
    model = Model(
        context={"A": True, "B": True},
        equations={
            "one": lambda values: not values["A"] and values["B"],
            "other": lambda values: not values["A"] and values["B"],
        },
    )
    effect = lambda values: values["A"] or values["one"] or values["other"]  # noqa: E731
    question = Explained(model=model, effect=effect, among=["A", "B"])

    assert names(search(question, Bound(distance=2)).causes) == {frozenset({"A", "B"})}
    assert names(search(question).causes) == {frozenset({"A"})}


def test_a_bound_is_told() -> None:
    """A search that stops early says how far it went, and that it is not complete; what it found is right."""
    by_distance = search(vote(11, 0, 6), Bound(distance=5))
    by_worlds = search(vote(6, 5, 6), Bound(worlds=12))

    assert (by_distance.causes, by_distance.distance, by_distance.complete) == ((), 5, False)
    assert (len(by_worlds.causes), by_worlds.distance, by_worlds.complete) == (6, 1, False)
    assert search(vote(11, 0, 6), Bound(distance=6)).complete is False
    assert len(search(vote(11, 0, 6), Bound(distance=6)).causes) == 462


def test_as_many_worlds_as_are_allowed_may_be_looked_at() -> None:
    """Three ballots and three pairs of them are six worlds: with six the search gets to the pairs, with five not."""
    enough, too_few = (search(vote(3, 0, 2), Bound(worlds=worlds)) for worlds in (6, 5))

    assert (enough.asked, len(enough.causes)) == (6, 3)
    assert (too_few.asked, too_few.causes) == (3, ())


def test_a_cause_of_two_is_not_settled_while_one_of_them_may_be_one_alone() -> None:
    """Two that are found together are certain only once neither can turn out to be enough by itself."""
    model = Model(
        context={"A": True, "B": True},
        equations={"one": lambda values: not values["A"] and values["B"], "other": lambda values: values["one"]},
    )
    question = Explained(model=model, effect=lambda values: values["A"] or values["one"], among=["A", "B"])
    early, late = search(question, Bound(distance=1)), search(question)
    pair = Cause(atoms=("A", "B"), otherwise=(("A", False), ("B", False)))

    assert (early.causes, early.settles(pair)) == ((), False)
    assert (names(late.causes), all(map(late.settles, late.causes))) == ({frozenset({"A"})}, True)


def test_what_is_not_settled_is_not_certain() -> None:
    """A pair that was found while it is open whether A alone is enough gives no more than that it may be so.

    Each has at most half in it, as an unsettled cause says, or what lies beyond the search, whichever is more.
    """
    pair = Cause(atoms=("A", "B"), otherwise=(("A", False), ("B", False)))
    question = Explained(model=Model(context={}), effect=lambda _values: True)
    settled = Search(causes=(pair,), distance=2, complete=False, asked=3)
    open_ = evolve(settled, unsettled=frozenset([frozenset({"A"})]))

    sure, unsure = (bounds(question, found, "hp2016", None, Bound()) for found in (settled, open_))  # type: ignore[arg-type]

    assert sure == {"A": (HALF, HALF), "B": (HALF, HALF)}
    assert unsure == {"A": (ZERO, HALF), "B": (ZERO, HALF)}


def test_blame_for_what_is_unknown_in_one_situation_is_unknown() -> None:
    """A degree that one of the situations leaves open, be it the first or the last, is not a number in the end."""
    known: tuple[Fraction, Mapping[str, Fraction | None]] = (HALF, {"a": ONE, "b": ONE})
    unknown: tuple[Fraction, Mapping[str, Fraction | None]] = (HALF, {"a": None, "b": HALF})

    assert blame([known, unknown]) == blame([unknown, known]) == {"a": None, "b": Fraction(3, 4)}


def test_nothing_to_look_at_is_no_cause() -> None:
    """Without variables there are no causes, and that is all there is to know."""
    found = search(Explained(model=Model(context={}), effect=lambda _values: True))

    assert (found.causes, found.complete) == ((), True)
