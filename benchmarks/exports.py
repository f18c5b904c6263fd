"""Exports of many tenures, beside the bare writer of each format's library, given the same data ready to be written."""

import csv
import importlib.util
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO, StringIO
from typing import Any

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, seconds
from benchmarks.timing import Program, alternate
from boardsim import Appoint, History, Log, Org, Person, Resign
from boardsim.exports import registry
from boardsim.exports.export import Export
from boardsim.kernel import replay

TITLE = "Exports: beside the bare writer of the same data"

MANY = 20_000
"""Of more tenures every program is run once: some of the libraries take half a minute."""

BOARD = 50
"""How many directors each company ever had; half of them have left."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Every format that has a bare writer, then the others alone."""
    size = plan.tenures
    history = replay(_log(size))
    history.tenures("c0")
    for name in (name for name in registry.names() if not registry.named(name).is_log):
        if name == "parquet" and importlib.util.find_spec("pyarrow") is None:
            continue
        ours = partial(_written, name, history)
        text = ours()
        bare = _bare(name, text, peers=plan.peers)
        programs: dict[str, Program] = {"ours": ours, **({"bare": bare} if bare else {})}
        timed = alternate(programs, 1 if size > MANY else min(plan.rounds_of(size), 3))
        other = seconds(timed.of("bare") / size) if bare else ""
        ratio = f"{timed.ratio('ours', 'bare'):.1f} x" if bare else ""
        yield Figure(f"{name} of {size:,} tenures", seconds(timed.of("ours") / size), other, ratio)
    rows = _written("csv", history).count("\n") - 1
    agree({"tenures": size, "rows": rows})


def _written(name: str, history: History) -> Any:
    export = Export(history=history, end=_end(history))
    pieces: list[Any] = list(registry.named(name).write(export))
    return b"".join(pieces) if registry.named(name).binary else "".join(pieces)


def _end(history: History) -> datetime:
    return history.instants[-1]


def _log(size: int) -> Log:
    """So many tenures of directors with a term, at companies of fifty."""
    companies = -(-size // BOARD)
    orgs = tuple(Org(id=f"c{number}", name=f"Company {number}") for number in range(companies))
    people = tuple(Person(id=f"p{number}", name=f"Person {number}") for number in range(size))
    events: list[Appoint | Resign] = []
    for number in range(size):
        at, org, person = boards.FIRST + timedelta(minutes=number), f"c{number % companies}", f"p{number}"
        term = at + timedelta(days=1_000)
        events.append(Appoint(id=f"a{number}", at=at, org=org, person=person, role="director", until=term))
        if number % 2:
            left = at + timedelta(days=200)
            events.append(Resign(id=f"r{number}", at=left, org=org, person=person, role="director"))
    return Log(id="bench", orgs=orgs, people=people, events=tuple(events))


def _bare(name: str, written: Any, *, peers: bool) -> Program | None:
    """A writer of the same data, which it has ready; None where there is none, or where it is not installed."""
    match name:
        case "csv":
            rows = list(csv.reader(StringIO(written, newline="")))
            return lambda: csv.writer(StringIO(newline="")).writerows(rows)
        case "popolo":
            document = json.loads(written)
            return lambda: json.dumps(document, ensure_ascii=False, indent=2)
        case "ftm":
            entities = [json.loads(line) for line in written.splitlines()]
            return lambda: "\n".join([json.dumps(entity, ensure_ascii=False) for entity in entities])
        case "parquet":
            from pyarrow import parquet  # noqa: PLC0415 -- an extra

            table = parquet.read_table(BytesIO(written))
            return lambda: parquet.write_table(table, BytesIO())
        case "graphml" if peers and importlib.util.find_spec("networkx"):
            networkx = importlib.import_module("networkx")
            graph = networkx.read_graphml(BytesIO(written.encode()), force_multigraph=True)
            return lambda: "".join(networkx.generate_graphml(graph))
        case "ics" if peers and importlib.util.find_spec("icalendar"):
            calendar = importlib.import_module("icalendar").Calendar.from_ical(written)
            found: Program = calendar.to_ical
            return found
        case _:
            return None
