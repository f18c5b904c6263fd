"""Compiled worlds beside plain replay: every drop, every keep, every ballot, alone and together."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Event, Retract, Vote
from boardsim.analysis.fast.compiled import Compiled, RunResult, compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.events import CHOICES, Choice
from boardsim.history import Variant
from tests.differential.brute import Cast, Observation, Worlds
from tests.differential.coverage import Removed, check_coverage
from tests.differential.removals import REMOVALS
from tests.differential.worlds import DAY, PEOPLE, START, Case, cases
from tests.sizes import tries

Assumed = dict[str, dict[str, Choice]]
NONE: frozenset[str] = frozenset()
CARRIED = Goal((Verdict("motion", "carried"),))
ASSUMED: st.SearchStrategy[Choice] = st.sampled_from(["for", "for", "for", "against", "absent"])


@frozen(kw_only=True)
class Otherwise:
    """How a world is otherwise than the one it is made of."""

    dropped: frozenset[str] = NONE
    kept: frozenset[str] = NONE
    ballots: frozenset[Cast] = frozenset()
    forced: bool = False


@frozen(kw_only=True)
class Questions:
    """A case in the world of a scenario, and the worlds that are made of that."""

    case: Case
    base: Otherwise
    assumed: Assumed
    asked: tuple[Otherwise, ...]

    def worlds(self) -> Worlds:
        """All of them, as plain replay has them."""
        known = {event.id for event in self.case.log.events}
        assumed = {vote: ballots for vote, ballots in self.assumed.items() if vote in known}
        base = Variant(log=self.case.log, dropped=self.base.dropped, kept=self.base.kept, ballots=assumed)
        return Worlds(case=self.case, base=base)


@st.composite
def otherwise(draw: st.DrawFn, events: tuple[Event, ...], most: int) -> Otherwise:
    """Some events that are dropped or kept, some ballots that are cast otherwise."""
    names = st.sampled_from([event.id for event in events])
    fates = draw(st.dictionaries(names, st.sampled_from(["dropped", "kept", "kept"]), max_size=most))
    votes = [event.id for event in events if isinstance(event, Vote)]
    cast = st.tuples(st.sampled_from(votes), st.sampled_from(PEOPLE[:4]))
    ballots = draw(st.dictionaries(cast, st.sampled_from(CHOICES), max_size=most)) if votes else {}
    return Otherwise(
        dropped=frozenset(name for name, fate in fates.items() if fate == "dropped"),
        kept=frozenset(name for name, fate in fates.items() if fate == "kept"),
        ballots=frozenset((vote, person, choice) for (vote, person), choice in ballots.items()),
        forced=draw(st.booleans()),
    )


@st.composite
def questions(draw: st.DrawFn) -> Questions:
    """A case, sometimes changed by a scenario already; each event is dropped alone, and some things are otherwise."""
    case = draw(cases())
    free = tuple(event for event in case.log.events if not isinstance(event, Retract))
    at = draw(st.sampled_from([*(case.at,) * 6, *(event.at for event in free[-4:])]))
    base, assumed = Otherwise(), dict[str, dict[str, Choice]]()
    if draw(st.booleans()):
        base = evolve(draw(otherwise(free, 2)), ballots=frozenset(), forced=False)
    if draw(st.sampled_from([True, True, True, False])):
        assumed = {"motion": draw(st.fixed_dictionaries(dict.fromkeys(PEOPLE[:3], ASSUMED)))}
    alone = tuple(Otherwise(dropped=frozenset([event.id])) for event in free)
    votes = [event.id for event in free if isinstance(event, Vote)]
    choices: tuple[Choice, ...] = ("for", "against", "absent")
    cast = [(vote, person, choice) for vote in votes for person in PEOPLE[:3] for choice in choices]
    alone += tuple(Otherwise(ballots=frozenset([ballot])) for ballot in cast)
    together = draw(st.lists(otherwise(free, 3), min_size=3, max_size=6))
    return Questions(case=evolve(case, at=at), base=base, assumed=assumed, asked=(*alone, *together))


def ready_of(worlds: Worlds) -> Compiled:
    """The engine for these worlds."""
    return compiled(worlds.base, worlds.case.goal, worlds.position)


def in_cone(compiled_case: Compiled, events: Iterable[Event]) -> frozenset[str]:
    """The events of which the engine knows something."""
    lost = compiled_case.run().lost
    return frozenset(event.id for event in events if compiled_case.fate(event.id, lost))


def run(compiled_case: Compiled, world: Otherwise, cone: frozenset[str]) -> RunResult:
    """A world as the engine has it; what it says that the goal cannot depend on is left as it is."""
    ballots: dict[str, dict[str, Choice]] = {}
    for vote, person, choice in world.ballots:
        if vote in cone:
            ballots.setdefault(vote, {})[person] = choice
    return compiled_case.run(dropped=world.dropped & cone, kept=world.kept & cone, ballots=ballots, forced=world.forced)


def seen(worlds: Worlds, world: Otherwise) -> Observation:
    """The same as plain replay has it."""
    return worlds.seen(dropped=world.dropped, kept=world.kept, ballots=world.ballots, forced=world.forced)


def is_carried(found: Observation) -> bool:
    """Whether the motion carries."""
    return "carried" in found.fates.get("motion", ())


def agree(compiled_case: Compiled, ran: RunResult, expected: Observation, worlds: Worlds, cone: frozenset[str]) -> None:
    """The goal, what became of every event on which it can depend, and whether anything is uncertain."""
    assert ran.goal == expected.goal
    assert {name: set(compiled_case.fate(name, ran.lost)) for name in cone} == {
        name: set(expected.fates[name]) for name in cone
    }
    assert ran.open == bool((expected.undetermined - worlds.record.undetermined) & cone)


@settings(max_examples=tries(2000))
@given(questions())
def test_a_compiled_world_is_a_replayed_one(asked: Questions) -> None:
    """In every world the goal, and what becomes of every event that matters, are as in a replay of the whole log."""
    worlds = asked.worlds()
    compiled_case = ready_of(worlds)
    cone = in_cone(compiled_case, worlds.history.events)

    assert compiled_case.is_true == worlds.record.goal
    assert {name for name in asked.case.goal.events if name in worlds.history} <= cone
    for world in asked.asked:
        agree(compiled_case, run(compiled_case, world, cone), seen(worlds, world), worlds, cone)


@settings(max_examples=tries(1000))
@given(questions())
def test_a_compiled_vote_is_a_counted_one(asked: Questions) -> None:
    """In every world a motion carries by the compiled log if it carries in a replay."""
    worlds = asked.worlds()
    compiled_case = compiled(worlds.base, CARRIED, worlds.position)
    cone = in_cone(compiled_case, worlds.history.events)

    assert compiled_case.is_true == is_carried(worlds.record)
    for world in asked.asked:
        expected = seen(worlds, world)
        agree(compiled_case, run(compiled_case, world, cone), evolve(expected, goal=is_carried(expected)), worlds, cone)


@settings(max_examples=tries(2000))
@given(questions(), st.data())
def test_one_change_after_the_other_is_a_replay_of_all(asked: Questions, data: st.DataObject) -> None:
    """A world made ready with one change after another is, like every world made of it, a replay with all of them."""
    worlds = asked.worlds()
    compiled_case = ready_of(worlds)
    cone = in_cone(compiled_case, worlds.history.events)
    first, second = asked.asked[-2:]
    changes: list[str | Cast] = [name for name in sorted(first.dropped) if name in cone]
    changes += [cast for cast in sorted(first.ballots) if cast[0] in cone]
    derived = compiled_case
    for change in data.draw(st.permutations(changes)):
        derived = derived.changed(dropped=change) if isinstance(change, str) else derived.changed(ballot=change)
    alone = Otherwise(dropped=first.dropped, ballots=first.ballots)
    added = {(vote, person) for vote, person, _ in second.ballots}
    kept = frozenset(cast for cast in first.ballots if cast[:2] not in added)
    both = evolve(second, dropped=first.dropped | second.dropped, ballots=second.ballots | kept)

    assert derived.is_true == seen(worlds, alone).goal
    agree(derived, derived.run(), seen(worlds, alone), worlds, cone)
    agree(derived, run(derived, second, cone), seen(worlds, both), worlds, cone)


def _partly(asked: Questions, days: int | None) -> Questions:
    """The same of boards that are wholly on record only after so many days, or never."""
    since: datetime | Literal["never"] = "never" if days is None else START + days * DAY
    orgs = tuple(evolve(org, complete_from=since) for org in asked.case.log.orgs)
    return evolve(asked, case=evolve(asked.case, log=evolve(asked.case.log, orgs=orgs)))


@settings(max_examples=tries(500))
@given(st.builds(_partly, questions(), st.none() | st.integers(0, 14)))
def test_a_compiled_world_of_a_board_partly_on_record_is_a_replayed_one(asked: Questions) -> None:
    """Where whoever has a ballot counts as seated, a world is still as in a replay of the whole log."""
    worlds = asked.worlds()
    compiled_case = ready_of(worlds)
    cone = in_cone(compiled_case, worlds.history.events)

    for world in asked.asked:
        agree(compiled_case, run(compiled_case, world, cone), seen(worlds, world), worlds, cone)


def answer(asked: Questions) -> object:
    """What plain replay says of the goal and of the motion in every world, and whether it is certain."""
    worlds = asked.worlds()
    known = {event.id for event in asked.case.log.events}
    told = []
    for world in asked.asked:
        ballots = frozenset(cast for cast in world.ballots if cast[0] in known)
        found = seen(worlds, evolve(world, ballots=ballots))
        told.append((found.goal, is_carried(found), worlds.sound(found)))
    return told


def _in_the_log(name: str) -> Removed[Questions]:
    return lambda asked: evolve(asked, case=REMOVALS[name](asked.case))


FEATURES: Mapping[str, Removed[Questions]] = {
    **{name: _in_the_log(name) for name in REMOVALS},
    "keep": lambda asked: evolve(asked, asked=tuple(evolve(world, kept=NONE) for world in asked.asked)),
    "keep by force": lambda asked: evolve(asked, asked=tuple(evolve(world, forced=False) for world in asked.asked)),
    "several changes at once": lambda asked: evolve(
        asked, asked=tuple(world if len(world.dropped) < 2 else Otherwise() for world in asked.asked)
    ),
    "ballot otherwise": lambda asked: evolve(
        asked, asked=tuple(evolve(world, ballots=frozenset()) for world in asked.asked)
    ),
    "scenario that drops or keeps": lambda asked: evolve(asked, base=Otherwise()),
    "assumed ballot": lambda asked: evolve(asked, assumed={}),
    "goal in the past": lambda asked: evolve(asked, case=evolve(asked.case, at=asked.case.log.events[-1].at)),
}
"""Everything that a log, a scenario and a change can hold bears on what comes of a world."""


@pytest.mark.ci
def test_every_feature_bears_on_compiled_worlds() -> None:
    """Each feature changes what some world comes to in one of twenty examples at least."""
    check_coverage(questions(), answer, FEATURES)
