"""Nobody stays past the end of their term."""

from collections.abc import Iterator

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, appoint, event
from boardsim.events import Appoint
from boardsim.history import History
from boardsim.log import Org


def overstayed(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """Tenures that were still open when their term had ended, until they were closed or the log ends."""
    end = history.instants[-1]
    if not any(isinstance(event, Appoint) and event.until for event in history.events):
        return  # as in most logs, and their register need not be written
    for tenure in history.tenures(org.id):
        opened = tenure.opened
        if not isinstance(opened, Appoint) or opened.until is None or tenure.role not in parameters["roles"]:
            continue
        closed = tenure.closed.at if tenure.closed else None
        if opened.until < end and (closed is None or closed > opened.until):
            name, role = history.log.name(opened.person), history.log.name(tenure.role)
            yield Breach(
                message=f"{name} is still {role} after the end of the term",
                since=opened.until,
                until=closed,
                event=opened,
                remedied_by=tenure.closed,
            )


CHECK = Check(
    name="term_expired",
    rule="A director leaves, or is appointed anew, when the term ends.",
    source="bylaws; a director of a Delaware corporation holds over until a successor is elected and qualified, "
    "8 Del. C. § 141(b)",
    severity="warning",
    parameters={"roles": ["director", "chair"]},
    history=overstayed,
    passing=(
        appoint(ADA, until="2021-01-01")
        + event("cease", at="2021-01-01", person=ADA, role="director", cause="end of term")
    ),
    failing=(
        appoint(ADA, at="2021-02-01", until="2022-01-01")
        + event("statement", at="2022-06-01", text="Ada Moreno chairs another meeting of the board.")
    ),
)
