"""The register is told in time who is no longer a director."""

from collections.abc import Iterator

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, BEN, appoint, resign
from boardsim.checks.notification import LIMITS, notified
from boardsim.history import History
from boardsim.log import Org
from boardsim.traits import row


def late_filings(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """Of the ends of the roles, those that were filed too late, or of which no filing is on record."""
    return notified(history, org, parameters, _ceased)


def _ceased(history: History, index: int, parameters: Parameters) -> str | None:
    event, log = history.events[index], history.log
    loss = row(event).closes(event)
    if loss is None:
        return None
    leaver, lost = loss
    state = history.state(str(event.org), index)
    roles = [role for role in parameters["roles"] if lost in {role, None} and state.held(leaver, role)]
    return f"{log.name(leaver)} is no longer {', '.join(sorted(map(log.role_name, roles)))}" if roles else None


CHECK = Check(
    name="cessation_notified",
    rule="That somebody ceases to be a director is notified within the stated number of days.",
    source="Companies Act 2006, s 167 until 17 November 2025, and s 167G since 18 November 2025: 14 days to tell the "
    "registrar; `filed` is when it was told",
    severity="warning",
    parameters={**LIMITS, "roles": ["director"]},
    history=late_filings,
    notifies=_ceased,
    passing=appoint(ADA, BEN, filed="2020-01-10") + resign(ADA, at="2020-02-01", filed="2020-02-10"),
    failing=resign(BEN, at="2020-03-01", filed="2020-05-01"),
)
