"""What tests share: the command line in this process, and Hypothesis profiles that never watch the clock."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import HealthCheck, settings

from boardsim.cli import main
from tests import postgres

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "dev",
    deadline=None,  # machines differ; speed is measured in benchmarks/
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    max_examples=100,
)
settings.register_profile(  # only for tests/differential; always the same examples, so that it fails for a reason
    "ci", parent=settings.get_profile("dev"), max_examples=2000, derandomize=True
)
PROFILE = os.environ.get("BOARDSIM_HYPOTHESIS", "dev")
settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is measured over hundreds of examples, and not drawn anew each time, waits for the profile `ci`."""
    for item in items:
        if PROFILE != "ci" and item.get_closest_marker("ci"):
            item.add_marker(pytest.mark.skip(reason="measured under BOARDSIM_HYPOTHESIS=ci"))


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for all tests of this session; where none can be had, a reason to skip."""
    with postgres.server() as running:
        yield running


@frozen
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `boardsim ARGUMENTS` in this process; standard input is `stdin`, the terminal is `columns` wide, or none."""

    def call(*arguments: str, stdin: bytes = b"", columns: int | None = None) -> Result:
        class Input:
            buffer = __import__("io").BytesIO(stdin)

            @staticmethod
            def isatty() -> bool:
                return False

        monkeypatch.setattr(sys, "stdin", Input)
        monkeypatch.delenv("COLUMNS", raising=False)
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        out, err = capsys.readouterr()
        code = stopped.value.code
        return Result(code if isinstance(code, int) else 1 if code else 0, out, err)

    return call
