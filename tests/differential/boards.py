"""Boards and votes for Hypothesis: small, with bylaws of every kind, and close enough that each of these matters.

Only a few things are out of the ordinary in each case, so that the one does not hide the other: where a quorum is
missing anyway, no veto makes a difference.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeVar

from attrs import evolve, frozen
from hypothesis import strategies as st

from boardsim import Bylaws, Threshold
from boardsim.bylaws import BASES, MAJORITY
from boardsim.events import CHOICES, Choice
from tests.differential.cases import AMENDMENT, Ballots, Case, Mistake, World

T = TypeVar("T")

PEOPLE = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo", "mia")
"""Those who are directors, in this order."""

OTHERS = ("ned", "oda", "pia")
"""Those who are not: somebody who has a ballot all the same, one who is only announced, one appointed by mistake."""

RULES = ("decision", "removal", "unheard-of")
"""Rules by which votes go; the last one is in no bylaws, and so a simple majority."""


@frozen(kw_only=True)
class Taste:
    """What a strategy likes, in percent.

    Attributes:
        most: the largest board.
        large: how often a board is larger than that, of up to eight.
        huge: how often it is one of thirteen directors no two of whom have the same votes.
        ballots: what directors do, as often as they do it; None for a ballot that is not on record.
        worlds: whether there are many worlds to ask for.
    """

    most: int = 5
    large: int = 0
    huge: int = 0
    ballots: tuple[Choice | None, ...] = (*("for",) * 8, *("against",) * 5, "abstain", "absent", "recused", None)
    worlds: bool = False


ANY = Taste(large=8)
GAMES = Taste(large=12, huge=3)
PIVOTS = Taste()
DEGREES = Taste()
WORLDS = Taste(worlds=True)


def cases(taste: Taste = ANY) -> st.SearchStrategy[Case]:
    """Cases of a vote."""
    return _cases(taste)


@st.composite
def _cases(draw: st.DrawFn, taste: Taste) -> Case:
    return _Teller(draw=draw, taste=taste).case()


@frozen(kw_only=True)
class _Teller:
    """Somebody who draws a case."""

    draw: st.DrawFn
    taste: Taste

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases; examples shrink to what is False."""
        return self.draw(_PERCENT) >= 100 - percent

    def one(self, options: Sequence[T]) -> T:
        return options[self.draw(st.integers(0, len(options) - 1))] if len(options) > 1 else options[0]

    def case(self) -> Case:
        directors = self.directors()
        people = (*directors, *OTHERS)
        rule = self.one(("decision", "decision", "removal", "removal", "unheard-of"))
        bylaws = self.bylaws(directors, rule)
        again = self.one(RULES) if self.taste.worlds else None
        case = Case(
            directors=directors,
            chair=self.one((None, *directors)) if self.chance(80) else None,
            ceo=self.one((*directors, "pia")) if self.chance(50) else None,
            bylaws=bylaws,
            changes=self.changes(directors, rule) if self.chance(30) else {},
            announced="oda" if self.chance(15) else None,
            mistake=self.mistake(directors) if self.chance(25) else None,
            rule=rule,
            subject=self.one(people) if self.chance(45) else None,
            again=again,
        )
        case = evolve(case, ballots=self.ballots(case))
        return evolve(case, worlds=self.worlds(case)) if self.taste.worlds else case

    def directors(self) -> tuple[str, ...]:
        if self.chance(self.taste.huge):
            return PEOPLE
        if self.chance(self.taste.large):
            return PEOPLE[: self.one((6, 7, 8))]
        return PEOPLE[: self.one(_SIZES[: _SIZES.index(self.taste.most) + 2])]

    # -----------------------------------------------------------------------------------------------------------------
    # Bylaws

    def bylaws(self, directors: Sequence[str], rule: str) -> Bylaws:
        rules = {} if rule == "unheard-of" else {rule: self.rule(directors)}
        if rule != "decision":
            rules["decision"] = MAJORITY
        if self.taste.worlds:
            rules["removal"] = self.rule(directors)
        return Bylaws(
            seats=self.seats(directors),
            quorum=self.quorum(directors),
            casting_vote=self.one(("chair", "chair", "ceo")) if self.chance(40) else None,
            recuse_subject=self.chance(50),
            weights=self.weights(directors),
            rules=rules,
        )

    def seats(self, directors: Sequence[str]) -> int | None:
        """Mostly with room for somebody."""
        return len(directors) + self.one((0, 1, 2, 3)) if self.chance(65) else None

    def weights(self, directors: Sequence[str]) -> dict[str, int]:
        if directors == PEOPLE:
            return {person: 2 * place + 1 for place, person in enumerate(directors)}
        if not self.chance(40):
            return {}
        return {person: self.one((1, 2, 2, 3, 0)) for person in (*directors, "pia") if self.chance(60)}

    def rule(self, directors: Sequence[str]) -> Threshold:
        if self.chance(35):
            threshold = evolve(MAJORITY, of=self.one(BASES))
        else:
            threshold = Threshold(fraction=self.one(_FRACTIONS), strict=self.chance(60), of=self.one(BASES))
            threshold = evolve(threshold, strict=threshold.strict and threshold.fraction < 1)
        veto = tuple(dict.fromkeys(self.one((*directors, "ned")) for _ in range(self.one((1, 1, 2)))))
        return evolve(threshold, veto=veto) if self.chance(35) else threshold

    def quorum(self, directors: Sequence[str]) -> Threshold:
        match self.one(("usual", "none", "share", "share", "seats", "seats", "least", "least", "both", "odd")):
            case "usual":
                return MAJORITY
            case "none":
                return _NO_QUORUM
            case "share":
                return Threshold(fraction=self.one(_QUORUMS))
            case "seats":
                return Threshold(fraction=self.one(_QUORUMS), of="authorised")
            case "least":
                return evolve(_NO_QUORUM, least=max(1, len(directors) - self.one((0, 1, 2))))
            case "both":
                return Threshold(fraction=Fraction(1, 5), of="authorised", least=self.one((2, 3)))
            case _:
                return Threshold(fraction=Fraction(1, 2), strict=True, of=self.one(("present", "cast")))

    def changes(self, directors: Sequence[str], rule: str) -> dict[str, Any]:
        """An amendment of one or two bylaws."""
        options = {
            "rules": lambda: {"decision" if rule == "unheard-of" else rule: self.rule(directors)},
            "weights": lambda: self.weights(directors) or {directors[0]: 2},
            "quorum": lambda: self.quorum(directors),
            "casting_vote": lambda: self.one(("chair", "ceo", None)),
            "recuse_subject": lambda: self.chance(50),
            "seats": lambda: self.one((1, 3, 5, 7)),
        }
        names = dict.fromkeys(self.one(tuple(options)) for _ in range(self.one((1, 2))))
        return {name: options[name]() for name in names}

    def mistake(self, directors: Sequence[str]) -> Mistake:
        match self.one(("appointment", "departure", "amendment")):
            case "appointment":
                return Mistake("appointment", "pia")
            case "departure":
                return Mistake("departure", self.one(directors))
            case _:
                return Mistake("amendment")

    # -----------------------------------------------------------------------------------------------------------------
    # Ballots

    def ballots(self, case: Case) -> Ballots:
        """Those of the directors, and now and then of somebody who is none."""
        voters = [*case.directors, *(person for person in OTHERS if self.chance(12))]
        found = {person: self.one(self.taste.ballots) for person in voters}
        return {person: choice for person, choice in found.items() if choice is not None}

    def worlds(self, case: Case) -> tuple[World, ...]:
        """Many in a row."""
        return tuple(self.world(case) for _ in range(self.one((4, 6, 8))))

    def world(self, case: Case) -> World:
        dropped = set[str]()
        if self.chance(15):
            dropped.add(f"{self.one(case.directors)}-director")
        amended = case.changes and not (case.mistake and case.mistake.what == "amendment")
        if amended and self.chance(15):
            dropped.add(AMENDMENT)
        ballots = {person: self.one(CHOICES) for person in (*case.directors, "ned") if self.chance(40)}
        return World(frozenset(dropped), ballots)


_PERCENT = st.integers(0, 99)
_SIZES = (3, 3, 4, 4, 2, 1, 5, 5)
_NO_QUORUM = Threshold(fraction=Fraction(0))
_QUORUMS = tuple(Fraction(*pair) for pair in ((2, 3), (3, 4), (1, 1), (1, 2)))
_FRACTIONS = tuple(Fraction(*pair) for pair in ((1, 2), (2, 3), (1, 3), (3, 4), (1, 1), (1, 4)))
