"""A bar on standard error for those who wait; it is gone when all is done."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

Beside = Literal["nothing", "time left", "steps"]
"""What stands beside the bar: nothing, the part that is done and the time left, or the steps and the time until now."""

Move = Callable[..., None]
"""Moves a bar on: `completed` or `advance`, `total` and `description`, as far as they are new."""


@contextmanager
def bar(what: str, total: float | None, beside: Beside = "nothing", *, shown: bool | None = None) -> Iterator[Move]:
    """Show a bar; what is given moves it on.

    Args:
        what: its first description.
        total: where it ends; None where that is not known yet.
        shown: whether there is anybody to see it; None for whether standard error is a terminal.
    """
    if not (sys.stderr.isatty() if shown is None else shown):
        yield lambda **_: None
        return
    from rich.console import Console  # only a terminal pays for it
    from rich.progress import Progress

    with Progress(*_columns(beside), console=Console(file=sys.stderr), transient=True) as progress:
        yield partial(progress.update, progress.add_task(what, total=total))


def _columns(beside: Beside) -> "tuple[ProgressColumn, ...]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    if beside == "time left":
        return Progress.get_default_columns()
    columns = (TextColumn("{task.description}"), BarColumn())
    return columns if beside == "nothing" else (SpinnerColumn(), *columns, MofNCompleteColumn(), TimeElapsedColumn())
