"""A way through the states as things that happen: who does what, who votes how, and who could have stopped it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from boardsim.analysis.explore.model import Model
from boardsim.analysis.explore.votes import rule_for, supporters
from boardsim.events import BALLOT_FIELDS, TYPES, Event, Vote, motion
from boardsim.log import Assertion, Log, Person
from boardsim.scenario import AmendBylaws, Scenario
from boardsim.voting import WITHHELD, Tally, tally


@frozen(kw_only=True)
class Step:
    """One action.

    Attributes:
        verb: `resign`, `fire` or `appoint`.
        vote: by which the board decides it, with as few votes for it as will do; None of a resignation.
        tally: how that is counted.
        blockers: how many of the directors could have stopped it together; None of a resignation.
        directors: who sits on the board after it.
    """

    verb: str
    role: str
    person: str
    vote: Vote | None
    tally: Tally | None
    blockers: int | None
    directors: tuple[str, ...]


def steps(model: Model, way: Sequence[int]) -> list[Step]:
    """What happens on a way of real states."""
    return [_step(model, before, after) for before, after in pairwise(way)]


def _step(model: Model, before: int, after: int) -> Step:
    kind = next(kinds[0] for kinds, ahead in model.moves(before) if after in ahead)
    verb, _, role = kind.partition(" ")
    layout = model.layout
    subject = layout.holders(before ^ after, role)
    (person,) = layout.names(subject)
    directors = layout.names(layout.directors(after))
    if verb == "resign":
        return Step(verb=verb, role=role, person=person, vote=None, tally=None, blockers=None, directors=directors)
    chamber = _BallotRoll(model, before, verb, role, subject)
    vote = chamber.vote()
    return Step(
        verb=verb,
        role=role,
        person=person,
        vote=vote,
        tally=chamber.count(vote),
        blockers=chamber.blockers(),
        directors=directors,
    )


class _BallotRoll:
    """The board as it votes on one motion."""

    def __init__(self, model: Model, state: int, verb: str, role: str, subject: int) -> None:
        layout, self.bylaws = model.layout, model.bylaws
        board, voters = layout.voters(state), model.motions.voters
        self.sitting = layout.names(board)
        self.chair = next(iter(layout.names(model.casting_voter(state))), None)
        (self.subject,) = layout.names(subject)
        self.rule = rule_for(self.bylaws, verb, role)
        self.together = voters is not None
        self.recusing = (self.subject,) if self.bylaws.recuse_subject and self.subject in self.sitting else ()
        able = layout.names(supporters(verb, subject, board if voters is None else board & voters))
        self.able = sorted((person for person in able if person not in self.recusing), key=self._weight_of)

    def _weight_of(self, person: str) -> tuple[bool, bool, int]:
        """Whoever matters most comes first: a veto, then the casting vote, then many votes."""
        votes, vetoes = self.bylaws.rights(person)
        return (self.rule not in vetoes, person != self.chair, -votes)

    def vote(self) -> Vote:
        """A vote that carries with the fewest for it, the casting vote and the heaviest first.

        A coalition votes for it as one; whoever does not, is against, or stays out of it where only that carries it.
        """
        fewest = len(self.able) if self.together else 1
        drafts = (vote for count in range(fewest, len(self.able) + 1) for vote in self._votes(self.able[:count]))
        return next(vote for vote in drafts if self.count(vote).outcome == "carried")

    def blockers(self) -> int:
        """The fewest of those who could be for it that stop it, by voting against or by staying away."""
        return next(
            count
            for count in range(1, len(self.able) + 1)
            for vote in self._votes(self.able[count:])
            if self.count(vote).outcome == "failed"
        )

    def _votes(self, for_: Sequence[str]) -> Iterator[Vote]:
        """What the others can do: all the same, or the lightest abstain, for a quorum, and the rest stay away."""
        rest = [person for person in self.sitting if person not in (*for_, *self.recusing)]
        by_votes = sorted(rest, key=lambda person: self.bylaws.rights(person)[0])
        mixed = ({"abstain": by_votes[:few], "absent": by_votes[few:]} for few in range(1, len(rest)))
        for sides in (*({BALLOT_FIELDS[others]: rest} for others in WITHHELD), *mixed):
            ballots: dict[str, Any] = {side: tuple(people) for side, people in sides.items()}
            yield motion(self.rule, subject=self.subject, for_=tuple(for_), recused=self.recusing, **ballots)

    def count(self, vote: Vote) -> Tally:
        return tally(self.bylaws, vote, sitting=self.sitting, chair=self.chair)


def scenario(
    found: Sequence[Step],
    log: Log,
    org: str,
    *,
    since: datetime,
    every: timedelta,
    scenario_id: str,
    title: str,
    recusal: bool | None = None,
) -> Scenario:
    """The steps as a scenario on top of the log, one after the other, with what it leads to as an assertion.

    Args:
        since: the instant after which they happen, and `every` how far apart.
        recusal: whether a director whom a motion concerns is excluded, where the log's bylaws say otherwise.
    """
    times = [_readable(since + every * number, every) for number in range(1, len(found) + 1)]
    events = [
        event for number, step in enumerate(found) for event in _events(step, log, org, number + 1, times[number])
    ]
    board = Assertion(at=times[-1], org=org, expected={"director": frozenset(found[-1].directors)})
    amendment = AmendBylaws(org=org, changes={"recuse_subject": recusal}, since=times[0])
    newcomers = dict.fromkeys(step.person for step in found if step.person not in log.person_by_id)
    return Scenario(
        id=scenario_id,
        title=title,
        changes=() if recusal is None else (amendment,),
        events=events,
        people=tuple(Person(id=person, name=called(log, person)) for person in newcomers),
        assertions=(board,),
    )


def called(log: Log, person: str) -> str:
    """Somebody's name; that of a newcomer is made of their id."""
    return log.name(person) if person in log.person_by_id else person.replace("-", " ").capitalize()


def _readable(at: datetime, every: timedelta) -> datetime:
    """The instant to the second, where that is fine enough."""
    return at.replace(microsecond=0) if every >= timedelta(seconds=2) else at


def _events(step: Step, log: Log, org: str, number: int, at: datetime) -> Iterator[Event]:
    name = f"explored-{number}"
    facts: dict[str, Any] = {"org": org, "person": step.person, "role": step.role}
    if step.vote is not None:
        does = "Appoint" if step.verb == "appoint" else "Remove"
        text = f"{does} {called(log, step.person)} as {log.role_name(step.role)}"
        yield evolve(step.vote, id=f"{name}-vote", at=at, known=at, org=org, motion=text)
        facts |= {"by": "board", "because": ((f"{name}-vote",),)}
    yield TYPES[step.verb](id=name, at=at, **facts)
