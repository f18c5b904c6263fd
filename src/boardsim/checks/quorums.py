"""Quorums: what the bylaws want, what the law wants at least, and those to which nobody can come.

The law's least is a number (`floor`), a share of the authorised seats or of those in office (`share`, `of`), or the
larger of both.
"""

from boardsim.checks.base import Situation
from boardsim.checks.shares import at_least

NO_FLOOR = {"floor": 0, "share": "0/1", "of": "authorised"}
"""The parameters of every check that looks at a quorum, with the defaults that leave it to the bylaws."""


def quorums(now: Situation) -> tuple[int, int]:
    """The directors whom the bylaws' quorum wants, and the fewest whom the law lets it want."""
    bylaws, parameters, size = now.state.bylaws, now.parameters, len(now.board)
    quorum, seats = bylaws.quorum, size if bylaws.seats is None else bylaws.seats
    least: int = parameters["floor"]
    if (share := parameters["share"]) != NO_FLOOR["share"]:
        least = max(least, at_least(share, seats if parameters["of"] == "authorised" else size))
    return quorum.needed(seats if quorum.of == "authorised" else size), least


def out_of_reach(now: Situation) -> int | None:
    """The directors that a quorum wants, where fewer are in office; None where enough are.

    A quorum does not bind a sole director where the rules let one act and the bylaws ask for no second one.
    """
    needed = max(quorums(now))
    return None if len(now.board) >= needed or _alone(now) else needed


def _alone(now: Situation) -> bool:
    """Whether a sole director acts without a quorum."""
    bylaws = now.state.bylaws
    one = len(now.board) == 1 and bylaws.minimum <= 1 and bylaws.quorum.least <= 1
    return one and now.parameters["sole_director_acts"]
