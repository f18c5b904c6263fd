"""A compiled log that remembers its counts says what a plain replay of each world says."""

from hypothesis import given, settings

from tests.differential import boards
from tests.differential.cases import AGAIN, VOTE, Case
from tests.differential.engines import Ready
from tests.differential.reference import Fates, fates
from tests.sizes import tries

VOTES = (VOTE, AGAIN)


@settings(max_examples=tries(2000))
@given(boards.cases(boards.WORLDS))
def test_votes_counted_in_many_worlds_are_those_of_a_plain_replay(case: Case) -> None:
    """However many worlds were counted before, each has the goal and the lost events that its own replay has."""
    compiled_case = Ready.of(case)

    for world in (*case.worlds, *reversed(case.worlds)):  # what was counted once is only looked up
        expected = fates(case, world)
        goal, lost = compiled_case.run(world)
        assert {"goal": goal, **outcomes(lost)} == {"goal": expected.keys().isdisjoint(VOTES), **outcomes(expected)}
        assert lost.items() <= expected.items()


def outcomes(lost: Fates) -> dict[str, str]:
    """What became of the votes."""
    return {vote: lost.get(vote, "carried") for vote in VOTES}
