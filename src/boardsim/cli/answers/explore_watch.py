"""Watching a search: its seconds are counted, Ctrl-C ends it with what is known so far, and a bar shows how far."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boardsim.analysis.explore.search import Bounds


@contextmanager
def watched(states: int, depth: int | None, seconds: float) -> Iterator[Bounds]:
    """The bounds of all searches that are made within."""
    end, interrupted = time.monotonic() + seconds, list[int]()

    def stop(number: int, _frame: Any) -> None:
        if interrupted:  # twice: at once
            raise KeyboardInterrupt
        interrupted.append(number)

    before = signal.signal(signal.SIGINT, stop)
    try:
        with _bar(states) as show:

            def watch(found: int, ahead: int) -> str | None:
                show(found, ahead)
                return "interrupted" if interrupted else "seconds" if time.monotonic() > end else None

            yield Bounds(states=states, depth=depth, watch=watch)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(states: int) -> Iterator[Any]:
    """A bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _found, _ahead: None
        return
    from rich.console import Console  # only a terminal pays for it
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), console=Console(file=sys.stderr), transient=True
    ) as bar:
        task = bar.add_task("exploring", total=states)
        yield lambda found, ahead: bar.update(
            task, completed=found, description=f"{found:,} states, {ahead} actions ahead"
        )
