"""Timing by turns: the programs that are compared run alternately, so that a busy machine is busy for all of them.

What counts is processor time, and of several runs the shortest: whatever disturbs a run only adds to it.  The clock on
the wall is read beside it, and on a busy machine goes on while nobody works.  What was
there before is kept out of the garbage collector's sight, so that nobody pays for its rounds over another's data; each
pays for its own.
"""

import gc
import resource
from collections.abc import Callable, Mapping
from time import perf_counter, process_time
from typing import Any

from attrs import frozen

Program = Callable[[], Any]
Clock = Callable[[], float]


def children_time() -> float:
    """Seconds of processor time that finished child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@frozen
class Timed:
    """The seconds that each program took, run by run; the runs of one index belong together.

    Attributes:
        seconds: of processor time.
        walls: by the clock on the wall.
    """

    seconds: Mapping[str, list[float]]
    walls: Mapping[str, list[float]]

    def of(self, name: str) -> float:
        """The shortest run of a program."""
        return min(self.seconds[name])

    def wall(self, name: str) -> float:
        """The same by the clock on the wall, which need not be the same run."""
        return min(self.walls[name])

    def ratio(self, name: str, other: str) -> float:
        """How many times longer one took than the other."""
        return self.of(name) / self.of(other)


def alternate(programs: Mapping[str, Program], rounds: int, clock: Clock = process_time) -> Timed:
    """Run every program once in each round.  What a program returns is let go outside the time that counts."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    walls: dict[str, list[float]] = {name: [] for name in programs}
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for name, program in programs.items():
            wall, start = perf_counter(), clock()
            result = program()
            seconds[name].append(clock() - start)
            walls[name].append(perf_counter() - wall)
            del result
    gc.unfreeze()
    return Timed(seconds, walls)
