"""Voting power beside `powerindex` and `powerindices`: the same bodies, both indices, in one run.

The peers give floating-point shares; ours are exact.  Agreement is checked to twelve places.
"""

import importlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from benchmarks.boards import FIRST
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import Appoint, Bylaws, OrgState
from boardsim.analysis.power.games import weighted
from boardsim.analysis.power.indices import powers
from boardsim.analysis.power.power import power

TITLE = "Voting power: both indices of published bodies"

Shares = list[tuple[float, float]]
"""The Banzhaf and the Shapley-Shubik index of each player."""

Reckon = Callable[[int, Sequence[int]], Shares]

COLLEGE = (
    *(54, 40, 30, 28, 19, 19, 17, 16, 16, 15, 14, 13, 12),
    *((11,) * 4 + (10,) * 5 + (9,) * 2 + (8,) * 3 + (7,) * 2),
    *((6,) * 6 + (5,) * 2 + (4,) * 7 + (3,) * 7),
)
"""Electors of the president of the United States by member, after the census of 2020."""

BODIES: Mapping[str, tuple[int, Sequence[int]]] = {
    "EEC 1958, 6 members": (12, (4, 4, 4, 2, 2, 1)),
    "Security Council, 15 members": (39, (7,) * 5 + (1,) * 10),
    "US college, 51 members": (270, COLLEGE),
}


def ours(quota: int, weights: Sequence[int]) -> Shares:
    """By this package."""
    found = powers([str(number) for number in range(len(weights))], weighted(quota, weights))
    return [(float(each.banzhaf), float(each.shapley_shubik)) for each in found.players]


def by_powerindex(quota: int, weights: Sequence[int]) -> Shares:
    """By `powerindex`: its two calls for these two indices, and not the third that `calc` makes."""
    game = importlib.import_module("powerindex").Game(quota, list(weights))
    game.calc_banzhaf()
    game.calc_shapley_shubik()
    return [*zip(game.banzhaf, game.shapley_shubik, strict=True)]


def by_powerindices(quota: int, weights: Sequence[int]) -> Shares:
    """By `powerindices`, whose Banzhaf index is the absolute one."""
    module = importlib.import_module("powerindices")
    absolute = [float(share) for share in module.compute_pbi(quota, list(weights))]
    shapley = [float(share) for share in module.compute_ssi(quota, list(weights))]
    return [(share / sum(absolute), other) for share, other in zip(absolute, shapley, strict=True)]


PEERS: Mapping[str, Reckon] = {"powerindex": by_powerindex, "powerindices": by_powerindices}


def figures(plan: Plan) -> Iterator[Figure]:
    """Each body by each of the peers that are installed, then a board by its bylaws."""
    peers = {name: reckon for name, reckon in PEERS.items() if plan.peers and importlib.util.find_spec(name)}
    for body, (quota, weights) in BODIES.items():
        yield from _beside(body, quota, weights, peers, max(3, plan.processes))
    yield from _board(max(3, plan.processes))


def _beside(
    body: str, quota: int, weights: Sequence[int], peers: Mapping[str, Reckon], repeats: int
) -> Iterator[Figure]:
    reckons = {"boardsim": ours, **peers}
    agree({name: _rounded(reckon(quota, weights)) for name, reckon in reckons.items()})
    timed = alternate({name: partial(reckon, quota, weights) for name, reckon in reckons.items()}, repeats)
    own = seconds(timed.of("boardsim"))
    if not peers:
        yield Figure(body, own)
    for name in peers:
        value = timed.ratio(name, "boardsim")
        met = goal(value, ">=", 1)
        yield Figure(f"{body}, {name}", own, seconds(timed.of(name)), f"{value:.1f} x", ">= 1 x", met)


def _rounded(shares: Shares) -> tuple[tuple[float, float], ...]:
    return tuple((round(banzhaf, 12), round(shapley, 12)) for banzhaf, shapley in shares)


def _board(repeats: int) -> Iterator[Figure]:
    """The college as a board: its bylaws are counted by the kernel first, to find the quota."""
    people = {f"member-{number}": weight for number, weight in enumerate(COLLEGE)}
    seats = {
        person: Appoint(id=f"{person}-seat", at=FIRST, person=person, org="college", role="director")
        for person in people
    }
    state = OrgState("college", Bylaws(weights=people), {"director": seats})
    programs: dict[str, Program] = {"board": lambda: power(state), "game": partial(ours, 270, COLLEGE)}
    timed = alternate(programs, repeats)
    ratio = f"{timed.ratio('board', 'game'):.1f} x"
    yield Figure("the college as a board : as a game", seconds(timed.of("board")), seconds(timed.of("game")), ratio)
