"""Votes of large boards of which no ballot is on record: on whom they turn, in few steps."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from boardsim import Bylaws, Tally, Threshold, Vote, sums, tally
from boardsim.bylaws import BASES, DECISION, Base

HALF = Fraction(1, 2)


def counted(
    weights: Mapping[str, int], rule: Threshold, quorum: Threshold, for_: Sequence[str] = (), chair: str | None = None
) -> Tally:
    """A vote of directors with these votes, of whom some voted for it and nothing is known of the others."""
    bylaws = Bylaws(weights=weights, rules={DECISION: rule}, quorum=quorum, casting_vote="chair" if chair else None)
    vote = Vote(id="v", at=datetime(2024, 3, 1, tzinfo=UTC), org="acme", motion="whether", for_=tuple(for_))
    return tally(bylaws, vote, sitting=weights, chair=chair)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("directors", [12, 14, 20, 30, 40])
@pytest.mark.parametrize("least", [1, 7])
def test_votes_that_double_take_few_sums(
    base: Base, directors: int, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one, two, four votes and so on, a hundred sums show that it turns on all of them, or on the last alone."""
    monkeypatch.setattr(sums, "MOST", 100)
    weights = {f"d{n:02}": 2**n for n in range(directors)}
    quorum = Threshold(fraction=Fraction(0), least=least)

    found = counted(weights, Threshold(fraction=HALF, strict=True, of=base), quorum, chair="d03")

    assert (found.outcome, found.may_turn_on) == ("undetermined", ())
    alone = least == 1 and base not in ("present", "cast")  # who has more than half of the whole board's votes
    assert found.turns_on == tuple(weights)[-1 if alone else 0 :]


def test_where_it_would_take_too_long_the_tally_says_so() -> None:
    """Nothing shows whether large even votes can come to half less one; the others have been told all the same."""
    weights = {"one": 1, **{f"d{n:02}": 2 * (7919**5 * n**3 % 10**15) for n in range(1, 41)}}

    found = counted(weights, Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0)))

    assert found.outcome == "undetermined"
    assert found.may_turn_on == ("one",)
    assert found.turns_on == tuple(weights)[1:]
    assert str(found).endswith("d40; may turn on one")


def test_what_cannot_be_told_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With fewer sums allowed than it takes, those on whom it turns are named or said to be possible, and no other."""
    weights = {f"d{n}": votes for n, votes in enumerate((1, 4, 6, 10, 22, 38, 64))}
    rule, quorum = Threshold(fraction=Fraction(3, 5), of="cast"), Threshold(fraction=Fraction(0))
    exact = counted(weights, rule, quorum, for_=("d6",))

    for most in range(1, 12):
        monkeypatch.setattr(sums, "MOST", most)
        found = counted(weights, rule, quorum, for_=("d6",))
        assert set(found.turns_on) <= set(exact.turns_on) <= {*found.turns_on, *found.may_turn_on}


def test_nobody_breaks_a_quorum_that_is_there_without_them() -> None:
    """Where enough have voted already, a vote turns on whoever has the votes, and not on those who could stay away."""
    weights = {"ann": 5, "bob": 1, "cyd": 1, "dan": 1}
    rule, quorum = Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0))

    assert counted(weights, rule, quorum, for_=("cyd",)).turns_on == ("ann",)
    assert counted(weights, rule, Threshold(fraction=Fraction(1)), for_=("cyd",)).turns_on == ("ann", "bob", "dan")


def test_a_casting_vote_decides_for_somebody_who_has_no_other() -> None:
    """Where two can be divided, it turns on the chair, who has no vote of their own; of one alone, it does not."""
    rule, quorum = Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0))

    two = counted({"ann": 1, "bob": 1, "chair": 0}, rule, quorum, chair="chair")
    one = counted({"ann": 1, "chair": 0}, rule, quorum, chair="chair")

    assert (two.turns_on, one.turns_on) == (("ann", "bob", "chair"), ("ann",))


@pytest.mark.parametrize("votes", [0, 1])
def test_a_casting_vote_decides_a_tie_that_others_have_begun(votes: int) -> None:
    """With one for it and two of whom nothing is known, it turns on the chair, who can carry a tie or not."""
    rule, quorum = Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0))

    found = counted({"ann": 1, "bob": 1, "cyd": 2 * votes, "chair": votes}, rule, quorum, ("ann",), chair="chair")

    assert "chair" in found.turns_on
