"""Quorums: what the bylaws want, what the law wants at least, and those to which nobody can come.

The law's least is a number (`floor`), a share of the authorised seats or of those in office (`share`, `of`), or the
larger of both.
"""

from fractions import Fraction
from math import ceil

from boardsim.checks.base import Situation

NO_FLOOR = {"floor": 0, "share": "0/1", "of": "authorised", "sole_director_acts": False}
"""The parameters of every check that looks at a quorum, with the defaults that leave it to the bylaws."""


def by_bylaws(now: Situation) -> int:
    """The directors whom the bylaws' quorum wants."""
    quorum = now.state.bylaws.quorum
    return quorum.needed(_whole(now, quorum.of))


def by_law(now: Situation) -> int:
    """The fewest directors whom a quorum may want, whatever the bylaws say."""
    floor: int = now.parameters["floor"]
    share = now.parameters["share"]
    if share == NO_FLOOR["share"]:  # as mostly
        return floor
    return max(floor, ceil(Fraction(share) * _whole(now, now.parameters["of"])))


def _whole(now: Situation, of: str) -> int:
    seats = now.state.bylaws.seats if of == "authorised" else None
    return len(now.board) if seats is None else seats


def out_of_reach(now: Situation) -> int | None:
    """The directors that a quorum wants, where fewer are in office; None where enough are.

    A quorum does not bind a sole director where the rules let one act and the bylaws ask for no second one.
    """
    size, needed = len(now.board), max(by_bylaws(now), by_law(now))
    return None if size >= needed or alone(now) else needed


def alone(now: Situation) -> bool:
    """Whether a sole director acts without a quorum."""
    bylaws = now.state.bylaws
    one = len(now.board) == 1 and bylaws.minimum <= 1 and bylaws.quorum.least <= 1
    return one and now.parameters["sole_director_acts"]
