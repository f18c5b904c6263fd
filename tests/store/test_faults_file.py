"""What can go wrong with a log in a file is done to it: kills, full disks, crowds, locks, and other programs."""

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import boardsim
from boardsim.problems import BoardsimError
from boardsim.store import file
from tests.conftest import Run
from tests.forked import LOG, acknowledged, acknowledging, as_nobody, done, ended, recorded, started
from tests.killed import killed_at_every, traced
from tests.sizes import CI

MORE = b'\n[[event]]\ntype = "statement"\nid = "words"\nat = 2022-01-01T09:00:00Z\ntext = "Some words"\n'


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A sound log in a folder of its own."""
    path = tmp_path / "log.toml"
    path.write_text(LOG)
    return path


def add(log: Path, more: bytes = MORE) -> None:
    """Append to the log as commands do."""
    with file.locked(str(log)):
        file.append(file.read(str(log)), [more])


def statements(log: Path) -> list[str]:
    """The ids of the statements in the log, in their order; the log must be sound."""
    loaded = boardsim.loads(log.read_text(), str(log))
    assert loaded.problems == []
    return [event.id for event in loaded.log.events if isinstance(event, boardsim.Statement)]


def refused(log: Path) -> str:
    """What is said when the log cannot be added to; it must be as it was, and nothing may lie beside it."""
    before = log.read_bytes()
    with pytest.raises(BoardsimError) as refusal:
        add(log)
    assert log.read_bytes() == before
    assert [path.name for path in log.parent.iterdir()] == [log.name]
    return str(refusal.value)


# Crashes


def crash_at(line: int) -> None:
    """Kill this process at so many lines of the store from now."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        nonlocal count
        if frame.f_code.co_filename != file.__file__:
            return None
        if event == "line":
            count += 1
            if count == line:
                os.kill(os.getpid(), 9)
        return trace

    sys.settrace(trace)


def add_and_crash_at(line: int, log: Path) -> None:
    """Append, and be killed on the way."""
    crash_at(line)
    add(log)


def test_a_crash_at_any_line_leaves_the_old_log_or_the_new_one(log: Path) -> None:
    """A writer that is killed at any line of its code leaves the old log or the new one, and the next one goes on."""
    old, found = LOG.encode(), set()
    for line in range(1, 1000, 1 if CI else 3):
        log.write_bytes(old)
        status = done(partial(add_and_crash_at, line, log))
        found.add(log.read_bytes())
        add(log)
        assert [path.name for path in log.parent.iterdir()] == [log.name]
        if status == 0:
            break

    assert status == 0
    assert found == {old, old + MORE}


def test_a_disk_that_is_full_at_any_byte_leaves_the_old_log(log: Path) -> None:
    """Wherever the disk has no room for the next byte, the log stays as it was, the reason is said, and no litter."""
    old, whole = LOG.encode(), len(LOG) + len(MORE)

    def starve() -> None:
        for room in range(whole):
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
            assert "cannot be written: File too large" in refused(log)
        resource.setrlimit(resource.RLIMIT_FSIZE, (whole, resource.RLIM_INFINITY))
        add(log)

    assert done(starve) == 0
    assert log.read_bytes() == old + MORE


@traced
def test_writers_killed_at_any_call_keep_what_they_acknowledged(log: Path, tmp_path: Path) -> None:
    """After a kill at each system call every acknowledged event is there, whole and once, and nothing is half there."""
    acks = tmp_path / "acks"
    kills = [*killed_at_every(lambda call: partial(acknowledging, acks, log, [f"s{call}-1", f"s{call}-2"]))]
    found, said = statements(log), acknowledged(acks)

    assert len(found) == len(set(found))
    assert set(said) <= set(found)
    unsaid = len(found) - len(said)  # written, and killed before a word could be said
    assert 2 <= unsaid <= len(kills)
    assert len(said) > len(kills) / 2


# Crowds


def test_eight_writers_at_once_lose_nothing(log: Path) -> None:
    """Eight processes that record to one log leave every event once, each writer's in its order."""
    work = [[f"w{writer}-{number}" for number in range(5)] for writer in range(8)]
    ear, mouth = os.pipe()
    pids = [started(partial(acknowledging, Path(f"/dev/fd/{mouth}"), log, ids)) for ids in work]
    os.close(mouth)
    with os.fdopen(ear) as said:
        seen = [len(statements(log)) for _ in said]  # whoever reads meanwhile reads a whole log
    found = statements(log)

    assert [ended(pid) for pid in pids] == [0] * 8
    assert len(seen) == 40
    assert seen == sorted(seen)
    assert sorted(found) == sorted(event for ids in work for event in ids)
    assert all([event for event in found if event in ids] == ids for ids in work)


def test_a_lock_of_a_dead_process_holds_nobody_up(log: Path) -> None:
    """A writer that died with the lock in its hand leaves it to the next one."""

    def hold() -> None:
        with file.locked(str(log)):
            os.kill(os.getpid(), 9)

    assert done(hold) == -9
    add(log)

    assert log.read_bytes() == LOG.encode() + MORE


def test_a_lock_that_is_held_is_waited_for(log: Path) -> None:
    """A second writer says that it waits, and writes when the first one is done."""
    waits, order = threading.Event(), []

    def write() -> None:
        with file.locked(str(log), waits.set):
            order.append("second")

    with file.locked(str(log)):
        other = threading.Thread(target=write)
        other.start()
        assert waits.wait(60)
        order.append("first")
    other.join()

    assert order == ["first", "second"]


def test_where_folders_cannot_be_locked_a_file_beside_the_log_is(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a network file system, which locks no folder, writers still exclude one another."""
    import fcntl  # noqa: PLC0415

    real = fcntl.flock

    def network(lock: int, how: int) -> None:
        if os.path.isdir(f"/dev/fd/{lock}"):  # noqa: PTH112 -- a link, followed
            raise OSError(9, "Bad file descriptor")
        real(lock, how)

    monkeypatch.setattr(fcntl, "flock", network)
    waits = threading.Event()

    def write() -> None:
        with file.locked(str(log), waits.set):
            file.append(file.read(str(log)), [MORE])

    with file.locked(str(log)):
        other = threading.Thread(target=write)
        other.start()
        assert waits.wait(60)
        assert log.read_text() == LOG
    other.join()

    assert log.read_bytes() == LOG.encode() + MORE


# Other programs


def test_a_file_that_changes_meanwhile_is_not_overwritten(log: Path) -> None:
    """What another program wrote since the log was read is noticed at the last moment, and kept."""
    before = file.read(str(log))
    log.write_text(LOG + "# mine\n")

    with pytest.raises(file.Changed):
        file.append(before, [MORE])
    assert log.read_text() == LOG + "# mine\n"


def test_a_file_that_was_replaced_by_its_like_is_read_again(log: Path) -> None:
    """Even the same bytes in another file are another program's work, which may not be over."""
    before = file.read(str(log))
    log.rename(log.with_name("old"))
    log.write_text(LOG)

    with pytest.raises(file.Changed):
        file.append(before, [MORE])


def test_a_link_that_leads_elsewhere_meanwhile_is_followed_anew(log: Path) -> None:
    """Where the name leads to another file by now, even to one that holds the same, that one is to be read first."""
    other, link = log.with_name("other.toml"), log.with_name("link.toml")
    other.write_text(LOG)
    link.symlink_to(log)
    before = file.read(str(link))
    link.unlink()
    link.symlink_to(other)

    with pytest.raises(file.Changed):
        file.append(before, [MORE])
    add(link)
    assert (log.read_text(), other.read_bytes()) == (LOG, LOG.encode() + MORE)


def test_two_recorders_under_git_checkout(log: Path, tmp_path: Path) -> None:
    """While git exchanges the log below two writers, it is never torn, and what is recorded after git is done stays."""
    folder = log.parent

    def git(*words: str) -> None:
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)  # noqa: S607

    git("init", "--quiet", "--initial-branch=one")
    git("add", "log.toml")
    git("commit", "--quiet", "--message=one")
    git("checkout", "--quiet", "-b", "two")
    log.write_text(LOG.replace("Ada Moreno", "Ada Moreno the Elder"))
    git("commit", "--quiet", "--all", "--message=two")

    def keep_recording(name: str) -> None:
        sys.stderr = (tmp_path / f"{name}.err").open("w")
        for number in range(25):
            with suppress(SystemExit):  # a log that git has not finished is refused
                recorded(log, f"{name}-{number}")

    pids = [started(partial(keep_recording, name)) for name in ("a", "b")]
    for branch in ("one", "two") * 8:
        with suppress(FileNotFoundError, UnicodeDecodeError):
            base = log.read_text().partition('[[event]]\ntype = "statement"')[0]
            assert base.rstrip() in ("", LOG.rstrip(), LOG.replace("Ada Moreno", "Ada Moreno the Elder").rstrip())
        with suppress(subprocess.CalledProcessError):  # git found the log gone, or came just too late
            git("checkout", "--quiet", "--force", branch)
    assert [ended(pid) for pid in pids] == [0, 0]
    git("checkout", "--quiet", "--force", "one")
    assert done(lambda: recorded(log, "last")) == 0

    assert statements(log) == ["last"]
    for name in ("a", "b"):
        assert "Traceback" not in (tmp_path / f"{name}.err").read_text()


# Disks and folders


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of 16 kB in that folder; skips where this user may not make one."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root mounts disks")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_a_full_disk(tmp_path: Path, run: Run) -> None:
    """On a disk that is full nothing is written, the log is as it was, and `record` says why."""
    with small_disk(tmp_path):
        log = tmp_path / "log.toml"
        log.write_text(LOG + "# " + "x" * 9000 + "\n")
        before = log.read_bytes()
        result = run("record", str(log), "statement", "--at", "2022-01-01", "--text", "words")

        assert result.code == 2
        assert f"error[unwritable-file]: '{log}' cannot be written: No space left on device" in result.err
        assert log.read_bytes() == before
        assert [path.name for path in tmp_path.iterdir()] == ["log.toml"]


def test_a_read_only_folder(open_folder: Path) -> None:
    """In a folder where nothing may be made, the log is as it was, and the reason is said."""
    log = open_folder / "log.toml"
    log.write_text(LOG)
    log.chmod(0o666)
    open_folder.chmod(0o555)

    assert as_nobody(lambda: _is_said("Permission denied", refused(log))) == 0


def _is_said(words: str, told: str) -> None:
    assert words in told, told


def test_a_write_protected_log(open_folder: Path) -> None:
    """A log that may not be written is not replaced by one that may."""
    log = open_folder / "log.toml"
    log.write_text(LOG)
    log.chmod(0o444)
    open_folder.chmod(0o777)

    assert as_nobody(lambda: _is_said("it is write-protected", refused(log))) == 0


def test_a_folder_that_vanished(log: Path) -> None:
    """A log whose folder is gone is said to be missing, and no folder is made for it."""
    before = file.read(str(log))
    log.unlink()
    log.parent.rmdir()

    with pytest.raises(BoardsimError, match="there is no file"):
        add(log)
    with pytest.raises(BoardsimError, match="there is no file"):
        file.append(before, [MORE])
    assert not log.parent.exists()


def test_a_disk_that_does_not_confirm(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure after the log was replaced is not told as if nothing had been written."""
    synced: list[int] = []

    def fail_for_folders(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail_for_folders)

    with pytest.raises(BoardsimError, match="it is written, but the disk did not confirm it: Input/output error"):
        add(log)


# What a file is besides its bytes


def test_mode_and_links_are_kept(log: Path, tmp_path: Path) -> None:
    """The mode of the log stays, and a symbolic link to it still is one, and leads to the new log."""
    log.chmod(0o640)
    link = tmp_path / "elsewhere"
    link.mkdir()
    link /= "link.toml"
    link.symlink_to(log)
    add(link)

    assert link.is_symlink()
    assert log.read_bytes() == LOG.encode() + MORE
    assert log.stat().st_mode & 0o777 == 0o640


def test_a_log_with_two_names_is_refused(log: Path) -> None:
    """A hard link would go on to show the old log, so a log that has one is not added to."""
    log.with_name("twin.toml").hardlink_to(log)
    with pytest.raises(BoardsimError, match="one of 2 names of the same file"):
        add(log)
    assert log.read_bytes() == LOG.encode()


@pytest.mark.parametrize("name", ["/dev/null", "/dev/full"])
def test_what_is_no_plain_file_is_no_log(name: str) -> None:
    """A device is neither read nor replaced."""
    with pytest.raises(BoardsimError, match="it is not a plain file"):
        file.read(name)


def test_a_log_that_is_not_held_is_read_again_in_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few bytes are read at a time, the pieces are whole lines, and together all that there is."""
    log = tmp_path / "log.jsonl"
    for text in (b"", b"\n", b"a\nbc\n\nlonger than a piece\r\nend", b"one line only", b"ab\ncd\n"):
        log.write_bytes(text)
        for size in range(1, 9):
            monkeypatch.setattr(file, "PIECE", size)
            pieces = [*file.lines(str(log)).pieces()]

            assert b"".join(pieces) == text
            assert all(piece.endswith(b"\n") for piece in pieces[:-1])


@pytest.mark.parametrize("is_told_by", ["its stamp", "its hash"])
def test_a_log_that_is_not_held_and_changes(log: Path, is_told_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes it while it is written is noticed by its times, and where these are too coarse, by what it holds."""
    if is_told_by == "its hash":
        monkeypatch.setattr(file, "_stamp", lambda _: (1,))
    before, other = file.lines(str(log)), log.read_bytes().replace(b"a", b"e", 1)

    def changing() -> Iterator[bytes]:
        log.write_bytes(other)
        yield MORE

    with pytest.raises(file.Changed):
        file.append(before, changing())
    assert log.read_bytes() == other
    file.append(file.lines(str(log)), [MORE])
    assert log.read_bytes() == other + MORE
