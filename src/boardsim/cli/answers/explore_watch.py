"""Watching a search: its seconds are counted, Ctrl-C ends it with what is known so far, and a bar shows how far."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boardsim.analysis.explore.search import Bounds
from boardsim.cli.bar import bar


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
        with bar("exploring", states) as move:

            def watch(found: int, ahead: int) -> str | None:
                move(completed=found, description=f"{found:,} states, {ahead} actions ahead")
                return "interrupted" if interrupted else "seconds" if time.monotonic() > end else None

            yield Bounds(states=states, depth=depth, watch=watch)
    finally:
        signal.signal(signal.SIGINT, before)
