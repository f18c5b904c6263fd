"""Some offices may not lie in one hand."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, appoint


def incompatible_offices(now: Situation) -> str | None:
    """People who hold both roles of a pair."""
    seats, staff = now.state.seats, now.state.staff
    if len(seats) < 2 and not staff.size:
        return None  # before any office is filled
    log, staff_roles = now.history.log, now.state.bylaws.staff_roles
    found = [
        f"{log.name(person)} is {log.role_name(first)} and {log.role_name(second)}"
        for first, second in now.parameters["pairs"]
        if first in seats or first in staff_roles
        for person in now.state.occupants(first if first in seats else second)  # a payroll may be long
        if now.state.held(person, first) is not None and now.state.held(person, second) is not None
    ]
    return "; ".join(found) or None


CHECK = Check(
    name="officer_incompatible",
    rule="Nobody holds two offices that must be held apart.",
    source="Cal. Corp. Code § 5213(a): in a public benefit corporation neither the secretary, the treasurer nor the "
    "chief financial officer serves as president or chair of the board",
    parameters={
        "pairs": [[office, head] for office in ("secretary", "treasurer", "cfo") for head in ("president", "chair")]
    },
    watches=frozenset({"board", "offices", "staff"}),
    state=incompatible_offices,
    passing=appoint(ADA, role="president"),
    failing=appoint(ADA, at="2020-06-01", role="secretary"),
)
