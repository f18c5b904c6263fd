"""Stores and cases by their names: what the command line and `boardsim.load` open."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime
from shlex import quote
from types import ModuleType

from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import unknown_name
from boardsim.problems import BoardsimError, misuse
from boardsim.store.database import DatabaseStore
from boardsim.store.scope import Scope
from boardsim.store.urls import Address, address


@contextmanager
def opened(at: Address, *, create: bool = False, write: bool = False) -> Iterator[DatabaseStore]:
    """The store at an address, until the end of the block.

    Args:
        create: make it if it is not there; where the block ends in an error, one without a case is not there either.
        write: somebody means to append.

    Raises:
        BoardsimError: it is not there, holds something else, or cannot be opened.
    """
    if at.case is not None and not _is_text(at.case):
        raise _unknown(at.case, at, ())
    with _taken_away_if_empty(at, create=create), closing(open_store(at, create=create, write=write)) as store:
        yield store


def _taken_away_if_empty(at: Address, *, create: bool) -> AbstractContextManager[None]:
    if not create or not at.sqlite:
        return nullcontext()
    from boardsim.store.undone import taken_away_if_empty  # noqa: PLC0415 -- as below

    return taken_away_if_empty(at.url)


def _is_text(case: str) -> bool:
    """Whether a case can have that name; on a command line there may be bytes that are no text."""
    return "\0" not in case and case == case.encode(errors="replace").decode()


def open_store(at: Address, *, create: bool = False, write: bool = False) -> DatabaseStore:
    """The store at an address; see `opened`."""
    if at.sqlite:
        from boardsim.store.sqlite import open_sqlite  # noqa: PLC0415 -- a log in a file does without a database

        return open_sqlite(at.url, create=create, write=write)
    found: DatabaseStore = _postgres().open_postgres(at.url, at.shown, create=create, write=write)
    return found


def migrate(at: Address) -> int:
    """Bring the tables of a store to this program's version; how many steps that took.

    Raises:
        BoardsimError: it is not a store, or of a version from the future.
    """
    if at.sqlite:
        from boardsim.store.sqlite import migrate_sqlite  # noqa: PLC0415 -- as above

        return migrate_sqlite(at.url)
    return int(_postgres().migrate_postgres(at.url, at.shown))


def _postgres() -> ModuleType:
    try:
        from boardsim.store import postgres  # noqa: PLC0415 -- only where the extra is installed
    except ImportError as error:
        hint = "pip install 'boardsim[postgres]'"
        raise misuse("missing-extra", f"stores on PostgreSQL need psycopg, which is not there: {error}", hint) from None
    return postgres


def read_text(name: str, scope: Scope | None = None) -> tuple[str, str]:
    """A case of a store as JSON Lines, and its name as messages give it.

    Args:
        scope: read only what the answer about these organizations rests on.

    Raises:
        BoardsimError: there is no such store or case.
    """
    at = address(name)
    with opened(at) as store:
        case = case_of(store, at, scope.orgs if scope else ())
        return _text_of(store, at, case, scope), at.named(case)


def read_to_the_end(name: str, scope: Scope) -> tuple[str, str, datetime | None]:
    """The same, and the instant of the last event of the whole case; a store that is open already is soon asked.

    Raises:
        BoardsimError: as `read_text`.
    """
    at = address(name)
    with opened(at) as store:
        case = case_of(store, at, scope.orgs)
        return _text_of(store, at, case, scope), at.named(case), store.latest(case)


def _text_of(store: DatabaseStore, at: Address, case: str, scope: Scope | None) -> str:
    text = "".join(f"{block.decode()}\n" for block in store.read(case, scope))
    if not text:
        raise _unknown(case, at, store.cases())
    return text


def latest(name: str, orgs: Collection[str], known: datetime | None = None) -> datetime | None:
    """The instant of the last event of a case, as known then, whatever organization it concerns.

    Raises:
        BoardsimError: as `read_text`.
    """
    at = address(name)
    with opened(at) as store:
        return store.latest(case_of(store, at, orgs), known)


def case_of(store: DatabaseStore, at: Address, orgs: Collection[str] = ()) -> str:
    """The case that is meant: the one named, the only one, or the only one that declares these organizations.

    Raises:
        BoardsimError: that is none of them, or not clear.
    """
    if at.case is not None:
        return at.case
    cases = store.cases()
    found = store.declaring(orgs) if len(cases) > 1 and orgs else cases
    if len(found) == 1:
        return found[0]
    raise _unclear(at, cases, found, orgs)


def _unclear(at: Address, cases: Sequence[str], found: Sequence[str], orgs: Collection[str]) -> BoardsimError:
    if not cases:
        hint = f"boardsim load CASE {quote(at.shown)} puts one in"
        return misuse("unknown-case", f"there is no case in {at.shown} yet", hint)
    message = f"{at.shown} holds {len(cases)} cases; which one is meant?"
    if orgs:
        who = f"{len(found)} of them declare" if found else "none of them declares"
        message = f"{at.shown} holds {len(cases)} cases, and {who} {listed(sorted(orgs))}"
    return misuse("which-case", message, _named(at, found or cases))


def _unknown(case: str, at: Address, cases: Sequence[str]) -> BoardsimError:
    message, otherwise = f"there is no case '{case}' in {at.shown}", _named(at, cases) if cases else ""
    return unknown_name(case, cases, code="unknown-case", message=message, otherwise=otherwise)


SHOWN = 5
"""How many cases of a store a message names."""


def _named(at: Address, cases: Sequence[str]) -> str:
    """How to name one of these cases."""
    more = ", …" if len(cases) > SHOWN else ""
    return f"name it, as in {at.named(cases[0])}; there is {', '.join(cases[:SHOWN])}{more}"
