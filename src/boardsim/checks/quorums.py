"""Quorums that nobody can come to, whoever comes: too few directors are in office."""

from boardsim.checks.base import Situation


def out_of_reach(now: Situation) -> int | None:
    """The directors that a quorum wants, where fewer are in office; None where enough are.

    A quorum does not bind a sole director where the rules let one act and the bylaws ask for no second one.
    """
    bylaws, size = now.state.bylaws, len(now.board)
    authorised = bylaws.seats if bylaws.quorum.of == "authorised" else None
    needed = max(bylaws.quorum.needed(size if authorised is None else authorised), now.parameters["floor"])
    alone = size == 1 and bylaws.minimum <= 1 and now.parameters["sole_director_acts"]
    return None if size >= needed or alone else needed
