"""What is written into files: whole or not at all, and never over a log."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from boardsim.loading.collections import is_by_hand
from boardsim.problems import BoardsimError, misuse
from boardsim.store.file import NO_ROOM, replace, reporting_os_errors


def taken(path: Path, hint: str) -> BoardsimError:
    """The error that a file which was to be made is there."""
    return misuse("file-exists", f"'{path}' is there already, and nothing was written", hint)


def write_file(path: Path, pieces: Iterable[str] | Iterable[bytes], *, is_log: bool = False) -> None:
    """Write pieces into a file, which takes the place of one that is there when all of them are written.

    Args:
        is_log: whether it becomes a log: then nothing may be there, as somebody may have written it by hand.

    Raises:
        BoardsimError: it is there and must not be, or cannot be written.
    """
    require_writable(path, is_log=is_log)
    with reporting_os_errors(str(path), "unwritable-file", "cannot be written"), _full_disks(path):
        if path.exists() and not path.is_file():  # a pipe, or a device, such as /dev/stdout
            with path.open("wb") as stream:
                stream.writelines(_bytes(pieces))
            return
        _replace(path, pieces)


@contextmanager
def _full_disks(path: Path) -> Iterator[None]:
    """Say of a full disk that nothing is left of what was begun, and what to do.

    Raises:
        BoardsimError: the disk is full, or a quota is used up.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        hint = "nothing of it is left; make room, or name a file on another disk"
        raise misuse("unwritable-file", f"'{path}' cannot be written: {error.strerror}", hint) from None


def write_new_files(texts: Mapping[Path, str], folder: Path | None = None) -> None:
    """Write files where none are: all of them or nothing.

    Args:
        folder: what they lie in, made if need be; one that is there where it is None.

    Raises:
        BoardsimError: one is there, or cannot be written.
    """
    what = "name" if folder is None else "folder"
    for path in texts:
        _require_absent(path, what)
        if folder is None:
            require_writable(path)
    name = folder or next(iter(texts))
    with reporting_os_errors(str(name), "unwritable-file", "cannot be written"), _all_or_nothing(texts) as made:
        made.extend(_new_folders(folder) if folder else ())
        for path, text in texts.items():
            replace(path, [text.encode()], check=partial(_require_absent, path, what))


def _require_absent(path: Path, what: str) -> None:
    if path.exists() or path.is_symlink():
        raise taken(path, f"choose another {what}")


@contextmanager
def _all_or_nothing(files: Mapping[Path, str]) -> Iterator[list[Path]]:
    """Where not all of it can be written, take away what was, and the folders that were made for it, outermost first.

    What somebody else put there meanwhile stays: a file that says something else, and a folder that is not empty.
    """
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path, text in files.items():
            with suppress(OSError):  # it is not there, or not to be had
                if path.read_bytes() == text.encode():
                    path.unlink()
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _new_folders(folder: Path) -> Iterator[Path]:
    """Make a folder, and those that it lies in, where need be; each that was not there, as soon as it is."""
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            one.mkdir()
            yield one


def require_writable(path: Path, *, is_log: bool = False) -> None:
    """See that a file can be there, before what it is to hold is made.

    Raises:
        BoardsimError: it is a folder, its folder is not there, or it is there and must not be; a log must not be, what
            ever would be written over it.
    """
    with reporting_os_errors(str(path), "unwritable-file", "cannot be written"):  # a name that no file can have
        is_there, is_folder, has_folder = path.exists(), path.is_dir(), path.parent.is_dir()
    if is_there and (is_log or is_by_hand(path)):
        raise taken(path, "a log is never overwritten, nor what else is written in TOML; choose another name")
    if is_folder:
        raise misuse("is-a-folder", f"'{path}' is a folder", "name a file in it")
    if not has_folder:
        is_file = path.parent.exists()
        what = f"'{path.parent}' is a file and no folder" if is_file else f"there is no folder '{path.parent}'"
        hint = "name a folder that is there" if is_file else "make the folder first"
        raise misuse("unwritable-file", f"'{path}' cannot be written: {what}", hint)


def _replace(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    real = Path(os.path.realpath(path))
    with NamedTemporaryFile("wb", dir=real.parent, prefix=f".{real.name}.", delete=False) as stream:
        try:
            stream.writelines(_bytes(pieces))
            stream.flush()
            os.fsync(stream.fileno())
            _take_mode(stream.name, real)
            Path(stream.name).replace(real)
        except BaseException:
            with suppress(OSError):
                Path(stream.name).unlink()
            raise


def _take_mode(new: str, old: Path) -> None:
    """The permissions of the file that it replaces, else those that new files have here."""
    if old.exists():
        mode = old.stat().st_mode & 0o7777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(new).chmod(mode)


def _bytes(pieces: Iterable[str] | Iterable[bytes]) -> Iterable[bytes]:
    for piece in pieces:
        yield piece if isinstance(piece, bytes) else piece.encode()
