"""Worlds that differ in nothing but ballots, and whose votes come out alike: one of each kind is replayed.

A ballot does nothing but decide its vote.  So where a world has been replayed, and another has other ballots which, on
the boards that sat there, decide every vote as it was decided, the other has the same history but for its ballots.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from attrs import evolve, field, frozen

from boardsim.analysis.ensemble.unknowns import Row, Unknown
from boardsim.events import BALLOT_FIELDS, Choice, Vote
from boardsim.history import History
from boardsim.reducers import poll
from boardsim.scenario import Ballot, Change, Drop, Keep, Scenario, touched
from boardsim.state import OrgState
from boardsim.traits import has_ballots
from boardsim.voting import Poll

Answer = TypeVar("Answer")

Ballots = Mapping[str, Mapping[str, Choice]]
"""Of each vote, the ballots of those whose ballots are unknown."""


@frozen
class LooseVote:
    """A vote in a world that was replayed, some of whose ballots are unknown.

    Attributes:
        state: its organization just before it.
        loose: those whose ballots are unknown, and not set by a change.
        assumed: ballots taken for those who have none on record.
        outcome: how it came out.
        polls: the ballots of the others, by who of the loose recused themselves.
        outcomes: how it comes out, by how many people of a kind cast which ballot, so far as it was counted.
    """

    state: OrgState
    vote: Vote
    loose: frozenset[str]
    assumed: Mapping[str, Choice]
    outcome: str
    polls: dict[frozenset[str], Poll] = field(factory=dict)
    outcomes: dict[object, str] = field(factory=dict)

    def comes_out(self, ballots: Mapping[str, Choice]) -> str | None:
        """How it comes out with these ballots; None where that takes more than counting them."""
        recused = frozenset(person for person in self.loose if ballots[person] == "recused")
        known = self.polls.get(recused) or self.polls.setdefault(recused, self._poll(recused))
        cast = [(known.board.kind(person), ballots[person]) for person in known.unrecorded if person in self.loose]
        if len(cast) < len(known.unrecorded) or known.board.partial:
            return None
        key = (recused, tuple(sorted(cast)))
        if key not in self.outcomes:
            self.outcomes[key] = _counted(known, ballots)
        return self.outcomes[key]

    def _poll(self, recused: frozenset[str]) -> Poll:
        """The vote without the ballots that are unknown, but for those of whoever recused themselves."""
        rest = {person: choice for person, choice in self.vote.ballots.items() if person not in self.loose}
        rest |= dict.fromkeys(sorted(recused), "recused")
        sides: Any = {name: tuple(p for p in rest if rest[p] == choice) for choice, name in BALLOT_FIELDS.items()}
        assumed = {person: choice for person, choice in self.assumed.items() if person not in self.loose}
        return poll(self.state, evolve(self.vote, **sides), assumed)


def _counted(known: Poll, ballots: Mapping[str, Choice]) -> str:
    count = known.count
    for person in known.unrecorded:
        count = known.board.add(count, person, ballots[person])
    return "carried" if known.board.carries(count) else "failed"


@frozen(kw_only=True)
class Alike(Generic[Answer]):
    """The worlds that were replayed so far, each with its answer, for whoever asks about one like them.

    Attributes:
        ballots: by the place of an unknown that is about ballots alone, the ballots of each of its alternatives.
        change: the change that the second history of a world has; None where there is one history.
        worlds: by what else is the case, each world with its votes.
    """

    ballots: Mapping[int, Sequence[Sequence[Ballot]]]
    change: Scenario | None = None
    worlds: dict[Row, list[tuple[Sequence[LooseVote], Answer]]] = field(factory=dict)

    def find(self, row: Row) -> Answer | None:
        """The answer of a world that is like the one of a row; None where none has been replayed."""
        worlds = self.worlds.get(self._rest(row))
        if not worlds:
            return None
        ballots = self._ballots(row)
        same = (
            told for votes, told in worlds if all(one.comes_out(ballots[one.vote.id]) == one.outcome for one in votes)
        )
        return next(same, None)

    def keep(self, row: Row, histories: Sequence[History], answer: Answer) -> None:
        """Remember a world that was replayed."""
        ballots = self._ballots(row)
        made = ((), self.change.changes if self.change else ())
        pairs = zip(histories, made, strict=False)
        votes = [vote for history, changes in pairs for vote in _loose(history, ballots, changes)]
        if all(vote.comes_out(ballots[vote.vote.id]) == vote.outcome for vote in votes):
            self.worlds.setdefault(self._rest(row), []).append((votes, answer))

    def _rest(self, row: Row) -> Row:
        return tuple(-1 if place in self.ballots else index for place, index in enumerate(row))

    def _ballots(self, row: Row) -> Ballots:
        found: dict[str, dict[str, Choice]] = {}
        for place, alternatives in self.ballots.items():
            for ballot in alternatives[row[place]]:
                found.setdefault(ballot.vote, {})[ballot.director] = ballot.to
        return found


def alike(unknowns: Sequence[Unknown], change: Scenario | None) -> Alike[Any] | None:
    """Where worlds that are alike can be kept; None where no unknown is about ballots alone.

    Args:
        change: a change that is made in every world, too.
    """
    ballots = {place: found for place, unknown in enumerate(unknowns) if (found := _ballots_of(unknown))}
    votes = {ballot.vote for alternatives in ballots.values() for ballot in alternatives[0]}
    rewritten = change is not None and any(_rewrites(one, votes) for one in change.changes)
    return Alike(ballots=ballots, change=change) if ballots and not rewritten else None


def _loose(history: History, ballots: Ballots, changes: Sequence[Change]) -> Iterator[LooseVote]:
    """The votes of a world that were counted, and some of whose ballots are unknown; not those that a change sets."""
    for name, own in ballots.items():
        vote = history.event(name) if name in history else None  # its record may have been retracted
        if vote is None or not has_ballots(vote) or (tally := history.ruling(name).tally) is None:
            continue
        fixed = {change.director for change in changes if isinstance(change, Ballot) and change.vote == name}
        yield LooseVote(
            state=history.state(vote.org, history.index(name)),
            vote=vote,
            loose=frozenset(own) - fixed,
            assumed=history.world.ballots.get(name, {}),
            outcome=tally.outcome,
        )


def _ballots_of(unknown: Unknown) -> Sequence[Sequence[Ballot]] | None:
    """The ballots of each alternative; None where some alternative is about anything else, or about fewer ballots."""
    found = [[one for one in each.changes if isinstance(one, Ballot)] for each in unknown.alternatives]
    if any(len(own) != len(each.changes) for own, each in zip(found, unknown.alternatives, strict=True)):
        return None
    whose = {frozenset((one.vote, one.director) for one in own) for own in found}
    return found if len(whose) == 1 and whose != {frozenset()} else None


def _rewrites(change: Change, votes: Collection[str]) -> bool:
    """Whether a change writes one of these votes anew, so that it is not said which ballots are its own."""
    kind, name, parts = touched(change)
    return kind == "event" and name in votes and not isinstance(change, Ballot | Drop | Keep) and parts != ("at",)
