"""DuckDB, embedded: a connection that reads the files of one bulk folder, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from boardsim.bulk import arrow
from boardsim.bulk.views import quoted
from boardsim.problems import BoardsimError, Place, Problem

MEMORY = "700MB"
"""What a query may hold in memory before it goes to the disk."""


def connection(root: Path, scratch: Path | None = None) -> Any:
    """A connection that may read the folder, and nothing else."""
    duckdb = arrow.library("duckdb")
    made = duckdb.connect(":memory:")
    made.execute(f"SET memory_limit = '{MEMORY}'")
    made.execute("SET TimeZone = 'UTC'")
    made.execute("SET preserve_insertion_order = false")
    if scratch is not None:
        made.execute(f"SET temp_directory = {quoted(str(scratch))}")
    made.execute(f"SET allowed_directories = [{quoted(str(root))}]")
    made.execute("SET enable_external_access = false")
    return made


@contextmanager
def connected(root: Path, scratch: Path | None = None) -> Iterator[Any]:
    """A connection, for a while.

    Raises:
        BoardsimError: what was asked cannot be answered: the disk is full, say.
    """
    made = connection(root, scratch)
    try:
        yield made
    except arrow.library("duckdb").Error as error:
        raise failed(error, str(root)) from None
    finally:
        made.close()


def failed(error: Exception, where: str) -> BoardsimError:
    """The error that DuckDB could not do what it was asked, in its own words."""
    words = " ".join(str(error).split())[:400]
    return BoardsimError(Problem(code="query-failed", message=f"DuckDB says: {words}", place=Place(where)))
