"""A table organization by organization: the rows of each into a log of its own, which a newer table continues.

What a row means, and what is added to the log, is what an import of these rows alone would make of them.
"""

import json
from collections.abc import Callable, Iterator, Sequence

from attrs import field, frozen

from boardsim.formats.schema.shapes import RESERVED
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax.records import Record
from boardsim.imports.blocks import Block, event_block
from boardsim.imports.comparing import Snapshots, changes_of, pairs_of, stamp_of, take_over_ids
from boardsim.imports.dates import DateReader
from boardsim.imports.declare import declarations, header
from boardsim.imports.entries import Dates, Entry, Fault, Interpreter, Key
from boardsim.imports.identities import Identities
from boardsim.imports.mapping import ImportMap, column_problems
from boardsim.imports.reading import Reading, Source, columns_read, understand
from boardsim.imports.rows import Cells, Piece, Sheet
from boardsim.imports.said import Said
from boardsim.imports.seats import seats_of
from boardsim.problems import BoardsimError

Row = tuple[int, Cells]
"""The line of a row, and its cells: those of the columns that the map names."""


@frozen(kw_only=True)
class Table:
    """A source as its rows can be passed on: its columns, and a reader of dates that knows the order of day and month.

    Attributes:
        names: the columns that the map names, in the order of the cells.
    """

    source: Source
    names: Sequence[str]
    dates: DateReader

    def interpreter(self) -> Interpreter:
        """Who reads its rows."""
        return Interpreter(self.source.map, self.dates, self.names, self.source.date)


def rows_of(
    source: Source,
    sheet: Sheet,
    seen: Callable[[Row], None],
    take: Callable[[Key, Row], None],
    piece: Piece | None = None,
) -> None:
    """Read the rows of a source once, and give each away with the key of its organization; none of them is kept.

    Args:
        sheet: the table of the source.
        seen: is shown every row before it is given away.
        piece: that is read alone; None for all of it.

    Raises:
        BoardsimError: it cannot be read, or lacks a column of the map.
    """
    names = columns_read(source.map)
    _require_columns(source.map, sheet)
    org_of = Interpreter(source.map, source.map.date_reader(), names, source.date).org_of
    if piece is None:
        rows = sheet.select(names)
    else:
        assert sheet.select_piece is not None  # else nobody cuts it
        rows = sheet.select_piece(names, piece)
    for line, cells in rows:
        seen((line, cells))
        take(org_of(cells), (line, cells))


def _require_columns(found: ImportMap, sheet: Sheet) -> None:
    if sheet.is_complete and (problems := column_problems(found, sheet)):
        sheet.close()
        raise BoardsimError(*problems, exit_code=2)


class DatesSeen:
    """The different texts of the dates of a source, each with the line where it stands first.

    Where the map leaves no doubt about the order of day and month, nobody need look.
    """

    def __init__(self, found: ImportMap) -> None:
        self.dates = Dates(found, columns_read(found))
        self._is_doubtful = not found.date_reader().is_settled

    def see(self, row: Row) -> None:
        """Look at the dates of one more row."""
        if self._is_doubtful:
            self.dates.add(*row)

    def join(self, others: Dates, before: int) -> None:
        """Take over what was seen so many lines further down."""
        self.dates.join(others, before)

    def table(self, source: Source, file: str) -> Table:
        """The source, with its dates settled.

        Raises:
            BoardsimError: nobody can tell the order of day and month.
        """
        dates = source.map.date_reader()
        dates.settle(self.dates.seen(), file)
        return Table(source=source, names=self.dates.names, dates=dates)


@frozen(kw_only=True)
class Book:
    """An organization's log, continued by what a source says now.

    Attributes:
        key: of the organization, as the source has it.
        records: all blocks, read.
        text: of all of them, as JSON Lines.
        added: how many are new.
        vanished: how many of its tenures the source no longer has; `known`, how many the log had.
    """

    key: Key
    records: Sequence[Record] = field(repr=False)
    text: str = field(repr=False)
    added: int
    known: int
    vanished: int
    merged: int
    rejected: Sequence[Fault]


def continued(key: Key, entries: list[Entry], before: str, table: Table, times: Snapshots, file: str) -> Book:
    """The log of an organization with what its rows say now.

    Args:
        before: the log as it is, in JSON Lines; empty where there is none yet.
        file: what the log is called in messages.

    Raises:
        BoardsimError: the source is older than what the log has, or has no date, and says something else.
    """
    source, found = table.source, table.source.map
    old, said, identities = jsonl.read(before, file)[0], Said(found.name, found.timezone), Identities()
    if old:
        said.add((record.kind, record.table) for record in old)
        take_over_ids(identities, said)
        _take_over_names(old, identities, found)
    reading = Reading(read=len(entries))
    understand(entries, reading, found, identities)
    stamp, seats, standing = stamp_of(source, is_first=times.is_first), seats_of(reading, said), said.tenures()
    pairs = pairs_of(reading, source, said, {}, standing)
    changes = changes_of(pairs, source, said, stamp, times)
    new: list[Block] = []
    if changes:
        if not old:
            org = identities.ids["org"][key]
            new.append(header(f"{org}-log" if org in RESERVED else org, found))
        new += declarations(reading, found, said, identities, seats)
        new += [event_block(change, stamp) for change in changes]
    added = [*_records(new, file, len(old))]
    return Book(
        key=key,
        records=[*old, *added],
        text=before + "".join(f"{record.locator.text}\n" for record in added),  # type: ignore[attr-defined]
        added=len(new),
        known=len(standing),
        vanished=0 if times.partial else len(pairs.vanished),
        merged=reading.merged,
        rejected=[fault for faults in reading.rejected.values() for fault in faults],
    )


def _take_over_names(old: Sequence[Record], identities: Identities, found: ImportMap) -> None:
    """Take over the ids of those whom the source knows by their names alone: the log has no other key of them."""
    for record in old:
        if record.kind in identities.ids and not record.table.get("identifiers"):
            name, born = str(record.table.get("name", record.table["id"])), record.table.get("born")
            if record.kind == "person" and "born" in found.same_person and born:
                name = f"{name} ({born})"
            identities.ids[record.kind].setdefault(("name", name), record.table["id"])


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _records(blocks: Sequence[Block], file: str, before: int) -> Iterator[Record]:
    """New blocks as a reader of their text would have them."""
    for number, (kind, table) in enumerate(blocks, before + 1):
        text = _ENCODER.encode(table if kind == "event" else {"type": kind, **table})
        yield Record(kind, table, jsonl.Line(file, number, text), textual=True)
