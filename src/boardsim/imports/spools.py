"""Plain values that lie in files of a folder meanwhile, in the order in which they came, or put in order."""

import marshal
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from attrs import define, field

from boardsim.problems import misuse

BUFFER = 250
"""Rows, or blocks, that are written to a part, or read from one, at a time."""


@contextmanager
def reporting_no_room() -> Iterator[None]:
    """Say in a problem that the folder for temporary files cannot be used."""
    try:
        yield
    except OSError as error:
        message = f"the folder for temporary files cannot be used: {error.strerror or error}"
        hint = "a large source lies there in parts meanwhile: make room, or name another folder in TMPDIR"
        raise misuse("unwritable-file", message, hint) from None


def write(path: Path, data: bytes) -> None:
    """Put bytes at the end of a file."""
    with path.open("ab") as file:
        file.write(data)


@define
class Spool:
    """A file of plain values that this process writes and reads again; it is open only while it does."""

    path: Path
    waiting: list[Any] = field(factory=list)
    sizes: list[int] = field(factory=list)

    def add(self, item: Any) -> None:
        """One more."""
        self.waiting.append(item)
        if len(self.waiting) == BUFFER:
            self.flush()

    def flush(self) -> None:
        """Write those that wait."""
        data = marshal.dumps(self.waiting, 2)  # the last version that looks for nothing that is there twice
        with reporting_no_room():
            write(self.path, data)
        self.sizes.append(len(data))
        self.waiting.clear()

    def items(self) -> Iterator[Any]:
        """All of them, once they are written."""
        return chain.from_iterable(self._some())

    def _some(self) -> Iterator[list[Any]]:
        place = 0
        for size in self.sizes:
            with reporting_no_room(), self.path.open("rb") as file:
                file.seek(place)
                data = file.read(size)
            place += size
            yield marshal.loads(data)  # noqa: S302 -- what this very process wrote


def flush_long(spools: Iterable[Spool]) -> None:
    """Write what waits where much does."""
    for spool in spools:
        if len(spool.waiting) >= BUFFER:
            spool.flush()


@define
class Shelves:
    """Items that come in no order and are read in order: each of some files has those between two others.

    Where the files divide, the first items tell, which have to be like the others.

    Attributes:
        count: how many files there are.
        sample: how many items tell where they divide.
    """

    scratch: Path
    count: int
    sample: int
    _first: list[Any] = field(factory=list)
    _bounds: list[Any] = field(factory=list)
    _spools: list[Spool] = field(factory=list)

    def add(self, items: Sequence[Any]) -> None:
        """Some more."""
        if not self._spools:
            self._first += items
            if len(self._first) < self.sample:
                return
            items, self._first = self._first, []
            self._divide(items)
        bounds, waiting = self._bounds, [spool.waiting for spool in self._spools]
        for item in items:
            waiting[bisect(bounds, item)].append(item)
        flush_long(self._spools)

    def _divide(self, items: Sequence[Any]) -> None:
        ordered = sorted(items)
        self._bounds = [ordered[len(items) * number // self.count] for number in range(1, self.count)]
        self._spools = [Spool(self.scratch / f"shelf-{number}") for number in range(self.count)]

    def close(self) -> None:
        """Write what waits."""
        for spool in self._spools:
            spool.flush()

    def items(self) -> Iterator[Any]:
        """All of them."""
        return chain(sorted(self._first), chain.from_iterable(sorted(spool.items()) for spool in self._spools))
