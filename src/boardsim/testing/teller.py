"""Stories for Hypothesis, told event by event: mostly plausible, not always lawful, and always loadable.

The teller remembers roughly who holds what, so that most dismissals meet somebody in office and most votes are cast by
directors, and errs often enough for every obstacle to turn up.  It knows nothing of the reducers.  Ids are unique,
causes lie before their effects, and everything that is mentioned is declared, so that a log can be written and read
again.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from attrs import define, field
from hypothesis import strategies as st

from boardsim.bylaws import Role
from boardsim.days import day_begun, next_midnight
from boardsim.events import (
    CHOICES,
    FORMS,
    Amend,
    Appoint,
    Cease,
    Death,
    Dissolve,
    Event,
    Fire,
    JoinCompany,
    Reinstate,
    Resign,
    Retract,
    Statement,
    Suspend,
    Vary,
    Vote,
    Withdraw,
)
from boardsim.history import History
from boardsim.log import Log, Org, free_id
from boardsim.testing.bylaw_parts import SEATS, assumed, counts, quorums, rules, seat_changes

T = TypeVar("T")

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
BEGINNING = datetime(2023, 11, 1, 19, 30, tzinfo=UTC)
"""When a story begins, unless something else is said."""

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

_percent = st.integers(0, 99)
_choices = st.sampled_from([*CHOICES, "for", "against", "for", None, None])


def nobody(log: Log) -> str:
    """What is wrong with a log of which nothing can be told."""
    return f"the log '{log.id}' declares no {'organization' if log.people else 'person'}"


@define
class Teller:
    """Somebody who tells a story: what has been told, and who may hold what by now.

    Attributes:
        people: the ids of those of whom it can be told; at least one, as of the organizations.
        roles: those that events can name, each as often as it is wanted.
        casting: the roles that can be given the casting vote.
        at: the instant of what was told last.
        held: what somebody may hold by now: person, organization, role.
        pending: the ids of what was announced.
    """

    draw: st.DrawFn
    zone: ZoneInfo
    people: Sequence[str]
    orgs: Sequence[Org]
    at: datetime
    words: st.SearchStrategy[str]
    roles: Sequence[str] = ROLES
    casting: Sequence[str] = ("chair", "ceo", "co-chair")
    events: list[Event] = field(factory=list)
    held: list[tuple[str, str, str]] = field(factory=list)
    pending: list[str] = field(factory=list)

    @classmethod
    def after(cls, draw: st.DrawFn, history: History, words: st.SearchStrategy[str]) -> Self:
        """Somebody who goes on with a log where it ends; it declares somebody, and an organization."""
        log = history.log
        known = [role for role in ROLES if role in log.role_table]
        states = [history.state(org.id) for org in log.orgs]
        return cls(
            draw,
            log.zone,
            [person.id for person in log.people],
            log.orgs,
            max((event.at for event in log.events), default=BEGINNING),
            words,
            roles=(*known, *(role.id for role in log.roles if role.id not in known)),
            casting=[role for role in ("chair", "ceo", "co-chair") if role in log.role_table],
            events=[event for event in log.events if not event.corrects],
            held=[(tenure.person, state.org, role) for state in states for role, tenure in state.tenures()],
            pending=[event.id for state in states for event in state.announced],
        )

    def one(self, options: Sequence[T]) -> T:
        """One of them; examples shrink to the first."""
        return options[self.draw(st.integers(0, len(options) - 1))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases; examples shrink to what is False."""
        return self.draw(_percent) >= 100 - percent

    def tell(self, kind: str, **facts: Any) -> Event:
        """Add an event of that type, with `facts` where the story wants something particular."""
        event = self.propose(kind, **facts)
        self.accept(event)
        return event

    def propose(self, kind: str, **facts: Any) -> Event:
        """An event of that type that could come next."""
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
        id_ = free_id(f"{kind}-{len(self.events)}", {event.id for event in self.events})
        said = {"id": id_, **self._common(), **own, **facts}
        if said.get("status") != "announced":
            said.pop("due", None)
        event: Event = cls(**said)
        return event

    def accept(self, event: Event) -> None:
        """Take an event for told."""
        self._remember(event)
        self.events.append(event)

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
        found |= {"at": self.at, "known": self.at + self.one(LAGS), **self._dated(found)}
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

    def _dated(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What a log says of a time within bounds that is the first instant of a day: it is a date."""
        day = day_begun(self.at, self.zone) if "precision" not in found else None
        if day is None or {"not_before", "not_after"}.isdisjoint(found):
            return {}
        if "not_after" in found:
            return {"precision": "date"}
        return {"not_after": next_midnight(day, self.zone), "precision": "last-day"}

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
        own: dict[str, Any] = {**self._seat(), "role": self.one(self.roles)}
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
        own: dict[str, Any] = {**self._seat(), "role": self.one(self.roles)}
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
                changes["rules"] = self.draw(rules(tuple(self.people[:4])))
            case "weights":
                changes["weights"] = {self.one(self.people): self.one((0, 1, 2, 5))}
            case "casting_vote":
                changes["casting_vote"] = self.one(self.casting)
            case "recuse_subject":
                changes["recuse_subject"] = self.one((True, False))
            case "named_seats":
                changes["named_seats"] = {self.one(SEATS): self.draw(seat_changes(self.people[0], self.orgs[0].id))}
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
