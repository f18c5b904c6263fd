"""What the stores in databases share: one table of blocks, and the queries over it.

A driver (`sqlite.py`, `postgres.py`) opens the database, runs statements and turns its errors into problems.
Statements have `?` where a value goes, and nothing that comes from a log is ever part of a statement's text.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Protocol
from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.events import NAMES
from boardsim.formats.syntax.canonical import chain
from boardsim.history import History
from boardsim.kernel import held_wrong
from boardsim.store.dependencies import Found, reached
from boardsim.store.protocol import EMPTY, Conflict, Head, Taken
from boardsim.store.register import Held, register
from boardsim.store.rows import Row, from_sql, rows, sql_text, zone_of
from boardsim.store.scope import Scope
from boardsim.traits import RETRACTING

Values = Sequence[Any]


class Driver(Protocol):
    """One open database.

    Attributes:
        wanted: a list of values as a table with the column `value`; `many` makes one value of the list.
    """

    wanted: ClassVar[str]

    def many(self, values: Iterable[str]) -> Any:
        """A list of values as one."""

    def run(self, statement: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; its rows."""

    def insert(self, table: str, found: Iterable[tuple[Any, ...]], width: int) -> None:
        """Insert rows of that many values.

        Raises:
            Taken: a key or an id of one of them is taken.
        """

    def reading(self) -> AbstractContextManager[None]:
        """All statements within see one state of the database."""

    def writing(self) -> AbstractContextManager[None]:
        """All statements within take effect together when it ends, durably; none if it ends with an exception."""

    def close(self) -> None:
        """Let go of it."""


@frozen
class DatabaseStore:
    """A store in a database."""

    driver: Driver

    def cases(self) -> Sequence[str]:
        """The names of all cases, sorted."""
        return sorted(case for (case,) in self.driver.run("SELECT case_id FROM blocks WHERE position = 0"))

    def declaring(self, orgs: Collection[str]) -> Sequence[str]:
        """The cases that declare all of these organizations, sorted."""
        listed = f"{self.driver.wanted} CROSS JOIN blocks"
        statement = f"SELECT case_id, id FROM {listed} WHERE id = wanted.value AND kind = 'org'"  # noqa: S608 -- ours
        pairs = list(self.driver.run(statement, (self.driver.many(orgs),)))
        return sorted({case for case, _ in pairs if {org for other, org in pairs if other == case} >= set(orgs)})

    def head(self, case: str) -> Head:
        """Where a case ends."""
        statement = "SELECT position, hash FROM blocks WHERE case_id = ? ORDER BY position DESC LIMIT 1"
        for position, hashed in self.driver.run(statement, (case,)):
            return Head(position + 1, hashed)
        return EMPTY

    def read(self, case: str, scope: Scope | None = None) -> Iterator[bytes]:
        """The blocks of a case, or those of them that the scope needs."""
        if scope is None:
            statement = "SELECT CAST(body AS text) FROM blocks WHERE case_id = ? ORDER BY position"
            yield from (body.encode() for (body,) in self.driver.run(statement, (case,)))
            return
        with self.driver.reading():
            found = reached(_Shelf(self.driver, case), scope)
        yield from (block.body.encode() for block in found)

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Append blocks, all or none, durably.

        Raises:
            Conflict: the case does not end where `expected` says.
            Taken: a block's id is taken.
        """
        hashes = list(chain(blocks, expected.hash))
        zone = partial(self._zone, case, blocks)
        try:
            with self.driver.writing():
                self._expect(case, expected)
                self.driver.insert("blocks", rows(case, expected.count, blocks, hashes, zone), len(Row._fields))
        except Taken:
            self._expect(case, expected)  # where nobody waits for a lock, the key of the loser is taken first
            raise
        return Head(expected.count + len(blocks), hashes[-1] if hashes else expected.hash)

    def _expect(self, case: str, expected: Head) -> None:
        head = self.head(case)
        if head != expected:
            raise Conflict(head)

    def _zone(self, case: str, blocks: Sequence[bytes]) -> ZoneInfo:
        """The zone of a case, by its header, which may be among the blocks that it begins with."""
        return zone_of(next((found.body.encode() for found in _Shelf(self.driver, case).header()), blocks[0]))

    def keep_register(self, case: str, head: Head, history: History) -> None:
        """Keep the register of tenures that a history has, for people who look at the tables.

        Args:
            head: where the case ended that the history is of.

        Raises:
            Conflict: it ends elsewhere by now.
        """
        with self.driver.writing():
            self._expect(case, head)
            for table in ("register", "registered"):
                list(self.driver.run(f"DELETE FROM {table} WHERE case_id = ?", (case,)))  # noqa: S608 -- a table of ours
            self.driver.insert("register", register(case, history), len(Held._fields))
            self.driver.insert("registered", [(case, head.count)], 2)

    def latest(self, case: str, known: datetime | None = None) -> datetime | None:
        """The instant of the last event of a case, as known then; None where there is none."""
        shelf = _Shelf(self.driver, case)
        with self.driver.reading():
            for name, at in shelf.from_the_last(known):
                if name not in held_wrong(shelf.retractions(name, known)):
                    return at
        return None

    def close(self) -> None:
        """Let go of the database."""
        self.driver.close()


_FOUND = "SELECT b.position, b.kind, b.id, b.org, CAST(b.body AS text) FROM"
_CLOCKS = "SELECT CAST(b.at AS text), b.position, b.id, CAST(b.known AS text), b.target, b.type FROM"
_BY_INDEX = "b.case_id = i.case_id AND b.position = i.position"
"""From an index (`i`) to the block (`b`), in a join whose order is said: SQLite would rather walk through the case."""

_LAST_FIRST = "ORDER BY b.at DESC, b.position DESC"
NEVER = "9999-12-31 23:59:59"
_RETRACTING = frozenset(NAMES[cls] for cls in RETRACTING)


@frozen
class _Shelf:
    """One case in a database, searched by its indexes."""

    driver: Driver
    case: str

    def header(self) -> Iterable[Found]:
        statement = f"{_FOUND} blocks AS b WHERE case_id = ? AND position = 0"
        return map(Found._make, self.driver.run(statement, (self.case,)))

    def named(self, ids: Collection[str]) -> Iterable[Found]:
        return self._search("id", ids)

    def of_orgs(self, orgs: Collection[str]) -> Iterable[Found]:
        return self._search("org", orgs)

    def about(self, ids: Collection[str]) -> Iterable[Found]:
        return self._search("target", ids)

    def _search(self, column: str, wanted: Collection[str]) -> Iterable[Found]:
        tables = f"{self.driver.wanted} CROSS JOIN blocks AS i CROSS JOIN blocks AS b"
        found = f"i.case_id = ? AND i.{column} = wanted.value"
        statement = f"{_FOUND} {tables} WHERE {found} AND {_BY_INDEX}"
        return map(Found._make, self.driver.run(statement, (self.driver.many(wanted), self.case)))

    def from_the_last(self, known: datetime | None) -> Iterator[tuple[str, datetime]]:
        """The events that were public then, the last one first: the id of each, and when it took effect."""
        statement = f"{_CLOCKS} blocks AS b WHERE case_id = ? AND at IS NOT NULL AND known <= ? {_LAST_FIRST}"
        for at, _, name, *_ in self.driver.run(statement, (self.case, sql_text(known) if known else NEVER)):
            yield name, from_sql(at)

    def retractions(self, event: str, known: datetime | None) -> list[tuple[str, datetime, str]]:
        """What was public then that retracts an event, what retracts that, and so on; see `replay.held_wrong`."""
        tables, found, waiting = "blocks AS i CROSS JOIN blocks AS b", [], [event]
        statement = f"{_CLOCKS} {tables} WHERE i.case_id = ? AND i.target = ? AND {_BY_INDEX}"
        for one in waiting:
            for at, position, name, public, target, kind in self.driver.run(statement, (self.case, one)):
                if kind in _RETRACTING and (known is None or from_sql(public) <= known):
                    waiting.append(name)
                    found.append(((from_sql(at), position), (name, from_sql(public), target)))
        return [retraction for _, retraction in sorted(found)]
