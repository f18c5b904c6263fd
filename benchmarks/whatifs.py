"""What a what-if costs: worlds a second, the shared prefix, and the memory of many worlds."""

import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate
from boardsim import History, Vote, load_case
from boardsim.events import CHOICES
from boardsim.history import Variant
from boardsim.kernel import branch, replay
from boardsim.scenario import Ballot, Branched, Change, Drop, Retime, Scenario, apply

TITLE = "What-ifs: beside a full replay"

GOAL = 5_000
"""What-ifs a second on the weekend."""

DISTINCT = 15_000
"""The same of changes that are all different."""

ROUNDS = 10
"""The what-ifs are asked in so many turns, by turns with what they are compared with."""


def figures(plan: Plan) -> Iterator[Figure]:
    """The weekend asked again and again; the end of a long log changed; many worlds held at once."""
    yield from _weekend(plan)
    yield from _distinct(plan)
    yield from _suffix(plan)
    yield from _local(plan)
    yield from _held(plan)


def _world(base: Variant, change: Change) -> Branched:
    return apply(base, Scenario(id="what-if", changes=(change,)))


def _branch(record: History, base: Variant, change: Change) -> History:
    branched = _world(base, change)
    return branch(record, branched.since, branched.world)


def _weekend(plan: Plan) -> Iterator[Figure]:
    """Sutskever votes against: a hundred events fall, which is the dearest question that the weekend has."""
    log = load_case("openai-2023").log
    record, base = replay(log), Variant(log=log)
    change = Ballot(vote="removal-vote", director="ilya-sutskever", to="against")
    made = _world(base, change)
    runs = max(1, plan.whatifs // ROUNDS)
    programs = {
        "what-ifs": lambda: _again(runs, lambda: _branch(record, base, change)),
        "branches": lambda: _again(runs, lambda: branch(record, made.since, made.world)),
        "full": lambda: _again(runs, lambda: replay(_world(base, change).world)),
    }
    timed = alternate(programs, ROUNDS)
    each, full = timed.of("what-ifs") / runs, seconds(timed.of("full") / runs)
    met = goal(1 / each, ">=", GOAL)
    what = f"what-if on the weekend, {plan.whatifs:,} in one process"
    yield Figure(what, seconds(each), "", f"{1 / each:,.0f}/s", f">= {GOAL:,}/s", met)
    yield Figure("  beside replaying it whole", seconds(each), full, f"{timed.ratio('full', 'what-ifs'):.2f} x")
    alone = timed.of("branches") / runs
    yield Figure("  the branch alone, its world being made", seconds(alone), full, f"{1 / alone:,.0f}/s")


def _distinct(plan: Plan) -> Iterator[Figure]:
    """Every change of the weekend once, none of them twice: each event left out, each ballot cast otherwise."""
    log = load_case("openai-2023").log
    record, base = replay(log), Variant(log=log)
    changes: list[Change] = [Drop(event=event.id) for event in log.events]
    votes = [event for event in log.events if isinstance(event, Vote) and event.count is None]
    changes += [
        Ballot(vote=vote.id, director=director, to=to)
        for vote in votes
        for director, choice in vote.ballots.items()
        for to in CHOICES
        if to != choice
    ]
    asked = changes[: plan.whatifs]
    programs = {
        "what-ifs": lambda: [_branch(record, base, change) for change in asked],
        "full": lambda: [replay(_world(base, change).world) for change in asked],
    }
    timed = alternate(programs, 3)
    each = timed.of("what-ifs") / len(asked)
    full = seconds(timed.of("full") / len(asked))
    met = goal(1 / each, ">=", DISTINCT)
    yield Figure(
        f"{len(asked):,} distinct changes of it", seconds(each), full, f"{1 / each:,.0f}/s", f">= {DISTINCT:,}/s", met
    )


def _again(times: int, ask: Callable[[], History]) -> None:
    for _ in range(times):
        ask()


def _suffix(plan: Plan) -> Iterator[Figure]:
    """One of the last hundredth of the events dropped, beside a full replay of the changed log."""
    events = boards.moves(plan.history)
    log = boards.log(events)
    record, base = replay(log), Variant(log=log)
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


def _local(plan: Plan) -> Iterator[Figure]:
    """Somebody is not appointed: after twenty events the board is as on record, wherever in a long log that was."""
    events = boards.moves(plan.history)
    for log, what in ((boards.log(events), ""), (boards.corrected(events), ", corrected")):
        record, base = replay(log), Variant(log=log)
        for share in (0.1, 0.5, 0.9, 0.999):
            place = int(len(events) * share) | 1
            change: Change = Drop(event=events[place].id)
            if share == 0.5:  # which makes other events of them, where an event left out leaves them as they are
                change = Retime(event=events[place].id, to=events[place + 2].at)
            world = _world(base, change).world
            agree({"branch": ending(_branch(record, base, change)), "full": ending(replay(world))})
            programs = {"branch": partial(_branch, record, base, change), "full": partial(replay, world)}
            timed = alternate(programs, 3)
            value = timed.of("branch")
            yield Figure(
                f"{'moved' if share == 0.5 else 'left out'}, at {share:.1%} of {len(log.events):,}{what}",
                seconds(value),
                seconds(timed.of("full")),
                f"{timed.ratio('full', 'branch'):,.0f} x",
                "<= 1 ms",
                goal(value, "<=", 1e-3),
            )


def ending(history: History) -> tuple[tuple[str, ...], int]:
    """Who sits in the end, and how many events took effect."""
    return boards.directors(history.state(boards.ORG)), sum(ruling.kind == "effective" for ruling in history.rulings)


def _held(plan: Plan) -> Iterator[Figure]:
    """Worlds held at once, each with another of the last tenth of the events dropped, beside whole histories."""
    events = boards.moves(1_000)
    log = boards.log(events)
    record, base = replay(log), Variant(log=log)
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
