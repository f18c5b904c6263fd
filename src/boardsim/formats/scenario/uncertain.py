"""What a scenario leaves open, read on top of its world: unknowns and reactions."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from boardsim.analysis.ensemble.reactions import Reaction
from boardsim.analysis.ensemble.unknowns import Unknown, overlaps
from boardsim.formats.log.draft import Draft
from boardsim.formats.log.references import look_up
from boardsim.formats.scenario.reactions import read_reaction
from boardsim.formats.scenario.unknowns import read_unknown
from boardsim.formats.syntax.records import Record
from boardsim.history import Variant
from boardsim.log import Log
from boardsim.problems import Problem
from boardsim.scenario import Scenario, apply, touched


@frozen
class Uncertain:
    """Unknowns and reactions, and what is wrong with them; what is sound is there, whatever else is wrong."""

    unknowns: tuple[Unknown, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_uncertain(records: Iterable[Record], world: Variant, before: Uncertain) -> Uncertain:
    """What the blocks leave open, besides what the scenario's base does; `world` has the scenario's changes."""
    log = world.log
    draft = Draft.on(log)
    sound = [record for record in records if not record.broken]
    read = [_read(draft, record, log) for record in sound]
    dropped = look_up(draft)
    found = [one for one in read if one is not None and id(one) not in dropped and _is_known(one, log)]
    kept = _of_their_own(draft, found, log, before)
    unknowns = (*before.unknowns, *(one for one in kept if isinstance(one, Unknown)))
    reactions = (*before.reactions, *(one for one in kept if isinstance(one, Reaction)))
    own = [unknown for unknown in unknowns if unknown not in before.unknowns]
    problems = [*draft.problems, *overlaps(unknowns), *_impossible(own, world)]
    return Uncertain(unknowns, reactions, tuple(problems))


def _read(draft: Draft, record: Record, log: Log) -> Unknown | Reaction | None:
    if record.kind == "unknown":
        return draft.read(record, lambda reader: read_unknown(reader, log.by_id))
    return draft.read(record, lambda reader: read_reaction(reader, log))


def _is_known(one: Unknown | Reaction, log: Log) -> bool:
    """Whether the events exist that it is about; it was noted if they do not."""
    if isinstance(one, Reaction):
        named = [one.unless, one.on.values.get("id")]
        return all(event in log.by_id for event in named if event is not None)
    return all(name in log.by_id for kind, name, _ in map(touched, one.changes()) if kind == "event")


def _of_their_own(
    draft: Draft, found: Sequence[Unknown | Reaction], log: Log, before: Uncertain
) -> list[Unknown | Reaction]:
    """Those whose id is theirs alone: a reaction gives it to an event, and results are told by it."""
    taken = {unknown.id for unknown in before.unknowns} | {reaction.id for reaction in before.reactions}
    kept: list[Unknown | Reaction] = []
    for one in found:
        if one.id in taken or (isinstance(one, Reaction) and one.id in log.by_id):
            draft.problem("duplicate-id", f"the id '{one.id}' is taken", one.place, "choose another")
        else:
            kept.append(one)
        taken.add(one.id)
    return kept


def _impossible(unknowns: Iterable[Unknown], world: Variant) -> Iterator[Problem]:
    """What is wrong with an alternative already by itself."""
    for unknown in unknowns:
        for alternative in unknown.alternatives:
            places = dict.fromkeys(range(len(alternative.changes)), unknown.place)
            scenario = Scenario(
                id=unknown.id,
                changes=alternative.changes,
                places={index: place for index, place in places.items() if place is not None},
            )
            yield from apply(world, scenario).problems
