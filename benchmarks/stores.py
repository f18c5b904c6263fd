"""Stores: durable appends beside what the disk can do and beside a peer, a large load, one organization out of many.

Appends wait for the disk, so they alone are measured by the clock on the wall; what is compared takes turns, a few
hundred appends each, so that a disk that is busy is busy for all.
"""

import fcntl
import importlib
import importlib.util
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

from benchmarks import boards
from benchmarks.child import together
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate
from boardsim import snapshot
from boardsim.cli.case import open_case
from boardsim.events import NAMES
from boardsim.formats.log.encode import encode_event
from boardsim.formats.schema.times import zone
from boardsim.formats.syntax.canonical import canonical
from boardsim.library.case import scope_of
from boardsim.store.protocol import EMPTY, Conflict, Head
from boardsim.store.sqlite import open_sqlite

TITLE = "Stores; appends by the clock on the wall"

CASE = "many"
HEADER = canonical("log", {"schema": 1, "id": CASE})
EVENTS = 100
"""How many events each organization has."""

SLICE = 150
"""How many appends are made before the next program has its turn."""


def figures(plan: Plan) -> Iterator[Figure]:
    """All of them."""
    size = max(plan.sizes)
    here = Path.cwd()  # the disk of the project, not one in memory
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=here) as name:
        folder = Path(name)
        yield from appends(folder, rounds=21 if size > 10_000 else 5)
        yield from crowds(folder, rounds=5 if size > 10_000 else 2)
        yield from many(folder, orgs=size // EVENTS)


def line(number: int) -> bytes:
    """One event, as long as most are."""
    table: dict[str, Any] = {"type": "appoint", "id": f"event-{number}", "at": "2024-01-10T09:00:00Z", "org": "club"}
    table |= {"person": f"person-{number}", "role": "director", "sources": ["Register of companies, 2024-01-11"]}
    return canonical("event", table)


Appender = Callable[[Sequence[bytes]], None]
Work = Callable[[], object]


def bare(path: Path) -> Appender:
    """The floor: each line is written at the end of a file, and the disk is waited for."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def append(lines: Sequence[bytes]) -> None:
        for one in lines:
            os.write(file, one + b"\n")
            os.fdatasync(file)

    return append


def ours(path: Path) -> Appender:
    """Each line is an append to a store, which expects the head that the one before it left."""
    store = open_sqlite(str(path), create=True)
    head = store.append(CASE, [HEADER], EMPTY)

    def append(lines: Sequence[bytes]) -> None:
        nonlocal head
        for one in lines:
            head = store.append(CASE, [one], head)

    return append


def plain(path: Path) -> Appender:
    """The floor in the same guarantees: each line is a row of one table, in a transaction that SQLite forces itself."""
    tables = sqlite3.connect(path, isolation_level=None, timeout=60)
    tables.execute("PRAGMA journal_mode = WAL")
    tables.execute("PRAGMA synchronous = FULL")
    tables.execute("CREATE TABLE IF NOT EXISTS blocks (position INTEGER PRIMARY KEY, body TEXT NOT NULL)")

    def append(lines: Sequence[bytes]) -> None:
        for one in lines:
            tables.execute("BEGIN IMMEDIATE")
            tables.execute("INSERT INTO blocks (body) VALUES (?)", (one.decode(),))
            tables.execute("COMMIT")

    return append


def peer(path: Path) -> Appender:
    """Each line is the state of an event in the recorder of `eventsourcing`, whose log also syncs at each commit."""
    recorders, records = (importlib.import_module(f"eventsourcing.{name}") for name in ("sqlite", "persistence"))
    recorder = recorders.SQLiteApplicationRecorder(recorders.SQLiteDatastore(str(path)))
    recorder.create_table()
    name, version = uuid4(), 0

    def append(lines: Sequence[bytes]) -> None:
        nonlocal version
        for one in lines:
            version += 1
            recorder.insert_events([records.StoredEvent(name, version, "boards:Appointed", one)])

    return append


def programs() -> Mapping[str, Callable[[Path], Appender]]:
    """What is compared."""
    known = {"boardsim": ours, "the disk alone": bare, "plain sqlite3": plain}
    return known | ({"eventsourcing": peer} if importlib.util.find_spec("eventsourcing") else {})


def appends(folder: Path, rounds: int) -> Iterator[Figure]:
    """One writer."""
    appenders = {name: make(folder / f"one-{number}") for number, (name, make) in enumerate(programs().items())}
    taken: dict[str, list[float]] = {name: [] for name in appenders}
    for turn in range(rounds):
        lines = [line(turn * SLICE + number) for number in range(SLICE)]
        for name, append in appenders.items():
            start = perf_counter()
            append(lines)
            taken[name].append((perf_counter() - start) / SLICE)
    yield from _beside("durable append, one writer", taken)


def _beside(what: str, taken: Mapping[str, Sequence[float]]) -> Iterator[Figure]:
    mine = taken["boardsim"]
    for name, limit in (("the disk alone", 0.8), ("plain sqlite3", 0.8), ("eventsourcing", 1.0)):
        if name in taken:
            value = median(theirs / own for theirs, own in zip(taken[name], mine, strict=True))
            times = (seconds(median(mine)), seconds(median(taken[name])))
            yield Figure(f"{what}: {name}", *times, f"{value:.2f}", f">= {limit}", goal(value, ">=", limit))


WRITERS = 8


def crowds(folder: Path, rounds: int) -> Iterator[Figure]:
    """Eight writers at once, each a process; in the disk alone, too, one writes at a time, as an order demands."""
    taken: dict[str, list[float]] = {name: [] for name in programs()}
    for turn in range(rounds):
        for number, name in enumerate(taken):
            path = folder / f"crowd-{turn}-{number}"
            ready = [partial(_CROWDED[name], path, writer) for writer in range(WRITERS)]
            together([partial(_first, ready[0])])  # whatever a first writer makes is there
            took = together(ready)
            taken[name].append(took / (WRITERS * SLICE))
    yield from _beside("durable append, eight writers", taken)


def _first(ready: Callable[[], Work]) -> Work:
    ready()
    return lambda: None


def _own_lines(writer: int) -> list[bytes]:
    return [line(writer * SLICE + number) for number in range(SLICE)]


def _bare_crowd(path: Path, writer: int) -> Work:
    lock, append = os.open(f"{path}-lock", os.O_CREAT | os.O_RDWR), bare(path)

    def work() -> None:
        for one in _own_lines(writer):
            fcntl.flock(lock, fcntl.LOCK_EX)
            append([one])
            fcntl.flock(lock, fcntl.LOCK_UN)

    return work


def _our_crowd(path: Path, writer: int) -> Work:
    store = open_sqlite(str(path), create=True)

    def work() -> None:
        head = store.head(CASE)
        for one in _own_lines(writer):
            head = _retried(store, one, head)

    return work


def _retried(store: Any, one: bytes, head: Head) -> Head:
    while True:
        try:
            return store.append(CASE, [one] if head.count else [HEADER, one], head)  # type: ignore[no-any-return]
        except Conflict as conflict:
            head = conflict.head


def _plain_crowd(path: Path, writer: int) -> Work:
    return partial(plain(path), _own_lines(writer))


def _peer_crowd(path: Path, writer: int) -> Work:
    return partial(peer(path), _own_lines(writer))


_CROWDED: Mapping[str, Callable[[Path, int], Work]] = {
    "boardsim": _our_crowd,
    "the disk alone": _bare_crowd,
    "plain sqlite3": _plain_crowd,
    "eventsourcing": _peer_crowd,
}


def org(number: int) -> Iterator[bytes]:
    """An organization, its people and its events."""
    name, utc = f"org-{number}", zone("UTC")
    assert utc is not None
    yield canonical("org", {"id": name, "name": f"Organization {number}", "bylaws": {"seats": boards.SEATS}})
    for person in range((EVENTS + boards.SEATS) // 2 + 1):
        yield canonical("person", {"id": f"p{person}-{name}", "name": f"Person {person}"})
    for move in boards.moves(EVENTS):
        own = {"id": f"{move.id}-{name}", "person": f"{move.person}-{name}", "org": name, "type": NAMES[type(move)]}
        yield canonical("event", {**encode_event(move, utc), **own})


def many(folder: Path, orgs: int) -> Iterator[Figure]:
    """A large load; and a snapshot of one organization, from the store of all and from a log of its own."""
    path, own = folder / "many.db", folder / "own.jsonl"
    blocks = [HEADER, *(block for number in range(orgs) for block in org(number))]
    start = process_time()
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append(CASE, blocks, EMPTY)
    load = process_time() - start
    count = orgs * EVENTS
    what = f"load {count:,} events of {orgs:,} organizations"
    yield Figure(what, seconds(load), "", f"{count / load:,.0f} /s")
    yield Figure(f"bytes by block, of {len(blocks):,}", f"{path.stat().st_size / len(blocks):.0f} B")
    own.write_bytes(b"".join(block + b"\n" for block in (HEADER, *org(orgs // 2))))
    del blocks
    name = f"org-{orgs // 2}"
    asked = {"store": partial(_directors, f"sqlite:{path}#{CASE}", name), "own": partial(_directors, str(own), name)}
    agree({which: json.dumps(ask()) for which, ask in asked.items()})
    timed = alternate(asked, 41)
    value = timed.ratio("store", "own")
    times = (seconds(timed.of("store")), seconds(timed.of("own")))
    yield Figure(f"snapshot of one of {orgs:,} : its own log", *times, f"{value:.2f}", "<= 2", goal(value, "<=", 2))


def _directors(case: str, name: str) -> list[Any]:
    """What a snapshot of the organization says, as the command takes it."""
    opened = open_case(case, None, scope_of([name], None, None, at_end=True))
    history = opened.history()
    position, at = opened.point(history, None)
    (found,) = snapshot(history, at=at, position=position, orgs=[name]).orgs
    return [found.chair, found.directors]
