"""Causes and smallest changes: votes beside the `actualcauses` package, and worlds a second inside `reach`."""

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import partial
from types import ModuleType
from typing import Any

from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate
from boardsim import load_case
from boardsim.analysis.causation.model import Explained, Model
from boardsim.analysis.causation.search import search
from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.reach.reach import Bound, reach
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.history import Variant
from boardsim.kernel import replay

TITLE = "Causes and smallest changes"

GOALS = {11: 0.05, 15: 1.5}
"""Seconds for all causes of a vote of so many to nothing."""

RATE = 20_000
"""Worlds a second of the weekend inside `reach`."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Unanimous votes of growing boards; then the hardest question that the weekend has."""
    peer = _peer() if plan.peers else None
    for voters in plan.voters:
        yield from _vote(voters, peer if voters <= plan.searched else None)
    yield from _weekend(plan)


def _peer() -> ModuleType | None:
    return importlib.import_module("actualcauses") if importlib.util.find_spec("actualcauses") else None


def _vote(voters: int, peer: ModuleType | None) -> Iterator[Figure]:
    """Why a motion carried for which all voted: every smallest majority is a cause."""
    needed = voters // 2 + 1
    ours = partial(_ours, voters, needed)
    programs = {"ours": ours} if peer is None else {"ours": ours, "theirs": partial(_theirs, peer, voters, needed)}
    agree({name: program() for name, program in programs.items()})
    timed = alternate(programs, 1 if voters > 7 else 3)
    spent, limit = timed.of("ours"), GOALS.get(voters)
    yield Figure(
        f"all causes of a vote of {voters} to 0" + ("" if peer is None else ", actualcauses"),
        seconds(spent),
        "" if peer is None else seconds(timed.of("theirs")),
        seconds(spent) if peer is None else f"{timed.ratio('theirs', 'ours'):,.0f} x",
        "" if limit is None else f"<= {seconds(limit)}",
        None if limit is None else goal(spent, "<=", limit),
    )


def _ours(voters: int, needed: int) -> int:
    model = Model(context={f"v{voter}": True for voter in range(voters)})
    return len(search(Explained(model=model, effect=lambda values: sum(values.values()) >= needed)).causes)


def _theirs(peer: ModuleType, voters: int, needed: int) -> int:
    """The same by the package's exhaustive beam search."""

    class Ballots(peer.SystemModel):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            super().__init__(phi=lambda values: values[-1], psi=sum)

        def __call__(self, context: Sequence[int], setting: Any) -> list[int]:
            changed = dict(setting)
            self.n_calls += 1
            votes = [changed.get(f"v{voter}", context[voter]) for voter in range(voters)]
            return [*votes, int(sum(votes) >= needed)]

    names = tuple(f"v{voter}" for voter in range(voters))
    hidden = tuple(f"u{voter}" for voter in range(voters))
    dag = {**{name: [] for name in names}, "carried": list(names)}
    scm = peer.SCM(V=(*names, "carried"), U=hidden, D=(0, 1), u=(1,) * voters, model=Ballots(), dag=dag)
    scm.find_causes(ISI=False, beam_size=-1, max_steps=-1, verbose=0)
    return len(scm.causes)


def _weekend(plan: Plan) -> Iterator[Figure]:
    """That Shear is chief executive of a board of six or more at the end takes three changes of some fifty."""
    log = load_case("openai-2023").log
    record, world = replay(log), Variant(log=log)
    wanted = read_goal("openai.ceo = emmett-shear and openai.director >= 6", log)
    compiled_case = compiled(world, wanted, record.index("altman-rejoins") + 1, record)
    found = reach(world, compiled_case, bound=Bound(cost=plan.max_total))
    timed = alternate({"ours": lambda: reach(world, compiled_case, bound=Bound(cost=plan.max_total))}, 3)
    rate = found.replayed / timed.of("ours")
    yield Figure(
        f"reach: {found.replayed:,} worlds of the weekend",
        seconds(timed.of("ours") / found.replayed),
        "",
        f"{rate:,.0f}/s",
        f">= {RATE:,}/s",
        goal(rate, ">=", RATE),
    )
