"""On whom a vote turned: whose ballot, changed alone, would have changed the outcome."""

from attrs import frozen

from boardsim.events import Choice, Vote
from boardsim.reducers import board_of, tally, voters_of
from boardsim.scenario import with_ballot
from boardsim.state import OrgState
from boardsim.voting import OPEN


@frozen
class Pivot:
    """Somebody on whom a vote turned: it would have come out otherwise, had they alone done something else.

    Attributes:
        ballot: what they did.
        otherwise: what else they could have done that changes the outcome.
    """

    person: str
    ballot: Choice
    otherwise: tuple[Choice, ...]


def pivots(state: OrgState, vote: Vote) -> tuple[Pivot, ...]:
    """On whom a vote turned, given what all the others did; nobody who was excluded can have been.

    Args:
        state: the organization just before the vote.
    """
    recorded = tally(state, vote)
    out = {person for person, _ in recorded.excluded}
    ballots = vote.ballots

    kind, known = board_of(state, vote).kind, dict[object, tuple[Choice, ...]]()

    def otherwise(person: str) -> tuple[Choice, ...]:
        """What changes the outcome; found once for all whose ballots are alike and count the same."""
        key = (kind(person), ballots[person])
        if key not in known:
            changed = ((choice, tally(state, with_ballot(vote, person, choice)).outcome) for choice in OPEN)
            known[key] = tuple(choice for choice, outcome in changed if outcome != recorded.outcome)
        return known[key]

    found = (
        Pivot(person, ballots[person], otherwise(person))
        for person in voters_of(state, vote)
        if person in ballots and person not in out
    )
    return tuple(pivot for pivot in found if pivot.otherwise)
