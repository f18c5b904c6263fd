"""What an ensemble costs: worlds a second, two processes beside one, and a Dask cluster beside one.

How much faster two workers are is told by the clock, which a busy machine distorts, and in processor time, which it
does not: what one process takes for all of it, beside what the asking process and the busier worker take together.
What all of them take together, beside the one, is what it costs to share the work.
The workers are up before anything is measured, and have replayed something.
"""

import importlib.util
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from fractions import Fraction
from multiprocessing import get_context
from statistics import median
from time import perf_counter, process_time
from typing import Any

from attrs import frozen

from benchmarks.cores import gained
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from boardsim import load_case
from boardsim.analysis.ensemble.ensemble import Ensemble, Question, enumerate_worlds, sample_worlds
from boardsim.analysis.ensemble.probability import outcome
from boardsim.analysis.ensemble.unknowns import Alternative, Unknown
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.history import Variant
from boardsim.scenario import Drop

TITLE = "Ensembles: two workers beside one process"

GOAL = 1.8
"""How many times faster two processes are to be than one."""

OPEN = (
    "sutskever-memo",
    "brockman-quits",
    "pachocki-resigns",
    "madry-resigns",
    "sidor-resigns",
    "executives-demand",
    "investors-pressure",
    "altman-terms",
    "deadlock",
    "murati-interim-ceo",
    "shear-interim-ceo",
    "microsoft-hires-altman",
)
"""Events of the weekend, each of which may not have been."""


def weekend(coins: int) -> Question:
    """Whether Altman is chief executive in the end, with so many events in doubt."""
    log = load_case("openai-2023").log
    half = Fraction(1, 2)
    unknowns = tuple(
        Unknown(
            id=event,
            alternatives=(
                Alternative(name="so", chance=half),
                Alternative(name="not so", chance=half, changes=(Drop(event=event),)),
            ),
        )
        for event in OPEN[:coins]
    )
    return Question(world=Variant(log=log), unknowns=unknowns, goal=read_goal("openai.ceo = sam-altman", log))


def figures(plan: Plan) -> Iterator[Figure]:
    """Worlds drawn; every world of a weekend in doubt, here and elsewhere."""
    yield _drawing(plan)
    question = weekend(len(OPEN) if plan.whatifs > 1_000 else min(7, plan.whatifs.bit_length()))
    worlds = len(enumerate_worlds(question).seen)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield from _beside_one(plan, question, worlds, pool, "two processes")
    yield gained()
    if plan.peers and importlib.util.find_spec("distributed") is not None:
        with _cluster() as remote:
            yield from _beside_one(plan, question, worlds, remote, "two workers of Dask")


def _drawing(plan: Plan) -> Figure:
    """A sample of few distinct worlds: nearly all of its time goes into drawing."""
    question, samples = weekend(3), 10 * plan.whatifs
    start = process_time()
    sample_worlds(question, samples=samples)
    taken = process_time() - start
    return Figure(f"a world drawn, {samples:,} of 8", seconds(taken / samples), "", f"{samples / taken:,.0f}/s")


def _beside_one(plan: Plan, question: Question, worlds: int, executor: Executor, who: str) -> Iterator[Figure]:
    """By turns here and there."""
    ones, others = [], []
    _run(question, Metered(executor))  # to warm up
    for _ in range(plan.turns):
        ones.append(_run(question, None))
        others.append(_run(question, Metered(executor)))
    agree({"one": str(outcome(ones[0].found)), "two": str(outcome(others[0].found))})
    pairs = list(zip(ones, others, strict=True))
    critical = median(one.critical / other.critical for one, other in pairs)
    clock = median(one.clock / other.clock for one, other in pairs)
    shared = median(other.whole / one.whole for one, other in pairs)
    here, there = (median(run.critical for run in runs) / worlds for runs in (ones, others))
    walls = [seconds(median(run.clock for run in runs) / worlds) for runs in (ones, others)]
    is_goal = who == "two processes"
    yield Figure(f"a world of {worlds:,}, in one process", seconds(here), "", f"{1 / here:,.0f}/s", wall=walls[0])
    met = goal(clock, ">=", GOAL) if is_goal else None
    wanted = f">= {GOAL} x" if is_goal else ""
    yield Figure(f"  in {who}, by the clock", seconds(there), seconds(here), f"{clock:.2f} x", wanted, met, walls[1])
    yield Figure("  the same by the busier one's processor time", seconds(there), seconds(here), f"{critical:.2f} x")
    yield Figure("  processor time of all beside that of the one", "", "", f"{shared:.2f} x")


@frozen
class Run:
    """What one run took, in seconds: by the clock, in processor time on the busiest path and of all; what it found."""

    clock: float
    critical: float
    whole: float
    found: Ensemble


def _run(question: Question, executor: "Metered | None") -> Run:
    clock, used = perf_counter(), process_time()
    found = enumerate_worlds(question, executor)
    own = process_time() - used
    workers = executor.used.values() if executor else [0.0]
    return Run(perf_counter() - clock, own + max(workers), own + sum(workers), found)


def _metered(work: Callable[..., Any], *arguments: Any) -> tuple[Any, int, float]:
    """What the work gives, with who did it and how much processor time it took."""
    start = process_time()
    result = work(*arguments)
    return result, os.getpid(), process_time() - start


class Metered(Executor):
    """Another executor, and the processor time of each of its workers."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.used: Counter[int] = Counter()

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_: Any) -> Future[Any]:
        """Have it done, and note who did it."""
        outer: Future[Any] = Future()

        def done(inner: Future[Any]) -> None:
            result, worker, taken = inner.result()
            self.used[worker] += taken
            outer.set_result(result)

        self.inner.submit(_metered, work, *arguments).add_done_callback(done)
        return outer


@contextmanager
def _cluster() -> Iterator[Executor]:
    """Two workers of a Dask cluster on this machine."""
    from distributed import LocalCluster  # noqa: PLC0415

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        cluster.get_client() as client,
    ):
        yield client.get_executor(pure=False)
