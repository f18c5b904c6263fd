"""What people could do otherwise in a vote, held to all ballots of three directors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations, product

import pytest
from attrs import evolve

from boardsim import Bylaws, Threshold, Vote, tally
from boardsim.bylaws import BASES, DECISION, MAJORITY, Base
from boardsim.events import CHOICES, Choice
from boardsim.voting import Poll, alternatives

PEOPLE = ("ann", "bob", "cyd")
SHARES = (("1/2", True), ("2/3", False), ("1", False))
QUORUMS = (Threshold(fraction=Fraction(0)), MAJORITY)
OPEN = Vote(id="v", at=datetime(2024, 3, 1, tzinfo=UTC), org="acme", motion="whether")
Ballots = tuple[Choice, ...]


def rules(base: Base) -> Iterator[Bylaws]:
    """Bylaws of four seats with every feature of a vote: shares, quorums, weights, a casting vote, a veto."""
    for (share, strict), quorum, weights, casts, veto in product(
        SHARES, QUORUMS, ({}, {"ann": 0}, {"ann": 0, "bob": 2}), (None, "chair"), ((), ("ann",))
    ):
        rule = Threshold(fraction=Fraction(share), strict=strict, of=base, veto=veto)
        yield Bylaws(seats=4, rules={DECISION: rule}, quorum=quorum, weights=weights, casting_vote=casts)


def vote_of(ballots: Ballots) -> Vote:
    """A vote with these ballots."""

    def who(choice: Choice) -> tuple[str, ...]:
        return tuple(person for person, cast in zip(PEOPLE, ballots, strict=True) if cast == choice)

    return evolve(
        OPEN,
        for_=who("for"),
        against=who("against"),
        abstain=who("abstain"),
        absent=who("absent"),
        recused=who("recused"),
    )


def outcomes(bylaws: Bylaws) -> Mapping[Ballots, bool]:
    """How the vote comes out by all that the three may do; Ann has the casting vote, where there is one."""
    return {
        ballots: tally(bylaws, vote_of(ballots), sitting=PEOPLE, chair="ann").outcome == "carried"
        for ballots in product(CHOICES, repeat=len(PEOPLE))
    }


def replaced(ballots: Ballots, places: Sequence[int], choices: Sequence[Choice]) -> Ballots:
    """The ballots, with others in some places."""
    other = dict(zip(places, choices, strict=True))
    return tuple(other.get(place, choice) for place, choice in enumerate(ballots))


@pytest.mark.parametrize("base", BASES)
def test_whoever_could_have_turned_a_vote_could_by_one_of_the_alternatives(base: Base) -> None:
    """Where some other ballot of somebody makes it come out otherwise, whatever the others did, one of those does."""
    for bylaws in rules(base):
        found = outcomes(bylaws)
        for ballots, place in product(found, range(len(PEOPLE))):
            others = [replaced(ballots, [place], [choice]) for choice in CHOICES]
            if any(found[other] != found[ballots] for other in others):
                some = alternatives(bylaws, DECISION, PEOPLE[place], ballots[place])
                assert ballots[place] not in some
                assert any(found[others[CHOICES.index(choice)]] != found[ballots] for choice in some)


def test_where_as_many_as_carry_it_are_a_quorum_no_alternative_is_to_spare() -> None:
    """Of whoever has no veto, each that is named turns some vote that none of the others that are named does."""
    for bylaws in (bylaws for bylaws in rules("in-office") if bylaws.carrying_is_a_quorum(DECISION)):
        found = outcomes(bylaws)
        for place, choice in product(range(len(PEOPLE)), set(CHOICES) - {"recused"}):
            if PEOPLE[place] in bylaws.rule(DECISION).veto:
                continue
            some = alternatives(bylaws, DECISION, PEOPLE[place], choice)
            turning = [
                {other for other in some if found[replaced(ballots, [place], [other])] != found[ballots]}
                for ballots in found
                if ballots[place] == choice
            ]
            assert all({other} in turning for other in some)


@pytest.mark.parametrize("base", BASES)
def test_whoever_can_turn_a_vote_together_can_in_one_of_the_ways(base: Base) -> None:
    """Where some ballots of some people make it carry, or fail, so do those of one way in which it can be turned."""
    for bylaws in rules(base):
        found = outcomes(bylaws)
        board = Poll.of(bylaws, OPEN, sitting=PEOPLE, chair="ann").board
        for ballots, some in product(found, (*combinations(range(3), 1), *combinations(range(3), 2))):
            if all(ballots[place] == "for" for place in some):  # of what the others do, each once
                reached = {found[replaced(ballots, some, choices)] for choices in product(CHOICES, repeat=len(some))}
                for carried in (True, False) if len(reached) > 1 else ():
                    ways = [tuple(way(person) for person in PEOPLE) for way in board.ways_to_turn(carried=carried)]
                    turned = {found[replaced(ballots, some, [way[place] for place in some])] for way in ways}
                    assert (not carried) in turned
