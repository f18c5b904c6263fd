"""What a row in SQLite has of a body, and that the table makes the whole of it again, to the byte."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from boardsim import Log
from boardsim.formats.syntax import canonical
from boardsim.store.contract import ADA, CASE, HEADER, event
from boardsim.store.protocol import EMPTY
from boardsim.store.sqlite import migrate_sqlite, open_sqlite
from tests.corrections import corrected_logs
from tests.recording.test_streaming import fresh
from tests.sizes import tries
from tests.store.older import WIDE, older
from tests.strategies import logs


def rows(path: Path, columns: str) -> list[tuple[Any, ...]]:
    """The blocks of a store, in order."""
    with closing(sqlite3.connect(path)) as tables:
        return tables.execute(f"SELECT {columns} FROM blocks ORDER BY position").fetchall()  # noqa: S608 -- ours


@settings(max_examples=tries(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(min_events=3) | corrected_logs())
def test_a_body_is_made_again(log: Log, tmp_path: Path) -> None:
    """Each body is what was appended, and a store of the version before comes to keep the same of it."""
    path, other = fresh(tmp_path / "board.db"), fresh(tmp_path / "older.db")
    blocks = list(canonical.blocks(log))
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append("story", blocks, EMPTY)
    assert [body.encode() for (body,) in rows(path, "body")] == blocks
    older(other, path, 6)
    assert rows(other, WIDE) == rows(path, WIDE)
    migrate_sqlite(str(other))
    assert rows(other, f"{WIDE}, later, said") == rows(path, f"{WIDE}, later, said")


SAID = canonical.canonical("event", {"type": "statement", "id": "said", "at": "2024-01-10", "org": CASE, "text": '"ö"'})


@pytest.mark.parametrize(
    ("block", "later", "said"),
    [
        (event("second"), None, '"text":"Adjourned.",'),
        (event("second", known="2024-01-11"), "2024-01-11 00:00:00", '"text":"Adjourned.",'),
        (event("second", at="2024-01-10"), None, '"text":"Adjourned.",'),
        (event("second", text="{"), None, '"text":"{",'),
        (event("second", by="ada-moreno"), None, event("second", by="ada-moreno").decode()),
        (event("second", at="2024-01-10T09:00:00.5Z"), None, event("second", at="2024-01-10T09:00:00.5Z").decode()),
        (event("second", at="2024-01"), None, event("second", at="2024-01").decode()),
        (SAID, None, '"text":"\\"ö\\"",'),
    ],
    ids=["instant", "known", "date", "brace", "by", "fraction", "month", "escaped"],
)
def test_only_what_no_column_says_is_kept(tmp_path: Path, block: bytes, later: str | None, said: str) -> None:
    """Of a body that begins and ends with its columns only the rest is kept, and of any other all."""
    path = tmp_path / "board.db"
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append(CASE, [HEADER, ADA, block], EMPTY)
        assert list(store.read(CASE)) == [HEADER, ADA, block]

    assert rows(path, "later, said")[-1] == (later, said)


def test_most_events_keep_nothing(tmp_path: Path) -> None:
    """An event of which every key has a column is in its columns alone."""
    table = {"type": "appoint", "id": "joins", "at": "2024-01-10T09:00:00Z", "org": CASE}
    block = canonical.canonical("event", {**table, "person": "ada-moreno", "role": "director"})
    path = tmp_path / "board.db"
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append(CASE, [HEADER, block], EMPTY)

    assert rows(path, "later, said, body")[-1] == (None, None, block.decode())
