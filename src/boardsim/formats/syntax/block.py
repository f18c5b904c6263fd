"""A block of TOML: its lines, and where they stand."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from boardsim.formats.syntax.records import Path
from boardsim.problems import Place

if TYPE_CHECKING:
    from boardsim.formats.syntax.positions import Positions

HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(?:#.*)?$")
"""A line that opens a block; its group is the kind."""


class Block(NamedTuple):
    """The lines of one block and where they stand; it says where any value of it is.

    Attributes:
        first: the line number of its header.
        source: the text of the file; it is kept once, and not line by line with each block.
        start: where the header begins in it.
        end: where all that follows ends, up to the next header and without the end of its last line.
        root: the path of the record in the block: `("event", 0)` below `[[event]]`.
    """

    file: str
    first: int
    source: str
    start: int
    end: int
    root: Path = ()

    @property
    def text(self) -> str:
        """The header and all that follows."""
        return self.source[self.start : self.end]

    @property
    def lines(self) -> Sequence[str]:
        """The same, line by line."""
        return self.text.split("\n")

    def of(self, root: Path) -> "Block":
        """The same for one record of those in the block."""
        return Block(self.file, self.first, self.source, self.start, self.end, root)

    def place(self, path: Path = ()) -> Place:
        """Where the key or the list's item at `path` stands; the nearest thing around it where it cannot be found."""
        if not path and self.root and (header := HEADER.match(self.lines[0])) and header[1] == self.root[0]:
            return self.line(0)
        found = self._positions()
        return self._at(found, found.key((*self.root, *path)))

    def value(self, path: Path, text: str) -> Place:
        """Where the string `text` stands at `path`, or in the list or table there."""
        found = self._positions()
        return self._at(found, found.word((*self.root, *path), text))

    def _positions(self) -> "Positions":
        from boardsim.formats.syntax.positions import of_toml  # noqa: PLC0415 -- where nothing is wrong, nobody asks

        return of_toml(self.text)

    def _at(self, found: "Positions", offset: int) -> Place:
        from boardsim.formats.syntax.positions import line_and_column  # noqa: PLC0415 -- likewise

        return self.line(*line_and_column(found.text, offset))

    def line(self, offset: int, column: int = 1) -> Place:
        """The place of a line of the block, counted from its header."""
        lines = self.lines
        offset = min(max(offset, 0), len(lines) - 1)
        return Place(self.file, self.first + offset, column, lines[offset])
