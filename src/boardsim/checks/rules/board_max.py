"""The board has at most as many directors as the rules allow."""

from boardsim.checks.check import NUMBERS, Check, Situation
from boardsim.checks.examples import ADA, BEN, amend, appoint


def too_many(now: Situation) -> str | None:
    """More directors than authorised seats, as after an amendment that unseats nobody, or than the law allows."""
    seats, maximum, size = now.state.bylaws.seats, now.parameters["maximum"], len(now.board)
    most = maximum if seats is None or 0 < maximum < seats else seats
    if not most or size <= most:
        return None
    return f"the board has {size} of at most {most} directors"


CHECK = Check(
    name="board_max",
    rule="The board has no more directors than the bylaws authorise and the law allows.",
    source="bylaws; 8 Del. C. § 141(b): their number is fixed by the bylaws or as they say; "
    "Code de commerce, art. L225-17: eighteen at most",
    parameters={"maximum": 0},  # none
    needs_whole_board=True,
    rests_on=("seats",),
    watches=NUMBERS,
    state=too_many,
    passing=appoint(ADA, BEN),
    failing=amend(at="2020-06-01", seats=1),
)
