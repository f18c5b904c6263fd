"""What is filed later is found all the same: a case appended block by block answers as one that was loaded."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boardsim import Log, loads
from boardsim.formats.syntax import canonical
from boardsim.problems import BoardsimError
from boardsim.store.contract import BEGINNING, CASE, event
from boardsim.store.database import DatabaseStore
from boardsim.store.dependencies import Seeds
from boardsim.store.places import LATER
from boardsim.store.protocol import EMPTY
from boardsim.store.scope import Scope
from boardsim.store.sqlite import migrate_sqlite, open_sqlite
from tests.corrections import corrected_logs
from tests.recording.test_streaming import fresh
from tests.sizes import tries
from tests.store.older import older
from tests.strategies import logs


def answers(store: DatabaseStore, log: Log) -> Iterator[Any]:
    """Whatever a store is asked of a case."""
    orgs, people = [org.id for org in log.orgs], [person.id for person in log.people]
    for org in orgs:
        yield list(store.read("story", Scope(orgs=frozenset([org]))))
        yield store.part("story", Seeds(orgs=frozenset([org])))
    for person in people:
        yield list(store.read("story", Scope(people=frozenset([person]))))
        yield store.part("story", Seeds(people=frozenset([person])))
    yield from (store.latest("story", known) for known in (None, *sorted({one.known for one in log.events})))
    yield (list(store.read("story")), store.head("story"), store.cases(), store.declaring(orgs))


@settings(max_examples=tries(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(min_events=3) | corrected_logs())
def test_appends_one_by_one_answer_as_one(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every organization and person, whether the rows that bear on them are filed, wait to be, or are mixed."""
    monkeypatch.setattr("boardsim.store.database.LATER", 4)
    blocks = list(canonical.blocks(log))
    with closing(open_sqlite(str(fresh(tmp_path / "whole.db")), create=True)) as whole:
        whole.append("story", blocks, EMPTY)
        told = list(answers(whole, log))
    with closing(open_sqlite(str(fresh(tmp_path / "single.db")), create=True)) as single:
        head = EMPTY
        for block in blocks:
            head = single.append("story", [block], head)
        assert list(answers(single, log)) == told


@pytest.mark.parametrize("step", [1, -1], ids=["forwards", "backwards"])
@settings(max_examples=tries(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(min_events=3) | corrected_logs(), count=st.integers(1, 7))
def test_the_last_event_is_kept(
    log: Log, count: int, step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many are appended at once, it is the one that is found where none is kept, and so is the answer."""
    monkeypatch.setattr("boardsim.store.database.LATER", 4)
    path, head, (first, *rest) = fresh(tmp_path / "board.db"), EMPTY, canonical.blocks(log)
    blocks = [first, *rest[::step]]
    times = (None, *sorted({one.known for one in log.events}))
    with closing(open_sqlite(str(path), create=True)) as store:
        for start in range(0, len(blocks), count):
            head = store.append("story", blocks[start : start + count], head)
        told = [store.latest("story", known) for known in times]
    last = (
        "SELECT position FROM blocks, filed WHERE position < count AND at IS NOT NULL ORDER BY at DESC, position DESC"
    )
    with closing(sqlite3.connect(path)) as tables:
        kept = tables.execute("SELECT rows FROM tallies WHERE name = 'last'").fetchall()
        assert kept == tables.execute(f"{last} LIMIT 1").fetchall()
    altered(path, "DELETE FROM tallies WHERE name = 'last'")
    with closing(open_sqlite(str(path))) as store:
        assert [store.latest("story", known) for known in times] == told


@settings(max_examples=tries(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.booleans(), st.integers(1, 3)), min_size=1, max_size=12))
def test_who_remembers_what_was_filed_files_as_who_looks(
    turns: list[tuple[bool, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two who keep a store open and append by turns file at the same appends as whoever opens it for each of them."""
    monkeypatch.setattr("boardsim.store.database.LATER", 4)
    kept, anew = fresh(tmp_path / "kept.db"), fresh(tmp_path / "anew.db")
    with closing(open_sqlite(str(kept), create=True)) as one, closing(open_sqlite(str(kept), create=True)) as other:
        head = one.append(CASE, BEGINNING, EMPTY)
        with closing(open_sqlite(str(anew), create=True)) as store:
            store.append(CASE, BEGINNING, EMPTY)
        for number, (is_first, count) in enumerate(turns):
            blocks = [event(f"said-{number}-{place}") for place in range(count)]
            with closing(open_sqlite(str(anew), write=True)) as store:
                store.append(CASE, blocks, head)
            head = (one if is_first else other).append(CASE, blocks, head)
            assert filed(kept) == filed(anew)


def filed(path: Path) -> list[list[tuple[Any, ...]]]:
    """How many rows of each case are filed, and under what."""
    with closing(sqlite3.connect(path)) as tables:
        return [tables.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for name in ("filed", "places")]  # noqa: S608 -- ours


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A store of which the last three rows are not filed."""
    path = tmp_path / "board.db"
    with closing(open_sqlite(str(path), create=True)) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        for name in ("second", "third", "fourth"):
            head = store.append(CASE, [event(name)], head)
    return path


def altered(path: Path, statement: str) -> None:
    """Do something to the store that its triggers would refuse."""
    with closing(sqlite3.connect(path, isolation_level=None)) as tables:
        for name in ("blocks_never_change", "blocks_never_go"):
            tables.execute(f"DROP TRIGGER {name}")
        tables.execute(statement)


def test_rows_wait_to_be_filed(waiting: Path) -> None:
    """A single append enters nothing in `places`; one that many wait for enters all of them."""
    with closing(sqlite3.connect(waiting)) as tables:
        assert tables.execute("SELECT count FROM filed").fetchall() == [(len(BEGINNING),)]
    with closing(open_sqlite(str(waiting), write=True)) as store:
        store.append(CASE, [event(f"more-{number}") for number in range(LATER)], store.head(CASE))
    with closing(sqlite3.connect(waiting)) as tables:
        filed = tables.execute("SELECT count(*) FROM places WHERE name = 'org'").fetchall()
        assert filed == tables.execute("SELECT count(*) FROM blocks WHERE org IS NOT NULL").fetchall()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM blocks WHERE id = 'fourth'", "the block is missing"),
        ("DELETE FROM blocks WHERE id = 'second'", "the block before it, is missing"),
        ("UPDATE blocks SET org = 'other', said = body WHERE id = 'third'", "the column 'org' does not say"),
        ("UPDATE blocks SET hash = zeroblob(32) WHERE id = 'third'", "its hash is not that"),
        ("UPDATE filed SET count = 5", "how many of its rows are filed"),
        ("UPDATE filed SET count = 3", "how many of its rows are filed"),
        ("UPDATE filed SET count = 9", "how many of its rows are filed"),
        ("UPDATE filed SET count = 'x'", "how many of its rows are filed"),
        ("DELETE FROM filed", "how many of its rows are filed"),
    ],
)
def test_no_row_that_waits_can_be_altered_unnoticed(waiting: Path, statement: str, message: str) -> None:
    """Each of them is proved by itself, and that none is missing by where the case ends."""
    altered(waiting, statement)
    with closing(open_sqlite(str(waiting))) as store, pytest.raises(BoardsimError) as raised:
        list(store.read(CASE, Scope(orgs=frozenset([CASE]))))

    assert raised.value.problems[0].code == "damaged-store"
    assert message in raised.value.problems[0].message


def test_a_store_of_the_fifth_version_is_read_as_it_is(tmp_path: Path) -> None:
    """Its columns have indexes of their own; brought up, it finds by places, and answers as before."""
    path = tmp_path / "board.db"
    log = loads("".join(f"{block.decode()}\n" for block in (*BEGINNING, event("second"))), "helios.jsonl").log
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append("story", list(canonical.blocks(log)), EMPTY)
        told = list(answers(store, log))
    older(tmp_path / "older.db", path, 5)
    with closing(open_sqlite(str(tmp_path / "older.db"))) as found:
        assert list(answers(found, log)) == told
    assert migrate_sqlite(str(tmp_path / "older.db")) == 2
    with closing(open_sqlite(str(tmp_path / "older.db"), write=True)) as newer:
        assert list(answers(newer, log)) == told
        newer.append("story", [event("third")], newer.head("story"))
        assert event("third") in list(newer.read("story", Scope(orgs=frozenset([CASE]))))
