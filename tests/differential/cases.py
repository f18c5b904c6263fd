"""A case: one vote of one board, and all that led to it, as a value that can be told with one thing less.

Who sits and which bylaws are in force is folded here by hand, from the meaning of the events, so that it can be held
against the kernel's fold of the log.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from attrs import evolve, frozen

from boardsim import Amend, Appoint, Bylaws, Event, Log, Org, OrgState, Person, Resign, Retract, Vote, replay
from boardsim.events import CHOICES, Choice
from boardsim.history import History

Ballots = Mapping[str, Choice]

ORG = "acme"
VOTE = "the-vote"
AGAIN = "the-same-again"
AMENDMENT = "the-amendment"
FIRST = datetime(2024, 3, 1, 12, tzinfo=UTC)


@frozen
class Mistake:
    """An event that the record had wrong.

    Attributes:
        what: the appointment of somebody who was never a director, the departure of one who stayed, or the amendment.
        person: whom it concerns; nobody in particular for the amendment.
        retracted: whether the record takes it back.
    """

    what: Literal["appointment", "departure", "amendment"]
    person: str = ""
    retracted: bool = True


@frozen
class World:
    """What is otherwise in one world of many: events that do not happen, and ballots."""

    dropped: frozenset[str] = frozenset()
    ballots: Ballots = {}


@frozen(kw_only=True)
class Case:
    """One vote, and how the board came to be as it was.

    Attributes:
        directors: who is appointed, in this order; those for whom there is no seat are not.
        chair: who of them chairs; None for nobody.
        ceo: who is chief executive, be it a director or not; None for nobody.
        bylaws: the rules at the start.
        changes: what is amended before the vote; nothing where it is empty.
        announced: somebody who is announced as a director and never appointed; None for nobody.
        mistake: what the record had wrong.
        rule: the rule that the motion goes by.
        subject: whom it concerns.
        ballots: those on record, also of people who do not sit.
        again: the rule of a second motion, with the same ballots and without a subject; None for no second one.
        worlds: what can be otherwise, for whoever asks of many worlds.
    """

    directors: tuple[str, ...]
    chair: str | None = None
    ceo: str | None = None
    bylaws: Bylaws = Bylaws()
    changes: Mapping[str, Any] = {}
    announced: str | None = None
    mistake: Mistake | None = None
    rule: str = "decision"
    subject: str | None = None
    ballots: Ballots = {}
    again: str | None = None
    worlds: tuple[World, ...] = ()

    @cached_property
    def sitting(self) -> tuple[str, ...]:
        """Who sits at the vote, by hand."""
        people, seats = [*self.directors], self.bylaws.seats
        if self._wrong("appointment"):
            people.append(self._mistaken)
        found: list[str] = []
        for person in people:
            if person not in found and (seats is None or len(found) < seats):
                found.append(person)
        return tuple(person for person in found if not (self._wrong("departure") and person == self._mistaken))

    @cached_property
    def in_force(self) -> Bylaws:
        """The bylaws at the vote, by hand: an amendment adds to rules and weights, and replaces everything else."""
        retracted = self.mistake is not None and self.mistake.what == "amendment" and self.mistake.retracted
        changes = {} if retracted else {**self.changes}
        for name in {"rules", "weights"} & changes.keys():
            changes[name] = {**getattr(self.bylaws, name), **changes[name]}
        return evolve(self.bylaws, **changes)

    @property
    def caster(self) -> str | None:
        """Who has the casting vote, by hand; a chair who does not sit is none."""
        match self.in_force.casting_vote:
            case "chair":
                return self.chair if self.chair in self.sitting else None
            case "ceo":
                return self.ceo
            case _:
                return None

    def _wrong(self, what: str) -> bool:
        """Whether a mistake of that kind stands in the record uncorrected."""
        return self.mistake is not None and self.mistake.what == what and not self.mistake.retracted

    @property
    def _mistaken(self) -> str:
        return self.mistake.person if self.mistake else ""

    @property
    def effective(self) -> Ballots:
        """What everybody on record did, once a director whom the motion concerns is counted out."""
        if self.in_force.recuse_subject and self.subject is not None and self.subject in self.sitting:
            return {**self.ballots, self.subject: "recused"}
        return self.ballots

    def who(self, choice: Choice) -> tuple[str, ...]:
        """Those whose ballot on record is this."""
        return tuple(person for person, ballot in self.ballots.items() if ballot == choice)

    @property
    def vote(self) -> Vote:
        """The motion with its ballots."""
        return self._vote(VOTE, self.rule, self.subject)

    def _vote(self, name: str, rule: str, subject: str | None) -> Vote:
        sides: dict[str, Any] = {"for_" if choice == "for" else choice: self.who(choice) for choice in CHOICES}
        return Vote(id=name, at=FIRST, org=ORG, motion="whether", rule=rule, subject=subject, **sides)

    @cached_property
    def log(self) -> Log:
        """All of it as a log."""
        told = (evolve(event, at=FIRST + n * timedelta(hours=1)) for n, event in enumerate(self._events()))
        events = tuple(evolve(event, known=event.at) for event in told)
        people = dict.fromkeys(p for event in events if (p := getattr(event, "person", None)) is not None)
        people |= dict.fromkeys(self.ballots)
        return Log(
            id="case",
            orgs=(Org(id=ORG, name="Acme", bylaws=self.bylaws),),
            people=tuple(Person(id=person, name=person.title()) for person in people),
            events=events,
        )

    def _events(self) -> Iterator[Event]:
        """What happened, in order."""
        for person in self.directors:
            yield self._appoint(f"{person}-director", person, "director")
        if self.chair is not None:
            yield self._appoint("chair", self.chair, "chair")
        if self.ceo is not None:
            yield self._appoint("ceo", self.ceo, "ceo")
        match self.mistake:
            case Mistake("appointment", person):
                yield self._appoint("mistaken", person, "director")
            case Mistake("departure", person):
                yield Resign(id="mistaken", at=FIRST, org=ORG, person=person, role="director")
        if self.announced is not None:
            yield evolve(self._appoint("announced", self.announced, "director"), status="announced")
        if self.changes:
            yield Amend(id=AMENDMENT, at=FIRST, org=ORG, changes=self.changes)
        if self.mistake is not None and self.mistake.retracted:
            wrong = AMENDMENT if self.mistake.what == "amendment" else "mistaken"
            yield Retract(id="correction", at=FIRST, event=wrong)
        yield self.vote
        if self.again is not None:
            yield self._vote(AGAIN, self.again, None)

    def _appoint(self, name: str, person: str, role: str) -> Appoint:
        return Appoint(id=name, at=FIRST, org=ORG, person=person, role=role)

    @cached_property
    def history(self) -> History:
        """The plain replay."""
        return replay(self.log)

    @property
    def state(self) -> OrgState:
        """The board just before the vote, by the kernel."""
        return self.history.state(ORG, self.history.index(VOTE))

    @property
    def recorded(self) -> Vote:
        """The vote as the log has it."""
        vote = self.history.events[self.history.index(VOTE)]
        assert isinstance(vote, Vote)
        return vote
