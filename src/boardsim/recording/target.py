"""Where what is recorded goes: a log in a file, or a case in a store."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from boardsim.formats.log.first_form import last_in_first_form
from boardsim.formats.log.parse import decoded
from boardsim.formats.syntax.canonical import canonical
from boardsim.kernel import replay
from boardsim.loading.cases import bundled_folder, case_path
from boardsim.log import Log
from boardsim.problems import misuse
from boardsim.recording.append import Before, Blocks, before, text_of
from boardsim.recording.notify import Notify, ignore
from boardsim.store import file
from boardsim.store.protocol import EMPTY, Conflict, Head
from boardsim.store.urls import address, is_store

if TYPE_CHECKING:
    from boardsim.recording.record import Compose


@frozen
class Copy:
    """A log as it was read, and what puts blocks at the end of it.

    Attributes:
        append: adds blocks, all or none, durably, given the log as it is with them; raises `file.Changed` if it is no
            longer what was read.
    """

    before: Before
    append: Callable[[Blocks, Log], None]


@frozen
class Target:
    """A log that can be added to.

    Attributes:
        name: as the reader calls it.
        lock: keeps other writers waiting.
        read: the log as it is now.
        read_part: what of it bears on what is to be added; None where that is all of it.
    """

    name: str
    lock: Callable[[], AbstractContextManager[None]]
    read: Callable[[], Copy]
    read_part: "Callable[[Compose], Copy | None]" = lambda _: None


def target(log: str, *, dry_run: bool = False, notify: Notify = ignore, ids: Collection[str] = ()) -> Target:
    """The log to be added to, by the path of its file or of the folder it lies in, or as a case in a store.

    Args:
        ids: what is known to be named by what is added, such as an event that is corrected.
        dry_run: nothing will be written, so that any log will do, and nobody need wait.
        notify: is told if another program writes to it now.

    Raises:
        BoardsimError: it is standard input, or a bundled case, which are not there to be written.
    """
    if is_store(log):  # whose own transactions keep writers apart
        return Target(log, nullcontext, lambda: _stored(log), lambda compose: _part_of_stored(log, compose, ids))
    path = case_path(log) if dry_run else own_path(log)
    waiting = partial(notify, f"another program is writing beside {path}, and comes first")
    return Target(path, nullcontext if dry_run else lambda: file.locked(path, waiting), lambda: _copy(path))


def _copy(path: str) -> Copy:
    content = file.read(path)
    log = before(decoded(content.data, path), path)
    return Copy(log, lambda blocks, _whole: file.append(content, [text_of(blocks, log).encode()]))


def _stored(name: str) -> Copy:
    from boardsim.loading.stores import read_text  # noqa: PLC0415 -- a file does without databases

    text, named = read_text(name)
    head = EMPTY.after(line.encode() for line in text.split("\n")[:-1])
    case = address(named).case or ""
    return Copy(before(text, named), lambda blocks, whole: _append(name, case, blocks, whole, head))


def _part_of_stored(name: str, compose: "Compose", ids: Collection[str]) -> Copy | None:
    from boardsim.loading.stores import case_of, opened  # noqa: PLC0415 -- likewise
    from boardsim.recording.part import part_of  # noqa: PLC0415 -- likewise

    at = address(name)
    with opened(at) as store:
        case = case_of(store, at)
        part = part_of(store, case, at.named(case), compose, ids) if store.has_links else None
    if part is None:
        return None
    return Copy(part.before, lambda blocks, log: _append(name, case, blocks, log, part.head, part.orgs))


def _append(
    name: str, case: str, blocks: Blocks, log: Log, expected: Head, orgs: Collection[str] | None = None
) -> None:
    """Append blocks to a case, and keep the register of its tenures.

    Args:
        log: the case with them, or a part of it.
        orgs: the organizations of which all is in that part; None where it is the whole.
    """
    from boardsim.loading.stores import opened  # noqa: PLC0415 -- likewise

    with opened(address(name), write=True) as store:
        try:
            found = last_in_first_form(log, len(blocks))
            head = store.append(case, [canonical(kind, table) for kind, table in found], expected)
        except Conflict:
            raise file.Changed from None
        with suppress(Conflict):  # whoever was faster keeps a newer one
            if orgs is None:
                store.keep_register(case, head, replay(log))
            else:
                store.keep_part_of_register(case, expected.count, head, replay(log), orgs)


def own_path(log: str) -> str:
    """The path of a log that is the reader's own.

    Raises:
        BoardsimError: it is standard input, or a bundled case.
    """
    path = case_path(log)
    if path == "-":
        raise misuse("read-only-case", "standard input cannot be added to", "name a file")
    if is_bundled(log, path):
        hint = "copy it: boardsim export NAME --format toml > my-log.toml; or begin your own: boardsim init FOLDER"
        raise misuse("read-only-case", f"'{log}' is a bundled case, and those are not written to", hint)
    return path


def is_bundled(log: str, path: str) -> bool:
    """Whether the reader named a bundled case rather than a file."""
    return not Path(log).exists() and Path(path).resolve().is_relative_to(bundled_folder())
