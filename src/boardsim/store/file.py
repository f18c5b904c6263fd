"""A log in a file: read whole, or in pieces, and replaced in one step by itself with something at its end.

A file that is appended to can be torn: whoever reads it while it is written, or after a crash, may find half of what
was added.  So the new content is written beside the log, forced to the disk, and then takes the log's name, which a
file system does as a whole or not at all.  Writers wait for one another with a lock on the folder; the kernel releases
it when its holder dies.  Who does not know of the lock, such as an editor or `git checkout`, is noticed: the log must
still be what was read, and the same file, at the moment of the change.
"""

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b, file_digest
from io import BufferedReader, FileIO
from itertools import chain
from pathlib import Path
from time import monotonic, sleep

from attrs import field, frozen

from boardsim.problems import BoardsimError, Place, Problem, misuse

Stamp = tuple[int, ...]
"""What tells a file from another one, and from itself at another time."""


@frozen
class Content:
    """What a file held when it was read.

    Attributes:
        path: the file itself, behind whatever symbolic links lead to it.
        name: what the reader calls it.
    """

    path: Path
    name: str
    data: bytes = field(repr=False)
    stamp: Stamp = field(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """All that it held."""
        yield self.data

    def is_there(self) -> bool:
        """Whether the file holds the same now."""
        with self.path.open("rb", buffering=0) as file:
            return file.read() == self.data


@frozen
class Lines:
    """What a file held that may be too long to be held here: it is read again, in pieces of whole lines.

    Attributes:
        path: the file itself, behind whatever symbolic links lead to it.
        name: what the reader calls it.
        digest: of all that it held.
    """

    path: Path
    name: str
    digest: bytes = field(repr=False)
    stamp: Stamp = field(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """All that it held.

        Raises:
            Changed: it is another file now.
        """
        with reporting_os_errors(self.name, "unreadable-file", "cannot be read"), self.path.open("rb") as file:
            if _stamp(os.fstat(file.fileno())) != self.stamp:
                raise Changed
            yield from _in_lines(file)

    def is_there(self) -> bool:
        """Whether the file holds the same now."""
        with self.path.open("rb") as file:
            return file_digest(file, blake2b).digest() == self.digest


NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""The errors that the disk is full, or that a quota is used up."""

PIECE = 1_000_000
"""Bytes of a file that are read at a time."""

PATIENCE = 300.0
"""Seconds to wait for other writers, who may be many, and replay a long log each."""

SOON = 0.0002
"""Seconds after which a lock that another writer holds is asked for again the first time."""


class Kept(Exception):  # noqa: N818 -- not a failure of the system
    """Another program keeps the lock."""


class Changed(Exception):  # noqa: N818 -- not a failure: read again, and try again
    """Another program changed the file since it was read; nothing was written."""


def read(name: str) -> Content:
    """The content of a file.

    Raises:
        BoardsimError: it is not there, or cannot be read, or is not a plain file.
    """
    with _opened(name) as (path, file, stamp):
        return Content(path, name, file.read(), stamp)


def lines(name: str) -> Lines:
    """The content of a file, of which no more is held than a hash.

    Raises:
        BoardsimError: as `read` says.
    """
    with _opened(name) as (path, file, stamp):
        return Lines(path, name, file_digest(file, blake2b).digest(), stamp)


@contextmanager
def _opened(name: str) -> Iterator[tuple[Path, FileIO, Stamp]]:
    with reporting_os_errors(name, "unreadable-file", "cannot be read"):
        path = _itself(name)
        if path.is_dir():
            raise misuse("is-a-folder", f"'{name}' is a folder, not a log", "name the log in it", place=Place(name))
        _require_plain(path.stat())  # before it is opened: to open a pipe is to wait for whoever writes into it
        with path.open("rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            _require_plain(found)
            yield path, file, _stamp(found)


def _itself(name: str) -> Path:
    """The file that a name leads to, if need be through symbolic links; those of its folders the system follows."""
    return Path(os.path.realpath(name) if os.path.islink(name) else name)  # noqa: PTH114 -- takes half as long


def _in_lines(file: BufferedReader) -> Iterator[bytes]:
    rest = b""
    while piece := file.read(PIECE):
        cut = piece.rfind(b"\n") + 1
        if cut:
            yield rest + piece[:cut]
            rest = b""
        rest += piece[cut:]
    if rest:
        yield rest


def _require_plain(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(None, "it is not a plain file")


def append(before: Content | Lines, more: Iterable[bytes]) -> None:
    """Add to the end of a file, durably: when this returns, what was added survives a loss of power.

    A crash at any moment leaves the file as it was or as it shall be.  The caller holds the lock (see `locked`).

    Raises:
        Changed: the file is not what `before` says.
        BoardsimError: it cannot be written; it is as it was.
    """
    with reporting_os_errors(before.name, "unwritable-file", "cannot be written"):
        _require_replaceable(before)
        replace(before.path, chain(before.pieces(), more), check=lambda: _require_unchanged(before))


def replace(path: Path, parts: Iterable[bytes], check: Callable[[], None] = lambda: None) -> None:
    """Put a new file in the place of an old one, or of none, durably and as a whole.

    Args:
        check: called at the last moment; what it raises leaves the old file in place.

    Raises:
        OSError: the disk or the folder does not allow it.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        _write(new, parts, like=path)
        check()
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(path)


@contextmanager
def kept_unless_done(paths: Iterable[Path]) -> Iterator[None]:
    """Whatever is replaced or made here at these paths until the end is as it was where that end is an error.

    That takes no room on a disk that is full: an old file keeps a second name meanwhile.
    """
    kept = {path: old for path in paths for old in _second_name(path)}
    try:
        yield
    except BaseException:
        for path, old in kept.items():
            with suppress(OSError):
                path.unlink() if old is None else old.replace(path)
        raise
    finally:
        for old in filter(None, kept.values()):
            old.unlink(missing_ok=True)


def _second_name(path: Path) -> Iterator[Path | None]:
    """A second name of a file, or a copy of it where files have but one; None where there is no file.

    Nothing where neither can be made: then the file cannot be replaced either.
    """
    old = path.with_name(f".{path.name}.old")
    if not os.path.lexists(path):
        yield None
        return
    try:
        old.unlink(missing_ok=True)
        _link(path, old)
    except OSError:
        with suppress(OSError):
            old.unlink(missing_ok=True)
    else:
        yield old


def _link(path: Path, old: Path) -> None:
    try:
        os.link(path, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, old, follow_symlinks=False)


@contextmanager
def locked(name: str, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep all other writers of the file's folder waiting.

    Args:
        waiting: called once if somebody else holds the lock.

    Raises:
        BoardsimError: the folder is not there, or cannot be locked, or somebody keeps the lock for too long.
    """
    try:
        with reporting_os_errors(name, "unwritable-file", "cannot be locked"):
            lock = _locked(_itself(name), waiting)
    except Kept:
        message = f"another program keeps '{name}' locked, and has for {PATIENCE:.0f} seconds"
        problem = Problem(code="busy-log", message=message, hint="try again when it is done; does it hang?")
        raise BoardsimError(problem) from None
    try:
        yield
    finally:
        os.close(lock)  # and so release it


def _locked(path: Path, waiting: Callable[[], None]) -> int:
    try:
        return _flock(os.open(path.parent, os.O_RDONLY), waiting)
    except OSError:  # network file systems lock only what is open for writing, which no folder can be
        return _flock(os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o666), waiting)


def _flock(lock: int, waiting: Callable[[], None]) -> int:
    """Lock what is open, or close it if it cannot be locked."""
    try:
        if not _is_locked(lock):
            waiting()
            _wait(lock)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _wait(lock: int) -> None:
    """Ask for the lock again and again: soon, as some hold it for a millisecond, then less often."""
    until, pause = monotonic() + PATIENCE, SOON
    while not _is_locked(lock):
        if monotonic() > until:
            raise Kept
        sleep(pause)
        pause = min(pause * 1.2, 0.01)


def _is_locked(lock: int) -> bool:
    """Lock what is open, unless somebody else keeps it."""
    from fcntl import LOCK_EX, LOCK_NB, flock  # noqa: PLC0415 -- reading needs no lock, and works without

    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stamp(found: os.stat_result) -> Stamp:
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _require_unchanged(before: Content | Lines) -> None:
    """See that nobody changed the file: that its name still leads to it, then what it holds, and then its times again.

    These are looked at right before the change; what it holds, in case they are too coarse to tell.
    """
    if _stamp(Path(before.name).stat()) != before.stamp or not before.is_there():
        raise Changed
    if _stamp(before.path.stat()) != before.stamp:
        raise Changed


def _require_replaceable(before: Content | Lines) -> None:
    """See that replacing it takes nothing from anybody: it is theirs to write, and it has no second name."""
    names = before.path.stat().st_nlink
    if not os.access(before.path, os.W_OK):
        raise OSError(None, "it is write-protected")
    if names > 1:
        message = f"'{before.name}' is one of {names} names of the same file, and the others would not see the change"
        hint = "take the other hard links away, or make them symbolic links"
        raise misuse("hard-linked", message, hint, place=Place(before.name))


def _write(new: Path, parts: Iterable[bytes], like: Path) -> None:
    """Write a file to the disk, with the mode and the owner of another one if that is there."""
    with os.fdopen(_made(new), "wb") as file:
        with suppress(FileNotFoundError):
            was = like.stat()
            with suppress(PermissionError):  # only root gives files away
                os.fchown(file.fileno(), was.st_uid, was.st_gid)
            os.fchmod(file.fileno(), stat.S_IMODE(was.st_mode))
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def _made(new: Path) -> int:
    """A file that was not there, open for writing; it has the name of what a writer that was killed left behind."""
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(new, how, 0o666)
    except FileExistsError:
        new.unlink()
        return os.open(new, how, 0o666)


def _sync_folder(path: Path) -> None:
    """Force the folder's entry for the file to the disk."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    except OSError as error:
        reason = f"it is written, but the disk did not confirm it: {error.strerror}; look before you write again"
        raise OSError(error.errno, reason) from None
    finally:
        os.close(folder)


@contextmanager
def reporting_os_errors(name: str, code: str, what: str) -> Iterator[None]:
    """Say in a problem what an operation of the system did not allow."""
    try:
        yield
    except FileNotFoundError:
        message, hint = f"there is no file '{name}'", "boardsim init FOLDER begins a new case"
        raise misuse("missing-file", message, hint, place=Place(name)) from None
    except (OSError, ValueError, ImportError) as error:  # a name that no file can have is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        hint = "make room there, then try again" if getattr(error, "errno", None) in NO_ROOM else ""
        raise misuse(code, f"'{name}' {what}: {reason}", hint, place=Place(name)) from None
