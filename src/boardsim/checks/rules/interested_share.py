"""Few directors are paid for other work, or family to somebody who is."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, appoint
from boardsim.checks.shares import exceeds, of_directors, unmarked


def too_many_interested(now: Situation) -> str | None:
    """More interested directors on record than the share allows; of the others it may not be known."""
    marks = [opening.interested for opening in now.board.values()]
    interested, share = marks.count(True), now.parameters["share"]
    if not interested or not exceeds(interested, share, len(marks)):
        return None
    return f"{of_directors(interested, len(marks))} interested, more than {share}{unmarked(marks)}"


CHECK = Check(
    name="interested_share",
    rule="No more than the allowed share of the directors is on record as interested.",
    source="Cal. Corp. Code § 5227: 49 per cent of the directors of a public benefit corporation",
    severity="warning",
    parameters={"share": "49/100"},
    needs_whole_board=True,
    watches=frozenset({"board"}),
    state=too_many_interested,
    passing=appoint(ADA, interested=False) + appoint(BEN),
    failing=appoint(CARLA, DEV, at="2020-06-01", interested=True),
)
