"""Values of an event that do not fit one another, which no single value shows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from boardsim.bylaws import AMENDABLE, DIRECTOR
from boardsim.events import NAMES, TERMS, Amend, Appoint, Event, Vary, Vote
from boardsim.nearest import listed
from boardsim.reducers import ANNOUNCEABLE


class Misfit(NamedTuple):
    """What is wrong with an event, by the values of several keys.

    Attributes:
        key: the one that points to it, empty where that is the block; `word` is a string in its value.
    """

    code: str
    key: str
    message: str
    hint: str
    word: str | None = None


def misfits(event: Event, zone: ZoneInfo) -> Iterator[Misfit]:
    """What does not fit in an event of a log of that zone."""
    kind = NAMES[type(event)]
    if event.span is not None:
        yield from _of_span(event, *event.span)
    if event.status == "announced" and kind not in ANNOUNCEABLE:
        message = f"a '{kind}' event cannot be announced"
        yield Misfit("not-announceable", "status", message, f"only {listed(ANNOUNCEABLE)} can be")
    if event.due is not None:
        yield from _of_due(event, event.due, zone)
    if kind in _OWN:
        yield from _OWN[kind](event)


def _of_span(event: Event, earliest: datetime, latest: datetime) -> Iterator[Misfit]:
    """What is not exactly known lies within its bounds."""
    if event.precision in ("month", "year") and earliest >= latest:
        message = "'at' does not lie within its bounds: none of it is left between them"
        yield Misfit("outside-span", "at", message, "fix one of the two")
    elif event.not_before and event.not_after and earliest > latest:
        yield Misfit("empty-span", "not_before", "'not_before' lies after 'not_after'", "swap the two?")
    elif not earliest <= event.at <= latest:
        key = "not_before" if event.at < earliest else "not_after"
        message = f"'at' does not lie within its bounds: see '{key}'"
        yield Misfit("outside-span", "at", message, "fix one of the two")


def _of_due(event: Event, due: datetime, zone: ZoneInfo) -> Iterator[Misfit]:
    """Only what has been announced is due, and not before the day on which it was."""
    if event.status != "announced":
        hint = "add status = 'announced', or say in 'at' when it took effect"
        yield Misfit("due-not-announced", "due", "'due' is when an announced event is to take effect", hint)
    elif due < event.at and _day(due, zone) != _day(event.at, zone):
        hint = "'at' is when it was announced, 'due' when it is to take effect"
        yield Misfit("due-too-early", "due", "it would be due before it was announced", hint)


def _day(instant: datetime, zone: ZoneInfo) -> date:
    """The day of an instant in that zone."""
    return instant.astimezone(zone).date()


def _of_seat(event: Appoint) -> Iterator[Misfit]:
    """Named seats are the board's."""
    if event.seat is not None and event.role != DIRECTOR:
        hint = f"appoint to role = \"{DIRECTOR}\", or take 'seat' out"
        message = f"'{event.seat}' is a seat of the board, and the role is '{event.role}'"
        yield Misfit("misplaced-seat", "seat", message, hint)


def _of_terms(event: Vary) -> Iterator[Misfit]:
    if not event.terms:
        yield Misfit("empty-change", "", "the event varies nothing", f"it can set {listed(TERMS)}")


def _of_changes(event: Amend) -> Iterator[Misfit]:
    if not event.changes:
        hint = f"it can set {listed(AMENDABLE)}"
        yield Misfit("empty-change", "set", "the amendment changes no bylaw", hint)


def _of_vote(vote: Vote) -> Iterator[Misfit]:
    yield from _of_ballots(vote)
    if vote.count is not None and vote.ballots:
        side = next(side for side, people in vote.sides() if people)
        message = f"the vote has a count, and ballots by name as well: see '{side}'"
        hint = "take one of the two out; names say more than numbers"
        yield Misfit("ballots-and-count", "count", message, hint)


def _of_ballots(vote: Vote) -> Iterator[Misfit]:
    """A director has one ballot."""
    seen: dict[str, str] = {}
    for side, people in vote.sides():
        for person in people:
            if person in seen:
                message = f"{person} votes twice: '{seen[person]}' and '{side}'"
                yield Misfit("double-ballot", side, message, "a director has one ballot", person)
            seen[person] = side


_OWN: Mapping[str, Callable[[Any], Iterator[Misfit]]] = {
    "appoint": _of_seat,
    "vote": _of_vote,
    "vary": _of_terms,
    "amend": _of_changes,
}
"""What of a type of event no single value shows."""
