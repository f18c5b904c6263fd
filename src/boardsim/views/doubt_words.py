"""What is not sure about an answer, in words."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from boardsim.certainty import Doubts
from boardsim.events import DOUBTS, Event
from boardsim.log import Log
from boardsim.snapshots import Uncertain
from boardsim.views.words import between, marked, sentence


def doubt(log: Log, uncertain: Uncertain, zone: ZoneInfo) -> str:
    """Why something is uncertain: whether somebody holds a role, or what an event did."""
    if uncertain.order is not None:
        return in_order(uncertain.order)
    if uncertain.why in DOUBTS or uncertain.span is None:
        return f"{uncertain.why}: {sentence(log, uncertain.event)}"
    if uncertain.role is None:
        return f"{between(uncertain.span, zone)}: {sentence(log, uncertain.event)}{marked(uncertain.event)}"
    return f"changes {between(uncertain.span, zone)}{marked(uncertain.event)}"


def in_order(events: Sequence[Event]) -> str:
    """That something is so in one order of two events."""
    return f"if {came_before(*(f'{event.id}{marked(event)}' for event in events))}"


def came_before(first: str, second: str) -> str:
    """An order of two events."""
    return f"{first} came before {second}"


def doubts_lines(log: Log, found: Doubts, zone: ZoneInfo) -> Iterator[str]:
    """All that is not sure about an answer, a line for each thing: bylaws, a seat or an event."""
    for org, bylaws in found.assumed.items():
        yield f"bylaws of {log.org_name(org)}, not on record: {', '.join(bylaws)}"
    for one in found.uncertain:
        who, role = one.person and log.name(one.person), one.role and log.role_name(one.role)
        seat = ", ".join(part for part in (who, role) if part)
        yield f"{seat or one.event.id}: {doubt(log, one, zone)}"
