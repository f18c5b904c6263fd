"""Processes of this computer that replay worlds."""

import atexit
import gc
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context

from boardsim.problems import BoardsimError, Problem


@contextmanager
def processes(number: int) -> Iterator[Executor | None]:
    """So many processes, which are let go at the end; None for this one alone.

    They are waited for, and so they do not look for garbage in what they have as they end.

    Raises:
        BoardsimError: one of them died before it had answered.
        ValueError: the number is less than 1.
    """
    if number < 1:
        raise ValueError("'workers' is a number of processes, at least 1")
    if number == 1:
        yield None
        return
    try:  # spawned, because a bar has a thread, and a process with threads is not safe to fork
        with ProcessPoolExecutor(number, get_context("spawn"), atexit.register, (gc.freeze,)) as pool, _ended_with_us():
            yield pool
    except BrokenExecutor:
        raise lost("a process of this computer died") from None


@contextmanager
def _ended_with_us() -> Iterator[None]:
    """Where this process is to end, those that were started here end at once: nobody waits for what they are at."""
    others = set(active_children())
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        for child in set(active_children()) - others:
            child.terminate()
        raise


def lost(what: str) -> BoardsimError:
    """The error that nobody is left who could answer."""
    hint = "nothing is shown of what was replayed until then; ask again"
    return BoardsimError(Problem(code="lost-workers", message=what, hint=hint))
