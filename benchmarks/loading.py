"""Reading a log, beside reading the same text with nothing asked of it."""

import gc
import json
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import tomli
from attrs import evolve

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate
from boardsim import Log, loads
from boardsim.formats.log import encode
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml

TITLE = "Loading: beside bare parsing of the same text"

_HEAD = """\
[log]
schema = 1
id = "bench"
[[org]]
id = "club"
name = "A board"
[org.bylaws]
seats = 10
"""


MOST = {"log.toml": 45e-6, "log.jsonl": 25e-6}
"""The seconds that an event may take."""

BYTES = 1.2 * 1024
"""What may stay of an event in memory, its block's text and half a person included."""


def _weight(make: Callable[[], object]) -> int:
    """The bytes that what is made keeps."""
    gc.collect()
    tracemalloc.start()
    kept = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def figures(plan: Plan) -> Iterator[Figure]:
    """TOML beside tomli, JSON lines beside json."""
    size = plan.documents
    log = _log(size)
    bare: dict[str, Callable[[str], Any]] = {
        "log.toml": tomli.loads,
        "log.jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    }
    for name, text in {"log.toml": toml.write(log), "log.jsonl": jsonl.write(encode.records(log))}.items():
        read = loads(text, name)
        agree({"events": size, name: len(read.log.events), "sound": size + len(read.problems)})
        programs: dict[str, Program] = {"ours": partial(loads, text, name), "bare": partial(bare[name], text)}
        timed = alternate(programs, min(plan.rounds_of(size), 5))
        what = f"load {size:,} from {name}, " + ("tomli" if name.endswith("toml") else "json.loads")
        ours, bare_time, ratio = timed.of("ours") / size, timed.of("bare") / size, timed.ratio("ours", "bare")
        goal_, met = f"<= {MOST[name] * 1e6:.0f} us", goal(ours, "<=", MOST[name])
        wall = seconds(timed.wall("ours") / size)
        yield Figure(what, seconds(ours), seconds(bare_time), f"{ratio:.2f} x", goal_, met, wall)
        weight, least = _weight(partial(loads, text, name)) / size, len(text.encode()) / size
        met = goal(weight, "<=", BYTES)
        value = f"{weight / least:.1f} x"
        yield Figure("  what stays of each; its text", f"{weight:,.0f} B", f"{least:.0f} B", value, "<= 1.2 KB", met)


def _log(size: int) -> Log:
    people = "".join(f'[[person]]\nid = "p{n}"\nname = "P{n}"\n' for n in range((size + boards.SEATS) // 2 + 1))
    return evolve(loads(_HEAD + people, "people.toml").log, events=tuple(boards.moves(size)))
