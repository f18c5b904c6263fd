"""Recording in a store: the same promises as in a file, kept by the store's own transactions."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from boardsim.cli import main
from boardsim.loading.stores import opened, read_text
from boardsim.store.urls import address
from tests.conftest import Run
from tests.forked import ended, started

SEATED = ("appoint", "--org", "helios", "--role", "director", "--at", "2024-01-02", "--source", "minutes")


@pytest.fixture
def store(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store in SQLite with the case that `boardsim init` begins."""
    monkeypatch.chdir(tmp_path)
    assert run("init", "helios").code == 0
    assert run("load", "helios/log.toml", "sqlite:board.db").code == 0
    return "sqlite:board.db#helios"


def test_an_event_is_recorded_in_a_store(run: Run, store: str) -> None:
    """What is recorded there is what a file would say, and a replay of the store has it."""
    assert run("record", store, "person", "--id", "zoe-lind", "--name", "Zoe Lind").code == 0
    assert run("record", store, *SEATED, "--person", "zoe-lind").code == 0

    assert "zoe-lind" in run("snapshot", store, "--json").out
    with closing(sqlite3.connect("board.db")) as tables:
        assert tables.execute("SELECT count(*) FROM tenures WHERE person = 'zoe-lind'").fetchone() == (1,)


def test_what_the_log_cannot_bear_is_not_recorded_in_a_store(run: Run, store: str) -> None:
    """An impossible event is refused with its reason, and the store has as many blocks as before."""
    before, _ = read_text(store)

    refused = run(
        "record", store, "fire", "--person", "ada-moreno", "--org", "helios", "--role", "ceo", "--at", "2024-01-02"
    )

    assert refused.code == 1
    assert "error[does-not-hold]" in refused.err
    assert read_text(store)[0] == before


def test_a_record_in_a_store_is_retracted_by_another_event(run: Run, store: str) -> None:
    """A retraction is appended, and what it retracts stays where it was."""
    run("record", store, "person", "--id", "zoe-lind", "--name", "Zoe Lind")
    run("record", store, *SEATED, "--person", "zoe-lind", "--id", "zoe-joins")
    before, _ = read_text(store)

    assert run("retract", store, "zoe-joins").code == 0

    assert read_text(store)[0].startswith(before)
    assert "zoe-lind" not in run("snapshot", store, "--json").out


def test_many_who_record_at_once_are_all_recorded(store: str) -> None:
    """Whoever is overtaken reads the case again, and neither is lost nor there twice."""
    names = [f"guest-{number}" for number in range(6)]
    writers = [started(partial(main, ["record", store, "person", "--id", name, "--name", name])) for name in names]

    assert [ended(writer) for writer in writers] == [0] * len(names)
    text, _ = read_text(store)
    assert sorted(text.count(f'"id":"{name}"') for name in names) == [1] * len(names)


def test_a_case_in_a_store_has_its_seal_beside_the_store(run: Run, store: str) -> None:
    """What was sealed is verified after more was recorded, and the head of the store is that of version 1."""
    receipt = run("seal", store).out.strip()
    with opened(address(store)) as found:
        head = found.head("helios")

    run("record", store, "person", "--id", "zoe-lind", "--name", "Zoe Lind")

    assert Path("board.db.helios.seal").is_file()
    assert run("verify", store).code == 0
    assert run("verify", store, "--seal", receipt).code == 0
    assert run("verify", store, "--seal", f"{head.count}:{head.hash.hex()}").code == 0
