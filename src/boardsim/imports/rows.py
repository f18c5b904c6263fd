"""The one protocol of all sources: columns by name, and rows of text, each with the line that it stands in."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import define, field, frozen

from boardsim.problems import BoardsimError, Place, misuse

Cells = tuple[str, ...]
"""The cells of a row; every one is text, and nothing is inferred from it."""


SURPLUS = "\ufdd0"
"""What stands in a row's last cell before each cell for which there is no column; no text has this character, which
Unicode keeps for such ends."""


UNCOUNTED = "\ufdd1"
"""What stands in a cell with a formula of which the file does not keep what comes of it; likewise no character."""


@define
class Piece:
    """A part of a file, which begins and ends where a line does.

    Attributes:
        start: its first byte; `end`, the one behind its last.
        lines: how many lines it has; known once all of them were read.
    """

    start: int
    end: int
    lines: int = 0


Select = Callable[[Sequence[str]], Iterator[tuple[int, Cells]]]
"""The cells of these columns, row by row, each with its line; of a column that a row lacks, an empty text."""

SelectPiece = Callable[[Sequence[str], Piece], Iterator[tuple[int, Cells]]]
"""Likewise, of a piece of the file, in which lines are counted from 1."""


def _nothing() -> None:
    """There is nothing to let go of."""


@frozen
class Sheet:
    """A table of text.

    Attributes:
        file: the path as the reader gave it, for messages.
        columns: the names of the columns; of JSON, those of the rows that were read so far.
        select: reads the rows.
        select_piece: reads those of a piece alone; None where a file of this kind is read as a whole.
        quotes_lines: whether a line of the file may end within quotation marks, and the row go on.
        header: the line that the names of the columns stand in.
        is_complete: whether `columns` has all of them before the first row is read.
        close: lets go of the file, of which nobody will read any rows.
    """

    file: str
    columns: Sequence[str]
    select: Select = field(repr=False)
    header: int = 1
    is_complete: bool = True
    select_piece: SelectPiece | None = field(default=None, repr=False)
    quotes_lines: bool = True
    close: Callable[[], None] = field(default=_nothing, repr=False)


@frozen(kw_only=True)
class ReadOptions:
    """What the author of a map says of the file itself.

    Attributes:
        sheet: of a workbook; the first one where it is None.
        rows: of nested JSON, the dotted path of the list within each object; None where each object is a row.
        encoding: never guessed.
        delimiter: between the cells of a line; None for the one that the format has.
        header: the line of a table in which the names of its columns stand; the first that is not empty where it is 1.
    """

    sheet: str | None = None
    rows: str | None = None
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    header: int = 1


@frozen(kw_only=True)
class Format:
    """A format of files.

    Attributes:
        name: as a map says it.
        endings: of the files' names.
        read: opens a file.
    """

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path, str, ReadOptions], Sheet]


MOST_COLUMNS = 2_000
"""Columns of a table; no register has as many, but a file that is no table easily does."""

LONGEST_CELL = 100_000
"""Characters of a cell.  A cell beyond it is a file in the wrong format, or an attack."""


def unusable(code: str, message: str, file: str, hint: str = "", line: int = 1) -> BoardsimError:
    """The error that a source cannot be read at all."""
    return misuse(code, message, hint, place=Place(file, line))


def nothing_in(file: str, line: int = 1) -> BoardsimError:
    """The error that a file is empty, or what of it begins in a line."""
    what = "in this file" if line == 1 else f"from line {line} on"
    return unusable("empty-source", f"there is nothing {what}", file, "was the download cut short?", line)


def not_in_encoding(error: UnicodeDecodeError, encoding: str, file: str, hint: str, line: int = 1) -> BoardsimError:
    """The error that a file is in another encoding than it should be."""
    message = f"the byte 0x{error.object[error.start]:02X} is not {encoding}"
    return unusable("not-in-encoding", message, file, hint, line)


def positions(names: Sequence[str], header: Sequence[str]) -> list[int]:
    """Where each of these columns stands in a row; -1 for one that is not there."""
    return [header.index(name) if name in header else -1 for name in names]


def require_columns(columns: Sequence[str], file: str, line: int = 1) -> None:
    """See that a table can have these columns.

    Raises:
        BoardsimError: there are none, too many, or two of one name.
    """
    if not any(columns):
        raise unusable("empty-source", "there is no table in this file", file, "is it the right file?", line)
    if len(columns) > MOST_COLUMNS:
        message = f"the table has {len(columns):,} columns, and no register has more than {MOST_COLUMNS:,}"
        raise unusable("too-many-columns", message, file, "is the delimiter right?", line)
    named = [name for name in columns if name]
    if len(set(named)) < len(named):
        twice = next(name for number, name in enumerate(named) if name in named[:number])
        hint = "rename one of them: nobody can tell which is meant"
        raise unusable("duplicate-column", f"two columns are called '{twice[:60]}'", file, hint, line)
