"""What a what-if costs: worlds a second, the shared prefix, and the memory of many worlds."""

import tracemalloc
from collections.abc import Callable, Iterator

from benchmarks import boards
from benchmarks.report import Figure, goal, seconds
from benchmarks.sections import Plan
from benchmarks.timing import alternate
from boardsim import History, load_case, replay
from boardsim.replay import World, branch
from boardsim.scenario import Ballot, Branched, Change, Drop, Scenario, apply

GOAL = 5_000
"""What-ifs a second on the weekend."""


def figures(plan: Plan) -> Iterator[Figure]:
    """The weekend asked again and again; the end of a long log changed; many worlds held at once."""
    yield from _weekend(plan)
    yield from _suffix(plan)
    yield from _held(plan)


def _world(base: World, change: Change) -> Branched:
    return apply(base, Scenario(id="what-if", changes=(change,)))


def _branch(record: History, base: World, change: Change) -> History:
    branched = _world(base, change)
    return branch(record, branched.since, branched.world)


def _weekend(plan: Plan) -> Iterator[Figure]:
    """Sutskever votes against: a hundred events fall, which is the dearest question that the weekend has."""
    log = load_case("openai-2023").log
    record, base = replay(log), World(log=log)
    change = Ballot(vote="removal-vote", director="ilya-sutskever", to="against")
    runs = plan.whatifs
    programs = {
        "what-ifs": lambda: _again(runs, lambda: _branch(record, base, change)),
        "full replays": lambda: _again(runs, lambda: replay(_world(base, change).world)),
    }
    timed = alternate(programs, 3)
    rate = runs / timed.of("what-ifs")
    ratio = timed.ratio("full replays", "what-ifs")
    yield Figure(
        f"a what-if on the weekend, {runs:,} in one process",
        seconds(timed.of("what-ifs") / runs),
        seconds(timed.of("full replays") / runs),
        f"{rate:,.0f}/s",
        f">= {GOAL:,}/s",
        met=goal(rate, ">=", GOAL),
    )
    yield Figure("  the same beside a full replay", seconds(timed.of("what-ifs") / runs), "", f"{ratio:.2f} x")


def _again(times: int, ask: Callable[[], History]) -> None:
    for _ in range(times):
        ask()


def _suffix(plan: Plan) -> Iterator[Figure]:
    """One of the last hundredth of the events dropped, beside a full replay of the changed log."""
    events = boards.moves(plan.history)
    log = boards.log(events)
    record, base = replay(log), World(log=log)
    change = Drop(event=events[-len(events) // 100].id)
    world = _world(base, change).world
    programs = {"branch": lambda: _branch(record, base, change), "full": lambda: replay(world)}
    timed = alternate(programs, 9)
    ratio = timed.ratio("full", "branch")
    yield Figure(
        f"a branch of the last 1 % of {len(events):,} events",
        seconds(timed.of("branch")),
        seconds(timed.of("full")),
        f"{ratio:.0f} x",
        ">= 50 x",
        met=goal(ratio, ">=", 50),
    )


def _held(plan: Plan) -> Iterator[Figure]:
    """Worlds held at once, each with another of the last tenth of the events dropped, beside whole histories."""
    events = boards.moves(1_000)
    log = boards.log(events)
    record, base = replay(log), World(log=log)
    changes = [Drop(event=event.id) for event in events[-100:]]
    worlds = plan.worlds
    branched = _weight(lambda: [_branch(record, base, changes[n % 100]) for n in range(worlds)])
    whole = _weight(lambda: [replay(log) for _ in range(worlds)])
    yield Figure(
        f"a world held, of {worlds:,} on 1,000 events",
        f"{branched / worlds / 1024:.0f} KiB",
        f"{whole / worlds / 1024:.0f} KiB",
        f"1/{whole / branched:.1f}",
        "<= 1/2",
        met=goal(branched / whole, "<=", 0.5),
    )


def _weight(make: Callable[[], object]) -> int:
    """The bytes that what is made keeps."""
    tracemalloc.start()
    kept = make()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size
