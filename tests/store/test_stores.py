"""Stores: the contract in each of them, the same head, the same answers from a part of a case as from the whole."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from boardsim.problems import BoardsimError
from boardsim.store import contract
from boardsim.store.contract import BEGINNING, CASE, Law, Open, event
from boardsim.store.journal import Journal
from boardsim.store.memory import MemoryStore
from boardsim.store.protocol import EMPTY, Taken
from boardsim.store.sqlite import SqliteDriver, open_sqlite
from tests import postgres


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """How to open an empty store of each kind."""
    match request.param:
        case "memory":
            store = MemoryStore()
            return lambda: store
        case "sqlite":
            return lambda: open_sqlite(str(tmp_path / "board.db"), create=True)
        case _:
            return emptied(request.getfixturevalue("server"))


def emptied(server: postgres.Server) -> Open:
    """How to open the server's store, which holds nothing yet."""
    import psycopg  # noqa: PLC0415 -- an extra

    from boardsim.store.postgres import open_postgres  # noqa: PLC0415 -- likewise

    with psycopg.connect(server.url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS boardsim CASCADE")
    return lambda: open_postgres(server.url, "the server", create=True)


@pytest.mark.parametrize("law", contract.LAWS, ids=lambda law: law.__name__)
def test_the_contract(opens: Open, law: Law) -> None:
    """Every store keeps every promise of the contract that ships with the package."""
    law(opens)


@pytest.mark.parametrize("how", ["made", "made before", "opened to write"])
def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever appends waits until the disk has all of the write-ahead log, so that no power cut takes it."""
    path = tmp_path / "board.db"
    if how != "made":
        open_sqlite(str(path), create=True).close()
    forced: list[bytes] = []
    force = Journal.force

    def seen(journal: Journal) -> None:
        force(journal)
        forced.append(Path(journal.path).read_bytes())

    monkeypatch.setattr(Journal, "force", seen)
    with closing(open_sqlite(str(path), create=how != "opened to write", write=True)) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        store.append(CASE, [event("second")], head)
        assert isinstance(store.driver, SqliteDriver)
        asked = store.driver.connection.execute
        assert [asked(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "fullfsync")] == ["wal", 1]

    assert [b"second" in data for data in forced[-2:]] == [False, True]
    assert b"first" in forced[-2]


def test_a_store_without_a_write_ahead_log_is_forced_by_sqlite(tmp_path: Path) -> None:
    """Where somebody has given the file another kind of journal, SQLite itself waits for the disk at each commit."""
    path = str(tmp_path / "board.db")
    open_sqlite(path, create=True).close()
    with closing(sqlite3.connect(path)) as tables:
        tables.execute("PRAGMA journal_mode = DELETE")
    with closing(open_sqlite(path, write=True)) as store:
        store.append(CASE, BEGINNING, EMPTY)
        assert isinstance(store.driver, SqliteDriver)
        assert store.driver.connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An append of which nobody knows whether the disk has it is not acknowledged."""

    def broken(_: Journal) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with closing(open_sqlite(str(tmp_path / "board.db"), create=True)) as store:
        monkeypatch.setattr(Journal, "force", broken)
        with pytest.raises(BoardsimError) as raised:
            store.append(CASE, BEGINNING, EMPTY)

    assert raised.value.problems[0].code == "store-failed"
    assert "look before you try again" in raised.value.problems[0].hint


KEPT = "case_id, position, hash, kind, id, type, at, org, person, role, target, later, said"
"""The columns of a block that are kept; the others are made of them."""

CALLS = (
    f"INSERT OR REPLACE INTO blocks SELECT {KEPT} FROM blocks WHERE position = 600",  # noqa: S608 -- ours
    "INSERT INTO blocks (case_id, position, hash, kind, said) VALUES ('helios', 5000, x'', 'event', '{}')",
    "UPDATE blocks SET said = '' WHERE position = 600",
    "DELETE FROM blocks WHERE position = 600",
)


@pytest.mark.parametrize("end", ["whole", "taken", "killed"])
def test_many_rows_at_once_leave_the_table_guarded(tmp_path: Path, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a large append ends, which is asked at once and not row by row, nothing else can be put out of order."""
    path = str(tmp_path / "board.db")
    many = [event(f"event-{number}") for number in range(800)]
    with closing(open_sqlite(path, create=True)) as store:
        head = store.append(CASE, [*BEGINNING, *many], EMPTY)
        more = [event(f"more-{number}") for number in range(800)]
        if end == "taken":
            with pytest.raises(Taken):
                store.append(CASE, [*more, event("event-7")], head)
            with pytest.raises(Taken):
                store.append(CASE, [*more, more[0]], head)
        if end == "killed":
            monkeypatch.setattr(SqliteDriver, "insert", stopped)
            with pytest.raises(KeyboardInterrupt):
                store.append(CASE, more, head)
        assert store.head(CASE) == head
    with closing(sqlite3.connect(path)) as tables:
        for call in CALLS:
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                tables.execute(call)


def stopped(*_: object) -> None:
    """Stop in the midst of a transaction, in which the trigger is gone."""
    raise KeyboardInterrupt
