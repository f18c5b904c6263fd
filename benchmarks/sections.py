"""What is measured, section by section; each returns its figures."""

import json
import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import ModuleType
from typing import Any

import tomli
from attrs import define, evolve, frozen

from benchmarks import boards, floor
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import History, loads, replay
from boardsim.formats import encode, jsonl, toml


@frozen(kw_only=True)
class Plan:
    """How much is measured.

    Attributes:
        sizes: numbers of events to replay.
        history: events in the history that is asked.
        staff: employees of the large organization.
        documents: events in the texts that are loaded.
        memory: events in the history that is weighed.
        processes: paired runs of whole processes.
        whatifs: what-ifs asked in one process.
        worlds: worlds held at once.
        repeats: by number of events; what is larger than all of them is run once.
    """

    sizes: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    linear: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    history: int = 100_000
    staff: int = 10_000
    documents: int = 10_000
    memory: int = 100_000
    processes: int = 15
    whatifs: int = 10_000
    worlds: int = 1_000
    repeats: Mapping[int, int] = {1_000: 41, 10_000: 15, 100_000: 5, 1_000_000: 1}

    def up_to(self, largest: int) -> "Plan":
        """The same without logs of more events than that."""
        sizes, linear = (tuple(n for n in numbers if n <= largest) for numbers in (self.sizes, self.linear))
        return evolve(self, sizes=sizes, linear=linear or (largest,))

    def rounds(self, count: int) -> int:
        """How often something of that many events is run."""
        return next((repeats for size, repeats in sorted(self.repeats.items()) if count <= size), 1)


QUICK = Plan(
    sizes=(1_000, 10_000),
    linear=(1_000, 10_000),
    history=10_000,
    staff=1_000,
    documents=1_000,
    memory=10_000,
    processes=3,
    whatifs=500,
    worlds=100,
    repeats={1_000: 7, 10_000: 3},
)


class DisagreementError(Exception):
    """Programs that are compared did not come to the same result."""


def agree(results: Mapping[str, Any]) -> None:
    """See that all programs came to the same result.

    Raises:
        DisagreementError: they did not.
    """
    if len(set(results.values())) > 1:
        raise DisagreementError(f"the compared programs disagree: {dict(results)}")


def replays(plan: Plan, peers: ModuleType | None) -> Iterator[Figure]:
    """Replay beside the floor and beside `eventsourcing`."""
    for size in plan.sizes:
        events = boards.moves(size)
        yield from _replays(plan, events, peers)


def _replays(plan: Plan, events: list[boards.Move], peers: ModuleType | None) -> Iterator[Figure]:
    size, log = len(events), boards.log(events)
    programs: dict[str, Program] = {
        "boardsim": lambda: replay(log),
        "the floor, states dropped": lambda: floor.fold(events),
        "the floor, states kept": lambda: floor.keep(events),
    }
    results = {
        "boardsim": boards.directors(replay(log).state(boards.ORG)),
        "the floor, states dropped": floor.fold(events),
        "the floor, states kept": tuple(floor.keep(events)[-1].seats),
    }
    timed = alternate(programs, max(3, plan.rounds(size)))
    for name, limit in (("the floor, states dropped", 3.0), ("the floor, states kept", None)):
        value = timed.ratio("boardsim", name)
        yield Figure(
            f"replay {size:,}, {name}",
            seconds(timed.of("boardsim") / size),
            seconds(timed.of(name) / size),
            f"1/{value:.2f}",
            ">= 1/3" if limit else "",
            goal(value, "<=", limit) if limit else None,
        )
    for name, limit in (("declarative", 10.0), ("functional", 2.0)) if peers else ():
        read = _Remembered(getattr(peers, name)(events))
        timed = alternate({"boardsim": programs["boardsim"], name: read}, plan.rounds(size))
        results[name] = read.result
        value = timed.ratio(name, "boardsim")
        yield Figure(
            f"replay {size:,}, eventsourcing {name}",
            seconds(timed.of("boardsim") / size),
            seconds(timed.of(name) / size),
            f"{value:.1f} x",
            f">= {limit:.0f} x",
            goal(value, ">=", limit),
        )
    agree(results)


@define
class _Remembered:
    """A read of a peer and what it gave, so that agreement costs no further read: some take half a minute."""

    read: Callable[[int | None], tuple[str, ...]]
    result: tuple[str, ...] = ()

    def __call__(self) -> None:
        self.result = self.read(None)


READS = 200
"""How many instants are asked for in one run."""


def _reader(history: History, instants: list[datetime]) -> Program:
    def read() -> None:
        for at in instants:
            history.state_at(boards.ORG, at)

    return read


def _middle(events: int) -> list[datetime]:
    """Instants spread over the middle half of a history."""
    chance = random.Random(1)
    return [boards.FIRST + timedelta(minutes=chance.randrange(events // 4, events * 3 // 4)) for _ in range(READS)]


def as_of(plan: Plan, peers: ModuleType | None) -> Iterator[Figure]:
    """A read in the middle of a history."""
    size, events = plan.history, boards.moves(plan.history)
    history = replay(boards.log(events))
    read, half = _reader(history, _middle(size)), size // 2
    results = {"boardsim": boards.directors(history.state_at(boards.ORG, events[half - 1].at))}
    ours = alternate({"boardsim": read}, 21).of("boardsim") / READS
    yield Figure(f"as-of in {size:,}", seconds(ours), "", seconds(ours), "<= 20 us", goal(ours, "<=", 20e-6))
    for name in ("declarative", "functional") if peers else ():
        theirs = getattr(peers, name)(events)
        results[name] = theirs(half)
        timed = alternate({"boardsim": read, name: partial(theirs, half)}, 3)
        value = timed.ratio(name, "boardsim") * READS
        yield Figure(
            f"as-of in {size:,}, eventsourcing {name}",
            seconds(timed.of("boardsim") / READS),
            seconds(timed.of(name)),
            f"{value:,.0f} x",
            ">= 10,000 x" if size >= 100_000 else "",  # their read is linear: a short history says nothing
            goal(value, ">=", 10_000) if size >= 100_000 else None,
        )
    agree(results)


def growth(plan: Plan) -> Iterator[Figure]:
    """What a large payroll costs the board, and how cost grows with the number of events."""
    events = boards.moves(plan.memory)
    logs = {"staff": boards.log(events, staff=plan.staff), "none": boards.log(events)}
    histories = {name: replay(log) for name, log in logs.items()}
    agree({name: boards.directors(history.state(boards.ORG)) for name, history in histories.items()})
    # Whoever has staff has hired them: their events are replayed by themselves, and the difference is the board's.
    hires = boards.log([], staff=plan.staff)
    rounds = plan.rounds(plan.memory) * 2
    timed = alternate({name: partial(replay, log) for name, log in {"hires": hires, **logs}.items()}, rounds)
    with_staff = [a - b for a, b in zip(timed.seconds["staff"], timed.seconds["hires"], strict=True)]
    pairs = sorted(a / b for a, b in zip(with_staff, timed.seconds["none"], strict=True))
    value, size = pairs[len(pairs) // 2], len(events)
    other = timed.of("none") / size
    what = f"replay an event, {plan.staff:,} employees : none"
    yield Figure(
        what,
        seconds(sorted(with_staff)[rounds // 2] / size),
        seconds(other),
        f"{value:.2f}",
        "<= 1.25",
        goal(value, "<=", 1.25),
    )
    yield Figure("hire one of them", seconds(timed.of("hires") / plan.staff), seconds(other))
    reads = alternate({name: _reader(history, _middle(size)) for name, history in histories.items()}, 41)
    value = reads.ratio("staff", "none")
    ours, other = reads.of("staff") / READS, reads.of("none") / READS
    yield Figure(
        f"as-of, {plan.staff:,} employees : none",
        seconds(ours),
        seconds(other),
        f"{value:.2f}",
        "<= 1.25",
        goal(value, "<=", 1.25),
    )
    del histories, logs
    yield from _by_size(plan)


def _by_size(plan: Plan) -> Iterator[Figure]:
    smallest, *larger = plan.linear
    base = boards.log(boards.moves(smallest))
    read_base = _reader(replay(base), _middle(smallest))
    for size in larger:
        log = boards.log(boards.moves(size))
        timed = alternate({"more": partial(replay, log), "base": partial(replay, base)}, max(3, plan.rounds(size)))
        value = timed.ratio("more", "base") * smallest / size
        yield Figure(
            f"replay an event of {size:,} : of {smallest:,}",
            seconds(timed.of("more") / size),
            seconds(timed.of("base") / smallest),
            f"{value:.2f}",
            "<= 1.5",
            goal(value, "<=", 1.5),
        )
        if size > 100_000:
            continue
        timed = alternate({"more": _reader(replay(log), _middle(size)), "base": read_base}, 41)
        value = timed.ratio("more", "base")
        ours, other = timed.of("more") / READS, timed.of("base") / READS
        what = f"as-of in {size:,} : in {smallest:,}"
        yield Figure(what, seconds(ours), seconds(other), f"{value:.2f}", "<= 2", goal(value, "<=", 2))


def _header(size: int) -> str:
    people = "".join(f'[[person]]\nid = "p{n}"\nname = "P{n}"\n' for n in range((size + boards.SEATS) // 2 + 1))
    return (
        '[log]\nschema = 1\nid = "bench"\n[[org]]\nid = "club"\nname = "A board"\n[org.bylaws]\nseats = 10\n' + people
    )


def loading(plan: Plan) -> Iterator[Figure]:
    """Reading a log beside reading the same text with nothing asked of it."""
    size = plan.documents
    loaded = loads(_header(size), "people.toml")
    events = boards.moves(size)
    log = evolve(loaded.log, events=tuple(events))
    texts = {"log.toml": toml.write(log), "log.jsonl": jsonl.write(encode.records(log))}
    bare: dict[str, Callable[[str], Any]] = {
        "log.toml": tomli.loads,
        "log.jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    }
    for name, text in texts.items():
        read = loads(text, name)
        agree({"events": len(events), name: len(read.log.events), "sound": len(events) + len(read.problems)})
        programs: dict[str, Program] = {"ours": partial(loads, text, name), "bare": partial(bare[name], text)}
        timed = alternate(programs, min(plan.rounds(size), 5))
        what = f"load {size:,} from {name}, " + ("tomli" if name.endswith("toml") else "json.loads")
        ratio = f"{timed.ratio('ours', 'bare'):.2f} x"
        yield Figure(what, seconds(timed.of("ours") / size), seconds(timed.of("bare") / size), ratio)


def memory(plan: Plan) -> Iterator[Figure]:
    """Bytes that stay, by event."""
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
    yield Figure(
        f"history of {size:,} with its events",
        f"{total:.0f} B",
        "",
        f"{total:.0f} B",
        "<= 600 B",
        goal(total, "<=", 600),
    )


_NOTHING = """\
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def nothing(): pass
app()
"""


def processes(plan: Plan) -> Iterator[Figure]:
    """Whole processes: a snapshot of a bundled case beside a program of typer's that does nothing."""
    environment = {**os.environ, "COLUMNS": "100"}

    def run(*arguments: str) -> Program:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)

    snapshot = ("-m", "boardsim", "snapshot", "openai-2023")
    programs = {"table": run(*snapshot), "json": run(*snapshot, "--json"), "nothing": run("-c", _NOTHING)}
    for program in programs.values():  # the first run compiles, and fills the disk's cache
        program()
    timed = alternate(programs, plan.processes)
    for name, option in (("table", ""), ("json", " --json")):
        value = timed.ratio(name, "nothing")
        what = f"boardsim snapshot openai-2023{option}"
        yield Figure(
            what,
            seconds(timed.of(name)),
            seconds(timed.of("nothing")),
            f"{value:.2f} x",
            "<= 2.5 x",
            goal(value, "<=", 2.5),
        )
