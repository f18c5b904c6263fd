"""`boardsim.why`: the chain behind a fact or an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from boardsim.analysis.why.why import Explanation, why_event, why_fact
from boardsim.certainty import Doubts, doubts
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.case import Case, default_org
from boardsim.library.opening import Subject, opened
from boardsim.library.when import When, text_of
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.why import why_json


@frozen
class Why:
    """What is behind a fact, or an event.

    Attributes:
        at: the instant of the fact, or when the event took place, or would have.
        doubts: what is not sure about the facts then.
    """

    found: Explanation
    at: datetime | None
    doubts: Doubts


def why(
    case: Subject = None,
    *,
    role: str | None = None,
    person: str | None = None,
    org: str | None = None,
    at: When | None = None,
    event: str | None = None,
    known: When | None = None,
) -> Answer[Why]:
    """Follow a fact, or an event, back to its roots.

    Args:
        case: a case or a scenario, by name, path or opened.
        role: why it is held as it is.
        person: why they hold the role, or do not.
        org: the organization; the case's first where it is not said.
        at: the instant; by default the last on record that is not in the future.
        event: instead of all that, why this happened, or did not.
        known: as it was known then: only what had become public by then.

    Raises:
        BoardsimError: what is named does not exist or cannot be read.
        TypeError: neither a role nor a person nor an event is given, or an event and something else.
    """
    if event is None and role is None and person is None:
        raise TypeError("give 'role', 'person' or both, or 'event'")
    if event is not None and (org or role or person or at):
        raise TypeError("'event' says the whole question: ask of it alone")
    opening = opened(case)
    history = opening.history(text_of(known))
    if event is not None:
        at_, found = _of_event(opening, history, event)
    else:
        at_, found = _of_fact(opening, history, org, role, person, text_of(at))
    value = Why(found, at_, _doubts(found, at_))
    return Answer("why", value, lambda: _document(value))


def _document(value: Why) -> Mapping[str, Any]:
    found = value.found
    document = why_json(found, value.at)
    besides = {name: None for name in events_named(document, found.history) if name not in found.chain}
    named = doubts(found.history, value.at, {}, besides, given=found.given)
    return document | doubts_json(found.history, value.doubts | named)


def _of_event(opened: Case, history: History, event: str) -> tuple[datetime | None, Explanation]:
    """Why an event happened, or did not, and when it would have.

    Raises:
        BoardsimError: there is no such event.
    """
    opened.require_event(event, history)
    return history.instants[history.index(event)], why_event(opened.record(), history, event)


def _of_fact(
    opened: Case, history: History, org: str | None, role: str | None, person: str | None, at: str | None
) -> tuple[datetime | None, Explanation]:
    """Why somebody holds a role, or nobody does, or that person does not; and the instant.

    Args:
        org: the case's first organization where the reader names none.
        at: the instant as it was typed; the last on record that is not in the future where it was not.

    Raises:
        BoardsimError: something that the reader names is not there.
    """
    org = default_org(opened, org)
    opened.filters(None, [person] if person else None, [role] if role else None)
    position, instant = opened.point_by_now(history, at)
    given = opened.given(history, at, position)
    return instant, why_fact(opened.record(), history, org, position, role=role, person=person, given=given)


def _doubts(found: Explanation, at: datetime | None) -> Doubts:
    """What is not sure about the facts then; each step of a chain says it of itself."""
    every = Doubts()
    for fact in found.facts:
        seats = {fact.org: [fact.role] if fact.role else None}
        about = doubts(found.history, at, seats, position=found.position, given=found.given)
        theirs = [one for one in about.uncertain if fact.role or one.person in (None, fact.person)]
        every |= Doubts(tuple(theirs), about.assumed)
    return every
