"""Notification: how late the register, or the market, was told of what has happened.

Only `filed` says so.  When something became known to everybody else does not matter here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.checks.business_days import deadline
from boardsim.checks.check import Breach, Parameters
from boardsim.days import settled
from boardsim.events import Event
from boardsim.history import History
from boardsim.log import Org
from boardsim.traits import is_announced

LIMITS: Mapping[str, Any] = {"days": 14, "business_days": 0, "closures": []}
"""The parameters that say how much time there is: days or, where there are any, business days but for closures."""

What = Callable[[History, int, Parameters], str | None]
"""What an event says that is to be notified, such as that somebody became director; None where it says nothing."""

NOTHING_FILED = "no filing is on record, so nobody can see whether the register was told in time"


def notified(history: History, org: Org, parameters: Parameters, what: What) -> Iterator[Breach]:
    """Filings that came too late, and events without one once the organization has begun to note them.

    Days are those of the log's calendar, whatever the clocks do; the day itself does not count.  Where `business_days`
    are allowed, those count, and neither `closures` nor federal holidays of the United States do.  Of a time that
    is not exactly known the days are counted from the latest that it can be.  Where no filing at all is on record, that
    is said once.
    """
    own = history.concerning(org.id)
    first = next((index for index in own if history.events[index].filed is not None), None)
    for index in own:
        event = history.events[index]
        said = what(history, index, parameters) if _happened(history, index) else None
        if said is None:
            continue
        if first is None:
            yield Breach(message=NOTHING_FILED, since=event.at, until=event.at, event=event, is_remark=True)
            return
        if event.filed is None and index > first:
            message = f"no filing on record: {said}"
            yield Breach(message=message, since=event.at, until=event.at, event=event, is_remark=True)
        elif (days := _days_late(event, parameters, history.log.zone)) is not None:
            message = f"that {said} was filed only after {days}"
            yield Breach(message=message, since=event.at, until=event.at, event=event)


def _happened(history: History, index: int) -> bool:
    return history.rulings[index].kind == "effective" and not is_announced(history.events[index])


def _days_late(event: Event, parameters: Parameters, zone: ZoneInfo) -> str | None:
    """After how many days of the calendar it was filed, where those are too many; None where they are not."""
    if event.filed is None:
        return None
    latest = settled(event.not_after, zone) if event.not_after else event.at
    start, filed = (instant.astimezone(zone).date() for instant in (latest, event.filed))
    after = f"{(filed - start).days} days"
    if not parameters["business_days"]:
        return after if (filed - start).days > parameters["days"] else None
    last = deadline(start, parameters["business_days"], parameters["closures"], until=filed)
    return f"{after}, and the business days for it were over on {last}" if last < filed else None
