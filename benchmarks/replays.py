"""A whole replay, beside the least that a fold can cost and beside `eventsourcing`."""

from collections.abc import Callable, Iterator

from attrs import define

from benchmarks import boards, floor
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim.kernel import replay

TITLE = "Replay: a board of ten seats"


def figures(plan: Plan) -> Iterator[Figure]:
    """Each size beside the floor and beside its peers."""
    for size in plan.sizes:
        yield from _beside_the_floor(plan, size)
        yield from _beside_eventsourcing(plan, size)


def _beside_the_floor(plan: Plan, size: int) -> Iterator[Figure]:
    events = boards.moves(size)
    log = boards.log(events)
    programs: dict[str, Program] = {
        "boardsim": lambda: replay(log),
        "the floor, states dropped": lambda: floor.fold(events),
        "the floor, states kept": lambda: floor.keep(events),
    }
    results = (boards.directors(replay(log).state(boards.ORG)), floor.fold(events), tuple(floor.keep(events)[-1].seats))
    agree(dict(zip(programs, results, strict=True)))
    timed = alternate(programs, max(3, plan.rounds_of(size)))
    for name, limit in (("the floor, states dropped", 3.0), ("the floor, states kept", None)):
        value = timed.ratio("boardsim", name)
        yield Figure(
            f"replay {size:,}, {name}",
            seconds(timed.of("boardsim") / size),
            seconds(timed.of(name) / size),
            f"1/{value:.2f}",
            ">= 1/3" if limit else "",
            goal(value, "<=", limit) if limit else None,
            seconds(timed.wall("boardsim") / size),
        )


def _beside_eventsourcing(plan: Plan, size: int) -> Iterator[Figure]:
    peers = plan.eventsourcing
    events = boards.moves(size)
    log = boards.log(events)
    directors = boards.directors(replay(log).state(boards.ORG))
    for name, limit in (("declarative", 10.0), ("functional", 2.0)) if peers else ():
        read = _Remembered(getattr(peers, name)(events))
        timed = alternate({"boardsim": lambda: replay(log), name: read}, plan.rounds_of(size))
        agree({"boardsim": directors, name: read.result})
        value = timed.ratio(name, "boardsim")
        yield Figure(
            f"replay {size:,}, eventsourcing {name}",
            seconds(timed.of("boardsim") / size),
            seconds(timed.of(name) / size),
            f"{value:.1f} x",
            f">= {limit:.0f} x",
            goal(value, ">=", limit),
            seconds(timed.wall("boardsim") / size),
        )


@define
class _Remembered:
    """A read of a peer and what it gave, so that agreement costs no further read: some take half a minute."""

    read: Callable[[int | None], tuple[str, ...]]
    result: tuple[str, ...] = ()

    def __call__(self) -> None:
        self.result = self.read(None)
