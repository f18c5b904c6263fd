"""Thresholds, tallies and amendments, against models that enumerate everything and against published cases."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from boardsim import Bylaws, Role, Tally, Threshold, Vote, tally
from boardsim.bylaws import BASES, BUILT_IN, DECISION, MAJORITY, Base, NamedSeat
from boardsim.events import CHOICES, Choice
from boardsim.voting import Board, Count, recusal_hurts
from tests.sizes import tries
from tests.strategies import quorums, thresholds

AT = datetime(2024, 1, 1, tzinfo=UTC)
DIRECTORS = ("ann", "bob", "cyd", "dan", "eve", "fay")
OPEN: tuple[Choice, ...] = ("for", "against", "abstain", "absent")

many = settings(max_examples=tries(200), phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])


def vote(ballots: Mapping[str, Choice], **facts: Any) -> Vote:
    """A vote with these ballots."""
    sides = {choice: tuple(p for p, made in ballots.items() if made == choice) for choice in CHOICES}
    named: dict[str, Any] = {"for_" if choice == "for" else choice: side for choice, side in sides.items()}
    return Vote(id="v", at=AT, org="o", motion="?", **named, **facts)


# ---------------------------------------------------------------------------------------------------------------------
# Thresholds


@given(thresholds, st.integers(0, 60))
def test_needed_is_the_least_number_that_is_enough(threshold: Threshold, base: int) -> None:
    """Of all whole numbers from one, `needed` is the first that reaches the fraction, or exceeds it where strict."""

    def enough(votes: int) -> bool:
        share = threshold.fraction.numerator * base
        return votes * threshold.fraction.denominator > share - (not threshold.strict)

    assert threshold.needed(base) == next(votes for votes in range(1, base + 2) if enough(votes))


@pytest.mark.parametrize(
    ("fraction", "strict", "base", "needed"),
    [
        ("2/3", False, 6, 4),
        ("2/3", True, 6, 5),
        ("1/2", True, 6, 4),  # OpenAI on 16 November 2023
        ("1/2", True, 7, 4),
        ("1/2", False, 6, 3),
        ("3/4", False, 6, 5),  # the special resolution of the Companies Act 2006, section 283, among six
        ("1", False, 6, 6),
        ("1", True, 6, 7),
        ("0", False, 6, 1),
        ("12/17", False, 17, 12),
        ("1/3", False, 10**18, 333333333333333334),
    ],
)
def test_thresholds_of_practice(fraction: str, strict: bool, base: int, needed: int) -> None:  # noqa: FBT001
    """Majorities that statutes and bylaws use need what lawyers say they need, with no rounding anywhere."""
    assert Threshold(fraction=Fraction(fraction), strict=strict).needed(base) == needed


# ---------------------------------------------------------------------------------------------------------------------
# The tally, by brute force


@frozen
class Meeting:
    """Everything that a tally depends on."""

    bylaws: Bylaws
    vote: Vote
    sitting: tuple[str, ...]
    ballots: Mapping[str, Choice]
    casting_voter: str | None

    def tally(self, assumed: Mapping[str, Choice] | None = None) -> Tally:
        """Count it."""
        return tally(self.bylaws, self.vote, sitting=self.sitting, chair=self.casting_voter, assumed=assumed)

    @property
    def counted(self) -> tuple[str, ...]:
        """Who sits and is not excluded: neither recused nor, where the bylaws say so, the subject."""
        out = {person for person, choice in self.ballots.items() if choice == "recused"}
        out |= {str(self.vote.subject)} if self.bylaws.recuse_subject else set()
        return tuple(person for person in self.sitting if person not in out)

    @property
    def unrecorded(self) -> tuple[str, ...]:
        """Who is counted and has no ballot on record."""
        return tuple(person for person in self.counted if person not in self.ballots)

    def votes(self, ballots: Mapping[str, Choice], *choices: Choice) -> int:
        """The votes, by weight, of those counted who made one of the choices."""
        made = [person for person in self.counted if ballots.get(person) in choices]
        return sum(self.bylaws.weights.get(person, 1) for person in made)

    def base(self, ballots: Mapping[str, Choice]) -> int:
        """What the rule is a fraction of; a vacant seat has one vote."""
        in_office = sum(self.bylaws.weights.get(person, 1) for person in self.counted)
        bases = {
            "in-office": in_office,
            "eligible": in_office,
            "authorised": in_office + max(0, (self.bylaws.seats or 0) - len(self.counted)),
            "present": self.votes(ballots, "for", "against", "abstain"),
            "cast": self.votes(ballots, "for", "against"),
        }
        return bases[self.bylaws.rules[self.vote.rule].of]

    def carries(self, ballots: Mapping[str, Choice]) -> bool:
        """Whether the motion carries where every counted director has done this."""
        rule = self.bylaws.rules[self.vote.rule]
        if any(ballots[person] == "against" for person in self.counted if person in rule.veto):
            return False
        present = [person for person in self.counted if ballots[person] != "absent"]
        authorised = len(self.counted) if self.bylaws.seats is None else self.bylaws.seats
        quorum = self.bylaws.quorum
        heads = authorised if quorum.of == "authorised" else len(self.counted)
        if len(present) < quorum.least or not _reaches(len(present), quorum, heads):
            return False
        if _reaches(self.votes(ballots, "for"), rule, self.base(ballots)):
            return True
        simple = rule.strict and rule.fraction == Fraction(1, 2)
        has_casting_vote = (
            self.bylaws.casting_vote is not None
            and self.casting_voter in self.counted
            and ballots[self.casting_voter] == "for"
        )
        half = (
            self.votes(ballots, "for") > 0 and Fraction(self.votes(ballots, "for"), self.base(ballots)) == rule.fraction
        )
        return simple and has_casting_vote and half

    def outcomes(self) -> dict[tuple[Choice, ...], bool]:
        """Whether it carries, for every way in which the unrecorded may have acted."""
        recorded = {person: choice for person, choice in self.ballots.items() if person in self.counted}
        return {
            choices: self.carries({**recorded, **dict(zip(self.unrecorded, choices, strict=True))})
            for choices in product(OPEN, repeat=len(self.unrecorded))
        }


def _reaches(votes: int, threshold: Threshold, base: int) -> bool:
    share = threshold.fraction * base
    return votes >= 1 and (votes > share if threshold.strict else votes >= share)


@st.composite
def meetings(draw: st.DrawFn, most: int = 5) -> Meeting:
    """A board of up to so many with some ballots, and bylaws of every kind."""
    sitting = DIRECTORS[: draw(st.integers(1, most))]
    simple = st.sampled_from([evolve(MAJORITY, of=base) for base in BASES])
    rule = draw(simple | thresholds)  # often a simple majority, so that casting votes come up
    veto = draw(st.sampled_from([(), (), DIRECTORS[:1], DIRECTORS[1:3]]))
    bylaws = Bylaws(
        seats=draw(st.none() | st.integers(1, 8)),
        quorum=draw(st.just(MAJORITY) | quorums),
        casting_vote=draw(st.sampled_from([None, "chair"])),
        recuse_subject=draw(st.booleans()),
        weights={person: draw(st.sampled_from((1, 1, 0, 2, 4))) for person in sitting[::2]},
        rules={DECISION: evolve(rule, veto=veto)},
    )
    choices = st.sampled_from([None, None, *CHOICES])
    drawn = {person: draw(choices) for person in (*sitting, "stranger")}
    ballots = {person: choice for person, choice in drawn.items() if choice is not None}
    subject = draw(st.sampled_from([None, *DIRECTORS]))
    return Meeting(bylaws, vote(ballots, subject=subject), sitting, ballots, draw(st.sampled_from([None, *DIRECTORS])))


@many
@given(meetings())
def test_a_vote_comes_out_as_the_enumeration_of_all_ballots_says(meeting: Meeting) -> None:
    """A vote carries if it does whatever the unrecorded did, fails likewise, and is undetermined iff both can be."""
    outcomes = set(meeting.outcomes().values())

    expected = "undetermined" if len(outcomes) == 2 else "carried" if outcomes == {True} else "failed"
    assert meeting.tally().outcome == expected
    assert meeting.tally().unrecorded == meeting.unrecorded


@many
@given(meetings())
def test_a_vote_turns_on_those_whose_ballot_can_change_it(meeting: Meeting) -> None:
    """A vote turns on a director iff, with all other ballots fixed in some way, two of their choices differ."""
    outcomes = meeting.outcomes()
    turns = []
    for place, person in enumerate(meeting.unrecorded):
        others: dict[tuple[Choice, ...], set[bool]] = {}
        for choices, carried in outcomes.items():
            others.setdefault((*choices[:place], *choices[place + 1 :]), set()).add(carried)
        if any(len(found) == 2 for found in others.values()):
            turns.append(person)

    assert meeting.tally().turns_on == tuple(turns)


@settings(many, max_examples=tries(60))
@given(meetings(most=3))
def test_assumed_ballots_stand_for_those_that_are_not_on_record(meeting: Meeting) -> None:
    """With a ballot assumed for everybody unrecorded, the vote is as if all were on record; the record prevails."""
    contrary: dict[str, Choice] = dict.fromkeys(meeting.ballots, "against")
    for choices, carried in meeting.outcomes().items():
        found = meeting.tally(contrary | dict(zip(meeting.unrecorded, choices, strict=True)))
        assert found.outcome == ("carried" if carried else "failed")
        assert found.unrecorded == ()


@many
@given(meetings())
def test_a_tally_adds_up(meeting: Meeting) -> None:
    """The sums of a tally are those of the recorded ballots of those counted, and it says who was left out and why."""
    found = meeting.tally()

    assert found.votes_for == meeting.votes(meeting.ballots, "for")
    assert found.votes_against == meeting.votes(meeting.ballots, "against")
    assert (found.of, found.base) == (meeting.base(meeting.ballots), meeting.bylaws.rules[DECISION].of)
    assert found.present == sum(meeting.ballots.get(p) in ("for", "against", "abstain") for p in meeting.counted)
    assert found.of is not None
    assert found.needed == meeting.bylaws.rules[DECISION].needed(found.of)
    assert found.votes_for is not None
    assert {person for person, why in found.excluded if why == "not in office"} == {
        person for person in meeting.ballots if person not in meeting.sitting
    }
    assert {p for p, why in found.excluded if why == "recused"} == set(meeting.sitting) - set(meeting.counted)
    assert found.casting == (found.outcome == "carried" and not found.unrecorded and found.votes_for < found.needed)
    assert (found.turns_on == ()) == (found.outcome != "undetermined")


@many
@given(meetings(), st.randoms(use_true_random=False))
def test_the_order_of_directors_is_of_no_account(meeting: Meeting, random: Any) -> None:
    """However the board is seated, a vote comes out the same and turns on the same people."""
    seated = random.sample(meeting.sitting, len(meeting.sitting))
    found = tally(meeting.bylaws, meeting.vote, sitting=seated, chair=meeting.casting_voter)

    assert found.outcome == meeting.tally().outcome
    assert set(found.turns_on) == set(meeting.tally().turns_on)


@pytest.mark.parametrize(
    ("base", "of"),
    [("in-office", 3 + 1 + 1 + 2), ("authorised", 3 + 1 + 1 + 2 + 2), ("present", 3 + 1 + 1), ("cast", 3 + 1)],
)
def test_what_a_fraction_is_taken_of(base: Base, of: int) -> None:
    """Votes go by weight: of all in office, with a vote for each vacant seat, of those who came, of those who chose."""
    bylaws = Bylaws(
        seats=6,
        weights={"ann": 3, "dan": 2},
        rules={DECISION: Threshold(fraction=Fraction(1, 2), strict=True, of=base)},
    )
    ballots: dict[str, Choice] = {"ann": "for", "bob": "against", "cyd": "abstain", "dan": "absent"}

    found = tally(bylaws, vote(ballots), sitting=("ann", "bob", "cyd", "dan"))

    assert (found.base, found.of, found.needed) == (base, of, of // 2 + 1)
    assert (found.votes_for, found.votes_against, found.present) == (3, 1, 3)


# ---------------------------------------------------------------------------------------------------------------------
# Published cases


def test_luxembourg_never_decided_in_1958() -> None:
    """In the Council of the six, weights 4, 4, 4, 2, 2, 1 and twelve needed, no vote ever turned on Luxembourg."""
    weights = {"france": 4, "germany": 4, "italy": 4, "belgium": 2, "netherlands": 2, "luxembourg": 1}
    rule = Threshold(fraction=Fraction(12, 17), of="authorised")
    council = Bylaws(weights=weights, rules={DECISION: rule}, quorum=Threshold(fraction=Fraction(0)))

    empty = tally(council, vote({}), sitting=weights)
    assert (empty.needed, empty.of) == (12, 17)
    assert empty.turns_on == ("france", "germany", "italy", "belgium", "netherlands")

    for choices in product(("for", "against"), repeat=5):
        ballots = dict(zip(list(weights)[:5], choices, strict=True))
        assert tally(council, vote(ballots), sitting=weights).outcome != "undetermined"  # type: ignore[arg-type]


def test_four_of_six_removed_the_chief_executive() -> None:
    """Four votes carry the removal among six in office, three do not, and then it turns on whoever is not on record."""
    board = ("ilya", "adam", "helen", "tasha", "sam", "greg")
    bylaws = Bylaws(seats=7)

    carried = tally(bylaws, vote(dict.fromkeys(board[:4], "for"), subject="sam"), sitting=board)
    assert (carried.outcome, str(carried)) == ("carried", "4 for of 6 in office, 4 needed")

    three: dict[str, Choice] = {**dict.fromkeys(board[:3], "for"), "tasha": "against"}
    assert tally(bylaws, vote({**three, "sam": "absent", "greg": "absent"}), sitting=board).outcome == "failed"
    open_ = tally(bylaws, vote({**three, "sam": "absent"}), sitting=board)
    assert (open_.turns_on, str(open_)) == (("greg",), "3 for of 6 in office, 4 needed; turns on greg")
    two = vote(dict.fromkeys(board[:2], "for"))
    assert str(tally(bylaws, two, sitting=board[:4])) == "2 for of 4 in office, 3 needed; turns on helen, tasha"


def test_the_chair_decides_a_tie_of_four() -> None:
    """Under article 13 of the UK Model Articles the chair's casting vote decides an equal vote, either way."""
    board = ("chair", "bob", "cyd", "dan")
    rules = {DECISION: Threshold(fraction=Fraction(1, 2), strict=True, of="cast")}
    articles, plain = Bylaws(rules=rules, casting_vote="chair"), Bylaws(rules=rules)
    tie: dict[str, Choice] = {"chair": "for", "bob": "for", "cyd": "against", "dan": "against"}
    other: dict[str, Choice] = {"chair": "against", "bob": "against", "cyd": "for", "dan": "for"}

    with_it = tally(articles, vote(tie), sitting=board, chair="chair")
    assert (with_it.outcome, with_it.casting) == ("carried", True)
    assert str(with_it) == "2 for of 4 cast, 3 needed; decided by the casting vote"
    assert tally(articles, vote(other), sitting=board, chair="chair").outcome == "failed"
    assert tally(articles, vote(tie), sitting=board, chair=None).outcome == "failed"
    assert tally(
        articles, vote({**tie, "chair": "abstain", "cyd": "abstain"}), sitting=board, chair="chair"
    ).outcome == ("failed")
    assert tally(plain, vote(tie), sitting=board, chair="chair").outcome == "failed"


def test_the_casting_vote_needs_half_of_whatever_the_rule_asks_a_majority_of() -> None:
    """Among six in office three votes are half, and one against one is not a tie, however many stay away."""
    board = ("chair", "bob", "cyd", "dan", "eve", "fay")
    bylaws = Bylaws(casting_vote="chair")
    half: dict[str, Choice] = {**dict.fromkeys(board[:3], "for"), "dan": "against", "eve": "abstain", "fay": "absent"}
    one: dict[str, Choice] = {"chair": "for", "bob": "against", **dict.fromkeys(board[2:], "abstain")}

    assert str(tally(bylaws, vote(half), sitting=board, chair="chair")) == (
        "3 for of 6 in office, 4 needed; decided by the casting vote"
    )
    assert tally(bylaws, vote(one), sitting=board, chair="chair").outcome == "failed"


@many
@given(meetings(), st.data())
def test_a_better_ballot_never_harms_a_motion(meeting: Meeting, data: st.DataObject) -> None:
    """Whoever came and votes for a motion, instead of against it or not at all, never makes it fail."""
    ballots = {person: meeting.ballots.get(person, "against") for person in meeting.sitting}
    worse = [person for person in meeting.counted if ballots[person] in ("against", "abstain")]
    if worse:
        better = ballots | {data.draw(st.sampled_from(worse)): "for"}
        before = tally(meeting.bylaws, vote(ballots), sitting=meeting.counted, chair=meeting.casting_voter)
        after = tally(meeting.bylaws, vote(better), sitting=meeting.counted, chair=meeting.casting_voter)
        assert (before.outcome, after.outcome) != ("carried", "failed")


@pytest.mark.parametrize("strict", [False, True])
def test_a_casting_vote_needs_a_simple_majority(*, strict: bool) -> None:
    """Where two thirds are required, or more than that, an equal vote is not a tie that anybody could decide."""
    rules = {DECISION: Threshold(fraction=Fraction(2, 3), strict=strict, of="cast")}
    ballots: dict[str, Choice] = {"ann": "for", "bob": "against"}

    found = tally(Bylaws(rules=rules, casting_vote="chair"), vote(ballots), sitting=("ann", "bob"), chair="ann")

    assert (found.outcome, found.casting) == ("failed", False)


def test_nothing_for_is_no_tie() -> None:
    """A chair whose own vote weighs nothing decides no tie between nothing and nothing."""
    rules = {DECISION: Threshold(fraction=Fraction(1, 2), strict=True, of="cast")}
    bylaws = Bylaws(rules=rules, casting_vote="chair", weights={"chair": 0})

    found = tally(bylaws, vote({"chair": "for"}), sitting=("chair",), chair="chair")

    assert (found.votes_for, found.of, found.outcome, found.casting) == (0, 0, "failed", False)


@pytest.mark.parametrize(
    ("seats", "present", "quorate"),
    [(5, 1, False), (5, 2, True), (15, 2, False), (15, 3, True), (None, 1, False), (None, 2, True)],
)
def test_a_quorum_of_a_fifth_is_never_less_than_two(seats: int | None, present: int, *, quorate: bool) -> None:
    """Cal. Corp. Code § 5211(a)(7): a fifth of the authorised number or two, whichever is larger."""
    quorum = Threshold(fraction=Fraction(1, 5), of="authorised", least=2)
    bylaws = Bylaws(seats=seats, quorum=quorum, rules={DECISION: Threshold(fraction=Fraction(1, 2), of="cast")})
    board = tuple(f"director-{n}" for n in range(5))

    found = tally(bylaws, vote({p: "for" if n < present else "absent" for n, p in enumerate(board)}), sitting=board)

    assert found.present is not None
    assert found.quorum is not None
    assert (found.outcome == "carried") == (found.present >= found.quorum) == quorate


def test_bylaws_that_cannot_be_kept_say_so() -> None:
    """More directors than there are seats can neither sit nor come together; the bylaw that asks for most is named."""
    pair, three = (Threshold(fraction=Fraction(0), least=least) for least in (2, 3))
    investors = {"investor": NamedSeat(count=3)}

    assert Bylaws(seats=2, minimum=2, quorum=pair).contradiction() is None
    assert Bylaws(minimum=2, quorum=pair, named_seats=investors).contradiction() is None
    assert Bylaws(seats=3, minimum=3, named_seats=investors).contradiction() is None
    assert Bylaws(seats=1, minimum=2, quorum=pair).contradiction() == (
        "minimum",
        "the bylaws want at least 2 directors and allow 1",
    )
    for minimum in (1, 2):
        assert Bylaws(seats=1, minimum=minimum, quorum=three).contradiction() == (
            "quorum",
            "the bylaws want at least 3 directors for a quorum and allow 1",
        )
    assert Bylaws(seats=2, minimum=2, quorum=pair, named_seats=investors).contradiction() == (
        "named_seats",
        "the bylaws name 3 seats of directors and allow 2",
    )


def share(part: str, of: Base = "in-office", *, strict: bool = True, least: int = 1) -> Threshold:
    """A threshold."""
    return Threshold(fraction=Fraction(part), of=of, strict=strict, least=least)


@pytest.mark.parametrize(
    ("rule", "quorum", "said", "is_so"),
    [
        (share("1/2"), share("1/2"), {}, True),
        (share("2/3"), share("1/2"), {}, True),
        (share("1/2"), share("2/3"), {}, False),
        (share("1/2", strict=False), share("1/2"), {}, False),
        (share("1/2"), share("1/2", strict=False), {}, True),
        (share("1/2", "eligible"), share("1/2"), {}, True),
        (share("1/2", "authorised"), share("1/2", "authorised"), {}, True),
        (share("1/2", "authorised"), share("1/2"), {}, False),
        (share("1/2"), share("1/2", "authorised"), {}, False),
        (share("1/2", "present"), share("1/2", "present"), {}, False),
        (share("1/2", "cast"), share("1/2"), {}, False),
        (share("1/2"), share("1/2", least=2), {}, False),
        (share("1/2"), share("1/2"), {"weights": {"ann": 2}}, False),
        (share("1/2"), share("1/2"), {"casting_vote": "chair"}, False),
    ],
)
def test_when_as_many_as_carry_a_vote_are_a_quorum(
    rule: Threshold, quorum: Threshold, said: Mapping[str, Any], *, is_so: bool
) -> None:
    """A share of the whole board that is a quorum of the same board, where everybody has one vote and nobody two."""
    assert Bylaws(rules={DECISION: rule}, quorum=quorum, **said).carrying_is_a_quorum(DECISION) is is_so


def test_without_a_quorum_nothing_carries() -> None:
    """Two of six, all in favour, decide nothing, and the tally says how many had to take part."""
    ballots: dict[str, Choice] = {**dict.fromkeys(DIRECTORS[:2], "for"), **dict.fromkeys(DIRECTORS[2:], "absent")}
    bylaws = Bylaws(rules={DECISION: Threshold(fraction=Fraction(1, 2), strict=True, of="cast")})

    found = tally(bylaws, vote(ballots), sitting=DIRECTORS)

    assert (found.outcome, found.present, found.quorum) == ("failed", 2, 4)
    assert str(found) == "2 for of 2 cast, 2 needed; no quorum: 2 took part, 4 needed"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("weight", [0, 1, 2])
def test_to_be_excluded_hurts_only_where_a_seat_without_a_vote_is_left(base: Base, weight: int) -> None:
    """Whether, given some ballots of two others under some rule, a motion fails by recusal and by no ballot."""

    def fails_so(threshold: Threshold, others: tuple[Choice, ...]) -> bool:
        bylaws = Bylaws(seats=3, weights={"ann": weight}, quorum=Threshold(fraction=Fraction(0)))

        def carries(counted: tuple[str, ...], choices: tuple[Choice, ...]) -> bool:
            board = Board(bylaws=bylaws, threshold=threshold, counted=counted, casting_voter=None)
            count = Count()
            for person, choice in zip(counted, choices, strict=True):
                count = board.add(count, person, choice)
            return board.carries(count)

        with_any = all(carries(("bob", "cyd", "ann"), (*others, choice)) for choice in OPEN)
        return with_any and not carries(("bob", "cyd"), others)

    rules = [
        Threshold(fraction=Fraction(part, 6), strict=strict, of=base) for part in range(7) for strict in (False, True)
    ]
    found = any(fails_so(rule, others) for rule in rules for others in product(OPEN, repeat=2))

    assert found == recusal_hurts(Bylaws(weights={"ann": weight}), rules[0], "ann")


@given(st.sampled_from(OPEN), st.integers(0, 5), st.integers(0, 3), st.booleans())
def test_ballots_of_people_who_count_the_same_are_added_at_once(
    choice: Choice,
    number: int,
    weight: int,
    vetoes: bool,  # noqa: FBT001 -- it is drawn
) -> None:
    """As many as there are, as if they were added one by one."""
    people = tuple(f"director-{n}" for n in range(number))
    board = Board(
        bylaws=Bylaws(weights=dict.fromkeys(people, weight)),
        threshold=Threshold(fraction=Fraction(1, 2), veto=people if vetoes else ()),
        counted=people,
        casting_voter=None,
    )
    before = Count(votes_for=2, votes_against=1, heads=3, weight=4)

    assert board.alike(people) == ([people] if people else [])
    assert board.add_alike(before, people, choice) == board.add_all(before, people, choice)


# ---------------------------------------------------------------------------------------------------------------------
# The rules themselves


def test_a_role_that_nobody_declared_is_an_office_of_one() -> None:
    """Bylaws know every role: one that they do not name is an office with a single holder, under its own id."""
    assert Bylaws().role("archivist") == Role(id="archivist", kind="office", holders=1)


def test_an_amendment_merges_rules_and_weights_and_replaces_the_rest() -> None:
    """Rules and weights that an amendment does not name stay; the old bylaws stay what they were."""
    two_thirds = Threshold(fraction=Fraction(2, 3))
    before = Bylaws(seats=5, weights={"ann": 2}, rules={DECISION: MAJORITY, "removal": two_thirds})

    after = before.amended({"seats": 7, "weights": {"bob": 3}, "rules": {DECISION: two_thirds}})

    assert (after.seats, after.minimum, after.weights) == (7, 1, {"ann": 2, "bob": 3})
    assert after.rules == {DECISION: two_thirds, "removal": two_thirds}
    assert (before.seats, before.weights, before.rules[DECISION]) == (5, {"ann": 2}, MAJORITY)


@pytest.mark.parametrize("name", ["seat", "roles", "limit"])
def test_an_unknown_bylaw_cannot_be_amended(name: str) -> None:
    """A change that names no bylaw is refused, and so is one of the roles, which are not the bylaws' to change."""
    with pytest.raises(ValueError, match=f"no bylaw is called '{name}'"):
        Bylaws().amended({name: 1})


def test_roles_close_with_what_they_require_however_far() -> None:
    """The dependents of a role are those that require it directly, then those that require these in turn."""
    declared = (
        Role(id="deputy", requires="chair"),
        Role(id="aide", requires="deputy"),
        Role(id="deputy-aide", requires="aide"),
    )
    bylaws = Bylaws(roles={**BUILT_IN, **{role.id: role for role in declared}})

    assert bylaws.dependents["director"] == ("chair", "vice-chair", "deputy", "aide", "deputy-aide")
    assert bylaws.dependents["chair"] == ("deputy", "aide", "deputy-aide")
    assert "deputy-aide" not in bylaws.dependents


def test_roles_that_require_each_other_in_a_circle_end() -> None:
    """A circle of roles has each of them close with each other."""
    circle = (Role(id="a", requires="b"), Role(id="b", requires="a"))

    assert set(Bylaws(roles={role.id: role for role in circle}).dependents["a"]) == {"a", "b"}


def test_limits_come_from_the_seats_and_from_the_role() -> None:
    """As many directors as there are seats, one chair, any number of observers; an undeclared role has one holder."""
    bylaws = Bylaws(seats=7)

    assert [bylaws.limit(role) for role in ("director", "chair", "observer", "no-such-role")] == [7, 1, None, 1]
    assert Bylaws().limit("director") is None


def test_bylaws_tell_what_others_say_otherwise() -> None:
    """Each bylaw that differs, and of rules and weights each by itself, with both values; what is the same is not told.

    Of what only one of them has, the other value is None.
    """
    two_thirds = Threshold(fraction=Fraction(2, 3))
    before = Bylaws(minimum=2, weights={"ann": 2, "bob": 2}, rules={DECISION: MAJORITY, "removal": two_thirds})
    after = evolve(before, seats=7, weights={"ann": 2, "cyd": 3}, rules={DECISION: two_thirds, "removal": two_thirds})

    assert [*before.differing(after)] == [
        ("seats", None, 7),
        ("weights.bob", 2, None),
        ("weights.cyd", None, 3),
        ("rules.decision", MAJORITY, two_thirds),
    ]
    assert [*after.differing(after)] == []


def test_rights_are_votes_and_vetoes() -> None:
    """One vote, and no veto, but for whoever the bylaws name."""
    rules = {name: Threshold(fraction=Fraction(1, 2), veto=veto) for name, veto in (("a", ("ann", "bob")), ("b", ()))}
    bylaws = Bylaws(weights={"ann": 3}, rules=rules)

    assert [bylaws.rights(person) for person in ("ann", "bob", "cyd")] == [(3, ("a",)), (1, ("a",)), (1, ())]


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        ("in-office", "in-office"),
        ("eligible", "in-office"),
        ("authorised", "authorised"),
        ("present", None),
        ("cast", None),
    ],
)
def test_which_whole_a_threshold_is_a_share_of(base: Base, whole: str | None) -> None:
    """Of all who may vote, the directors in office; of the votes cast, and of those present, none."""
    assert Threshold(fraction=Fraction(1, 2), of=base).whole == whole


def test_what_is_assumed_is_said_once() -> None:
    """An amendment that assumes again what was assumed before adds nothing to it; what it sets is assumed no more."""
    before = Bylaws(seats=5, minimum=2, assumed=("seats", "minimum"))

    assert before.amended({"assumed": ("seats",)}).assumed == ("minimum", "seats")
    assert before.amended({"seats": 7}).assumed == ("minimum",)
