"""Columns of a table: what is in each, and of what kind, for formats that know kinds."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, Literal, TypeVar

from attrs import frozen

Kind = Literal["text", "time", "flag", "several"]
TEXT: Kind = "text"
TIME: Kind = "time"
FLAG: Kind = "flag"
SEVERAL: Kind = "several"

Item = TypeVar("Item")


@frozen
class Column(Generic[Item]):
    """One column.

    Attributes:
        kind: `text`, a `time` (a `dates.Stamp`), a `flag` (a boolean), or `several` texts.
        value: the cell of a row; None for nothing.
    """

    kind: Kind
    value: Callable[[Item], Any]


def plain(columns: Mapping[str, Column[Item]], item: Item) -> dict[str, Any]:
    """The cells of a row as JSON has such values; a time as the record has it, and None for nothing."""
    return {name: _plain(column.kind, column.value(item)) for name, column in columns.items()}


def _plain(kind: Kind, value: Any) -> Any:
    match kind:
        case "time":
            return value.text or None
        case "several":
            return [*value]
        case "flag":
            return value
        case _:
            return value or None


def said(columns: Mapping[str, Column[Item]], item: Item, without: Collection[str]) -> dict[str, Any]:
    """The cells of a row that say something, but for those of some columns; a time as the record has it."""
    found: dict[str, Any] = {}
    for name, column in columns.items():
        if name not in without:
            value = column.value(item)
            found[name] = value.text if column.kind == "time" else value
    return {name: value for name, value in found.items() if value not in (None, "")}
