"""`boardsim record` beside `boardsim check` of the same log, as whole processes."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.loading import _log
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate, children_time
from boardsim.formats.syntax import toml_writer as toml

TITLE = "Recording an event, beside checking the log"

_WORDS = ("statement", "--at", "2500-01-01", "--text", "Some words")


def figures(plan: Plan) -> Iterator[Figure]:
    """The whole log is read and replayed by both."""
    text = toml.write(_log(plan.documents))
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log.toml"
        log.write_text(text)
        programs = {"check": partial(_run, "check", log), "record": partial(_recorded, log, text)}
        timed = alternate(programs, min(5, plan.processes), children_time)
        added = len(log.read_text()) - len(text)
    assert added > 0, "record refuses"
    value = timed.ratio("record", "check")
    what = f"record to a log of {plan.documents:,}, check"
    yield Figure(
        what, seconds(timed.of("record")), seconds(timed.of("check")), f"{value:.2f} x", "< 2 x", goal(value, "<=", 2)
    )


def _recorded(log: Path, text: str) -> None:
    log.write_text(text)  # every time to the same log
    _run("record", log, *_WORDS)


def _run(command: str, log: Path, *more: str) -> None:
    subprocess.run([sys.executable, "-m", "boardsim", command, str(log), *more], check=False, capture_output=True)
