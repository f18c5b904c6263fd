"""What falls due: terms that end, filings that the register waits for, and what was announced for a day.

All of it as it stands at an instant: nobody looks at a clock.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal

from attrs import frozen

from boardsim.checks.run import ConfiguredCheck
from boardsim.events import Event, Opening, role_of, term_of
from boardsim.history import History
from boardsim.snapshots import is_overdue
from boardsim.traits import is_announced, movers

Kind = Literal["term", "filing", "announced"]


@frozen(kw_only=True)
class Deadline:
    """Something that falls due.

    Attributes:
        kind: the end of a `term`, a `filing` with the register, or what was `announced` for a day.
        event: the event that says so: the one that opened the tenure or set its term, is to be filed, or was announced.
        opened: of a term, the event that opened the tenure.
        person: whom it concerns; None where it is nobody in particular.
        due: when; of a date the end of that day.
        is_over: whether that is over at the instant that was asked about.
        check: of a filing, the check that asks for it.
        versions: how often what falls due has been said anew: terms that were varied, records that were corrected.
    """

    kind: Kind
    org: str
    event: Event
    opened: Opening | None = None
    person: str | None
    role: str | None
    due: datetime
    is_over: bool
    check: str | None = None
    versions: int


def deadlines(
    history: History, org: str, at: datetime, uses: Iterable[ConfiguredCheck] = (), position: int | None = None
) -> Sequence[Deadline]:
    """What falls due at an organization, as it stands at an instant, the earliest first.

    What is over is there as long as it has not been done: terms whose holder is still in office, filings that are not
    on record, announcements that have not come about.

    Args:
        uses: the checks that the organization is held to; without those about notification, no filing falls due.
        position: how many events had taken place; all up to the instant where it is not said.
    """
    if position is None:
        position = history.position(at)
    found = [
        *_terms(history, org, at, position),
        *_filings(history, org, at, uses, position),
        *_announced(history, org, at, position),
    ]
    return sorted(found, key=lambda one: (one.due, one.kind, one.event.id))


def _terms(history: History, org: str, at: datetime, position: int) -> Iterator[Deadline]:
    for tenure in history.tenures(org):
        if not history.is_held(tenure, position):
            continue
        varied = history.as_of(tenure, position).varied
        event, terms = varied[-1] if varied else (tenure.opened, tenure.opened)
        until = term_of(terms)
        if until is not None:
            yield Deadline(
                kind="term",
                org=org,
                event=event,
                opened=tenure.opened,
                person=tenure.opened.person,
                role=tenure.role,
                due=until,
                is_over=until <= at,
                versions=len(varied) + sum(bool(one.block) for one in (tenure.opened, *(e for e, _ in varied))),
            )


def _filings(
    history: History, org: str, at: datetime, uses: Iterable[ConfiguredCheck], position: int
) -> Iterator[Deadline]:
    """What is to be filed and is not, as far as the record shows.

    Where an organization has no filing on record at all, nobody can say that one is late; what is not yet due is told.
    """
    asking = [(use, notifies) for use in uses if (notifies := use.check.notifies) is not None]
    if not asking:
        return
    every = history.concerning(org)
    own = every[: bisect_left(every, position)]
    first = next((index for index in own if history.events[index].filed is not None), None)
    for index in own:
        event = history.events[index]
        if history.rulings[index].kind != "effective" or is_announced(event) or _is_filed(event, at):
            continue
        for use, notifies in asking:
            due = (event.not_after or event.at) + timedelta(days=use.parameters["days"])
            is_told = due > at or (first is not None and index >= first)
            if is_told and notifies(history, index, use.parameters) is not None:
                yield _filing(org, event, use.check.name, due, at)


def _is_filed(event: Event, at: datetime) -> bool:
    return event.filed is not None and event.filed <= at


def _filing(org: str, event: Event, check: str, due: datetime, at: datetime) -> Deadline:
    return Deadline(
        kind="filing",
        org=org,
        event=event,
        person=next(iter(movers(event)), None),
        role=role_of(event),
        due=due,
        is_over=due <= at,
        check=check,
        versions=int(bool(event.block)),
    )


def _announced(history: History, org: str, at: datetime, position: int) -> Iterator[Deadline]:
    for event in history.state(org, position).announced:
        if event.due is not None:
            yield Deadline(
                kind="announced",
                org=org,
                event=event,
                person=getattr(event, "person", None),
                role=role_of(event),
                due=event.due,
                is_over=is_overdue(event, at, history.log.zone),
                versions=int(bool(event.block)),
            )
