"""Durable appends beside what the disk allows, and beside `eventsourcing`.

Appends are measured by the clock on the wall, since it is the disk that takes the time and not the processor.  The
floor is what the same promise costs in bare system calls: a new file written and forced to the disk, renamed over the
old one, and the folder forced to the disk.  A bare append and `fsync` is cheaper, and is torn by a crash.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import uuid4

from benchmarks.child import together
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal
from boardsim.store import file

TITLE = "Durable appends to a file, by the clock on the wall"

EVENT = b'\n[[event]]\ntype = "statement"\nid = "words-0"\nat = 2022-01-01T09:00:00Z\ntext = "Some words"\n'
WRITERS = 8
LEAST = 32
"""How often each writer appends: of a few appends the first and the last take most of the time."""

BATCH = 100

Append = Callable[[bytes], object]
"""Adds these bytes durably."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Single appends, batches, and eight writers at once."""
    count = max(LEAST, plan.documents // 100)
    with TemporaryDirectory() as folder:
        writers = _writers(Path(folder), with_peer=plan.eventsourcing is not None)
        yield from _compared("append an event", _rates(writers, count, EVENT), 1)
        yield from _compared(f"append {BATCH} events", _rates(writers, max(2, count // 5), EVENT * BATCH), BATCH)
        yield from _compared(
            f"{WRITERS} writers, an event each", _crowded(writers, WRITERS * max(LEAST, count // WRITERS)), 1
        )


def _writers(folder: Path, *, with_peer: bool) -> Mapping[str, Callable[[], Append]]:
    """What makes a writer of each kind, in a process of its own if need be."""
    for name in ("log.toml", "bare.toml"):
        (folder / name).touch()
    found: dict[str, Callable[[], Append]] = {
        "ours": partial(_ours, folder / "log.toml"),
        "bare replace": partial(_bare_replace, folder / "bare.toml"),
        "bare append": partial(_bare_append, folder / "plain.toml"),
    }
    return {**found, "eventsourcing": partial(_peer, folder / "peer.db")} if with_peer else found


def _ours(path: Path) -> Append:

    def append(data: bytes) -> None:
        with file.locked(str(path)):
            file.append(file.read(str(path)), [data])

    return append


def _bare_replace(path: Path) -> Append:

    def append(data: bytes) -> None:
        new = path.with_suffix(f".{os.getpid()}")
        with new.open("wb", buffering=0) as written:
            written.write(path.read_bytes() + data)
            os.fsync(written.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    return append


def _bare_append(path: Path) -> Append:
    def append(data: bytes) -> None:
        with path.open("ab", buffering=0) as written:
            written.write(data)
            os.fsync(written.fileno())

    return append


def _peer(path: Path) -> Append:
    from eventsourcing.persistence import StoredEvent  # noqa: PLC0415 -- only where it is installed
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore  # noqa: PLC0415

    recorder = SQLiteApplicationRecorder(SQLiteDatastore(str(path), lock_timeout=60))
    recorder.create_table()

    def append(data: bytes) -> None:
        stream, size = uuid4(), len(EVENT)
        states = [data[start : start + size] for start in range(0, len(data), size)]
        recorder.insert_events([StoredEvent(stream, number, "statement", state) for number, state in enumerate(states)])

    return append


Seconds = Mapping[str, list[float]]
"""What an append took with each writer, run by run; the runs of one index belong together."""


def _rates(writers: Mapping[str, Callable[[], Append]], count: int, data: bytes) -> Seconds:
    """Appends by turns, so that a busy disk is busy for all."""
    appends = {name: start() for name, start in writers.items()}
    took: dict[str, list[float]] = {name: [] for name in writers}
    for _ in range(count):
        for name, append in appends.items():
            start = perf_counter()
            append(data)
            took[name].append(perf_counter() - start)
    return took


def _crowded(writers: Mapping[str, Callable[[], Append]], count: int) -> Seconds:
    """The same with eight processes at once; without the bare ones, which would overwrite one another."""
    took: dict[str, list[float]] = {name: [] for name in writers if name != "bare append"}
    for _ in range(3):
        for name, runs in took.items():
            processes = 1 if name == "bare replace" else WRITERS
            ready = partial(_ready, writers[name], count // processes)
            runs.append(together([ready] * processes) / (count // processes * processes))
    return took


def _ready(writer: Callable[[], Append], count: int) -> Callable[[], object]:
    append = writer()

    def work() -> None:
        for _ in range(count):
            append(EVENT)

    return work


def _compared(what: str, took: Seconds, events: int) -> Iterator[Figure]:
    limits = {"bare replace": 0.8, "eventsourcing": 1.0}
    for name in (name for name in took if name != "ours"):
        ratio = median(theirs / ours for ours, theirs in zip(took["ours"], took[name], strict=True))
        limit = limits.get(name)
        yield Figure(
            f"{what}, {name}",
            _rate(took["ours"], events),
            _rate(took[name], events),
            f"{ratio:.2f}",
            f">= {limit}" if limit else "",
            goal(ratio, ">=", limit) if limit else None,
        )


def _rate(took: list[float], events: int) -> str:
    return f"{events / median(took):,.0f}/s"
