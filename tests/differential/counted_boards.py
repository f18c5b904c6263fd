"""The fewest ballots of a large board that turn a vote, by adding everybody up in every way, equal sums once.

It is written from the documentation, as `reference` is, and knows nothing of kinds or of who is asked first.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

from attrs import evolve, frozen

from boardsim import Bylaws, Threshold
from boardsim.bylaws import Base
from boardsim.events import CHOICES, Choice
from tests.differential.cases import Case
from tests.differential.reference import HALF, reaches

BASES: tuple[Base, ...] = ("in-office", "authorised", "present", "cast")
RULES = (Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(2, 3)), Threshold(fraction=Fraction(1, 3)))
MIXED: tuple[Choice | None, ...] = (
    *("for",) * 5,
    *("against",) * 5,
    *("abstain",) * 3,
    *("absent",) * 4,
    "recused",
    None,
)


def large_case(chance: Random, sizes: Sequence[int]) -> Case:
    """A large board on which ballots, weights, vetoes, a quorum and a casting vote are all mixed."""
    people = tuple(f"d{number:02}" for number in range(chance.choice(sizes)))
    weights = {person: chance.choice([0, 2, 3]) for person in people if chance.random() < 0.3}
    veto = tuple(person for person in people if chance.random() < 0.1)
    rule = evolve(chance.choice(RULES), of=chance.choice(BASES), veto=veto)
    quorum = Threshold(fraction=chance.choice([HALF, Fraction(2, 3), Fraction(9, 10)]), strict=chance.random() < 0.5)
    bylaws = Bylaws(
        seats=chance.choice([None, len(people), len(people) + 3]),
        quorum=quorum,
        casting_vote="chair" if chance.random() < 0.6 else None,
        weights=weights,
        rules={"decision": rule},
    )
    liked = chance.choice([MIXED, (*MIXED, *("for",) * 14), (*MIXED, *("absent",) * 9, *(None,) * 6)])
    ballots = {person: choice for person in people if (choice := chance.choice(liked)) is not None}
    return Case(directors=people, chair=chance.choice(people), bylaws=bylaws, ballots=ballots)


@frozen
class _Sum:
    """All that the outcome depends on, of those who were added so far; the `unknown` have no ballot on record."""

    votes: tuple[int, int, int] = (0, 0, 0)
    heads: int = 0
    counted: tuple[int, int] = (0, 0)
    casting: Choice | None = None
    vetoed: bool = False
    unknown: tuple[int, int] = (0, 0)
    unknown_veto: bool = False
    unknown_casting: bool = False


def least(case: Case, outcome: str, below: int) -> int | None:
    """How many ballots must be otherwise for that outcome, if fewer than `below` are enough; None where not."""
    sums: dict[_Sum, int] = {_Sum(): 0}
    for person in case.sitting:
        before, found = case.ballots.get(person), dict[_Sum, int]()
        for one, cost in sums.items():
            for choice in {*CHOICES, before}:
                more = cost + (choice != before)
                if more < below:
                    new = _added(case, one, person, choice)
                    found[new] = min(more, found.get(new, more))
        sums = found
    return min((cost for one, cost in sums.items() if _outcome(case, one) == outcome), default=None)


def _added(case: Case, one: _Sum, person: str, choice: Choice | None) -> _Sum:
    weight, casts = case.bylaws.weights.get(person, 1), person == case.casting_voter
    if choice == "recused":
        return one
    counted = (one.counted[0] + 1, one.counted[1] + weight)
    vetoes = person in case.bylaws.rules["decision"].veto
    if choice is None:
        return evolve(
            one,
            counted=counted,
            unknown=(one.unknown[0] + 1, one.unknown[1] + weight),
            unknown_veto=one.unknown_veto or vetoes,
            unknown_casting=one.unknown_casting or casts,
        )
    votes_for, against, abstained = one.votes
    votes = (
        votes_for + weight * (choice == "for"),
        against + weight * (choice == "against"),
        abstained + weight * (choice == "abstain"),
    )
    return evolve(
        one,
        votes=votes,
        heads=one.heads + (choice != "absent"),
        counted=counted,
        casting=choice if casts else one.casting,
        vetoed=one.vetoed or (vetoes and choice == "against"),
    )


def _outcome(case: Case, one: _Sum) -> str:
    """How it comes out, whatever those did whose ballots nobody knows: all may have done the best, or the worst."""
    ways = {_carries(case, _filled(one, choice)) for choice in ("for", "against", "absent")}
    return "undetermined" if len(ways) > 1 else "carried" if True in ways else "failed"


def _filled(one: _Sum, choice: Choice) -> _Sum:
    number, weight = one.unknown
    votes_for, against, abstained = one.votes
    return evolve(
        one,
        votes=(votes_for + weight * (choice == "for"), against + weight * (choice == "against"), abstained),
        heads=one.heads + number * (choice != "absent"),
        casting=choice if one.unknown_casting else one.casting,
        vetoed=one.vetoed or (one.unknown_veto and choice == "against"),
    )


def _carries(case: Case, one: _Sum) -> bool:
    bylaws, (votes_for, against, abstained), (heads, in_office) = case.bylaws, one.votes, one.counted
    rule, quorum = bylaws.rules["decision"], bylaws.quorum
    if one.vetoed or one.heads < quorum.least or not reaches(one.heads, quorum, heads):
        return False
    vacant = max(0, (bylaws.seats or 0) - heads)
    bases: Mapping[str, int] = {
        "in-office": in_office,
        "authorised": in_office + vacant,
        "present": votes_for + against + abstained,
        "cast": votes_for + against,
    }
    base = bases[rule.of]
    if votes_for >= 1 and reaches(votes_for, rule, base):
        return True
    simple = rule.fraction == HALF and rule.strict
    return simple and one.casting == "for" and 0 < 2 * votes_for == base
