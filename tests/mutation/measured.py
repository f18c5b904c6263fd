"""A plugin of pytest: which lines each test runs, as contexts of coverage, and how long it takes.

A test is a function here, with all its parameters.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from coverage import Coverage

TIMES = "MUTANTS_TIMES"
"""The variable that names the file in which the times of the tests are kept."""

_SECONDS: Counter[str] = Counter()


def test_of(nodeid: str) -> str:
    """The function of a test, without its parameters."""
    return nodeid.partition("[")[0]


def pytest_runtest_logstart(nodeid: str) -> None:
    """From here on, what runs is this test's."""
    if (current := Coverage.current()) is not None:
        current.switch_context(test_of(nodeid))


def pytest_runtest_logfinish() -> None:
    """What runs between two tests is nobody's."""
    if (current := Coverage.current()) is not None:
        current.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Preparing a test and cleaning up after it is part of it."""
    _SECONDS[test_of(report.nodeid)] += report.duration  # type: ignore[assignment]  # a Counter adds what one gives it


def pytest_sessionfinish() -> None:
    """Keep the times."""
    Path(os.environ[TIMES]).write_text(json.dumps(_SECONDS), "utf-8")
