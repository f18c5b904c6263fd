"""What tests share: the command line in this process, a server, and what waits for the profile `ci`."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from attrs import frozen

from boardsim.cli import main
from tests import postgres
from tests.sizes import CI

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long, and is not drawn anew each time, waits for the profile `ci`."""
    for item in items:
        if not CI and item.get_closest_marker("ci"):
            item.add_marker(pytest.mark.skip(reason="takes long: under BOARDSIM_HYPOTHESIS=ci"))


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for all tests of this session; where none can be had, a reason to skip."""
    with postgres.server() as running:
        yield running


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike those of pytest, which nobody else may."""
    folder = Path(tempfile.mkdtemp(prefix="boardsim-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@frozen
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


def ran(*arguments: str) -> Result:
    """Run `boardsim ARGUMENTS` in this process, for properties: a fixture would be one for all of their examples."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stopped:
        main(arguments)
    return Result(_code(stopped.value), out.getvalue(), err.getvalue())


def _code(stopped: SystemExit) -> int:
    return stopped.code if isinstance(stopped.code, int) else 1 if stopped.code else 0


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
        return Result(_code(stopped.value), out, err)

    return call
