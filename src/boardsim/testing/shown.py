"""How a test that fails shows the log that it was given: as TOML, to be pasted into a file."""

from typing import Any

from attrs import frozen
from hypothesis import currently_in_test_context, note

from boardsim.formats.syntax.toml_writer import write
from boardsim.log import Log

_last: list[Log] = []
"""The log that a strategy drew last, if any: whoever speaks of it need not show it again."""


@frozen
class _AsToml:
    """A log that is written when it is shown: only one of many examples is."""

    log: Log

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002, FBT001 -- the protocol of pretty printers
        printer.text(f"The log, as TOML:\n\n{write(self.log)}")


def shown(log: Log) -> Log:
    """The log, which Hypothesis shows if it is the smallest that makes a test fail."""
    note(_AsToml(log))  # type: ignore[arg-type, unused-ignore]  # older versions say that they take a text
    _last[:] = [log]
    return log


def is_shown(log: Log) -> bool:
    """Whether a strategy has drawn this log for the test that runs."""
    return currently_in_test_context() and any(last is log for last in _last)
