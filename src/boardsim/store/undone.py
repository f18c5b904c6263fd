"""A store in SQLite that was made for what then failed is taken away again, if there is nothing in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from boardsim.store.sqlite_errors import ERRORS

BESIDE = ("", "-wal", "-shm", "-journal")
"""The endings of the files that a database has."""

PAGE = 4096
"""Bytes of a page; the first of a database has no rows but those of its schema, and every table a page of its own."""


@contextmanager
def taken_away_if_empty(path: str) -> Iterator[None]:
    """Where it ends in an error, and the file was not there, see that a store without any case is not there either."""
    is_new = not Path(path).exists()
    try:
        yield
    except BaseException:
        if is_new and Path(path).is_file():
            with suppress(OSError):
                _take_away(path)
        raise


def _take_away(path: str) -> None:
    """Remove a database while nobody else can write to it; who has it open already is told so when they do."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if not _has_blocks(connection):
                _unlink(path)
    except ERRORS:  # there is no room to open it
        if not _may_hold_rows(path):
            _unlink(path)


def _has_blocks(connection: sqlite3.Connection) -> bool:
    if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        return False
    return connection.execute("SELECT 1 FROM blocks LIMIT 1").fetchone() is not None


def _may_hold_rows(path: str) -> bool:
    """Whether it is so large, or has so much in its write-ahead log, that there can be a row in it."""
    journal = Path(f"{path}-wal")
    return Path(path).stat().st_size > PAGE or (journal.exists() and journal.stat().st_size > 0)


def _unlink(path: str) -> None:
    for ending in BESIDE:
        Path(f"{path}{ending}").unlink(missing_ok=True)
