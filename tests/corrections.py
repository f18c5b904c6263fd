"""Logs with corrections for Hypothesis, each of which has some."""

from hypothesis import strategies as st

from boardsim import Log
from boardsim.testing.correcting import corrected, named
from boardsim.testing.shown import shown
from boardsim.testing.stories import stories
from boardsim.testing.teller import plain_words

__all__ = ["corrected_logs", "named"]


@st.composite
def corrected_logs(draw: st.DrawFn) -> Log:
    """A log with corrections, and sometimes with an event that is said to have been before another."""
    return shown(corrected(draw, draw(stories(0, 14, plain_words).filter(lambda log: bool(log.events)))))
