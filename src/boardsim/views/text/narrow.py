"""Tables that no terminal has room for: their rows one below the other, so that nothing of them is cut off."""

from collections.abc import Sequence

from attrs import frozen
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from boardsim.views.text.log import in_rows, text


@frozen
class Whole:
    """A table; or where its words have no room beside one another, each row by itself, a line for each column.

    Attributes:
        names: what the columns are called where they are lines.
        rows: the cells of the table.
    """

    table: Table
    names: Sequence[str]
    rows: Sequence[Sequence[Text]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """As Rich asks it of whatever can be shown."""
        needed = Measurement.get(console, options.update_width(WIDER_THAN_ANY), self.table).minimum
        if needed <= options.max_width:
            yield self.table
            return
        for number, row in enumerate(self.rows):
            if number:
                yield text("")
            yield in_rows([(text(name, "dim"), cell) for name, cell in zip(self.names, row, strict=True) if cell])


WIDER_THAN_ANY = 1_000_000
"""A width that leaves every table what it needs."""
