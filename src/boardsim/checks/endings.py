"""After an end: what may no longer be once a person is dead, or an organization dissolved."""

from collections.abc import Iterator
from datetime import datetime

from boardsim.checks.check import Breach
from boardsim.events import Event
from boardsim.history import History, Tenure


def after(event: Event, end: Event) -> bool:
    """Whether an event took effect after an end for certain: neither at its instant nor within its bounds."""
    return end.at < event.at >= _latest(end)


def left_open(history: History, tenure: Tenure, end: Event, what: str) -> Iterator[Breach]:
    """Whether a tenure lasted longer than it could, or began when it could no more.

    Args:
        what: the end in words, such as `death`.
    """
    closed, opened = tenure.closed.at if tenure.closed else None, tenure.opened
    if closed is not None and closed <= _latest(end):
        return
    late = after(opened, end)
    name, role = history.log.name(opened.person), history.log.role_name(tenure.role)
    yield Breach(
        message=f"{name} becomes {role} after the {what}" if late else f"{name} is still {role} after the {what}",
        since=opened.at if late else end.at,
        until=closed,
        event=opened if late else end,
        remedied_by=tenure.closed,
    )


def _latest(end: Event) -> datetime:
    return end.not_after or end.at
