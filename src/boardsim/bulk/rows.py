"""The rows of a table, dealt out to partitions: by one process, or in pieces by as many as there are.

A piece that ends within a row leaves a cell open, and cannot be read by itself.  So if all pieces can be, each begins
with a row: the first where the file does, and any other where the one before it ended.  Wherever anything is wrong,
with a piece or with what stands in it, nothing that was dealt out counts, and one process reads all of it, which says
what is wrong, and in which line.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import frozen

from boardsim.bulk.deal import Dealer, Lots, Progress, dealer_in
from boardsim.bulk.fold import changed_source, name_of, stamp_of
from boardsim.imports.entries import Dates, Key
from boardsim.imports.organizations import DatesSeen, Row, Table, rows_of
from boardsim.imports.readers.pieces import pieces_of
from boardsim.imports.reading import Source, sheet_of
from boardsim.imports.rows import Piece, Sheet, unusable
from boardsim.imports.run import without_pauses
from boardsim.problems import BoardsimError

BYTES_OF_PIECE = 1_000_000
"""How large the pieces of a source are at the least; each is the work of one process."""

MOST_PIECES = 64
"""Each has a file a partition."""


@frozen
class Share:
    """A piece of a source, to be dealt out to so many partitions in a folder.

    Attributes:
        stamp: what tells the file from another one at the same path, as a worker of a cluster may have it.
    """

    source: Source
    stamp: list[int]
    piece: Piece
    number: int
    folder: Path
    count: int


@frozen
class Dealt:
    """What was dealt out of a share.

    Attributes:
        folder: where it lies.
        rows: how many there were, in how many `lines`.
        dates: those that were seen.
    """

    number: int
    folder: Path
    rows: int
    lines: int
    dates: Dates


def deal_share(share: Share) -> Dealt | None:
    """Deal out a piece; None where it cannot be read by itself, or is not there, or where there is no room.

    It may be done twice, by a cluster of which a worker was lost: each time has a folder of its own.
    """
    seen = DatesSeen(share.source.map)
    try:
        if stamp_of(share.source.path) != share.stamp:
            return None
        sheet, dealer = sheet_of(share.source), dealer_in(share.folder, share.count)
        _deal(share.source, sheet, seen, dealer, lambda _what, _count: None, share.piece)
    except BoardsimError:
        return None
    return Dealt(share.number, dealer.folder, dealer.dealt, share.piece.lines, seen.dates)


Deal = Callable[[Iterable[Share]], Iterator[Dealt | None]]
"""Has shares dealt out by several processes, and gives what comes of each, in any order."""


def deal_rows(source: Source, folder: Path, count: int, several: Deal | None, progress: Progress) -> tuple[Lots, Table]:
    """Deal out the rows of a table to so many partitions, and settle what its dates mean.

    Args:
        several: deals out the pieces of a source; this process alone deals it out as a whole where it is None.

    Raises:
        BoardsimError: it cannot be read, or changed meanwhile.
    """
    before = stamp_of(source.path)
    seen, sheet, lots = DatesSeen(source.map), sheet_of(source), None
    if several is not None and sheet.select_piece is not None:
        lots = _in_pieces(several, _shares(source, sheet, before, folder, count), seen, progress)
    if lots is None:
        seen, dealer = DatesSeen(source.map), dealer_in(folder, count)
        _deal(source, sheet, seen, dealer, progress)
        lots = [(dealer.folder, 0)] if dealer.dealt else []
    if stamp_of(source.path) != before:
        raise changed_source(source.name)
    if not lots:
        hint = "was the download cut short?"
        raise unusable("empty-source", "there is no row below the names of the columns", sheet.file, hint, sheet.header)
    return lots, seen.table(source, sheet.file)


def _shares(source: Source, sheet: Sheet, stamp: list[int], folder: Path, count: int) -> Iterator[Share]:
    size = max(BYTES_OF_PIECE, source.path.stat().st_size // MOST_PIECES + 1)
    for number, piece in enumerate(pieces_of(source.path, size, quotes_lines=sheet.quotes_lines)):
        yield Share(source, stamp, piece, number, folder, count)


def _in_pieces(several: Deal, shares: Iterable[Share], seen: DatesSeen, progress: Progress) -> Lots | None:
    """What several processes dealt out, with its dates seen; None where a piece could not be read by itself."""
    found, rows = list[Dealt](), 0
    for one in several(shares):
        if one is None:
            return None
        found.append(one)
        rows += one.rows
        progress("dealing out rows", rows)
    found.sort(key=lambda one: one.number)
    if not found or not found[0].rows:  # nor, perhaps, the names of the columns
        return None
    lots, before = [], 0
    for one in found:
        lots.append((one.folder, before))
        seen.join(one.dates, before)
        before += one.lines
    return lots


def _deal(
    source: Source, sheet: Sheet, seen: DatesSeen, dealer: Dealer, progress: Progress, piece: Piece | None = None
) -> None:
    """Deal out the rows of a table, or of a piece of it.

    Raises:
        BoardsimError: it cannot be read.
    """

    def take(key: Key, row: Row) -> None:
        dealer.add(name_of(key), (key, *row))
        if not dealer.dealt % 50_000:
            progress("dealing out rows", dealer.dealt)

    with without_pauses():
        rows_of(source, sheet, seen.see, take, piece)
        dealer.flush()
