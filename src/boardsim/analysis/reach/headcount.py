"""The fewest ballots that turn a vote, by counting: no search over sets of ballots gets so far on a large board.

Everybody who votes otherwise does the same: all are for the motion, or all are against it, abstain, stay away or are
recused; or those are recused whose recusal does more harm than a ballot against, and the others are against.  As long
as every ballot costs the same, no other ballots turn a vote for less (see `Board.ways_to_turn`).

All that the outcome depends on are the surplus of votes, how many take part, vetoes and the casting vote.  Of those who
are alike in all of that but in how much of the surplus they move, the ones who move the most are taken; so it is enough
to try how many there are of those who took part, of those who stayed away and of those whose ballots nobody knows.
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
from boardsim.voting import Board

MOST = 2**15
"""How many numbers of ballots of each kind are tried at the most, for one vote and one way to vote.

Those of eighty directors, of whom a third stayed away and of a third nobody knows the ballots.
"""

ALL = 2**17
"""How many of them for all votes together; those that the goal names come first."""

Flips = Mapping[str, Option]
"""For each director, the option to vote otherwise."""

Way = Callable[[str], Choice]
"""What somebody does who votes otherwise."""


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
    for way in _ways(board):
        flips = _flips(vote, board, way, slots)
        if not flips:
            continue
        ballots = Ballots(board, on_record, carried=way(next(iter(flips))) != "for")
        crowd = _Crowd.of(ballots, flips, way)
        if (numbers := crowd.fewest(left)) and any(numbers):
            choices = crowd.choices(numbers)
            yield Counted(vote=vote.id, cost=sum(flips[p].cost for p in crowd.taken(numbers)), choices=choices)


def _ways(board: Board) -> Iterator[Way]:
    """Everybody does the same; or is recused where that does more harm than a ballot against."""
    for choice in CHOICES:
        yield lambda _, choice=choice: choice  # type: ignore[misc]  # a default that nobody gives
    if any(map(board.recusal_hurts, board.counted)):
        yield lambda person: "recused" if board.recusal_hurts(person) else "against"


def _flips(vote: Vote, board: Board, way: Way, slots: Sequence[Sequence[Option]]) -> Flips:
    found = {}
    for change, option in ((option.change, option) for slot in slots for option in slot):
        if isinstance(change, Ballot) and change.vote == vote.id and change.to == way(change.director):
            found[change.director] = option
    return {person: found[person] for person in board.counted if person in found}


@frozen
class _Crowd:
    """Those who can vote otherwise, in classes that are alike but for how much they move.

    Attributes:
        classes: of each class everybody, who moves most first.
        forced: the classes of which everybody is needed: those whose veto would stand.
        moves: how much of the surplus each moves.
    """

    ballots: Ballots
    flips: Flips
    way: Way
    classes: Sequence[Sequence[str]]
    forced: Sequence[bool]
    moves: Mapping[str, int]

    @classmethod
    def of(cls, ballots: Ballots, flips: Flips, way: Way) -> "_Crowd":
        """The classes of those who can vote so."""
        moves = _moves(ballots, flips, way)
        classes: dict[tuple[object, ...], list[str]] = {}
        for person in flips:
            classes.setdefault(_class(ballots, person, way(person)), []).append(person)
        ordered = [
            sorted(some, key=lambda person: moves[person], reverse=not ballots.carried) for some in classes.values()
        ]
        forced = [not ballots.carried and bool(key[-1]) for key in classes]
        return cls(ballots, flips, way, ordered, forced, moves)

    def fewest(self, left: Iterator[int]) -> tuple[int, ...] | None:
        """How many of each class turn the vote for certain; None where none do, or there are too many to try."""
        ranges = [
            range(len(some) if forced else 0, len(some) + 1)
            for some, forced in zip(self.classes, self.forced, strict=True)
        ]
        if prod(map(len, ranges)) > MOST:
            return None
        for numbers in sorted(product(*ranges), key=sum):
            if next(left, None) is None:
                return None
            changed = {person: self.way(person) for person in self.taken(numbers)}
            if self.ballots.comes_out({**self.ballots.cast, **changed}) == {not self.ballots.carried}:
                return numbers
        return None

    def taken(self, numbers: Sequence[int]) -> Iterator[str]:
        """So many of each class."""
        return (person for number, some in zip(numbers, self.classes, strict=True) for person in some[:number])

    def choices(self, numbers: Sequence[int]) -> tuple[tuple[int, tuple[Ballot, ...]], ...]:
        """The same by people who can take each other's place, in the order in which they sit."""
        found = []
        for number, some in zip(numbers, self.classes, strict=True):
            left = number
            for _, alike in groupby(some, key=lambda person: self.moves[person]):
                people = list(alike)
                if left > 0:
                    ballots = tuple(_ballot(self.flips[person]) for person in people)
                    found.append((min(left, len(people)), ballots))
                left -= len(people)
        return tuple(found)


def _class(ballots: Ballots, person: str, choice: Choice) -> tuple[object, ...]:
    """All that decides what it does to vote otherwise, but for how much of the surplus moves."""
    board, before = ballots.board, ballots.cast.get(person)
    presence = before if before in (None, "absent", "recused") else "present"
    breaks_tie = board.breaks_ties and person == board.casting_voter
    stands = before in ("against", None) if choice == "for" else choice == "against"
    return presence, breaks_tie, choice, stands and person in board.threshold.veto


def _moves(ballots: Ballots, flips: Flips, way: Way) -> Mapping[str, int]:
    """How much of the surplus each moves who votes otherwise, alone; from the worst that an unknown ballot can be."""
    unknown: Choice = "for" if ballots.carried else "against"
    cast = {person: ballots.cast.get(person, unknown) for person in ballots.board.counted}
    before = ballots.surplus(cast)
    return {person: ballots.surplus({**cast, person: way(person)}) - before for person in flips}


def _ballot(option: Option) -> Ballot:
    assert isinstance(option.change, Ballot)
    return option.change
