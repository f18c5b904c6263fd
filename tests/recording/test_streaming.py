"""A large log goes into a store a few organizations at a time, and comes to what it would come to at once."""

import os
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from boardsim import Log, loads, replay
from boardsim.formats.log.loaded import Loaded
from boardsim.formats.syntax import canonical
from boardsim.loading.text import assemble
from boardsim.problems import BoardsimError
from boardsim.recording import streaming
from boardsim.recording.notify import ignore
from boardsim.store.database import DatabaseStore
from boardsim.store.protocol import Head
from boardsim.store.sqlite import open_sqlite
from boardsim.store.urls import address
from tests.conftest import Run
from tests.corrections import corrected_logs
from tests.recording.test_part import HEADER, club
from tests.sizes import tries
from tests.strategies import logs

TABLES = (
    "blocks",
    "heads",
    "tallies",
    "links",
    "places",
    "filed",
    "texts",
    "loads",
    "register",
    "registered",
    "tenures",
    "events",
)


def everything(path: Path) -> dict[str, list[Any]]:
    """All that a store holds, by table and view."""
    with closing(sqlite3.connect(path)) as tables:
        return {
            name: sorted(tables.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # noqa: S608 -- ours
            for name in TABLES
        }


def streamed(log: Path, store: Path) -> streaming.Streamed | None:
    """Load a log in parts."""
    return streaming.stream(log, "story", lambda: closing(open_sqlite(str(store), create=True)), ignore)


def fresh(path: Path) -> Path:
    """The path of a store, where there is none."""
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()
    return path


@settings(max_examples=tries(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs(min_events=3) | corrected_logs())
def test_a_load_in_parts_is_a_load(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table of the store is the same, whether the log was loaded in parts and chunks or at once."""
    monkeypatch.setattr(streaming, "PART", 3)
    monkeypatch.setattr(streaming, "CHUNK", 4)
    source, parts, whole = tmp_path / "story.jsonl", fresh(tmp_path / "parts.db"), fresh(tmp_path / "whole.db")
    source.write_bytes(b"".join(block + b"\n" for block in canonical.blocks(log)))
    found = streamed(source, parts)
    read = loads(source.read_text(), str(source))
    if any(problem.severity == "error" for problem in read.problems):
        assert found is None  # and the whole is read, and refused
        return
    streaming.put(read.log, replay(read.log), address(f"sqlite:{whole}"), "story")

    assert found is not None
    assert everything(parts) == everything(whole)


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of forty organizations, of which few are looked at together."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(streaming, "LARGE", 0)
    monkeypatch.setattr(streaming, "PART", 10)
    monkeypatch.setattr(streaming, "CHUNK", 60)
    path = tmp_path / "many.jsonl"
    path.write_text(HEADER + "".join(club(f"club{number}") for number in range(40)))
    return path


def test_no_more_than_a_few_organizations_are_read_at_once(
    run: Run, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many organizations a log has, those that are in memory are about as many as a part may have blocks."""
    sizes: list[int] = []

    def watched(records: Sequence[Any], *rest: Any) -> Loaded:
        sizes.append(len(records))
        return assemble(records, *rest)

    monkeypatch.setattr(streaming, "assemble", watched)
    assert run("load", str(many), "sqlite:many.db").out.startswith("sqlite:many.db#many: 201 blocks appended")
    assert max(sizes) <= 25
    assert sum(sizes) >= 201


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed otherwise there")
def test_a_load_killed_after_any_chunk_and_run_again_is_a_load(run: Run, many: Path, tmp_path: Path) -> None:
    """Nobody is answered from a case that is not whole, and loading the same log again makes it whole."""
    assert run("load", str(many), "sqlite:whole.db").code == 0
    whole = everything(tmp_path / "whole.db")
    for chunks in range(4):
        store = fresh(tmp_path / "board.db")
        pid = os.fork()
        if not pid:
            killed_after(chunks, many, store)
        os.waitpid(pid, 0)
        asked = [run(*words) for words in (("snapshot", "sqlite:board.db#many"), ("check", "sqlite:board.db#many"))]
        again = run("load", str(many), "sqlite:board.db")

        assert all("error[unfinished-load]: " in one.err and one.code == 1 for one in asked)
        assert f"{60 * chunks} of 201 blocks are there" in asked[0].err
        assert again.out.startswith(f"sqlite:board.db#many: {201 - 60 * chunks} blocks appended, 201 in all")
        assert everything(store) == whole
        assert run("snapshot", "sqlite:board.db#many", "--org", "club7").code == 0


def killed_after(chunks: int, log: Path, store: Path) -> None:
    """Load in parts, in this process, until so many chunks are there, and be killed."""
    append, count = DatabaseStore.append, 0

    def counted(self: DatabaseStore, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        nonlocal count
        if count == chunks:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return append(self, case, blocks, expected)

    DatabaseStore.append = counted  # type: ignore[method-assign]  # in a process that ends here
    with suppress(BaseException):
        streaming.stream(log, None, lambda: closing(open_sqlite(str(store), create=True)), ignore)
    os._exit(1)


def test_nobody_adds_to_a_case_that_is_not_whole(many: Path, tmp_path: Path) -> None:
    """An append to it is refused, too, so that the load can go on."""
    with closing(open_sqlite(str(tmp_path / "board.db"), create=True)) as store:
        blocks = [line.encode() for line in many.read_text().splitlines()]
        start = store.append("many", blocks[:3], Head(0, store.head("many").hash))
        store.begin_load("many", len(blocks))
        with pytest.raises(BoardsimError) as raised:
            store.append("many", blocks[3:], start)

    assert raised.value.problems[0].code == "unfinished-load"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"person":"ada-club7"', '"person":"adda-club7"', "unknown-person"),
        ('"id":"ada-joins-club8"', '"id":"ada-joins-club7"', "duplicate-id"),
        ('"role":"director"', '"role":7', "wrong-type"),
    ],
)
def test_what_cannot_be_loaded_is_told_as_by_the_whole(run: Run, many: Path, old: str, new: str, code: str) -> None:
    """A log with an error anywhere is refused, with its line, and nothing of it is written."""
    many.write_text(many.read_text().replace(old, new, 1))
    refused = run("load", str(many), "sqlite:board.db")
    whole = run("check", str(many))

    assert refused.code == 1
    assert f"error[{code}]" in refused.err, refused.err
    assert refused.err.splitlines()[0].partition("many.jsonl:")[2] in whole.out + whole.err
    assert not Path("board.db").exists() or run("list", "sqlite:board.db").out.count("many") == 0


def test_a_log_that_grew_is_continued(run: Run, many: Path) -> None:
    """What is new at the end of a large log is appended; a log that differs is refused, and nothing is written."""
    first = run("load", str(many), "sqlite:board.db")
    with many.open("a") as more:
        more.write(club("late"))
    second = run("load", str(many), "sqlite:board.db")
    many.write_text(many.read_text().replace("Club7", "Club 7"))
    third = run("load", str(many), "sqlite:board.db")

    assert (first.code, second.code, third.code) == (0, 0, 1)
    assert second.out.startswith("sqlite:board.db#many: 5 blocks appended, 206 in all")
    assert "error[store-differs]" in third.err
