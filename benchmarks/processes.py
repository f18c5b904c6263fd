"""Whole processes: a snapshot of a bundled case beside a program of typer's that does nothing.

Python's own cache of compiled modules is in use for both, as it is for whatever is installed.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from tempfile import TemporaryDirectory

from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import Program, alternate, children_time

TITLE = "A whole process, beside a typer program that does nothing"

_BOARDSIM = "from boardsim.__main__ import run; run()"
"""What the installed command consists of."""

_NOTHING = """\
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def nothing(): pass
app()
"""


def figures(plan: Plan) -> Iterator[Figure]:
    """As a table and as JSON, with the compiled modules in a folder that is thrown away."""
    snapshot = ("-c", _BOARDSIM, "snapshot", "openai-2023")
    with TemporaryDirectory() as cache:
        run = partial(_run, cache)
        programs = {"": run(*snapshot), " --json": run(*snapshot, "--json"), "nothing": run("-c", _NOTHING)}
        for program in programs.values():  # the first run compiles
            program()
        timed = alternate(programs, plan.processes, children_time)
    for option, limit in (("", 2.5), (" --json", 1.6)):
        value = timed.ratio(option, "nothing")
        yield Figure(
            f"boardsim snapshot openai-2023{option}",
            seconds(timed.of(option)),
            seconds(timed.of("nothing")),
            f"{value:.2f} x",
            f"<= {limit} x",
            goal(value, "<=", limit),
            seconds(timed.wall(option)),
        )


def _run(cache: str, *arguments: str) -> Program:
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)
