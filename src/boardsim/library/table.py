"""Tables of tenures and of events, as other programs take them: rows as dictionaries, or columns as Arrow streams."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from boardsim.exports import events, tenures
from boardsim.exports.columns import Column
from boardsim.exports.formats import parquet
from boardsim.formats.schema.hints import quantity
from boardsim.history import History
from boardsim.notebooks import SHOWN, table_of


@frozen(repr=False, eq=False)
class Frame:
    """A table.

    `polars.DataFrame(frame)`, `pandas.DataFrame.from_arrow(frame)` and `pyarrow.table(frame)` take it as it is: it is
    an Arrow stream, for which the extra `parquet` is needed.  Times are instants in UTC.

    Attributes:
        columns: by name, in order.
        rows: one a tenure, or one an event.
    """

    columns: Mapping[str, Column[Any]]
    rows: Sequence[Any]

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dictionary a row: texts, booleans, `datetime`s in UTC, lists of texts; None where nothing is on record."""
        return [dict(self._cells(row)) for row in self.rows]

    def _cells(self, row: Any) -> Iterator[tuple[str, Any]]:
        for name, column in self.columns.items():
            yield name, parquet.cell(column.kind, column.value(row))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as an Arrow stream.

        Raises:
            BoardsimError: pyarrow is not installed.
        """
        return parquet.table(self.columns, self.rows).__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Frame of {quantity(len(self.rows), 'row')}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        shown = [{name: _text(value) for name, value in self._cells(row)} for row in self.rows[:SHOWN]]
        return table_of(shown, len(self.rows))


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, list)) else str(value)


def tenures_of(history: History) -> Frame:
    """Every tenure of a history: organization by organization, the earliest first."""
    return Frame(tenures.COLUMNS, tuple(tenures.rows(history)))


def events_of(history: History) -> Frame:
    """Every event of a history, with its ruling."""
    return Frame(events.COLUMNS, tuple(events.rows(history, range(len(history.events)))))
