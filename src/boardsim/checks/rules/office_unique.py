"""Nobody shares an office that is one person's."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint


def shared(now: Situation) -> str | None:
    """Offices with more holders than the profile allows, although the log's own declaration allows them."""
    most, free = now.parameters["holders"], now.parameters["shared"]
    seats, bylaws = now.state.seats, now.state.bylaws
    full = [
        role for role in seats if len(seats[role]) > most and role not in free and bylaws.role(role).kind == "office"
    ]
    if not full:
        return None
    return "; ".join(f"{now.history.log.role_name(role)} is held by {now.names(seats[role])}" for role in sorted(full))


CHECK = Check(
    name="office_unique",
    rule="An office has one holder, unless the organization is known to share it.",
    source="bylaws; a Delaware corporation has the officers that its bylaws or its board name, 8 Del. C. § 142(a)",
    parameters={"holders": 1, "shared": []},
    watches=frozenset({"offices"}),
    state=shared,
    passing=appoint(ADA, role="co-ceo"),
    failing=appoint(BEN, at="2020-06-01", role="co-ceo"),
)
