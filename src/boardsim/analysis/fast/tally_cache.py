"""Votes that are counted in many worlds: the same ballots of the same board are counted once."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from boardsim.bylaws import Bylaws
from boardsim.events import Choice, Event, Vote
from boardsim.reducers import reduce, tally, voters_of
from boardsim.scenario import with_ballot
from boardsim.state import OrgState


@frozen
class Memory:
    """What was counted so far; it answers as if it had forgotten everything, only sooner.

    Attributes:
        tallies: the outcomes of votes, by all that they depend on.
        rules: the bylaws that events made of others.  They live as long as they are remembered, so that their identity
            names them.
    """

    tallies: dict[Any, str] = field(factory=dict)
    rules: dict[tuple[int, str], Bylaws] = field(factory=dict)

    def amended(self, state: OrgState, event: Event) -> OrgState:
        """The state after an event that changes the bylaws, which are made once."""
        key = (id(state.bylaws), event.id)
        bylaws = self.rules.get(key)
        if bylaws is None:
            bylaws = self.rules[key] = reduce(state, event).bylaws
        return state._replace(bylaws=bylaws)

    def outcome(
        self, vote: Vote, recorded: Mapping[str, Choice], state: OrgState, ballots: Mapping[str, Choice]
    ) -> str:
        """How a vote comes out, with some ballots otherwise than they were recorded."""
        bylaws, voters = state.bylaws, voters_of(state, vote, ballots)
        choices = [ballots.get(person, recorded.get(person, "")) for person in voters]
        who = (*voters, state.casting_voter) if bylaws.asks_who(vote.rule) else None
        key = (vote.id, id(bylaws), who, tuple(choices if who else sorted(choices)))
        outcome = self.tallies.get(key)
        if outcome is None:
            outcome = self.tallies[key] = _count(vote, state, ballots)
        return outcome


def _count(vote: Vote, state: OrgState, ballots: Mapping[str, Choice]) -> str:
    for person, choice in ballots.items():
        vote = with_ballot(vote, person, choice)
    return tally(state, vote).outcome
