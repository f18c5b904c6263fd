"""Voting games: how often a coalition hangs on one member.

A game says which coalitions carry a motion if all their members vote for it and everybody else against.  Two ways
lead to the swings: enumeration, for any rule whatever, and generating functions, for weights and a quota.  Everything
that is called voting power is reckoned from the swings (see `boardsim.analysis.power.indices`).
"""

from collections.abc import Callable, Sequence
from itertools import product
from math import gcd, prod

from attrs import frozen

MOST = 2**20
"""How many different coalitions are enumerated at the most: those of twenty players no two of whom are alike."""

LONGEST = 2**23
"""How many steps the generating functions take at the most: a few seconds' worth."""

WIDEST = 2**39
"""How many bits they go over at the most: with many players the numbers are long, and each step takes longer."""


@frozen(kw_only=True)
class Swings:
    """What it changes that one more player joins a coalition, counted over all coalitions.

    Attributes:
        gained: for each player, by size: the coalitions of that size that fail without the player and carry with them.
        spoiled: likewise those that carry without the player and fail with them; none under a monotone rule.
        winning: how many coalitions carry.
    """

    gained: tuple[tuple[int, ...], ...]
    spoiled: tuple[tuple[int, ...], ...]
    winning: int


class TooManyCoalitionsError(ValueError):
    """No exact answer within the limits of this module."""


def enumerated(sizes: Sequence[int], carries: Callable[[tuple[int, ...]], bool]) -> Swings:
    """The swings of any game, by trying every coalition; those that differ only in who of several alike are one.

    Args:
        sizes: how many players there are of each kind; players of one kind are interchangeable.
        carries: whether a coalition carries, by how many of each kind are in it.

    Returns:
        The swings of the players kind by kind, in order.

    Raises:
        TooManyCoalitionsError: there are more than `MOST` different coalitions.
    """
    if prod(size + 1 for size in sizes) > MOST:
        raise TooManyCoalitionsError(f"more than {MOST:,} coalitions")
    if max(sizes, default=0) == 1:
        return _one_of_each(len(sizes), carries)
    binomials = [_binomials(size) for size in sizes]
    outcomes = {numbers: carries(numbers) for numbers in product(*(range(size + 1) for size in sizes))}
    count = _Counting(sizes)
    for numbers, carried in outcomes.items():
        ways = prod(row[number] for row, number in zip(binomials, numbers, strict=True))
        count.winning += ways * carried
        for kind, number in enumerate(numbers):
            if number < sizes[kind] and outcomes[_one_more(numbers, kind)] != carried:
                without = ways * (sizes[kind] - number) // sizes[kind]  # those that a given player is not in
                count.add(kind, sum(numbers), without, spoiled=carried)
    return count.swings()


def _binomials(size: int) -> list[int]:
    """In how many ways so many of these can be chosen, for none to all; each follows from the one before."""
    row = [1]
    for number in range(size):
        row.append(row[-1] * (size - number) // (number + 1))
    return row


def _one_of_each(players: int, carries: Callable[[tuple[int, ...]], bool]) -> Swings:
    """The same where no two players are alike.

    A set of coalitions is one integer, with a bit for each, so that the swings of a player are found for all coalitions
    at once: whether a coalition carries stands so many places from whether it does with the player.
    """
    carrying = int("".join("01"[carries(members)] for members in product((0, 1), repeat=players))[::-1], 2)
    of_size = [1]  # the coalitions of each size, of the last player, of the last two, and so on
    for place in range(players):
        of_size = [low | high << (1 << place) for low, high in zip([*of_size, 0], [0, *of_size], strict=True)]
    gained, spoiled = [], []
    for place in reversed(range(players)):
        joined = carrying >> (1 << place)
        without = [some & _without(place, players) for some in of_size[:-1]]
        gained.append(tuple((joined & ~carrying & some).bit_count() for some in without))
        spoiled.append(tuple((carrying & ~joined & some).bit_count() for some in without))
    return Swings(gained=tuple(gained), spoiled=tuple(spoiled), winning=carrying.bit_count())


def _without(place: int, players: int) -> int:
    """The coalitions without one player: by turns, as many without as with."""
    found = (1 << (1 << place)) - 1
    for other in range(place + 1, players):
        found |= found << (1 << other)
    return found


def _one_more(numbers: tuple[int, ...], kind: int) -> tuple[int, ...]:
    return (*numbers[:kind], numbers[kind] + 1, *numbers[kind + 1 :])


class _Counting:
    """Swings while they are being counted, by kind and size."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.winning = 0
        self.gained = [[0] * sum(sizes) for _ in sizes]
        self.spoiled = [[0] * sum(sizes) for _ in sizes]

    def add(self, kind: int, size: int, ways: int, *, spoiled: bool) -> None:
        (self.spoiled if spoiled else self.gained)[kind][size] += ways

    def swings(self) -> Swings:
        gained, spoiled = (
            tuple(tuple(row) for row, size in zip(table, self.sizes, strict=True) for _ in range(size))
            for table in (self.gained, self.spoiled)
        )
        return Swings(gained=gained, spoiled=spoiled, winning=self.winning)


def weighted(quota: int, weights: Sequence[int]) -> Swings:
    """The swings of a game in which a coalition carries if its weights reach the quota.

    Generating functions: multiply `1 + t·x^weight` over all players, and the coefficient of `t^size x^w` is the number
    of coalitions of that size and weight.  To leave a player out, divide by their factor.

    Raises:
        ValueError: the quota is not positive, or a weight is negative.
        TooManyCoalitionsError: it would take more than `LONGEST` steps or `WIDEST` bits.
    """
    if quota < 1 or min(weights, default=0) < 0:
        raise ValueError("the quota must be positive, and no weight negative")
    unit = gcd(*weights) or 1
    weights = [weight // unit for weight in weights]
    quota = min(-(-quota // unit), sum(weights) + 1)
    if quota * len(weights) > LONGEST or quota * len(weights) ** 3 > WIDEST:
        raise TooManyCoalitionsError(f"more than {LONGEST:,} steps, or {WIDEST:,} bits")
    losing = _product(quota, weights)
    found = {weight: _gained(losing, weight, len(weights)) for weight in set(weights)}
    return Swings(
        gained=tuple(found[weight] for weight in weights),
        spoiled=((0,) * len(weights),) * len(weights),
        winning=2 ** len(weights) - sum(_sizes(sum(losing), len(weights))),
    )


def _product(quota: int, weights: Sequence[int]) -> list[int]:
    """By weight below the quota: how many coalitions there are of each size.

    The numbers for all sizes lie side by side in one integer, a field of bits each, so that one addition adds them
    all.  There are fewer than `2^n` coalitions of a size, so a field of `n + 1` bits never runs over.
    """
    table = [1] + [0] * (quota - 1)
    for weight in weights:
        for w in range(quota - 1, weight - 1, -1):
            table[w] += table[w - weight] << (len(weights) + 1)
    return table


def _gained(losing: Sequence[int], weight: int, players: int) -> tuple[int, ...]:
    """The swings of a player by size: the others fall short of the quota by no more than the player's weight."""
    if not weight:
        return (0,) * players
    without: list[int] = []
    for w, coalitions in enumerate(losing):
        with_ = without[w - weight] << (players + 1) if w >= weight else 0
        without.append(coalitions - with_)
    return tuple(_sizes(sum(without[-weight:]), players))[:players]


def _sizes(packed: int, players: int) -> list[int]:
    """The numbers that lie side by side in one, by size."""
    field = players + 1
    return [packed >> (field * size) & ((1 << field) - 1) for size in range(players + 1)]
