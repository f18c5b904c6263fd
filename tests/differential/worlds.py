"""Small logs on which much turns: a board, a motion, what was done because of it, and what came of that.

Two or three directors vote so narrowly that one ballot, one bylaw or one event more or less makes the difference, and
the goal asks for what stands at the end of the chain.  A log has about ten events, so that brute force ends.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from attrs import define, evolve, field, fields, frozen
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
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
    Vote,
    Withdraw,
)
from boardsim.analysis.goals import Goal, Holder, Holders, Number, Term, Verdict
from boardsim.bylaws import BUILT_IN, MAJORITY
from boardsim.events import Choice, VoteCount
from tests.differential.scenes import ALL, ANY, CAST, HALF, LESS, MOST, PRESENT, SCENES, TWO, Scene

T = TypeVar("T")

START = datetime(2024, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PEOPLE = ("ann", "bob", "cyd", "dan", "eve")
WATCH = Role(id="night-watch", requires="employee")

RULES = (
    MAJORITY,
    MAJORITY,
    MOST,
    HALF,
    LESS,
    PRESENT,
    CAST,
    CAST,
    evolve(MAJORITY, of="authorised"),
    evolve(MOST, of="cast"),
)
QUORUMS = (
    MAJORITY,
    MAJORITY,
    ALL,
    MOST,
    evolve(MAJORITY, of="authorised"),
    TWO,
    TWO,
    evolve(LESS, least=3),
)
MEMBERS = (*(CAST,) * 3, PRESENT, evolve(MAJORITY, of="eligible"), MAJORITY)
COUNTS = (
    *(VoteCount(for_=98, against=30),) * 3,
    VoteCount(for_=50, against=30, abstain=25, eligible=110),
    VoteCount(for_=50, against=30, abstain=5, eligible=90),
    VoteCount(for_=30, against=98, abstain=0),
    *(VoteCount(carried=True),) * 3,
    VoteCount(carried=False),
)
"""How the members voted, by rules under which it can matter what else is on record."""

BALLOTS: tuple[Choice | None, ...] = (*("for",) * 5, *("against",) * 2, "abstain", "absent", "absent", "recused", None)
"""Ballots as often as they are wanted; None is one that is not on record."""


@frozen(kw_only=True, repr=False)
class Case:
    """A log, and what is asked of it at an instant."""

    log: Log
    goal: Goal
    at: datetime

    def __repr__(self) -> str:
        """What is not as usual, a line for each event; a whole log would fill pages."""
        lines = [f"{self.goal.terms} at {self.at:%d}", *(f"{org.id} {unusual(org.bylaws)}" for org in self.log.orgs)]
        return "\n  ".join(
            [*lines, *(f"{event.at:%d} {type(event).__name__} {unusual(event)}" for event in self.log.events)]
        )

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:  # noqa: FBT001 -- Hypothesis calls it
        printer.text(repr(self))


def unusual(value: Any) -> str:
    """The fields of a value that are not what they are unless somebody says otherwise."""
    found = {one.name: getattr(value, one.name) for one in fields(type(value)) if one.name not in ("at", "known")}
    usual = {one.name: one.default for one in fields(type(value))}
    return ", ".join(f"{name}={told}" for name, told in found.items() if told != usual[name])


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


_percent = st.integers(0, 99)


@define
class Teller:
    """Somebody who tells a story: the board, and what has happened so far."""

    draw: st.DrawFn
    directors: tuple[str, ...]
    chair: str | None
    bylaws: Bylaws
    scene: Scene | None = None
    events: list[Event] = field(factory=list)

    def one(self, *options: T) -> T:
        """Any of these."""
        return options[self.draw(_below(len(options)))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases; examples shrink to what is False."""
        return self.draw(_percent) >= 100 - percent

    def tell(self, cls: type[Event], id: str, **facts: Any) -> str:
        """One event more, a day after the one before; its id."""
        facts.setdefault("org", "acme")
        self.events.append(cls(id=id, at=START + len(self.events) * DAY, **facts))
        return id

    def said(self, cls: type[Event], id: str, **facts: Any) -> str:
        """One event more that names no organization of its own."""
        return self.tell(cls, id, org=None, **facts)

    def vote(self, id: str, **facts: Any) -> str:
        """A vote of the directors, and now and then of somebody who is none."""
        voters = (*self.directors, "dan") if self.chance(10) else self.directors
        ballots: dict[str, Choice | None] = {}
        if self.scene is not None:
            ballots = dict(zip(self.directors, self.scene.ballots, strict=True))
        sides: dict[str, tuple[str, ...]] = {}
        for person in voters:
            choice = ballots[person] if person in ballots else self.one(*BALLOTS)
            if choice is not None:
                side = "for_" if choice == "for" else choice
                sides[side] = (*sides.get(side, ()), person)
        rule = self.one("removal", "removal", "decision")
        return self.tell(Vote, id, motion=id, rule=rule, **sides, **facts)

    def close(self, id: str, person: str, role: str | None, **facts: Any) -> str:
        """Somebody loses a role, by whatever way."""
        cls = self.one(Fire, Fire, Resign, Resign, *(Cease,) * 4)
        by = {"by": "board"} if cls is Fire and self.chance(75) else {}
        return self.tell(cls, id, person=person, role=role, **by, **facts)


@st.composite
def cases(draw: st.DrawFn, most: int = 3, votes: int = 2, plots: "tuple[Plot, ...]" = ()) -> Case:
    """A story and a goal about its end.

    Args:
        most: the most directors there are.
        votes: the most votes there are.
        plots: the stories that are told; all of them where it is not said.
    """
    scenes = (*(None,) * 6, *SCENES)
    scene = scenes[draw(_below(len(scenes)))] if most >= 3 else None
    directors = PEOPLE[: 3 if scene else 1 + draw(_below(most))]
    chair: str | None = "ann"
    if scene is None or not scene.bylaws.get("casting_vote"):
        chair = (None, directors[0], directors[-1])[draw(_below(3))]
    teller = Teller(draw, directors, chair, draw(_bylaws(directors, chair)), scene)
    _seat(teller)
    if scene is not None:
        _set(teller, scene)
    goals = teller.one(*(plots or PLOTS))(teller, _Motives(teller), votes)
    _retractions(teller)
    told_of = {event.id for event in teller.events}
    goals += [*goals, Verdict("act", "effective")] if "act" in told_of else goals
    goals += [Verdict("motion", teller.one("carried", "failed"))] if "motion" in told_of else []
    terms: tuple[Term, ...] = (teller.one(*goals),)
    at = teller.events[-1].at
    return Case(log=told(teller), goal=Goal(terms), at=at)


def _set(teller: Teller, scene: Scene) -> None:
    """The bylaws of a scene, from the start or by an amendment; by another rule a vote comes out otherwise."""
    rules = {"removal": scene.rule, "decision": teller.one(scene.rule, MAJORITY, ALL)}
    if teller.chance(75):
        teller.bylaws = Bylaws(rules=rules, **{"seats": teller.one(None, 3, 4), **scene.bylaws})
    else:
        teller.bylaws = Bylaws(rules={"decision": teller.one(MAJORITY, ALL)})
        teller.tell(Amend, "set", changes={"rules": rules, **scene.bylaws}, **teller.one({}, {"by": "board"}))


@cache
def _bylaws(directors: tuple[str, ...], chair: str | None) -> st.SearchStrategy[Bylaws]:
    """The rules of a small board, in which every rule is likely to matter."""
    count = len(directors)
    vetoes = st.sampled_from([(), *((person,) for person in directors), (directors[-1], "dan")])
    rules = st.builds(evolve, st.sampled_from(RULES), veto=vetoes)
    return st.builds(
        Bylaws,
        seats=st.sampled_from([None, None, count, count + 1, count + 2]),
        quorum=st.sampled_from(QUORUMS),
        casting_vote=st.sampled_from([None, "chair", "chair"] if chair else [None]),
        recuse_subject=st.sampled_from([False, False, True]),
        weights=st.sampled_from([{}, {}, {directors[0]: 2}, {directors[-1]: 2}, {directors[0]: 3}, {directors[-1]: 0}]),
        rules=st.fixed_dictionaries({"decision": rules}, optional={"removal": rules}),
    )


def _seat(teller: Teller) -> None:
    for person in teller.directors:
        teller.tell(Appoint, f"{person}-sits", person=person, role="director")
    if teller.chair:
        teller.tell(Appoint, "chair", person=teller.chair, role="chair")


class _Motives:
    """Why something was done: because of a motion that carried, or of words, or of both."""

    def __init__(self, teller: Teller) -> None:
        self.teller = teller
        self.letter: str | None = None

    def act(self) -> dict[str, Any]:
        """What is done because of the motion, which is told first; and by whom."""
        teller = self.teller
        subject = teller.scene.subject if teller.scene else teller.one(None, *teller.directors)
        if teller.chance(22):
            return self._confirmed(teller.vote("motion", subject=subject))
        how = teller.one("plain", "letter first", "or", "or", "and", "and", "and", "and")
        if how == "plain":
            return {"because": ((teller.vote("motion", subject=subject),),)}
        self.letter = letter = teller.said(Statement, "letter", text="a letter")
        if how == "letter first":
            return {"because": ((teller.vote("motion", subject=subject, because=((letter,),)),),)}
        motion = teller.vote("motion", subject=subject)
        both = teller.one(((motion,), (letter,)), ((letter,), (motion,)))
        return {"because": ((motion, letter),) if how == "or" else both}

    def _confirmed(self, motion: str) -> dict[str, Any]:
        """What is done because of the motion and of a vote of others that is on record by its count; or of either."""
        teller = self.teller
        by = teller.one("members", "members", "staff", "board")
        agm = teller.tell(Vote, "agm", motion="agm", rule="members", by=by, count=teller.one(*COUNTS))
        return {"because": teller.one(((motion,), (agm,)), ((agm,), (motion,)), ((motion, agm),))}

    def after(self, act: str) -> dict[str, Any]:
        """What is done because of an act, or merely after it."""
        letter = self.letter
        return self.teller.one(
            {"because": ((act,),)},
            {},
            {"because": ((act, letter),) if letter else ((act,),)},
            {"because": ((act,), (letter,)) if letter else ((act,),)},
        )

    def by_board(self) -> dict[str, Any]:
        return self.teller.one({}, *({"by": "board"},) * 4, {"by": "eve"})


def _ousted(teller: Teller, reasons: _Motives, _votes: int) -> list[Term]:
    """The chief executive has to go, and somebody else comes."""
    teller.tell(Appoint, "dan-ceo", person="dan", role="ceo", **reasons.by_board())
    because = reasons.act()
    if teller.chance(60):
        replaces = teller.one("dan", "dan", "dan", "bob")
        teller.tell(Appoint, "act", person="eve", role="ceo", replaces=replaces, **reasons.by_board(), **because)
    else:
        teller.close("act", "dan", teller.one("ceo", "ceo", None), **because)
        teller.tell(Appoint, "then", person="eve", role="ceo", **reasons.by_board(), **reasons.after("act"))
    return [
        Holder("acme", "ceo", "eve"),
        Holders("acme", "ceo", frozenset(["dan"])),
        Holders("acme", "ceo", frozenset(["eve"])),
    ]


def _left_the_board(teller: Teller, reasons: _Motives, votes: int) -> list[Term]:
    """A director loses the seat, and with it the chair; then the others vote, or choose another chair."""
    goner = teller.chair or teller.directors[0]
    teller.close("act", goner, teller.one("director", "director", None), **reasons.act())
    heir = teller.directors[0] if goner != teller.directors[0] else teller.directors[-1]
    if votes > 1 and teller.chance(40):
        teller.tell(Statement, "then", text="done", because=((teller.vote("again"),),))
        return [Verdict("then", "effective"), Verdict("again", "carried")]
    teller.tell(Appoint, "then", person=heir, role="chair", **reasons.by_board(), **reasons.after("act"))
    return [Holder("acme", "chair", heir), Holders("acme", "chair", frozenset()), Number("acme", "director", "<", 2)]


def _elected(teller: Teller, reasons: _Motives, votes: int) -> list[Term]:
    """Somebody joins the board, or takes a director's place; and votes, or becomes chair."""
    replaces = teller.one(None, *teller.directors[:2])
    teller.tell(Appoint, "act", person="dan", role="director", replaces=replaces, **reasons.by_board(), **reasons.act())
    if votes > 1 and teller.chance(40):
        teller.tell(Appoint, "then", person="eve", role="ceo", because=((teller.vote("again"),),))
        return [Holder("acme", "ceo", "eve"), Verdict("again", "failed")]
    teller.tell(Appoint, "then", person="dan", role="chair", replaces=teller.one(None, teller.chair))
    return [Holder("acme", "chair", "dan"), Number("acme", "director", ">", len(teller.directors))]


def _hired(teller: Teller, reasons: _Motives, _votes: int) -> list[Term]:
    """Somebody is hired for an office that is for employees."""
    if teller.chance(40):
        teller.tell(JoinCompany, "dan-joins", person="dan")
        teller.close("act", "dan", teller.one("employee", None), **reasons.act())
        teller.tell(Appoint, "then", person="dan", role="night-watch")
    else:
        teller.tell(JoinCompany, "act", person="dan", **reasons.act())
        teller.tell(Appoint, "watch", person="dan", role="night-watch", **reasons.by_board())
        if teller.chance(50):
            teller.close("then", "dan", teller.one("employee", None, "night-watch"), **reasons.after("act"))
    return [
        Holder("acme", "night-watch", "dan"),
        Holder("acme", "employee", "dan"),
        Holder("acme", "night-watch", "dan"),
    ]


def _announced(teller: Teller, reasons: _Motives, _votes: int) -> list[Term]:
    """An appointment is announced; it comes about, or is withdrawn, or both are tried."""
    role = teller.one("ceo", "director")
    facts = teller.one({}, {}, {"because": ((f"{teller.directors[-1]}-sits",),)})
    teller.tell(Appoint, "plan", person="eve", role=role, status="announced", **facts)
    match teller.one("fulfil", "fulfil", "fulfil", "withdraw"):
        case "fulfil":
            teller.tell(Appoint, "act", person="eve", role=role, **reasons.by_board(), **reasons.act())
            teller.said(Withdraw, "stop", event="plan")
        case _:
            teller.said(Withdraw, "stop", event="plan", **reasons.act())
    teller.tell(Appoint, "then", person="dan", role="president", because=(("stop",),))
    return [
        Verdict("stop", "impossible"),
        Holder("acme", "president", "dan"),
        Holder("acme", "president", "dan"),
        Verdict("then", "orphaned"),
    ]


CHANGES: tuple[dict[str, Any], ...] = (
    {"rules": {"decision": ALL}},
    {"rules": {"decision": LESS}},
    {"weights": {"ann": 3}},
    {"quorum": evolve(ANY, least=3)},
    {"quorum": LESS},
    {"recuse_subject": True},
    {"casting_vote": "chair"},
    {"rules": {"decision": evolve(LESS, veto=("bob",))}},
    {"seats": 1},
    {"seats": 4},
)


def _amended(teller: Teller, reasons: _Motives, votes: int) -> list[Term]:
    """The bylaws are changed, by a motion or before it; somebody is elected under the new ones."""
    changes = teller.one(*CHANGES)
    if votes > 1 and teller.chance(50):
        teller.tell(Amend, "act", changes=changes, **reasons.by_board(), **reasons.act())
        because = {"because": ((teller.vote("again", subject=teller.directors[0]),),)}
    else:
        teller.tell(Amend, "amended", changes=changes, **reasons.by_board())
        because = reasons.act()
    teller.tell(Appoint, "then", person="dan", role=teller.one("director", "ceo"), **because)
    return [Holder("acme", "director", "dan"), Holder("acme", "ceo", "dan"), Verdict("then", "effective")]


def _suspended(teller: Teller, reasons: _Motives, votes: int) -> list[Term]:
    """Somebody may not act any more, so that others vote without them or take their place; and then may they again?"""
    if votes > 1 and len(teller.directors) > 1 and teller.chance(50):
        goner = teller.directors[-1]
        teller.tell(
            Suspend, "act", person=goner, role=teller.one("director", None), **reasons.by_board(), **reasons.act()
        )
        if teller.chance(30):
            teller.tell(Reinstate, "back", person=goner, role=teller.one("director", None), **reasons.after("act"))
        teller.tell(Appoint, "then", person="dan", role="ceo", because=((teller.vote("again"),),))
        return [Holder("acme", "ceo", "dan"), Verdict("again", "carried"), Verdict("again", "failed")]
    teller.tell(Appoint, "dan-ceo", person="dan", role="ceo")
    teller.tell(Suspend, "act", person="dan", role=teller.one("ceo", None), **reasons.by_board(), **reasons.act())
    teller.tell(Appoint, "then", person="eve", role="ceo", **reasons.by_board(), **reasons.after("act"))
    if teller.chance(60):
        teller.tell(Resign, "room", person="eve", role="ceo")
    teller.tell(Reinstate, "back", person="dan", role=teller.one("ceo", None))
    return [Holder("acme", "ceo", "eve"), Number("acme", "ceo", ">", 1), Verdict("back", "impossible")]


def _abroad(teller: Teller, reasons: _Motives, votes: int) -> list[Term]:
    """What one board decides changes another, and the other way about."""
    if teller.chance(50):
        teller.tell(Appoint, "act", org="beta", person="dan", role="director", **reasons.act())
    else:
        teller.tell(Appoint, "dan-beta", org="beta", person="dan", role="director")
        teller.tell(Fire, "act", org="beta", person="dan", **reasons.act())
    if votes > 1 and teller.chance(20):
        teller.tell(Vote, "again", org="beta", motion="x", for_=("dan",))
        reason: dict[str, Any] = {"because": (("again",),)}
    else:
        reason = teller.one(*({"by": "board"},) * 3, {"because": (("act",),)})
    teller.tell(Appoint, "then", org="beta", person="eve", role="ceo", **reason)
    teller.tell(Resign, "last", person=teller.directors[0], role="director", because=(("then",),))
    return [
        Holder("beta", "ceo", "eve"),
        Holder("acme", "director", teller.directors[0]),
        Verdict("then", "impossible"),
    ]


def twice(teller: Teller, reasons: _Motives, _votes: int) -> list[Term]:
    """The chief executive is removed, and would have left anyway."""
    teller.tell(Appoint, "dan-ceo", person="dan", role="ceo")
    teller.close("act", "dan", teller.one("ceo", None), **(reasons.act() if teller.chance(50) else {}))
    teller.close("then", "dan", "ceo", **teller.one({}, {"because": (("act",),)}, {}))
    return [Holder("acme", "ceo", "dan"), Holders("acme", "ceo", frozenset())]


def thrice(teller: Teller, _motives: _Motives, _votes: int) -> list[Term]:
    """The chief executive is removed, and would have left anyway, because of a letter, by either of two ways."""
    teller.tell(Appoint, "dan-ceo", person="dan", role="ceo")
    letter = teller.said(Statement, "letter", text="a letter")
    teller.close("act", "dan", "ceo")
    teller.close("then", "dan", "ceo", because=((letter,),))
    teller.close("last", "dan", "ceo", because=((letter,),))
    return [Holder("acme", "ceo", "dan"), Holders("acme", "ceo", frozenset())]


def returned(teller: Teller, reasons: _Motives, _votes: int) -> list[Term]:
    """The chief executive is removed, somebody else comes, and then the old one again."""
    teller.tell(Appoint, "dan-ceo", person="dan", role="ceo")
    teller.close("act", "dan", "ceo", **(reasons.act() if teller.chance(50) else {}))
    teller.tell(Appoint, "eve-ceo", person="eve", role="ceo", **reasons.by_board())
    teller.tell(Appoint, "then", person="dan", role="ceo", replaces="eve", **reasons.by_board())
    return [Holders("acme", "ceo", frozenset(["dan"])), Number("acme", "ceo", "<", 2)]


Plot = Callable[[Teller, _Motives, int], list[Term]]
"""Tells a motion, an act because of it, and what came of that; the goals that this leaves to be asked."""

PLOTS: tuple[Plot, ...] = (
    *(_ousted,) * 3,
    *(_left_the_board,) * 2,
    *(_elected,) * 3,
    *(_hired,) * 4,
    *(_announced,) * 9,
    _amended,
    *(_suspended,) * 5,
    *(_abroad,) * 5,
    twice,
    returned,
)


def _retractions(teller: Teller) -> None:
    """What was told turns out to be wrong; and then that turns out to be wrong."""
    if not teller.chance(50):
        return
    likely = [event.id for event in teller.events if event.id not in ("motion", "again", "then")]
    teller.said(Retract, "wrong", event=teller.one(*likely[-4:], likely[0]))
    if teller.chance(55):
        teller.said(Retract, "right", event="wrong")


def told(teller: Teller) -> Log:
    """The log of a story."""
    bylaws = teller.bylaws
    if any(event.id == "agm" for event in teller.events):
        bylaws = evolve(bylaws, rules={**bylaws.rules, "members": teller.one(*MEMBERS)})
    orgs = (Org(id="acme", name="Acme", bylaws=bylaws), Org(id="beta", name="Beta"))
    people = tuple(Person(id=person, name=person.title()) for person in PEOPLE)
    return Log(orgs=orgs, people=people, roles=(WATCH,), events=tuple(teller.events))


def with_events(case: Case, change: Callable[[Event], Event | None]) -> Case:
    """The case with other events; those of which None is made are left out."""
    events = tuple(after for event in case.log.events if (after := change(event)) is not None)
    return evolve(case, log=evolve(case.log, events=events))


def without_limits(roles: Sequence[Role] = tuple(BUILT_IN.values())) -> tuple[Role, ...]:
    """All roles, with as many holders as there may be."""
    return tuple(evolve(role, holders=None) for role in (*roles, WATCH))
