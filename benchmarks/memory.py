"""Bytes that stay, by event."""

import tracemalloc
from collections.abc import Iterator

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal
from boardsim.kernel import replay

TITLE = "Memory by event kept"


def figures(plan: Plan) -> Iterator[Figure]:
    """A history with and without the events that it is a history of."""
    size = plan.memory
    tracemalloc.start()
    start = tracemalloc.get_traced_memory()[0]
    log = boards.log(boards.moves(size))
    events = tracemalloc.get_traced_memory()[0]
    history = replay(log)
    whole = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    agree({"events": size, "history": len(history.events)})
    beyond, total = (whole - events) / size, (whole - start) / size
    yield Figure(f"history of {size:,} beyond its events", f"{beyond:.0f} B", "", f"{beyond:.0f} B")
    met = goal(total, "<=", 600)
    yield Figure(f"history of {size:,} with its events", f"{total:.0f} B", "", f"{total:.0f} B", "<= 600 B", met)
