"""Notification: how late the public learns of what has happened."""

from datetime import timedelta

from boardsim.checks.check import Situation


def days_late(now: Situation) -> int | None:
    """After how many days the event became known, where those are too many; None where they are not.

    Of a time that is not exactly known they are counted from the latest that it can be.
    """
    event = now.event
    if event.known <= event.at or not now.happened():
        return None
    late = event.known - (event.not_after or event.at)
    return late.days if late > timedelta(days=now.parameters["days"]) else None
