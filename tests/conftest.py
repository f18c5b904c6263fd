"""What tests share: the command line in this process, a server, and what waits for the profile `ci`."""

import gc
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
from boardsim.formats.log.loaded import Loaded
from boardsim.loading import kept
from tests import postgres
from tests.sizes import CI

ROOT = Path(__file__).parent.parent


READ_ANEW = kept.kept
"""As the tests find it, each of which reads no bundled case that another one has read: see `cases_read_once`."""

YOUNG = 50_000
"""So many new objects are looked through at once for garbage."""

PASSED = "boardsim/passed"
"""Where the cache keeps what passed in the last run."""

passed: set[str] = set()
"""What has passed in this run."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rest`: a second run, at length or with more installed, of what says something new in it."""
    parser.addoption(
        "--rest", action="store_true", help="leave out what passed in the run before and would do the same again"
    )


@pytest.hookimpl(trylast=True)  # Hypothesis marks its own first
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long, and is not drawn anew each time, waits for the profile `ci`."""
    for item in items:
        if not CI and item.get_closest_marker("ci"):
            item.add_marker(pytest.mark.skip(reason="takes long: under BOARDSIM_HYPOTHESIS=ci"))
    if config.getoption("rest"):
        before = frozenset(config.cache.get(PASSED, ()))
        again = [item for item in items if item.nodeid in before and not _has_sizes(item)]
        config.hook.pytest_deselected(items=again)
        left_out = frozenset(again)
        items[:] = [item for item in items if item not in left_out]


gc.disable()  # until all is collected


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the garbage collector need not go through it again and again.

    Nor need it look at all younger objects seven times a second, as it does where seven hundred are few.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG, 20, 20)


def _has_sizes(item: pytest.Item) -> bool:
    """Whether the profile says how many examples the test tries."""
    module = item.getparent(pytest.Module)
    named = vars(module.obj) if module else {}
    return item.get_closest_marker("hypothesis") is not None or "tries" in named or "CI" in named


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what passed."""
    if report.when == "call" and report.passed:
        passed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what passed, in the process that has all reports, for a run with `--rest`."""
    config = session.config
    if (
        config.pluginmanager.has_plugin("cacheprovider")
        and not hasattr(config, "workerinput")
        and not config.option.rest
    ):
        config.cache.set(PASSED, sorted(passed))


@pytest.fixture(scope="session", autouse=True)
def cases_read_once() -> Iterator[None]:
    """A bundled case is read once by each process, instead of once by each of the thousands of commands it runs.

    Its text is read anew every time, as by anybody (see `boardsim.loading.kept`).
    """
    read_before: dict[tuple[str, str, str], Loaded] = {}

    def read_once(name: str, text: str, file: str, read: Callable[[], Loaded]) -> Loaded:
        found = read_before.get((name, text, file))
        return found or read_before.setdefault((name, text, file), read())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "kept", read_once)
        yield


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


def ran(*arguments: str, columns: int | None = None) -> Result:
    """The same as the fixture `run`, for properties: a fixture would be one for all of their examples."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as environment:
        _set_width(environment, columns)
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as stopped:
            main(arguments)
    return Result(_code(stopped.value), out.getvalue(), err.getvalue())


def _set_width(environment: pytest.MonkeyPatch, columns: int | str | None) -> None:
    """Set how wide the terminal is, whatever it is outside, as what runs tests in processes sets it as well."""
    environment.delenv("COLUMNS", raising=False)
    if columns is not None:
        environment.setenv("COLUMNS", str(columns))


def _code(stopped: SystemExit) -> int:
    return stopped.code if isinstance(stopped.code, int) else 1 if stopped.code else 0


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `boardsim ARGUMENTS` in this process; standard input is `stdin`, the terminal is `columns` wide, or none."""

    def call(*arguments: str, stdin: bytes = b"", columns: int | str | None = None) -> Result:
        class Input:
            buffer = __import__("io").BytesIO(stdin)

            @staticmethod
            def isatty() -> bool:
                return False

        monkeypatch.setattr(sys, "stdin", Input)
        _set_width(monkeypatch, columns)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        out, err = capsys.readouterr()
        return Result(_code(stopped.value), out, err)

    return call
