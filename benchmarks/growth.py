"""What a large payroll costs the board, and how cost grows with the number of events."""

from collections.abc import Iterator, Mapping
from functools import partial
from math import log

from benchmarks import boards
from benchmarks.as_of import READS, reader
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Timed, alternate
from boardsim import History, Log
from boardsim.kernel import replay

TITLE = "Growth: payroll and length"

SLACK = 1.5
"""How far cost may stray from what it is in theory: linear for a replay, logarithmic for a read."""


def figures(plan: Plan) -> Iterator[Figure]:
    """First the payroll, then the length."""
    events = boards.moves(plan.memory)
    logs = {"staff": boards.log(events, staff=plan.staff), "none": boards.log(events)}
    histories = {name: replay(log) for name, log in logs.items()}
    agree({name: boards.directors(history.state(boards.ORG)) for name, history in histories.items()})
    yield from _payroll(plan, logs)
    yield from _payroll_reads(plan, histories)
    del histories, logs
    yield from _by_size(plan)


def _payroll(plan: Plan, logs: Mapping[str, Log]) -> Iterator[Figure]:
    """Whoever has staff has hired them: that is replayed by itself, and the difference is the board's."""
    hires = boards.log([], staff=plan.staff)
    programs = {name: partial(replay, log) for name, log in {"hires": hires, **logs}.items()}
    timed = alternate(programs, plan.rounds_of(plan.memory) * 2)
    ours, other = (timed.of("staff") - timed.of("hires")) / plan.memory, timed.of("none") / plan.memory
    what = f"replay an event, {plan.staff:,} employees : none"
    yield _against(what, ours, other, 1.25)
    yield Figure("hire one of them", seconds(timed.of("hires") / plan.staff), seconds(other))


def _payroll_reads(plan: Plan, histories: Mapping[str, History]) -> Iterator[Figure]:
    reads = alternate({name: reader(history, plan.memory) for name, history in histories.items()}, 41)
    yield _read(f"as-of, {plan.staff:,} employees : none", reads, "staff", "none", 1.25)


def _by_size(plan: Plan) -> Iterator[Figure]:
    smallest, *larger = plan.linear
    base = boards.log(boards.moves(smallest))
    read_base = reader(replay(base), smallest)
    for size in larger:
        long = boards.log(boards.moves(size))
        timed = alternate({"more": partial(replay, long), "base": partial(replay, base)}, max(3, plan.rounds_of(size)))
        what = f"replay an event of {size:,} : of {smallest:,}"
        yield _against(what, timed.of("more") / size, timed.of("base") / smallest, SLACK)
        reads = alternate({"more": reader(replay(long), size), "base": read_base}, 41)
        limit = SLACK * log(size) / log(smallest)
        yield _read(f"as-of in {size:,} : in {smallest:,}", reads, "more", "base", limit)


def _read(what: str, reads: Timed, name: str, other: str, limit: float) -> Figure:
    return _against(what, reads.of(name) / READS, reads.of(other) / READS, limit)


def _against(what: str, ours: float, other: float, limit: float) -> Figure:
    """A cost beside the same cost in the smaller case."""
    value = ours / other
    return Figure(what, seconds(ours), seconds(other), f"{value:.2f}", f"<= {limit:.3g}", goal(value, "<=", limit))
