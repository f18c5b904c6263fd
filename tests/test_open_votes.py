"""Votes of large boards of which no ballot is on record: on whom they turn, in few steps."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

import pytest

from boardsim import Bylaws, Tally, Threshold, Vote, sums, tally
from boardsim.bylaws import BASES, DECISION, Base
from boardsim.events import Choice
from boardsim.voting import OPEN, Board, Count, OpenVote

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


def test_whoever_has_more_votes_than_somebody_who_decides_does_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few sums are allowed: nobody is only perhaps one of them who has more votes than one who surely is."""
    weights = {f"d{n}": votes for n, votes in enumerate((1, 22, 27, 218, 91, 27, 203))}
    some_are_hard = False

    for most in range(1, 40):
        monkeypatch.setattr(sums, "MOST", most)
        found = counted(weights, Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0)))
        least = min((weights[person] for person in found.turns_on), default=219)
        assert found.turns_on == tuple(person for person in weights if weights[person] >= least)
        some_are_hard |= 0 < len(found.may_turn_on) < len(weights)

    assert some_are_hard


def test_a_chair_of_whom_it_is_hard_to_tell_makes_nobody_else_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob alone decides; that Ann and Cyd do not takes fewer sums to see than that the chair does not."""
    rule, quorum = Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0))
    weights = {"chair": 0, "ann": 10, "bob": 32, "cyd": 1}
    perhaps = {}

    for most in (1, 100):
        monkeypatch.setattr(sums, "MOST", most)
        found = counted(weights, rule, quorum, chair="chair")
        assert found.turns_on == ("bob",)
        perhaps[most] = found.may_turn_on

    assert perhaps == {1: ("chair",), 100: ()}


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


CHAIRED = ("ann", "bob", "chair")
RULES = (("1/2", True), ("2/3", True), ("0", False))


@pytest.mark.parametrize("base", [base for base in BASES if base != "eligible"])
@pytest.mark.parametrize("chair", [None, "for"])
@pytest.mark.parametrize(("share", "strict"), RULES)
def test_a_vote_turns_on_those_whose_ballot_can_change_it_given_some_of_the_others(
    base: Base, chair: Choice | None, share: str, *, strict: bool
) -> None:
    """Every small board with a casting vote, a veto and some ballots on record, held to all that the others may do."""
    for votes, quorum, veto, ours, theirs in product(
        product((0, 1, 2), repeat=3), (0, 3), ((), ("ann",)), (0, 1), (0, 2)
    ):
        weights = {**dict(zip(CHAIRED, votes, strict=True)), "cyd": ours, "dan": theirs}
        bylaws = Bylaws(
            seats=6,
            weights=weights,
            rules={DECISION: Threshold(fraction=Fraction(share), strict=strict, of=base, veto=veto)},
            quorum=Threshold(fraction=Fraction(0), least=quorum),
            casting_vote="chair",
        )
        board = Board(bylaws=bylaws, threshold=bylaws.rule(DECISION), counted=tuple(weights), casting_voter="chair")
        known: dict[str, Choice] = {"cyd": "for", "dan": "against", **({"chair": chair} if chair else {})}
        unknown = [person for person in weights if person not in known]
        count = Count()
        for person, choice in known.items():
            count = board.add(count, person, choice)
        if deciding := turning(board, count, unknown):
            assert OpenVote(board=board, count=count, unrecorded=tuple(unknown)).deciding() == (deciding, ())


def turning(board: Board, count: Count, unknown: Sequence[str]) -> tuple[str, ...]:
    """Those whose ballot makes a difference, given some ballots of the others: all are tried."""
    carries = {}
    for choices in product(OPEN, repeat=len(unknown)):
        total = count
        for person, choice in zip(unknown, choices, strict=True):
            total = board.add(total, person, choice)
        carries[choices] = board.carries(total)
    return tuple(
        person
        for place, person in enumerate(unknown)
        if any(carries[choices] != carries[(*choices[:place], "for", *choices[place + 1 :])] for choices in carries)
    )


def test_a_casting_vote_decides_a_tie_that_only_one_of_two_alike_can_make() -> None:
    """Of the votes cast, one for and one against are a tie; where Ann has a veto, she is the one who is for it."""
    rule = Threshold(fraction=HALF, strict=True, of="cast", veto=("ann",))

    for weights in ({"ann": 1, "bob": 1, "chair": 0}, {"bob": 1, "ann": 1, "chair": 0}):
        found = counted(weights, rule, Threshold(fraction=Fraction(0)), chair="chair")
        assert found.turns_on == tuple(weights)


def test_people_who_are_alike_take_no_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many have no ballot on record: where they count the same, it turns on all of them."""
    monkeypatch.setattr(sums, "MOST", 0)
    weights = {f"d{n}": 7 for n in range(9)}

    found = counted(weights, Threshold(fraction=HALF, strict=True), Threshold(fraction=Fraction(0)), ("d0",))

    assert (found.turns_on, found.may_turn_on) == (tuple(weights)[1:], ())


def test_nobody_is_counted_twice_for_a_quorum() -> None:
    """Ann has no vote, and without her the other four are a quorum; with her, two are not enough to carry it."""
    weights = {"ann": 0, "bob": 1, "cyd": 1, "chair": 2, "dan": 3}
    bylaws = Bylaws(weights=weights, quorum=Threshold(fraction=Fraction(0), least=4), casting_vote="chair")
    vote = Vote(id="v", at=datetime(2024, 3, 1, tzinfo=UTC), org="acme", motion="whether", against=("dan",))

    assert tally(bylaws, vote, sitting=weights, chair="chair").turns_on == ("bob", "cyd", "chair")
