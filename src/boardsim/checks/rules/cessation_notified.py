"""The public learns in time who is no longer a director."""

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint, resign
from boardsim.checks.notification import days_late
from boardsim.events import Appoint, Cease, Fire, Resign


def late_news(now: Situation) -> str | None:
    """It became known too many days after it took effect."""
    event, days = now.event, days_late(now)
    if days is None:
        return None
    assert isinstance(event, Appoint | Cease | Fire | Resign)
    leaver = event.replaces if isinstance(event, Appoint) else event.person
    if leaver is None or (isinstance(event, Appoint) and leaver == event.person):
        return None
    lost = [role for role in now.parameters["roles"] if event.role in {role, None} and now.state.held(leaver, role)]
    if not lost:
        return None
    return f"that {now.names([leaver])} is no longer {now.names(lost)} was known only after {days} days"


CHECK = Check(
    name="cessation_notified",
    rule="That somebody ceases to be a director is notified within the stated number of days.",
    source="Companies Act 2006, s 167, as enacted: 14 days to tell the registrar.  `known` stands for the notification",
    severity="warning",
    parameters={"days": 14, "roles": ["director"]},
    events=(Fire, Resign, Cease, Appoint),
    step=late_news,
    passing=appoint(ADA, BEN) + resign(ADA, at="2020-02-01", known="2020-02-10"),
    failing=resign(BEN, at="2020-03-01", known="2020-05-01"),
)
