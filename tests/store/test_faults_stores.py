"""Stores under faults: writers that are killed, many at once, full disks, folders that are read-only or gone.

The writers are real processes.  Each appends batches of blocks and says so only after the store has said so.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from attrs import field, frozen

from boardsim.loading.stores import opened
from boardsim.problems import BoardsimError
from boardsim.store import sqlite
from boardsim.store.contract import BEGINNING, CASE, event
from boardsim.store.protocol import EMPTY, Conflict, Head, Store
from boardsim.store.sqlite import open_sqlite
from boardsim.store.urls import address
from tests.forked import become_nobody
from tests.killed import killed_at, traced
from tests.postgres import Server
from tests.sizes import CI
from tests.store.test_stores import emptied

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed otherwise there")


@frozen
class Child:
    """A process of ours, and what it says."""

    pid: int
    ear: int
    heard: bytearray = field(factory=bytearray)

    def kill(self) -> list[str]:
        """Kill it, with no time for any last act; the whole lines that it said."""
        os.kill(self.pid, signal.SIGKILL)
        return self.said()

    def said(self) -> list[str]:
        """Wait for its end; the whole lines that it said."""
        while part := os.read(self.ear, 65536):
            self.heard.extend(part)
        os.close(self.ear)
        os.waitpid(self.pid, 0)
        return self.heard.decode().split("\n")[:-1]

    def listen(self, lines: int) -> None:
        """Wait until it has said so many lines, or has ended."""
        while self.heard.count(b"\n") < lines and (part := os.read(self.ear, 65536)):
            self.heard.extend(part)


Say = Callable[[str], object]


def child(work: Callable[[Say], object]) -> Child:
    """Do something in a process of its own, which dies with the work."""
    ear, mouth = os.pipe()
    pid = os.fork()
    if pid:
        os.close(mouth)
        return Child(pid, ear)
    try:
        os.close(ear)
        work(lambda line: os.write(mouth, f"{line}\n".encode()))
    except BoardsimError as error:
        os.write(mouth, f"problem {error.problems[0].code}\n".encode())
    except BaseException as error:  # noqa: BLE001 -- the test shows it
        os.write(mouth, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(0)


def append_batch(store: Store, name: str, size: int, head: Head) -> Head:
    """Append a batch of blocks, to wherever the case ends; the first one begins it."""
    while True:
        blocks = [event(f"{name}-{number}-of-{size}") for number in range(size)]
        try:
            return store.append(CASE, [*(BEGINNING if head == EMPTY else ()), *blocks], head)
        except Conflict as conflict:
            head = conflict.head


def write(url: str, name: str, batches: int, largest: int) -> Callable[[Say], None]:
    """A writer of that many batches, which says the name and size of each when it is in the store."""

    def work(say: Say) -> None:
        chance = random.Random(name)  # noqa: S311 -- no secret
        with opened(address(url), create=True) as store:
            head = store.head(CASE)
            for number in range(batches):
                size = chance.randint(1, largest)
                head = append_batch(store, f"{name}-{number}", size, head)
                say(f"{name}-{number} {size}")

    return work


def batches(blocks: Sequence[bytes]) -> Counter[str]:
    """How many blocks of each batch there are; the batch's name and its size as a line."""
    ids = [json.loads(block)["id"] for block in blocks[len(BEGINNING) :]]
    assert len(ids) == len(set(ids))
    return Counter(f"{name.rsplit('-', 3)[0]} {name.rsplit('-', 1)[1]}" for name in ids)


def sound(url: str) -> Counter[str]:
    """The batches in a store, once it is seen that the chain holds, that all are whole and that none is there twice."""
    with opened(address(url)) as store, store.driver.reading():  # a server may yet commit what a dead client asked for
        blocks = list(store.read(CASE))
        assert store.head(CASE) == EMPTY.after(blocks)
    assert tuple(blocks[: len(BEGINNING)]) == BEGINNING
    found = batches(blocks)
    assert {batch: count for batch, count in found.items() if count != int(batch.split()[1])} == {}
    return found


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes an empty store of each kind, and says its name; those that were made before may be gone."""
    if request.param == "sqlite":
        numbers = count()
        return lambda: f"sqlite:{tmp_path}/board-{next(numbers)}.db"
    server: Server = request.getfixturevalue("server")

    def emptied_server() -> str:
        emptied(server)
        return server.url

    return emptied_server


def killed(call: int, url: str, name: str) -> list[str] | None:
    """What a writer of two batches said before it was killed at that system call; None if it came to its end."""
    ear, mouth = os.pipe()
    was_killed = killed_at(call, lambda: write(url, name, 2, 20)(lambda line: os.write(mouth, f"{line}\n".encode())))
    os.close(mouth)
    with os.fdopen(ear) as heard:
        said = heard.read().split("\n")[:-1]
    return said if was_killed else None


@traced
def test_a_writer_killed_at_any_system_call(empty: Callable[[], str]) -> None:
    """Every batch that was acknowledged is there, whole and once; what was not is there whole or not at all.

    It is killed while it opens the store and makes it, too, and the next writer goes on from there.
    """
    ends = set()
    step = 1 if CI else 5
    for call in count(step, step):
        url = empty()
        if (acknowledged := killed(call, url, "killed")) is None:
            break
        later = child(write(url, "later", 1, 3)).said()
        found = sound(url)
        assert {*acknowledged, *later} <= set(found)
        ends.add((len(acknowledged), len(found)))

    assert {1, 2} <= {there for _, there in ends}
    if CI and url.startswith("sqlite:"):
        assert {(0, 2), (1, 3)} <= ends  # a batch was there, and not a word was said yet


@traced
@pytest.mark.parametrize("call", [20, 30, 45])
def test_a_writer_killed_beside_another(empty: Callable[[], str], call: int) -> None:
    """Whoever writes at the same time comes to its end, and nothing that either acknowledged is lost."""
    url = empty()
    other = child(write(url, "other", 8, 20))
    acknowledged = killed(call, url, "killed") or []
    said = other.said()

    assert len(said) == 8
    assert {*acknowledged, *said} <= set(sound(url))


def test_eight_writers_at_once(empty: Callable[[], str]) -> None:
    """All begin together, with the store itself; everything is there, once, in one order that is each writer's own."""
    url = empty()
    writers = [child(write(url, f"w{side}", 15, 3)) for side in range(8)]
    said = [writer.said() for writer in writers]
    found = sound(url)

    assert all(len(lines) == 15 for lines in said), said
    assert set(found) == {line for lines in said for line in lines}
    for lines in said:
        assert [batch for batch in found if batch in lines] == lines  # a counter keeps the order of the log


def test_a_server_that_crashes(server: Server) -> None:
    """When the server itself is killed, writers are told, and it comes back with every batch that it acknowledged."""
    emptied(server)
    writer = child(write(server.url, "w", 10_000, 30))
    writer.listen(5)
    server.crash()
    *acknowledged, last = writer.said()
    server.start()

    assert last.startswith("problem ")
    assert len(acknowledged) >= 5
    assert set(acknowledged) <= set(sound(server.url))


def until_full(url: str) -> list[str]:
    """What a writer says that writes until it cannot."""
    return child(write(url, "w", 10_000, 30)).said()


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    """A file that may not grow is a problem; what was acknowledged is there, and who has room can go on."""
    resource = pytest.importorskip("resource")
    url = f"sqlite:{tmp_path}/board.db"

    def limited(say: Say) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        write(url, "w", 10_000, 30)(say)

    *acknowledged, last = child(limited).said()

    assert last in ("problem store-failed", "problem store-full")
    assert acknowledged
    assert set(acknowledged) <= set(sound(url))
    assert child(write(url, "later", 3, 3)).said() == [batch for batch in sound(url) if batch.startswith("later")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only who may mount a disk can fill one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 -- the system's


def test_a_full_disk(small_disk: Path) -> None:
    """A full disk is a problem; what was acknowledged is there, and nothing is half there."""
    url = f"sqlite:{small_disk}/board.db"
    *acknowledged, last = until_full(url)

    assert last == "problem store-full"
    assert acknowledged
    assert set(acknowledged) <= set(sound(url))


def as_nobody(work: Callable[[Say], object]) -> list[str]:
    """What a process says that may write nothing here."""

    def humbled(say: Say) -> None:
        become_nobody()
        work(say)

    return child(humbled).said()


def test_a_folder_that_is_read_only(open_folder: Path) -> None:
    """A store in a folder that cannot be written to can be read; an append, or a new store, is a problem."""
    url = f"sqlite:{open_folder}/board.db"
    child(write(url, "w", 2, 3)).said()
    open_folder.chmod(0o555)

    def look(say: Say) -> None:
        with opened(address(url)) as store:
            say(store.head(CASE).hash.hex())

    with opened(address(url)) as store:
        head = store.head(CASE).hash.hex()
    for rest in open_folder.glob("board.db-*"):  # a reader who may write has left its marks
        rest.unlink()
    assert as_nobody(look) == [head]
    assert as_nobody(write(url, "late", 1, 1)) == ["problem unwritable-file"]
    assert as_nobody(write(f"sqlite:{open_folder}/new.db", "new", 1, 1)) == ["problem unwritable-file"]


def test_a_folder_that_vanishes(tmp_path: Path) -> None:
    """An append to a store whose folder was removed is never acknowledged."""
    folder = tmp_path / "gone"
    folder.mkdir()
    with closing(open_sqlite(str(folder / "board.db"), create=True)) as store:
        head = store.append(CASE, BEGINNING, EMPTY)
        shutil.rmtree(folder)
        with pytest.raises(BoardsimError) as raised:
            store.append(CASE, [event("lost")], head)
    with pytest.raises(BoardsimError) as missing:
        open_sqlite(str(folder / "board.db"), create=True)

    assert [error.value.problems[0].code for error in (raised, missing)] == ["missing-file", "missing-file"]


def lock(path: Path) -> Child:
    """A process that holds the lock of a store for ever."""

    def hold(say: Say) -> None:
        with opened(address(f"sqlite:{path}"), write=True) as store, store.driver.writing():
            say("locked")
            time.sleep(600)  # or until it is killed

    holder = child(hold)
    assert os.read(holder.ear, 100) == b"locked\n"
    return holder


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A store with one case."""
    path = tmp_path / "board.db"
    with closing(open_sqlite(str(path), create=True)) as store:
        store.append(CASE, BEGINNING, EMPTY)
    return path


def test_a_lock_of_a_process_that_died(begun: Path) -> None:
    """A writer that is killed within a transaction leaves neither its lock nor any trace."""
    lock(begun).kill()
    with closing(open_sqlite(str(begun), write=True)) as store:
        head = store.append(CASE, [event("after")], EMPTY.after(BEGINNING))

    assert head.count == len(BEGINNING) + 1


def test_a_lock_that_is_kept(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits in vain for another writer gets a problem; readers do not wait."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    holder = lock(begun)
    with closing(open_sqlite(str(begun), write=True)) as store:
        assert store.head(CASE).count == len(BEGINNING)
        with pytest.raises(BoardsimError) as raised:
            store.append(CASE, [event("after")], EMPTY.after(BEGINNING))
    holder.kill()

    assert raised.value.problems[0].code == "store-busy"
