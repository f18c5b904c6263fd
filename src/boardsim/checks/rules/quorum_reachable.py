"""The board is large enough to form its quorum."""

from boardsim.checks.check import NUMBERS, Check, Situation
from boardsim.checks.examples import ADA, BEN, amend, appoint, resign
from boardsim.checks.quorums import NO_FLOOR, out_of_reach


def too_few(now: Situation) -> str | None:
    """Fewer directors in office than a meeting needs; not asked before the first one is appointed."""
    needed = out_of_reach(now)
    if needed is None or not now.founded:
        return None
    size = len(now.state.voters)
    free = " who may vote" if size < len(now.board) else ""
    return f"{size or 'no'} director{'' if size == 1 else 's'} in office{free}, and a quorum is {needed}"


CHECK = Check(
    name="quorum_reachable",
    rule="As many directors are in office as make a quorum.",
    source="8 Del. C. § 141(b): a majority of the total number of directors unless the certificate or the bylaws say "
    "otherwise, never less than a third; model articles for private companies limited by shares (SI 2008/3229, "
    "Sch 1), arts 7(2) and 11(2): never less than two, but for a sole director where no article requires more; Code "
    "de commerce, art. L225-37: half of the directors present",
    parameters={**NO_FLOOR, "sole_director_acts": False, "cure_days": 0},
    needs_whole_board=True,
    rests_on=("quorum", "minimum", "seats"),
    watches=NUMBERS,
    state=too_few,
    passing=amend(quorum={"least": 2}) + appoint(ADA, BEN, at="2020-01-02"),
    failing=resign(BEN, at="2020-06-01"),
)
