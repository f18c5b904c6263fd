"""Plain votes, in which the search is a formula.

Where each ballot is one vote, and only how many vote for the motion counts, the smallest sets of ballots that turn the
outcome are all sets of a certain size on one side.  No search finds that out for a general assembly; here it is known.
"""

from itertools import combinations, islice
from math import comb

from attrs import frozen

from boardsim.analysis.atoms import ballot_name, only_support_counts_in
from boardsim.analysis.causes import Cause, Search
from boardsim.analysis.compiled import Compiled
from boardsim.events import Choice, Vote

LISTED = 1_000
"""How many causes are listed of the many that there are."""


@frozen
class Plain:
    """A plain vote on which a goal turns.

    Attributes:
        people: those on the side that decided it.
        size: how many of them would have turned the outcome.
        otherwise: the ballot with which they would.
    """

    vote: str
    people: tuple[str, ...]
    size: int
    otherwise: Choice

    @property
    def worlds(self) -> int:
        """About how many worlds a search would have to look at."""
        return sum(comb(len(self.people), size) for size in range(1, self.size + 1))

    def search(self) -> Search:
        """All causes: each set of that size."""
        sets = combinations(self.people, self.size)
        causes = []
        for several in islice(sets, LISTED):
            names = tuple(ballot_name(self.vote, person) for person in several)
            causes.append(Cause(atoms=names, otherwise=tuple((name, self.otherwise) for name in names)))
        more = comb(len(self.people), self.size) - len(causes)
        return Search(causes=tuple(causes), distance=len(self.people), complete=True, asked=2, more=more)


def plain_vote(ready: Compiled) -> Plain | None:
    """The plain vote on which a true goal turns, as far as ballots go; None where it is not so simple."""
    votes = [step.event for step in ready.steps if isinstance(step.event, Vote)]
    if len(votes) != 1 or not only_support_counts_in(ready, votes[0]):
        return None
    vote, tally = votes[0], ready.history.ruling(votes[0].id).tally
    if tally is None or tally.excluded or tally.unrecorded:
        return None
    carried = tally.outcome == "carried"
    people = tuple(p for p, choice in ready.recorded[vote.id].items() if (choice == "for") is carried)
    otherwise: Choice = "against" if carried else "for"
    turned = ready.run(ballots={vote.id: dict.fromkeys(people, otherwise)})
    if turned.goal or turned.open or not people:
        return None
    size = tally.votes_for - tally.needed + 1 if carried else tally.needed - tally.votes_for
    return Plain(vote.id, people, size, otherwise)
