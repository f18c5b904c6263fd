"""What a source has, dealt out to partitions by a hash of the organization, in one pass that keeps none of it.

How the rows of a table are read for it, see `rows.py`; logs, here.
"""

import json
import marshal
import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

from attrs import define, field

from boardsim.bulk.fold import SIZE_BYTES, changed_source, stamp_of
from boardsim.formats.log.parse import decoded
from boardsim.loading.collections import members
from boardsim.problems import BoardsimError, Place, Problem
from boardsim.store.file import reporting_os_errors

ROWS_OF_PARTITION = 40_000
"""How many rows a partition should have at the most: so many fit into a process whose memory is small."""

AT_ONCE = 4
"""Of so many partitions the number is a multiple, so that two or four processes have the same to do."""

BYTES_OF_ROW = 80
"""A guess at a row of a register, to choose the number of partitions by the size of its file."""

MOST_PARTITIONS = 32_768
"""Each has a file a table, and all of them are in one list."""

HELD = 100_000
"""Rows that are held before they are written."""

Progress = Callable[[str, int], None]
"""Told what is being done, and how much of it is."""

Lots = Sequence[tuple[Path, int]]
"""Folders with what was dealt out, in order, each with how many lines of the source stand before what is in it."""


def partition_of(book: str, count: int) -> int:
    """Which of so many partitions a log is in."""
    return crc32(book.encode()) % count


def partitions_for(size: int) -> int:
    """How many partitions a source of so many bytes should have."""
    wanted = ceil(size / (ROWS_OF_PARTITION * BYTES_OF_ROW))
    return 1 if wanted <= 1 else min(MOST_PARTITIONS, ceil(wanted / AT_ONCE) * AT_ONCE)


@define
class Dealer:
    """Writes what is dealt out to the files of partitions, many at a time."""

    folder: Path
    count: int
    dealt: int = 0
    _held: int = 0
    _waiting: dict[int, list[Any]] = field(factory=dict)

    def add(self, book: str, item: Any) -> None:
        """Deal out one more, which is of this log, as plain values."""
        number = crc32(book.encode()) % self.count
        waiting = self._waiting.get(number)
        if waiting is None:
            waiting = self._waiting[number] = []
        waiting.append(item)
        self.dealt += 1
        self._held += 1
        if self._held >= HELD:
            self.flush()

    def flush(self) -> None:
        """Put what is held on the disk.

        Raises:
            BoardsimError: the disk is full, say.
        """
        with reporting_os_errors(str(self.folder), "unwritable-file", "cannot be written"):
            for number, items in self._waiting.items():
                data = marshal.dumps(items)
                with (self.folder / f"{number:05}").open("ab") as file:
                    file.write(len(data).to_bytes(SIZE_BYTES))
                    file.write(data)
        self._waiting.clear()
        self._held = 0


def dealer_in(folder: Path, count: int) -> Dealer:
    """A dealer with a folder of its own in this one.

    Raises:
        BoardsimError: there is no room for it.
    """
    own = folder / uuid4().hex
    with reporting_os_errors(str(own), "unwritable-file", "cannot be written"):
        own.mkdir()
    return Dealer(own, count)


def deal_logs(source: Path, folder: Path, count: int, progress: Progress) -> Lots:
    """Deal out the logs of a folder, or those that stand in one file of JSON Lines one after another.

    Raises:
        BoardsimError: there is none, or one of them has no header, or two have one id.
    """
    dealer = dealer_in(folder, count)
    is_stream = source.is_file() and source.suffix != ".toml"
    for book, text, file, stamp in _of_file(source) if is_stream else _of_folder(source):
        dealer.add(book, (book, text, file, stamp))
        progress("dealing out logs", dealer.dealt)
    dealer.flush()
    return [(dealer.folder, 0)]


_Log = tuple[str, str | None, str, list[int] | None]
"""The key of a log, its text or None for that of its file, the name for messages, and the stamp of the file."""


def _of_folder(source: Path) -> Iterator[_Log]:
    for name in members(str(source)):
        path = Path(name)
        inside = path / "log.toml" if path.is_dir() else path
        outside = source if source.is_dir() else source.parent
        book = (path if path.is_dir() else path.with_suffix("")).relative_to(outside).as_posix()
        yield book, None, str(inside), stamp_of(inside)


def _of_file(source: Path) -> Iterator[_Log]:
    """The logs of a file, each from its header to the next."""
    before, seen, book, lines = stamp_of(source), set[str](), "", list[str]()
    with reporting_os_errors(str(source), "unreadable-file", "cannot be read"), source.open("rb") as file:
        for number, data in enumerate(file, 1):
            line = decoded(data, str(source))
            if (new := _book_of(line, str(source), number)) is not None:
                if lines:
                    yield book, "".join(lines), f"{source}#{book}", None
                book, lines = new, []
                if book in seen:
                    raise _twice(book, str(source), number)
                seen.add(book)
            if book:
                lines.append(line)
            elif line.strip():
                message, hint = "a block stands before the first header", "each log begins with its log block"
                raise _wrong("missing-header", message, hint, str(source), number)
    if lines:
        yield book, "".join(lines), f"{source}#{book}", None
    if stamp_of(source) != before:
        raise changed_source(str(source))


_HEADER = re.compile(r'"type"\s*:\s*"log"')


def _book_of(line: str, file: str, number: int) -> str | None:
    """The id of the log of which a line is the header; None where it is none."""
    if _HEADER.search(line) is None:
        return None
    try:
        table = json.loads(line)
    except ValueError:
        table = {"type": "log"}
    if not isinstance(table, dict) or table.get("type") != "log":
        return None
    if not isinstance(table.get("id"), str) or not table["id"]:
        raise _wrong("missing-header", "the header of a log has no id", "it is known by its id", file, number)
    return str(table["id"])


def _twice(book: str, file: str, number: int) -> BoardsimError:
    message = f"two logs have the id '{book}'"
    return _wrong("duplicate-book", message, "each log of a file is known by its id: rename one", file, number)


def _wrong(code: str, message: str, hint: str, file: str, line: int) -> BoardsimError:
    return BoardsimError(Problem(code=code, message=message, hint=hint, place=Place(file, line)))
