"""Importing a table of CSV, and a newer one, beside reading it with `csv` and writing it with `json`.

Each import is a process of its own, so that its memory can be weighed.
"""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks import child
from benchmarks.plan import Plan, agree
from benchmarks.report import Figure, goal, seconds

TITLE = "Importing a table, beside csv and json doing the bare minimum"

MAP = """\
[source]
name = "Register"
timezone = "Europe/London"
[columns]
row = "id"
org = "company"
org_name = "company_name"
person = "officer"
person_name = "name"
role = "role"
start = "from"
end = "to"
[dates]
formats = ["%d/%m/%Y"]
end = "exclusive"
[options]
known = "download"
"""
SYLLABLES = tuple(a + b for a in "bdfgklmnr" for b in "aeiu")
HEAD = ("id", "company", "company_name", "officer", "name", "role", "from", "to")


def figures(plan: Plan) -> Iterator[Figure]:
    """A first import, its memory, and one of the same table with one row of a hundred changed."""
    size = plan.rows
    limits = (60.0, 90.0) if size == Plan().rows else (None, None)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.toml").write_text(MAP)
        table(folder / "a.csv", size, changed=0)
        table(folder / "b.csv", size, changed=100)
        bare, events = minimum(folder / "a.csv", folder / "bare.jsonl")
        table(folder / "few.csv", 100, changed=0)
        imported(folder, "few.csv", "2024-01-01", log="few.jsonl")  # which compiles
        first = imported(folder, "a.csv", "2024-01-01")
        made: dict[str, int] = json.loads(first.output)["events"]
        agree({"events of csv and json": events, "of the import": sum(made.values())})
        peak = first.memory / 2**20
        again = imported(folder, "b.csv", "2024-02-01")
    both = ((f"import {size:,} rows", first.seconds, limits[0]), ("again, 1 % changed", again.seconds, limits[1]))
    for what, took, limit in both:
        met = None if limit is None else goal(took, "<=", limit)
        wanted = "" if limit is None else f"<= {limit:.0f} s"
        yield Figure(what, seconds(took), seconds(bare), f"{took / bare:.1f} x", wanted, met)
    wanted = "" if limits[0] is None else "<= 500 MB"
    yield Figure("memory of the first", f"{peak:,.0f} MB", "", "", wanted, goal(peak, "<=", 500) if wanted else None)


def imported(folder: Path, name: str, known: str, log: str = "log.jsonl") -> child.Ran:
    """What an import took."""
    words = ("import", str(folder / name), "--map", str(folder / "map.toml"), "-o", str(folder / log))
    return child.boardsim(*words, "--known", known, "--json")


def minimum(table: Path, log: Path) -> tuple[float, int]:
    """The processor time of reading the rows and writing two objects for each, and how many those are."""
    start, count = process_time(), 0
    with table.open(newline="") as rows, log.open("w") as out:
        for row in csv.DictReader(rows):
            said = {"person": row["officer"], "org": row["company"], "role": row["role"]}
            for kind, at in (("appoint", row["from"]), ("cease", row["to"])):
                if at:
                    count += 1
                    day = f"{at[6:]}-{at[3:5]}-{at[:2]}"
                    out.write(json.dumps({"type": kind, "at": day, **said, "sources": ["Register"]}) + "\n")
    return process_time() - start, count


def name_of(person: int) -> str:
    """A made-up name of two words, so that people are told apart by it as real ones are."""
    first, last = divmod(person * 7919, 1_679_616)
    return f"{_word(person * 31 + first)} {_word(last)}"


def _word(number: int) -> str:
    """Four syllables, by number."""
    syllables = []
    for _ in range(4):
        number, place = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables).title()


def table(path: Path, size: int, changed: int) -> None:
    """A made-up register; with `changed`, one row of so many has another end."""
    draw = random.Random(1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(size):
            person, company, year = number // 2, number * 7919 % (size // 5 + 1), draw.randint(1980, 2015)
            start = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{year}"
            end = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{year + draw.randint(1, 4)}"
            end = end if draw.random() < 0.7 else ""
            if changed and not number % changed:
                end = f"01/01/{year + 5}"
            name, role = name_of(person), draw.choice(("Director", "Secretary"))
            writer.writerow([f"A{number}", f"{company:08}", f"Company {company}", f"P{person}", name, role, start, end])
