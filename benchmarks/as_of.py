"""A read in the middle of a history, beside the reads at a version of `eventsourcing`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import History, Log
from boardsim.kernel import replay

TITLE = "As-of read in the middle of a history"

READS = 200
"""How many instants are asked for in one run."""


def reader(history: History, size: int) -> Program:
    """Asks for the state at `READS` instants, spread over the middle half of a history of so many events."""
    instants = _middle(size)

    def read() -> None:
        for at in instants:
            history.state_at(boards.ORG, at)

    return read


def _middle(size: int) -> list[datetime]:
    chance = Random(1)
    return [boards.FIRST + timedelta(minutes=chance.randrange(size // 4, size * 3 // 4)) for _ in range(READS)]


KNOWN = 10e-6
"""The seconds that a question about two times may take."""


def _as_known(log: Log, history: History, size: int) -> Figure:
    """Who sat at one instant as known at another, beside who sat then as known by now."""
    asked = _middle(size)[:5]
    programs: dict[str, Program] = {
        "known": lambda: [replay(log, known=at).state_at(boards.ORG, at) for at in asked],
        "by now": lambda: [history.state_at(boards.ORG, at) for at in asked],
    }
    timed = alternate(programs, 3)
    ours, wall = timed.of("known") / len(asked), timed.wall("known") / len(asked)
    value = f"{timed.ratio('known', 'by now'):,.0f} x"
    met = goal(ours, "<=", KNOWN)
    what = f"as-of in {size:,} as known then; by now"
    return Figure(what, seconds(ours), seconds(timed.of("by now") / len(asked)), value, "<= 10 us", met, seconds(wall))


def figures(plan: Plan) -> Iterator[Figure]:
    """One read, then the same beside each peer."""
    size, events = plan.history, boards.moves(plan.history)
    log = boards.log(events)
    history = replay(log)
    read, half = reader(history, size), size // 2
    directors = boards.directors(history.state_at(boards.ORG, events[half - 1].at))
    ours = alternate({"boardsim": read}, 21).of("boardsim") / READS
    yield Figure(f"as-of in {size:,}", seconds(ours), "", seconds(ours), "<= 20 us", goal(ours, "<=", 20e-6))
    yield _as_known(log, history, size)
    peers = plan.eventsourcing
    for name in ("declarative", "functional") if peers else ():
        theirs = getattr(peers, name)(events)
        agree({"boardsim": directors, name: theirs(half)})
        timed = alternate({"boardsim": read, name: partial(theirs, half)}, 3)
        value = timed.ratio(name, "boardsim") * READS
        yield Figure(
            f"as-of in {size:,}, eventsourcing {name}",
            seconds(timed.of("boardsim") / READS),
            seconds(timed.of(name)),
            f"{value:,.0f} x",
            ">= 10,000 x" if size >= 100_000 else "",  # their read is linear: a short history says nothing
            goal(value, ">=", 10_000) if size >= 100_000 else None,
        )
