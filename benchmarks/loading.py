"""Reading a log, beside reading the same text with nothing asked of it."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import tomli
from attrs import evolve

from benchmarks import boards
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, seconds
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
        ratio = f"{timed.ratio('ours', 'bare'):.2f} x"
        yield Figure(what, seconds(timed.of("ours") / size), seconds(timed.of("bare") / size), ratio)


def _log(size: int) -> Log:
    people = "".join(f'[[person]]\nid = "p{n}"\nname = "P{n}"\n' for n in range((size + boards.SEATS) // 2 + 1))
    return evolve(loads(_HEAD + people, "people.toml").log, events=tuple(boards.moves(size)))
