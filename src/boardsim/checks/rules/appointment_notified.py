"""The public learns in time who has become a director."""

from datetime import timedelta

from boardsim.checks.check import Check, Situation
from boardsim.checks.examples import ADA, BEN, appoint
from boardsim.events import Appoint


def late_news(now: Situation) -> str | None:
    """It became known too many days after it took effect; of a time not exactly known, after the latest it can be."""
    event = now.event
    assert isinstance(event, Appoint)
    if event.known <= event.at or event.status == "announced" or now.ruling.kind != "effective":
        return None
    late = event.known - (event.not_after or event.at)
    if late <= timedelta(days=now.parameters["days"]) or event.role not in now.parameters["roles"]:
        return None
    who, role = now.names([event.person]), now.history.log.name(event.role)
    return f"that {who} became {role} was known only after {late.days} days"


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
