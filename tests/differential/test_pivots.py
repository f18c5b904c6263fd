"""A vote turned on exactly those whose ballot, changed alone, changes the count."""

from hypothesis import given, settings

from tests.differential import boards
from tests.differential.cases import Case
from tests.differential.engines import pivots_of
from tests.differential.reference import pivots
from tests.sizes import tries


@settings(max_examples=tries(2000))
@given(boards.cases(boards.PIVOTS))
def test_a_vote_turned_on_those_whose_ballot_alone_changes_the_count(case: Case) -> None:
    """Each of them has all those other ballots that make the vote come out otherwise, and nobody else has any."""
    assert pivots_of(case) == pivots(case)
