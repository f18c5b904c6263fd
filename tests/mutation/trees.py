"""Copies of the sources in which mutants are made, and the tests that are run there."""

import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen
from coverage import CoverageData

from tests.mutation.ending import end
from tests.mutation.measured import TIMES
from tests.mutation.sites import Mutant
from tests.mutation.warm import BROKEN, PASSED, SOCKET, UNSURE

PLUGINS = Path(__file__).parent.parent.parent
NOT_COPIED = (".*", "__pycache__", "build", "dist", "*.egg-info")

Verdict = Literal["killed", "survived", "timeout", "equivalent"]
"""What became of a mutant; one that survived is equivalent where the register says so."""


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
        most: how many seconds of tests are tried with a mutant, and no more, whatever else may notice it.
    """

    tests: Mapping[Path, Mapping[int, frozenset[str]]] = field(repr=False)
    seconds: Mapping[str, float] = field(repr=False)
    most: float = math.inf

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
        return self._quickest(sorted(found - {""}, key=lambda test: (self.seconds.get(test, 0.0), test)))

    def _quickest(self, tests: Sequence[str]) -> list[str]:
        """The first of them, one at least, that take no longer than is allowed."""
        sums = accumulate(self.seconds.get(test, 0.0) for test in tests)
        return [
            test for number, (test, sum_) in enumerate(zip(tests, sums, strict=True)) if not number or sum_ <= self.most
        ]

    def is_imported(self, mutant: Mutant) -> bool:
        """Whether a mutant changes what has run before any test, so that what came of it may be kept somewhere."""
        lines = self.tests.get(mutant.path, {})
        first, last = mutant.lines
        return any("" in lines.get(line, ()) for line in range(first, last + 1))


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


def judge(tree: Tree, warm: "Warm", mutant: Mutant, measured: Measured) -> Verdict:
    """Make a mutant in a tree, run the tests that may notice it until one does, and put the tree in order again.

    They run in a copy of a process that has imported everything.  Where they notice nothing, and what was imported may
    be from before the change, they run once more in a new one.
    """
    tests = measured.of(mutant)
    if not tests:
        return "survived"
    module = tree.root / mutant.path
    source = module.read_bytes()
    module.write_bytes(mutant.of(source))
    try:
        limit = 120 + 10 * sum(measured.seconds.get(test, 0.0) for test in tests)
        code = warm.run(module, source, tests, limit) if mutant.inside else UNSURE
        if code == UNSURE or (code == PASSED and measured.is_imported(mutant)):
            code = _run(tree, ["-x", "--tb=no", *tests], limit)
        return "survived" if code == PASSED else "timeout" if code in (-signal.SIGPROF, -signal.SIGKILL) else "killed"
    finally:
        module.write_bytes(source)
        shutil.rmtree(tree.root / ".hypothesis" / "examples", ignore_errors=True)  # what failed is not for the next


def _run(tree: Tree, words: Sequence[str], limit: float) -> int:
    """Run tests in a new process; `limit` is for those that wait for ever, and compute nothing."""
    with _started(tree, tree.pytest("limited", *words)) as running:
        end(running.pid, limit)
        return running.wait()


def _started(tree: Tree, command: Sequence[str], **options: Any) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    environment = {**tree.environment, **options.pop("env", {})}
    return subprocess.Popen(
        command,
        cwd=tree.root,
        env=environment,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        process_group=0,
        **options,
    )


class Warm:
    """A process that has imported and collected everything in a tree, and runs tests in copies of itself."""

    def __init__(self, tree: Tree, tests: Iterable[str]) -> None:
        mine, its = socket.socketpair()
        command = tree.pytest("limited", "-p", "tests.mutation.warm", f"--basetemp={tree.root / '.temporary'}", *tests)
        with its:
            number = its.fileno()
            self._process = _started(tree, command, pass_fds=[number], env={SOCKET: str(number)})
        self._socket, self._lines = mine, mine.makefile("rw")
        self._answer()  # it has imported everything as it is

    def run(self, module: Path, was: bytes, tests: Sequence[str], limit: float) -> int:
        """Run tests with a module as it is now, where it was imported as it was, and tell how the copy ended.

        Raises:
            RuntimeError: the process is no more.
        """
        request = {"path": str(module), "was": was.decode(), "tests": tests, "limit": limit}
        self._lines.write(f"{json.dumps(request)}\n")
        self._lines.flush()
        code = int(self._answer())
        if code == BROKEN:
            raise RuntimeError(f"no copy of the process could be made into one with the changed {module}")
        return code

    def _answer(self) -> str:
        answer = self._lines.readline()
        if not answer:
            raise RuntimeError("the process that tries the mutants has ended")
        return answer

    def close(self) -> None:
        """Nothing more is asked, with which the process ends."""
        self._lines.close()
        self._socket.close()
        self._process.wait()
