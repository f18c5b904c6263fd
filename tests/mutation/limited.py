"""A plugin of pytest: a test that computes much longer than it ever did ends the process.

The limit is one of computing time, so that a busy machine makes no difference.
"""

import json
import os
import signal
from pathlib import Path

from tests.mutation.measured import TIMES, test_of

LEAST, TIMES_AS_LONG = 5.0, 4.0
"""How long every test may take in seconds, and how much longer than when it was measured."""

_SECONDS: dict[str, float] = json.loads(Path(os.environ[TIMES]).read_text("utf-8"))


def pytest_runtest_logstart(nodeid: str) -> None:
    """From here on the time of this test runs; what its function may take is for all its parameters."""
    limit = LEAST + TIMES_AS_LONG * _SECONDS.get(test_of(nodeid), 0.0)
    signal.setitimer(signal.ITIMER_PROF, limit)


def pytest_runtest_logfinish() -> None:
    """Between two tests nothing is limited."""
    signal.setitimer(signal.ITIMER_PROF, 0)
