"""A read in the middle of a history, beside the reads at a version of `eventsourcing`; and who sat as known then."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random

from attrs import evolve

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import History, Log
from boardsim.events import NEVER, OPEN
from boardsim.facts import KnownTenure, TenureIndex, known_tenures
from boardsim.kernel import replay

TITLE = "As-of read in the middle of a history"

READS = 200
"""How many instants are asked for in one run."""


def reader(history: History, size: int) -> Program:
    """Asks for the state at `READS` instants, spread over the middle half of a history of so many events."""
    instants = _middle(size)

    def read() -> None:
        for at in instants:
            history.state_at(boards.ORG, at)

    return read


COUNT = 1_000
"""So many tenures has each organization of a large register."""


def _known_then(plan: Plan) -> Iterator[Figure]:
    """Who sat at an instant, as known at another, in a large register: beside SQLite, and a list an organization."""
    tenures = [*_register(max(1, plan.rows // COUNT))]
    index, lists, sqlite = TenureIndex(tenures), _lists(tenures), _sqlite(tenures)
    chance = Random(1)
    orgs = sorted(lists)
    asked: list[tuple[str, datetime, datetime]] = [
        (chance.choice(orgs), _some(chance), _some(chance)) for _ in range(READS)
    ]

    def of_list(org: str, at: datetime, known: datetime) -> list[str]:
        return [who for since, until, a, b, who in lists[org] if since <= at < until and a <= known < b]

    def of_sqlite(org: str, at: datetime, known: datetime) -> list[str]:
        times = (at.isoformat(), at.isoformat(), known.isoformat(), known.isoformat())
        return [who for (who,) in sqlite.execute(SQL, (org, *times))]

    asks: dict[str, Callable[[str, datetime, datetime], Iterable[str]]] = {
        "boardsim": lambda org, at, known: index.holders(org, "director", at, known),
        "lists by org": of_list,
        "SQLite": of_sqlite,
    }
    agree({name: tuple(tuple(sorted(ask(*one))) for one in asked) for name, ask in asks.items()})
    programs: dict[str, Program] = {name: partial(_all, ask, asked) for name, ask in asks.items()}
    timed = alternate(programs, 5)
    value = timed.of("boardsim") / READS
    for name in ("lists by org", "SQLite"):
        what = f"as known then in {len(tenures):,}, {name}"
        other = seconds(timed.of(name) / READS)
        yield Figure(what, seconds(value), other, seconds(value), "<= 10 us", goal(value, "<=", 10e-6))


def _some(chance: Random) -> datetime:
    return boards.FIRST + timedelta(minutes=chance.randrange(COUNT))


SQL = "select person from held where org = ? and since <= ? and ? < until and known_since <= ? and ? < known_until"


def _all(ask: Callable[[str, datetime, datetime], object], asked: Iterable[tuple[str, datetime, datetime]]) -> None:
    for one in asked:
        ask(*one)


def _register(orgs: int) -> Iterator[KnownTenure]:
    """The tenures of a board of ten seats, at so many organizations; of each one the end became known later."""
    history = replay(boards.log(boards.moves(2 * COUNT)))
    tenures = [tenure for tenure in history.tenures(boards.ORG) if tenure.closed is not None][: COUNT // 2]
    for number in range(orgs):
        for tenure in tenures:
            opened, closed = tenure.opened.at, tenure.until
            until = (closed or opened) + timedelta(minutes=5)
            open_ = evolve(tenure, closed=None)
            org = f"{boards.ORG}-{number}"
            yield KnownTenure(org=org, tenure=open_, known_since=opened, known_until=until)
            yield KnownTenure(org=org, tenure=tenure, known_since=until, known_until=None)


_Row = tuple[datetime, datetime, datetime, datetime, str]


def _row(one: KnownTenure) -> _Row:
    last = one.known_until or NEVER
    return (one.tenure.since, one.tenure.until or NEVER, one.known_since or OPEN, last, one.tenure.person)


def _lists(tenures: Iterable[KnownTenure]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for one in tenures:
        found.setdefault(one.org, []).append(_row(one))
    return found


def _sqlite(tenures: Iterable[KnownTenure]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table held (org, since, until, known_since, known_until, person)")
    rows = ((one.org, *(t.isoformat() for t in _row(one)[:4]), one.tenure.person) for one in tenures)
    connection.executemany("insert into held values (?, ?, ?, ?, ?, ?)", rows)
    connection.execute("create index by_org on held (org, since, until, known_since, known_until, person)")
    return connection


def _middle(size: int) -> list[datetime]:
    chance = Random(1)
    return [boards.FIRST + timedelta(minutes=chance.randrange(size // 4, size * 3 // 4)) for _ in range(READS)]


KNOWN = 10e-6
"""The seconds that a question about two times may take."""


def _as_known(log: Log, history: History, size: int) -> Figure:
    """Who sat at one instant as known at another: looked up, and by a replay of what was known then."""
    index, asked = TenureIndex(known_tenures(log, history)), _middle(size)

    def looked_up(at: datetime) -> Iterable[str]:
        return index.holders(boards.ORG, "director", at, at)

    def replayed(at: datetime) -> Iterable[str]:
        return boards.directors(replay(log, known=at).state_at(boards.ORG, at))

    agree({"looked up": tuple(sorted(looked_up(asked[0]))), "replayed": tuple(sorted(replayed(asked[0])))})
    programs: dict[str, Program] = {
        "looked up": lambda: [looked_up(at) for at in asked],
        "replayed": lambda: [replayed(at) for at in asked[:5]],
    }
    timed = alternate(programs, 3)
    ours, theirs = timed.of("looked up") / len(asked), timed.of("replayed") / 5
    what = f"who sat in {size:,} as known then; by replay"
    return Figure(what, seconds(ours), seconds(theirs), f"{theirs / ours:,.0f} x", "<= 10 us", goal(ours, "<=", KNOWN))


def figures(plan: Plan) -> Iterator[Figure]:
    """One read, then the same beside each peer."""
    yield from _known_then(plan)
    size, events = plan.history, boards.moves(plan.history)
    log = boards.log(events)
    history = replay(log)
    read, half = reader(history, size), size // 2
    directors = boards.directors(history.state_at(boards.ORG, events[half - 1].at))
    ours = alternate({"boardsim": read}, 21).of("boardsim") / READS
    yield Figure(f"as-of in {size:,}", seconds(ours), "", seconds(ours), "<= 20 us", goal(ours, "<=", 20e-6))
    yield _as_known(log, history, size)
    peers = plan.eventsourcing
    for name in ("declarative", "functional") if peers else ():
        theirs = getattr(peers, name)(events)
        agree({"boardsim": directors, name: theirs(half)})
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
