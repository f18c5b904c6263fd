"""Whole logs for Hypothesis: boards whose stories are mostly plausible, not always lawful, and always loadable.

A story is told event by event.  The teller remembers roughly who holds what, so that most dismissals meet somebody in
office and most votes are cast by directors, and errs often enough for every obstacle to turn up.  It knows nothing of
the reducers.  Ids are unique, causes lie before their effects, and everything that is mentioned is declared, so that a
log can be written and read again.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from attrs import define, evolve, field
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Assertion,
    Bylaws,
    Cease,
    Death,
    Dissolve,
    Event,
    Fire,
    JoinCompany,
    Log,
    Org,
    Person,
    Reinstate,
    Resign,
    Retract,
    Role,
    Statement,
    Suspend,
    Threshold,
    Vary,
    Vote,
    Waiver,
    Withdraw,
)
from boardsim.bylaws import ASSUMABLE, BASES
from boardsim.days import next_midnight
from boardsim.events import CHOICES, FORMS, OPEN, VoteCount
from boardsim.records import public_since

T = TypeVar("T")

PEOPLE = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal")
ORGS = ("acme", "beta-works")
ZONES = ("UTC", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Africa/Monrovia")
"""Monrovia's clocks were 44 minutes and 30 seconds behind Greenwich until 1972, which no ISO offset can say."""

STARTS = (
    datetime(2023, 11, 1, 19, 30, tzinfo=UTC),  # the clocks go back in Los Angeles on the 5th
    datetime(2024, 3, 29, 23, tzinfo=UTC),  # and forward in London on the 31st
    datetime(1971, 12, 28, tzinfo=UTC),
    datetime(1901, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
)

DECLARED = (
    Role(id="co-chair", kind="board", holders=2, requires="director"),
    Role(id="lead-director", kind="board", holders=None, requires="co-chair"),
    Role(id="night-watch", kind="office", holders=1, requires="employee", name="Night watch"),
    Role(id="apprentice", kind="staff", holders=None),
    Role(id="fellow", kind="staff", holders=2, requires="employee"),
    Role(id="envoy", kind="observer", holders=None, name="Envoy"),
)
ANEW = (
    Role(id="secretary", kind="office", holders=None),
    Role(id="vice-chair", kind="board", holders=2, name="Deputy"),
)
"""Built-in roles as a log can declare them anew."""

ROLES = (
    *("director",) * 6,
    *("chair",) * 2,
    "vice-chair",
    *("ceo",) * 3,
    "president",
    "secretary",
    "observer",
    "employee",
    *(role.id for role in DECLARED),
)
"""Roles as often as they are wanted."""

KINDS = (
    *("appoint",) * 7,
    *("join-company",) * 2,
    *("fire",) * 3,
    *("resign",) * 2,
    *("cease",) * 2,
    *("suspend",) * 2,
    "reinstate",
    "vary",
    "death",
    "dissolve",
    *("vote",) * 3,
    "amend",
    "statement",
    *("withdraw",) * 2,
    *("retract",) * 2,
)
"""Event types as often as they are wanted."""

STEPS = (
    timedelta(),
    timedelta(),
    timedelta(microseconds=1),
    timedelta(minutes=30),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=9),
)
LAGS = (*(timedelta(),) * 5, timedelta(days=-2), timedelta(hours=5), timedelta(days=2), timedelta(days=40))
"""How much later, or earlier, than it took effect an event became known."""

WORDS = (
    "a letter",
    'a "quoted" word',
    "back\\slash",
    "two\nlines",
    "[[event]]",
    "# no comment",
    "'''",
    "Gassée — 董事",
)
"""Texts on which a careless writer trips."""

plain_words = st.sampled_from(WORDS)
texts = plain_words | st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), include_characters="\n\t\u200d\ufeff\u00ad"
    ),
    min_size=1,
    max_size=12,
).filter(str.strip)
"""Any text that a log may hold; control characters are refused."""

fractions = st.sampled_from([Fraction(*pair) for pair in ((1, 2), (2, 3), (3, 4), (1, 3), (3, 5), (1, 1), (0, 1))])


def reachable(threshold: Threshold) -> bool:
    """Whether it does not want more than all of them, which a log may not say."""
    return threshold.fraction < 1 or not threshold.strict


thresholds = st.builds(Threshold, fraction=fractions, strict=st.booleans(), of=st.sampled_from(BASES)).filter(reachable)
quorums = st.builds(evolve, thresholds, least=st.sampled_from([1, 1, 2, 3]))
vetoes = st.sampled_from([(), (), ("bob",), ("dan", "ann")])
rules = st.dictionaries(
    st.sampled_from(["decision", "removal", "two thirds, §3"]), st.builds(evolve, thresholds, veto=vetoes), max_size=3
)

SEATS = ("founder", "investor")
"""Named seats, whether or not some organization has them."""

_rights = st.sampled_from([(), ("board",), ("members", "ann"), ("acme",)])
seat_changes: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "name": st.just("Seat of the investors"),
        "count": st.integers(0, 2),
        "filled_by": _rights,
        "removed_by": _rights,
        "class_": st.just("B"),
    },
)
"""What is said of a named seat, at the start or by an amendment."""
_numbers = st.integers(0, 4)
numbers = st.builds(
    lambda votes, abstain, more: {
        **dict(zip(("for", "against"), votes, strict=True)),
        **({} if abstain is None else {"abstain": abstain}),
        **({} if more is None else {"eligible": sum(votes) + (abstain or 0) + more}),
    },
    st.tuples(_numbers, _numbers),
    st.none() | _numbers,
    st.none() | _numbers,
)
"""Counts as they are written, some of them without how many abstained, or could vote."""

counts = st.builds(VoteCount().with_numbers, numbers) | st.builds(VoteCount, carried=st.booleans())
assumed = st.lists(st.sampled_from(ASSUMABLE), unique=True, max_size=3).map(tuple)

_percent = st.integers(0, 99)
_choices = st.sampled_from([*CHOICES, "for", "against", "for", None, None])


@define
class _Teller:
    """Somebody who tells a story: what has been told, and who may hold what by now."""

    draw: st.DrawFn
    zone: ZoneInfo
    people: Sequence[str]
    orgs: Sequence[Org]
    at: datetime
    words: st.SearchStrategy[str]
    events: list[Event] = field(factory=list)
    held: list[tuple[str, str, str]] = field(factory=list)  # person, organization, role
    pending: list[str] = field(factory=list)

    def one(self, options: Sequence[T]) -> T:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases; examples shrink to what is False."""
        return self.draw(_percent) >= 100 - percent

    def tell(self, kind: str, **facts: Any) -> Event:
        """Add an event of that type, with `facts` where the story wants something particular."""
        makers = {
            "appoint": self._appoint,
            "join-company": self._join,
            "fire": lambda: self._close(Fire),
            "resign": lambda: self._close(Resign),
            "cease": lambda: self._close(Cease),
            "suspend": lambda: self._close(Suspend),
            "reinstate": self._reinstate,
            "vary": self._vary,
            "death": lambda: (Death, {"person": self.one(self.people)}),
            "dissolve": self._dissolve,
            "vote": self._vote,
            "amend": self._amend,
            "statement": self._statement,
            "withdraw": self._withdraw,
            "retract": self._retract,
        }
        cls, own = makers[kind]()
        said = {"id": f"{kind}-{len(self.events)}", **self._common(), **own, **facts}
        if said.get("status") != "announced":
            said.pop("due", None)
        event: Event = cls(**said)
        self._remember(event)
        self.events.append(event)
        return event

    def _common(self) -> dict[str, Any]:
        self.at += self.one(STEPS)
        found: dict[str, Any] = {}
        match self.one(("exact", "exact", "exact", "day", "before", "after", "span", "instant")):
            case "day":
                start = next_midnight(self.at.astimezone(self.zone).date(), self.zone)
                end = next_midnight(start.astimezone(self.zone).date(), self.zone)
                self.at = start
                found |= {"not_before": start, "not_after": end, "precision": "day"}
            case "before":
                found["not_before"] = self.at - timedelta(hours=30)
            case "after":
                found["not_after"] = self.at + timedelta(days=3)
            case "span":
                found |= {"not_before": self.at - timedelta(days=2), "not_after": self.at + timedelta(hours=1)}
            case "instant":
                found |= {"not_before": self.at, "not_after": self.at}
        found |= {"at": self.at, "known": self.at + self.one(LAGS)}
        if self.events and self.chance(25):
            found["because"] = tuple(self._clause() for _ in range(self.one((1, 1, 2))))
        if self.chance(30):
            found |= {"by": self.one(("board", "board", "members", "court", self.people[0], self.orgs[0].id))}
        if self.chance(10):
            found |= {"note": self.draw(self.words), "sources": (self.draw(self.words),), "tags": ("assumed",)}
        if self.chance(15):
            found["filed"] = self.at + self.one((timedelta(days=3), timedelta(days=20)))
        if self.chance(10):
            found["status"] = self.one(("reported", "disputed", "assumed"))
        return found

    def _clause(self) -> tuple[str, ...]:
        votes = [event.id for event in self.events if isinstance(event, Vote)]
        causes = [self.one(votes if votes and self.chance(60) else [event.id for event in self.events])]
        if self.chance(30):
            causes.append(self.one(self.events).id)
        return tuple(dict.fromkeys(causes))

    def _seat(self) -> dict[str, Any]:
        return {"person": self.one(self.people), "org": self.one(self.orgs).id, **self._announced()}

    def _announced(self) -> dict[str, Any]:
        if not self.chance(12):
            return {}
        return {"status": "announced", "due": self.one((None, self.at + timedelta(days=30)))}

    def _appoint(self) -> tuple[type[Event], dict[str, Any]]:
        own: dict[str, Any] = {**self._seat(), "role": self.one(ROLES)}
        sitting = [person for person, org, role in self.held if (org, role) == (own["org"], own["role"])]
        if self.chance(30):
            own["replaces"] = self.one(sitting) if sitting and self.chance(85) else self.one(self.people)
        seats = self._named_seats(own["org"])
        if seats and own["role"] == "director" and self.chance(50):
            own["seat"] = self.one(seats)
        if self.chance(20):
            own |= {"interim": True, "independent": self.one((True, False)), "until": self.at + timedelta(days=365)}
            own["interested"] = self.one((None, True, False))
        return Appoint, own

    def _named_seats(self, org: str) -> list[str]:
        """The seats that the bylaws of an organization have named by now, abolished ones too."""
        found = {seat for one in self.orgs if one.id == org for seat in one.bylaws.named_seats}
        amended = (event for event in self.events if isinstance(event, Amend) and event.org == org)
        return sorted(found.union(*(event.changes.get("named_seats", ()) for event in amended)))

    def _join(self) -> tuple[type[Event], dict[str, Any]]:
        return JoinCompany, self._seat() | ({"title": "keeper of keys"} if self.chance(20) else {})

    def _close(self, cls: type[Event]) -> tuple[type[Event], dict[str, Any]]:
        own: dict[str, Any] = {**self._seat(), "role": self.one(ROLES)}
        if self.held and self.chance(80):
            own["person"], own["org"], own["role"] = self.one(self.held)
        if self.chance(15):
            own["role"] = None
        return cls, own | ({"cause": self.draw(self.words)} if cls is Cease and self.chance(20) else {})

    def _reinstate(self) -> tuple[type[Event], dict[str, Any]]:
        cls, own = self._close(Reinstate)
        suspended = [event for event in self.events if isinstance(event, Suspend)]
        if suspended and self.chance(85):
            event = self.one(suspended)
            own |= {"person": event.person, "org": event.org, "role": self.one((None, event.role))}
        return cls, own

    def _vary(self) -> tuple[type[Event], dict[str, Any]]:
        cls, own = self._close(Vary)
        terms: dict[str, Any] = {
            "until": self.at + timedelta(days=400),
            "interim": self.one((True, False)),
            "independent": self.one((True, False)),
            "interested": self.one((True, False)),
        }
        names = {self.one(tuple(terms)), self.one(tuple(terms))}
        return cls, {**own, "role": own["role"] or "director", **{name: terms[name] for name in names}}

    def _dissolve(self) -> tuple[type[Event], dict[str, Any]]:
        into = self.one((None, self.orgs[0].id))
        return Dissolve, {"org": self.one(self.orgs).id, "into": into, **self._announced()}

    def _vote(self) -> tuple[type[Event], dict[str, Any]]:
        org = self.one(self.orgs)
        own: dict[str, Any] = {
            "org": org.id,
            "motion": self.draw(self.words),
            "rule": self.one(sorted(org.bylaws.rules)),
        }
        if self.chance(30):
            own["form"] = self.one(FORMS)
        if self.chance(25):
            by = self.one(("members", "members", "staff", "board", None))
            return Vote, own | {"count": self.draw(counts), "by": by}
        voters = dict.fromkeys(person for person, at, role in self.held if (at, role) == (org.id, "director"))
        if self.chance(10):
            voters[self.one(self.people)] = None
        for person in voters:
            if (choice := self.draw(_choices)) is not None:
                side = "for_" if choice == "for" else choice
                own[side] = (*own.get(side, ()), person)
        if self.chance(15):
            own |= {"notice": self.at - timedelta(days=3), "waived": (self.one(self.people),)}
        return Vote, own | ({"subject": self.one(self.people)} if self.chance(40) else {})

    def _amend(self) -> tuple[type[Event], dict[str, Any]]:
        changes: dict[str, Any] = {}
        if self.chance(20):
            changes["assumed"] = self.draw(assumed)
        kinds = ("seats", "minimum", "quorum", "rules", "weights", "casting_vote", "recuse_subject", "named_seats")
        match self.one(kinds):
            case "seats":
                changes["seats"] = self.one((1, 2, 3, 5, 9))
            case "minimum":
                changes["minimum"] = self.one((0, 1, 4))
            case "quorum":
                changes["quorum"] = self.draw(quorums)
            case "rules":
                changes["rules"] = self.draw(rules)
            case "weights":
                changes["weights"] = {self.one(self.people): self.one((0, 1, 2, 5))}
            case "casting_vote":
                changes["casting_vote"] = self.one(("chair", "ceo", "co-chair"))
            case "recuse_subject":
                changes["recuse_subject"] = self.one((True, False))
            case "named_seats":
                changes["named_seats"] = {self.one(SEATS): self.draw(seat_changes)}
        return Amend, {"org": self.one(self.orgs).id, "changes": changes}

    def _statement(self) -> tuple[type[Event], dict[str, Any]]:
        return Statement, {"text": self.draw(self.words), "org": self.one((None, self.orgs[0].id))}

    def _withdraw(self) -> tuple[type[Event], dict[str, Any]]:
        return Withdraw, {"event": self._target(self.pending)}

    def _retract(self) -> tuple[type[Event], dict[str, Any]]:
        retractions = [event.id for event in self.events if isinstance(event, Retract)]
        target = self._target(retractions if self.chance(30) else [])
        heard = [event.known for event in self.events if event.id == target and isinstance(event, Retract)]
        return Retract, {"event": target, **({"known": max(self.at, *heard)} if heard else {})}

    def _target(self, likely: Sequence[str]) -> str:
        return self.one(likely) if likely and self.chance(85) else self.one(self.events).id

    def _remember(self, event: Event) -> None:
        if event.status == "announced":
            self.pending.append(event.id)
        elif isinstance(event, Appoint | JoinCompany):
            role = event.role if isinstance(event, Appoint) else "employee"
            self.held.append((event.person, event.org, role))
        elif isinstance(event, Fire | Resign | Cease):
            gone = {(event.person, event.org, role) for role in {event.role} - {None} or {r for _, _, r in self.held}}
            self.held = [tenure for tenure in self.held if tenure not in gone]


@st.composite
def bylaws(draw: st.DrawFn, people: Sequence[str] = PEOPLE) -> Bylaws:
    """The rules of an organization, as a log can declare them."""
    changes: dict[str, Any] = {}
    if draw(st.booleans()):
        changes |= {"seats": draw(st.integers(1, 7)), "minimum": draw(st.integers(0, 1))}
    if draw(st.booleans()):
        changes |= {"rules": draw(rules), "quorum": draw(quorums)}
    if draw(st.booleans()):
        changes |= {
            "casting_vote": draw(st.sampled_from(["chair", "ceo", "co-chair"])),
            "recuse_subject": draw(st.booleans()),
            "weights": draw(st.dictionaries(st.sampled_from(people), st.integers(0, 4), max_size=3)),
            "assumed": draw(assumed),
        }
    if draw(st.booleans()):
        changes["named_seats"] = draw(st.dictionaries(st.sampled_from(SEATS), seat_changes, max_size=2))
    found = Bylaws().amended(changes)
    return found if found.contradiction() is None else evolve(found, seats=None)


def london_midnight(at: datetime) -> datetime:
    """The instant at which the next day begins in London."""
    return next_midnight(at.date(), ZoneInfo("Europe/London"))


@st.composite
def logs(
    draw: st.DrawFn,
    *,
    min_events: int = 0,
    max_events: int = 26,
    words: st.SearchStrategy[str] = plain_words,
) -> Log:
    """A whole log; `words` are the texts in it, and some sit on the board before the story begins."""
    zone = draw(st.sampled_from(ZONES))
    people = PEOPLE[: draw(st.integers(4, len(PEOPLE)))]
    start = draw(st.sampled_from(STARTS))
    since: Any = draw(
        st.sampled_from([None, None, None, None, "never", start + timedelta(days=2), london_midnight(start)])
    )
    orgs = [
        Org(
            id=ORGS[0],
            name="Acme, Inc.",
            bylaws=draw(bylaws(people)),
            complete_from=since,
            **draw(st.sampled_from(CALLED)),
        )
    ]
    if draw(st.booleans()):
        ties: list[dict[str, Any]] = [{}, {"controlled_by": ORGS[0]}, {"committee_of": ORGS[0], "committee": "audit"}]
        orgs.append(Org(id=ORGS[1], name=ORGS[1], note="The second", **draw(st.sampled_from(ties))))
    teller = _Teller(draw, ZoneInfo(zone), people, orgs, start, words)
    for person in people[: draw(st.integers(0, 4))]:
        facts = {"status": "confirmed", "replaces": None, "by": None}
        teller.tell("appoint", person=person, org=ORGS[0], role="director", **facts)
    for number in range(draw(st.integers(min_events, max_events))):
        teller.tell("appoint" if not (number or teller.events) else teller.one(KINDS))
    return Log(
        id="story",
        title=draw(st.none() | st.just('A "story"')),
        timezone=zone,
        orgs=tuple(orgs),
        people=tuple(
            Person(id=person, name=person.title(), note="x" if person == "ann" else None, born=draw(births))
            for person in people
        ),
        roles=(*DECLARED, *draw(st.sampled_from([(), ANEW]))),
        events=tuple(teller.events),
        assertions=draw(st.lists(assertions(people, teller.at), max_size=2).map(tuple)),
        waivers=draw(st.lists(waivers(teller.at, words), max_size=1).map(tuple)),
    )


CALLED: Sequence[dict[str, Any]] = (
    {},
    {"aliases": ("Acme", "A, B & C"), "identifiers": {"LEI": "5493", "a b": "Gassée — 董事"}},
    {"former_names": ("Acme Works",), "founded": "1901-04"},
    {"founded": date(1901, 4, 2)},
)
"""What else an organization can be called."""

births = st.sampled_from([None, None, date(1985, 2, 28), "1985", "1985-04"])


@st.composite
def waivers(draw: st.DrawFn, at: datetime, words: st.SearchStrategy[str]) -> Waiver:
    """Somebody does without a rule, for some time or for ever."""
    since, until = draw(st.sampled_from([(None, None), (None, at), (at, None), (at, at + timedelta(days=30))]))
    check, by = draw(st.sampled_from([("board_min", "members"), ("chair_is_director", ORGS[0])]))
    return Waiver(at=at, check=check, org=ORGS[0], by=by, reason=draw(words), since=since, until=until)


@st.composite
def assertions(draw: st.DrawFn, people: Sequence[str], at: datetime) -> Assertion:
    """Something that may or may not be true."""
    roles = draw(st.lists(st.sampled_from(["director", "chair", "employee"]), min_size=1, unique=True))
    holders = st.frozensets(st.sampled_from(people), max_size=3)
    known = draw(st.none() | st.just(at))
    return Assertion(at=at, org=ORGS[0], known=known, expected={role: draw(holders) for role in roles})


def instants(log: Log) -> list[datetime]:
    """Every instant at which something about the log changes, and those just beside it, sorted."""
    found: set[datetime] = {STARTS[0]}
    for event in log.events:
        for instant in {event.at, event.known, public_since(event, log), *(event.span or ())} - {OPEN}:
            found |= {instant - timedelta(microseconds=1), instant, instant + timedelta(microseconds=1)}
    return sorted(found)
