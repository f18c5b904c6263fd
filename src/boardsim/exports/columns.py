"""Columns of a table: what is in each, and of what kind, for formats that know kinds."""

from collections.abc import Callable
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
