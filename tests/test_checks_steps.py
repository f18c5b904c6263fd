"""Checks of single events: silent over lawful worlds, and where one thing is done wrong, they say so of that event.

A teller makes up the life of a board and keeps its own books of who sits, who chairs, and how many seats there are.
The oracles read those books; neither they nor the teller know the kernel or the checks.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import define, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
    Event,
    Fire,
    Log,
    Org,
    Resign,
    Threshold,
    Vote,
    replay,
)
from boardsim.checks import CHECKS, Use, run

PEOPLE = tuple("abcdefghijklmnop")
START = datetime(2024, 1, 1, tzinfo=UTC)
HALF = Fraction(1, 2)


@frozen(kw_only=True)
class Fact:
    """What the teller's books say just before an event, and what they know of it.

    Attributes:
        directors: who sat.
        seats: how many there were.
        chair: who chaired.
        ever: whether anybody had sat before.
        took_place: whether it took effect; a board cannot act without directors, and nobody sits where no seat is.
        carried: of a vote, whether it did.
    """

    event: Event
    directors: tuple[str, ...]
    seats: int
    chair: str | None
    ever: bool
    took_place: bool
    carried: bool = False


@define
class Teller:
    """Tells a life, event by event, and keeps the books."""

    draw: st.DrawFn
    facts: list[Fact] = field(factory=list)
    directors: list[str] = field(factory=list)
    chair: str | None = None
    ceo: str | None = None
    seats: int = 5
    now: datetime = START

    def one(self, options: Any) -> Any:
        """One of them, or None where there are none."""
        options = sorted(options)
        return self.draw(st.sampled_from(options)) if options else None

    @property
    def outsiders(self) -> set[str]:
        """Who could become a director."""
        return set(PEOPLE) - set(self.directors)

    @property
    def quorum(self) -> int:
        """More than half of the seats."""
        return self.seats // 2 + 1

    def tell(self, cls: type[Event], *, later: int = 24, took_place: bool = True, **facts: Any) -> Event:
        """Write an event down, so many hours after the last one."""
        self.now += timedelta(hours=later)
        defaults = {"known": self.now + timedelta(days=3), "sources": ("minutes",), "org": "o"}
        event = cls(id=f"e{len(self.facts)}", at=self.now, **{**defaults, **facts})
        books = {"directors": tuple(self.directors), "seats": self.seats, "chair": self.chair}
        ever = any(fact.directors for fact in self.facts)
        carried = isinstance(event, Vote) and self.carries(event)
        self.facts.append(Fact(event=event, **books, ever=ever, took_place=took_place, carried=carried))
        return event

    def carries(self, vote: Vote) -> bool:
        """Whether a quorum took part and more than half were for it: of those in office, or of those who cast a vote.

        A tie is decided by the chair.
        """
        sides = {side: {p for p in people if p in self.directors} for side, people in vote.sides()}
        votes_for, against = len(sides["for"]), len(sides["against"])
        if votes_for + against + len(sides["abstain"]) < self.quorum:
            return False
        base = votes_for + against if vote.rule == "show of hands" else len(self.directors) - len(sides["recused"])
        return votes_for > base / 2 or (votes_for == against and self.chair in sides["for"])

    def elect(self, *, person: str | None = None, later: int = 24, **facts: Any) -> Event:
        """The members fill a seat, or whoever `facts` say."""
        person = person or self.one(self.outsiders)
        event = self.tell(Appoint, person=person, role="director", later=later, **{"by": "members", **facts})
        if self.facts[-1].took_place:
            self.directors.append(str(person))
        return event

    def lose(self, person: str) -> None:
        """Take somebody off the books."""
        self.directors.remove(person)
        self.chair = None if self.chair == person else self.chair

    def resign(self) -> Event:
        """A director gives up."""
        person = self.one(self.directors)
        event = self.tell(Resign, person=person, role="director")
        self.lose(person)
        return event

    def vote(self, **facts: Any) -> Event:
        """All directors say yes, with three days' notice, but the one whom it concerns."""
        subject = facts.get("subject")
        sides = {"for_": tuple(p for p in self.directors if p != subject)}
        sides |= {"recused": (subject,)} if subject in self.directors else {}
        notice = self.now - timedelta(days=3)
        return self.tell(Vote, **{"motion": "as proposed", "notice": notice, **sides, **facts})

    def staff_to(self, number: int) -> None:
        """As many directors as that, lawfully."""
        while len(self.directors) < number:
            self.elect()
        while len(self.directors) > number:
            self.resign()


def by_members(t: Teller) -> None:
    """The members fill a seat."""
    if len(t.directors) < t.seats:
        t.elect()


def co_opt(t: Teller) -> None:
    """The board fills a seat, by a vote of all directors; or the only director does."""
    if t.quorum <= len(t.directors) < t.seats:
        person = t.one(t.outsiders)
        t.elect(person=person, by="board", because=((t.vote(subject=person, rule="election").id,),))
    elif len(t.directors) == 1:
        t.elect(by="board")


def go(t: Teller) -> None:
    """A director resigns, dies, or is removed by the members; the news takes at most two weeks."""
    if t.directors:
        person = t.one(t.directors)
        how: dict[str, Any] = t.one_of(
            [{"cls": Resign}, {"cls": Cease, "cause": "death"}, {"cls": Fire, "by": "members"}]
        )
        known = t.now + timedelta(days=15)
        t.tell(how.pop("cls"), person=person, role="director", known=known, **how)
        t.lose(person)
