"""Checks of single events: silent over lawful lives, and where one thing is done wrong, they say so of that event.

A teller makes up the life of a board and keeps its own books: who sits, who chairs, how many seats there are.  The
oracles read those books.  Neither they nor the teller know the kernel or the checks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from attrs import define, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Amend, Appoint, Bylaws, Cease, Event, Fire, Log, Org, Resign, Threshold, Vary, Vote
from boardsim.checks import CHECKS, ConfiguredCheck, Finding, run
from boardsim.kernel import replay
from tests.helios import sound
from tests.sizes import tries

PEOPLE = tuple("abcdefghijklmnop")
START = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HALF = Fraction(1, 2)


@frozen(kw_only=True)
class Fact:
    """What the teller's books say of an event.

    Attributes:
        directors: who sat just before it.
        seats: how many there were.
        chair: who chaired.
        ever: whether anybody had sat before.
        took_place: whether it took effect; nobody sits where no seat is, and a board of nobody decides nothing.
        carried: of a vote, whether it did.
    """

    event: Any
    directors: tuple[str, ...]
    seats: int
    chair: str | None
    ever: bool
    took_place: bool
    carried: bool | None = None

    @property
    def real(self) -> bool:
        """Whether it took effect and was more than an announcement."""
        return self.took_place and self.event.status != "announced"


@define
class Teller:
    """Tells a life, event by event, and keeps the books.

    Attributes:
        dice: what decides, byte by byte; zero when there are no more.  One draw for a whole life is many times faster
            than one for each turn of it, and shrinks as well.
    """

    dice: Iterator[int]
    facts: list[Fact] = field(factory=list)
    directors: list[str] = field(factory=list)
    chair: str | None = None
    ceo: str | None = None
    seats: int = 5
    now: datetime = START

    def one(self, options: Iterable[Any]) -> Any:
        """One of them."""
        options = list(options)
        return options[next(self.dice, 0) % len(options)]

    def number(self, least: int, most: int) -> int:
        """A whole number."""
        return least + next(self.dice, 0) % (most - least + 1)

    def outsider(self) -> str:
        """Somebody who could become a director."""
        return str(self.one(person for person in PEOPLE if person not in self.directors))

    @property
    def quorum(self) -> int:
        """More than half of the seats."""
        return self.seats // 2 + 1

    def tell(
        self, cls: type[Event], *, after: timedelta = DAY, lag: timedelta = DAY, took_place: bool = True, **more: Any
    ) -> Event:
        """Write an event down, so long after the last one; it is filed, and becomes known, with a lag."""
        self.now += after
        given = {"known": self.now + lag, "filed": self.now + lag, "sources": ("minutes",), "org": "o", **more}
        event = cls(id=f"e{len(self.facts)}", at=self.now, **given)
        fact = Fact(
            event=event,
            directors=tuple(self.directors),
            seats=self.seats,
            chair=self.chair,
            ever=any(fact.directors for fact in self.facts),
            took_place=took_place,
            carried=self.carries(event) if isinstance(event, Vote) else None,
        )
        self.facts.append(fact)
        return event

    def carries(self, vote: Vote) -> bool:
        """Whether a quorum took part, and more than half of the base or the chair on a tie were for it."""
        sides = {side: {p for p in people if p in self.directors} for side, people in vote.sides()}
        votes_for, against = len(sides["for"]), len(sides["against"])
        if votes_for + against + len(sides["abstain"]) < self.quorum:
            return False
        base = votes_for + against if vote.rule == "show-of-hands" else len(self.directors) - len(sides["recused"])
        return 2 * votes_for > base or (0 < 2 * votes_for == base and self.chair in sides["for"])

    def elect(self, person: str | None = None, **more: Any) -> Event:
        """Somebody becomes a director: by the members, where nothing else is said."""
        person = person or self.outsider()
        event = self.tell(Appoint, person=person, role="director", **{"by": "members", **more})
        if more.get("took_place", True):
            if (old := more.get("replaces")) is not None:
                self.gone(old)
            self.directors.append(person)
        return event

    def leave(self, cls: type[Event], person: str | None = None, **more: Any) -> Event:
        """A director leaves."""
        person = person or self.one(self.directors)
        event = self.tell(cls, person=person, role="director", **more)
        self.gone(person)
        return event

    def term_ends(self, person: str, at: datetime) -> None:
        """It is laid down that the term of a director ends at that instant, on whichever day it had been to end."""
        self.tell(Vary, person=person, role="director", until=at)

    def gone(self, person: str) -> None:
        """Take a director off the books."""
        self.directors.remove(person)
        self.chair = None if self.chair == person else self.chair

    def staff(self, number: int) -> None:
        """Exactly so many directors, by lawful ways."""
        while len(self.directors) > number:
            self.leave(Resign)
        if number > self.seats:
            self.resize(number)
        while len(self.directors) < number:
            self.elect()

    def resize(self, seats: int, **more: Any) -> Event:
        """The board has so many seats from now on."""
        event = self.tell(Amend, changes={"seats": seats}, **{"by": "members", **more})
        self.seats = seats
        return event

    def take_chair(self) -> None:
        """A director chairs, instead of whoever did."""
        person = self.one(self.directors)
        if person != self.chair:
            self.tell(Appoint, person=person, role="chair", replaces=self.chair, by="members")
            self.chair = person

    def vote(self, **more: Any) -> Event:
        """The directors vote, told of it three days ahead: all for it but the one whom it concerns."""
        subject = more.get("subject")
        sides: dict[str, Any] = {"for_": tuple(person for person in self.directors if person != subject)}
        if subject in self.directors:
            sides["recused"] = (subject,)
        return self.tell(Vote, **{"motion": "the usual", "notice": self.now - 2 * DAY, **sides, **more})

    def ballots(self, people: Iterable[str], choices: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Any ballots of these people."""
        chosen = {person: self.one(choices) for person in people}
        return {side: tuple(p for p in chosen if chosen[p] == side) for side in choices}


# Lawful deeds.


def members_elect(t: Teller) -> None:
    """The members or a court fill a seat, or replace a director; a founder names the very first."""
    if len(t.directors) < t.seats:
        first = not any(fact.directors for fact in t.facts) and not t.directors
        exactly, open_ = {"lag": 14 * DAY}, {"not_after": t.now + 11 * DAY, "lag": 23 * DAY}
        t.elect(by="p" if first else t.one(("members", "court")), **t.one(({}, exactly, open_)))
    elif t.directors:
        t.elect(replaces=t.one(t.directors))


def members_follow(t: Teller) -> None:
    """The members elect whom a part of the board has proposed: they need no majority of it."""
    if t.quorum <= len(t.directors) < t.seats:
        proposal = t.vote(rule="show-of-hands", for_=tuple(t.directors[:1]), abstain=tuple(t.directors[1:]))
        t.elect(because=((proposal.id,),))


def board_elects(t: Teller) -> None:
    """The board fills a seat, or replaces a director, by a vote; a sole director needs none."""
    if t.quorum <= len(t.directors) < t.seats:
        person = t.outsider()
        t.elect(person, by="board", because=((t.vote(subject=person, rule="election").id,),))
    elif t.quorum <= len(t.directors) == t.seats:
        t.elect(by="board", replaces=t.one(t.directors), because=((t.vote().id,),))
    elif t.directors and t.one((True, False)):
        t.vote(rule="election")  # in vain, for want of a quorum
    elif len(t.directors) == 1 < t.seats:
        t.elect(by="board")


def somebody_leaves(t: Teller) -> None:
    """A director resigns, dies, or is removed by the members; when exactly may be open for ten days."""
    if t.directors:
        cls: type[Event] = t.one((Resign, Cease, Fire))
        more: dict[str, Any] = {"by": "members"} if cls is Fire else {"cause": "death"} if cls is Cease else {}
        if t.one((True, False)):
            more = {**more, "not_after": t.now + 11 * DAY, "lag": 23 * DAY}
        t.leave(cls, **more)


def term_ends(t: Teller) -> None:
    """The terms of some directors end, and at that instant somebody is elected for each; may be the same."""
    leaving = t.directors[: t.number(0, 2)]
    end = t.now + (len(leaving) + 1) * DAY
    for person in leaving:
        t.term_ends(person, end)
    for number, person in enumerate(leaving):
        t.leave(Cease, person, cause=t.one((None, "End of term", "A word")), after=timedelta() if number else DAY)
    for _ in leaving if len(t.directors) + len(leaving) <= t.seats else ():
        t.elect(after=timedelta())


def motion(t: Teller) -> None:
    """A quorate board votes on something; who is absent was told in time, or waived it."""
    if len(t.directors) < t.quorum:
        return
    subject = t.one((None, *PEOPLE))
    voters = [person for person in t.directors if person != subject]
    sides = t.ballots(voters, ("for_", "against", "abstain", "absent"))
    told = {"notice": t.now + DAY - timedelta(hours=t.number(48, 200)), "waived": ()}
    rules = ("show-of-hands",) if 2 * len(sides["for_"]) == len(voters) else ("decision", "show-of-hands")
    t.vote(subject=subject, rule=t.one(rules), **sides, **told)
    if t.one((True, False)):
        recused = () if subject not in t.directors else (subject,)
        t.vote(rule=rules[0], notice=None, waived=sides["absent"], **sides, recused=recused)


def chair_decides(t: Teller) -> None:
    """The chair decides a tie on a motion that concerns nobody."""
    if len(t.directors) >= t.quorum > 1:
        t.take_chair()
        t.vote(rule="show-of-hands", **_tie(t))


def resize(t: Teller) -> None:
    """The members change the number of seats, to no fewer than are taken."""
    t.resize(t.number(max(2, len(t.directors)), max(6, len(t.directors))))


def chief(t: Teller) -> None:
    """A quorate board elects a chief executive, or dismisses the one that it has, by a vote."""
    if len(t.directors) < max(2, t.quorum):
        return
    person = t.one(person for person in PEOPLE if person != t.ceo)
    t.tell(Appoint, person=person, role="ceo", replaces=t.ceo, by="board", because=((t.vote().id,),))
    t.ceo = person
    if t.one((True, False)):
        t.tell(Fire, person=person, role="ceo", by="board", because=((t.vote().id,),))
        t.ceo = None


def announcement(t: Teller) -> None:
    """Somebody announces what the board will do; nothing of it has happened."""
    cls = t.one((Appoint, Fire, Resign, Cease))
    more: dict[str, Any] = {"role": "director", "by": "board", "sources": (), "lag": 40 * DAY, "status": "announced"}
    more |= {"cause": "end of term"} if cls is Cease else {}
    t.tell(cls, person=t.one(PEOPLE), **more)


def in_vain(t: Teller) -> None:
    """The board appoints where no seat is free, or where nobody is left to appoint: nothing comes of it."""
    if not t.directors or len(t.directors) == t.seats:
        t.elect(by="board", took_place=False)


LAWFUL = (
    *(members_elect,) * 4,
    *(board_elects,) * 2,
    members_follow,
    *(motion,) * 2,
    somebody_leaves,
    term_ends,
    chair_decides,
    resize,
    chief,
    announcement,
    in_vain,
)


def _tie(t: Teller) -> dict[str, tuple[str, ...]]:
    """Ballots by which the chair's vote decides; nobody is absent."""
    others = [person for person in t.directors if person != t.chair]
    half = t.number(1, len(t.directors) // 2)
    chair = str(t.chair)
    return {"for_": (chair, *others[: half - 1]), "against": tuple(others[half - 1 : 2 * half - 1])} | {
        "abstain": tuple(others[2 * half - 1 :])
    }


def _quorate(t: Teller, *, least: int = 2, vacancy: bool = False) -> None:
    """See that enough directors sit to decide, and that a seat is free where it is needed."""
    if t.seats <= least:
        t.resize(max(least + 1, len(t.directors)))
    t.staff(t.number(max(least, t.quorum), t.seats - vacancy))


# Misdeeds: each returns the event that is wrong, and leaves no other wrong of that kind behind.


def acts_below_quorum(t: Teller) -> Event:
    """Too few directors decide on something else than a new director."""
    if t.quorum == 1:
        t.resize(len(t.directors) + 2)
    t.staff(t.number(1, t.quorum - 1))
    match t.one(("motion", "amend", "ceo")):
        case "motion":
            return t.vote()
        case "amend":
            return t.tell(Amend, changes={"minimum": 1}, by="board")
    person = t.one(person for person in PEOPLE if person != t.ceo)
    event = t.tell(Appoint, person=person, role="ceo", replaces=t.ceo, by="board")
    t.ceo = person
    return event


def overfills(t: Teller) -> Event:
    """The board replaces a director who was one too many."""
    _quorate(t)
    t.staff(t.seats)
    reason = ((t.vote(rule="election").id,),)
    t.resize(len(t.directors) - 1)
    return t.elect(by="board", replaces=t.one(t.directors), because=reason)


def elects_by_minority(t: Teller) -> Event:
    """The board fills a seat by more votes than were against, and yet no majority of those in office."""
    _quorate(t, vacancy=True)
    some = t.number(1, len(t.directors) // 2)
    sides = {"for_": (*t.directors[:some], *t.one(((), (t.outsider(),)))), "abstain": tuple(t.directors[some:])}
    vote = t.vote(rule="show-of-hands", **sides)
    return t.elect(by="board", because=((vote.id,),))


def stranger_votes(t: Teller) -> Event:
    """Somebody has a ballot who does not sit."""
    _quorate(t)
    side = t.one(("for_", "against", "abstain"))
    return t.vote(**{"for_": tuple(t.directors), side: (*(t.directors if side == "for_" else ()), t.outsider())})


def judge_in_own_case(t: Teller) -> Event:
    """A director takes part in the vote that concerns them."""
    _quorate(t)
    ballots = t.ballots(t.directors, ("for_", "against", "abstain"))
    return t.vote(subject=t.one(t.directors), recused=(), tags=("transaction",), **ballots)


def chair_decides_amiss(t: Teller) -> Event:
    """The chair decides a tie about the chair, or where half of the board is for it and not as many are against it."""
    _quorate(t)
    t.take_chair()
    if t.one((True, False)):
        return t.vote(rule="show-of-hands", subject=t.chair, recused=(), **_tie(t))
    t.staff(2 * max(1, len(t.directors) // 2))
    t.take_chair()
    others, half = [person for person in t.directors if person != t.chair], len(t.directors) // 2
    while t.quorum > len(t.directors):
        t.resize(t.seats - 1)
    return t.vote(for_=(t.chair, *others[: half - 1]), abstain=tuple(others[half - 1 :]))


def shrinks(t: Teller) -> Event:
    """The board gets fewer seats than are taken."""
    _quorate(t)
    return t.resize(t.number(1, len(t.directors) - 1), by=t.one(("board", "members")))


def lapses(t: Teller) -> Event:
    """A term ends without a successor; maybe another one ends at that instant, and has one."""
    t.staff(2)
    first, second = t.directors
    end = t.now + 3 * DAY
    for person in (first, second):
        t.term_ends(person, end)
    if t.one((True, False)):
        t.leave(Cease, first)
        event = t.leave(Cease, second, cause="The term expired", after=timedelta())
        t.elect(after=timedelta())
        return event
    return t.leave(Cease, first, cause="a word")


def wrong_hand_rescues(t: Teller) -> Event:
    """Somebody fills the empty board who may not."""
    t.staff(1)
    t.staff(0)
    return t.elect(by=t.one(PEOPLE))


def short_notice(t: Teller) -> Event:
    """Absent directors were told too late of a special meeting."""
    _quorate(t)
    away = t.directors[: t.number(1, len(t.directors) - 1)]
    notice = t.now + DAY - timedelta(hours=t.number(-5, 47))
    waived = tuple(away[1:])
    sides: dict[str, Any] = {"for_": tuple(p for p in t.directors if p not in away), "absent": tuple(away)}
    return t.vote(notice=notice, waived=waived, form="special", **sides)


def late_appointment(t: Teller) -> Event:
    """It is filed too late who became a director."""
    _quorate(t, vacancy=True)
    return t.elect(lag=15 * DAY + timedelta(seconds=t.number(1, 100)))


def late_cessation(t: Teller) -> Event:
    """It is filed too late who is no longer a director: by leaving, or by being replaced."""
    t.staff(1)
    if t.one((True, False)):
        return t.elect(replaces=t.one(t.directors), lag=15 * DAY)
    return t.leave(t.one((Resign, Cease, Fire)), lag=15 * DAY + timedelta(seconds=1))


def hearsay(t: Teller) -> Event:
    """A seat is taken or left, and nobody says who says so."""
    if t.directors and t.one((True, False)):
        return t.leave(t.one((Resign, Cease, Fire)), sources=())
    _quorate(t, vacancy=True)
    return t.elect(sources=())


def by_fiat(t: Teller) -> Event:
    """A board of several elects or dismisses, and there is no vote of it."""
    _quorate(t, vacancy=True)
    match t.one(("director", "against", "ceo", "fire")):
        case "director":
            return t.elect(by="board")
        case "against":  # for another reason than the vote, which did not carry
            reason = next(fact.event.id for fact in t.facts if _elects(fact) and fact.real)
            failed = t.vote(for_=(), against=tuple(t.directors))
            return t.elect(by="board", because=((failed.id, reason),))
        case "fire":
            return t.leave(Fire, by="board")
    person = t.one(person for person in PEOPLE if person != t.ceo)
    event = t.tell(Appoint, person=person, role="ceo", replaces=t.ceo, by="board")
    t.ceo = person
    return event


MISDEEDS: Mapping[str, Callable[[Teller], Event]] = {
    "below_quorum_only_refill": acts_below_quorum,
    "vacancy_needed": overfills,
    "vacancy_majority": elects_by_minority,
    "lawful_voters": stranger_votes,
    "conflict_recused": judge_in_own_case,
    "casting_vote_only_on_tie": chair_decides_amiss,
    "no_unseating_by_shrinking": shrinks,
    "holdover": lapses,
    "no_director_recovery": wrong_hand_rescues,
    "notice_given": short_notice,
    "appointment_notified": late_appointment,
    "cessation_notified": late_cessation,
    "sources_present": hearsay,
    "authority_present": by_fiat,
}


# Oracles: which events of a life are wrong, by the books.


@frozen
class Books:
    """The whole life, for the oracles."""

    facts: Sequence[Fact]

    def fact(self, event: str) -> Fact:
        """What the books say of an event."""
        return next(fact for fact in self.facts if fact.event.id == event)

    def votes_behind(self, fact: Fact) -> list[Fact]:
        """The votes among the reasons of an event."""
        causes = [self.fact(cause) for clause in fact.event.because for cause in clause]
        return [cause for cause in causes if isinstance(cause.event, Vote)]

    def fills_a_seat(self, vote: Fact) -> bool:
        """Whether a vote is on a new director."""
        cited = any(_elects(fact) and vote in self.votes_behind(fact) for fact in self.facts)
        return cited or vote.event.rule == "election"


def _elects(fact: Fact) -> bool:
    return isinstance(fact.event, Appoint) and fact.event.role == "director"


def _took_part(vote: Vote) -> set[str]:
    return {*vote.for_, *vote.against, *vote.abstain}


def _below_quorum(books: Books, fact: Fact) -> bool:
    too_few = 0 < len(fact.directors) < fact.seats // 2 + 1
    if isinstance(fact.event, Vote):
        return too_few and not books.fills_a_seat(fact)
    return too_few and fact.real and fact.event.by == "board" and not _elects(fact)


def _overfilled(_books: Books, fact: Fact) -> bool:
    if not _elects(fact) or fact.event.by != "board" or not fact.real:
        return False
    return len(set(fact.directors) - {fact.event.replaces}) + 1 > fact.seats


def _by_minority(books: Books, fact: Fact) -> bool:
    votes = books.votes_behind(fact)
    enough = [len(set(v.event.for_) & set(v.directors)) > len(v.directors) / 2 for v in votes]
    return _elects(fact) and fact.real and fact.event.by == "board" and bool(votes) and not any(enough)


def _cast_amiss(_books: Books, fact: Fact) -> bool:
    if not isinstance(fact.event, Vote) or not fact.carried or fact.chair not in fact.event.for_:
        return False
    votes = [len(set(side) & set(fact.directors)) for side in (fact.event.for_, fact.event.against)]
    base = sum(votes) if fact.event.rule == "show-of-hands" else len(set(fact.directors) - {*fact.event.recused})
    return 2 * votes[0] == base and (votes[0] != votes[1] or fact.event.subject == fact.chair)


def _lapsed(books: Books, fact: Fact) -> bool:
    def term(other: Fact) -> datetime | None:
        earlier = (f.event for f in books.facts[: books.facts.index(other)])
        told = [e.until for e in earlier if isinstance(e, Vary) and e.person == other.event.person]
        return told[-1] if told else None

    def lapse(other: Fact) -> bool:
        return isinstance(other.event, Cease) and other.real and term(other) == other.event.at

    same = [other for other in books.facts if other.event.at == fact.event.at]
    earlier = [other for other in same if lapse(other) and books.facts.index(other) < books.facts.index(fact)]
    return lapse(fact) and len(earlier) >= sum(_elects(other) and other.real for other in same)


def _wrong_rescue(_books: Books, fact: Fact) -> bool:
    empty = _elects(fact) and fact.real and fact.ever and not fact.directors
    return empty and fact.event.by not in {"members", "court"}


def _ill_told(_books: Books, fact: Fact) -> bool:
    vote = fact.event
    if not isinstance(vote, Vote):
        return False
    untold = set(fact.directors) - _took_part(vote) - {*vote.recused, *vote.waived}
    late = vote.notice is not None and vote.at < vote.notice + timedelta(hours=48)
    return bool(untold) and vote.form == "special" and late


def _late(fact: Fact) -> bool:
    end = fact.event.not_after
    last = end - timedelta(microseconds=1) if end is not None and end.time() == end.min.time() else end
    return bool(fact.real and (fact.event.filed.date() - (last or fact.event.at).date()).days > 14)


def _leaves(fact: Fact) -> bool:
    """Whether somebody leaves the board by it."""
    if isinstance(fact.event, Appoint):
        return _elects(fact) and fact.event.replaces in fact.directors
    return isinstance(fact.event, Fire | Resign | Cease) and fact.event.role == "director"


def _moves(fact: Fact) -> bool:
    return isinstance(fact.event, Appoint | Fire | Resign | Cease)


def _by_fiat(books: Books, fact: Fact) -> bool:
    decides = isinstance(fact.event, Appoint | Fire) and fact.real and fact.event.by == "board"
    return decides and len(fact.directors) > 1 and not any(vote.carried for vote in books.votes_behind(fact))


ORACLES: Mapping[str, Callable[[Books, Fact], bool]] = {
    "below_quorum_only_refill": _below_quorum,
    "vacancy_needed": _overfilled,
    "vacancy_majority": _by_minority,
    "lawful_voters": lambda _, f: isinstance(f.event, Vote) and not _took_part(f.event) <= set(f.directors),
    "conflict_recused": lambda _, f: (
        isinstance(f.event, Vote) and "transaction" in f.event.tags and f.event.subject in _took_part(f.event)
    ),
    "casting_vote_only_on_tie": _cast_amiss,
    "no_unseating_by_shrinking": lambda _, f: (
        isinstance(f.event, Amend) and f.event.changes.get("seats", f.seats) < min(len(f.directors), f.seats + 1)
    ),
    "holdover": _lapsed,
    "no_director_recovery": _wrong_rescue,
    "notice_given": _ill_told,
    "appointment_notified": lambda _, f: _elects(f) and _late(f),
    "cessation_notified": lambda _, f: _leaves(f) and _late(f),
    "sources_present": lambda _, f: _moves(f) and f.real and not f.event.sources,
    "authority_present": _by_fiat,
}


dice = st.binary(min_size=250, max_size=250)


def world(t: Teller) -> Log:
    """The log of a life."""
    rules = {
        "decision": Threshold(fraction=HALF, strict=True),
        "election": Threshold(fraction=HALF, strict=True),
        "show-of-hands": Threshold(fraction=HALF, strict=True, of="cast"),
    }
    quorum = Threshold(fraction=HALF, strict=True, of="authorised")
    bylaws = Bylaws(seats=5, quorum=quorum, casting_vote="chair", rules=rules)
    return Log(orgs=(Org(id="o", name="O", bylaws=bylaws),), events=tuple(fact.event for fact in t.facts))


def findings(t: Teller, *names: str, **parameters: Any) -> list[Finding]:
    """What the checks of these names find, but for what is not known; the books must be those of the kernel."""
    history = replay(world(t))
    for fact, ruling in zip(t.facts, history.rulings, strict=True):
        assert (ruling.kind == "effective") == fact.took_place, (fact, ruling)
        assert ruling.tally is None or (ruling.tally.outcome == "carried") == fact.carried
    assert list(history.state("o").directors) == t.directors
    uses = [
        ConfiguredCheck(check=check, parameters={**check.parameters, **parameters}, severity=check.severity)
        for check in (CHECKS[name] for name in names)
    ]
    return [finding for finding in sound(run(history, {"o": uses})) if finding.severity != "note"]


def lawful(t: Teller, most: int = 8) -> None:
    """Some lawful deeds."""
    for _ in range(t.number(0, most)):
        t.one(LAWFUL)(t)


@settings(max_examples=tries(1000, 200))
@given(dice)
def test_a_lawful_life_is_passed_over_in_silence(dice: bytes) -> None:
    """Where everything is done by the rules, no check says a word, and the oracles neither."""
    t = Teller(iter(dice))
    lawful(t, 16)

    assert findings(t, *MISDEEDS) == []
    assert not any(wrong(Books(t.facts), fact) for wrong in ORACLES.values() for fact in t.facts)


@pytest.mark.parametrize("name", MISDEEDS)
@settings(max_examples=tries(100))
@given(dice=dice)
def test_one_misdeed_is_found_at_its_event_and_nowhere_else(name: str, dice: bytes) -> None:
    """In a lawful life with one misdeed, the check that is about it finds that event alone."""
    t = Teller(iter(dice))
    lawful(t)
    wrong = MISDEEDS[name](t)
    lawful(t)

    found = findings(t, name)

    assert [(finding.event, finding.since, finding.until) for finding in found] == [(wrong, wrong.at, wrong.at)]
    assert [fact.event for fact in t.facts if ORACLES[name](Books(t.facts), fact)] == [wrong]


@settings(max_examples=tries(1000, 200))
@given(dice)
def test_in_an_unruly_life_every_check_finds_what_the_books_say(dice: bytes) -> None:
    """Lawful deeds and misdeeds of all kinds in any order: each check finds the events that its oracle finds."""
    t = Teller(iter(dice))
    for _ in range(t.number(1, 8)):
        lawful(t, 2)
        t.one(MISDEEDS.values())(t)

    found = findings(t, *MISDEEDS)

    for name, wrong in ORACLES.items():
        ids = [finding.event.id for finding in found if finding.check == name and finding.event]
        assert ids == [fact.event.id for fact in t.facts if wrong(Books(t.facts), fact)], name
