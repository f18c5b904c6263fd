"""The fewest ballots that turn a vote, by counting: no search over sets of ballots gets so far on a large board.

Everybody who votes otherwise does the same: all are for the motion, or all are against it, abstain, stay away or are
recused.  As long as every ballot costs the same, no other ballots turn a vote for less (see `Board.ways_to_turn`).
Of those whose ballots are of one kind but for their votes, the ones with the most are taken, or those with the fewest
where votes are a hindrance; so it is enough to try how many there are of each kind.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, product
from math import prod

from attrs import frozen

from boardsim import reducers
from boardsim.analysis.degrees import Ballots
from boardsim.analysis.fast.compiled import Compiled
from boardsim.analysis.reach.candidates import Option
from boardsim.events import CHOICES, Choice, Vote
from boardsim.scenario import Ballot
from boardsim.state import OrgState

MOST = 2**12
"""How many numbers of ballots of each kind are tried at the most, for one vote and one way to vote."""

ALL = 2**15
"""How many of them for all votes together; those that the goal names come first."""

Flips = Mapping[str, Option]
"""For each director, the option to vote that way."""


@frozen(kw_only=True)
class Counted:
    """The fewest ballots of one vote that do it.

    Attributes:
        choices: any so many of these, for each kind of ballot.
    """

    vote: str
    cost: int
    choices: tuple[tuple[int, tuple[Ballot, ...]], ...]

    @property
    def example(self) -> tuple[Ballot, ...]:
        """The first of them."""
        return tuple(change for number, some in self.choices for change in some[:number])


def counted(
    compiled_case: Compiled,
    slots: Sequence[Sequence[Option]],
    does: Callable[[Sequence[Ballot]], bool],
) -> Counted | None:
    """The cheapest way to do it by ballots of one vote alone; None where there is none, or it would take too long.

    Args:
        slots: what can be changed.
        does: whether the world with these ballots is the one that is looked for.
    """
    named, left = compiled_case.goal.events, iter(range(ALL))
    votes = sorted(compiled_case.counted_votes, key=lambda counted: counted[0].id not in named)
    ways = (way for vote, state in votes for way in _of_vote(vote, state, slots, left))
    for way in sorted(ways, key=lambda way: way.cost):
        if does(way.example):
            return way
    return None


def _of_vote(vote: Vote, state: OrgState, slots: Sequence[Sequence[Option]], left: Iterator[int]) -> Iterator[Counted]:
    """The fewest ballots that carry it for certain, and those that make it fail for certain, in each way to vote.

    Args:
        left: one for each number of ballots that may still be tried.
    """
    board, cast = reducers.board_of(state, vote), vote.ballots
    on_record = {person: cast[person] for person in board.counted if person in cast}
    for choice in CHOICES:
        flips = _flips(vote, choice, slots)
        ballots = Ballots(board, on_record, carried=choice != "for")
        numbers = _fewest(ballots, classes := _classes(ballots, flips, choice), choice, left) if flips else None
        if numbers and any(numbers):
            people = [person for number, some in zip(numbers, classes, strict=True) for person in some[:number]]
            cost = sum(flips[person].cost for person in people)
            yield Counted(vote=vote.id, cost=cost, choices=_choices(ballots, classes, numbers, flips))


def _flips(vote: Vote, choice: Choice, slots: Sequence[Sequence[Option]]) -> Flips:
    options = (option for slot in slots for option in slot)
    return {
        option.change.director: option
        for option in options
        if isinstance(option.change, Ballot) and option.change.vote == vote.id and option.change.to == choice
    }


def _classes(ballots: Ballots, flips: Flips, choice: Choice) -> list[list[str]]:
    """Those who can vote so, by all that the count asks of them but their votes; who does most comes first."""
    classes: dict[object, list[str]] = {}
    for person in ballots.board.counted:
        if person in flips:
            classes.setdefault((ballots.cast.get(person), ballots.board.kind(person)[1:]), []).append(person)
    return [
        sorted(some, key=ballots.board.weight, reverse=not _leaves_the_base(ballots.cast.get(some[0]), choice))
        for some in classes.values()
    ]


def _leaves_the_base(before: Choice | None, after: Choice) -> bool:
    """Whether votes that were not for a motion count less against it, so that those with few are the ones to ask."""
    return before not in (None, "for") and CHOICES.index(before) < CHOICES.index(after)


def _fewest(
    ballots: Ballots, classes: Sequence[Sequence[str]], choice: Choice, left: Iterator[int]
) -> tuple[int, ...] | None:
    """How many of each class turn the vote for certain; None where none do, or there are too many to try."""
    if prod(len(some) + 1 for some in classes) > MOST:
        return None
    for numbers in sorted(product(*(range(len(some) + 1) for some in classes)), key=sum):
        if next(left, None) is None:
            return None
        people = (person for number, some in zip(numbers, classes, strict=True) for person in some[:number])
        if ballots.comes_out({**ballots.cast, **dict.fromkeys(people, choice)}) == {not ballots.carried}:
            return numbers
    return None


def _choices(
    ballots: Ballots, classes: Sequence[Sequence[str]], numbers: Sequence[int], flips: Flips
) -> tuple[tuple[int, tuple[Ballot, ...]], ...]:
    """The same by people who can take each other's place, in the order in which they sit."""
    found = []
    for number, some in zip(numbers, classes, strict=True):
        left = number
        for _, alike in groupby(some, key=ballots.board.weight):
            people = list(alike)
            if left > 0:
                found.append((min(left, len(people)), tuple(_ballot(flips[person]) for person in people)))
            left -= len(people)
    return tuple(found)


def _ballot(option: Option) -> Ballot:
    assert isinstance(option.change, Ballot)
    return option.change
