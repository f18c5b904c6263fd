"""Processes that the tests of faults start, starve and kill."""

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from boardsim.cli import main

LOG = """\
[log]
schema = 1
id = "helios"
timezone = "Europe/London"

[[org]]
id = "helios"
name = "Helios Ltd"

[[person]]
id = "ada-moreno"
name = "Ada Moreno"

[[event]]
type = "appoint"
id = "moreno-appointed"
at = 2021-03-01
person = "ada-moreno"
org = "helios"
role = "director"
sources = ["Companies register, 2021-03-04"]

[[assert]]
at = 2021-12-31
org = "helios"
director = "ada-moreno"
"""


def started(work: Callable[[], object]) -> int:
    """The id of a process of its own that does this work, and ends with 0 if it came to its end."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        work()
        status = 0
    except SystemExit as stopped:
        status = stopped.code if isinstance(stopped.code, int) else 1
    except BaseException:  # noqa: BLE001 -- the child may not return into the test
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def ended(pid: int) -> int:
    """How a process ended: its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def done(work: Callable[[], object]) -> int:
    """The same in one."""
    return ended(started(work))


def become_nobody() -> None:
    """Go on as a user who owns nothing, where this one may do everything."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def as_nobody(work: Callable[[], object]) -> int:
    """Do the work as a user who owns nothing; see `ended`."""

    def work_as_nobody() -> None:
        become_nobody()
        work()

    return done(work_as_nobody)


def recorded(log: Path, id: str, *more: str) -> None:
    """Run `boardsim record` for a statement; it ends the process."""
    at = "2022-01-01T09:00:00Z"
    main(["record", str(log), "statement", "--id", id, "--at", at, "--text", f"The words of {id}", *more])


def acknowledging(file: Path, log: Path, ids: Sequence[str]) -> None:
    """Record statements one by one; what `boardsim record` prints, once it is durable, goes to the file."""
    sys.stdout = file.open("a", buffering=1)
    for event in ids:
        try:
            recorded(log, event)
        except SystemExit as stopped:
            if stopped.code not in (None, 0):
                raise


def acknowledged(file: Path) -> list[str]:
    """The ids that were printed whole."""
    lines = file.read_text().split("\n")[:-1] if file.exists() else []
    return [line.partition(":")[0] for line in lines]
