"""A large case in a store: loaded, added to, asked for one person; beside plain `sqlite3` and beside a small case.

A load is a process of its own, so that its memory is its own; what it takes is reading, checking and writing, and the
register of tenures.  Plain `sqlite3` writes the same blocks to one table in one transaction, and does nothing else.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks import child
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.stores import CASE, EVENTS, HEADER, org
from benchmarks.timing import alternate
from boardsim import record
from boardsim.cli.case import open_case
from boardsim.filters import filter_events
from boardsim.kernel import replay
from boardsim.library.case import scope_of

TITLE = "A large case in a store"

MEGABYTE = 1_000_000

RUNS = 3
"""How often a process is run, of which the shortest run counts."""

LONG = 50_000
"""Events of a log that takes so long to load that it is loaded once."""


def figures(plan: Plan) -> Iterator[Figure]:
    """All of them."""
    size = min(max(plan.sizes), 100_000)
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=Path.cwd()) as name:
        folder = Path(name)
        child.boardsim("load", str(log(folder, EVENTS)), f"sqlite:{folder}/first.db")  # which compiles
        for count in (size // 10, size):
            yield from loaded(folder, count)
        yield from added(folder, size)
        yield from asked(folder, size)


_PLAIN = """
import sqlite3, sys
tables = sqlite3.connect(sys.argv[2])
tables.execute("CREATE TABLE blocks (position INTEGER PRIMARY KEY, body TEXT NOT NULL)")
with tables, open(sys.argv[1], encoding="utf-8") as source:
    tables.executemany("INSERT INTO blocks VALUES (?, ?)", enumerate(line.rstrip("\\n") for line in source))
"""


def log(folder: Path, count: int) -> Path:
    """A log of so many events in JSON Lines."""
    path = folder / f"log-{count}.jsonl"
    if not path.exists():
        with path.open("wb") as file:
            file.write(HEADER + b"\n")
            for number in range(count // EVENTS):
                file.writelines(block + b"\n" for block in org(number))
    return path


def loaded(folder: Path, count: int) -> Iterator[Figure]:
    """The whole of it, as `boardsim load` does it; what is short is run several times."""
    path, store, plain = log(folder, count), folder / f"store-{count}.db", folder / f"plain-{count}.db"
    nothing = shortest([("--version",)] * RUNS, child.boardsim)
    empty = shortest([("-c", "import sqlite3")] * RUNS, child.run)
    plains = [plain, *(folder / f"plain-{count}-{turn}.db" for turn in range(1, RUNS))]
    bare = shortest([("-c", _PLAIN, str(path), str(one)) for one in plains], child.run)
    stores = [store, *(folder / f"store-{count}-{turn}.db" for turn in range(1, RUNS if count < LONG else 1))]
    ours = shortest([("load", str(path), f"sqlite:{one}") for one in stores], child.boardsim)
    blocks = sum(1 for _ in path.open("rb"))
    agree({name: rows(one) for name, one in (("store", store), ("plain", plain))})
    took, floor = ours.seconds - nothing.seconds, bare.seconds - empty.seconds
    what, ratio, disk = f"load {blocks:,} blocks", took / floor, store.stat().st_size / plain.stat().st_size
    times = (seconds(took), seconds(floor))
    yield Figure(f"{what} : plain sqlite3", *times, f"{ratio:.1f}", "<= 15", goal(ratio, "<=", 15))
    memory = ours.memory / MEGABYTE
    yield Figure(f"{what}, memory", f"{memory:.0f} MB", "", f"{memory:.0f} MB", "<= 150", goal(memory, "<=", 150))
    sizes = tuple(f"{one.stat().st_size / MEGABYTE:.1f} MB" for one in (store, plain))
    yield Figure(f"{what}, on disk : plain", sizes[0], sizes[1], f"{disk:.2f}", "<= 3", goal(disk, "<=", 3))


def shortest(calls: Iterable[tuple[str, ...]], run: Callable[..., child.Ran]) -> child.Ran:
    """Of several processes, each with its arguments, what the one took that took least."""
    return min((run(*arguments) for arguments in calls), key=lambda ran: ran.seconds)


def rows(path: Path) -> int:
    """How many blocks a database has."""
    with closing(sqlite3.connect(path)) as tables:
        return int(tables.execute("SELECT count(*) FROM blocks").fetchone()[0])


def added(folder: Path, size: int) -> Iterator[Figure]:
    """One event more, which is checked before it is written, in a large case and in one of a single organization."""
    small, number = folder / "small.db", size // EVENTS // 2
    path = folder / "small.jsonl"
    path.write_bytes(b"".join(block + b"\n" for block in (HEADER, *org(number))))
    child.boardsim("load", str(path), f"sqlite:{small}")
    stores = {"large": f"sqlite:{folder}/store-{size}.db", "small": f"sqlite:{small}"}
    counter = iter(range(10_000))

    def recorded(store: str) -> object:
        text = f"Words {next(counter)}"
        return record(f"{store}#{CASE}", "statement", org=f"org-{number}", at="2030-01-01", text=text)

    timed = alternate({name: partial(recorded, store) for name, store in stores.items()}, 9)
    ratio = timed.ratio("large", "small")
    times = (seconds(timed.of("large")), seconds(timed.of("small")))
    what = f"record in {size:,} events : in {EVENTS}"
    yield Figure(what, *times, f"{ratio:.2f}", "<= 1.5", goal(ratio, "<=", 1.5))


def asked(folder: Path, size: int) -> Iterator[Figure]:
    """What concerns one person, as `replay --person` asks."""
    person, store = f"p3-org-{size // EVENTS // 3}", f"sqlite:{folder}/store-{size}.db#{CASE}"

    def part() -> list[str]:
        history = replay(open_case(store, None, scope_of(None, [person], None)).log)
        return [history.events[index].id for index in filter_events(history, people=[person])]

    own = [block for block in org(size // EVENTS // 3) if f'"person":"{person}"'.encode() in block]
    agree({"store": len(part()), "log": len(own)})
    took = alternate({"part": part}, 21).of("part") * 1000
    yield Figure(f"--person in {size:,} events", f"{took:.1f} ms", "", f"{took:.1f} ms", "<= 50", goal(took, "<=", 50))
