"""Copies of the sources in which mutants are made, and the tests that are run there."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from attrs import field, frozen
from coverage import CoverageData

from tests.mutation.measured import TIMES
from tests.mutation.sites import Mutant

PLUGINS = Path(__file__).parent.parent.parent
NOT_COPIED = (".*", "__pycache__", "mutants", "build", "dist", "*.egg-info")

Verdict = Literal["killed", "survived", "timeout"]


@frozen
class Tree:
    """A copy of the sources."""

    root: Path

    def pytest(self, plugin: str, *words: str, run: Sequence[str] = ()) -> list[str]:
        """The command that runs some tests here, the same each time: chance is Hypothesis's alone, and has a seed."""
        options = ("-q", "-p", "no:cacheprovider", "-p", f"tests.mutation.{plugin}", "--hypothesis-seed=1")
        return [sys.executable, "-m", *run, "pytest", *options, *words]

    @property
    def environment(self) -> Mapping[str, str]:
        """The copy's own sources come first, and nothing that is compiled is kept, so that a mutant leaves nothing."""
        path = os.pathsep.join(map(str, (self.root / "src", self.root, PLUGINS)))
        more = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", TIMES: str(self.root / ".times.json")}
        more |= {"BOARDSIM_HYPOTHESIS": "mutants", "COVERAGE_CORE": "ctrace"}  # the only one with contexts everywhere
        return {**os.environ, **more}

    def copy(self, to: Path) -> "Tree":
        """Another copy, with all that was measured here."""
        shutil.copytree(self.root, to)
        return Tree(to)


@frozen
class Measured:
    """What a run without any change showed.

    Attributes:
        tests: by module and line, the tests that run it; `""` stands for its import.
        seconds: by test, how long it took.
    """

    tests: Mapping[Path, Mapping[int, frozenset[str]]] = field(repr=False)
    seconds: Mapping[str, float] = field(repr=False)

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that may notice a mutant, the quickest first.

        What runs while the module is imported is used by whatever uses the module; and what no test was seen to run
        may run in another process.
        """
        lines = self.tests.get(mutant.path, {})
        first, last = mutant.lines
        found = frozenset[str]().union(*(lines.get(line, ()) for line in range(first, last + 1)))
        if not mutant.inside or not found - {""}:
            found = frozenset[str]().union(*lines.values())
        return sorted(found - {""}, key=lambda test: (self.seconds.get(test, 0.0), test))


def first_tree(root: Path, to: Path) -> Tree:
    """A copy of the sources at `root`.

    They are compiled at once, in the form that goes by the content of the source and not by its date.
    """
    shutil.copytree(root, to, ignore=shutil.ignore_patterns(*NOT_COPIED))
    compiled = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", str(to / "src")]
    subprocess.run(compiled, check=True)
    return Tree(to)


def measure(tree: Tree, tests: Iterable[str], parts: Iterable[str]) -> Measured:
    """Run the tests once as they are, and see which of them run which lines.

    Raises:
        RuntimeError: a test fails without any change.
    """
    kept = tree.root / ".coverage"
    parts = [part if part.endswith(".py") else f"{part}/*" for part in parts]
    run = ("coverage", "run", f"--include={','.join(str(tree.root / part) for part in parts)}", f"--data-file={kept}")
    environment = {name: value for name, value in tree.environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = tree.pytest("measured", *tests, run=(*run, "-m"))
    done = subprocess.run(command, check=False, cwd=tree.root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the tests fail without any change:\n{done.stdout}{done.stderr}")
    data = CoverageData(str(kept))
    data.read()
    lines = {
        Path(name).relative_to(tree.root): {
            line: frozenset(contexts) for line, contexts in data.contexts_by_lineno(name).items()
        }
        for name in data.measured_files()
    }
    return Measured(lines, json.loads((tree.root / ".times.json").read_text("utf-8")))


def judge(tree: Tree, mutant: Mutant, measured: Measured) -> Verdict:
    """Make a mutant in a tree, run the tests that may notice it until one does, and put the tree in order again."""
    tests = measured.of(mutant)
    if not tests:
        return "survived"
    module = tree.root / mutant.path
    source = module.read_bytes()
    module.write_bytes(mutant.of(source))
    try:
        limit = 120 + 10 * sum(measured.seconds.get(test, 0.0) for test in tests)
        return _run(tree, ["-x", "--tb=no", *tests], limit)
    finally:
        module.write_bytes(source)
        shutil.rmtree(tree.root / ".hypothesis" / "examples", ignore_errors=True)  # what failed is not for the next


def _run(tree: Tree, words: Sequence[str], limit: float) -> Verdict:
    """Run tests; `limit` is for those that wait for ever, and compute nothing."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        tree.pytest("limited", *words),
        cwd=tree.root,
        env=tree.environment,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    ) as running:
        try:
            _await(running.pid, limit)
        finally:
            os.killpg(running.pid, signal.SIGKILL)  # and whatever it started; nobody has its number before `wait`
        code = running.wait()
    return "survived" if code == 0 else "timeout" if code in (-signal.SIGPROF, -signal.SIGKILL) else "killed"


def _await(pid: int, limit: float) -> None:
    """Wait until a process of ours has ended, or the time is over, without asking yet how it ended."""
    until = time.monotonic() + limit
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None and time.monotonic() < until:
        time.sleep(0.02)
