"""Lints that keep reasons honest: what a careful reader would ask the author of a log about.

A link says that without the cause nobody would have had a reason.  A link that only names what came before says
something that its author may not mean; one with several reasons says that no single change undoes it.
"""

from collections.abc import Iterator

from boardsim.branches import branch
from boardsim.events import Event
from boardsim.history import History, Variant
from boardsim.problems import Problem
from boardsim.traits import moves


def lints(record: History) -> Iterator[Problem]:
    """All remarks on the reasons in a log, in the order of the events.

    Args:
        record: the replay of the log, as known by now.
    """
    undone = _undone_by_one_drop(record)
    for index, event in enumerate(record.events):
        if record.rulings[index].kind != "effective":
            continue
        yield from _over_determined(record, event)
        if event.because and event.id not in undone:
            message = f"no single change undoes '{event.id}': its reasons hold in every world that lacks one event"
            yield _note(record, event, "never-orphaned", message, "is that what the record says?")
        if moves(event) and index and _only_names_the_last(record, index):
            message = f"'{event.id}' names only the event before it, '{record.events[index - 1].id}', as its reason"
            hint = "it could have happened without; is it a reason, or only what came before?"
            yield _note(record, event, "habitual-link", message, hint)


def _note(record: History, event: Event, code: str, message: str, hint: str) -> Problem:
    place = record.log.place_of(event)
    return Problem(code=code, message=message, hint=hint, place=place, event=event.id, org=event.org, severity="note")


def _over_determined(record: History, event: Event) -> Iterator[Problem]:
    for clause in event.because:
        reasons = [cause for cause in clause if cause in record and record.ruling(cause).is_valid_cause]
        if len(reasons) > 1:
            message = f"'{event.id}' has {len(reasons)} reasons of which one is enough: {', '.join(reasons)}"
            yield _note(record, event, "over-determined", message, "no single drop among them removes it")


def _undone_by_one_drop(record: History) -> set[str]:
    """The events that some world, in which a single other event was dropped, orphans."""
    causes = {cause for event in record.events for clause in event.because for cause in clause if cause in record}
    return {event for cause in causes for event in _orphans(record, cause)}


def _orphans(record: History, drop: str) -> set[str]:
    world = Variant(log=record.log, dropped=frozenset([drop]))
    history = branch(record, record.events[record.index(drop)].at, world)
    return {history.events[i].id for i in history.without_effect if history.rulings[i].kind == "orphaned"}


def _only_names_the_last(record: History, index: int) -> bool:
    """Whether the event before it is its whole reason, without being what makes it possible."""
    event, last = record.events[index], record.events[index - 1]
    if event.because != ((last.id,),):
        return False
    world = Variant(log=record.log, dropped=frozenset([last.id]), kept=frozenset([event.id]))
    return branch(record, last.at, world).ruling(event.id).kind == "effective"
