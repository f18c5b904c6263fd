"""Actual causes by their definition, over plain replays: all sets of atoms, all that they could have been, all held.

A set of atoms is a cause if, were they otherwise in some way, and some other events held as they in fact were, the goal
would not be true; and if no smaller part of it is one (Halpern 2015).  To hold an event that took effect is to keep it
whatever became of its reasons, and to hold one that did not is to let it not happen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import combinations, product

from attrs import frozen

from boardsim import JoinCompany, Resign, Retract, Vote
from boardsim.events import CHOICES, Event
from tests.differential.brute import Cast, Worlds, sitting_at
from tests.differential.worlds import START

Names = frozenset[str]
Setting = tuple[Cast | str, ...]
"""How some things are otherwise: ballots that are others, and events that do not happen."""

Ways = Sequence[Setting]
"""All the ways in which one atom could have been otherwise."""


@frozen
class Nearest:
    """A set of atoms that shows what it has to, and the fewest things held in such a world."""

    atoms: Names
    held: int


def ballot_atoms(worlds: Worlds, since: datetime) -> dict[str, Ways]:
    """The ballots on record of directors who sat, in votes that were held."""
    found: dict[str, Ways] = {}
    for index, event in enumerate(worlds.history.events):
        if isinstance(event, Vote) and event.at >= since and worlds.history.rulings[index].tally is not None:
            sitting = sitting_at(worlds.history.state(event.org, index), event)
            for choice, people in event.sides():
                for person in people:
                    if person in sitting:
                        others = [other for other in CHOICES if other != choice]
                        found[f"{event.id}: {person}"] = [((event.id, person, other),) for other in others]
    return found


def event_atoms(worlds: Worlds, since: datetime) -> dict[str, Ways]:
    """The events that took effect; that a record is wrong is not an event in the world."""
    record = worlds.record.fates
    events = (e for e in worlds.history.events if e.at >= since and not isinstance(e, Retract))
    return {event.id: [(event.id,)] for event in events if record[event.id][0] == "effective"}


def people_atoms(worlds: Worlds, since: datetime) -> dict[str, Ways]:
    """Everybody with all that they did: some of it otherwise, or all."""
    events = {event.id: event for event in worlds.history.events}
    theirs: dict[str, list[Ways]] = {}
    for name, ways in ballot_atoms(worlds, since).items():
        theirs.setdefault(name.partition(": ")[2], []).append(ways)
    for name, ways in event_atoms(worlds, since).items():
        person = actor(events[name])
        if person in worlds.case.log.person_by_id:
            theirs.setdefault(str(person), []).append(ways)
    return {person: list(_some(ways)) for person, ways in theirs.items()}


def actor(event: Event) -> str | None:
    """Who did something: whoever is named, or whoever leaves or joins by their own will."""
    return event.by if event.by is not None else event.person if isinstance(event, Resign | JoinCompany) else None


def _some(several: Sequence[Ways]) -> Iterator[Setting]:
    for number in range(1, len(several) + 1):
        for some in combinations(several, number):
            for way in product(*some):
                yield tuple(part for parts in way for part in parts)


def atoms_of(worlds: Worlds, of: Sequence[str], since: datetime = START) -> dict[str, Ways]:
    """What could have been otherwise from some instant on."""
    makers = {"votes": ballot_atoms, "events": event_atoms, "people": people_atoms}
    return {name: ways for kind in of for name, ways in makers[kind](worlds, since).items()}


def causes(
    worlds: Worlds, atoms: Mapping[str, Ways], *, distance: int | None = None, forced: bool = False
) -> list[Nearest]:
    """All causes of the goal, each with the fewest things that have to be held.

    Args:
        distance: how many atoms and held things there are at the most; None for any number.
    """
    found: list[Nearest] = []
    for size in range(1, 1 + (len(atoms) if distance is None else min(distance, len(atoms)))):
        most = None if distance is None else distance - size
        for several in combinations(atoms, size):
            names = frozenset(several)
            if any(cause.atoms < names for cause in found):
                continue
            ways = product(*(atoms[name] for name in several))
            settings = [[part for parts in way for part in parts] for way in ways]
            held = _fewest_held(worlds, settings, most, forced=forced)
            if held is not None:
                found.append(Nearest(names, held))
    return found


def _fewest_held(
    worlds: Worlds, settings: Iterable[Sequence[Cast | str]], most: int | None, *, forced: bool
) -> int | None:
    """How many things have to be held, at the least, for the goal not to be true; None where nothing will do.

    To hold what would be as it was anyway changes nothing.  So a set is worth a look only where the last thing in it,
    in some order, is otherwise without being held.
    """
    sets = {(tuple(setting), frozenset[str]()) for setting in settings}
    number = 0
    while sets and (most is None or number <= most):
        further: set[tuple[Setting, Names]] = set()
        for setting, held in sets:
            changed = _changed(worlds, setting, held, forced=forced)
            if changed is None:
                return number
            further |= {(setting, held | {name}) for name in changed}
        sets, number = further, number + 1
    return None


def _changed(worlds: Worlds, setting: Sequence[Cast | str], held: Names, *, forced: bool) -> Names | None:
    """What is otherwise in a world and could be held besides; None where the world shows what it has to."""
    lost = worlds.record.lost
    kept = held - lost
    own = {part for part in setting if isinstance(part, str)}
    seen = worlds.seen(
        dropped=frozenset(own | held & lost),
        kept=kept,
        ballots=frozenset(part for part in setting if not isinstance(part, str)),
        forced=forced,
    )
    if not seen.goal and worlds.sound(seen) and not kept & seen.lost:
        return None
    return (seen.lost ^ lost) - held - own


def by_definition(worlds: Worlds, atoms: Mapping[str, Ways]) -> list[Nearest]:
    """The same, word by word: whatever may be held is held, whether or not it would have been otherwise."""
    found: list[Nearest] = []
    events = [event.id for event in worlds.history.events]
    for size in range(1, len(atoms) + 1):
        for several in combinations(atoms, size):
            if any(cause.atoms < set(several) for cause in found):
                continue
            ways = [[part for parts in way for part in parts] for way in product(*(atoms[name] for name in several))]
            for number in range(len(events)):
                if any(
                    _changed(worlds, way, frozenset(held), forced=False) is None
                    for way in ways
                    for held in combinations(events, number)
                    if not set(held) & set(way)
                ):
                    found.append(Nearest(frozenset(several), number))
                    break
    return found


def degrees(found: Sequence[Nearest], definition: str) -> dict[str, Fraction]:
    """The degree of responsibility of each atom that is part of a cause."""
    told: dict[str, Fraction] = {}
    for cause in found:
        count = len(cause.atoms) + (cause.held if definition == "hp2016" else 0)
        for atom in cause.atoms:
            told[atom] = max(told.get(atom, Fraction(0)), Fraction(1, count))
    return told
