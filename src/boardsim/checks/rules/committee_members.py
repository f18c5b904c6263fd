"""Whoever is a member of a committee sits on its board."""

from collections.abc import Collection, Iterator

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, resign

MEMBER = "member"


def outsiders(now: Situation) -> str | None:
    """Members of committees who are no directors: they left the board, or never sat on it."""
    sitting = now.state.holders(MEMBER) if now.org.committee_of else now.board
    return "; ".join(_strangers(now, sitting)) or None


def _strangers(now: Situation, sitting: Collection[str]) -> Iterator[str]:
    for committee in now.committees:
        found = [person for person in committee.state.holders(MEMBER) if person not in sitting]
        if found:
            are, what = ("is a member", "not of its board") if len(found) == 1 else ("are members", "not of its board")
            yield f"{now.names(found)} {are} of {committee.org.name} and {what}"


CHECK = Check(
    name="committee_members",
    rule="Whoever is a member of a committee of the board sits on the board.",
    source="8 Del. C. § 141(c): each committee to consist of 1 or more of the directors; § 141(j) for a corporation "
    "without stock",
    severity="warning",
    watches=frozenset({"board", "committees"}),
    state=outsiders,
    passing=appoint(ADA, BEN) + appoint(ADA, BEN, org="helios-audit", role=MEMBER),
    failing=resign(BEN, at="2020-06-01"),
)
