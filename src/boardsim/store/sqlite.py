"""Stores in SQLite: one file, nothing to start.

Write-ahead log, one writer at a time by `BEGIN IMMEDIATE`, each of whom waits for the disk when the next may write
already (`journal`): an append is on the disk when it returns, and readers never wait for a writer.  A lock is the
operating system's, so that a process that dies lets go.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, ClassVar

from attrs import field, frozen

from boardsim.problems import BoardsimError, Problem
from boardsim.store.database import DatabaseStore, Values
from boardsim.store.filling import LINKED_SINCE, fill
from boardsim.store.journal import Journal
from boardsim.store.lean import kept
from boardsim.store.protocol import Taken
from boardsim.store.rows import Row
from boardsim.store.sqlite_errors import ERRORS, not_made, problem_of
from boardsim.store.sqlite_schema import ALL_IN_ORDER, APPLICATION, IN_ORDER, OUT_OF_ORDER, READ_AS, STEPS
from boardsim.store.versions import not_a_store, refuse_other_version

MANY = 500
"""Rows that are asked at once whether they are in order; of fewer, the trigger asks each."""

PATIENCE = 20.0
"""Seconds to wait for another writer.  A commit takes milliseconds; a large load may take as long as this."""


def open_sqlite(path: str, *, create: bool = False, write: bool = False) -> DatabaseStore:
    """The store in a file.

    Args:
        create: make the file, and the tables in an empty one; implies `write`.
        write: somebody means to append.

    Raises:
        BoardsimError: there is no such file, it holds something else, or it cannot be opened.
    """
    connection = _connection(path, "rwc" if create else "rw" if write else "ro")
    driver = SqliteDriver(path, connection, _identity(path))
    try:
        if create or write:
            driver.prepare(create=create)
        driver.expect_tables(write=create or write)
    except BaseException:
        driver.close()
        raise
    return DatabaseStore(driver)


def migrate_sqlite(path: str) -> int:
    """Bring the tables of a store to this program's version; how many steps that took.

    Raises:
        BoardsimError: as `open_sqlite`.
    """
    driver = SqliteDriver(path, _connection(path, "rw"))
    try:
        return driver.step_up()
    finally:
        driver.close()


def _connection(path: str, mode: str) -> sqlite3.Connection:
    uri = Path(path).absolute().as_uri()
    if not Path(path).is_file() and mode != "rwc":
        raise BoardsimError(problem_of(sqlite3.OperationalError(), path), exit_code=2)
    try:
        return _tried(_connected(f"{uri}?mode={mode}"))
    except ERRORS as error:
        if mode == "ro" and _is_at_rest(path, error):
            return _connected(f"{uri}?immutable=1")
        made = mode == "rwc" and Path(path).parent.is_dir() and not Path(path).exists()
        raise BoardsimError(not_made(path) if made else problem_of(error, path), exit_code=2) from None


def _tried(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, once the file was read, which it is not before something is asked."""
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except ERRORS:
        connection.close()
        raise
    return connection


def _connected(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)
    connection.text_factory = _text
    return connection


def _text(data: bytes) -> str:
    """A text of the database; what is not UTF-8 is kept as it is, so that whoever proves the row can say so."""
    return data.decode(errors="surrogateescape")


def _is_at_rest(path: str, error: sqlite3.Error | UnicodeError) -> bool:
    """Whether all there is stands in the file, in a folder where readers cannot leave their marks."""
    unopened = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
    journal = Path(f"{path}-wal")
    return unopened and not (journal.exists() and journal.stat().st_size)


def _identity(path: str) -> tuple[int, int] | None:
    """Which file a path leads to, whatever it is called; None where it leads to none."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- asked after every commit; a Path takes longer than the answer
    except OSError:
        return None
    return found.st_dev, found.st_ino


@frozen
class SqliteDriver:
    """One open file.

    Attributes:
        file: which file it was that was opened; None where there is none.
        journal: its write-ahead log, where this program forces it to the disk itself; nothing where SQLite does.
    """

    path: str
    connection: sqlite3.Connection
    file: tuple[int, int] | None = None
    journal: list[Journal] = field(factory=list)
    wanted: ClassVar = "(SELECT value FROM json_each(?)) AS wanted"

    @property
    def named(self) -> str:
        """The store as messages name it."""
        return f"sqlite:{self.path}"

    def many(self, values: Iterable[str]) -> str:
        """A list of values as one."""
        return json.dumps(list(values))

    def run(self, statement: str, values: Values | Mapping[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; its rows."""
        try:
            return self._rows(self.connection.execute(statement, values))
        except ERRORS as error:
            raise BoardsimError(problem_of(error, self.path)) from None

    def _rows(self, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        try:
            for row in cursor:  # noqa: UP028 -- which would close the cursor of a closed file where nobody reads on
                yield row
        except ERRORS as error:
            raise BoardsimError(problem_of(error, self.path)) from None

    def insert(self, table: str, found: Iterable[tuple[Any, ...]], width: int, otherwise: str = "") -> None:
        """Insert rows.

        Raises:
            Taken: a key or an id of one of them is taken.
        """
        places, rows = ", ".join("?" * width), map(tuple, found)  # a tuple with names takes a fifth more to be bound
        try:
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places}) {otherwise}", rows)  # noqa: S608 -- ours
        except sqlite3.IntegrityError as error:
            raise Taken(str(error)) from None
        except ERRORS as error:
            raise BoardsimError(problem_of(error, self.path)) from None

    def insert_blocks(self, case: str, found: Sequence[Row]) -> None:
        """Insert the rows that follow on the last one of a case, within a transaction.

        Of many rows it is asked at once whether they are in order, instead of row by row by a trigger.

        Raises:
            Taken: a position or an id of one of them is taken.
        """
        if len(found) < MANY:
            self.insert("blocks", map(kept, found), len(Row._fields))
            return
        self.run(OUT_OF_ORDER)
        self.insert("blocks", map(kept, found), len(Row._fields))
        self.run(IN_ORDER)
        asked = {"case": case, "first": found[0].position, "count": len(found)}
        if next(self.run(ALL_IN_ORDER, asked)) != (1,):
            raise Taken("a block comes after the last one and has an id of its own")

    def version(self) -> int:
        """The version of the tables."""
        return int(next(self.run("PRAGMA user_version"))[0])

    def reading(self) -> AbstractContextManager[None]:
        """All statements within see one state of the database."""
        return self._transaction("BEGIN")

    @contextmanager
    def writing(self, *, durably: bool = True) -> Iterator[None]:
        """All statements within are one transaction, and nobody else writes meanwhile.

        Args:
            durably: whether it must be on the disk when this ends; else it is there no later than what is written next.

        A file that was removed can still be written to, and nobody would ever read it; that is not a success.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            yield
        if self.file is not None and self.file != _identity(self.path):
            message = f"'{self.path}' was removed or replaced while it was open"
            hint = "look what is there, then try again"
            raise BoardsimError(Problem(code="missing-file", message=message, hint=hint))
        for journal in self.journal if durably else ():
            self._force(journal)

    def _force(self, journal: Journal) -> None:
        try:
            journal.force()
        except OSError as error:
            message = f"the database '{self.path}' was written to, and cannot be forced to the disk: {error.strerror}"
            hint = "it may be there or not: look before you try again; the same event is never recorded twice"
            raise BoardsimError(Problem(code="store-failed", message=message, hint=hint)) from None

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self.connection.execute(begin)
            yield
            self.connection.execute("COMMIT")
        except ERRORS as error:
            self._roll_back()
            raise BoardsimError(problem_of(error, self.path)) from None
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self.connection.in_transaction:  # a full disk has rolled it back already
            self.connection.execute("ROLLBACK")

    def prepare(self, *, create: bool) -> None:
        """Make commits durable; and make the tables if there is nothing at all."""
        if create and self._is_empty():
            self._write_ahead()
            with self.writing():
                if self._is_empty():  # nobody else was faster
                    self._take_steps()
        self.run("PRAGMA fullfsync = ON")  # macOS has a sync that does not sync
        if next(self.run("PRAGMA journal_mode")) == ("wal",):
            self.run("PRAGMA synchronous = NORMAL")
            self.journal.append(Journal(f"{self.path}-wal"))
        else:
            self.run("PRAGMA synchronous = FULL")

    def _write_ahead(self) -> None:
        """Switch to a write-ahead log, which the file then keeps; for this SQLite does not wait for others itself."""
        until = monotonic() + PATIENCE
        while True:
            try:
                self.run("PRAGMA journal_mode = WAL")
            except BoardsimError as error:
                if error.problems[0].code != "store-busy" or monotonic() > until:
                    raise
                sleep(0.01)
            else:
                return

    def expect_tables(self, *, write: bool = True) -> None:
        """See that the tables are those that this program knows, or, to read them, older ones that it can read.

        Raises:
            BoardsimError: they are not.
        """
        if not self._is_ours():
            raise not_a_store(f"'{self.path}'")
        if not write and (missing := READ_AS.get(self.version())) is not None:
            self.run("PRAGMA temp_store = MEMORY")
            for statement in _statements(missing):
                self.run(statement)
            return
        refuse_other_version(self.version(), len(STEPS), f"'{self.path}'", f"sqlite:{self.path}")

    def step_up(self) -> int:
        """Take the steps that are missing; how many there were."""
        with self.writing():
            version = self.version()
            if not self._is_ours() or version > len(STEPS):
                self.expect_tables()
            self._take_steps()
        return len(STEPS) - version

    def _take_steps(self) -> None:
        taken = self.version()
        for step in STEPS[taken:]:
            for statement in _statements(step):
                self.run(statement)
        if taken < LINKED_SINCE:
            fill(self)
        self.run(f"PRAGMA application_id = {APPLICATION}")
        self.run(f"PRAGMA user_version = {len(STEPS)}")

    def _is_ours(self) -> bool:
        return bool(next(self.run("PRAGMA application_id"))[0] == APPLICATION)

    def _is_empty(self) -> bool:
        return not list(self.run("SELECT 1 FROM sqlite_master"))

    def close(self) -> None:
        """Let go of the file."""
        for journal in self.journal:
            journal.close()
        self.connection.close()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, because `executescript` would end the transaction."""
    part = ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            yield part
            part = ""
