"""Votes that are counted in many worlds: the same ballots of the same board are counted once."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from boardsim.bylaws import DIRECTOR, Bylaws
from boardsim.events import Amend, Choice, Vote
from boardsim.reducers import reduce
from boardsim.scenario import with_ballot
from boardsim.state import OrgState
from boardsim.voting import tally


@frozen
class Memory:
    """What was counted so far; it answers as if it had forgotten everything, only sooner.

    Attributes:
        tallies: the outcomes of votes, by all that they depend on.
        amendments: the bylaws that amendments made of others.  They live as long as they are remembered, so that their
            identity names them.
    """

    tallies: dict[Any, str] = field(factory=dict)
    amendments: dict[tuple[int, str], Bylaws] = field(factory=dict)

    def amended(self, state: OrgState, event: Amend) -> OrgState:
        """The state after an amendment, whose bylaws are made once."""
        key = (id(state.bylaws), event.id)
        bylaws = self.amendments.get(key)
        if bylaws is None:
            bylaws = self.amendments[key] = reduce(state, event).bylaws
        return OrgState(state.org, bylaws, state.seats, state.staff, state.announced)

    def outcome(
        self, vote: Vote, recorded: Mapping[str, Choice], state: OrgState, ballots: Mapping[str, Choice]
    ) -> str:
        """How a vote comes out, with some ballots otherwise than they were recorded."""
        bylaws, directors = state.bylaws, state.seats[DIRECTOR]
        choices = [ballots.get(person, recorded.get(person, "")) for person in directors]
        who = None if _only_heads_count(bylaws) else (*directors, state.caster)
        key = (vote.id, id(bylaws), who, tuple(choices if who else sorted(choices)))
        outcome = self.tallies.get(key)
        if outcome is None:
            outcome = self.tallies[key] = _count(vote, state, ballots)
        return outcome


def _only_heads_count(bylaws: Bylaws) -> bool:
    """Whether it does not matter who cast a ballot."""
    return not (bylaws.weights or bylaws.casting_vote or bylaws.recuse_subject)


def _count(vote: Vote, state: OrgState, ballots: Mapping[str, Choice]) -> str:
    for person, choice in ballots.items():
        vote = with_ballot(vote, person, choice)
    return tally(state.bylaws, vote, sitting=state.directors, chair=state.caster).outcome
