"""`boardsim.load`: the log in a file; or a case, whole, into a store."""

from functools import partial
from os import PathLike, fspath
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, overload

from attrs import frozen

from boardsim.formats.log.loaded import Loaded
from boardsim.loading import text
from boardsim.loading.text import Cut
from boardsim.problems import BoardsimError, misuse
from boardsim.recording.notify import Notify, ignore

if TYPE_CHECKING:
    from boardsim.library.answer import Answer, Json
    from boardsim.library.case import Case
    from boardsim.library.opening import Subject
    from boardsim.store.append import Appended
    from boardsim.store.urls import Address


@frozen
class Stored:
    """What a store was given.

    Attributes:
        store: the store, without what is secret in its address.
        case: the name of the case in it.
        named: both of them, as a case is named anywhere.
        appended: how many blocks were new.
        blocks: how many there are now.
        head: the chained hash over them, in hexadecimal digits.
    """

    store: str
    case: str
    named: str
    appended: int
    blocks: int
    head: str


@overload
def load(case: str | PathLike[str], store: Cut | None = None) -> Loaded: ...


@overload
def load(case: "Subject", store: str, *, migrate: bool = False, notify: Notify = ignore) -> "Answer[Stored]": ...


def load(
    case: "Subject", store: str | Cut | None = None, *, migrate: bool = False, notify: Notify = ignore
) -> "Loaded | Answer[Stored]":
    """The log in a file with its problems; or, where a store is given, put a case into it, as `boardsim load` does.

    Args:
        case: the path of a log, `-` for standard input; or, with a store, a case by name, path or opened.
        store: `sqlite:FILE`, or `postgresql://HOST/NAME`; with `#CASE`, under that name instead of the log's id.  Of a
            file, how much of it to read; all of it where it is not said.
        migrate: bring the store's tables to this program's version first.
        notify: is told, in a sentence, what else happens.

    Raises:
        BoardsimError: something cannot be read at all, or the store holds another log under this name.
        TypeError: tables are to be brought up, and there is no store.
    """
    if isinstance(store, str):
        from boardsim.library.opening import opened

        streamed = stream(case, store, migrate=migrate, notify=notify) if isinstance(case, (str, PathLike)) else None
        return streamed or put(opened(case), store, migrate=migrate, notify=notify)

    if migrate:
        raise TypeError("'migrate' is of a store: give one, as \"sqlite:FILE\"")
    return text.load(fspath(case), store)  # type: ignore[arg-type]  # the first overload says what it is


def stream(
    case: str | PathLike[str], store: str, *, migrate: bool = False, notify: Notify = ignore
) -> "Answer[Stored] | None":
    """Put a large log in JSON Lines into a store a few organizations at a time, in bounded memory.

    Returns:
        None where that is not what is named, or where only the whole log shows what is wrong with it: see `put`.

    Raises:
        BoardsimError: there is no such store, or it cannot be written to.
    """
    from boardsim.formats.schema.hints import quantity
    from boardsim.loading.stores import opened
    from boardsim.recording.streaming import LARGE
    from boardsim.recording.streaming import stream as streamed

    path = Path(case)
    if path.suffix not in (".jsonl", ".ndjson") or not path.is_file() or path.stat().st_size < LARGE:
        return None
    at = _address(store)
    if migrate:
        return None
    found = streamed(path, at.case, partial(opened, at, create=True, write=True), notify)
    if found is None:
        return None
    if found.problems:
        notify(f"{case} has {quantity(found.problems, 'problem')}; see: boardsim check {quote(str(case))}")
    return _answer(at, found.case, found.appended)


def put(case: "Case", store: str, *, migrate: bool = False, notify: Notify = ignore) -> "Answer[Stored]":
    """Put a log into a store, or continue the one there.

    Raises:
        BoardsimError: as `load`.
    """
    from boardsim.formats.schema.hints import quantity
    from boardsim.loading.stores import migrate as bring_up
    from boardsim.recording.streaming import put as put_whole

    at = _address(store)
    if case.scenario is not None:
        message = f"'{case.case}' is a scenario, and a store keeps what happened"
        raise misuse("not-a-log", message, "load the log at its bottom")
    if any(problem.severity == "error" for problem in case.root.problems):
        raise BoardsimError(*case.root.problems)
    if migrate:
        notify(f"{at.shown}: {quantity(bring_up(at), 'step')} taken")
    name = at.case or case.log.id
    return _answer(at, name, put_whole(case.log, case.history(), at, name, notify=notify))


def _answer(at: "Address", name: str, made: "Appended") -> "Answer[Stored]":
    from boardsim.library.answer import Answer

    head = made.head

    def document() -> "Json":
        from boardsim.views.json.record import load_json  # which brings all checks, and only `--json` asks for it

        return load_json(at.shown, name, appended=made.new, blocks=head.count, head=head.hash)

    return Answer("load", Stored(at.shown, name, at.named(name), made.new, head.count, head.hash.hex()), document)


def _address(store: str) -> "Address":
    from boardsim.formats.schema.control import CONTROL
    from boardsim.store.urls import address, is_store

    if is_store(store):
        found = address(store)
        if found.case is not None and CONTROL.search(found.case):
            message = f"'{found.case}' cannot be the name of a case: it has characters that command a terminal"
            raise misuse("bad-case-name", message, "use the log's id, or another plain word")
        return found
    hint = f"write sqlite:{store}" if store.endswith((".db", ".sqlite", ".sqlite3")) else "write sqlite:FILE"
    raise misuse("unknown-store", f"'{store}' names no store", hint)
