"""Checks of other packages, kept from doing harm: what they print, how long they take, and how they end.

What such a check prints goes to standard error, since standard output is for data.  It has `SECONDS` for all that it
is asked in one run of the checks; then it is interrupted, and that is its fault, as if it had raised.  The interruption
is a signal of the process to itself, which only the main thread of a POSIX system gets: elsewhere nobody interrupts a
check.  Nor is anything kept from it that it may do on purpose: whoever installs a package runs its code.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any, TypeVar

from attrs import define, evolve

from boardsim.checks.check import Check, Parameters

T = TypeVar("T")

SECONDS = 10.0
"""How long a check of another package may take in all, and likewise to be loaded."""

AGAIN = 0.1
"""After how many seconds a check is interrupted again that does not let itself be interrupted."""

SILENT = 0.0
"""What a timer is set to that is to ring no more."""


class _TooLong(BaseException):
    """The time is up; no `except Exception` of a check catches it."""


@define
class _Guard:
    """What keeps one check within its bounds; `left` is how much time it still has."""

    left: float

    def call(self, work: Callable[[], T]) -> T:
        """Let the check do something.

        Raises:
            TimeoutError: its time is up.
            RuntimeError: it wanted to end the process.
        """
        try:
            with redirect_stdout(sys.stderr):
                return self._timed(work) if _can_be_interrupted() else work()
        except _TooLong:
            raise TimeoutError(f"it was stopped after {SECONDS:g} seconds") from None
        except SystemExit as error:
            raise RuntimeError(f"it wanted to end the process, with {error.code!r}") from None

    def _timed(self, work: Callable[[], T]) -> T:
        """The same, interrupted when the time is up."""
        if self.left <= 0:
            raise _TooLong
        start, handler = time.monotonic(), signal.getsignal(signal.SIGALRM)
        other, interval = signal.setitimer(signal.ITIMER_REAL, SILENT)  # somebody else's alarm
        try:
            signal.signal(signal.SIGALRM, _interrupt)
            signal.setitimer(signal.ITIMER_REAL, self.left, AGAIN)
            return work()
        finally:
            _disarm(handler)
            took = time.monotonic() - start
            self.left -= took
            if other:
                signal.setitimer(signal.ITIMER_REAL, max(other - took, AGAIN), interval)


def _can_be_interrupted() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def _interrupt(_number: int, _frame: object) -> None:
    raise _TooLong


def _disarm(handler: Any) -> None:
    """See that no interruption comes any more, be it that one comes just now; an unknown handler is the system's."""
    while True:
        try:
            signal.setitimer(signal.ITIMER_REAL, SILENT)
            signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
        except _TooLong:
            continue
        return


def loaded(load: Callable[[], T]) -> T:
    """What an entry point names.

    Raises:
        Exception: whatever it raises, or that it took too long, or wanted to end the process.
    """
    return _Guard(SECONDS).call(load)


def guarded(check: Check) -> Check:
    """The same check, kept within its bounds."""
    guard = _Guard(SECONDS)

    def within(ask: Callable[..., Any] | None, read: Callable[[Any], Any] = lambda said: said) -> Any:
        return None if ask is None else lambda *asked: guard.call(lambda: read(ask(*asked)))

    return evolve(
        check,
        state=within(check.state),
        step=within(check.step),
        history=within(check.history, list),  # it may be a generator, which has not begun yet
        needs_whole_board=_told(check.needs_whole_board, guard),
    )


def _told(
    needs: bool | Callable[[Parameters], bool],  # noqa: FBT001 -- as a check has it
    guard: _Guard,
) -> bool | Callable[[Parameters], bool]:
    """Whether a check needs the whole board; one that fails to say so is taken to need it."""
    if isinstance(needs, bool):
        return needs

    def tell(parameters: Parameters) -> bool:
        try:
            return bool(guard.call(lambda: needs(parameters)))
        except Exception:  # noqa: BLE001 -- it may be anybody's
            return True

    return tell
