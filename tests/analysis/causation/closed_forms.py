"""What degrees of responsibility are in a plain vote, by formulas."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

from boardsim.analysis.causation.responsibility import NONE


def of_vote(*, votes_for: int, needed: int) -> tuple[Fraction, Fraction]:
    """The degrees of those who voted for and of those who did not, in a vote by heads that needs a fixed number.

    A motion that carried with Y votes where t were needed would have failed with Y - t + 1 fewer; one that failed
    would have carried with t - Y more.
    """
    if votes_for >= needed:
        return Fraction(1, votes_for - needed + 1), NONE
    return NONE, Fraction(1, needed - votes_for)


def of_weighted_vote(votes_for: Mapping[str, int], needed: int) -> dict[str, Fraction]:
    """The degrees of those who voted for a motion that carried, each with their votes.

    It is 1/k, where k is the size of the smallest set with them in it whose votes are enough to defeat the motion, and
    each of whom is needed for that.  Exponential in the number of voters.
    """
    spare = sum(votes_for.values()) - needed
    degrees = dict.fromkeys(votes_for, NONE)
    for size in range(1, len(votes_for) + 1):
        for people in combinations(votes_for, size):
            weight = sum(votes_for[person] for person in people)
            if weight > spare and all(weight - votes_for[person] <= spare for person in people):
                degrees |= {person: max(degrees[person], Fraction(1, size)) for person in people}
    return degrees
