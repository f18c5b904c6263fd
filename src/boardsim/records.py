"""What stands of a log: as it is known at an instant, after what was taken back and corrected by then.

A record is a block and every later one that corrects it.  Of its statements that were public the last one counts: a
version is what stands, and a retraction leaves nothing standing.  What stands carries the name of the record, the id of
its first block, whoever cites it and by whichever of its ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from attrs import frozen

from boardsim.days import day_begun, next_midnight
from boardsim.events import Event, target_of
from boardsim.log import LAST, Log, arranged
from boardsim.traits import RETRACTING, retracts
from boardsim.values import Value


def as_known(log: Log, known: datetime | None = None, dropped: frozenset[str] = frozenset()) -> Sequence[Event]:
    """The events of a log that were public at `known`, as their records stood then.

    A retraction may itself be retracted, and then it was never made.  One that is `dropped` retracts nothing.
    """
    public: Sequence[Event] = log.events
    if known is not None:
        public = [event for event in log.events if event.known <= known and _is_public(event, known, log)]
    names = log.record_names
    if not names and not any_retracts(public):
        return arranged(public, log.events.places) if known is not None and log.events.places else public
    retractions = [event for event in public if retracts(event) and event.id not in dropped]
    wrong = held_wrong(retractions)
    if not names:
        public = [event for event in public if event.id not in wrong]
        return arranged(public, log.events.places) if log.events.places else public
    return _standing(log, public, wrong, [event for event in retractions if event.id not in wrong])


def _is_public(event: Event, known: datetime, log: Log) -> bool:
    """Whether an event that is said to have become known by then had; only of its own day is there any doubt."""
    if event.at <= known and type(event) not in RETRACTING:
        return True
    return public_since(event, log) <= known


def public_since(event: Event, log: Log) -> datetime:
    """When an event became known.

    Where the record gives only the day on which it did, and it took effect on that day, nobody knew before it did;
    and of a retraction, nobody knew before that day was over.
    """
    day = day_begun(event.known, log.zone)
    if day is None or not event.known <= event.at < (end := next_midnight(day, log.zone)):
        return event.known
    return end - timedelta(microseconds=1) if retracts(event) else event.at


def any_retracts(events: Iterable[Event]) -> bool:
    """Whether some event takes back the record of another."""
    return not RETRACTING.isdisjoint(map(type, events))


def held_wrong(retractions: Iterable[Event]) -> set[str]:
    """The ids of the events whose record is held to be wrong: what a retraction takes back that none takes back itself.

    Whichever of two counts from a later instant: the one that takes back the other is the last word on it.  In a
    circle, which no file can say, that is the last in the log.
    """
    targets = {event.id: str(target_of(event)) for event in retractions}
    wrong: set[str] = set()
    last_first = [*targets][::-1]
    for name in sorted(last_first, key=lambda name: _steps_down(name, targets), reverse=True):
        if name not in wrong:
            wrong.add(targets[name])
    return wrong


def _steps_down(name: str, targets: Mapping[str, str]) -> int:
    """How many retractions lie below one: it may take back one that takes back another."""
    for steps in range(len(targets)):
        name = targets[name]
        if name not in targets:
            return steps
    return 0


def _standing(log: Log, public: Sequence[Event], wrong: set[str], retractions: Sequence[Event]) -> Sequence[Event]:
    """What stands of a log with corrections, in order; `retractions` are those that nobody took back."""
    names, places = log.record_names, log.events.places
    last = dict.fromkeys(names.values())
    versions = (event for event in public if names.get(event.id, event.id) in last)
    for statement in _as_told(log, (*versions, *retractions)):
        about = str(target_of(statement)) if retracts(statement) else statement.id
        if (name := names.get(about, about)) in last:
            last[name] = statement

    def stands(event: Event) -> bool:
        name = names.get(event.id, event.id)
        return last[name] is event if name in last else event.id not in wrong

    return arranged((log.as_named(event) for event in public if stands(event)), places)


def taken_back_by(events: Iterable[Event], name: str) -> Event | None:
    """The event that takes back the record of that name, of those that a view has; None where none does."""
    return next((one for one in events if retracts(one) and target_of(one) == name), None)


@frozen(eq=False, repr=False)
class Retracted(Value):
    """What the retractions of a log come to, of which none was taken out that is counted here.

    Attributes:
        wrong: the ids of the events whose record is held to be wrong.
        about: by the name of a record, the retractions of it that nobody took back.
    """

    wrong: AbstractSet[str]
    about: Mapping[str, Sequence[Event]]


def retracted(log: Log, dropped: frozenset[str]) -> Retracted:
    """What is retracted by now, where some of the retractions are `dropped`."""
    retractions = [event for event in log.events if retracts(event) and event.id not in dropped]
    wrong = held_wrong(retractions)
    about: dict[str, list[Event]] = {}
    for event in retractions:
        if event.id not in wrong:
            about.setdefault(log.record_of(str(target_of(event))), []).append(event)
    return Retracted(wrong, about)


def standing(log: Log, names: Iterable[str], told: Retracted) -> Mapping[str, Event]:
    """What stands by now of some records, by name: the same as `as_known` has of them."""
    found: dict[str, Event] = {}
    for name in names:
        corrections = log.events.corrections.get(name)
        if corrections is None:
            event = log.by_id[name]
            if name not in told.wrong:
                found[name] = log.as_named(event)
            continue
        versions = (log.by_id[block] for block in (name, *corrections) if block in log.by_id)
        *_, last = _as_told(log, (*versions, *told.about.get(name, ())))
        if not retracts(last):
            found[name] = log.as_named(last)
    return found


def _as_told(log: Log, statements: Iterable[Event]) -> Sequence[Event]:
    """Statements in the order in which they were made public on record, wherever a scenario moves them.

    A first block comes before all that correct it or take it back, also what was public before it: it was there to be
    corrected.
    """
    names, places = log.record_names, log.events.places
    firsts = {*names.values()}

    def since(one: Event) -> tuple[datetime, int]:
        return log.told.get(one.id) or (public_since(one, log), places.get(one.id, LAST))

    def told(one: Event) -> tuple[datetime, bool, datetime, int]:
        public, place = since(one)
        first = log.by_id.get(log.record_of(str(target_of(one)))) if retracts(one) else None
        return public if first is None else max(public, since(first)[0]), one.id not in firsts, public, place

    return sorted(statements, key=told)


def last_version(log: Log, name: str) -> Event:
    """The last version of one record, taken back or not, as its block has it."""
    return _as_told(log, [log.by_id[block] for block in (name, *log.events.corrections.get(name, ()))])[-1]


def newest(log: Log) -> Sequence[Event]:
    """The last version of every record, taken back or not, in order."""
    if not log.record_names:
        return log.events
    last: dict[str, Event] = {}
    for event in _as_told(log, log.events):
        last[log.record_of(event.id)] = log.as_named(event)
    return arranged(last.values(), log.events.places)
