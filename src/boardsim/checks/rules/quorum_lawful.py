"""The bylaws do not let too few directors act for all."""

from boardsim.checks.check import NUMBERS, Check, Situation
from boardsim.checks.examples import ADA, BEN, CARLA, DEV, amend, appoint
from boardsim.checks.quorums import NO_FLOOR, by_law


def too_small(now: Situation) -> str | None:
    """The bylaws' quorum is below the least of the law; where not even that many sit, `quorum_reachable` says so."""
    least, size = by_law(now), len(now.board)
    if now.quorum >= least or size < least:
        return None
    return f"a quorum is {now.quorum} of {size} directors in office, and must be at least {least}"


CHECK = Check(
    name="quorum_lawful",
    rule="The quorum is no smaller than the law lets bylaws make it.",
    source="8 Del. C. § 141(b): never less than a third of the total number of directors",
    parameters={**NO_FLOOR, "share": "1/3"},
    needs_whole_board=True,
    rests_on=("quorum", "seats"),
    watches=NUMBERS,
    state=too_small,
    passing=amend(quorum={"fraction": "1/3", "of": "in-office"}) + appoint(ADA, BEN, CARLA, DEV),
    failing=amend(at="2020-06-01", quorum={"least": 1}),
)
