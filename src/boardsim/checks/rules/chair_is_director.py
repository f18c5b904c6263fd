"""Who chairs the board sits on it."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint


def outside(now: Situation) -> str | None:
    """Chairs who are no directors: of a role that the log declares without saying that it requires a seat."""
    seats = now.state.seats
    if seats.keys().isdisjoint(now.parameters["roles"]):
        return None  # nobody chairs
    found = [
        f"{now.names([person])} is {now.history.log.role_name(role)} and no director"
        for role in now.parameters["roles"]
        if role in seats
        for person in seats[role]
        if person not in now.board
    ]
    return "; ".join(found) or None


CHECK = Check(
    name="chair_is_director",
    rule="Whoever chairs the board is a director.",
    source="model articles for private companies limited by shares (SI 2008/3229, Sch 1), art 12: the directors "
    "appoint a director to chair; Code de commerce, art. L225-47: the board elects one of its members",
    parameters={"roles": ["chair", "vice-chair", "co-chair"]},
    needs_whole_board=True,
    watches=frozenset({"board", "offices"}),
    state=outside,
    passing=appoint(ADA) + appoint(ADA, role="vice-chair"),
    failing=appoint(BEN, at="2020-06-01", role="vice-chair"),
)
