"""The public learns in time who has become a director."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint
from boardsim.checks.notification import days_late
from boardsim.events import Appoint


def late_news(now: Situation) -> str | None:
    """It became known too many days after it took effect."""
    event, days = now.event, days_late(now)
    assert isinstance(event, Appoint)
    if days is None or event.role not in now.parameters["roles"]:
        return None
    return f"that {now.names([event.person])} became {now.names([event.role])} was known only after {days} days"


CHECK = Check(
    name="appointment_notified",
    rule="The appointment of a director is notified within the stated number of days.",
    source="Companies Act 2006, s 167, as enacted: 14 days to tell the registrar.  `known` stands for the notification",
    severity="warning",
    parameters={"days": 14, "roles": ["director"]},
    events=(Appoint,),
    step=late_news,
    passing=appoint(ADA, known="2020-01-15"),
    failing=appoint(BEN, at="2020-02-01", known="2020-03-01"),
)
