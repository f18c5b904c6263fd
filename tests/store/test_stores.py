"""Stores: the contract in each of them, the same head, the same answers from a part of a case as from the whole."""

from contextlib import closing
from pathlib import Path

import pytest

from boardsim.store import contract
from boardsim.store.contract import BEGINNING, CASE, Law, Open
from boardsim.store.memory import MemoryStore
from boardsim.store.protocol import EMPTY
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


DURABLE = {"journal_mode": "wal", "synchronous": 2, "fullfsync": 1}
"""A write-ahead log that is synchronised at every commit (2 is `FULL`), by macOS in earnest, too."""


@pytest.mark.parametrize("how", ["made", "made before", "opened to write"])
def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path, how: str) -> None:
    """Whoever writes waits at every commit until the disk has it, so that no power cut takes what was acknowledged."""
    path = str(tmp_path / "board.db")
    if how != "made":
        open_sqlite(path, create=True).close()
    with closing(open_sqlite(path, create=how != "opened to write", write=True)) as store:
        store.append(CASE, BEGINNING, EMPTY)
        assert isinstance(store.driver, SqliteDriver)
        asked = store.driver.connection.execute
        found = {name: asked(f"PRAGMA {name}").fetchone()[0] for name in DURABLE}

    assert found == DURABLE
