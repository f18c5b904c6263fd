"""More than half of the directors are independent."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint
from boardsim.checks.shares import of_directors, unmarked


def too_few_independent(now: Situation) -> str | None:
    """No majority of the board is independent on record; what is not on record is said, and counts for nobody."""
    marks = [opening.independent for opening in now.board.values()]
    independent = marks.count(True)
    if 2 * independent > len(marks) or not marks:
        return None
    if now.org.controlled_by is not None and now.parameters["controlled_exempt"]:
        return None
    return f"{of_directors(independent, len(marks))} independent{unmarked(marks)}"


CHECK = Check(
    name="independent_majority",
    rule="A majority of the directors is independent, as the board itself has found and put on record.",
    source="NYSE Listed Company Manual 303A.01, and 303A.02(a) for the board's finding; Nasdaq Rule 5605(b)(1), which "
    "gives a single vacancy until the next annual meeting, a year at most; a controlled company is exempt, 303A.00",
    parameters={"controlled_exempt": True, "cure_days": 0},
    needs_whole_board=True,
    watches=frozenset({"board"}),
    state=too_few_independent,
    passing=appoint(ADA, independent=True),
    failing=appoint(BEN, at="2020-06-01"),
)
