"""Rows by the column: what many tenures have of their own, and the columns of tables that are filled in with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from boardsim.bulk import arrow
from boardsim.bulk.patterns import Blank, Cell, Piece
from boardsim.bulk.tables import COLUMNS, Kind


class Columns:
    """What many rows have of their own, by name: as plain values, and as Arrow has them.

    Args:
        values: by name, one value a row.
        base: what several rows have in common; `place` says where there, row by row.
    """

    def __init__(
        self,
        values: Mapping[str, Sequence[Any]],
        base: "Columns | None" = None,
        place: Sequence[int] = (),
    ) -> None:
        self._values = dict(values)
        self._base, self._place = base, place
        self._arrays: dict[object, Any] = {}
        self.count = len(place) if base is not None else len(next(iter(self._values.values()), ()))

    def put(self, name: str, values: Sequence[Any]) -> None:
        """One more value of each row."""
        self._values[name] = values

    def values(self, name: str) -> Sequence[Any]:
        """One value a row."""
        found = self._values.get(name)
        if found is None:
            assert self._base is not None
            shared = self._base.values(name)
            found = self._values[name] = [shared[place] for place in self._place]
        return found

    def array(self, name: str, kind: Kind = "text") -> Any:
        """The same, as Arrow has it."""
        found = self._arrays.get(name)
        if found is None:
            if name in self._values or self._base is None:
                found = arrow.library("pyarrow").array(self._values[name], arrow.type_of(kind))
            else:
                found = self._base.array(name, kind).take(self._indices())
            self._arrays[name] = found
        return found

    def _indices(self) -> Any:
        found = self._arrays.get(None)
        if found is None:
            found = self._arrays[None] = arrow.library("pyarrow").array(self._place, "int32")
        return found

    def joined(self, pieces: tuple[Piece, ...]) -> Any:
        """Texts in pieces, with what is a row's own in the blanks, as Arrow has them."""
        if len(pieces) == 1 and isinstance(pieces[0], Blank):
            return self.array(pieces[0].name)
        found = self._arrays.get(pieces)
        if found is None:
            pyarrow, compute = arrow.library("pyarrow"), arrow.library("pyarrow.compute")
            if not any(isinstance(piece, Blank) for piece in pieces):
                found = pyarrow.repeat(pyarrow.scalar("".join(map(str, pieces))), self.count)
            else:
                parts = [self.array(one.name) if isinstance(one, Blank) else pyarrow.scalar(one) for one in pieces]
                found = compute.binary_join_element_wise(*parts, "")
            self._arrays[pieces] = found
        return found

    def texts(self, pieces: tuple[Piece, ...]) -> Iterator[str]:
        """The same, as plain values."""
        form = "".join("%s" if isinstance(piece, Blank) else piece.replace("%", "%%") for piece in pieces)
        names = [piece.name for piece in pieces if isinstance(piece, Blank)]
        return map(form.__mod__, zip(*map(self.values, names), strict=True))


def table_of(table: str, row: Sequence[Cell], own: Columns) -> Any:
    """The rows of a table that are made alike."""
    columns = COLUMNS[table].items()
    arrays = [_column(cell, kind, own) for cell, (_, kind) in zip(row, columns, strict=True)]
    return arrow.library("pyarrow").table(arrays, schema=arrow.schema(COLUMNS[table]))


def _column(cell: Cell, kind: Kind, own: Columns) -> Any:
    match cell:
        case Blank(name):
            return own.array(name, kind)
        case tuple():
            return own.joined(cell)
        case list():
            return _lists(cell, own)
        case _:
            pyarrow = arrow.library("pyarrow")
            return pyarrow.repeat(pyarrow.scalar(cell, arrow.type_of(kind)), own.count)


def _lists(cell: Sequence[tuple[Piece, ...]], own: Columns) -> Any:
    """Lists of texts, all of one length."""
    pyarrow = arrow.library("pyarrow")
    if len(cell) == 1:
        return pyarrow.ListArray.from_arrays(pyarrow.array(range(own.count + 1), "int32"), own.joined(cell[0]))
    texts = [own.joined(pieces).to_pylist() for pieces in cell]
    lists = [list(some) for some in zip(*texts, strict=True)] if texts else [[] for _ in range(own.count)]
    return pyarrow.array(lists, arrow.type_of("several"))
