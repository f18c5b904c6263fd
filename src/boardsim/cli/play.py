"""The story played in time: events appear as fast as they came, scaled; a key brings the next one at once."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from boardsim.cli import output
from boardsim.cli.progress import Move, live_bar
from boardsim.history import History
from boardsim.views.text import log as text
from boardsim.views.words import day_of, stamped

Pressed = Callable[[float], bool]
"""Waits for so many seconds at most; whether the key was pressed before they were over."""

LONGEST_PAUSE = 10.0
"""Seconds; a longer silence in the log is cut to this."""

_TICK = 0.1


def play_story(
    history: History, indexes: Sequence[int], zone: ZoneInfo, *, speed: float, sources: bool, ids: bool = False
) -> None:
    """Print the events one by one, each after the pause that lay before it divided by `speed`, or at the space bar.

    On a terminal a progress bar on standard error shows how far the clock has come; it gives way to what is printed.
    """
    width = output.table_width() or 160
    total = sum(_pause(history, indexes, place, speed) for place in range(len(indexes)))
    today = ""
    with key(" ") as pressed, live_bar(total) as (move, aside):
        for place, index in enumerate(indexes):
            event = history.events[index]
            move(description=f"{stamped(event, zone)}  space: next")
            _wait(move, _pause(history, indexes, place, speed), pressed)
            with aside():
                if (date := day_of(event, zone)) != today:
                    today = date
                    output.show(text.text(date, "bold cyan"))
                output.show(text.event_row(history, index, zone, width=width, sources=sources, ids=ids))


def _pause(history: History, indexes: Sequence[int], place: int, speed: float) -> float:
    """Seconds to wait before an event."""
    if place == 0:
        return 0.0
    before, at = history.instants[indexes[place - 1]], history.instants[indexes[place]]
    return min(LONGEST_PAUSE, (at - before).total_seconds() / speed)


def _wait(move: Move, seconds: float, pressed: Pressed) -> None:
    """Wait, and move the bar on; at the key the rest of the time is over at once."""
    while seconds > 0:
        step = min(_TICK, seconds)
        if pressed(step):
            move(advance=seconds)
            return
        move(advance=step)
        seconds -= step


@contextmanager
def key(wanted: str) -> Iterator[Pressed]:
    """Watch for a key on standard input, which is read as it is pressed, and not shown.

    Where that is no terminal, nobody presses anything.
    """
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
