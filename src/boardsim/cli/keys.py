"""Keys that somebody presses while a command goes on: each is read as it is pressed, and not shown."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Pressed = Callable[[float], bool]
"""Waits for so many seconds at most; whether the key was pressed before they were over."""


@contextmanager
def key(wanted: str) -> Iterator[Pressed]:
    """Watch for a key on standard input; where that is no terminal, nobody presses anything."""
    try:
        import termios
        import tty
    except ImportError:
        yield _nobody
        return
    if sys.stdin is None or not sys.stdin.isatty():
        yield _nobody
        return
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        yield lambda seconds: _read(number, wanted, seconds)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def _nobody(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _read(number: int, wanted: str, seconds: float) -> bool:
    import os
    import select

    ready, _, _ = select.select([number], [], [], seconds)
    return bool(ready) and wanted.encode() in os.read(number, 1)
