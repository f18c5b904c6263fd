"""The worlds that the page can show beside the record: scenarios, votes that come out otherwise, events left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, frozen

from boardsim.analysis.whatif import Answer
from boardsim.events import Event, cited
from boardsim.history import History, Variant
from boardsim.kernel import replay
from boardsim.log import InOrder
from boardsim.traits import is_counted, moves, retracts
from boardsim.views.json.page.tables import Json, Names, Tables, differences, places_of
from boardsim.views.json.page.votes import turned
from boardsim.views.words import in_names

MOST_COMBINED = 6
"""Of so many votes every combination of outcomes is a world of its own; of more, only each vote by itself."""


MOST_REPLAYED = 60_000
"""Events are left out one by one only where that takes so many events again, all worlds together: some seconds."""


@frozen(kw_only=True)
class World:
    """A world beside the record.

    Attributes:
        id: a scenario's, or `VOTE.failed` and `VOTE.carried`, joined by `+` where it is of several votes.
        title: what it is called; `question` is what it was made to answer.
        remark: what is left open in it.
    """

    id: str
    title: str
    variant: Variant
    history: History
    question: str | None = None
    remark: str | None = None


def of_scenario(found: Sequence[Answer]) -> World:
    """The world of a scenario; where votes are open in it, the one in which they fail."""
    last = found[-1]
    log = last.history.log
    turning = dict.fromkeys(f"{one.turning.vote}: {one.turning}" for one in last.assumed)
    open_votes = "; ".join(in_names(log, one, [assumed.turning.vote for assumed in last.assumed]) for one in turning)
    return World(
        id=last.scenario.id,
        title=last.scenario.title or last.scenario.id,
        question=last.scenario.question,
        remark=f"Undetermined; shown as it is if the vote fails. {open_votes}" if open_votes else None,
        variant=last.history.world,
        history=last.history,
    )


def of_votes(record: History, combined: str = "") -> Iterator[World]:
    """For each vote that can come out otherwise the world in which it does, and their combinations if they are few.

    Args:
        combined: of many votes, the id of one combination that is wanted besides; no world where it names none.
    """
    other = {event.id: vote for event in record.events if (vote := turned(record, event)) is not None}
    most = len(other) if len(other) <= MOST_COMBINED else 1
    for number in range(1, most + 1):
        for some in combinations(other, number):
            yield _of_votes(record, {name: other[name] for name in some})
    wanted = set(combined.split("+"))
    those = {name: vote for name, vote in other.items() if f"{name}.{_otherwise(record, name)}" in wanted}
    if most < len(those) == len(wanted):
        yield _of_votes(record, those)


def _of_votes(record: History, other: Mapping[str, Event]) -> World:
    events = InOrder.of((other.get(event.id, event) for event in record.log.events), record.log.events.places)
    log = evolve(record.log, events=events, index=None)
    history = replay(Variant(log=log))
    outcomes = {name: _otherwise(record, name) for name in other}
    words = " and ".join(f"“{_motion(event)}”" for event in other.values())
    verb = "had" if len(set(outcomes.values())) == 1 else "had come out otherwise:"
    outcome = next(iter(outcomes.values())) if verb == "had" else ""
    only = len(other) == 1 and sum(map(is_counted, record.events)) == 1
    title = f"If the vote had {outcome}" if only else f"If {words} {verb} {outcome}".rstrip()
    name = "+".join(f"{vote}.{outcomes[vote]}" for vote in other)
    return World(id=name, title=title, variant=history.world, history=history)


def _otherwise(record: History, vote: str) -> str:
    return "failed" if record.ruling(vote).outcome == "carried" else "carried"


def _motion(event: Event) -> str:
    return str(getattr(event, "motion", event.id))


def droppable(record: History) -> Sequence[Event] | None:
    """The events on which something else can hang; None where they are too many to show the world without each."""
    named = {*record.log.record_names.values()}.union(*map(cited, record.log.events))
    found = [event for event in record.events if event.id in named or moves(event) or retracts(event)]
    return found if len(found) * len(record.events) <= MOST_REPLAYED else None


def world_json(world: World, record: History, of_record: Tables, names: Names, found: Tables) -> Json:
    """What is otherwise in a world: rows that it has not, rows that it has besides, and its own events."""
    return {
        "id": world.id,
        "title": world.title,
        "question": world.question,
        "remark": world.remark,
        "horizon": names.instant(world.variant.horizon),
        "lost": lost(record, world.history),
        "own": [names.event(event) for event in own_events(record, world.history)],
        **differences(places_of(of_record), of_record, found),
    }


def lost(record: History, history: History) -> int:
    """How many events of the record did not happen, or came out otherwise."""
    rulings = {event.id: ruling for event, ruling in zip(history.events, history.rulings, strict=True)}
    pairs = zip(record.events, record.rulings, strict=True)
    return sum(event.id not in rulings or rulings[event.id].verdict != ruling.verdict for event, ruling in pairs)


def own_events(record: History, history: History) -> Iterable[Event]:
    """The events of a world that the record has not, or has at another time."""
    return [event for event in history.events if event.id not in record or not _is_same(record, event)]


def _is_same(record: History, event: Event) -> bool:
    other = record.events[record.index(event.id)]
    return (other.at, other.org, getattr(other, "person", None)) == (
        event.at,
        event.org,
        getattr(event, "person", None),
    )
