"""A register of a country, from made-up rows: how long a build takes on a core, what it weighs, and what it answers.

What is said of the United Kingdom's register, or of a million companies, is extrapolated from this table in proportion:
each organization is folded by itself, so that the work grows with the rows.  Each build is a process of its own, and
what it takes to start one, to read each different day once and to fold an example of each kind of tenure is not of the
rows: a row costs what a larger table takes longer than a smaller one.
"""

import importlib.util
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from attrs import evolve

from benchmarks import child
from benchmarks.cores import gained
from benchmarks.imports import MAP, minimum, table
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds

TITLE = "A register in bulk; what is beyond this table is extrapolated from it"

MOST = 100_000
"""Rows of the table."""

SMALLER = 4
"""By how much another table is smaller, of which the days are the same."""

LEAST = 20_000
"""Rows that are worth comparing with a smaller table: with fewer the difference is lost among what a start takes."""

APPOINTMENTS = 20_600_000
"""Those of the United Kingdom's register of companies."""

COMPANIES = 1_000_000
COPIED = 100_000
"""Companies of which interlocks are asked: copies of those that were folded."""

QUESTIONS = 30

REGISTER = 1_000_000
"""Rows of a table of which it is worth while to start another process; of fewer its start is much of the time."""

GOALS = {"rate": 25_000, "minutes": 30.0, "size": 3.0, "memory": 1_000.0, "org": 0.020, "person": 0.030, "pairs": 5.0}
WALL = 1.8


def figures(plan: Plan) -> Iterator[Figure]:
    """A build, one of the same, a newer one, one on two processes; and the three questions that people ask most."""
    if importlib.util.find_spec("duckdb") is None:  # an extra
        return
    size = max(LEAST, min(plan.rows, MOST))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.toml").write_text(MAP)
        table(folder / "a.csv", size, changed=0)
        table(folder / "b.csv", size, changed=100)
        table(folder / "few.csv", size // SMALLER, changed=0)
        bare, events = minimum(folder / "a.csv", folder / "bare.jsonl")
        table(folder / "first.csv", 100, changed=0)
        built(folder, "first.csv", "2024-01-01", "first", 1)  # which compiles
        less, few = built(folder, "few.csv", "2024-01-01", "few", 1)
        one, made = built(folder, "a.csv", "2024-01-01", "one", 1)
        took, more = one.seconds, one.seconds - less.seconds
        agree({"events of csv and json": events, "of the build": made["events"]})
        yield from _first(size, bare, took, max(less.memory, one.memory) / 2**20)
        yield from _per_row((size - size // SMALLER, made["events"] - few["events"]), more, made["bytes"] / size)
        yield from _floors(folder, size)
        yield from _wall(folder, max(size, plan.rows))
        yield from _questions(folder / "one", made["organizations"], random.Random(1))
        for what, source, known in (
            ("the same source again", "a.csv", "2024-01-01"),
            ("a newer one, 1 % of the rows changed", "b.csv", "2024-02-01"),
        ):
            later, _ = built(folder, source, known, "one", 1)
            yield Figure(what, seconds(later.seconds), seconds(took), f"{later.seconds / took:.2f} x")


def _wall(folder: Path, size: int) -> Iterator[Figure]:
    """How long people wait for one process, and for two."""
    table(folder / "wide.csv", size, changed=0)
    one, both = (built(folder, "wide.csv", "2024-01-01", f"by{jobs}", jobs)[0].wall for jobs in (1, 2))
    faster = _met(one / both, ">=", WALL, "x") if size >= REGISTER else (f"{one / both:.2f} x",)
    yield Figure(f"wall, {size:,} rows: one process, beside two", seconds(one), seconds(both), *faster)
    yield gained()


def _first(size: int, bare: float, took: float, peak: float) -> Iterator[Figure]:
    beside = (f"build of {size:,} rows, beside csv and json", seconds(took), seconds(bare), f"{took / bare:.0f} x")
    yield Figure(*beside)
    yield Figure("memory of a process", f"{peak:,.0f} MB", "", *_met(peak, "<=", GOALS["memory"], "MB"))


def _per_row(more: tuple[int, int], took: float, size: float) -> Iterator[Figure]:
    """What so many more rows, and events, took, and how many bytes a row has."""
    rows, events = more
    rate, minutes = events / took, took / rows * APPOINTMENTS / 60
    yield Figure("events a second and core", f"{rate:,.0f}", "", *_met(rate, ">=", GOALS["rate"], ""))
    name, disk = f"extrapolated to {APPOINTMENTS / 1e6:.1f} M rows", size * APPOINTMENTS / 1e9
    yield Figure(f"{name}: core-minutes", f"{minutes:,.0f}", "", *_met(minutes, "<=", GOALS["minutes"], "min"))
    yield Figure(f"{name}: disk", f"{disk:.2f} GB", "", *_met(disk, "<=", GOALS["size"], "GB"))


def _floors(folder: Path, size: int) -> Iterator[Figure]:
    """What parts of a build take by themselves, for each row: nothing that has them is faster."""
    from boardsim.imports.entries import Entry  # noqa: PLC0415 -- the builds are processes of their own
    from boardsim.imports.organizations import DatesSeen, rows_of  # noqa: PLC0415 -- likewise
    from boardsim.imports.reading import sheet_of  # noqa: PLC0415 -- likewise
    from boardsim.library.bulk import _source  # noqa: PLC0415 -- likewise

    source = _source(str(folder / "a.csv"), str(folder / "map.toml"), None, "2024-01-01")
    assert not isinstance(source, Path)
    found, seen = [], DatesSeen(source.map)
    start, sheet = process_time(), sheet_of(source)
    rows_of(source, sheet, seen.see, lambda _key, row: found.append(row))
    table_ = seen.table(source, sheet.file)
    dealt = process_time() - start
    reader, start = table_.interpreter(), process_time()
    entries = [reader.entry(line, line, cells) for line, cells in found]
    read = process_time() - start
    assert all(isinstance(entry, Entry) for entry in entries)
    for what, took in (("rows of csv, by organization", dealt), ("what each row says", read)):
        yield Figure(f"of that, {what}", f"{took / size * 1e6:.1f} us", "", "a row")


def _met(value: float, sign: str, limit: float, unit: str) -> tuple[str, str, bool]:
    shown = f"{value:,.0f} {unit}" if value >= 100 else f"{value:.2f} {unit}"
    return shown.strip(), f"{sign} {limit:,.4g} {unit}".strip(), goal(value, sign, limit)  # type: ignore[arg-type]


def built(folder: Path, source: str, known: str, into: str, jobs: int) -> tuple[child.Ran, dict[str, int]]:
    """What a build took, and what it says of itself."""
    words = (str(folder / source), "--map", str(folder / "map.toml"), "-o", str(folder / into), "--known", known)
    ran = child.boardsim("bulk", "build", *words, "--jobs", str(jobs), "--json")
    return ran, json.loads(ran.output)


def _questions(folder: Path, organizations: int, draw: random.Random) -> Iterator[Figure]:
    """One company on a day, a person, and all interlocks: processor time, in an open folder."""
    import boardsim  # noqa: PLC0415 -- the build above is a process of its own
    from boardsim.bulk.query import Bulk  # noqa: PLC0415 -- likewise

    bulk = Bulk(folder)
    orgs, people = (
        [row["key"] for row in bulk.rows(f"SELECT DISTINCT {key} AS key FROM {bulk.table(name)} ORDER BY key")]  # noqa: S608 -- ours
        for key, name in (("org_key", "organizations"), ("person_key", "tenures"))
    )
    asked = draw.sample(orgs, QUESTIONS), draw.sample(people, QUESTIONS)
    org = _median([lambda key=key: boardsim.bulk_query(bulk, org=key, at="2010-06-30") for key in asked[0]])  # type: ignore[misc]
    yield Figure("one company as of a day", seconds(org), "", *_met(org * 1e3, "<=", GOALS["org"] * 1e3, "ms"))
    person = _median([lambda key=key: boardsim.bulk_query(bulk, boards=key) for key in asked[1]])  # type: ignore[misc]
    yield Figure("the boards of a person", seconds(person), "", *_met(person * 1e3, "<=", GOALS["person"] * 1e3, "ms"))
    times = max(1, COPIED // organizations)
    several = Bulk(copied(folder, folder.with_name("copied"), times))
    (there,) = several.rows(f"SELECT count(*) AS orgs FROM {several.table('organizations')}")  # noqa: S608 -- ours
    agree({"companies copied": organizations * times, "in the folder": there["orgs"]})
    pairs = _median([lambda: boardsim.bulk_query(several, interlocks=True, at="2010-06-30")] * 3)
    more = pairs * COMPANIES / (organizations * times)
    yield Figure(f"interlocks of {organizations * times:,} companies", seconds(pairs))
    yield Figure("extrapolated to 1 M companies", seconds(more), "", *_met(more, "<=", GOALS["pairs"], "s"))


def copied(folder: Path, into: Path, times: int) -> Path:
    """A folder with so many copies of each company and person, under keys of their own: to fold as many takes long."""
    import duckdb  # noqa: PLC0415 -- an extra

    from boardsim.bulk.folder import put, read_manifest, write_manifest  # noqa: PLC0415 -- likewise

    made, files = read_manifest(folder), {}
    into.mkdir()
    keys = {"organizations": ("book", "org_key"), "alike": ("book", "person_key")}
    for name, columns in keys.items():
        others = ", ".join(f"{column} || '-' || copy AS {column}" for column in columns)
        sources, target = [str(folder / part.files[name].name) for part in made.parts], into / f"{name}.parquet"
        rows = f"SELECT * EXCLUDE (copy) REPLACE ({others}) FROM range({times}) AS r(copy), read_parquet({sources})"  # noqa: S608 -- ours
        duckdb.sql(f"COPY ({rows}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        files[name] = put(into, f"{name}/copied.parquet", target.read_bytes(), 1)
    # In this one nothing is: what is not sure of tenures that are alike follows from them.
    written = made.parts[0].files["uncertain"]
    files["uncertain"] = put(into, "uncertain/copied.parquet", (folder / written.name).read_bytes(), written.rows)
    write_manifest(into, evolve(made, parts=[evolve(made.parts[0], files=files)]))
    return into


def _median(works: Sequence[Callable[[], object]]) -> float:
    times = []
    for work in works:
        start = process_time()
        work()
        times.append(process_time() - start)
    return sorted(times)[len(times) // 2]
