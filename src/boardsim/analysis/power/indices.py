"""Voting power: the classical indices, exact, from the swings of a game.

Sources: L. S. Penrose, "The Elementary Statistics of Majority Voting", 1946; L. S. Shapley and M. Shubik, "A Method
for Evaluating the Distribution of Power in a Committee System", 1954; J. F. Banzhaf, "Weighted Voting Doesn't Work",
1965; J. S. Coleman, "Control of Collectivities and the Power of a Collectivity to Act", 1971.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import factorial
from operator import mul

from attrs import frozen

from boardsim.analysis.power.games import Swings


@frozen(kw_only=True)
class Power:
    """What one player's vote weighs.  Fractions are exact; one of nothing is nought.

    Attributes:
        swings: how many coalitions of the others fail without the player and carry with them.
        spoiled: how many carry without the player and fail with them.
        penrose: the absolute index of Penrose and Banzhaf: the swings, of all coalitions of the others.
        banzhaf: the normalised index: the swings, of those of all players.
        shapley_shubik: the share of all orders in which it is this player who makes the motion carry.
        prevent: Coleman's power to prevent action: the swings, of all coalitions that carry.
        initiate: Coleman's power to initiate action: the swings, of all coalitions that fail.
    """

    player: str
    swings: int
    spoiled: int
    penrose: Fraction
    banzhaf: Fraction
    shapley_shubik: Fraction
    prevent: Fraction
    initiate: Fraction


@frozen(kw_only=True)
class Powers:
    """The power of all players of a game.

    Attributes:
        act: Coleman's power of the body to act: the share of all coalitions that carry.
    """

    act: Fraction
    players: tuple[Power, ...]

    @property
    def dummies(self) -> tuple[str, ...]:
        """Whose vote never decides."""
        return tuple(power.player for power in self.players if not power.swings)


def powers(players: Sequence[str], swings: Swings) -> Powers:
    """All indices of a game; `players` are in the order of the swings."""
    coalitions = 2 ** len(players)
    everything = sum(map(sum, swings.gained))
    orders = _orders(len(players))
    known: dict[tuple[int, ...], tuple[int, int]] = {}  # players who are alike have the same swings
    found = []
    for player, gained, spoiled in zip(players, swings.gained, swings.spoiled, strict=True):
        if gained not in known:
            known[gained] = sum(gained), sum(map(mul, gained, orders))
        own, in_order = known[gained]
        power = Power(
            player=player,
            swings=own,
            spoiled=sum(spoiled),
            penrose=Fraction(2 * own, coalitions),
            banzhaf=_share(own, everything),
            shapley_shubik=_share(in_order, factorial(len(players))),
            prevent=_share(own, swings.winning),
            initiate=_share(own, coalitions - swings.winning),
        )
        found.append(power)
    return Powers(act=Fraction(swings.winning, coalitions), players=tuple(found))


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _orders(players: int) -> list[int]:
    """By size: in how many orders of all players exactly these come before a given one."""
    factorials = list(accumulate(range(1, players), mul, initial=1))
    return [before * after for before, after in zip(factorials, reversed(factorials), strict=True)]
