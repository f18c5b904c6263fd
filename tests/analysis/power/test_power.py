"""Voting power: published numbers, and brute force over the kernel's own tally."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations, permutations
from math import factorial
from typing import Any

import pytest
from attrs import evolve, frozen
from benchmarks import power as benchmark
from benchmarks.plan import QUICK
from hypothesis import given
from hypothesis import strategies as st

from boardsim import Appoint, Bylaws, OrgState, Suspend, Threshold, Vote, tally
from boardsim.analysis.power import power as module
from boardsim.analysis.power.games import LONGEST, TooManyCoalitionsError, enumerated, weighted
from boardsim.analysis.power.indices import Powers, powers
from boardsim.analysis.power.pivotal import pivots
from boardsim.analysis.power.power import BoardPower, power
from boardsim.bylaws import BASES, MAJORITY
from boardsim.events import CHOICES, Choice
from boardsim.problems import BoardsimError
from boardsim.views.text.power import number
from tests.blocks import event, head
from tests.conftest import Run
from tests.strategies import reachable

NOON = datetime(2024, 1, 10, 12, tzinfo=UTC)
CHAIR = "chair"


def seated(weights: Mapping[str, int], *, chair: str | None = None, **bylaws: Any) -> OrgState:
    """A board on which these people sit with so many votes, the chair among them with a casting vote."""
    seats = {
        person: Appoint(id=f"{person}-director", at=NOON, person=person, org="club", role="director")
        for person in weights
    }
    roles: dict[str, Mapping[str, Appoint]] = {"director": seats} if seats else {}
    if chair:
        roles[CHAIR] = {chair: Appoint(id="chair", at=NOON, person=chair, org="club", role=CHAIR)}
        bylaws["casting_vote"] = CHAIR
    return OrgState("club", Bylaws(weights=weights, **bylaws), roles)


def quota(least: int, total: int) -> Mapping[str, Threshold]:
    """The rule that it takes at least so many of all votes in office."""
    return {"decision": Threshold(fraction=Fraction(least, total))}


def by_player(found: Powers) -> dict[str, tuple[int, str, str, str]]:
    """The swings and the three indices of each player, as text."""
    return {p.player: (p.swings, str(p.penrose), str(p.banzhaf), str(p.shapley_shubik)) for p in found.players}


# ---------------------------------------------------------------------------------------------------------------------
# Published numbers


@frozen
class Body:
    """A body of the literature: what each weight has in swings, Penrose, Banzhaf, and Shapley and Shubik."""

    quota: int
    weights: Sequence[int]
    total: int
    expected: Mapping[int, tuple[int, str, str, str]]


BODIES = {
    "textbook: [51; 50, 49, 1]": Body(
        51,
        (50, 49, 1),
        5,
        {50: (3, "3/4", "3/5", "2/3"), 49: (1, "1/4", "1/5", "1/6"), 1: (1, "1/4", "1/5", "1/6")},
    ),
    "textbook: [4; 3, 2, 1]": Body(
        4,
        (3, 2, 1),
        5,
        {3: (3, "3/4", "3/5", "2/3"), 2: (1, "1/4", "1/5", "1/6"), 1: (1, "1/4", "1/5", "1/6")},
    ),
    "Council of the EEC, 1958": Body(
        12,
        (4, 4, 4, 2, 2, 1),
        42,
        {4: (10, "5/16", "5/21", "7/30"), 2: (6, "3/16", "1/7", "3/20"), 1: (0, "0", "0", "0")},
    ),
    "UN Security Council, since 1966": Body(
        39,
        (7,) * 5 + (1,) * 10,
        5080,
        {7: (848, "53/1024", "106/635", "421/2145"), 1: (84, "21/4096", "21/1270", "4/2145")},
    ),
    "four directors, the chair has a casting vote": Body(
        5, (3, 2, 2, 2), 12, {3: (6, "3/4", "1/2", "1/2"), 2: (2, "1/4", "1/6", "1/6")}
    ),
    "majority of six": Body(4, (1,) * 6, 60, {1: (10, "5/16", "1/6", "1/6")}),
}


bodies = pytest.mark.parametrize("body", BODIES.values(), ids=[*BODIES])


def check_published(body: Body, found: Powers) -> None:
    """Compare with the literature, player by player."""
    assert list(by_player(found).values()) == [body.expected[weight] for weight in body.weights]
    assert sum(each.swings for each in found.players) == body.total


def named(weights: Sequence[int]) -> list[str]:
    """A name for each player."""
    return [f"p{n}" for n in range(len(weights))]


@bodies
def test_published_numbers_by_generating_functions(body: Body) -> None:
    """The bodies of the literature have the numbers of the literature."""
    check_published(body, powers(named(body.weights), weighted(body.quota, body.weights)))


@bodies
def test_published_numbers_by_enumeration(body: Body) -> None:
    """The same numbers come from trying every coalition."""

    def carries(members: tuple[int, ...]) -> bool:
        return sum(w for w, inside in zip(body.weights, members, strict=True) if inside) >= body.quota

    swings = enumerated([1] * len(body.weights), carries)

    check_published(body, powers(named(body.weights), swings))


@bodies
def test_published_numbers_of_boards(body: Body) -> None:
    """A board whose bylaws say the same has the same numbers."""
    state = seated(
        dict(zip(named(body.weights), body.weights, strict=True)), rules=quota(body.quota, sum(body.weights))
    )

    check_published(body, power(state).powers)


def test_the_casting_vote_of_the_model_articles() -> None:
    """On a board of four, a chair who decides ties has half of the power by either index."""
    found = power(seated(dict.fromkeys(("ann", "bob", "cyd", "dan"), 1), chair="ann"))

    assert by_player(found.powers) == {
        "ann": (6, "3/4", "1/2", "1/2"),
        **dict.fromkeys(("bob", "cyd", "dan"), (2, "1/4", "1/6", "1/6")),
    }
    assert found.casting_voter == "ann"


@pytest.mark.parametrize("away", ["absent", "recused"])
def test_a_chair_who_takes_no_part_has_no_casting_vote(away: str) -> None:
    """Who stays away, or is excluded, breaks no tie: nobody is told to have the casting vote then."""
    board = seated(dict.fromkeys((CHAIR, "ann", "bob", "cyd"), 1), chair=CHAIR)
    without: dict[str, Any] = {away: [CHAIR]}

    assert power(board).casting_voter == CHAIR
    assert power(board, **without).casting_voter is None


def test_the_veto_of_the_permanent_members() -> None:
    """Nine of fifteen, with five who have a veto, is the Security Council without any weights."""
    body = BODIES["UN Security Council, since 1966"]
    people = named(body.weights)
    nine = Threshold(fraction=Fraction(9, 15), veto=tuple(people[:5]))

    found = power(seated(dict.fromkeys(people, 1), rules={"decision": nine}))

    check_published(body, found.powers)
    assert found.veto == tuple(people[:5])


def test_colemans_three() -> None:
    """The Security Council acts on 848 of 32,768 coalitions; each permanent member can prevent every one of them."""
    body = BODIES["UN Security Council, since 1966"]

    found = powers(named(body.weights), weighted(body.quota, body.weights))

    assert found.act == Fraction(848, 32768)
    assert found.players[0].prevent == 1
    assert found.players[0].initiate == Fraction(848, 32768 - 848)
    assert found.players[-1].prevent == Fraction(84, 848)


@pytest.mark.ci
def test_the_benchmark_compares_equal_results() -> None:
    """Whatever peers are installed come to the same shares; the benchmark would raise otherwise."""
    figures = [*benchmark.figures(QUICK)]

    assert all(figure.ours for figure in figures)
    assert max(len(figure.what) for figure in figures) <= 45


def test_a_dummy_is_named() -> None:
    """Luxembourg's vote in the Council of 1958 never decided."""
    body = BODIES["Council of the EEC, 1958"]

    assert powers(named(body.weights), weighted(body.quota, body.weights)).dummies == ("p5",)


def counted_apart(least: int, weights: Sequence[int], player: int) -> int:
    """The swings of a player, by adding up the others' coalitions by weight, one member after the other."""
    coalitions = {0: 1}
    for weight in (w for other, w in enumerate(weights) if other != player):
        grown = dict(coalitions)
        for total, ways in coalitions.items():
            grown[total + weight] = grown.get(total + weight, 0) + ways
        coalitions = grown
    return sum(ways for total, ways in coalitions.items() if least - weights[player] <= total < least)


def test_the_electoral_college_of_the_united_states() -> None:
    """The 51 members of the college have the swings that adding up the others gives, and share all of the power."""
    people = dict(zip(named(benchmark.COLLEGE), benchmark.COLLEGE, strict=True))

    found = power(seated(people)).powers.players

    assert (len(benchmark.COLLEGE), sum(benchmark.COLLEGE)) == (51, 538)
    assert [found[n].swings for n in (0, 12, 50)] == [counted_apart(270, benchmark.COLLEGE, n) for n in (0, 12, 50)]
    assert sum(each.banzhaf for each in found) == sum(each.shapley_shubik for each in found) == 1


# ---------------------------------------------------------------------------------------------------------------------
# Brute force


@frozen
class Meeting:
    """A board, the rule, and who does not vote."""

    state: OrgState
    subject: str | None
    absent: tuple[str, ...]
    recused: tuple[str, ...]

    @property
    def players(self) -> tuple[str, ...]:
        """Who votes."""
        out = {*self.absent, *self.recused} | ({self.subject} if self.state.bylaws.recuse_subject else set())
        return tuple(person for person in self.state.directors if person not in out)

    def carries(self, coalition: Sequence[str]) -> bool:
        """Whether it carries if these vote for and the others against, as the kernel tallies it."""
        vote = Vote(
            id="vote",
            at=NOON,
            org="club",
            motion="whatever",
            subject=self.subject,
            for_=tuple(coalition),
            against=tuple(person for person in self.players if person not in coalition),
            absent=self.absent,
            recused=self.recused,
        )
        found = tally(self.state.bylaws, vote, sitting=self.state.directors, chair=self.state.casting_voter)
        assert found.outcome != "undetermined"
        return found.outcome == "carried"

    def power(self) -> BoardPower:
        """What is tested."""
        return power(self.state, subject=self.subject, absent=self.absent, recused=self.recused)


thresholds = st.builds(
    Threshold,
    fraction=st.sampled_from([Fraction(*pair) for pair in ((1, 2), (1, 2), (2, 3), (3, 4), (1, 3), (1, 1), (0, 1))]),
    strict=st.booleans(),
    of=st.sampled_from(BASES),
).filter(reachable)


@st.composite
def meetings(draw: st.DrawFn, most: int = 8) -> Meeting:
    """Boards of few, under any bylaws, some of whom stay away or are excluded; somebody votes."""
    people = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus", "hal")[: draw(st.integers(1, most))]
    weights = {person: draw(st.sampled_from([1, 1, 1, 2, 3])) for person in people}
    kind = st.sampled_from(["votes"] * 6 + ["absent", "recused"])
    does = {person: draw(kind) for person in people}
    state = seated(
        weights,
        chair=draw(st.sampled_from([None, *people])),
        rules={
            "decision": evolve(draw(st.just(MAJORITY) | thresholds), veto=draw(st.sampled_from([(), ("ann", "cyd")])))
        },
        quorum=draw(st.just(Threshold(fraction=Fraction(0))) | thresholds),
        seats=draw(st.sampled_from([None, 3, 7, 9])),
        recuse_subject=draw(st.booleans()),
    )
    absent, recused = (tuple(p for p in people if does[p] == what) for what in ("absent", "recused"))
    meeting = Meeting(state, draw(st.sampled_from([None, *people])), absent, recused)
    return meeting if meeting.players else evolve(meeting, subject=None, absent=(), recused=())


@given(meetings())
def test_power_under_any_bylaws_is_what_brute_force_counts(meeting: Meeting) -> None:
    """Swings and indices are what trying every coalition with the kernel's tally gives."""
    players = meeting.players
    carries = {
        frozenset(coalition): meeting.carries(coalition)
        for size in range(len(players) + 1)
        for coalition in combinations(players, size)
    }

    found = meeting.power().powers

    assert [each.player for each in found.players] == list(players)
    assert found.act == Fraction(sum(carries.values()), 2 ** len(players))
    for each in found.players:
        others = [coalition for coalition in carries if each.player not in coalition]
        swings = [s for s in others if not carries[s] and carries[s | {each.player}]]
        assert each.swings == len(swings)
        assert each.spoiled == sum(carries[s] and not carries[s | {each.player}] for s in others)
        assert each.shapley_shubik == sum(
            Fraction(factorial(len(s)) * factorial(len(players) - len(s) - 1), factorial(len(players))) for s in swings
        )
        assert each.penrose == Fraction(len(swings), len(others))


@given(meetings(most=5))
def test_shapley_shubik_is_the_share_of_orders_in_which_somebody_tips_the_balance(meeting: Meeting) -> None:
    """In which share of all orders does the motion carry with a player's vote, and not before it?"""
    orders = list(permutations(meeting.players))

    for each in meeting.power().powers.players:
        tipped = 0
        for order in orders:
            before = order[: order.index(each.player)]
            tipped += not meeting.carries(before) and meeting.carries((*before, each.player))
        assert each.shapley_shubik == Fraction(tipped, len(orders))


@given(meetings())
def test_the_indices_share_what_there_is(meeting: Meeting) -> None:
    """Shares add up to all, or to nothing where nothing can be carried; a vote more never spoils a motion."""
    found = meeting.power().powers

    assert sum(each.banzhaf for each in found.players) == meeting.carries(meeting.players)
    assert sum(each.shapley_shubik for each in found.players) == meeting.carries(meeting.players)
    assert not any(each.spoiled for each in found.players)


@given(meetings())
def test_both_ways_agree(meeting: Meeting) -> None:
    """Generating functions and enumeration give the same, wherever the rule has the form of weights and a quota."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", 0)
        by_weights = meeting.power()

    assert by_weights == meeting.power()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=7), st.integers(1, 40), st.sampled_from([1, 1000]))
def test_weighted_games_by_both_ways(weights: list[int], least: int, unit: int) -> None:
    """Any quota, any weights, nought among them, and in any unit."""
    by_functions = weighted(least * unit, [weight * unit for weight in weights])

    assert by_functions == enumerated(
        [1] * len(weights),
        lambda members: sum(w for w, inside in zip(weights, members, strict=True) if inside) >= least,
    )


def test_weights_in_a_large_unit_are_no_harder() -> None:
    """Two, one and one billion votes are the game of two, one and one."""
    assert weighted(3 * 10**9, [2 * 10**9, 10**9, 10**9]) == weighted(3, [2, 1, 1])


@given(st.lists(st.integers(1, 3), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_players_who_are_alike_are_counted_together(sizes: list[int], chance: Any) -> None:
    """Counting kinds gives what counting players gives, under any rule that looks at kinds only."""
    rule: dict[tuple[int, ...], bool] = {}
    kinds = [kind for kind, size in enumerate(sizes) for _ in range(size)]

    def carries(numbers: tuple[int, ...]) -> bool:
        return rule.setdefault(numbers, chance.random() < 0.5)

    def carries_one_by_one(members: tuple[int, ...]) -> bool:
        inside = [kind for kind, member in zip(kinds, members, strict=True) if member]
        return carries(tuple(inside.count(kind) for kind in range(len(sizes))))

    assert enumerated(sizes, carries) == enumerated([1] * len(kinds), carries_one_by_one)


def test_a_rule_by_which_a_vote_more_can_hurt() -> None:
    """Where exactly one of three may vote for, the second one spoils it, and that is counted apart."""
    found = powers(["ann", "bob", "cyd"], enumerated([3], lambda numbers: numbers == (1,)))

    assert [(each.swings, each.spoiled) for each in found.players] == [(1, 2)] * 3


def test_games_that_are_none() -> None:
    """A quota of nought, or a weight below it, is refused."""
    with pytest.raises(ValueError, match="quota"):
        weighted(0, [1, 2])
    with pytest.raises(ValueError, match="weight"):
        weighted(1, [1, -2])


def test_a_game_without_players() -> None:
    """Nobody can carry nothing."""
    assert powers([], weighted(1, [])) == Powers(act=Fraction(0), players=())


# ---------------------------------------------------------------------------------------------------------------------
# Limits


def test_weights_too_large_for_the_functions_are_enumerated() -> None:
    """Thirteen directors with a million votes each, or a few more, are no problem."""
    weights = {f"p{n}": 1_000_003 + n * n for n in range(13)}

    found = power(seated(weights)).powers

    with pytest.raises(TooManyCoalitionsError):
        weighted(sum(weights.values()) // 2 + 1, list(weights.values()))
    assert sum(weights.values()) // 2 * 13 > LONGEST
    assert sum(each.shapley_shubik for each in found.players) == 1


def test_a_large_body_of_equals_is_counted_at_once() -> None:
    """A thousand directors with one vote each have a thousandth of the power each; one more is refused."""
    weights = {f"p{n}": 1 for n in range(1_001)}
    with pytest.raises(BoardsimError, match="exact for 1,000 of them at the most") as refused:
        power(seated(weights))

    found = power(seated(weights), absent=["p0"], rule="decision").powers.players
    assert refused.value.problems[0].code == "too-many-coalitions"
    assert {(each.shapley_shubik, each.banzhaf) for each in found} == {(Fraction(1, 1_000), Fraction(1, 1_000))}


def test_long_numbers_have_a_bound() -> None:
    """The numbers of a thousand players with different votes are refused before they are made."""
    with pytest.raises(TooManyCoalitionsError, match="bits"):
        weighted(2_000, [1 + number % 7 for number in range(1_000)])


def test_too_many_coalitions() -> None:
    """Twenty-one directors with a million votes, no two alike, are refused with a hint, and nothing is guessed."""
    weights = {f"p{n}": 1_000_003 + n * n for n in range(21)}

    with pytest.raises(BoardsimError, match="differ too much") as refused:
        power(seated(weights))

    assert refused.value.problems[0].code == "too-many-coalitions"
    assert "round the votes" in refused.value.problems[0].hint


@pytest.mark.parametrize(
    ("weights", "suspended", "absent", "said", "hint"),
    [
        ({}, [], ["ann"], "no director sits there", "ask at an instant at which it has a board"),
        ({"ann": 1}, ["ann"], [], "every director is suspended", "ask at an instant at which it has a board"),
        ({"ann": 1}, [], ["ann"], "nobody who sits there takes part", "leave somebody in"),
    ],
)
def test_nobody_to_vote(weights: dict[str, int], suspended: list[str], absent: list[str], said: str, hint: str) -> None:
    """A board without anybody to vote has no power to share, and the message says why there is nobody."""
    away = Suspend(id="away", at=NOON, person="ann", org="club", role="director")
    state = seated(weights)._replace(suspended={("director", person): away for person in suspended})
    with pytest.raises(BoardsimError) as refused:
        power(state, absent=absent)

    (problem,) = refused.value.problems
    assert (problem.message, problem.hint) == (f"nobody can vote at club: {said}", hint)


def test_weights_that_are_too_wide_are_counted_one_by_one_where_there_are_few_kinds() -> None:
    """Thirteen directors, no two of whom have the same billions of votes: what the first eight have is enough."""
    weights = {f"p{n}": 10**9 + 2**n for n in range(13)}
    people, least = [*weights], sum(weights[f"p{n}"] for n in range(8))
    found = power(seated(weights, rules=quota(least, sum(weights.values()))), rule="decision")
    swings = dict.fromkeys(people, 0)
    for members in range(2 ** len(people)):
        inside = [person for place, person in enumerate(people) if members >> place & 1]
        votes = sum(weights[person] for person in inside)
        for person in inside:
            swings[person] += votes >= least > votes - weights[person]

    assert {one.player: one.swings for one in found.powers.players} == swings


def turned(state: OrgState, **ballots: Sequence[str]) -> dict[str, tuple[Choice, ...]]:
    """On whom a vote turned, and what else each could have done."""
    sides: dict[str, Any] = {("for_" if side == "yes" else side): tuple(people) for side, people in ballots.items()}
    vote = Vote(id="vote", at=NOON, org="club", motion="whatever", **sides)
    return {pivot.person: pivot.otherwise for pivot in pivots(state, vote)}


FOUR = dict.fromkeys(("ann", "bob", "cyd", "dan"), 1)


def test_a_bare_majority_turns_on_each_of_its_members() -> None:
    """Three of four carry it, and each of the three could have stopped it; the fourth could not."""
    found = turned(seated(FOUR), yes=["ann", "bob", "cyd"], against=["dan"])

    assert found == dict.fromkeys(("ann", "bob", "cyd"), ("against", "abstain", "absent"))


def test_a_veto_turns_on_its_holder() -> None:
    """Three of four are for, and the fourth defeats it by a veto, which an abstention would not be."""
    rules = {"decision": evolve(MAJORITY, veto=("dan",))}

    found = turned(seated(FOUR, rules=rules), yes=["ann", "bob", "cyd"], against=["dan"])

    assert found == {"dan": ("for", "abstain", "absent")}


def test_a_large_majority_turns_on_nobody() -> None:
    """Where four are for and three are needed, nobody's ballot alone decides."""
    assert turned(seated(FOUR), yes=list(FOUR)) == {}


def test_a_casting_vote_turns_on_its_holder_and_on_whom_it_joined() -> None:
    """Two to two, decided by the chair: either of the two for could have stopped it."""
    rules = {"decision": evolve(MAJORITY, of="cast")}

    found = turned(seated(FOUR, chair="ann", rules=rules), yes=["ann", "bob"], against=["cyd", "dan"])

    assert found == dict.fromkeys(("ann", "bob"), ("against", "abstain", "absent"))


def test_a_quorum_turns_on_whoever_keeps_it() -> None:
    """Of those present only, one who votes against, and makes the quorum by it, could have stayed away."""
    rules = {"decision": evolve(MAJORITY, of="present")}

    found = turned(seated(FOUR, rules=rules), yes=["ann", "bob"], against=["cyd"], absent=["dan"])

    assert found["cyd"] == ("absent",)


def test_who_was_absent_could_have_come() -> None:
    """Two of four are too few, and it turned on each of those who stayed away or voted against."""
    found = turned(seated(FOUR), yes=["ann", "bob"], against=["cyd"], absent=["dan"])

    assert found == {"cyd": ("for",), "dan": ("for",)}


def test_who_was_counted_out_is_no_pivot() -> None:
    """A recused director has no ballot to change, nor has the subject of the motion where the bylaws recuse them."""
    state = seated(FOUR, recuse_subject=True)

    found = turned(state, yes=["ann", "bob"], against=["cyd"], recused=["dan"])

    assert found == dict.fromkeys(("ann", "bob"), ("against", "abstain", "absent"))


def test_every_pivot_changes_the_outcome_and_nobody_else_does() -> None:
    """For every way to vote on one board, somebody is a pivot by a choice exactly if that choice changes the tally."""
    state = seated({"ann": 2, "bob": 1, "cyd": 1}, chair="ann")
    for choices in ((a, b, c) for a in CHOICES for b in CHOICES for c in CHOICES):
        vote = _vote(dict(zip(("ann", "bob", "cyd"), choices, strict=True)))
        found = {pivot.person: pivot for pivot in pivots(state, vote)}
        for person, ballot in zip(("ann", "bob", "cyd"), choices, strict=True):
            others = dict(zip(("ann", "bob", "cyd"), choices, strict=True))
            changing = tuple(
                choice
                for choice in ("for", "against", "abstain", "absent")
                if ballot != "recused" and _carried(state, others | {person: choice}) != _carried(state, others)
            )
            assert (found[person].otherwise if person in found else ()) == changing


def _vote(ballots: Mapping[str, str]) -> Vote:
    sides: dict[str, Any] = {
        ("for_" if choice == "for" else choice): tuple(p for p in ballots if ballots[p] == choice) for choice in CHOICES
    }
    return Vote(id="vote", at=NOON, org="club", motion="whatever", **sides)


def _carried(state: OrgState, ballots: Mapping[str, str]) -> str:
    return tally(state.bylaws, _vote(ballots), sitting=state.directors, chair=state.casting_voter).outcome


# ---------------------------------------------------------------------------------------------------------------------
# The command


def document(run: Run, *arguments: str) -> dict[str, Any]:
    """What `boardsim power --json` says."""
    found: dict[str, Any] = json.loads(run("power", *arguments, "--json").out)
    return found


def test_the_weekend_as_data(run: Run) -> None:
    """Six directors, four votes needed: each has ten swings, and the keys are those that are promised."""
    found = document(run, "openai-2023", "--at", "before:removal-vote", "--rule", "removal")

    assert (found["schema"], found["org"], found["rule"]) == ("boardsim/power/2", "openai", "removal")
    assert (found["needed"], found["of"], found["power_to_act"]) == (4, 6, "11/32")
    assert [
        (each["swings"], each["penrose"], each["banzhaf"], each["shapley_shubik"]) for each in found["directors"]
    ] == [(10, "5/16", "1/6", "1/6")] * 6
    assert (found["dummies"], found["vote"]) == ([], None)


def test_a_vote_as_data(run: Run) -> None:
    """Among the four who took part each had a veto, and the vote turned on every one of them."""
    found = document(run, "openai-2023", "--vote", "removal-vote")

    assert found["absent"] == ["sam-altman", "greg-brockman"]
    assert [(each["swings"], each["coleman_prevent"]) for each in found["directors"]] == [(1, "1")] * 4
    assert found["vote"]["outcome"] == "carried"
    assert found["vote"]["pivotal"][0] == {
        "person": "ilya-sutskever",
        "ballot": "for",
        "otherwise": ["against", "abstain", "absent"],
    }


def test_an_open_vote_says_on_whom_it_turns(run: Run) -> None:
    """Where ballots are not on record, the vote turns on those who cast them."""
    found = document(run, "the-three-had-stayed", "--vote", "removal-vote")

    assert found["vote"]["turns_on"] == ["reid-hoffman", "shivon-zilis", "will-hurd"]
    assert [pivot["person"] for pivot in found["vote"]["pivotal"]] == ["sam-altman", "greg-brockman"]


def test_a_subsidiary_is_decided_on_by_its_parents_board(run: Run) -> None:
    """An organization that another one controls has the power of that one's board."""
    found = document(run, "openai-2023", "--org", "openai-global", "--at", "2023-11-18")

    assert (found["org"], found["board"], len(found["directors"])) == ("openai-global", "openai", 4)


def test_the_table_fits_into_eighty_columns(run: Run) -> None:
    """On a terminal the table is readable at 80 columns, with the rule above it."""
    out = run("power", "openai-2023", "--at", "before:removal-vote", "--rule", "removal", columns=80).out

    assert max(map(len, out.splitlines())) <= 80
    assert "removal: 4 votes needed, of 6 in office; quorum 4" in out
    assert "Helen Toner         1     10    5/16     1/6      1/6    5/11     5/21" in out


def test_what_is_special_about_a_board_is_told(run: Run) -> None:
    """A casting vote, a veto, a director without power, and the board of a parent are named below the table."""
    changes = (
        "[scenario]",
        'id = "others"',
        'base = "openai-2023"',
        "[[change]]",
        'amend = "openai"',
        (
            'set = { casting_vote = "chair", weights = { "helen-toner" = 0 }, rules = { removal = { fraction = "1/2", '
            'strict = true, veto = ["sam-altman"] } } }'
        ),
    )
    at = ("--at", "before:removal-vote", "--rule", "removal", "--recused", "ilya-sutskever")

    out = run("power", "-", "--org", "openai-global", *at, stdin="\n".join(changes).encode()).out

    assert "OpenAI Global, LLC  decided by the board of OpenAI, Inc.; removal: 3 votes needed, of 4 in office" in out
    assert "recused: Ilya Sutskever\nveto: Sam Altman\ncasting vote: Greg Brockman\nnever decides: Helen Toner\n" in out


def test_all_together_can_be_too_few(run: Run) -> None:
    """Where a quorum is there and no coalition suffices, it is said that all together are too few."""
    away = ("--absent", "sam-altman", "--absent", "greg-brockman")
    rule = b'[scenario]\nid = "all"\nbase = "openai-2023"\n[[change]]\namend = "openai"\n'
    rule += b'set = { rules = { removal = { fraction = "1/1" } } }\n'

    out = run("power", "-", "--at", "before:removal-vote", "--rule", "removal", *away, stdin=rule).out

    assert "nothing can be carried: all together are too few" in out


def test_a_board_without_a_quorum_is_told_so(run: Run) -> None:
    """Where too few take part nobody can carry anything, and the table says why."""
    away = ("--absent", "sam-altman", "--absent", "greg-brockman", "--absent", "helen-toner")

    out = run("power", "openai-2023", "--at", "before:removal-vote", *away).out

    assert "nothing can be carried: too few take part for a quorum" in out


def test_long_fractions_are_shortened() -> None:
    """A fraction that nobody can read is shown to four places, and marked."""
    assert [number(Fraction(*pair)) for pair in ((1, 6), (421, 2145), (123456, 654321))] == [
        "1/6",
        "421/2145",
        "≈0.1887",
    ]


def test_a_vote_says_the_rest_of_the_question(run: Run) -> None:
    """Whoever names a vote names the rule and who took part, so asking for others is wrong usage."""
    result = run("power", "openai-2023", "--vote", "removal-vote", "--rule", "removal")

    assert (result.code, result.out) == (2, "")


CLUB = ("ann", "bob", "cyd")
UNANIMOUS = (
    head(*CLUB, org="club", name="The Club", id="club")
    + "".join(event("appoint", "at = 2024-01-01", person=person, org="club") for person in CLUB)
    + """
[[event]]
type = "vote"
id = "vote"
at = 2024-01-02
org = "club"
motion = "Whatever"
for = ["ann", "bob", "cyd"]
"""
)


def test_who_casts_the_vote_that_breaks_ties_may_be_uncertain(run: Run) -> None:
    """Whichever role the bylaws give that vote to, it is said that nobody is sure who holds the role."""
    rules = 'name = "The Club"\n[org.bylaws]\ncasting_vote = "president"\n'
    president = """
[[event]]
type = "appoint"
at = 2024-01-05
not_after = 2024-01-20
person = "bob"
org = "club"
role = "president"
"""
    log = UNANIMOUS.replace('name = "The Club"\n', rules) + president
    told = run("power", "-", "--at", "2024-01-10", "--json", stdin=log.encode())
    doubted = [(one["person"], one["role"], one["why"]) for one in json.loads(told.out)["uncertain"]]

    assert doubted == [("bob", "president", "span")]


def test_pivots_are_told(run: Run) -> None:
    """The text says who could have changed the outcome, and by what; or that nobody could."""
    turned = run("power", "openai-2023", "--vote", "removal-vote").out
    none = run("power", "-", "--vote", "vote", stdin=UNANIMOUS.encode()).out

    assert "  Ilya Sutskever, who voted for, voted against, abstained or stayed away\n" in turned
    assert "\nnobody's ballot alone would have changed the outcome\n" in none
