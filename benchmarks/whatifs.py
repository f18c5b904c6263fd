"""What a what-if costs: worlds a second, the shared prefix, and the memory of many worlds."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import History, Log, Vote, load_case
from boardsim.branches import branch
from boardsim.events import CHOICES, Choice, Event
from boardsim.history import Variant
from boardsim.kernel import replay
from boardsim.scenario import Ballot, Branched, Change, Drop, Retime, Scenario, apply

TITLE = "What-ifs: beside a full replay"

GOAL = 5_000
"""What-ifs a second on the weekend."""

DISTINCT = 15_000
"""The same of questions that are all different."""

ROUNDS = 10
"""The what-ifs are asked in so many turns, by turns with what they are compared with."""

NEIGHBOURS = 10
"""So many changes beside one another are asked about in a turn: one alone is over before a clock can tell."""


def figures(plan: Plan) -> Iterator[Figure]:
    """The weekend asked again and again; the end of a long log changed; many worlds held at once."""
    yield from _weekend(plan)
    yield from _distinct(plan)
    yield from _suffix(plan)
    yield from _local(plan)
    yield from _held(plan)


def _world(base: Variant, *changes: Change) -> Branched:
    return apply(base, Scenario(id="what-if", changes=changes))


def _branch(record: History, base: Variant, *changes: Change) -> History:
    branched = _world(base, *changes)
    return branch(record, branched.since, branched.world)


def _as_new(record: History, base: Variant, change: Change) -> History:
    """The same, of a question that may have been asked before: what was kept of it then does not count."""
    return _branch_as_new(record, _world(base, change))


def _each_as_new(record: History, base: Variant, changes: Sequence[Change]) -> None:
    for change in changes:
        _as_new(record, base, change)


def _branch_as_new(record: History, made: Branched) -> History:
    record.worked_out.pop("tails", None)
    return branch(record, made.since, made.world)


def _weekend(plan: Plan) -> Iterator[Figure]:
    """Sutskever votes against: a hundred events fall, which is the dearest question that the weekend has."""
    log = load_case("openai-2023").log
    record, base = replay(log), Variant(log=log)
    change = Ballot(vote="removal-vote", director="ilya-sutskever", to="against")
    made = _world(base, change)
    runs = max(1, plan.whatifs // ROUNDS)
    programs = {
        "what-ifs": lambda: _again(runs, lambda: _as_new(record, base, change)),
        "branches": lambda: _again(runs, lambda: _branch_as_new(record, made)),
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
    """Questions to one record of the weekend, each of them once, the record itself included."""
    log = load_case("openai-2023").log
    votes = [event for event in log.events if isinstance(event, Vote) and event.count is None]
    ballots: list[Change] = [
        Ballot(vote=vote.id, director=director, to=to)
        for vote in votes
        for director, choice in vote.ballots.items()
        for to in CHOICES
        if to != choice
    ]
    single: list[Change] = [*(Drop(event=event.id) for event in log.events), *ballots]
    profiles = [*_profiles(votes[0])]
    yield _asked_once(log, [(change,) for change in single[: plan.whatifs]], "distinct changes of it")
    yield _asked_once(log, profiles[: plan.whatifs], "distinct ways to cast its vote")


Asked = tuple[Change, ...]
"""The changes of one question."""


def _profiles(vote: Vote) -> Iterator[Asked]:
    """Every way in which those who voted could have voted for, against or not at all, but for how they did."""
    choices: tuple[Choice, ...] = ("for", "against", "abstain")
    for cast in product(choices, repeat=len(vote.ballots)):
        others = zip(vote.ballots.items(), cast, strict=True)
        changes = [Ballot(vote=vote.id, director=who, to=to) for (who, choice), to in others if to != choice]
        if changes:
            yield tuple(changes)


def _asked_once(log: Log, asked: Sequence[Asked], what: str) -> Figure:
    base = Variant(log=log)

    def ask() -> None:
        record = replay(log)  # each time anew, so that none of the questions has been put to it
        for changes in asked:
            _branch(record, base, *changes)

    timed = alternate({"what-ifs": ask, "full": lambda: [replay(_world(base, *one).world) for one in asked]}, 3)
    each, full = timed.of("what-ifs") / len(asked), seconds(timed.of("full") / len(asked))
    met = goal(1 / each, ">=", DISTINCT)
    return Figure(f"{len(asked):,} {what}", seconds(each), full, f"{1 / each:,.0f}/s", f">= {DISTINCT:,}/s", met)


def _again(times: int, ask: Callable[[], History]) -> None:
    for _ in range(times):
        ask()


def _suffix(plan: Plan) -> Iterator[Figure]:
    """One of the last hundredth of the events dropped, beside a full replay of the changed log."""
    events = boards.moves(plan.history)
    log = boards.log(events)
    record, base = replay(log), Variant(log=log)
    changes = [Drop(event=event.id) for event in events[-len(events) // 100 :][:NEIGHBOURS]]
    each, full = _beside_full(record, base, changes, 9)
    yield Figure(
        f"a branch of the last 1 % of {len(events):,} events",
        seconds(each),
        seconds(full),
        f"{full / each:.0f} x",
        ">= 50 x",
        met=goal(full / each, ">=", 50),
    )


def _local(plan: Plan) -> Iterator[Figure]:
    """Somebody is not appointed: after twenty events the board is as on record, wherever in a long log that was."""
    events = boards.moves(plan.history)
    for log, what in ((boards.log(events), ""), (boards.corrected(events), ", corrected")):
        record, base = replay(log), Variant(log=log)
        for share in (0.1, 0.5, 0.9, 0.999):
            is_moved = share == 0.5  # which makes other events of them, where an event left out leaves them as they are
            first = min(int(len(events) * share), len(events) - 2 * NEIGHBOURS - 2) | 1
            changes = [_changed(events, first + 2 * number, is_moved=is_moved) for number in range(NEIGHBOURS)]
            whole = replay(_world(base, changes[0]).world)
            agree({"branch": ending(_branch(record, base, changes[0])), "full": ending(whole)})
            each, full = _beside_full(record, base, changes, 3)
            yield Figure(
                f"{'moved' if is_moved else 'left out'}, at {share:.1%} of {len(log.events):,}{what}",
                seconds(each),
                seconds(full),
                f"{full / each:,.0f} x",
                "<= 1 ms",
                goal(each, "<=", 1e-3),
            )


def _beside_full(record: History, base: Variant, changes: Sequence[Change], turns: int) -> tuple[float, float]:
    """The seconds of a branch, of several changes asked about in a row, and of a full replay of the first."""
    programs: dict[str, Program] = {
        "branch": partial(_each_as_new, record, base, changes),
        "full": partial(replay, _world(base, changes[0]).world),
    }
    timed = alternate(programs, turns)
    return timed.of("branch") / len(changes), timed.of("full")


def _changed(events: Sequence[Event], place: int, *, is_moved: bool) -> Change:
    """An event moved to after the next but one, or left out."""
    event = events[place]
    return Retime(event=event.id, to=events[place + 2].at) if is_moved else Drop(event=event.id)


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
