"""A plugin of pytest: what has collected the tests once tries every mutant in a copy of the process.

Such a copy is made in no time; a new process would import and collect everything once more.  It is asked through a
socket: a line says what to try, the answer is a line that says how the copy ended.
"""

import json
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.ending import end
from tests.mutation.measured import test_of
from tests.mutation.remade import Functions, functions, remake

SOCKET = "MUTANTS_SOCKET"
"""The variable that names the open file through which it is asked."""

PASSED, FAILED, UNSURE, BROKEN = 0, 1, 3, 4
"""How a copy ends: it is unsure where all passed without the whole change, and broken where it could not begin."""


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests, run those that are asked for, as often as somebody asks."""
    there = functions(Path.cwd() / "src")
    items: dict[str, list[pytest.Item]] = {}
    for item in session.items:
        items.setdefault(test_of(item.nodeid), []).append(item)
    with socket.socket(fileno=int(os.environ[SOCKET])) as asked, asked.makefile("rw") as lines:
        lines.write("ready\n")  # from now on the sources may be changed
        lines.flush()
        for line in lines:
            request = json.loads(line)
            pid = os.fork()
            if not pid:
                os.setpgid(0, 0)
                wanted = [item for test in request["tests"] for item in items.get(test, ())]
                status = BROKEN
                try:
                    status = _tried(session, there, request, wanted)
                finally:
                    os._exit(status)
            end(pid, request["limit"])
            lines.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
            lines.flush()
    return True


def _tried(session: pytest.Session, there: Functions, request: dict[str, Any], wanted: Sequence[pytest.Item]) -> int:
    """Make the change, and run tests until one of them fails."""
    path = Path(request["path"])
    whole = remake(there, path, request["was"].encode(), path.read_bytes())
    try:
        for item, after in zip(wanted, [*wanted[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                return FAILED
    except BaseException:  # noqa: BLE001 -- whatever a mutant does, the copy may not go on as the process that is asked
        return FAILED
    return PASSED if whole else UNSURE
