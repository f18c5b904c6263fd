"""Responsibility for a vote is what trying every set of ballots gives."""

from hypothesis import given, settings

from tests.differential import boards
from tests.differential.cases import Case
from tests.differential.engines import degrees_of
from tests.differential.reference import degrees, degrees_by_replay
from tests.sizes import tries


@settings(max_examples=tries(2000))
@given(boards.cases(boards.DEGREES))
def test_responsibility_is_what_trying_every_set_of_ballots_gives(case: Case) -> None:
    """Each is responsible by the smallest set with them in it that stops the vote, and of which no part does."""
    assert degrees_of(case) == degrees(case)


@settings(max_examples=tries(2000))
@given(boards.cases(boards.SMALL_DEGREES))
def test_responsibility_on_small_boards_is_what_replaying_every_way_to_vote_gives(case: Case) -> None:
    """The same comes from the kernel alone, with a plain replay of the log for each way to vote."""
    assert degrees_of(case) == degrees_by_replay(case)
