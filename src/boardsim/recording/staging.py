"""The blocks of a large log on their way into a store, in a database of their own that is gone when they are there.

It lies on the disk, in the folder for such files, and only what a few organizations rest on is ever in memory.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from attrs import field, frozen

from boardsim.formats.syntax import alone
from boardsim.formats.syntax.jsonl import DECLARATIONS
from boardsim.loading.garbage import uncollected
from boardsim.store.dependencies import Found
from boardsim.store.links import linked
from boardsim.store.register import Held
from boardsim.store.rows import target_in

T = TypeVar("T")

_TABLES = """
CREATE TABLE source (position INTEGER PRIMARY KEY, line INTEGER, kind TEXT, id TEXT, org TEXT, person TEXT, target TEXT,
                     body TEXT);
CREATE TABLE links (value TEXT, position INTEGER, PRIMARY KEY (value, position)) WITHOUT ROWID;
CREATE TABLE made (position INTEGER PRIMARY KEY, body BLOB);
CREATE TABLE done (org TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE held (case_id, org, role, person, since, until, opened, closed, ended);
"""
_INDEXES = """
CREATE INDEX source_by_id ON source (id) WHERE id IS NOT NULL;
CREATE INDEX source_by_org ON source (org) WHERE org IS NOT NULL;
CREATE INDEX source_by_target ON source (target) WHERE target IS NOT NULL;
CREATE INDEX source_by_person ON source (person) WHERE person IS NOT NULL;
CREATE INDEX source_orgs ON source (position, id) WHERE kind = 'org';
"""
_FOUND = "SELECT s.position, s.kind, s.id, s.org, s.body FROM"
_WANTED = "json_each(?) AS wanted CROSS JOIN"


BATCH = 1_000
"""Blocks that are taken at once."""


def batched(found: Iterable[T], count: int) -> Iterator[Sequence[T]]:
    """So many of them at a time."""
    rest = iter(found)
    while some := list(islice(rest, count)):
        yield some


def _new() -> sqlite3.Connection:
    made = sqlite3.connect("", isolation_level=None)
    made.execute("PRAGMA journal_mode = OFF")
    made.execute("PRAGMA synchronous = OFF")
    made.executescript(_TABLES)
    return made


@frozen
class Staging:
    """A log in JSON Lines, block by block: as it was read, and as a store has it.

    It is a `Shelf` (see `boardsim.store.dependencies`) of the blocks as they were read.
    """

    tables: sqlite3.Connection = field(factory=_new)

    @uncollected
    def fill(self, lines: Iterable[str]) -> bool:
        """Take the lines of a log; whether each of them is a block that can be looked at apart from the others.

        Those of a log without a header in front or with files to include are not, nor is an event without an id.
        """
        numbered = enumerate((n, line) for n, line in enumerate(lines, 1) if line.strip())
        found = (_row(position, number, line.rstrip("\n")) for position, (number, line) in numbered)
        self.tables.execute("BEGIN")
        for some in batched(found, BATCH):
            if None in some:
                return False
            rows = [row for row in some if row is not None]
            self.tables.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (row for row, _ in rows))
            links = ((word, row[0]) for row, words in rows for word in words)
            self.tables.executemany("INSERT INTO links VALUES (?, ?)", links)
        self.tables.execute("COMMIT")
        self.tables.executescript(_INDEXES)
        twice = "SELECT 1 FROM source WHERE kind IN ('event', 'role') GROUP BY id, kind HAVING count(*) > 1 LIMIT 1"
        return not self._rows(twice) and bool(self._rows("SELECT 1 FROM source LIMIT 1"))

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.tables.execute(statement, values).fetchall()

    def _found(self, tables: str, *values: Any) -> list[Found]:
        return list(map(Found._make, self._rows(f"{_FOUND} {tables}", *values)))

    def header(self) -> Iterable[Found]:
        """The first block."""
        return self._found("source AS s WHERE s.position = 0")

    def named(self, ids: Collection[str]) -> Iterable[Found]:
        """The blocks with these ids."""
        return self._found(f"{_WANTED} source AS s WHERE s.id = wanted.value", json.dumps(list(ids)))

    def of_orgs(self, orgs: Collection[str]) -> Iterable[Found]:
        """The events, assertions and waivers of these organizations."""
        return self._found(f"{_WANTED} source AS s WHERE s.org = wanted.value", json.dumps(list(orgs)))

    def about(self, ids: Collection[str]) -> Iterable[Found]:
        """What withdraws, retracts or corrects these events, or befell these people."""
        return self._found(f"{_WANTED} source AS s WHERE s.target = wanted.value", json.dumps(list(ids)))

    def of_people(self, people: Collection[str]) -> Iterable[Found]:
        """The events of which one of these people is the person."""
        return self._found(f"{_WANTED} source AS s WHERE s.person = wanted.value", json.dumps(list(people)))

    def naming(self, ids: Collection[str]) -> Iterable[Found]:
        """The blocks that name one of these otherwise."""
        tables = f"{_WANTED} links AS l CROSS JOIN source AS s ON s.position = l.position WHERE l.value = wanted.value"
        return self._found(tables, json.dumps(list(ids)))

    def lines(self, positions: Sequence[int]) -> list[int]:
        """On which line of the source the blocks at these positions stand."""
        statement = f"SELECT s.line FROM {_WANTED} source AS s ON s.position = wanted.value"  # noqa: S608 -- ours
        return [line for (line,) in self._rows(statement, json.dumps(positions))]

    def undone_orgs(self, blocks: int) -> Iterator[list[str]]:
        """The organizations of which nothing was made yet, as many at a time as have about so many blocks together.

        Whoever takes some has made them before they take the next.
        """
        undone = (
            "SELECT position, id FROM source WHERE kind = 'org' AND id IS NOT NULL AND position > ? "
            "AND NOT EXISTS (SELECT 1 FROM done WHERE org = id) ORDER BY position LIMIT 1000"
        )
        last = -1
        while rows := self._rows(undone, last):
            found, count = [], 0
            for position, org in rows:
                last = position
                found.append(org)
                count += 1 + self._rows("SELECT count(*) FROM source WHERE org = ?", org)[0][0]
                if count >= blocks:
                    break
            yield found

    def undone_others(self, blocks: int) -> Iterator[list[Found]]:
        """The blocks of which nothing was made with any organization, so many at a time; likewise."""
        rest = "source AS s LEFT JOIN made AS m ON m.position = s.position WHERE m.position IS NULL AND s.position > ?"
        last = -1
        while found := self._found(f"{rest} ORDER BY s.position LIMIT ?", last, blocks):
            yield found
            last = found[-1].position

    def keep(self, made: Iterable[tuple[int, bytes | None]], held: Iterable[Held], orgs: Iterable[str]) -> None:
        """Keep what was made of some blocks: as a store has them, with the tenures of these organizations.

        Args:
            made: by position; None for a block of which the line is what a store has.
        """
        self.tables.execute("BEGIN")
        self.tables.executemany("INSERT OR IGNORE INTO made VALUES (?, ?)", made)
        self.tables.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", held)
        self.tables.executemany("INSERT OR IGNORE INTO done VALUES (?)", ((org,) for org in orgs))
        self.tables.execute("COMMIT")

    def count(self) -> int:
        """How many blocks there are."""
        return int(self._rows("SELECT count(*) FROM source")[0][0])

    def made(self, first: int = 0) -> Iterator[bytes]:
        """The blocks as a store has them, in order, from a position on."""
        statement = (
            "SELECT coalesce(m.body, CAST(s.body AS BLOB)) FROM made AS m JOIN source AS s ON s.position = m.position "
            "WHERE m.position >= ? ORDER BY m.position"
        )
        return (body for (body,) in self.tables.execute(statement, (first,)))

    def held(self, case: str) -> Iterator[Held]:
        """The tenures of all organizations."""
        return (Held(case, *row[1:]) for row in self.tables.execute("SELECT * FROM held ORDER BY org, role, opened"))

    def close(self) -> None:
        """Let go of it; nothing of it is left."""
        self.tables.close()


_TEXT_OR_NONE = {str, type(None)}


def _row(position: int, number: int, line: str) -> tuple[tuple[Any, ...], Collection[str]] | None:
    try:
        table = alone.loads(line)
        kind = table["type"] if table["type"] in DECLARATIONS else "event"
        is_apart = (kind == "log") == (position == 0) and "include" not in table and (kind != "event" or "id" in table)
        name, org, person = table.get("id"), table.get("org"), table.get("person")
        target = target_in(table) if kind == "event" else None
        words = linked(table)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    if not is_apart or not {type(name), type(org), type(person), type(target)} <= _TEXT_OR_NONE:
        return None
    own, of = None if kind == "log" else name, None if kind == "org" else org
    return (position, number, kind, own, of, person, target, line), words
