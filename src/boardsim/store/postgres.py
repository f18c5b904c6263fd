"""Stores on a PostgreSQL server, in its schema `boardsim`; the same promises as in SQLite.

`synchronous_commit` is on whatever the server's default is, and writers are kept apart by the key (case, position)
alone: of two that append to the same end, one commits and the other is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

import psycopg
from attrs import frozen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.store.database import DatabaseStore, Values
from boardsim.store.filling import LINKED_SINCE, fill
from boardsim.store.postgres_schema import READ_AS, STEPS
from boardsim.store.protocol import Taken
from boardsim.store.rows import Row
from boardsim.store.versions import not_a_store, refuse_other_version

MANY = 500
"""Rows that are sent as one statement."""

PATIENCE = "20s"
"""How long to wait for another writer."""

SETTINGS = (
    "SET search_path TO boardsim",
    "SET TIME ZONE 'UTC'",
    "SET synchronous_commit TO on",
    f"SET lock_timeout TO '{PATIENCE}'",
)
_THERE = "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'boardsim' AND tablename = 'store'"
"""A query of the catalogue itself: what is remembered of it can lag behind another maker of tables."""

_MAKING = 0x626F6172
"""The lock that whoever makes or changes the tables holds meanwhile."""


def open_postgres(url: str, shown: str, *, create: bool = False, write: bool = False) -> DatabaseStore:
    """The store on a server.

    Args:
        shown: the server as messages name it.
        create: make the tables if there are none; implies `write`.
        write: somebody means to append.

    Raises:
        BoardsimError: the server does not answer, or holds no store.
    """
    driver = PostgresDriver(shown, _connection(url, shown))
    try:
        if create and driver.version() is None:
            driver.step_up()
        driver.expect_tables(url=shown, write=create or write)
    except BaseException:
        driver.close()
        raise
    return DatabaseStore(driver)


def migrate_postgres(url: str, shown: str) -> int:
    """Bring the tables of a store to this program's version; how many steps that took.

    Raises:
        BoardsimError: as `open_postgres`.
    """
    driver = PostgresDriver(shown, _connection(url, shown))
    try:
        if driver.version() is None:
            driver.expect_tables(url=shown)
        return driver.step_up()
    finally:
        driver.close()


def _connection(url: str, shown: str) -> "psycopg.Connection[tuple[Any, ...]]":
    try:
        conninfo = make_conninfo(url, connect_timeout=conninfo_to_dict(url).get("connect_timeout", 10))
        connection = psycopg.connect(conninfo, autocommit=True)
        for setting in SETTINGS:
            connection.execute(setting)
    except psycopg.Error as error:
        raise _unreachable(error, shown) from None
    return connection


def _unreachable(error: psycopg.Error, shown: str) -> BoardsimError:
    reason = _first_line(error)
    hint = "is the server up, and the URL right? passwords are best kept in ~/.pgpass"
    return misuse("no-server", f"{shown} cannot be reached: {reason}", hint)


def _first_line(error: psycopg.Error) -> str:
    return str(error).partition("\n")[0].strip() or type(error).__name__


@frozen
class PostgresDriver:
    """One connection."""

    shown: str
    connection: "psycopg.Connection[tuple[Any, ...]]"
    wanted: ClassVar = "unnest(?::text[]) AS wanted(value)"

    @property
    def named(self) -> str:
        """The store as messages name it."""
        return self.shown

    def many(self, values: Iterable[str]) -> list[str]:
        """A list of values as one."""
        return list(values)

    def run(self, statement: str, values: Values = ()) -> Iterator[tuple[Any, ...]]:
        """Run a statement; its rows."""
        with self._problems():
            cursor = self.connection.execute(statement.replace("?", "%s"), values)
            return iter(cursor if cursor.description else ())

    def insert(self, table: str, found: Iterable[tuple[Any, ...]], width: int, otherwise: str = "") -> None:
        """Insert rows.

        Raises:
            Taken: a key or an id of one of them is taken.
        """
        places = ", ".join(["%s"] * width)
        made = list(found)  # making them may ask this very connection for the zone
        with self._problems(), self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} VALUES ({places}) {otherwise}", made)  # noqa: S608 -- a table of ours

    def insert_blocks(self, _: str, found: Sequence[Row]) -> None:
        """Insert the rows that follow on the last one of a case, within a transaction.

        Many are sent as one statement, of which the trigger asks once whether they are in order.

        Raises:
            Taken: a position or an id of one of them is taken.
        """
        if len(found) < MANY:
            self.insert("blocks", found, len(Row._fields))
            return
        with self._problems(), self.connection.cursor() as cursor, cursor.copy("COPY blocks FROM STDIN") as copy:
            for row in found:
                copy.write_row(row)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All statements within see one state of the database."""
        with self._problems(), self.connection.transaction():
            self.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield

    @contextmanager
    def writing(self, *, durably: bool = True) -> Iterator[None]:
        """All statements within are one transaction.

        Args:
            durably: whether the server must have it on its disk when this ends.
        """
        with self._problems(), self.connection.transaction():
            if not durably:
                self.connection.execute("SET LOCAL synchronous_commit TO off")
            yield

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.UniqueViolation as error:
            raise Taken(_first_line(error)) from None
        except psycopg.errors.LockNotAvailable:
            message = f"{self.shown} was kept locked by another writer"
            problem = Problem(code="store-busy", message=message, hint="try again when that writer is done")
            raise BoardsimError(problem) from None
        except psycopg.errors.DiskFull:
            message = f"there is no room left on the server {self.shown}, and nothing was written"
            problem = Problem(code="store-full", message=message, hint="make room, then try again")
            raise BoardsimError(problem) from None
        except (psycopg.errors.DataCorrupted, psycopg.errors.IndexCorrupted) as error:
            message = f"the database {self.shown} is damaged: {_first_line(error)}"
            problem = Problem(code="damaged-store", message=message, hint="restore it from a backup")
            raise BoardsimError(problem) from None
        except psycopg.Error as error:
            message = f"{self.shown} failed: {_first_line(error)}"
            hint = "was it writing? then look before you try again; the same event is never recorded twice"
            raise BoardsimError(Problem(code="store-failed", message=message, hint=hint)) from None

    def version(self) -> int | None:
        """The version of the tables; None where there are none."""
        there = list(self.run(_THERE))
        return int(next(self.run("SELECT version FROM store"))[0]) if there else None

    def expect_tables(self, *, url: str, write: bool = True) -> None:
        """See that the tables are those that this program knows, or, to read them, older ones that it can read.

        Raises:
            BoardsimError: they are not.
        """
        version = self.version()
        if version is None:
            raise not_a_store(self.shown)
        if not write and version in READ_AS:
            with self._problems():
                if READ_AS[version]:
                    self.connection.execute(READ_AS[version])  # type: ignore[call-overload,unused-ignore] # a text of ours
            return
        refuse_other_version(version, len(STEPS), self.shown, url)

    def step_up(self) -> int:
        """Take the steps that are missing; how many there were."""
        with self.writing():
            self.run("SELECT pg_advisory_xact_lock(?)", (_MAKING,))
            version = self.version() or 0
            refuse_other_version(max(version, len(STEPS)), len(STEPS), self.shown, self.shown)
            self.connection.execute("CREATE SCHEMA IF NOT EXISTS boardsim")
            for step in STEPS[version:]:
                self.connection.execute(step)  # type: ignore[arg-type,unused-ignore] # a text of ours
            if version < LINKED_SINCE:
                fill(self)
            self.run("UPDATE store SET version = ?", (len(STEPS),))
        return len(STEPS) - version

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()
