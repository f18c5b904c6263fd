"""Few directors are on the payroll."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, event
from boardsim.checks.shares import exceeds, of_directors


def too_many_employed(now: Situation) -> str | None:
    """More directors employed by the organization than the share allows."""
    if not now.state.staff.size:
        return None
    board, roles = now.board, now.state.bylaws.staff_roles
    employed = [person for person in board if any(now.state.staff.get(person, role) for role in roles)]
    share = now.parameters["share"]
    if not exceeds(len(employed), share, len(board)):
        return None
    who = "an employee" if len(employed) == 1 else "employees"
    return f"{of_directors(len(employed), len(board))} {who}, more than {share}: {now.names(employed)}"


CHECK = Check(
    name="employee_directors",
    rule="No more than the allowed share of the directors is employed by the organization.",
    source="Code de commerce, art. L225-22: a third of the directors in office",
    severity="warning",
    parameters={"share": "1/3"},
    needs_whole_board=True,
    watches=frozenset({"board", "staff"}),
    state=too_many_employed,
    passing=appoint(ADA, BEN),
    failing=event("join-company", at="2020-06-01", person=BEN),
)
