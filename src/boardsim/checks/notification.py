"""Notification: how late the register, or the market, was told of what has happened.

Only `filed` says so.  When something became known to everybody else does not matter here.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from boardsim.checks.check import Breach, Parameters
from boardsim.events import Event
from boardsim.history import History
from boardsim.log import Org
from boardsim.traits import is_announced

What = Callable[[History, int, Parameters], str | None]
"""What an event says that is to be notified, such as that somebody became director; None where it says nothing."""

NOTHING_FILED = "no filing is on record, so nobody can see whether the register was told in time"


def notified(history: History, org: Org, parameters: Parameters, what: What) -> Iterator[Breach]:
    """Filings that came too late, and events without one once the organization has begun to note them.

    Of a time that is not exactly known the days are counted from the latest that it can be.  Where no filing at all is
    on record, that is said once.
    """
    own = [index for index, event in enumerate(history.events) if history.org_of(event) == org.id]
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
        elif (days := _days_late(event, parameters["days"])) is not None:
            message = f"that {said} was filed only after {days} days"
            yield Breach(message=message, since=event.at, until=event.at, event=event)


def _happened(history: History, index: int) -> bool:
    return history.rulings[index].kind == "effective" and not is_announced(history.events[index])


def _days_late(event: Event, days: int) -> int | None:
    """After how many days it was filed, where those are too many; None where they are not."""
    if event.filed is None:
        return None
    late = event.filed - (event.not_after or event.at)
    return late.days if late > timedelta(days=days) else None
