"""Quorums: what the bylaws want, what the law wants at least, and those to which nobody can come.

The law's least is a number (`floor`), a share of the authorised seats or of those in office (`share`, `of`), or the
larger of both.
"""

from boardsim.checks.check import Situation
from boardsim.checks.shares import at_least

NO_FLOOR = {"floor": 0, "share": "0/1", "of": "authorised"}
"""The parameters of every check that looks at a quorum, with the defaults that leave it to the bylaws."""


OWN = "own"
"""What the bylaws' own quorum is a share of, as a value of `of`."""


def by_law(now: Situation) -> int:
    """The fewest directors whom the law lets a quorum want."""
    parameters = now.parameters
    floor: int = parameters["floor"]
    if (share := parameters["share"]) == NO_FLOOR["share"]:
        return floor
    of = now.state.bylaws.quorum.of if parameters["of"] == OWN else parameters["of"]
    seats = now.state.bylaws.seats if of == "authorised" else None
    least = at_least(share, len(now.board) if seats is None else seats)
    return least if floor < least else floor  # noqa: FURB136 -- `max` takes as long as all the rest


def out_of_reach(now: Situation) -> int | None:
    """The directors that a quorum wants, where fewer are in office; None where enough are.

    A quorum does not bind a sole director where the rules let one act and no bylaw asks for a second director.
    """
    bylaws, law = now.quorum, by_law(now)
    needed = law if bylaws < law else bylaws  # noqa: FURB136 -- as above
    return None if len(now.state.voters) >= needed or _alone(now) else needed


def _alone(now: Situation) -> bool:
    """Whether a sole director acts without a quorum.

    A quorum of no more than the law's own `floor` is that of the model articles, which does not bind one; a larger one,
    or a `minimum` of two, can only stand in articles of the company's own.
    """
    bylaws, floor = now.state.bylaws, max(1, now.parameters["floor"])
    one = len(now.board) == 1 and bylaws.minimum <= 1 and bylaws.quorum.least <= floor
    return one and now.parameters["sole_director_acts"]
