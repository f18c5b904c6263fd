"""How a test that fails shows the log that it was given: as TOML, to be pasted into a file."""

from contextvars import ContextVar
from typing import Any

from attrs import frozen
from hypothesis import currently_in_test_context, note

from boardsim.formats.syntax.toml_writer import write
from boardsim.log import Log
from boardsim.testing.kept import KEPT

_DRAWN: ContextVar[Log | None] = ContextVar("_DRAWN", default=None)
"""The log that a strategy drew last: whoever speaks of it need not show it again."""


@frozen
class _AsToml:
    """A log that is written when it is shown: only one of many examples is."""

    log: Log

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 -- the protocol of pretty printers
        printer.text(as_toml(self.log))


def shown(log: Log) -> Log:
    """The log, which Hypothesis shows if it is the smallest that makes a test fail."""
    note(_AsToml(log))  # type: ignore[arg-type, unused-ignore]  # older versions say that they take a text
    _DRAWN.set(log)
    return log


def is_shown(log: Log) -> bool:
    """Whether a strategy has drawn this log for the test that runs."""
    return currently_in_test_context() and _DRAWN.get() is log


def as_toml(log: Log) -> str:
    """The log in words; where the plugin shows logs by themselves, that it does."""
    text, kept = write(log), KEPT.get()
    if kept is None:
        return f"The log, as TOML:\n\n{text}"
    if text not in kept:
        kept.append(text)
    return "The log is shown below, as TOML."


def quoted(log: Log) -> str:
    """The log in words, for a message that may be one of many, of which only the last is shown."""
    return f"The log, as TOML:\n\n{write(log)}" if currently_in_test_context() else as_toml(log)
