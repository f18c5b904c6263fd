"""Processes that are measured: what one takes of processor time, by the clock, and of memory; and several at once.

The largest memory that Linux tells of a process begins with that of whoever started it, since a new program stands in
for a copy of the old one.  So each is started by a small process, of which nearly nothing is handed on.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from time import perf_counter
from typing import NoReturn

from attrs import frozen

_STARTER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:]).returncode
wall, usage = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
print("\\n" + json.dumps([code, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit]))
"""


@frozen
class Ran:
    """What a process took, with those that it started and waited for.

    Attributes:
        seconds: of processor time.
        wall: seconds by the clock on the wall.
        memory: bytes at most; of several processes, those of the largest.
        output: what it wrote.
    """

    seconds: float
    wall: float
    memory: int
    output: str


def run(*arguments: str) -> Ran:
    """Run Python with these arguments, with Python's own cache of compiled modules in use, as for what is installed.

    Raises:
        RuntimeError: it failed.
    """
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": _compiled().name}
    command = [sys.executable, "-I", "-S", "-c", _STARTER, sys.executable, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    output, _, last = done.stdout.rstrip().rpartition("\n")
    code, seconds, wall, memory = json.loads(last)
    if code:
        raise RuntimeError(f"{arguments} failed")
    return Ran(seconds, wall, memory, output)


def boardsim(*arguments: str) -> Ran:
    """Run the command, as it runs where it is installed."""
    return run("-c", "from boardsim.__main__ import run; run()", *arguments)


@cache
def _compiled() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="benchmark-compiled-")


def together(ready: Sequence[Callable[[], Callable[[], object]]]) -> float:
    """The seconds by the clock that several processes take for their work, from when all of them are ready for it.

    Args:
        ready: of each process, what makes ready for the work and returns it.

    Raises:
        RuntimeError: one of them did not come to its end.
    """
    said, say = os.pipe()
    waiting, go = os.pipe()
    pids = [os.fork() or _work_and_exit(one, say, waiting, go) for one in ready]
    os.close(say)
    for _ in pids:
        os.read(said, 1)
    start = perf_counter()
    os.close(go)
    failed = [pid for pid in pids if os.waitpid(pid, 0)[1]]
    took = perf_counter() - start
    os.close(said)
    os.close(waiting)
    if failed:
        raise RuntimeError("a process failed")
    return took


def _work_and_exit(ready: Callable[[], Callable[[], object]], say: int, waiting: int, go: int) -> NoReturn:
    status = 1
    try:
        os.close(go)
        try:
            work = ready()
        finally:
            os.write(say, b".")
        os.read(waiting, 1)  # until everybody is ready, and the other end is closed
        work()
        status = 0
    finally:
        os._exit(status)
