"""A case: one vote of one board, and all that led to it, as a value that can be told with one thing less.

Who sits and which bylaws are in force is folded here by hand, from the meaning of the events, so that it can be held
against the kernel's fold of the log.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from attrs import evolve, frozen

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Event,
    Log,
    Org,
    OrgState,
    Person,
    Resign,
    Retract,
    Suspend,
    Vote,
)
from boardsim.events import CHOICES, Choice
from boardsim.history import History
from boardsim.kernel import replay

Ballots = Mapping[str, Choice]

ORG = "acme"
VOTE = "the-vote"
AGAIN = "the-same-again"
AMENDMENT = "the-amendment"
SUSPENSION = "the-suspension"
FIRST, HOUR = datetime(2024, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)


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
class Variant:
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
        suspended: who of the directors is suspended from the board; None for nobody.
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
    suspended: str | None = None
    bylaws: Bylaws = Bylaws()
    changes: Mapping[str, Any] = {}
    announced: str | None = None
    mistake: Mistake | None = None
    rule: str = "decision"
    subject: str | None = None
    ballots: Ballots = {}
    again: str | None = None
    worlds: tuple[Variant, ...] = ()

    @property
    def sitting(self) -> tuple[str, ...]:
        """Who sits at the vote and may vote, by hand."""
        return tuple(person for person in self.seated if person != self.suspended)

    @property
    def suspended_directors(self) -> tuple[str, ...]:
        """Who of those who sit is suspended, by hand."""
        return tuple(person for person in self.seated if person == self.suspended)

    @cached_property
    def seated(self) -> tuple[str, ...]:
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
    def casting_voter(self) -> str | None:
        """Who has the casting vote, by hand; a chair who does not sit is none."""
        match self.in_force.casting_vote:
            case "chair":
                return self.chair if self.chair in self.sitting else None
            case "ceo":
                return self.ceo if self.ceo != self.suspended else None
            case _:
                return None

    def _wrong(self, what: str) -> bool:
        """Whether a mistake of that kind stands in the record uncorrected."""
        return self.mistake is not None and self.mistake.what == what and not self.mistake.retracted

    @property
    def _mistaken(self) -> str:
        return self.mistake.person if self.mistake else ""

    def who(self, choice: Choice) -> tuple[str, ...]:
        """Those whose ballot on record is this."""
        return tuple(person for person, ballot in self.ballots.items() if ballot == choice)

    @cached_property
    def log(self) -> Log:
        """All of it as a log."""
        told = enumerate(self._told())
        events = tuple(cls(at=FIRST + n * HOUR, org=ORG, **facts) for n, (cls, facts) in told)
        people = dict.fromkeys(person for event in events if (person := getattr(event, "person", None)) is not None)
        return Log(
            id="case",
            orgs=(Org(id=ORG, name="Acme", bylaws=self.bylaws),),
            people=tuple(Person(id=person, name=person.title()) for person in {**people, **self.ballots}),
            events=events,
        )

    def _told(self) -> Iterator[tuple[type[Event], dict[str, Any]]]:
        """What happened, in order: the kind of each event, and its facts."""
        for person in self.directors:
            yield Appoint, {"id": f"{person}-director", "person": person, "role": "director"}
        for role, holder in (("chair", self.chair), ("ceo", self.ceo)):
            if holder is not None:
                yield Appoint, {"id": role, "person": holder, "role": role}
        if self.suspended is not None:
            yield Suspend, {"id": SUSPENSION, "person": self.suspended, "role": "director"}
        match self.mistake:
            case Mistake("appointment", person):
                yield Appoint, {"id": "mistaken", "person": person, "role": "director"}
            case Mistake("departure", person):
                yield Resign, {"id": "mistaken", "person": person, "role": "director"}
        if self.announced is not None:
            yield Appoint, {"id": "announced", "person": self.announced, "role": "director", "status": "announced"}
        if self.changes:
            yield Amend, {"id": AMENDMENT, "changes": self.changes}
        if self.mistake is not None and self.mistake.retracted:
            yield Retract, {"id": "correction", "event": AMENDMENT if self.mistake.what == "amendment" else "mistaken"}
        yield Vote, {"id": VOTE, "rule": self.rule, "subject": self.subject, **self._motion()}
        if self.again is not None:
            yield Vote, {"id": AGAIN, "rule": self.again, **self._motion()}

    def _motion(self) -> dict[str, Any]:
        sides = {"for_" if choice == "for" else choice: self.who(choice) for choice in CHOICES}
        return {"motion": "whether", **sides}

    @cached_property
    def history(self) -> History:
        """The plain replay."""
        return replay(self.log)

    @property
    def state(self) -> OrgState:
        """The board just before the vote, by the kernel."""
        return self.history.state(ORG, self.history.index(VOTE))

    @property
    def vote(self) -> Vote:
        """The motion with its ballots."""
        vote = self.history.events[self.history.index(VOTE)]
        assert isinstance(vote, Vote)
        return vote
