"""What a vote costs of which no ballot is on record, and everybody has twice the votes of the one before."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from benchmarks.boards import FIRST
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import Bylaws, Tally, Threshold, Vote, tally
from boardsim.bylaws import BASES, DECISION, Base

TITLE = "Open votes: on whom they turn"

GOAL = 0.1
"""Seconds for one vote, however many directors there are."""

DIRECTORS = (12, 14, 20, 30)
ROUNDS = 3


def figures(_: Plan) -> Iterator[Figure]:
    """Boards of some sizes under each base; nothing is compared, but the time must hardly grow."""
    for directors in DIRECTORS:
        programs: dict[str, Program] = {base: partial(_counted, directors, base) for base in BASES}
        timed = alternate(programs, ROUNDS)
        for base in BASES:
            taken = timed.of(base)
            what = f"{directors} directors, of those {base}"
            yield Figure(what, seconds(taken), "", seconds(taken), f"<= {GOAL} s", goal(taken, "<=", GOAL))


def _counted(directors: int, base: Base) -> Tally:
    weights = {f"d{n:02}": 2**n for n in range(directors)}
    rule = Threshold(fraction=Fraction(1, 2), strict=True, of=base)
    bylaws = Bylaws(weights=weights, rules={DECISION: rule}, quorum=Threshold(fraction=Fraction(0)))
    vote = Vote(id="open", at=FIRST, org="acme", motion="whether")
    return tally(bylaws, vote, sitting=weights)
