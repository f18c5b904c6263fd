"""A process that is asked to end clears up first."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Clear up first where the process is asked to end (SIGTERM), and end with 143, as a shell has it."""
    if threading.current_thread() is not threading.main_thread():  # no other gets signals
        yield
        return

    def end(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
