"""The board has at least as many directors as the rules want."""

from boardsim.bylaws import DIRECTOR
from boardsim.checks.check import NUMBERS, Check, Situation
from boardsim.checks.examples import ADA, appoint, resign


def too_few(now: Situation) -> str | None:
    """Fewer directors than the bylaws or the law allow; not asked before the first one is appointed."""
    size, minimum, own = len(now.board), now.parameters["minimum"], now.state.bylaws.minimum
    if (size >= minimum and size >= own) or not now.founded:
        return None
    return f"the board has {size} of at least {max(minimum, own)} directors"


def no_removal(now: Situation) -> tuple[str, ...]:
    """That the board removes a director and is too small by its own act, where nothing gives it time to cure that."""
    least = max(now.parameters["minimum"], now.state.bylaws.minimum)
    return () if len(now.board) > least or now.parameters["cure_days"] else (f"fire {DIRECTOR}",)


CHECK = Check(
    name="board_min",
    rule="The board has no fewer directors than the bylaws and the law require.",
    source="8 Del. C. § 141(b): one or more; Companies Act 2006, s 154: one, two for a public company; "
    "Code de commerce, art. L225-17: three",
    parameters={"minimum": 1, "cure_days": 0},
    needs_whole_board=True,
    rests_on=("minimum",),
    watches=NUMBERS,
    state=too_few,
    forbids_at=no_removal,
    passing=appoint(ADA),
    failing=resign(ADA, at="2020-06-01"),
)
