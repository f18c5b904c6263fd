"""Sums that people can reach, found without trying every way."""

from collections.abc import Collection, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import sums
from boardsim.sums import TooManySumsError, can_land
from tests.sizes import tries

digits = st.integers(-1, 1)
options = st.sets(st.integers(-12, 12), min_size=1, max_size=3)


def tried(bounds: tuple[int, int], people: Sequence[Collection[int]]) -> bool:
    """The same by trying every way."""
    return any(bounds[0] <= sum(way) <= bounds[1] for way in product(*people))


@settings(max_examples=tries(2000, 60))
@given(st.integers(-30, 30), st.integers(-2, 8), st.lists(options, max_size=6))
def test_a_sum_can_land_where_some_way_leads(low: int, width: int, people: list[set[int]]) -> None:
    """Whatever everybody can add, the answer is that of trying every way."""
    assert can_land((low, low + width), people) == tried((low, low + width), people)


apart = st.sets(
    st.builds(
        lambda power, sign, more: sign * 3**power + more, st.integers(0, 5), st.sampled_from((-2, -1, 1)), digits
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=tries(1000, 60))
@given(st.lists(apart, min_size=1, max_size=6), digits, st.data())
def test_sums_that_lie_apart_are_told_apart(people: list[set[int]], beside: int, data: st.DataObject) -> None:
    """Where few sums touch, the answer for one of them, or for the number beside it, is that of trying every way."""
    total = sum(data.draw(st.sampled_from(sorted(one))) for one in people) + beside

    assert can_land((total, total), people) == tried((total, total), people)


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_powers_of_a_number_take_few_sums(factor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty people, each some times as heavy as the one before, take fewer than a thousand sums at any time."""
    monkeypatch.setattr(sums, "MOST", 1000)
    people = [{factor**n, -(factor**n), 0} for n in range(60)]

    everybody = sum(factor**n for n in range(60))
    assert can_land((everybody, everybody), people)
    assert not can_land((everybody + 1, everybody + 9), people)
    half = sum(factor**n for n in range(0, 60, 2))
    assert can_land((half, half), people)
    assert can_land((1, 1), people[:1])


def test_a_hundred_people_who_are_alike_take_few_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many have the same, there are hardly more sums than people."""
    monkeypatch.setattr(sums, "MOST", 1000)
    people = [{4, 0}] * 100

    assert can_land((200, 200), people)
    assert not can_land((201, 203), people)


def test_sums_that_have_nothing_in_common_are_refused() -> None:
    """Where none of a million million ways leads between the bounds, and nothing shows it, there is no answer."""
    people = [{2 * (7919**5 * n**3 % 10**15), 0} for n in range(1, 41)]
    odd = sum(map(max, people)) // 4 * 2 + 1

    with pytest.raises(TooManySumsError, match="more than 32,768 sums"):
        can_land((odd, odd), people)


def test_neither_end_has_more_than_half_of_the_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen people whose sums have nothing in common take no more than eight at one end and seven at the other."""
    people = [{10**6 + 7919**3 * n**3 % 10**6, 0} for n in range(1, 16)]
    middle = sum(max(one) for one in people[::2])

    monkeypatch.setattr(sums, "MOST", 2**8)
    assert can_land((middle, middle), people)
    assert not can_land((middle + 1, middle + 1), people)
    monkeypatch.setattr(sums, "MOST", 2**7 + 2**6)
    with pytest.raises(TooManySumsError):
        can_land((middle, middle), people)


@pytest.mark.parametrize(
    ("low", "high", "is_so"),
    [
        (4995, 5000, True),
        (5000, 5005, True),
        (4995, 4999, False),
        (5001, 5005, False),
        (6090, 6095, True),
        (6085, 6090, True),
        (6091, 6095, False),
        (-5, 0, True),
        (-5, -1, False),
    ],
)
def test_bounds_are_inclusive(low: int, high: int, *, is_so: bool) -> None:
    """Two heavy people and a light one reach a sum that is the one bound or the other, and none beside it."""
    assert can_land((low, high), ({0, 30, 90}, {0, 1000}, {0, 5000})) is is_so


@pytest.mark.parametrize(
    ("low", "high", "adds"),
    [(7, 7, [(0, 1, 3), (0, 3), (0, 2), (0, 3)]), (25, 27, [(0, 1, 9, 17), (5, 12, 15), (0, 8, 15, 18)])],
)
def test_an_interval_within_another_hides_nothing_of_it(low: int, high: int, adds: Sequence[Sequence[int]]) -> None:
    """One, three and three are seven, and twelve and fifteen are 27, though narrower ways lie within wider ones."""
    assert can_land((low, high), adds)


def test_what_cannot_land_any_more_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody may add anything, forty people whose sums have nothing in common take no more than one."""
    monkeypatch.setattr(sums, "MOST", 1)
    people = [{3**n, 0} for n in range(40)]

    assert can_land((0, 0), people)
    assert can_land((sum(map(max, people)),) * 2, people)


def test_between_bounds_that_hold_nothing_nobody_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sums there would be, none of them lies above a bound and below a lower one."""
    monkeypatch.setattr(sums, "MOST", 1)
    people = [{3**n, 0} for n in range(40)]
    half = sum(map(max, people)) // 2

    assert not can_land((half + 1, half), people)


def test_where_nobody_outweighs_all_who_are_lighter_one_interval_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many different weights there are, and in whatever order people come, every sum can be reached."""
    monkeypatch.setattr(sums, "MOST", 1)
    weights = [1, 2, 4, *(7 + n**3 % 101 + 5 * n for n in range(30))]
    least = [-weight if weight % 2 else 0 for weight in weights]
    people = [{low, low + weight} for low, weight in zip(least, weights, strict=True)]
    people = [*people[20:], *reversed(people[:20])]
    low, high = sum(least), sum(least) + sum(weights)

    assert all(can_land((total, total), people) for total in range(low, high + 1, 97))
    assert not can_land((low - 1, low - 1), people)
    assert not can_land((high + 1, high + 1), people)
