"""A bar on standard error for those who wait."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def steps(names: Sequence[str], *, shown: bool) -> Iterator[Callable[[str], None]]:
    """What tells that a step begins; a bar shows how many there are, which it is, and how long it has been.

    Args:
        shown: whether there is anybody to see it.
    """
    if not shown:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=len(names))
        yield lambda name: bar.update(task, description=name, completed=names.index(name))
