"""Responsibility for a vote that carried.

A director's *responsibility* is one divided by the number of ballots in the smallest set that has theirs in it, that
would have stopped the motion had all of them been otherwise, and of which no part would have done (Halpern 2016).  Who
stands alone between carried and failed has 1; each of the eleven for whom six would have been enough has 1/6; a
director without whose ballot nothing changes has 0.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from boardsim.analysis.ballots import poll_of
from boardsim.events import Choice, Vote
from boardsim.history import History
from boardsim.voting import Board, Count


def degrees(board: Board, ballots: Mapping[str, Choice]) -> dict[str, Fraction]:
    """How responsible each director is for the motion's carrying; 0 for all where it does not carry."""
    groups = _alike(board, ballots)
    smallest: dict[int, int] = {}
    if board.carries(_sum(board, ballots)):
        for taken in _stopping(board, ballots, list(groups.values())):
            for number in (number for number, some in enumerate(taken) if some):
                smallest[number] = min(sum(taken), smallest.get(number, sum(taken)))
    return {
        person: Fraction(1, smallest[number]) if number in smallest else Fraction(0)
        for number, people in enumerate(groups.values())
        for person in people
    }


def _alike(board: Board, ballots: Mapping[str, Choice]) -> dict[tuple[int, bool, Choice], list[str]]:
    """Directors whose ballots are alike, and count the same: which of them is taken makes no difference."""
    groups: dict[tuple[int, bool, Choice], list[str]] = {}
    for person in board.counted:
        if person in ballots:
            key = (board.weight(person), person == board.caster, ballots[person])
            groups.setdefault(key, []).append(person)
    return groups


def _stopping(board: Board, ballots: Mapping[str, Choice], groups: list[list[str]]) -> Iterator[tuple[int, ...]]:
    """How many of each group it takes to stop the motion, such that with one less of any it carries.

    Whoever may vote otherwise may also vote as they did, so that more of them can only do more.
    """
    stops: dict[tuple[int, ...], bool] = {}
    for taken in product(*(range(len(group) + 1) for group in groups)):
        otherwise = {person for group, some in zip(groups, taken, strict=True) for person in group[:some]}
        rest = _sum(board, {person: choice for person, choice in ballots.items() if person not in otherwise})
        stops[taken] = not all(map(board.carries, board.reachable(rest, sorted(otherwise))))
    for taken, stop in stops.items():
        less = ((*taken[:n], some - 1, *taken[n + 1 :]) for n, some in enumerate(taken) if some)
        if stop and not any(stops[one] for one in less):
            yield taken


def _sum(board: Board, ballots: Mapping[str, Choice]) -> Count:
    count = Count()
    for person in board.counted:
        if person in ballots:
            count = board.add(count, person, ballots[person])
    return count


def responsibility(history: History, vote: str) -> dict[str, Fraction]:
    """How responsible each director is for the vote's carrying in this world; nobody is where it did not carry."""
    if vote not in history or not history.ruling(vote).holds:
        return {}
    index = history.index(vote)
    event = history.events[index]
    if not isinstance(event, Vote):
        return {}
    ballots = {person: choice for choice, side in event.sides() for person in side}
    return degrees(poll_of(history, index, event).board, ballots)
