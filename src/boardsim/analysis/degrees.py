"""Which ballots turn a vote, found by counting: no search finds that out for a large board.

A director's *responsibility* for how a vote came out is one divided by the number of ballots in the smallest set that
has theirs in it, that would have turned the vote for certain had all of them been otherwise, and of which no part
would have done (Halpern 2016).  Who stands alone between carried and failed has 1; each of the eleven for whom six
would have been enough has 1/6; a director without whose ballot nothing changes has 0.

Ballots that are alike, and count the same, are counted and not told apart.  What one more ballot can do at the best,
and at the worst, the heart says (`boardsim.voting`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import comb, prod
from typing import Any

from attrs import evolve, field, frozen

from boardsim import reducers
from boardsim.events import Choice, Vote
from boardsim.history import History
from boardsim.problems import BoardsimError, Problem
from boardsim.state import OrgState
from boardsim.traits import has_ballots
from boardsim.voting import Board, Count

Kind = tuple[Any, ...]
"""All that is asked of a ballot: what it counts, and which it is."""

MOST = 2**14
"""How many sets of ballots are looked at at the most: all of those of fourteen directors no two of whom are alike."""

Taken = tuple[int, ...]
"""How many ballots of each group."""


class TooManyWaysError(ValueError):
    """No exact answer within the limits of this module."""


@frozen
class Turn:
    """A set of ballots that turns the vote, of which no part does: so many of each group.

    Attributes:
        otherwise: what whoever is among them does instead.
    """

    takes: tuple[tuple[int, tuple[str, ...]], ...]
    otherwise: Mapping[str, Choice]

    @property
    def size(self) -> int:
        """How many ballots it takes."""
        return sum(number for number, _ in self.takes)

    @property
    def ways(self) -> int:
        """How many sets there are of this kind."""
        return prod(comb(len(people), number) for number, people in self.takes)


@frozen(slots=False)
class Ballots:
    """The ballots of a vote, and all that others in their place could do to it.

    Attributes:
        board: everybody who may vote, those included who recused themselves.
        cast: the ballots on record.
        carried: how the vote came out.
    """

    board: Board
    cast: Mapping[str, Choice]
    carried: bool
    boards: dict[frozenset[str], Board] = field(factory=dict, eq=False, repr=False)

    def kind(self, person: str) -> Kind:
        """The kind of somebody's ballot: those of one kind can take each other's place."""
        return (self.board.kind(person), self.cast[person])

    def come_out_as_before(self) -> bool:
        """Whether the ballots as they were cast lead to that outcome for certain."""
        return self.comes_out(self.cast) == {self.carried}

    def groups(self) -> dict[Kind, tuple[str, ...]]:
        """The ballots by kind."""
        found: dict[Kind, list[str]] = {}
        for person in self.board.counted:
            if person in self.cast:
                found.setdefault(self.kind(person), []).append(person)
        return {kind: tuple(people) for kind, people in found.items()}

    def turns(self) -> list[Turn]:
        """Every smallest way to turn the vote; sets of ballots of the same kinds are one.

        Whoever may vote otherwise may also vote as they did, so that more of them can only do more.

        Raises:
            TooManyWaysError: it would take more than `MOST` sets of ballots.
        """
        groups = list(self.groups().values())
        known: dict[Taken, Mapping[str, Choice] | None] = {}

        def way_of(taken: Taken) -> Mapping[str, Choice] | None:
            if taken not in known:
                if len(known) == MOST:
                    raise TooManyWaysError(f"more than {MOST:,} sets of ballots")
                known[taken] = self._way(groups, taken)
            return known[taken]

        found = []
        for taken in sorted(self._turning(groups, way_of)):
            otherwise = way_of(taken)
            less = ((*taken[:n], some - 1, *taken[n + 1 :]) for n, some in enumerate(taken) if some)
            if otherwise is not None and all(way_of(one) is None for one in less):
                takes = tuple((number, group) for number, group in zip(taken, groups, strict=True) if number)
                found.append(Turn(takes, otherwise))
        return sorted(found, key=lambda turn: turn.size)

    def _turning(self, groups: Sequence[Sequence[str]], way_of: Callable[[Taken], object]) -> Iterator[Taken]:
        """How many of each group turn the vote, all smallest ways among them.

        The groups are gone through one by one, those with the most votes first, and no further where the vote is
        turned already, or where not even all of the groups that are left could turn it.
        """
        order = sorted(range(len(groups)), key=lambda n: -self.board.weight(groups[n][0]))
        waiting: list[tuple[int, Taken]] = [(0, (0,) * len(groups))]
        while waiting:
            place, taken = waiting.pop()
            left = set(order[place:])
            if way_of(taken) is not None:
                yield taken
            elif way_of(tuple(len(groups[n]) if n in left else some for n, some in enumerate(taken))) is not None:
                n = order[place]
                more = range(len(groups[n]) + 1)
                waiting += [(place + 1, (*taken[:n], some, *taken[n + 1 :])) for some in more]

    def sizes(self) -> dict[Kind, int]:
        """For each kind of ballot that can turn the vote, how many ballots it takes with one of that kind."""
        found: dict[Kind, int] = {}
        for turn in self.turns():
            for _, people in turn.takes:
                found.setdefault(self.kind(people[0]), turn.size)
        return found

    def _way(self, groups: Sequence[Sequence[str]], taken: Taken) -> Mapping[str, Choice] | None:
        """What so many of each group could do instead that turns the vote for certain; None where there is nothing."""
        changed = [person for group, some in zip(groups, taken, strict=True) for person in group[:some]]
        for choice_of in self.board.ways_to_turn(carried=self.carried):
            if self.comes_out({**self.cast, **{person: choice_of(person) for person in changed}}) == {not self.carried}:
                return {person: choice_of(person) for group in groups for person in group}
        return None

    def comes_out(self, ballots: Mapping[str, Choice]) -> set[bool]:
        """Whether the motion carries with these ballots, for all that those may be which nobody knows."""
        board, count = self._counted(ballots)
        return board.outcomes(count, [person for person in board.counted if person not in ballots])

    def surplus(self, ballots: Mapping[str, Choice]) -> int:
        """By how much the votes for are more than the share that is needed; see `Board.surplus`."""
        board, count = self._counted(ballots)
        return board.surplus(count)

    def _counted(self, ballots: Mapping[str, Choice]) -> tuple[Board, Count]:
        board = self._without(frozenset(person for person, choice in ballots.items() if choice == "recused"))
        alike: dict[Kind, list[str]] = {}
        for person in board.counted:
            if person in ballots:
                alike.setdefault((board.kind(person), ballots[person]), []).append(person)
        count = Count()
        for (_, choice), people in alike.items():
            count = board.add_alike(count, people, choice)
        return board, count

    def _without(self, recused: frozenset[str]) -> Board:
        """The board without those who are excluded; made once."""
        if recused not in self.boards:
            counted = tuple(person for person in self.board.counted if person not in recused)
            self.boards[recused] = evolve(self.board, counted=counted)
        return self.boards[recused]


def ballots_of(state: OrgState, vote: Vote, *, carried: bool) -> Ballots:
    """The ballots of a vote on the board as it is in this state; not those of people who have none."""
    board = reducers.board_of(state, vote)
    cast = vote.ballots
    return Ballots(board, {person: cast[person] for person in board.counted if person in cast}, carried)


def degrees(board: Board, ballots: Mapping[str, Choice]) -> dict[str, Fraction]:
    """How responsible each director with a ballot is for the motion's carrying; 0 for all where it does not carry.

    Args:
        board: everybody who may vote, those included who recused themselves.
    """
    found = Ballots(board, ballots, carried=True)
    sizes = found.sizes() if found.come_out_as_before() else {}
    cast = [person for person in board.counted if person in ballots]
    return {p: Fraction(1, sizes[kind]) if (kind := found.kind(p)) in sizes else Fraction(0) for p in cast}


def responsibility(history: History, vote: str) -> dict[str, Fraction]:
    """How responsible each director is for the vote's carrying in this world; nobody is where it did not carry.

    Raises:
        BoardsimError: an exact answer would take too long.
    """
    if vote not in history or not history.ruling(vote).is_valid_cause:
        return {}
    index = history.index(vote)
    event = history.events[index]
    if not has_ballots(event):
        return {}
    found = ballots_of(history.state(event.org, index), event, carried=True)
    try:
        return degrees(found.board, found.cast)
    except TooManyWaysError:
        message = f"the votes at '{vote}' differ too much among {len(found.cast)} directors for exact degrees"
        hint = f"up to {MOST:,} sets of ballots are tried; round the votes, so that more directors have the same"
        place = history.log.place_of(event)
        problem = Problem(code="too-many-coalitions", message=message, hint=hint, place=place, event=vote)
        raise BoardsimError(problem) from None
