"""Tables as Parquet, and back: a file for each table and partition, sorted by book, so that one is read alone."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

from boardsim.bulk.tables import COLUMNS, Kind
from boardsim.problems import misuse

MARK = 5
"""The bytes of the hash in the id of an event."""

GROUP = 16_384
"""Rows that are read together: one organization is looked for in so many at least."""


def library(name: str) -> ModuleType:
    """A library of the extra `bulk`.

    Raises:
        BoardsimError: it is not installed.
    """
    from importlib import import_module  # noqa: PLC0415 -- only where the extra is wanted

    try:
        return import_module(name)
    except ImportError as error:
        message = f"bulk folders need {name.partition('.')[0]}, which is not there: {error}"
        raise misuse("missing-extra", message, "pip install 'boardsim[bulk]'") from None


@cache
def type_of(kind: Kind) -> Any:
    """The type of a kind of column."""
    arrow = library("pyarrow")
    match kind:
        case "text":
            return arrow.string()
        case "time":
            return arrow.timestamp("us", tz="UTC")
        case "flag":
            return arrow.bool_()
        case "several":
            return arrow.list_(arrow.string())
        case "mark":
            return arrow.binary(MARK)
        case _:
            return arrow.int64()


def schema(columns: Mapping[str, Kind]) -> Any:
    """The types of the columns of a table."""
    return library("pyarrow").schema([(name, type_of(kind)) for name, kind in columns.items()])


def written(table: str, rows: Mapping[str, list[Any]], others: Sequence[Any] = ()) -> tuple[bytes, int]:
    """The rows of a table as a file, and how many there are.

    Args:
        others: more rows, as Arrow has them.
    """
    arrow, parquet = library("pyarrow"), library("pyarrow.parquet")
    made = arrow.table(rows, schema=schema(COLUMNS[table]))
    first = made.slice(0, 0)  # whose columns are those of all: older ones may lack some
    made = arrow.concat_tables([first, *others, made], promote_options="default")
    made = made.sort_by([("book", "ascending")])  # which keeps the order of those of one book
    data = BytesIO()
    parquet.write_table(made, data, compression="zstd", row_group_size=GROUP, data_page_size=1 << 16)
    return data.getvalue(), made.num_rows


def read(path: Path, columns: Collection[str] | None = None, without: Collection[str] = ()) -> Any:
    """The rows of a file, but for those of some books."""
    arrow, compute = library("pyarrow"), library("pyarrow.compute")
    found = library("pyarrow.parquet").read_table(path, columns=columns)
    if not without:
        return found
    gone = compute.is_in(found["book"], value_set=arrow.array(sorted(without), arrow.string()))
    return found.filter(compute.invert(gone))
