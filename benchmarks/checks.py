"""What governance checks cost: on the weekend, and on a long log and many companies beside the fold alone."""

from collections.abc import Iterator
from functools import partial

from attrs import evolve

from benchmarks import boards
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import Appoint, Log, load_case
from boardsim.audits import audit
from boardsim.checks import CHECKS, ConfiguredCheck, run
from boardsim.checks.report import Rules, report
from boardsim.kernel import replay
from boardsim.loading.profiles import load_profile
from boardsim.loading.rules import rules_of
from boardsim.snapshots import snapshot

TITLE = "Governance checks: beside the fold alone"

ALL = [ConfiguredCheck(check=check, parameters=check.parameters, severity=check.severity) for check in CHECKS.values()]
"""Every check with its defaults: more than any profile has."""


def figures(plan: Plan) -> Iterator[Figure]:
    """All checks in one pass."""
    yield from _weekend()
    yield from _long(plan)
    yield from _companies(plan)
    yield from _growing(plan)


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


def _companies(plan: Plan) -> Iterator[Figure]:
    """Many small companies in one log, as in a register: what is asked of each must not go through all of them."""
    log = boards.companies(plan.history)
    rules = {name: rules_of(log, name) for name in ("uk-ca2006-plc", "fr-sa")}
    programs: dict[str, Program] = {
        "check": partial(_checked, log, rules_of(log)),
        **{name: partial(_checked, log, own) for name, own in rules.items()},
        "snapshot": lambda: snapshot(replay(log)),
        "audit": lambda: audit(log, replay(log)),
        "fold": partial(replay, log),
    }
    size = len(log.events)
    timed = alternate(programs, 3)
    for name in programs:
        value = timed.ratio(name, "fold") - 1
        limit = 2 if name in ("check", "snapshot") else None
        if name != "fold":
            yield Figure(
                f"{name}, {size:,} events, {len(log.orgs):,} orgs",
                seconds((timed.of(name) - timed.of("fold")) / size),
                seconds(timed.of("fold") / size),
                f"{value:.1f} x",
                f"<= {limit} x" if limit else "",
                goal(value, "<=", limit) if limit else None,
            )


def _checked(log: Log, rules: Rules) -> object:
    return report(replay(log), rules)


def _growing(plan: Plan) -> Iterator[Figure]:
    """What an event costs of four times as many companies, beside what it does of the fewer."""
    small, large = (boards.companies(size) for size in (plan.history // 4, plan.history))
    logs = {"small": small, "large": large}
    programs = {name: partial(_checked, log, rules_of(log, "fr-sa")) for name, log in logs.items()}
    timed = alternate(programs, 3)
    ours, other = (timed.of(name) / len(log.events) for name, log in (("large", large), ("small", small)))
    what = f"check an event of {len(large.orgs):,} : of {len(small.orgs):,}"
    yield Figure(what, seconds(ours), seconds(other), f"{ours / other:.2f}", "<= 1.5", goal(ours / other, "<=", 1.5))


def _on_record(move: boards.Move) -> boards.Move:
    """The move with what checks ask of it: whoever keeps so long a log keeps it well."""
    if isinstance(move, Appoint):
        return evolve(move, sources=("minutes",), independent=True, interested=False)
    return evolve(move, sources=("minutes",))
