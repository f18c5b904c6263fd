"""How ballots are counted: small boards, each with what is right by the rules that the documentation tells."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from boardsim import Bylaws, Tally, Threshold, Vote, tally
from boardsim.bylaws import BASES, DECISION, Base
from boardsim.events import CHOICES, Choice
from boardsim.voting import OPEN, Board, Count, Poll, alternatives, recusal_hurts

AT = datetime(2024, 3, 1, tzinfo=UTC)
HALF = Fraction(1, 2)
NO_QUORUM = Threshold(fraction=Fraction(0))
THREE = ("ann", "bob", "cyd")


def decided_by(rule: Threshold, **bylaws: Any) -> Bylaws:
    """Bylaws of which the rule for decisions is this one."""
    return Bylaws(rules={DECISION: rule}, **bylaws)


def more_than_half(of: Base, veto: Sequence[str] = ()) -> Threshold:
    """More than half of a base."""
    return Threshold(fraction=HALF, strict=True, of=of, veto=tuple(veto))


def board_of(bylaws: Bylaws, *counted: str, chair: str | None = None, **keys: Any) -> Board:
    """These directors, with this one in the chair."""
    rule = bylaws.rule(DECISION)
    return Board(bylaws=bylaws, threshold=rule, counted=counted, casting_voter=chair, **keys)


def moved(**keys: Any) -> Vote:
    """A motion with these ballots."""
    return Vote(id="v", at=AT, org="acme", motion="whether", **keys)


WORDS: Sequence[tuple[Mapping[str, Any], str]] = (
    ({}, "2 for of 5 in office, 3 needed"),
    ({"present": 2, "quorum": 3}, "2 for of 5 in office, 3 needed; no quorum: 2 took part, 3 needed"),
    ({"present": 2, "quorum": 3, "unrecorded": ("ann",)}, "2 for of 5 in office, 3 needed"),
    ({"present": 3, "quorum": 3}, "2 for of 5 in office, 3 needed"),
    ({"present": 2}, "2 for of 5 in office, 3 needed"),
    ({"quorum": 3}, "2 for of 5 in office, 3 needed"),
    ({"casting": True, "base": "cast"}, "2 for of 5 cast, 3 needed; decided by the casting vote"),
    ({"vetoed": True}, "2 for of 5 in office, 3 needed; vetoed"),
    ({"turns_on": ("ann", "bob")}, "2 for of 5 in office, 3 needed; turns on ann, bob"),
    ({"may_turn_on": ("cyd", "dan")}, "2 for of 5 in office, 3 needed; may turn on cyd, dan"),
    ({"partial": True}, "2 for of 5 in office, 3 needed; board partly on record"),
    ({"votes_for": 1200, "of": 3000, "needed": 1501}, "1,200 for of 3,000 in office, 1,501 needed"),
    ({"votes_for": None, "partial": True}, "no ballot is on record; board partly on record"),
    ({"votes_for": None, "by_count": True}, "by the result on record"),
)
"""What is otherwise about a tally, and how it is told."""


@pytest.mark.parametrize(("keys", "words"), WORDS)
def test_a_tally_is_told_in_words(keys: Mapping[str, Any], words: str) -> None:
    """Each thing that decided is said, and nothing else; that a quorum is missing only of what is wholly on record."""
    plain: dict[str, Any] = {"outcome": "failed", "votes_for": 2, "votes_against": 1, "needed": 3, "of": 5}

    assert str(Tally(**{**plain, "base": "in-office", **keys})) == words


OTHERS: Sequence[tuple[Bylaws, str, Mapping[Choice, str]]] = (
    (
        Bylaws(),  # more than half of those in office, who are a quorum then
        "ann",
        {"for": "against", "against": "for", "abstain": "for", "absent": "for", "recused": "for against"},
    ),
    (
        decided_by(more_than_half("in-office", veto=["ann"])),  # by which she can do more harm than by staying away
        "ann",
        {"for": "against", "against": "for", "abstain": "for against", "absent": "for against"},
    ),
    (decided_by(more_than_half("in-office", veto=["ann"])), "bob", {"abstain": "for", "absent": "for"}),
    (
        decided_by(more_than_half("present")),
        "ann",
        {"for": "against absent", "against": "for absent", "abstain": "for against absent", "absent": "for against"},
    ),
    (decided_by(more_than_half("present"), weights={"ann": 0}), "ann", {"for": "against absent"}),
    (
        decided_by(more_than_half("authorised"), weights={"ann": 0}),  # her seat has a vote where she is excluded
        "ann",
        {"for": "against absent recused", "absent": "for against recused", "recused": "for against absent"},
    ),
    (decided_by(more_than_half("authorised"), weights={"ann": 0}), "bob", {"for": "against absent"}),
    (decided_by(more_than_half("authorised"), weights={"ann": 2}), "ann", {"for": "against absent"}),
)
"""Bylaws and somebody under them, with what they could have done instead of each ballot."""


@pytest.mark.parametrize(("bylaws", "person", "instead"), OTHERS)
def test_what_somebody_could_have_done_instead(bylaws: Bylaws, person: str, instead: Mapping[Choice, str]) -> None:
    """The best for a motion and what may be the worst for it, but for what they did."""
    for choice, others in instead.items():
        assert alternatives(bylaws, DECISION, person, choice) == tuple(others.split())


def test_an_exclusion_harms_a_motion_only_where_it_leaves_a_seat_that_counts_more() -> None:
    """Of the authorised seats, whoever has no vote leaves one that has; nobody else does, and under no other rule."""
    bylaws = Bylaws(weights={"ann": 0, "bob": 2})

    assert [who for who in THREE if recusal_hurts(bylaws, more_than_half("authorised"), who)] == ["ann"]
    assert not any(
        recusal_hurts(bylaws, more_than_half(base), who) for base, who in product(BASES, THREE) if base != "authorised"
    )


def test_the_ways_to_turn_a_vote() -> None:
    """Votes for it carry it, and votes against it or absences defeat it; so do exclusions where those hurt."""

    def ways(bylaws: Bylaws, *, carried: bool) -> list[str]:
        found = board_of(bylaws, *THREE).ways_to_turn(carried=carried)
        return [" ".join(way(person) for person in THREE) for way in found]

    seats = decided_by(more_than_half("authorised"), weights={"ann": 0})
    alike = ["against against against", "absent absent absent"]

    assert ways(seats, carried=False) == ways(Bylaws(), carried=False) == ["for for for"]
    assert ways(Bylaws(), carried=True) == alike
    assert ways(seats, carried=True) == [*alike, "recused against against"]


def test_whoever_does_not_vote_for_a_motion_helps_it_most_by_the_quorum_alone() -> None:
    """As many as are still missing abstain, those with the fewest votes; nobody does where enough are there."""
    weights = {"ann": 3, "bob": 1, "cyd": 2, "dan": 1}
    bylaws = decided_by(more_than_half("present"), weights=weights, quorum=Threshold(fraction=Fraction(0), least=3))
    board, partial = board_of(bylaws, *weights), board_of(bylaws, *weights, partial=True)
    start = Count(votes_for=1, heads=1, weight=1)

    assert board.without_votes(start, THREE) == Count(votes_for=1, heads=3, weight=4)  # with Bob and Cyd
    assert board.without_votes(Count(), ("cyd", "ann", "bob")) == Count(heads=3, weight=6)
    enough = Count(votes_for=1, votes_against=3, heads=4, weight=4)
    assert board.without_votes(enough, THREE) == enough
    assert partial.without_votes(start, THREE) == start


def test_of_a_board_that_is_partly_on_record_no_quorum_is_judged() -> None:
    """Nobody has to take part, whatever the bylaws say; otherwise those in office count for it."""
    assert board_of(Bylaws(), *THREE).quorum == 2
    assert board_of(Bylaws(), *THREE, partial=True).quorum == 0


SHARES = ("0", "1/2", "2/3", "1")


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("share", SHARES)
def test_a_ballot_moves_the_surplus_by_as_much_as_its_votes(base: Base, share: str) -> None:
    """What one more ballot adds to the votes beyond the share, or takes by being of the base, is the same each time."""
    bylaws = decided_by(Threshold(fraction=Fraction(share), of=base), weights={"bob": 2, "cyd": 3})
    board = board_of(bylaws, *THREE)

    for choice, person in product(OPEN, THREE):
        before = board.add(Count(), "ann", "for")
        after = board.add(before, person, choice)
        assert board.surplus(after) - board.surplus(before) == board.moves[choice] * board.weight(person)


def test_the_surplus_is_what_is_above_the_share() -> None:
    """Of five in office four votes are two thirds and more: three times four less twice five; three are not."""
    board = board_of(decided_by(Threshold(fraction=Fraction(2, 3))), *THREE, "dan", "eve")

    assert [board.surplus(Count(votes_for=votes)) for votes in (3, 4)] == [-1, 2]


def test_people_are_alike_whose_ballots_count_the_same() -> None:
    """They have as many votes as one another, and neither a veto nor the casting vote; each group in its order."""
    weights = {"ann": 2, "cyd": 2, "fay": 2}
    bylaws = decided_by(more_than_half("in-office", veto=["dan"]), weights=weights, casting_vote="chair")
    board = board_of(bylaws, "ann", "bob", "cyd", "dan", "eve", "fay", "gus", chair="fay")

    assert board.alike(board.counted) == [("ann", "cyd"), ("bob", "eve", "gus"), ("dan",), ("fay",)]
    assert board.alike(("gus", "bob", "dan")) == [("gus", "bob"), ("dan",)]
    assert board.alike(()) == []


@pytest.mark.parametrize("choice", CHOICES)
def test_the_ballots_of_people_who_are_alike_add_up_at_once(choice: Choice) -> None:
    """The sum is that of one ballot after the other, of whomever, however many they are."""
    weights = {"ann": 2, "cyd": 2, "eve": 2}
    bylaws = decided_by(more_than_half("in-office", veto=["dan"]), weights=weights, casting_vote="chair")
    board = board_of(bylaws, "ann", "bob", "cyd", "dan", "eve", "fay", "gus", chair="fay")
    start = Count(votes_for=1, votes_against=1, heads=3, weight=3)

    for group in (*board.alike(board.counted), ("ann",), ()):
        assert board.add_alike(start, group, choice) == board.add_all(start, group, choice)


def test_a_ballot_adds_its_votes_to_its_side_and_to_those_who_take_part() -> None:
    """Whoever stays away or is excluded takes no part; a veto is one of a ballot against, and the chair's is kept."""
    weights = {"ann": 2, "bob": 3}
    bylaws = decided_by(more_than_half("in-office", veto=["bob"]), weights=weights, casting_vote="chair")
    board = board_of(bylaws, *THREE, chair="ann")

    def sums(person: str) -> dict[Choice, Count]:
        return {choice: board.add(Count(), person, choice) for choice in CHOICES}

    assert sums("cyd") == {
        "for": Count(1, 0, 1, 1),
        "against": Count(0, 1, 1, 1),
        "abstain": Count(0, 0, 1, 1),
        "absent": Count(),
        "recused": Count(),
    }
    assert sums("bob")["against"] == Count(0, 3, 1, 3, vetoed=True)
    assert [choice for choice, count in sums("bob").items() if count.vetoed] == ["against"]
    assert [count.casting for count in sums("ann").values()] == [*CHOICES]
    both = board.add(board.add(Count(), "ann", "for"), "bob", "against")
    assert board.add(both, "cyd", "abstain") == Count(2, 3, 3, 6, "for", vetoed=True)


def test_what_a_share_is_of() -> None:
    """All who are counted; with the vacant seats, one vote each; those present; those who voted for or against."""
    weights = {"ann": 2, "bob": 0}
    count = Count(votes_for=2, votes_against=1, heads=4, weight=5)
    expected: Mapping[Base, int] = {"in-office": 3, "eligible": 3, "authorised": 5, "present": 5, "cast": 3}

    for base, of in expected.items():
        assert board_of(decided_by(more_than_half(base), weights=weights, seats=5), *THREE).base(count) == of
    rule = more_than_half("authorised")
    assert board_of(decided_by(rule, weights=weights, seats=2), *THREE).base(count) == 3  # more sit than may
    assert board_of(decided_by(rule, weights=weights), *THREE).base(count) == 3
    assert board_of(decided_by(rule, weights=weights, seats=5), *THREE, partial=True).base(count) == 3


def test_what_carries_a_motion() -> None:
    """Enough votes and a quorum, unless there is a veto; a tie only where a casting vote is for it."""
    plain = board_of(decided_by(more_than_half("in-office"), quorum=Threshold(fraction=HALF)), *THREE, "dan")

    assert plain.carries(Count(3, 1, 4, 4))
    assert plain.carries(Count(3, 0, 3, 3))
    assert not plain.carries(Count(3, 0, 1, 3))
    assert plain.carries(Count(3, 0, 2, 3))
    assert not plain.carries(Count(3, 1, 4, 4, vetoed=True))
    assert plain.carries(Count(2, 2, 4, 4, "for"))
    assert not any(plain.carries(Count(2, 2, 4, 4, choice)) for choice in (None, "against", "abstain"))
    assert not plain.carries(Count(1, 2, 4, 4, "for"))


BALLOTS: Mapping[str, Any] = {
    "for_": ("ann",),
    "against": ("bob",),
    "abstain": ("out",),
    "recused": ("cyd",),
    "absent": ("sue",),
}
SITS = (*THREE, "dan")


def test_who_is_excluded_and_why() -> None:
    """Somebody without a seat, whoever is suspended, and those who recused themselves; of those who sit no other."""
    poll = Poll.of(Bylaws(), moved(**BALLOTS), sitting=SITS, chair="ann", suspended=("sue", "tom"))

    assert poll.excluded == (
        ("out", "not in office"),
        ("sue", "suspended"),
        ("tom", "suspended"),
        ("cyd", "recused"),
    )
    assert poll.board.counted == ("ann", "bob", "dan")
    assert poll.unrecorded == ("dan",)
    assert poll.count == Count(votes_for=1, votes_against=1, heads=2, weight=2)
    assert poll.board.casting_voter is None


@pytest.mark.parametrize(
    ("recuses", "subject", "excluded"),
    [
        (True, "ann", (("ann", "recused"),)),
        (True, "out", ()),
        (True, None, ()),
        (False, "ann", ()),
    ],
)
def test_whom_a_motion_concerns_is_excluded_of_it(
    *, recuses: bool, subject: str | None, excluded: tuple[tuple[str, str], ...]
) -> None:
    """So it is where the bylaws say it and they sit on the board, whatever their ballot was."""
    vote = moved(subject=subject, for_=("ann",), against=("bob",))

    poll = Poll.of(Bylaws(recuse_subject=recuses), vote, sitting=THREE)

    assert poll.excluded == excluded
    assert poll.count.votes_for == (0 if excluded else 1)


def test_a_ballot_is_assumed_only_where_none_is_on_record() -> None:
    """Ann voted for it; that Bob did, too, is taken as it is given, and of Cyd nothing is known."""
    poll = Poll.of(Bylaws(), moved(for_=("ann",)), sitting=THREE, assumed={"ann": "against", "bob": "for"})

    assert (poll.count.votes_for, poll.count.votes_against, poll.unrecorded) == (2, 0, ("cyd",))


LATER = datetime(2025, 1, 1, tzinfo=UTC)


def test_of_a_board_that_is_partly_on_record_nobody_who_is_not_on_it_counts() -> None:
    """Without a ballot it came out somehow; with some, those are the whole, and no quorum is told."""
    bylaws = Bylaws(seats=9, complete_from=LATER)
    some = tally(bylaws, moved(for_=("ann", "bob"), against=("cyd",)), sitting=THREE)
    nobody = tally(bylaws, moved(recused=("ann",)), sitting=("ann",))

    assert str(some) == "2 for of 3 in office, 2 needed; board partly on record"
    assert (some.outcome, some.quorum, some.partial) == ("carried", None, True)
    excluded = (("ann", "recused"),)
    assert nobody == Tally(outcome="undetermined", base="in-office", excluded=excluded, partial=True)


def test_where_everybody_is_excluded_a_motion_fails() -> None:
    """Of a board that is wholly on record nobody is left to carry it, and that is known."""
    found = tally(Bylaws(), moved(recused=THREE), sitting=THREE)

    assert (found.outcome, str(found)) == ("failed", "0 for of 0 in office, 1 needed; no quorum: 0 took part, 1 needed")
    assert not found.partial


def test_a_vote_that_is_decided_turns_on_nobody() -> None:
    """It is told of whom no ballot is on record, and that theirs would make no difference."""
    carried = tally(Bylaws(), moved(for_=("ann", "bob")), sitting=THREE)
    failed = tally(Bylaws(), moved(against=("ann", "bob")), sitting=THREE)
    without = decided_by(more_than_half("in-office"), quorum=Threshold(fraction=Fraction(1)))
    alone = tally(without, moved(against=("ann", "bob")), sitting=THREE)

    assert [found.outcome for found in (carried, failed, alone)] == ["carried", "failed", "failed"]
    assert {(found.unrecorded, found.turns_on, found.may_turn_on) for found in (carried, failed, alone)} == {
        (("cyd",), (), ())
    }
    assert not carried.casting


TIES: Sequence[tuple[Threshold, Mapping[str, Any], str, bool]] = (
    (more_than_half("in-office"), {"for_": ("ann", "bob"), "against": ("cyd", "dan")}, "carried", True),
    (more_than_half("in-office"), {"for_": ("cyd", "dan"), "against": ("ann", "bob")}, "failed", False),
    (more_than_half("in-office"), {"for_": ("ann", "bob", "cyd"), "against": ("dan",)}, "carried", False),
    (more_than_half("in-office"), {"for_": ("ann",), "against": ("bob",), "absent": ("cyd", "dan")}, "failed", False),
    (more_than_half("cast"), {"for_": ("ann",), "against": ("bob",), "absent": ("cyd", "dan")}, "carried", True),
    (more_than_half("cast"), {"absent": SITS}, "failed", False),
    (
        Threshold(fraction=Fraction(2, 3), strict=True, of="cast"),
        {"for_": ("ann",), "against": ("bob",), "absent": ("cyd", "dan")},
        "failed",
        False,
    ),
    (more_than_half("present"), {"for_": ("ann",), "abstain": ("bob",), "absent": ("cyd", "dan")}, "carried", True),
    (Threshold(fraction=HALF), {"for_": ("ann", "bob"), "against": ("cyd", "dan")}, "carried", False),
    (Threshold(fraction=HALF), {"for_": ("ann",), "against": ("cyd", "dan", "bob")}, "failed", False),
    (
        Threshold(fraction=Fraction(2, 3), strict=True, of="cast"),
        {"for_": ("ann", "bob"), "against": ("cyd",), "absent": ("dan",)},
        "failed",
        False,
    ),
)
"""Rules and ballots of four directors of whom Ann has the casting vote; how it comes out, and whether by that."""


@pytest.mark.parametrize(("rule", "ballots", "outcome", "casting"), TIES)
def test_a_casting_vote_decides_a_tie_under_a_simple_majority(
    rule: Threshold, ballots: Mapping[str, Any], outcome: str, *, casting: bool
) -> None:
    """Where exactly half of the base are for it, and whoever has it among them; and under no other rule."""
    bylaws = decided_by(rule, quorum=NO_QUORUM, casting_vote="chair")

    found = tally(bylaws, moved(**ballots), sitting=SITS, chair="ann")

    assert (found.outcome, found.casting) == (outcome, casting)


MORE = more_than_half("in-office")


def test_half_of_no_votes_is_no_tie() -> None:
    """The chair alone votes for it and has no vote but the casting one, and of none cast none is for it."""
    bylaws = decided_by(more_than_half("cast"), weights={"ann": 0}, quorum=NO_QUORUM, casting_vote="chair")

    found = tally(bylaws, moved(for_=("ann",), absent=("bob",)), sitting=("ann", "bob"), chair="ann")

    assert (found.outcome, found.of, found.casting) == ("failed", 0, False)


OPEN_VOTES: Sequence[tuple[str, Threshold, Mapping[str, int], Mapping[str, Any], str]] = (
    (
        "half of four is enough: Ann or Bob with Cyd",
        Threshold(fraction=HALF),
        {"ann": 2, "bob": 1, "cyd": 1},
        {"for_": ("cyd",)},
        "ann bob",
    ),
    (
        "half of six is enough: Ann's",
        Threshold(fraction=HALF),
        {"ann": 3, "bob": 1, "cyd": 2},
        {"against": ("cyd",)},
        "ann",
    ),
    (
        "a share of nought is some vote",
        Threshold(fraction=Fraction(0)),
        {"ann": 1, "bob": 0, "cyd": 1},
        {"against": ("cyd",)},
        "ann",
    ),
    (
        "more than nought is some vote",
        Threshold(fraction=Fraction(0), strict=True),
        {"ann": 1, "bob": 0, "cyd": 1},
        {"against": ("cyd",)},
        "ann",
    ),
    (
        "more than four of six are five",
        Threshold(fraction=Fraction(2, 3), strict=True),
        {"ann": 1, "bob": 2, "cyd": 3},
        {"for_": ("cyd",)},
        "bob",
    ),
    (
        "four of six are enough",
        Threshold(fraction=Fraction(2, 3)),
        {"ann": 1, "bob": 2, "cyd": 3},
        {"for_": ("cyd",)},
        "ann bob",
    ),
    (
        "the chair is for it, so that half of six is enough",
        MORE,
        {"ann": 2, "bob": 1, "dan": 2, "chair": 1},
        {"for_": ("chair",), "against": ("dan",)},
        "ann",
    ),
    (
        "the chair is against it, so that half of six is not",
        MORE,
        {"ann": 2, "bob": 1, "dan": 2, "chair": 1},
        {"for_": ("dan",), "against": ("chair",)},
        "ann",
    ),
    (
        "no casting vote counts under two thirds",
        Threshold(fraction=Fraction(2, 3)),
        {"ann": 3, "bob": 1, "dan": 1, "chair": 1},
        {"for_": ("dan",)},
        "ann",
    ),
    (
        "with the chair it is carried, and Ann makes four",
        MORE,
        {"ann": 2, "bob": 1, "dan": 2, "chair": 1},
        {"for_": ("dan",)},
        "ann chair",
    ),
    (
        "of five, three are more than half, by Ann or by the chair",
        MORE,
        {"ann": 2, "dan": 1, "chair": 2},
        {"for_": ("dan",)},
        "ann chair",
    ),
    (
        "with the chair three of six carry it, without not even Ann does",
        MORE,
        {"ann": 1, "dan": 2, "eve": 2, "chair": 1},
        {"for_": ("dan",), "against": ("eve",)},
        "chair",
    ),
    ("nobody but the chair has a vote", MORE, {"ann": 0, "dan": 0, "chair": 1}, {"against": ("dan",)}, "chair"),
    (
        "nobody else has a vote, so that the chair has no tie to decide",
        more_than_half("cast"),
        {"ann": 1, "bob": 0, "dan": 0, "chair": 0},
        {"abstain": ("dan",)},
        "ann",
    ),
)
"""What decides it, with the rule, the votes of the directors and the ballots on record; and on whom it turns."""


@pytest.mark.parametrize(("why", "rule", "weights", "ballots", "turns_on"), OPEN_VOTES)
def test_an_open_vote_turns_on_whoever_can_decide_it(
    why: str, rule: Threshold, weights: Mapping[str, int], ballots: Mapping[str, Any], turns_on: str
) -> None:
    """On those with whose vote the motion carries and without it not, given some ballots of the others; on no other."""
    bylaws = decided_by(rule, weights=weights, quorum=NO_QUORUM, casting_vote="chair")

    found = tally(bylaws, moved(**ballots), sitting=weights, chair="chair" if "chair" in weights else None)

    assert (found.outcome, found.may_turn_on) == ("undetermined", ())
    assert found.turns_on == tuple(turns_on.split()), why


def test_whoever_has_no_vote_can_make_the_quorum_of_a_tie() -> None:
    """Three must take part: with Ann, one of two and the chair are enough for half of four, if the chair is for it."""
    weights = {"ann": 0, "bob": 1, "cyd": 1, "chair": 1, "dan": 1}
    bylaws = Bylaws(weights=weights, quorum=Threshold(fraction=Fraction(0), least=3), casting_vote="chair")

    found = tally(bylaws, moved(absent=("dan",)), sitting=weights, chair="chair")

    assert found.turns_on == ("ann", "bob", "cyd", "chair")
