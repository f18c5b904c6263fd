"""The fewest ballots that turn a vote, counted, beside brute force over all ballots of everybody."""

from itertools import product
from random import Random

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.analysis.reach.reach import Bound, Reached, reach
from boardsim.events import CHOICES, Choice
from boardsim.history import Variant
from boardsim.kernel import replay
from boardsim.scenario import Scenario, apply
from tests.differential import boards
from tests.differential.cases import VOTE, Case
from tests.differential.counted_boards import large_case, least
from tests.differential.reference import Motion
from tests.sizes import tries

SMALL = evolve(boards.ANY, sizes=(1, 2, 3, 3, 4, 4), large=0)
ONLY_BALLOTS = ("drop", "bylaw")


def fewest(case: Case, outcome: str) -> int | None:
    """How many ballots must be otherwise for that outcome, by trying all ballots of everybody who sits."""
    motion, people = Motion.of(case), case.sitting
    before = [case.ballots.get(person) for person in people]
    found = []
    for choices in product(*({*CHOICES, choice} for choice in before)):  # a ballot that nobody knows may stay so
        cast = {person: choice for person, choice in zip(people, choices, strict=True) if choice is not None}
        if motion.outcome(cast) == outcome:
            found.append(sum(one != other for one, other in zip(before, choices, strict=True)))
    return min(found, default=None)


def reached(case: Case, outcome: str) -> Reached:
    """What the engine finds where it may search through no world, so that it has to count."""
    goal = Goal((Verdict(VOTE, outcome),), f"{VOTE} is {outcome}")
    world, position = Variant(log=case.log), len(case.history.events)
    bound = Bound(cost=99, worlds=0)
    return reach(world, compiled(world, goal, position), fixed=ONLY_BALLOTS, bound=bound)


@settings(max_examples=tries(1000))
@given(boards.cases(SMALL), st.sampled_from(["carried", "failed"]))
def test_the_fewest_ballots_are_those_of_brute_force(case: Case, outcome: str) -> None:
    """Weights, vetoes, casting votes, quorums and recusals included, no fewer turn a vote, and those told do."""
    motion = Motion.of(case)
    assume(case.sitting and motion.outcome(case.ballots) != outcome)
    found, least = reached(case, outcome), fewest(case, outcome)

    assert found.cost == least
    assert (found.counted is None) == (least is None)
    for changes in found.solutions:
        assert len(changes) == least
        branched = apply(Variant(log=case.log), Scenario(id="turned", changes=changes))
        assert replay(branched.world).ruling(VOTE).outcome == outcome


@settings(max_examples=tries(30, few=3))
@given(st.integers(0, 2**32), st.sampled_from(["carried", "failed"]))
def test_a_large_board_is_counted_too(seed: int, outcome: str) -> None:
    """Of thirteen directors and more, with all of that at once, no fewer ballots turn the vote than are told."""
    case = large_case(Random(seed), sizes=(13, 14))  # noqa: S311 -- no secret
    assume(replay(case.log).ruling(VOTE).outcome != outcome)
    found = reached(case, outcome)

    if found.cost is None:
        assert least(case, outcome, below=len(case.sitting) + 1) is None
        return
    assert least(case, outcome, below=found.cost) is None
    (changes,) = found.solutions
    assert len(changes) == found.cost
    branched = apply(Variant(log=case.log), Scenario(id="turned", changes=changes))
    assert replay(branched.world).ruling(VOTE).outcome == outcome


@given(st.integers(0, 2**32), st.sampled_from(["carried", "failed"]))
def test_forty_directors_are_counted(seed: int, outcome: str) -> None:
    """What it costs is said of any board of up to forty, whenever all of them together could turn the vote."""
    case = large_case(Random(seed), sizes=(15, 27, 40))  # noqa: S311 -- no secret
    assume(replay(case.log).ruling(VOTE).outcome != outcome)
    found = reached(case, outcome)
    choice: Choice = "for" if outcome == "carried" else "against"
    everybody = dict.fromkeys(case.sitting, choice)
    together = replay(evolve(case, ballots=everybody).log).ruling(VOTE).outcome

    assert (found.cost is not None) or together != outcome
