"""What SQLite says is wrong, as problems."""

import sqlite3
from pathlib import Path
from shlex import quote

from boardsim.problems import Problem

ERRORS = (sqlite3.Error, UnicodeError)
"""What a statement can end in.

Of a damaged schema even SQLite's message may be no text; and what was read as no text cannot be asked for again.
"""


def problem_of(error: sqlite3.Error | UnicodeError, path: str) -> Problem:
    """The problem that an error of SQLite is, with what to do about it.

    Args:
        error: one without a code is that of a file which is not there.
    """
    if isinstance(error, UnicodeDecodeError):
        return _damaged(path, "its schema is not text")
    if isinstance(error, UnicodeError):
        return _damaged(path, "a column of text holds bytes that are no text")
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = f"'{path}' was kept locked by another program"
            return Problem(code="store-busy", message=message, hint="try again when that program is done")
        case sqlite3.SQLITE_FULL:
            message = f"there is no room left for '{path}', and nothing was written"
            return Problem(code="store-full", message=message, hint="make room, then try again")
        case sqlite3.SQLITE_NOTADB:
            return Problem(code="not-a-store", message=f"'{path}' is not a SQLite database", hint=_LOGS)
        case sqlite3.SQLITE_CORRUPT:
            return _damaged(path, str(error))
        case sqlite3.SQLITE_READONLY:
            message = f"'{path}' cannot be written: it, or its folder, is read-only"
            return Problem(code="unwritable-file", message=message)
        case sqlite3.SQLITE_CANTOPEN:
            return _unopened(path)
        case _:
            message = f"the database '{path}' failed, and nothing was written: {error}"
            return Problem(code="store-failed", message=message, hint="is the disk full, or broken?")


def _damaged(path: str, why: str) -> Problem:
    return Problem(
        code="damaged-store", message=f"the database '{path}' is damaged: {why}", hint="restore it from a backup"
    )


_LOGS = "a log in a file is named by its path alone"


def _unopened(path: str) -> Problem:
    """Why a file could not be opened, which SQLite does not say."""
    file = Path(path)
    if file.is_dir():
        return Problem(code="is-a-folder", message=f"'{path}' is a folder, not a store", hint="name the file in it")
    if not file.parent.is_dir():
        message = f"there is no folder '{file.parent}' for '{file.name}'"
        return Problem(code="missing-file", message=message)
    if not file.exists():
        hint = f"boardsim load CASE {quote(f'sqlite:{path}')} makes it"
        return Problem(code="missing-file", message=f"there is no file '{path}'", hint=hint)
    message = f"'{path}' cannot be opened: this user may not, or its folder is read-only"
    return Problem(code="unreadable-file", message=message)


def not_made(path: str) -> Problem:
    """The problem of a file that could not be made, although its folder is there."""
    message = f"'{path}' cannot be made: its folder is read-only, or this user may not write there"
    return Problem(code="unwritable-file", message=message)
