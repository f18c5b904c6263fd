"""Timing by turns: the programs that are compared run alternately, so that a busy machine is busy for all of them."""

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time
from typing import Any

from attrs import frozen

Program = Callable[[], Any]


@frozen
class Timed:
    """The seconds of processor time that each program took, run by run; the runs of one index belong together."""

    seconds: Mapping[str, list[float]]

    def of(self, name: str) -> float:
        """The median of a program."""
        return median(self.seconds[name])

    def ratio(self, name: str, other: str) -> float:
        """How many times longer one took than the other: the median over the pairs."""
        return median(mine / theirs for mine, theirs in zip(self.seconds[name], self.seconds[other], strict=True))


def alternate(programs: Mapping[str, Program], repeats: int) -> Timed:
    """Run every program once in each round.  What a program returns is let go outside the time that counts."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(repeats):
        for name, program in programs.items():
            start = process_time()
            result = program()
            seconds[name].append(process_time() - start)
            del result
    return Timed(seconds)
