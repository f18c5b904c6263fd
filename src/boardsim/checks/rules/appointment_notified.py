"""The register is told in time who has become a director."""

from collections.abc import Iterator

from boardsim.checks.check import Breach, Check, Parameters
from boardsim.checks.examples import ADA, BEN, appoint
from boardsim.checks.notification import LIMITS, notified
from boardsim.history import History
from boardsim.log import Org
from boardsim.traits import row


def late_filings(history: History, org: Org, parameters: Parameters) -> Iterator[Breach]:
    """Of the appointments to the roles, those that were filed too late, or of which no filing is on record."""
    return notified(history, org, parameters, _appointed)


def _appointed(history: History, index: int, parameters: Parameters) -> str | None:
    gain, log = row(history.events[index]).opens(history.events[index]), history.log
    if gain is None or gain[1] not in parameters["roles"]:
        return None
    return f"{log.name(gain[0])} became {log.role_name(gain[1])}"


CHECK = Check(
    name="appointment_notified",
    rule="The appointment of a director is notified within the stated number of days.",
    source="Companies Act 2006, s 167 until 17 November 2025, and s 167G since 18 November 2025: 14 days to tell the "
    "registrar; `filed` is when it was told",
    severity="warning",
    parameters={**LIMITS, "roles": ["director"]},
    history=late_filings,
    notifies=_appointed,
    passing=appoint(ADA, filed="2020-01-15"),
    failing=appoint(BEN, at="2020-02-01", filed="2020-03-01"),
)
