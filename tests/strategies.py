"""What the project's own tests draw: the strategies of `boardsim.testing`, with what these are made of."""

from datetime import datetime, timedelta
from functools import partial

from boardsim.events import OPEN
from boardsim.log import Log
from boardsim.records import public_since
from boardsim.testing.bylaw_parts import ORGS, PEOPLE, bylaws, fractions, numbers, quorums, reachable, thresholds
from boardsim.testing.stories import STARTS, ZONES, texts
from boardsim.testing.stories import logs as stories
from boardsim.testing.teller import KINDS, ROLES

__all__ = [
    "KINDS",
    "ORGS",
    "PEOPLE",
    "ROLES",
    "ZONES",
    "bylaws",
    "fractions",
    "instants",
    "logs",
    "numbers",
    "quorums",
    "reachable",
    "texts",
    "thresholds",
]


logs = partial(stories, corrections=False)
"""Logs without corrections: what is asked of a single event has its place in the log."""


def instants(log: Log) -> list[datetime]:
    """Every instant at which something about the log changes, and those just beside it, sorted."""
    found: set[datetime] = {STARTS[0]}
    for event in log.events:
        for instant in {event.at, event.known, public_since(event, log), *(event.span or ())} - {OPEN}:
            found |= {instant - timedelta(microseconds=1), instant, instant + timedelta(microseconds=1)}
    return sorted(found)
