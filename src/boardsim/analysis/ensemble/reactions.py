"""Reactions: what somebody would do if something happened, in whatever world it happens.

A record only says what people did in the one world that there was.  A reaction is a declared disposition: where an
event of some kind takes effect, and a condition holds just after it, another event follows.  It is off unless it is
declared.  What a reaction brings about may set off the next one, and there is an end to that.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from boardsim.analysis.ensemble.unknowns import Alternative, Unknown
from boardsim.analysis.goals import Goal
from boardsim.branches import branch
from boardsim.events import Event, role_of
from boardsim.history import History, Variant
from boardsim.log import free_id
from boardsim.problems import Place, Problem
from boardsim.scenario import Branched, Scenario, apply
from boardsim.traits import is_announced, is_counted

MOST = 40
"""How many reactions one world may see; with more of them, some reaction sets itself off for ever."""


@frozen(kw_only=True)
class Trigger:
    """The events that set a reaction off: those of a type that take effect, and have these values.

    Attributes:
        values: by the field's name.  A role is also that of a tenure that the event opened or closed.
        outcome: of a vote: `carried` or `failed`.
    """

    type: type[Event]
    values: Mapping[str, Any]
    outcome: str = "carried"


@frozen(kw_only=True)
class Reaction:
    """If this happens and that is so, then somebody does something.

    Attributes:
        on: what sets it off.
        condition: what must be so just after that; None for nothing.
        event: what follows, but for its id, its time and its reason.
        within: how soon.  The event is set at the end of this time, and its span begins with what set it off.
        chance: how likely the disposition is; in one world it is there, or not, whatever sets it off how often.
        unless: an event that stands for the reaction in worlds in which it takes effect.
    """

    id: str
    on: Trigger
    event: Event
    condition: Goal | None = None
    within: timedelta = timedelta()
    chance: Fraction = Fraction(1)
    unless: str | None = None
    place: Place | None = field(default=None, eq=False)


REACTS, DOES_NOT = "reacts", "does not"


def disposition(reaction: Reaction) -> Unknown | None:
    """Whether somebody is so disposed, as an unknown; None where it is certain."""
    if reaction.chance == 1:
        return None
    sides = ((REACTS, reaction.chance), (DOES_NOT, 1 - reaction.chance))
    alternatives = tuple(Alternative(name=name, chance=chance) for name, chance in sides if chance)
    return Unknown(id=reaction.id, alternatives=alternatives, place=reaction.place)


def react(base: History, branched: Branched, reactions: Sequence[Reaction]) -> History | Problem:
    """The history of a world with everything that its reactions add; or the problem that they never end.

    A reaction comes after what sets it off, so that each is settled once its turn has come.

    Args:
        base: a history that is the same as the branch before `branched.since`.
    """
    world, history = branched.world, branch(base, branched.since, branched.world)
    fired: dict[tuple[str, str], str] = {}
    while (turn := _next(history, reactions, fired)) is not None:
        reaction, index = turn
        if len(fired) == MOST:
            return _endless(reaction)
        event = _event(reaction, history.events[index], world, fired)
        fired[reaction.id, history.events[index].id] = event.id
        added = apply(world, Scenario(id=world.log.id, events=(event,)))
        world, history = added.world, branch(history, added.since, added.world)
    return history


def _next(
    history: History, reactions: Sequence[Reaction], fired: Mapping[tuple[str, str], str]
) -> tuple[Reaction, int] | None:
    """The first reaction that is still to come, and the index of what sets it off."""
    found = ((index, reaction) for reaction in reactions for index in _triggers(history, reaction, fired))
    first = min(found, key=lambda pair: pair[0], default=None)
    return (first[1], first[0]) if first else None


def _triggers(history: History, reaction: Reaction, fired: Mapping[tuple[str, str], str]) -> Iterator[int]:
    """The first event that sets a reaction off and has not done so yet, by its index."""
    if reaction.unless is not None and reaction.unless in history and history.ruling(reaction.unless).is_valid_cause:
        return
    for index, event in enumerate(history.events):
        if type(event) is not reaction.on.type or (reaction.id, event.id) in fired:
            continue
        if _sets_off(history, index, reaction.on) and _may(history, index, reaction.condition):
            yield index
            return


def _sets_off(history: History, index: int, on: Trigger) -> bool:
    event, ruling = history.events[index], history.rulings[index]
    if ruling.kind != "effective" or is_announced(event):
        return False
    if is_counted(event) and ruling.outcome != on.outcome:
        return False
    return all(
        value in _roles(history, index) if name == "role" else getattr(event, name) == value
        for name, value in on.values.items()
    )


def _roles(history: History, index: int) -> set[str | None]:
    """The roles that an event names, opens or closes: who is dismissed from everything also loses each."""
    moved = history.effect(index)
    return {role_of(history.events[index]), *(role for role, _ in (*moved.opened, *moved.closed))}


def _may(history: History, index: int, condition: Goal | None) -> bool:
    return condition is None or condition.holds(history, index + 1)


def _event(reaction: Reaction, trigger: Event, world: Variant, fired: Mapping[tuple[str, str], str]) -> Event:
    """What follows, in its place."""
    at = trigger.at + reaction.within
    span = (trigger.at, at) if reaction.within else (None, None)
    free = free_id(reaction.id, {*fired.values(), *world.log.by_id})
    reason = () if reaction.on.outcome == "failed" else ((trigger.id,),)  # what fails is nobody's reason in a log
    return evolve(reaction.event, id=free, at=at, known=at, because=reason, not_before=span[0], not_after=span[1])


def _endless(reaction: Reaction) -> Problem:
    message = f"the reactions never end: after {MOST} of them, '{reaction.id}' is set off once more"
    hint = "give it a condition that its own effect ends"
    return Problem(code="endless-reaction", message=message, hint=hint, place=reaction.place)
