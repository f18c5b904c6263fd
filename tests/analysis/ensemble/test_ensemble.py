"""Ensembles: probabilities over what nobody knows, exact or estimated, the same wherever they are worked out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, permutations, product
from multiprocessing import get_context
from statistics import pvariance, variance
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, BoardsimError, Log, Org, Person, Vote
from boardsim.analysis.degrees import degrees
from boardsim.analysis.ensemble.ensemble import Ensemble, Observation, Question, enumerate_worlds, look, sample_worlds
from boardsim.analysis.ensemble.probability import Share, blame, effect, outcome, share, wilson, worth
from boardsim.analysis.ensemble.unknowns import (
    BLOCK,
    Alternative,
    Row,
    Unknown,
    changes_of,
    count,
    drawn_rows,
    every_row,
    overlaps,
)
from boardsim.bylaws import Bylaws, Threshold
from boardsim.events import CHOICES, Choice
from boardsim.formats.notation.goals import goal
from boardsim.formats.scenario.uncertain import Uncertain
from boardsim.history import Variant
from boardsim.kernel import replay
from boardsim.loading.scenarios import load_world
from boardsim.problems import Place
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Retime, Scenario, apply
from boardsim.voting import Poll
from tests.catalogue import FOLDER
from tests.sizes import tries

HALF = Fraction(1, 2)
DAY = datetime(2024, 3, 1, tzinfo=UTC)


def asked(case: str, goal_text: str, *, at: datetime | None = None, **more: Any) -> Question:
    """A question to a scenario's worlds."""
    loaded = load_world(case)
    assert loaded.problems == []
    world, uncertain = loaded.branched.world, loaded.uncertain or Uncertain()
    given = {"unknowns": uncertain.unknowns, "reactions": uncertain.reactions, **more}
    return Question(world=world, goal=goal(goal_text, world.log), at=at, **given)


def board(people: Sequence[str], bylaws: Bylaws | None = None, **ballots: Any) -> Variant:
    """A board of these people at Helios, and one vote."""
    joined = [
        Appoint(id=f"{p}-joins", at=DAY - timedelta(days=1), person=p, org="helios", role="director") for p in people
    ]
    vote = Vote(id="vote", at=DAY, org="helios", motion="Adjourn", **ballots)
    org = Org(id="helios", name="Helios", bylaws=bylaws or Bylaws())
    log = Log(orgs=(org,), people=tuple(Person(id=p, name=p) for p in people), events=(*joined, vote))
    return Variant(log=log)


def carried(world: Variant, unknowns: Iterable[Unknown], **more: Any) -> Question:
    """Whether the vote carries."""
    return Question(world=world, unknowns=tuple(unknowns), goal=goal("vote is carried", world.log), **more)


def ballot(person: str, **chances: Fraction) -> Unknown:
    """A ballot that nobody knows."""
    sides = {"for" if side == "for_" else side: chance for side, chance in chances.items()}
    return Unknown(
        id=person,
        alternatives=tuple(
            Alternative(name=side, chance=chance, changes=(Ballot(vote="vote", director=person, to=side),))  # type: ignore[arg-type]
            for side, chance in sides.items()
        ),
    )


def either(id: str, chance: Fraction, *changes: Any) -> Unknown:
    """Something that is so, or is as recorded."""
    other = Alternative(name="as recorded", chance=1 - chance)
    return Unknown(id=id, alternatives=(Alternative(name="so", chance=chance, changes=changes), other))


# ---------------------------------------------------------------------------------------------------------------------
# Published and derived numbers


def test_a_board_of_nine_of_whom_three_are_unknown_passes_with_seven_eighths() -> None:
    """Four are known to vote for and five are needed: it fails only if none of the three votes for."""
    found = enumerate_worlds(asked("three-unknown-ballots", "removal-vote is carried"))

    assert outcome(found) == Share(Fraction(7, 8))
    assert (found.samples, len(found.seen)) == (None, 8)


def test_each_of_three_like_ballots_is_worth_as_much() -> None:
    """Knowing one of them removes 1/64 of the variance of 7/64; the rest hangs on them together."""
    found = worth(enumerate_worlds(asked("three-unknown-ballots", "removal-vote is carried")))

    assert [(one.unknown.id, one.removed, one.part) for one in found] == [
        (name, Fraction(1, 64), Fraction(1, 7)) for name in ("hoffman", "zilis", "hurd")
    ]
    assert dict(found[0].given) == {"for": Share(Fraction(1)), "against": Share(Fraction(3, 4))}


def test_blame_under_a_bylaw_that_nobody_knows_is_three_quarters() -> None:
    """With Altman among the voters all four were needed; without him one could have been spared: 1/2 + 1/2 x 1/2."""
    found = blame(enumerate_worlds(asked("recusal-unknown", "removal-vote is carried", vote="removal-vote")))

    four = ("adam-dangelo", "helen-toner", "ilya-sutskever", "tasha-mccauley")
    assert {one.person: one.value for one in found if one.value} == dict.fromkeys(four, Fraction(3, 4))


def test_the_interval_of_ten_thousand_worlds_has_the_exact_value_in_it() -> None:
    """Of fixed seeds 97 in a hundred have 7/8 in their interval of 99 %; of 200, fewer would be one chance in 200."""
    question = asked("three-unknown-ballots", "removal-vote is carried")
    seen = enumerate_worlds(question).seen

    def holds(seed: int) -> bool:
        drawn = drawn_rows(question.facts, seed, 10_000)
        low, high = outcome(Ensemble(question=question, weights=drawn, seen=seen, samples=10_000, seed=seed)).interval
        return low <= 7 / 8 <= high

    seeds = range(tries(200, 30))
    assert sum(map(holds, seeds)) >= 0.97 * len(seeds)


@pytest.mark.parametrize(
    ("yes", "needed", "degree"),
    [(11, 6, Fraction(1, 6)), (6, 6, Fraction(1)), (3, 2, HALF), (4, 4, Fraction(1)), (5, 6, Fraction(0))],
)
def test_responsibility_for_a_plain_vote(yes: int, needed: int, degree: Fraction) -> None:
    """Of Y ballots for, of which t are needed, each has 1/(Y - t + 1); who voted against has none."""
    people = [f"director-{number}" for number in range(2 * needed - 1)]
    ballots: dict[str, Choice] = {p: "for" if n < yes else "against" for n, p in enumerate(people)}
    free = Bylaws(quorum=Threshold(fraction=Fraction(0)))
    poll = Poll.of(free, Vote(id="v", at=DAY, org="o", motion="m"), sitting=people)

    found = degrees(poll.board, ballots)

    assert found == {p: degree if ballots[p] == "for" else 0 for p in people}


def test_ten_rifles_of_which_one_is_loaded_have_a_tenth_of_the_blame_each() -> None:
    """Only the live one is responsible, and nobody knows whose that is: the firing squad of Chockler and Halpern."""
    squad = [f"rifle-{number}" for number in range(10)]
    bylaws = Bylaws(quorum=Threshold(fraction=Fraction(0)))
    live = tuple(
        Alternative(
            name=loaded,
            chance=Fraction(1, 10),
            changes=(AmendBylaws(org="helios", changes={"weights": {one: int(one == loaded) for one in squad}}),),
        )
        for loaded in squad
    )
    question = carried(board(squad, bylaws, for_=tuple(squad)), [Unknown(id="live", alternatives=live)], vote="vote")

    found = enumerate_worlds(question)

    assert {one.value for one in blame(found)} == {Fraction(1, 10)}
    assert all(sorted(seen.degrees.values()) == [0] * 9 + [1] for seen in found.seen.values())


@pytest.mark.parametrize(
    ("seen", "of", "level", "low", "high"),
    [(0, 10, 0.95, 0.0, 0.2775), (5, 10, 0.95, 0.2366, 0.7634), (10, 10, 0.95, 0.7225, 1.0)],
)
def test_wilson_intervals(seen: int, of: int, level: float, low: float, high: float) -> None:
    """The interval is Wilson's, to four digits, and stays within 0 and 1."""
    assert wilson(Fraction(seen, of), of, level) == pytest.approx((low, high), abs=5e-5)


def test_where_a_fact_stands_in_a_file_makes_no_other_of_it() -> None:
    """Two unknown facts that say the same are equal, wherever they were read."""
    alternatives = (Alternative(name="so", chance=Fraction(1), changes=()),)

    assert Unknown(id="a", alternatives=alternatives, place=Place("one.toml", 1)) == Unknown(
        id="a", alternatives=alternatives, place=Place("other.toml", 2)
    )


def test_no_interval_leaves_what_a_probability_can_be() -> None:
    """However floats are rounded, none goes below 0 or beyond 1."""
    ends = [end for samples in range(1, 500) for share in (0, 1) for end in wilson(Fraction(share), samples)]

    assert (min(ends), max(ends)) == (0.0, 1.0)


# ---------------------------------------------------------------------------------------------------------------------
# Laws

CHANCES = st.fractions(min_value=Fraction(1, 20), max_value=Fraction(19, 20), max_denominator=20)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (Share(Fraction(7, 8)), "7/8 = 0.875"),
        (Share(Fraction(1)), "1"),
        (Share(Fraction(0)), "0"),
        (Share(Fraction(7, 8), 10_000), "0.8750 (0.8662 to 0.8833)"),
    ],
)
def test_a_probability_is_told_in_words(probability: Share, words: str) -> None:
    """What is certain is one number; a fraction is told in both ways, and an estimate with its interval."""
    assert str(probability) == words


@given(known=st.lists(st.sampled_from(["for", "against"]), max_size=4), open_=st.lists(CHANCES, min_size=1, max_size=4))
@settings(max_examples=tries(25))
def test_an_exact_probability_is_that_of_a_sum_of_coins(known: list[str], open_: list[Fraction]) -> None:
    """Independent ballots carry a plain vote as often as so many coins show heads, reckoned coin by coin."""
    people = [f"known-{n}" for n in range(len(known))] + [f"open-{n}" for n in range(len(open_))]
    sides: dict[str, Any] = {
        side: tuple(f"known-{n}" for n, was in enumerate(known) if was == name)
        for side, name in (("for_", "for"), ("against", "against"))
    }
    unknowns = [ballot(f"open-{n}", for_=chance, against=1 - chance) for n, chance in enumerate(open_)]
    heads = {known.count("for"): Fraction(1)}
    for chance in open_:
        heads = {
            n: heads.get(n, Fraction(0)) * (1 - chance) + heads.get(n - 1, Fraction(0)) * chance
            for n in range(len(people) + 1)
        }

    found = outcome(enumerate_worlds(carried(board(people, **sides), unknowns)))

    assert found.value == sum(chance for n, chance in heads.items() if 2 * n > len(people))


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4), max_size=4))
@settings(max_examples=tries(30))
def test_the_chances_of_all_rows_sum_to_one(parts: list[list[int]]) -> None:
    """However many alternatives each fact has."""
    facts = [
        Unknown(
            id=f"fact-{number}",
            alternatives=tuple(
                Alternative(name=str(n), chance=Fraction(part, sum(some))) for n, part in enumerate(some)
            ),
        )
        for number, some in enumerate(parts)
    ]
    rows = every_row(facts)

    assert (sum(rows.values()), len(rows)) == (1, count(facts))


VOTERS = ("ann", "bob", "cyd", "dan", "eve")


@given(
    ballots=st.lists(st.sampled_from(CHOICES), min_size=5, max_size=5),
    weights=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    threshold=st.sampled_from([(1, 2, True), (2, 3, False), (1, 1, False)]),
    base=st.sampled_from(["in-office", "present", "cast"]),
    casting_voter=st.sampled_from(["chair", None]),
)
@settings(max_examples=tries(40))
def test_responsibility_is_that_of_all_subsets_tried(
    ballots: list[Choice], weights: list[int], threshold: tuple[int, int, bool], base: Any, casting_voter: str | None
) -> None:
    """Whatever the weights, the base and the casting vote: as if every set of ballots were changed in turn."""
    *fraction, strict = threshold
    bylaws = Bylaws(
        rules={"decision": Threshold(fraction=Fraction(*fraction), strict=strict, of=base)},
        weights=dict(zip(VOTERS, weights, strict=True)),
        casting_vote=casting_voter,
    )
    cast = dict(zip(VOTERS, ballots, strict=True))
    recused = tuple(person for person, choice in cast.items() if choice == "recused")
    vote = Vote(id="v", at=DAY, org="o", motion="m", recused=recused)
    poll = Poll.of(bylaws, vote, sitting=VOTERS, chair="ann")

    def passes(otherwise: Mapping[str, Choice]) -> bool:
        total = poll.count
        for person in poll.board.counted:
            total = poll.board.add(total, person, otherwise.get(person, cast[person]))
        return poll.board.carries(total)

    stopping: list[set[str]] = []
    smallest: dict[str, int] = {}
    for size in range(1, len(poll.board.counted) + 1 if passes({}) else 1):
        for group in map(set, combinations(poll.board.counted, size)):
            tried = product(("for", "against", "abstain", "absent"), repeat=size)
            if any(small <= group for small in stopping):
                continue
            if not all(passes(dict(zip(sorted(group), choices, strict=True))) for choices in tried):  # type: ignore[arg-type]
                stopping.append(group)
                smallest |= {person: size for person in group if person not in smallest}

    expected = {p: Fraction(1, smallest[p]) if p in smallest else 0 for p in poll.board.counted}
    assert degrees(poll.board, cast) == expected


@given(CHANCES, CHANCES)
@settings(max_examples=tries(20))
def test_necessity_and_sufficiency_of_a_change(first: Fraction, second: Fraction) -> None:
    """They are what a table of all worlds with and without the change gives; the two arms are the same worlds."""
    unknowns = [ballot("ann", for_=first, against=1 - first), ballot("bob", for_=second, against=1 - second)]
    change = Scenario(id="change", changes=(Ballot(vote="vote", director="cyd", to="against"),))
    question = carried(board(["ann", "bob", "cyd"], for_=("cyd",)), unknowns, change=change)

    found = effect(enumerate_worlds(question))

    holds, with_change = first + second - first * second, first * second
    assert found is not None
    assert found.changed.value == with_change
    assert found.brings.value == 0
    assert found.prevents.value == holds - with_change
    assert found.necessity == Share((holds - with_change) / holds)
    assert found.sufficiency == Share((holds - with_change) / (1 - with_change))


def test_a_change_overrides_what_is_unknown() -> None:
    """Whoever is made to vote against does so in every world, whatever the chances were."""
    change = Scenario(id="change", changes=(Ballot(vote="vote", director="ann", to="against"),))
    unknowns = [ballot("ann", for_=HALF, against=HALF)]
    found = effect(enumerate_worlds(carried(board(["ann"]), unknowns, change=change)))

    assert found is not None
    assert found.changed.value == 0
    assert found.sufficiency == Share(HALF)


def test_a_change_is_made_in_the_world_that_was_drawn() -> None:
    """Though it touches only something later, what was drawn for the time before it stays as it was drawn."""
    change = Scenario(id="change", changes=(Ballot(vote="vote", director="bob", to="abstain"),))
    joined = either("never-joined", Fraction(1, 3), Drop(event="bob-joins"))
    world = board(["ann", "bob"], for_=("ann",), against=("bob",))
    found = effect(enumerate_worlds(carried(world, [joined], change=change)))

    assert found is not None
    assert found.changed.value == Fraction(1, 3)


def test_facts_that_hang_together_are_one_unknown() -> None:
    """Two who always vote alike carry a vote of three half of the time; as two coins they would do so in a quarter."""
    together = Unknown(
        id="both",
        alternatives=tuple(
            Alternative(
                name=side,
                chance=HALF,
                changes=tuple(Ballot(vote="vote", director=person, to=side) for person in ("ann", "bob")),
            )
            for side in ("for", "against")
        ),
    )
    world = board(["ann", "bob", "cyd"], against=("cyd",))
    apart = [ballot(person, for_=HALF, against=HALF) for person in ("ann", "bob")]

    assert outcome(enumerate_worlds(carried(world, [together]))).value == HALF
    assert outcome(enumerate_worlds(carried(world, apart))).value == Fraction(1, 4)


def test_whether_an_event_is_true_and_when_it_was() -> None:
    """A director who may never have joined, and a vote that may have been before: each counts as in that world."""
    world = board(["ann", "bob"], for_=("ann",), against=("bob",))
    joined = either("never-joined", Fraction(1, 3), Drop(event="bob-joins"))
    early = either("early", Fraction(1, 4), Retime(event="vote", to=DAY - timedelta(days=2)))
    found = enumerate_worlds(carried(world, [joined, early]))

    assert outcome(found).value == Fraction(1, 3) * Fraction(3, 4)
    assert [one.unknown.id for one in worth(found)] == ["never-joined", "early"]


def test_facts_that_matter_only_together_are_worth_nothing_each() -> None:
    """Where the outcome is that two coins differ, knowing one of them says nothing; the page says so, too."""
    question = carried(board(["ann"], for_=("ann",)), [either("one", HALF), either("other", HALF)])
    weights = every_row(question.facts)
    differ = Ensemble(
        question=question, weights=weights, seen={row: Observation(outcome=row[0] != row[1]) for row in weights}
    )

    assert outcome(differ).value == HALF
    assert [one.removed for one in worth(differ)] == [0, 0]


def test_what_never_happens_has_no_share() -> None:
    """A condition that no world meets gives None, and not a division by nothing."""
    found = enumerate_worlds(carried(board(["ann"], for_=("ann",)), []))

    assert outcome(found).value == 1
    assert share(found, lambda _row, _seen: True, lambda _row, seen: not seen.outcome) is None


# ---------------------------------------------------------------------------------------------------------------------
# Drawing


def test_more_samples_go_on_where_fewer_ended() -> None:
    """The first worlds of a long run are those of a short one, in and across blocks."""
    facts = [either("a", Fraction(1, 3)), either("b", HALF)]
    short, long = (drawn_rows(facts, 5, n) for n in (BLOCK + 7, 2 * BLOCK + 100))

    assert sum(short.values()) == BLOCK + 7
    assert all(long[row] >= times for row, times in short.items())


def test_draws_of_a_fact_do_not_depend_on_the_others() -> None:
    """A fact that is added leaves those that were there as they came out; another seed does not."""
    a, b = either("a", Fraction(1, 3)), either("b", HALF)
    alone, both, other = drawn_rows([a], 5, 1000), drawn_rows([b, a], 5, 1000), drawn_rows([a], 6, 1000)

    assert sum(times for row, times in both.items() if row[1] == 0) == alone[0,]
    assert other != alone


def test_an_estimate_comes_near_the_exact_value() -> None:
    """Every number of a sample is near the one that enumeration gives, the variance that a fact removes included."""
    question = asked("three-unknown-ballots", "removal-vote is carried", vote="removal-vote")
    drawn, exact = sample_worlds(question, samples=20_000, seed=1), enumerate_worlds(question)

    assert float(outcome(drawn).value) == pytest.approx(7 / 8, abs=0.01)
    assert [float(one.part or 0) for one in worth(drawn)] == pytest.approx([1 / 7] * 3, abs=0.02)
    for mine, theirs in zip(blame(drawn), sorted(blame(exact), key=lambda one: -one.value), strict=True):
        assert mine.interval[0] <= mine.value <= mine.interval[1]
        assert float(mine.value) == pytest.approx(float(theirs.value), abs=0.01)


def drawn_by_hand(*times: int) -> Ensemble:
    """A sample of two coins, the second of which decides the outcome.

    Args:
        times: how often the first coin fell on its first side and the outcome held, and did not hold; and likewise on
            its second side.
    """
    question = carried(board(["ann"]), [either("side", HALF), either("held", HALF)])
    weights = {row: often for row, often in zip(product((0, 1), repeat=2), times, strict=True) if often}
    seen = {row: Observation(outcome=row[1] == 0) for row in weights}
    return Ensemble(question=question, weights=weights, seen=seen, samples=sum(times))


def of_side(ensemble: Ensemble) -> tuple[Fraction, Fraction | None]:
    """What it removes to know the first coin, and as a part of everything."""
    return next((one.removed, one.part) for one in worth(ensemble) if one.unknown.id == "side")


@pytest.mark.parametrize(
    ("times", "removed", "part"),
    [
        # 4/5 and 1/5, of all 1/2: they lie 9/100 apart, of which (1/5 + 1/5 - 5/18) / 10 = 11/900 is luck
        ((4, 1, 1, 4), Fraction(7, 90), Fraction(14, 45)),
        # 2/3 and 1/7, of all 3/10: they lie 121/2100 apart, of which (1/3 + 1/7 - 7/30) / 10 = 51/2100 is luck
        ((2, 1, 1, 6), Fraction(1, 30), Fraction(10, 63)),
        # 1/2 and 1/2: they lie nowhere apart, and luck could have made it (1/2 + 1/2 - 1/3) / 4
        ((1, 1, 1, 1), Fraction(0), Fraction(0)),
        # one world says nothing of how it could have been; 1/4 is the most.  4/25, less (1/4 + 0 - 1/5) / 5 = 1/100
        ((1, 0, 0, 4), Fraction(3, 20), Fraction(15, 16)),
        # the same on both sides: 1/4, less (1/4 + 1/4 - 1/2) / 2
        ((1, 0, 0, 1), Fraction(1, 4), Fraction(1)),
        # one world in all: 0, less (1/4 - 1/4) / 1
        ((1, 0, 0, 0), Fraction(0), None),
        # the second side never came up: 0, less (3/10 - 3/10) / 5
        ((3, 2, 0, 0), Fraction(0), Fraction(0)),
    ],
)
def test_what_a_fact_is_worth_in_a_small_sample(
    times: tuple[int, ...], removed: Fraction, part: Fraction | None
) -> None:
    """It is how far the shares lie apart, less what their own spread makes them lie apart, to the last digit."""
    assert of_side(drawn_by_hand(*times)) == (removed, part)


@given(st.tuples(*[st.integers(1, 9)] * 4))
@settings(max_examples=tries(30))
def test_the_spread_of_a_sample_is_the_variance_that_statistics_knows(times: tuple[int, int, int, int]) -> None:
    """What is luck is reckoned from the variances of the worlds of each side, and of all, as estimates of a sample."""
    held, failed, otherwise_held, otherwise_failed = times
    sides = [[Fraction(1)] * held + [Fraction(0)] * failed]
    sides += [[Fraction(1)] * otherwise_held + [Fraction(0)] * otherwise_failed]
    every = [*sides[0], *sides[1]]
    apart = pvariance(every) - sum(len(side) * pvariance(side) for side in sides) / len(every)
    luck = (sum(map(variance, sides)) - variance(every)) / len(every)

    assert of_side(drawn_by_hand(*times))[0] == max(Fraction(0), apart - luck)


def test_an_idle_fact_is_worth_nothing_in_a_sample_either() -> None:
    """Shares that differ by chance alone are not taken for knowledge: on average nothing is removed."""
    unknowns = [ballot("ann", for_=HALF, against=HALF), either("idle", HALF)]
    found = [
        next(one.removed for one in worth(sample_worlds(q, samples=200, seed=seed)) if one.unknown.id == "idle")
        for q in [carried(board(["ann"]), unknowns)]
        for seed in range(40)
    ]

    assert sum(found) / 40 < Fraction(1, 1000)


# ---------------------------------------------------------------------------------------------------------------------
# Wherever it is worked out


class Backwards(Executor):
    """Does the last thing first, as late as it can."""

    def __init__(self) -> None:
        self.calls: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Put it on the pile."""
        future: Future[Any] = Future()
        self.calls.append((future, lambda: fn(*args, **kwargs)))
        if len(self.calls) > 1:
            self._one()
        return future

    def _one(self) -> None:
        future, call = self.calls.pop()
        future.set_result(call())

    def finish(self, *_: int) -> None:
        """Do what is left."""
        while self.calls:
            self._one()


@pytest.fixture(scope="module")
def many() -> Question:
    """A hundred and twenty worlds."""
    world = board(["ann", "bob"], for_=("ann",), against=("bob",))
    start = DAY - timedelta(days=3)
    times = tuple(
        Alternative(
            name=str(n), chance=Fraction(1, 60), changes=(Retime(event="vote", to=start + timedelta(hours=2 * n)),)
        )
        for n in range(60)
    )
    joined = either("never-joined", Fraction(1, 3), Drop(event="bob-joins"))
    return carried(world, [Unknown(id="when", alternatives=times), joined])


def test_threads_and_any_order_of_answers_give_the_same(many: Question) -> None:
    """Whoever replays the worlds, and whichever is ready first: the ensemble is equal, its rows in the same order."""
    here = enumerate_worlds(many)
    late = Backwards()
    with ThreadPoolExecutor(3) as threads:
        there = enumerate_worlds(many, threads)
    backwards = enumerate_worlds(many, late, late.finish)

    assert here == there == backwards
    assert list(here.seen) == list(there.seen) == list(backwards.seen)


def test_processes_give_the_same(many: Question) -> None:
    """Worlds, reactions and goals travel to other processes, and what comes back is equal."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        drawn = sample_worlds(many, samples=2000, seed=3, executor=pool)
        weekend = asked("brockman-may-follow", "openai.president = none", at=DAY)
        told = enumerate_worlds(weekend, pool)

    assert drawn == sample_worlds(many, samples=2000, seed=3)
    assert outcome(told) == outcome(enumerate_worlds(weekend))


def test_whether_something_happens_and_how_are_unknowns_of_the_same_thing() -> None:
    """Whichever comes first; what is about other events is not."""
    changes: dict[str, Change] = {"whether": Drop(event="vote"), "when": Retime(event="vote", to=DAY)}
    changes["other"] = Drop(event="other")
    every = {
        name: Unknown(id=name, alternatives=(Alternative(name=name, chance=Fraction(1), changes=(change,)),))
        for name, change in changes.items()
    }

    for pair in permutations(every, 2):
        assert bool([*overlaps([every[name] for name in pair])]) is ("other" not in pair)


def test_the_same_worlds_are_drawn_where_no_seed_is_said(many: Question) -> None:
    """It is nought, which the answer says."""
    drawn = sample_worlds(many, samples=50)

    assert (drawn, drawn.seed) == (sample_worlds(many, samples=50, seed=0), 0)


def test_progress_counts_up_to_all_worlds(many: Question) -> None:
    """It is told how many of how many are done, and ends with all."""
    with ThreadPoolExecutor(2) as threads:
        for executor in (None, threads):
            told = list[tuple[int, int]]()
            enumerate_worlds(many, executor, lambda *numbers: told.append(numbers))  # noqa: B023 -- called at once

            assert told == sorted(told)
            assert told[-1] == (120, 120)


class Lost(Executor):
    """Answers once, and never again."""

    def __init__(self) -> None:
        self.waiting: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Answer if nothing waits."""
        future: Future[Any] = Future()
        if self.waiting:
            future.set_exception(ConnectionError("gone"))
        else:
            future.set_result(fn(*args, **kwargs))
        self.waiting.append(future)
        return future


def test_a_part_of_the_worlds_is_never_taken_for_all(many: Question) -> None:
    """If one of the answers does not come, there is no ensemble."""
    with pytest.raises(ConnectionError):
        enumerate_worlds(many, Lost())


def test_what_watches_can_call_it_off(many: Question) -> None:
    """While nothing comes back, whoever watches is asked each second, and what waits is cancelled."""
    silent = Backwards()

    def gone(done: int, worlds: int) -> None:
        raise ConnectionError(f"{done} of {worlds}")

    with pytest.raises(ConnectionError):
        enumerate_worlds(many, silent, gone)

    assert all(future.cancelled() for future, _ in silent.calls)


def test_a_world_that_cannot_be_is_named_whatever_came_first() -> None:
    """Two times that are possible apart and not together: the first such world in order is told, with its facts."""
    loaded = load_world(str(FOLDER / "retimed-before-cause--ensemble.toml"))
    uncertain = loaded.uncertain or Uncertain()
    world = loaded.branched.world
    question = Question(world=world, unknowns=uncertain.unknowns, goal=goal("removal-vote is carried", world.log))

    with pytest.raises(BoardsimError) as refused:
        enumerate_worlds(question)

    assert [problem.code for problem in refused.value.problems] == ["retimed-before-cause"]


def test_more_worlds_than_can_be_counted_off_are_refused_and_can_be_drawn() -> None:
    """Seventeen coins are too many worlds to take all; a sample of them is still to be had."""
    people = tuple(f"d-{n}" for n in range(17))
    world = board(people, against=people)
    unknowns = [ballot(person, for_=HALF, against=HALF) for person in people]
    question = carried(world, unknowns)

    with pytest.raises(BoardsimError) as refused:
        enumerate_worlds(question)

    assert (refused.value.problems[0].code, refused.value.exit_code) == ("too-many-worlds", 2)
    low, high = outcome(sample_worlds(question, samples=400)).interval
    assert low < 1 / 2 < high


def test_a_worker_sees_what_a_plain_replay_of_the_row_sees(many: Question) -> None:
    """The branch that a worker replays is the whole replay of the world in which the row's changes are made."""
    for row, seen in look(many, list(every_row(many.facts))).items():
        scenario = Scenario(id="row", changes=changes_of(many.facts, row))
        history = replay(apply(many.world, scenario).world)
        assert getattr(seen, "outcome", None) == history.ruling("vote").is_valid_cause


def test_blame_in_a_sample_has_the_interval_of_its_mean() -> None:
    """Of 400 worlds, three quarters with responsibility 1 and one with 0: 3/4, give or take 2.576 standard errors."""
    question = asked("three-unknown-ballots", "removal-vote is carried")
    seen: dict[Row, Observation] = {
        (0,): Observation(outcome=True, degrees={"ann": Fraction(1)}),
        (1,): Observation(outcome=False),
    }
    weights: dict[Row, int] = {(0,): 300, (1,): 100}
    drawn = Ensemble(question=question, weights=weights, seen=seen, samples=400, seed=1)
    (found,) = blame(drawn)

    assert (found.person, found.value) == ("ann", Fraction(3, 4))
    assert found.interval == pytest.approx((0.75 - 2.5758 * 0.0216506, 0.75 + 2.5758 * 0.0216506), abs=1e-4)
