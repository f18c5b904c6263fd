"""A compiled log that remembers its counts says what a plain replay of each world says."""

from hypothesis import given

from tests.differential import boards
from tests.differential.cases import AGAIN, VOTE, Case
from tests.differential.engines import Ready
from tests.differential.reference import fates


@given(boards.cases(boards.WORLDS))
def test_votes_counted_in_many_worlds_are_those_of_a_plain_replay(case: Case) -> None:
    """However many worlds were counted before, each has the goal and the lost events that its own replay has."""
    ready = Ready.of(case)

    for world in (*case.worlds, *reversed(case.worlds)):  # what was counted once is only looked up
        goal, lost = ready.run(world)
        expected = fates(case, world)
        assert goal == expected.keys().isdisjoint({VOTE, AGAIN})
        assert {vote: lost.get(vote) for vote in (VOTE, AGAIN)} == {vote: expected.get(vote) for vote in (VOTE, AGAIN)}
        assert lost.items() <= expected.items()
