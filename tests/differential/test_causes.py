"""Causes and degrees of responsibility beside brute force by the definition."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import cast

import pytest
from attrs import evolve, frozen
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Bylaws, Vote
from boardsim.analysis.causation.explain import Explanation, Of, explain
from boardsim.analysis.causation.responsibility import Definition
from boardsim.analysis.causation.search import Bound
from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.goals import Goal, Holder, Holders, Number, Verdict
from boardsim.bylaws import MAJORITY
from boardsim.events import CHOICES
from tests.differential.brute import Worlds
from tests.differential.brute_causes import Nearest, atoms_of, by_definition, causes, degrees
from tests.differential.coverage import Removed, check_coverage
from tests.differential.removals import REMOVALS
from tests.differential.scenes import ALL, CAST, MOST
from tests.differential.worlds import DAY, PEOPLE, START, Case, Teller, cases, returned, thrice, told, twice
from tests.sizes import tries

STORY = START + 3 * DAY
"""By then most boards are seated."""

HELD = (twice, thrice, returned, returned, returned)
"""Stories in which something must be held for a cause to show."""


@frozen(kw_only=True)
class Why:
    """The question why the goal of a case is true; where it is not, why it is not."""

    case: Case
    of: tuple[str, ...] = ("votes", "events")
    since: datetime = START
    distance: int | None = 2
    definition: str = "hp2016"
    forced: bool = False

    def worlds(self) -> Worlds:
        """All worlds of a log in which the goal is true."""
        worlds = Worlds.of(self.case)
        return worlds if worlds.record.goal else Worlds.of(denied(self.case))


def denied(case: Case) -> Case:
    """The case with the contrary of its goal, which has one term."""
    (term,) = case.goal.terms
    match term:
        case Number():
            signs = {"<": ">=", ">": "<=", "<=": ">", ">=": "<"}
            other: Verdict | Holder | Holders | Number = evolve(term, sign=signs[term.sign])
        case _:
            other = evolve(term, negated=not term.negated)
    return evolve(case, goal=evolve(case.goal, terms=(other,)))


ranges = st.sampled_from(
    [
        (("votes", "events"), START, 2),
        (("votes", "events"), STORY, 3),
        (("votes", "events"), STORY, 3),
        (("votes",), START, 3),
        (("events",), START, 3),
        (("events",), STORY, None),
        (("people",), START, 2),
    ]
)
"""What is looked at, since when, and how far."""


@st.composite
def whys(draw: st.DrawFn) -> Why:
    """A question of which the answer can be found by brute force."""
    of, since, distance = draw(ranges)
    return Why(
        case=draw(cases(votes=1)),
        of=of,
        since=since,
        distance=distance,
        definition=draw(st.sampled_from(["hp2016", "hp2016", "ch2004"])),
        forced=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def held_whys(draw: st.DrawFn) -> Why:
    """A question in which much hangs on what is held, and on how that is counted."""
    return Why(
        case=draw(cases(most=2, votes=1, plots=HELD)),
        of=draw(st.sampled_from([("events",), ("events",), ("votes", "events")])),
        since=START + 2 * DAY,
        distance=3,
        definition=draw(st.sampled_from(["hp2016", "ch2004"])),
        forced=draw(st.booleans()),
    )


def explained(why: Why, worlds: Worlds, bound: Bound) -> Explanation:
    """What the engine says."""
    return explain(
        compiled(worlds.base, worlds.case.goal, worlds.position),
        of=cast("tuple[Of, ...]", why.of),
        definition=cast("Definition", why.definition),
        contingencies="any" if why.forced else "admissible",
        since=None if why.since == START else why.since,
        bound=bound,
    )


def brute(why: Why, worlds: Worlds) -> list[Nearest]:
    """What the definition says."""
    return causes(worlds, atoms_of(worlds, why.of, why.since), distance=why.distance, forced=why.forced)


@settings(max_examples=tries(2000))
@given(whys() | held_whys())
def test_causes_are_those_of_the_definition(why: Why) -> None:
    """The causes, the degree of each atom and whether it passes the but-for test are those of an exhaustive search."""
    worlds = why.worlds()
    found, expected = explained(why, worlds, Bound(distance=why.distance)), brute(why, worlds)
    atoms = atoms_of(worlds, why.of, why.since)

    assert {frozenset(cause.atoms) for cause in found.found.causes} == {cause.atoms for cause in expected}
    assert found.found.complete or why.distance is not None
    assert {share.atom for share in found.shares} <= atoms.keys()
    told = degrees(expected, why.definition)
    assert told.keys() <= {share.atom for share in found.shares}
    for share in found.shares:
        assert share.bounds[0] <= told.get(share.atom, Fraction(0)) <= share.bounds[1]
        assert share.degree is None or share.degree == share.bounds[0] == share.bounds[1]
        assert share.degree is not None or not found.found.complete
    alone = {name for cause in expected if cause.held == 0 and len(cause.atoms) == 1 for name in cause.atoms}
    assert {share.atom for share in found.shares if share.but_for} == alone


@st.composite
def plain_votes(draw: st.DrawFn) -> Case:
    """A vote of a few directors in which each has one vote, and some may have a veto."""
    directors = draw(st.sampled_from([PEOPLE[:3], PEOPLE[:4], PEOPLE[:4]]))
    veto = draw(st.sampled_from([(), (), directors[:1], directors[-1:]]))
    rule = evolve(draw(st.sampled_from([MAJORITY, MAJORITY, MOST, ALL, CAST])), veto=veto)
    bylaws = Bylaws(rules={"decision": rule}, recuse_subject=draw(st.booleans()))
    subject = draw(st.sampled_from([None, None, directors[0], "dan"]))
    teller = Teller(draw, directors, None, bylaws)
    for person in directors:
        teller.tell(Appoint, f"{person}-sits", person=person, role="director")
    sides: dict[str, tuple[str, ...]] = dict.fromkeys(CHOICES, ())
    for person in directors:
        choice = draw(st.sampled_from(["for", "for", "for", "against", "against", "abstain", "absent"]))
        sides[choice] = (*sides[choice], person)
    teller.tell(Vote, "motion", motion="x", subject=subject, for_=sides.pop("for"), **sides)
    return Case(log=told(teller), goal=Goal((Verdict("motion", "carried"),)), at=teller.events[-1].at)


@settings(max_examples=tries(2000))
@given(plain_votes())
def test_a_formula_in_the_place_of_the_search_says_the_same(case: Case) -> None:
    """Where hardly a world may be replayed, whatever is told as complete is what an exhaustive search finds."""
    why = Why(case=case, of=("votes",), distance=None)
    worlds = why.worlds()
    found = explained(why, worlds, Bound(worlds=0))
    if found.found.complete:
        expected = brute(why, worlds)
        degree = degrees(expected, why.definition)

        assert {frozenset(cause.atoms) for cause in found.found.causes} == {cause.atoms for cause in expected}
        assert {share.atom: share.degree for share in found.shares if share.degree} == degree


@settings(max_examples=tries(2000, 3))
@given(cases(most=2, votes=1))
def test_nothing_is_held_in_vain(case: Case) -> None:
    """The short way by which these tests look for what has to be held finds what the definition finds word by word."""
    worlds = Why(case=case).worlds()
    atoms = atoms_of(worlds, ("events",))
    assume(len(atoms) <= 6)
    assume(not worlds.case.goal.events)  # of what could not happen a goal could tell whether it is held not to happen

    assert causes(worlds, atoms) == by_definition(worlds, atoms)


def answer(why: Why) -> object:
    """What the definition says of a case: the causes and the degrees."""
    worlds = why.worlds()
    found = brute(why, worlds)
    return worlds.record.goal, {cause.atoms for cause in found}, degrees(found, why.definition)


def _in_the_log(name: str) -> Removed[Why]:
    return lambda why: evolve(why, case=REMOVALS[name](why.case))


FEATURES: Mapping[str, Removed[Why]] = {
    **{name: _in_the_log(name) for name in REMOVALS},
    "ballots as atoms": lambda why: evolve(why, of=tuple(kind for kind in why.of if kind != "votes")),
    "events as atoms": lambda why: evolve(why, of=tuple(kind for kind in why.of if kind != "events")),
    "people as atoms": lambda why: evolve(why, of=tuple(kind for kind in why.of if kind != "people")),
}


HELD_FEATURES: Mapping[str, Removed[Why]] = {
    "definition": lambda why: evolve(why, definition="hp2016"),
    "any contingency": lambda why: evolve(why, forced=False),
}


@pytest.mark.ci
def test_every_feature_bears_on_causes() -> None:
    """Each feature changes the causes or a degree in one of twenty examples at least."""
    check_coverage(whys(), answer, FEATURES)


@pytest.mark.ci
def test_every_feature_bears_on_what_is_held() -> None:
    """How held things are counted, and whether they must be possible, changes a cause or a degree likewise."""
    check_coverage(held_whys(), answer, HELD_FEATURES)
