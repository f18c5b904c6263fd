"""What governance checks cost: on the weekend, and on a long log beside the fold alone."""

from collections.abc import Iterator
from functools import partial

from attrs import evolve

from benchmarks import boards
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import Appoint, load_case
from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.kernel import replay
from boardsim.loading.profiles import load_profile

TITLE = "Governance checks: beside the fold alone"

ALL = [ConfiguredCheck(check=check, parameters=check.parameters, severity=check.severity) for check in CHECKS.values()]
"""Every check with its defaults: more than any profile has."""


def figures(plan: Plan) -> Iterator[Figure]:
    """All checks in one pass."""
    yield from _weekend()
    yield from _long(plan)


def _weekend() -> Iterator[Figure]:
    log = load_case("openai-2023").log
    history = replay(log)
    uses = {org.id: ALL for org in log.orgs}
    timed = alternate({"checks": partial(run, history, uses), "fold": partial(replay, log)}, 21)
    value = timed.of("checks")
    yield Figure(
        f"all {len(ALL)} checks over the weekend",
        seconds(value),
        seconds(timed.of("fold")),
        seconds(value),
        "<= 10 ms",
        goal(value, "<=", 10e-3),
    )


def _long(plan: Plan) -> Iterator[Figure]:
    """A long log, all on record; each round has a history of its own, so that nothing is remembered from the last."""
    log = boards.log(list(map(_on_record, boards.moves(plan.history))))
    size = len(log.events)
    profile = load_profile("us-de-nonstock", CHECKS).uses
    programs: dict[str, Program] = {
        "profile": lambda: run(replay(log), {boards.ORG: profile}),
        "all": lambda: run(replay(log), {boards.ORG: ALL}),
        "fold": partial(replay, log),
    }
    timed = alternate(programs, max(3, plan.rounds_of(size)))
    for name, what in (("profile", f"{len(profile)} checks (us-de-nonstock)"), ("all", f"all {len(ALL)} checks")):
        value = timed.ratio(name, "fold") - 1
        yield Figure(
            f"{what}, {size:,} events",
            seconds((timed.of(name) - timed.of("fold")) / size),
            seconds(timed.of("fold") / size),
            f"{value:.1f} x",
            "<= 5 x",
            goal(value, "<=", 5),
        )


def _on_record(move: boards.Move) -> boards.Move:
    """The move with what checks ask of it: whoever keeps so long a log keeps it well."""
    if isinstance(move, Appoint):
        return evolve(move, sources=("minutes",), independent=True, interested=False)
    return evolve(move, sources=("minutes",))
