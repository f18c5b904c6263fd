"""Coalitions: beside a plain solution of the same game, and in cases that can be reckoned by hand."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Bylaws, OrgState, Suspend, Threshold, instant
from boardsim.analysis.explore import Setting, explore, forced
from boardsim.analysis.explore.coalition import Coalitions, Forced, take_over
from boardsim.analysis.explore.layout import Layout
from boardsim.analysis.explore.model import compiled
from boardsim.analysis.explore.properties import asked
from boardsim.analysis.explore.trace import steps
from boardsim.analysis.goals import Goal, Holder, Number
from tests.sizes import tries

AT = instant("2024-01-01T00:00:00Z")
HALF = Fraction(1, 2)
NAMES = ("ann", "bob", "cyd", "dan", "eve", "fay", "gus")


def board(size: int, **rules: Any) -> OrgState:
    """A board of so many; as many seats as directors."""
    bylaws = evolve(Bylaws(seats=size), **rules)
    seats = {p: Appoint(id=p, at=AT, person=p, org="acme", role="director") for p in NAMES[:size]}
    return OrgState("acme", bylaws, {"director": seats})


def sizes(results: tuple[Forced, ...]) -> dict[tuple[bool, bool], int | None]:
    """The smallest coalition by recusal and by who moves first."""
    return {(result.recusal, result.first): result.size for result in results}


# ---------------------------------------------------------------------------------------------------------------------
# The same game, solved plainly: boards as sets of people, a simple majority of those in office, every state by itself

Seats = frozenset[str]


def moves(board: Seats, side: Seats, people: Seats, seats: int, *, recusal: bool) -> Iterator[Seats]:
    """What one side can do by its own votes, or by the resignation of one of its own."""
    for person in board & side:
        yield board - {person}
    for target in board:
        base = len(board) - 1 if recusal else len(board)
        if base and len((board & side) - {target}) > base // 2:
            yield board - {target}
    if len(board) < seats and len(board & side) > len(board) // 2:
        for person in people - board:
            yield board | {person}


def plain(size: int, *, recusal: bool, first: bool) -> int | None:
    """The smallest coalition to be left alone on a board, by value iteration over all boards."""
    people = frozenset((*NAMES[:size], "newcomer"))
    start = frozenset(NAMES[:size])
    boards = [frozenset(some) for count in range(size + 1) for some in combinations(sorted(people), count)]
    for count in range(1, size):
        mine = frozenset(NAMES[:count])
        theirs = people - mine
        won = {seats for seats in boards if seats and seats <= mine}

        def holds(seats: Seats, won: set[Seats], mine: Seats, theirs: Seats) -> bool:
            if seats and seats <= mine:
                return True
            return seats in won and all(after in won for after in moves(seats, theirs, people, size, recusal=recusal))

        while True:
            more = {
                seats
                for seats in boards
                if seats not in won
                and any(holds(after, won, mine, theirs) for after in moves(seats, mine, people, size, recusal=recusal))
            }
            if not more:
                break
            won |= more
        if (start in won) if first else holds(start, won, mine, theirs):
            return count
    return None


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6])
def test_take_overs_agree_with_a_plain_solution(size: int) -> None:
    """For boards of one to six, with and without recusal, moving first and second, the sizes are the same."""
    results = sizes(forced(board(size), setting=Setting(newcomers=1)))

    assert results == {
        (recusal, first): plain(size, recusal=recusal, first=first)
        for recusal in (False, True)
        for first in (True, False)
    }


@pytest.mark.parametrize(("size", "counted", "recused"), [(3, 2, 2), (4, 3, 2), (5, 3, 3), (6, 4, 3), (7, 4, 4)])
def test_recusal_lets_exactly_half_take_over(size: int, counted: int, recused: int) -> None:
    """More than half can always; where a director concerned is excluded, half can, if it is the first to move."""
    found = sizes(forced(board(size)))

    assert found == {(False, True): counted, (False, False): counted, (True, True): recused, (True, False): counted}


def test_anybody_will_do_where_all_have_one_vote() -> None:
    """Of six directors any four can, one removal after the other, each by its own count."""
    result = forced(board(6))[0]
    assert result.model is not None

    told = steps(result.model, result.way)

    assert result.anybody
    assert len(result.coalitions) == 15
    assert [(step.verb, step.person) for step in told] == [("fire", "eve"), ("fire", "fay")]
    assert [str(step.tally) for step in told] == ["4 for of 6 in office, 4 needed", "4 for of 5 in office, 3 needed"]
    assert [step.blockers for step in told] == [1, 2]


def test_votes_weigh() -> None:
    """Whoever has more votes than all others together needs nobody, except for a quorum, which counts heads."""
    few = Threshold(fraction=Fraction(1, 4))
    alone, quorate = (forced(board(4, weights={"bob": 4}, **rules))[0] for rules in ({"quorum": few}, {}))

    assert (tuple(alone.coalitions), alone.anybody) == ((("bob",),), False)
    assert quorate.coalitions == (("ann", "bob", "cyd"), ("ann", "bob", "dan"), ("bob", "cyd", "dan"))


def chaired(size: int, chair: str, **rules: Any) -> OrgState:
    """A board whose chair has a casting vote, and on which half of the directors are a quorum."""
    state = board(size, casting_vote="chair", quorum=Threshold(fraction=HALF), **rules)
    leads = Appoint(id="chair", at=AT, person=chair, org="acme", role="chair")
    return OrgState("acme", state.bylaws, {**state.seats, "chair": {chair: leads}})


@pytest.mark.parametrize("chair", ["ann", "bob", "dan"])
def test_a_casting_vote_makes_half_enough(chair: str) -> None:
    """Of four directors two remove the others if one of the two is the chair; two others cannot, whoever they are."""
    result = forced(chaired(4, chair))[0]

    assert result.coalitions == tuple(pair for pair in combinations(NAMES[:4], 2) if chair in pair)
    assert not result.anybody


def test_coalitions_are_told_in_the_order_of_seats() -> None:
    """Whatever else they hold, those who joined first come first."""
    found = {(result.recusal, result.first): result.coalitions for result in forced(chaired(4, "bob"))}

    assert found[True, True] == tuple(combinations(NAMES[:4], 2))


def test_two_thirds_need_four_of_six() -> None:
    """Under two thirds for removals four of six can begin, and three cannot."""
    rules = {"decision": Threshold(fraction=HALF, strict=True), "removal": Threshold(fraction=Fraction(2, 3))}

    assert sizes(forced(board(6, rules=rules)))[False, True] == 4
    assert sizes(forced(board(5, rules=rules)))[False, True] == 4
    assert sizes(forced(board(5)))[False, True] == 3


def test_nobody_forces_what_needs_everybody() -> None:
    """Where a removal takes all votes, the one concerned among them, nobody is left alone on the board."""
    rules = {"decision": Threshold(fraction=Fraction(1))}

    results = forced(board(3, rules=rules))

    assert sizes(results)[False, True] is None
    assert not any(one.anybody for one in results if one.size is None)


def test_a_chair_who_is_suspended_as_a_director_breaks_no_tie() -> None:
    """The casting vote is that of whoever holds the role and may vote on the board."""
    chair = Appoint(id="chair", at=AT, person="bob", org="acme", role="chair")
    away = Suspend(id="away", at=AT, person="bob", org="acme", role="director")
    for size in (2, 3):
        sits = board(size, casting_vote="chair")
        sits = sits._replace(seats={**sits.seats, "chair": {"bob": chair}})
        model, other = (
            compiled(state, Layout(NAMES[:size], ("director", "chair"), ("director", "chair")))
            for state in (sits, sits._replace(suspended={("director", "bob"): away}))
        )

        assert (model.casting_voter(model.start), other.casting_voter(other.start)) == (model.layout.set_of(["bob"]), 0)


def test_an_empty_board_is_taken_over_by_nobody() -> None:
    """Where nobody sits there is nobody of the coalition either; where somebody else sits, it is not theirs."""
    layout = Layout(NAMES[:3], ("director",))
    model = compiled(board(3), layout)
    is_theirs = take_over(model, layout.set_of(["ann", "bob"]))

    assert [is_theirs(layout.set_of(seats)) for seats in ([], ["ann"], ["ann", "bob"], ["ann", "cyd"])] == [
        False,
        True,
        True,
        False,
    ]


def test_a_coalition_is_found_for_a_goal() -> None:
    """Two of three remove the third, and each alone can leave."""
    removal = asked("reach", Goal((Holder("acme", "director", "cyd", negated=True),), "cyd"))
    smaller = asked("reach", Goal((Number("acme", "director", "<", 3),), "smaller"))
    by_votes = forced(board(3), removal, Setting(forbidden=frozenset({"resign director"})))[0]
    by_leaving = forced(board(3), smaller)[0]

    assert by_votes.coalitions == (("ann", "bob"),)
    assert by_leaving.size == 1


def test_a_vote_is_told_with_as_few_for_it_as_will_do() -> None:
    """Whoever has most votes comes first: Bob's four of seven carry it where half of the directors come."""
    state = board(4, seats=5, weights={"bob": 4})
    question = asked("reach", Goal((Number("acme", "director", ">", 4),), "larger"))
    explored = explore(state, [question], Setting(newcomers=1))
    (step,) = steps(explored.model, explored.way(explored.findings[0]))

    assert step.vote is not None
    assert (step.verb, step.vote.for_, step.blockers) == ("appoint", ("bob",), 1)


def test_whoever_is_counted_out_is_not_told_to_have_voted() -> None:
    """Of two directors one is to take the chair, and is excluded: the vote is the other's alone."""
    question = asked("reach", Goal((Holder("acme", "chair", "ann"),), "ann leads"))
    explored = explore(board(2, recuse_subject=True), [question])
    (step,) = steps(explored.model, explored.way(explored.findings[0]))

    assert step.vote is not None
    assert (step.vote.for_, step.vote.recused, step.vote.against) == (("bob",), ("ann",), ())
    assert step.blockers == 1
    assert str(step.tally) == "1 for of 1 in office, 1 needed"


def test_staying_away_is_an_answer() -> None:
    """A majority that needs a larger quorum forces nothing against directors who do not come."""
    quorum = Threshold(fraction=Fraction(5, 6))

    assert sizes(forced(board(6, quorum=quorum)))[False, True] == 5


def large(size: int) -> OrgState:
    """A board of more people than have names."""
    seats = {f"p{n}": Appoint(id=f"p{n}", at=AT, person=f"p{n}", org="acme", role="director") for n in range(size)}
    return OrgState("acme", Bylaws(seats=size, recuse_subject=False), {"director": seats})


@pytest.mark.ci
def test_a_hundred_thousand_coalitions_are_counted_at_once() -> None:
    """The coalitions of half a large board are more than anybody can list: one of each kind is looked at."""
    result = forced(large(20))[0]

    assert (result.size, result.anybody, result.stopped) == (11, True, None)
    assert result.coalitions.total == comb(20, 11)
    assert result.coalitions[0] == tuple(f"p{number}" for number in range(11))
    assert result.coalitions[1][-1] == "p11"


def test_the_watch_is_asked_while_coalitions_are_tried() -> None:
    """A large board takes some time, and the watch may have had enough of it."""
    from boardsim.analysis.explore.search import Bounds  # noqa: PLC0415

    left = iter(range(200))

    result = forced(
        large(24), bounds=Bounds(watch=lambda _states, _depth: "enough" if next(left, None) is None else None)
    )

    assert {one.stopped for one in result} == {"enough"}


@settings(max_examples=tries(200))
@given(data=st.data())
def test_coalitions_of_some_kinds_come_in_the_order_of_seats(data: st.DataObject) -> None:
    """They are those of all combinations that have as many of each kind, in the same order, and as many as is said."""
    kinds = data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=7))
    numbers = {kind: number for number, kind in enumerate(dict.fromkeys(kinds))}
    kinds = [numbers[kind] for kind in kinds]
    size = data.draw(st.integers(0, len(kinds)))
    seats = list(combinations(range(len(kinds)), size))
    counts = {some: tuple(sum(kinds[s] == kind for s in some) for kind in range(len(numbers))) for some in seats}
    wanted = frozenset(data.draw(st.lists(st.sampled_from(sorted(set(counts.values()))))))

    found = Coalitions(NAMES[: len(kinds)], tuple(kinds), wanted)
    expected = tuple(tuple(NAMES[s] for s in some) for some in seats if counts[some] in wanted)

    assert found == expected
    assert (found.total, bool(found), found[:2]) == (len(expected), bool(expected), expected[:2])
    assert hash(found) == hash(Coalitions(NAMES[: len(kinds)], tuple(kinds), wanted))


def test_a_bound_is_said() -> None:
    """A coalition that was not looked at is not ruled out: the result says which bound was met."""
    from boardsim.analysis.explore.search import Bounds  # noqa: PLC0415

    result = forced(board(6), bounds=Bounds(states=2))[0]

    assert (result.size, result.stopped) == (None, "states")
