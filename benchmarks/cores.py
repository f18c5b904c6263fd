"""What two processes can gain on this machine: a bare loop in two beside the same in one, by the clock.

Two processors may be two threads of one core, which then share what it has: each does little more than half.  Nothing
that is shared between two processes gains more than a loop that shares nothing.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from benchmarks.report import Figure

STEPS = 3_000_000
TURNS = 3


def gained() -> Figure:
    """How many times as much two processes do in the same time as one."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        _taken(pool, 2)  # to warm up
        found = median(2 * _taken(pool, 1) / _taken(pool, 2) for _ in range(TURNS))
    return Figure("what this machine gives: a bare loop in two", "", "", f"{found:.2f} x")


def _taken(pool: ProcessPoolExecutor, processes: int) -> float:
    start = perf_counter()
    for done in [pool.submit(_loop, STEPS) for _ in range(processes)]:
        done.result()
    return perf_counter() - start


def _loop(steps: int) -> int:
    found = 0
    for step in range(steps):
        found += step * step
    return found
