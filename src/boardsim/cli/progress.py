"""A bar on standard error for those who wait; it is gone when all is done."""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from boardsim.analysis.explore.search import Bounds

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
    if not (is_watched() if shown is None else shown):
        yield lambda **_: None
        return
    from rich.console import Console  # only a terminal pays for it
    from rich.progress import Progress

    with Progress(*_columns(beside), console=Console(file=sys.stderr), transient=True) as progress:
        yield partial(progress.update, progress.add_task(what, total=total))


@contextmanager
def live_bar(total: float) -> Iterator[tuple[Move, Callable[[], AbstractContextManager[None]]]]:
    """A bar beside what is printed while it is shown: what moves it on, and what takes it away for as long as that."""
    if not is_watched():
        yield (lambda **_: None), nullcontext
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(*_columns("nothing"), console=Console(file=sys.stderr), transient=True) as progress:

        @contextmanager
        def aside() -> Iterator[None]:
            progress.stop()  # which takes it off the screen
            try:
                yield
            finally:
                progress.start()

        yield partial(progress.update, progress.add_task("", total=total)), aside


def is_watched() -> bool:
    """Whether standard error is a terminal; it may be closed."""
    return sys.stderr is not None and sys.stderr.isatty()


def _columns(beside: Beside) -> "tuple[ProgressColumn, ...]":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    if beside == "time left":
        return Progress.get_default_columns()
    columns = (TextColumn("{task.description}"), BarColumn())
    return columns if beside == "nothing" else (SpinnerColumn(), *columns, MofNCompleteColumn(), TimeElapsedColumn())


@contextmanager
def step_bar(names: Sequence[str], *, shown: bool) -> Iterator[Callable[[str], None]]:
    """What is told that a step begins; a bar shows how many there are, which it is, and how long it has been.

    Args:
        shown: whether there is anybody to see it.
    """
    with bar("reading", len(names), "steps", shown=shown) as move:
        yield lambda name: move(description=name, completed=names.index(name))


@contextmanager
def world_bar(watch: Callable[[], None]) -> Iterator[Callable[[int, int], None]]:
    """What is told how many worlds are done, and watches those who replay them; a bar shows it."""
    with bar("replaying worlds", None, "time left") as move:

        def tell(done: int, worlds: int) -> None:
            watch()
            move(completed=done, total=worlds)

        yield tell


@contextmanager
def search_bounds(states: int, depth: int | None, seconds: float) -> Iterator["Bounds"]:
    """The bounds of all searches that are made within: the seconds are counted, and Ctrl-C ends them early."""
    from boardsim.analysis.explore.search import Bounds

    end, interrupted = time.monotonic() + seconds, list[int]()

    def stop(number: int, _frame: Any) -> None:
        if interrupted:  # twice: at once
            raise KeyboardInterrupt
        interrupted.append(number)

    before = signal.signal(signal.SIGINT, stop)
    try:
        with bar("exploring", states) as move:

            def watch(found: int, ahead: int) -> str | None:
                move(completed=found, description=f"{found:,} states, {ahead} actions ahead")
                return "interrupted" if interrupted else "seconds" if time.monotonic() > end else None

            yield Bounds(states=states, depth=depth, watch=watch)
    finally:
        signal.signal(signal.SIGINT, before)
