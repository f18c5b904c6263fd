"""Parquet: the columns of the CSV, typed, for data frames.  Needs pyarrow.

Times are instants in UTC, with their bounds beside them: a tenure that began in some month has the first instant of it,
and the month as its bounds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from boardsim.exports.columns import Column, Kind
from boardsim.exports.export import OF_TABLES, Export, Format
from boardsim.problems import misuse

PIECE = 20_000
"""How many rows a group has."""


def write(export: Export) -> Iterator[bytes]:
    """The table that is wanted, in one file.

    Raises:
        BoardsimError: pyarrow is not installed.
    """
    return _table(*export.wanted())


def _table(columns: Mapping[str, Column[Any]], rows: Iterable[Any]) -> Iterator[bytes]:
    arrow, parquet = _library()
    schema, file = _schema(arrow, columns), BytesIO()
    with parquet.ParquetWriter(file, schema) as writer:
        source = iter(rows)
        while group := list(islice(source, PIECE)):
            writer.write_table(arrow.table(_cells(columns, group), schema=schema))
    yield file.getvalue()


def table(columns: Mapping[str, Column[Any]], rows: Sequence[Any]) -> Any:
    """The table in memory, as pyarrow has it.

    Raises:
        BoardsimError: pyarrow is not installed.
    """
    arrow, _ = _library()
    return arrow.table(_cells(columns, rows), schema=_schema(arrow, columns))


def _schema(arrow: Any, columns: Mapping[str, Column[Any]]) -> Any:
    types = {
        "text": arrow.string(),
        "time": arrow.timestamp("us", tz="UTC"),
        "flag": arrow.bool_(),
        "several": arrow.list_(arrow.string()),
    }
    return arrow.schema([(name, types[column.kind]) for name, column in columns.items()])


def _cells(columns: Mapping[str, Column[Any]], rows: Sequence[Any]) -> dict[str, list[Any]]:
    return {name: [cell(column.kind, column.value(row)) for row in rows] for name, column in columns.items()}


def cell(kind: Kind, value: Any) -> Any:
    """The value of a cell, in Python's types: of a time its instant in UTC."""
    return value.instant if kind == "time" else list(value) if kind == "several" else value


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 -- only where the extra is installed
        from pyarrow import parquet  # noqa: PLC0415 -- likewise
    except ImportError as error:
        hint = "pip install 'boardsim[parquet]'"
        raise misuse("missing-extra", f"parquet needs pyarrow, which is not there: {error}", hint) from None
    return pa, parquet


FORMAT = Format(
    summary="The columns of the CSV, typed, for data frames.",
    endings=(".parquet",),
    write=write,
    takes=OF_TABLES,
    binary=True,
    takes_several=True,
)
