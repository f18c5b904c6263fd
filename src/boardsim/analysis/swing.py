"""How often one ballot decides, if every other director is as likely to vote for as against: the Penrose number."""

from fractions import Fraction
from itertools import product

from boardsim.bylaws import DIRECTOR
from boardsim.events import Choice, Vote
from boardsim.state import OrgState
from boardsim.voting import Board, Count, Poll

EITHER: tuple[Choice, ...] = ("for", "against")


def penrose(state: OrgState, vote: Vote) -> dict[str, Fraction]:
    """The share of the ways in which the others can vote that leaves the outcome to each director.

    Everybody who is counted takes part; who is counted out has no power.
    """
    board = Poll.of(state.bylaws, vote, sitting=state.directors, chair=state.caster).board
    powers = dict.fromkeys(state.seats[DIRECTOR], Fraction(0))
    alike: dict[tuple[int, bool], Fraction] = {}
    for person in board.counted:
        kind = (board.weight(person), person == board.caster)
        powers[person] = alike[kind] if kind in alike else alike.setdefault(kind, _share(board, person))
    return powers


def _share(board: Board, person: str) -> Fraction:
    """Sums of ballots are counted, of which there are few, and not the ways that lead to them."""
    ways = {Count(): 1}
    for other in (other for other in board.counted if other != person):
        longer: dict[Count, int] = {}
        for (count, number), choice in product(ways.items(), EITHER):
            reached = board.add(count, other, choice)
            longer[reached] = longer.get(reached, 0) + number
        ways = longer
    swings = sum(
        number
        for count, number in ways.items()
        if board.carries(board.add(count, person, "for")) != board.carries(board.add(count, person, "against"))
    )
    return Fraction(swings, 2 ** (len(board.counted) - 1))
