"""Goals that turn on one vote, in which the search is a count.

Where a goal depends on ballots only by way of how one vote comes out, the causes among the ballots are the smallest
sets that turn it, and these are counted (`boardsim.analysis.degrees`).  No search finds them for a general assembly.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import comb

from attrs import frozen

from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.causation.search import Cause, Search
from boardsim.analysis.degrees import Ballots, TooManyWaysError, Turn, ballots_of
from boardsim.analysis.fast.compiled import Compiled
from boardsim.events import Choice, Vote

LISTED = 1_000
"""How many causes are listed of the many that there are."""


@frozen
class Plain:
    """The vote on which a goal turns.

    Attributes:
        turns: the smallest ways to turn it.
    """

    vote: Vote
    ballots: Ballots
    turns: tuple[Turn, ...]

    @property
    def worlds(self) -> int:
        """About how many worlds a search would have to look at."""
        people = sum(map(len, self.ballots.groups().values()))
        longest = max((turn.size for turn in self.turns), default=people)
        return sum(comb(people, size) for size in range(1, longest + 1))

    @property
    def sizes(self) -> Mapping[str, int]:
        """For each ballot that can turn it, by its name, how many ballots that takes."""
        sizes: dict[str, int] = {}
        for turn in self.turns:  # the smallest first
            for person in (person for _, people in turn.takes for person in people):
                sizes.setdefault(ballot_name(self.vote.id, person), turn.size)
        return sizes

    def instead(self, name: str) -> Choice | None:
        """What a ballot could have been that turns it together with as few as can be; None if it never can."""
        for turn in self.turns:
            for person in (person for _, people in turn.takes for person in people):
                if self._name(person) == name:
                    return turn.otherwise[person]
        return None

    def search(self) -> Search:
        """All causes: each set of ballots of such a kind."""
        causes = tuple(islice((cause for turn in self.turns for cause in self._causes(turn)), LISTED))
        more = sum(turn.ways for turn in self.turns) - len(causes)
        people = sum(map(len, self.ballots.groups().values()))
        return Search(causes=causes, distance=people, complete=True, asked=2, more=more)

    def _causes(self, turn: Turn) -> Iterator[Cause]:
        for people in _chosen(turn.takes):
            settings = {self._name(person): turn.otherwise[person] for person in people}
            in_order = [name for name in map(self._name, self.vote.ballots) if name in settings]
            yield Cause(atoms=tuple(in_order), otherwise=tuple((name, settings[name]) for name in in_order))

    def _name(self, person: str) -> str:
        return ballot_name(self.vote.id, person)


def _chosen(takes: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[str, ...]]:
    """Every choice of so many of each group, one at a time: there may be more than anybody can hold."""
    if not takes:
        yield ()
        return
    (number, people), *rest = takes
    for some in combinations(people, number):
        for others in _chosen(rest):
            yield (*some, *others)


def plain_vote(compiled_case: Compiled) -> Plain | None:
    """The vote on which a true goal turns, as far as ballots go; None where it is not so simple."""
    votes = [step for step in compiled_case.steps if step.vote is not None]
    if len(votes) != 1 or len(compiled_case.counted_votes) != 1:
        return None
    (vote, state), *_ = compiled_case.counted_votes
    outcome = compiled_case.history.ruling(vote.id).outcome
    if outcome == "undetermined":
        return None
    ballots = ballots_of(state, vote, carried=outcome == "carried")
    try:
        turns = ballots.turns()
    except TooManyWaysError:
        return None
    if turns and not _is_turned(compiled_case, vote, turns[0]):
        return None
    return Plain(vote, ballots, tuple(turns))


def _is_turned(compiled_case: Compiled, vote: Vote, turn: Turn) -> bool:
    """Whether the goal is false where the vote comes out otherwise."""
    chosen = [person for number, people in turn.takes for person in people[:number]]
    turned = compiled_case.run(ballots={vote.id: {person: turn.otherwise[person] for person in chosen}})
    return not turned.goal and not turned.open
