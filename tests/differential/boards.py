"""Boards and votes for Hypothesis: small, with bylaws of every kind, and close enough that each of these matters.

Only a few things are out of the ordinary in each case, so that the one does not hide the other: where a quorum is
missing anyway, no veto makes a difference.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from attrs import evolve, frozen
from hypothesis import strategies as st

from boardsim import Bylaws, Threshold
from boardsim.bylaws import MAJORITY, Base
from boardsim.events import Choice
from tests.differential.cases import AMENDMENT, SUSPENSION, Ballots, Case, Mistake, Variant
from tests.differential.reference import Motion

T = TypeVar("T")

PEOPLE = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim", "leo", "mia")
"""Those who are directors, in this order."""

OTHERS = ("ned", "oda", "pia")
"""Those who are not: somebody who has a ballot all the same, one who is only announced, one appointed by mistake."""

RULES = ("decision", "removal", "unheard-of")
"""Rules by which votes go; the last one is in no bylaws, and so a simple majority."""


_BALLOTS: tuple[Choice | None, ...] = (
    *("for",) * 6,
    *("against",) * 4,
    *("abstain",) * 2,
    *("absent",) * 2,
    *("recused",) * 2,
    *(None,) * 2,
)


@frozen(kw_only=True)
class Taste:
    """What a strategy likes, in percent.

    Attributes:
        sizes: of boards, as often as they come.
        large: how often a board is larger than that, of up to eight.
        huge: how often it is one of thirteen directors no two of whom have the same votes.
        ballots: what directors do, as often as they do it; None for a ballot that is not on record.
        ways: out of how many ways to vote the closest call is taken.
        carried: whether votes are rather to carry.
        uneven: how often votes are to differ so much that a sum of some is hardly ever a sum of others.
        suspended: how often a director is suspended.
        alike: how often nothing but a veto sets one director apart from another.
        worlds: whether there are many worlds to ask for.
    """

    sizes: tuple[int, ...] = (1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5)
    large: int = 0
    huge: int = 0
    ballots: tuple[Choice | None, ...] = _BALLOTS
    ways: int = 3
    carried: bool = False
    uneven: int = 0
    suspended: int = 18
    alike: int = 0
    worlds: bool = False


ANY = Taste(large=8)
OPEN = Taste(
    sizes=(2, 3, 4, 4, 5, 5, 6),
    ways=1,
    uneven=70,
    ballots=(*(None,) * 14, "for", "against", "abstain", "absent", "recused"),
)
GAMES = Taste(ways=1, large=20, huge=3, ballots=(*("for",) * 10, *("absent",) * 4, *("recused",) * 2, "abstain", None))
PIVOTS = Taste()
DEGREES = Taste(
    carried=True,
    ways=10,
    ballots=(*("for",) * 14, *("against",) * 3, *("abstain",) * 3, *("absent",) * 8, *("recused",) * 9, *(None,) * 6),
)
SMALL_DEGREES = evolve(DEGREES, sizes=(1, 2, 3))
WORLDS = Taste(alike=20, worlds=True, carried=True)


def cases(taste: Taste = ANY) -> st.SearchStrategy[Case]:
    """Cases of a vote."""
    return _cases(taste)


@st.composite
def _cases(draw: st.DrawFn, taste: Taste) -> Case:
    """A case, decided by one roll of many dice.

    One draw instead of a hundred is faster, and it keeps Hypothesis from copying one decision over others, after which
    half of the cases would be the same.  It still shrinks: a roll of nought is the first and plainest choice.
    """
    rolls = draw(_ROLLS)
    parts = (rolls[start : start + _PART] for start in range(0, len(rolls), _PART))
    return _Teller(taste, *map(Dice, parts)).case()


class Dice:
    """Rolls, one after the other; when there are none left, all that follow are nought."""

    def __init__(self, rolls: bytes) -> None:
        self._rolls = iter(rolls)

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases; a roll of nought is False."""
        return next(self._rolls, 0) * 100 >= 256 * (100 - percent)

    def one(self, options: Sequence[T]) -> T:
        """One of these; a roll of nought is the first."""
        return options[next(self._rolls, 0) * len(options) // 256]


@frozen
class _Teller:
    """Somebody who decides a case, with dice for each part of it, so that one part can change without the others."""

    taste: Taste
    board: Dice
    start: Dice
    amended: Dice
    record: Dice
    voting: Dice
    others: Dice

    def case(self) -> Case:
        directors, rule = self.directors(), self.board.one((*("decision", "removal") * 4, "unheard-of"))
        bylaws = self.bylaws(self.start, directors, rule)
        case = Case(
            directors=directors,
            chair=self.board.one(directors) if self.board.chance(95) else None,
            ceo=self.board.one((*directors, "pia")) if self.board.chance(50) else None,
            suspended=self.directors_but_one(directors),
            bylaws=bylaws,
            changes=self.changes(directors, rule) if self.record.chance(35) else {},
            announced="oda" if self.record.chance(16) else None,
            mistake=self.mistake(directors) if self.record.chance(35) else None,
            rule=rule,
            subject=self.board.one((*directors, "ned")) if self.board.chance(55) else None,
            again=self.board.one(RULES) if self.taste.worlds else None,
        )
        case = evolve(case, ballots=self.ballots(case))
        return evolve(case, worlds=self.worlds(case)) if self.taste.worlds else case

    def directors_but_one(self, directors: Sequence[str]) -> str | None:
        """Somebody who is suspended, now and then, where others are left."""
        return self.others.one(directors) if len(directors) > 1 and self.others.chance(self.taste.suspended) else None

    def directors(self) -> tuple[str, ...]:
        if self.board.chance(self.taste.huge):
            return PEOPLE
        if self.board.chance(self.taste.large):
            return PEOPLE[: self.board.one((6, 7, 8))]
        return PEOPLE[: self.board.one(self.taste.sizes)]

    # -----------------------------------------------------------------------------------------------------------------
    # Bylaws

    def bylaws(self, dice: Dice, directors: Sequence[str], rule: str) -> Bylaws:
        casting = dice.one(("chair", "chair", "chair", "ceo")) if dice.chance(64) else None
        alike = dice.chance(self.taste.alike)
        casting = None if alike else casting
        simple = 70 if casting else 10  # there is no casting vote under other rules
        named = [] if rule == "unheard-of" else [rule]
        named += ["removal"] if self.taste.worlds and rule != "removal" else []
        return Bylaws(
            seats=len(directors) + dice.one((0, 1, 1, 2, 2, 3)) if dice.chance(85) else None,
            quorum=self.quorum(dice, directors),
            casting_vote=casting,
            recuse_subject=dice.chance(55) and not alike,
            weights={} if alike else self.weights(dice, directors),
            rules={"decision": MAJORITY, **{name: self.rule(dice, directors, simple) for name in named}},
        )

    def weights(self, dice: Dice, directors: Sequence[str]) -> dict[str, int]:
        if directors == PEOPLE:
            return {person: 2 * place + 1 for place, person in enumerate(directors)}
        if self.taste.uneven and dice.chance(self.taste.uneven):
            return {person: dice.one((1, 2, 4, 7, 9, 16, 27, 0)) for person in directors}
        if not dice.chance(40):
            return {}
        return {person: dice.one((1, 2, 2, 3, 0)) for person in (*directors, "pia") if dice.chance(60)}

    def rule(self, dice: Dice, directors: Sequence[str], simple: int = 45) -> Threshold:
        """A rule; of a hundred, so many are simple majorities of something."""
        base = dice.one(_OF)
        if dice.chance(simple):
            threshold = evolve(MAJORITY, of=base)
        else:
            threshold = Threshold(fraction=dice.one(_FRACTIONS), of=base)
            threshold = evolve(threshold, strict=threshold.fraction < 1 and dice.chance(12))
        veto = tuple(dict.fromkeys(dice.one((*directors, "ned")) for _ in range(dice.one((1, 1, 2)))))
        return evolve(threshold, veto=veto) if dice.chance(50) else threshold

    def quorum(self, dice: Dice, directors: Sequence[str]) -> Threshold:
        match dice.one(("usual", "none", "share", "seats", "seats", "seats", "least", "least", "both", "odd")):
            case "usual":
                return MAJORITY
            case "none":
                return _NO_QUORUM
            case "share":
                return Threshold(fraction=dice.one(_QUORUMS))
            case "seats":
                return Threshold(fraction=dice.one(_QUORUMS), of="authorised")
            case "least":
                return evolve(_NO_QUORUM, least=max(1, len(directors) - dice.one((0, 1, 2))))
            case "both":
                return Threshold(fraction=Fraction(1, 5), of="authorised", least=dice.one((2, 3)))
            case _:
                return Threshold(fraction=Fraction(1, 2), strict=True, of=dice.one(("present", "cast")))

    def changes(self, directors: Sequence[str], rule: str) -> dict[str, Any]:
        """An amendment of one or two bylaws."""
        dice = self.amended
        options: dict[str, Callable[[], Any]] = {
            "rules": lambda: {"decision" if rule == "unheard-of" else rule: self.rule(dice, directors)},
            "weights": lambda: self.weights(dice, directors) or {directors[0]: 2},
            "quorum": lambda: self.quorum(dice, directors),
            "casting_vote": lambda: dice.one(("chair", "ceo", None)),
            "recuse_subject": lambda: dice.chance(50),
            "seats": lambda: dice.one((1, 3, 5, 7)),
        }
        names = dict.fromkeys(dice.one(tuple(options)) for _ in range(dice.one((1, 2))))
        return {name: options[name]() for name in names}

    def mistake(self, directors: Sequence[str]) -> Mistake:
        match self.record.one(("appointment", "departure", "departure", "amendment")):
            case "appointment":
                return Mistake("appointment", "pia")
            case "departure":
                return Mistake("departure", self.record.one(directors))
            case _:
                return Mistake("amendment")

    # -----------------------------------------------------------------------------------------------------------------
    # Ballots

    def ballots(self, case: Case) -> Ballots:
        """Of a few ways to vote, the one that is the closest call."""
        motion = Motion.of(case)
        ways = [self.way(case) for _ in range(self.taste.ways)]
        return max(ways, key=lambda ballots: self.closeness(motion, ballots))

    def way(self, case: Case) -> Ballots:
        """What the directors do, and now and then somebody who is none."""
        voters = [*case.directors, *(person for person in OTHERS if self.voting.chance(12))]
        found = {person: self.voting.one(self.taste.ballots) for person in voters}
        return {person: choice for person, choice in found.items() if choice is not None}

    def closeness(self, motion: Motion, ballots: Ballots) -> tuple[bool, int]:
        """Whether it is the outcome that is wanted; then on how many it hangs, a casting vote among them."""
        known: Ballots = {**dict.fromkeys(motion.sitting, "absent"), **motion.settled(ballots)}
        carries = motion.carries(known)
        hang = sum(
            any(motion.carries({**known, person: choice}) != carries for choice in ("for", "against", "absent"))
            for person, ballot in known.items()
            if ballot != "recused"
        )
        tie = carries != evolve(motion, casting_voter=None, counted={}).carries(known)
        return self.taste.carried and motion.outcome(ballots) == "carried", hang + 2 * tie

    def worlds(self, case: Case) -> tuple[Variant, ...]:
        """Many in a row."""
        return tuple(self.world(case) for _ in range(self.others.one((4, 5, 6))))

    def world(self, case: Case) -> Variant:
        dropped = set[str]()
        if self.others.chance(15):
            dropped.add(f"{self.others.one(case.directors)}-director")
        amended = case.changes and not (case.mistake and case.mistake.what == "amendment")
        if amended and self.others.chance(15):
            dropped.add(AMENDMENT)
        if case.suspended is not None and self.others.chance(20):
            dropped.add(SUSPENSION)
        if self.others.chance(40):
            return Variant(frozenset(dropped), self.turned(case))
        ballots = {p: self.others.one(_CHANGED) for p in (*case.directors, "ned") if self.others.chance(40)}
        return Variant(frozenset(dropped), ballots)

    def turned(self, case: Case) -> Ballots:
        """The same ballots, each cast by somebody else, to catch who remembers only how many there were of each."""
        voters = [person for person in case.directors if person in case.ballots]
        turn = self.others.one(range(1, len(voters) + 1)) if voters else 0
        return {p: case.ballots[other] for p, other in zip(voters, voters[turn:] + voters[:turn], strict=True)}


_PART = 40
_ROLLS = st.binary(min_size=6 * _PART, max_size=6 * _PART)
_CHANGED: tuple[Choice, ...] = (*("for",) * 3, *("against",) * 4, "abstain", "absent", "recused")
_OF: tuple[Base, ...] = (*("in-office",) * 3, *("authorised",) * 4, "present", "present", "cast", "cast")
_NO_QUORUM = Threshold(fraction=Fraction(0))
_QUORUMS = tuple(Fraction(*pair) for pair in ((1, 2), (1, 2), (2, 3), (3, 4)))
_FRACTIONS = tuple(Fraction(*pair) for pair in ((1, 2), (1, 2), (1, 2), (2, 3), (1, 3), (3, 4), (1, 4), (1, 1)))
