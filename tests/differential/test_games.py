"""Voting power is what counting every coalition gives."""

from hypothesis import given, settings

from tests.differential import boards
from tests.differential.cases import Case
from tests.differential.engines import game_of
from tests.differential.reference import game
from tests.sizes import tries


@settings(max_examples=tries(2000))
@given(boards.cases(boards.GAMES))
def test_voting_power_is_what_counting_every_coalition_gives(case: Case) -> None:
    """Who plays, the swings, all indices of everybody, and the power to act are those of the second count."""
    assert game_of(case) == game(case)
