"""Why something did not happen, followed down to the first cause.

An event that lost its motives points at those motives; one that became impossible points at what should have opened
or closed a tenure before it.  At the end of every path lies a change of
the scenario, or a vote that came out otherwise.
"""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from boardsim.history import History, Ruling


@frozen
class Why:
    """One event that did not take effect, and the reasons below it.

    Attributes:
        text: the reason in words; for a vote, how it was counted.
        below: the reasons of the reason; empty at the first cause, and where `again`.
        again: it was told already, further up.
    """

    event: str
    ruling: str
    text: str
    below: tuple["Why", ...] = ()
    again: bool = False


def reasons(record: History, history: History, event: str, told: set[str] | None = None) -> Why:
    """Why an event of a branch did not take effect, as a tree.

    Args:
        record: the history that the branch is compared with.
        told: events that were explained before, and are not again; those explained here are added.
    """
    told = set() if told is None else told
    ruling = history.ruling(event)
    kind, text = _words(ruling)
    if event in told:
        return Why(event, kind, text, again=True)
    told.add(event)
    below = dict.fromkeys(cause for cause in causes(record, history, event) if cause != event)
    return Why(event, kind, text, tuple(reasons(record, history, cause, told) for cause in below))


def _words(ruling: Ruling) -> tuple[str, str]:
    if ruling.reason is not None:
        return ruling.kind, ruling.reason.text
    if ruling.tally is not None:
        return ruling.tally.outcome, str(ruling.tally)
    return ruling.kind, ""


def causes(record: History, history: History, event: str) -> Iterator[str]:
    """The events whose loss stands behind the loss of this one."""
    reason = history.ruling(event).reason
    for cited in reason.cites if reason else ():
        if cited in history and not history.ruling(cited).holds:
            yield cited
        elif reason and reason.code in ("already-holds", "already-employed", "role-full"):
            yield from _unclosed(record, history, cited)
    if reason and reason.code == "requires-role" and event in record:
        yield from _required(record, history, event)
    if reason and reason.code == "does-not-hold" and event in record:
        for _, opening in record.effect(record.index(event)).closed:
            if opening.id in history and not history.ruling(opening.id).holds:
                yield opening.id


def _required(record: History, history: History, event: str) -> Iterator[str]:
    """What opened the required role in the record, and did not here."""
    index = record.index(event)
    appointed: Any = record.events[index]
    state = record.state(appointed.org, index)
    opening = state.held(appointed.person, state.bylaws.role(appointed.role).requires or "")
    if opening is not None and opening.id in history and not history.ruling(opening.id).holds:
        yield opening.id


def _unclosed(record: History, history: History, opening: str) -> Iterator[str]:
    """What closed this tenure in the record, and did not here."""
    if opening not in record:
        return
    org = record.org_of(record.events[record.index(opening)])
    tenures = record.tenures(org) if org else ()
    closed = [tenure.closed.id for tenure in tenures if tenure.opened.id == opening and tenure.closed is not None]
    yield from (event for event in closed if event in history and not history.ruling(event).holds)
