"""Whether a database holds a store, and of which version of its tables."""

import re
from shlex import quote

from boardsim.problems import BoardsimError, Problem, misuse


def for_one_reader(step: str) -> str:
    """A step of the schema that only adds tables, taken for one connection alone: so an older store can be read.

    What is made lies before the store's own tables where names are looked up, and is gone with the connection.
    """
    return re.sub(r"CREATE INDEX [^;]*;", "", step).replace("CREATE TABLE ", "CREATE TEMPORARY TABLE ")


def not_a_store(name: str) -> BoardsimError:
    """The error that a database holds something else."""
    hint = "boardsim load CASE STORE makes one, where there is nothing yet"
    return misuse("not-a-store", f"{name} is not a store of boardsim", hint)


def refuse_other_version(version: int, known: int, name: str, url: str) -> None:
    """See that the tables have the version that this program knows.

    Raises:
        BoardsimError: they are older, or from the future.
    """
    what = f"the tables of {name} have version {version}; this program knows {known}"
    if version > known:
        raise BoardsimError(Problem(code="future-store", message=what, hint="upgrade boardsim"))
    if version < known:
        hint = f"boardsim load --migrate CASE {quote(url)} brings them up; copy the store first"
        raise BoardsimError(Problem(code="old-store", message=what, hint=hint))
