"""Processes that are killed at a counted system call, so that every run dies at the same moments.

The child is traced with ptrace(2): the kernel stops it before each system call and says which it is.  Counted are those
by which a process changes anything that outlives it: what writes, forces to the disk, renames or removes a file, and
what is sent to a server.  At the call in question it is killed, and the call does not take place.
"""

import ctypes
import itertools
import os
import platform
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import cast

import pytest

from tests.forked import started

CALLS: Mapping[str, frozenset[int]] = {
    "x86_64": frozenset(
        [
            *(1, 18, 20),  # write, pwrite64, writev
            *(74, 75, 76, 77),  # fsync, fdatasync, truncate, ftruncate
            *(82, 264, 316),  # rename, renameat, renameat2
            *(87, 263),  # unlink, unlinkat
            *(91, 93),  # fchmod, fchown
            *(44, 46),  # sendto, sendmsg
        ]
    ),
    "aarch64": frozenset(
        [
            *(64, 68, 66),  # write, pwrite64, writev
            *(82, 83, 45, 46),  # fsync, fdatasync, truncate, ftruncate
            *(38, 276),  # renameat, renameat2
            35,  # unlinkat
            *(52, 55),  # fchmod, fchown
            *(206, 211),  # sendto, sendmsg
        ]
    ),
}
"""The numbers of the calls that count, by kind of processor."""

TRACEME, SYSCALL, SETOPTIONS, SYSCALL_INFO = 0, 24, 0x4200, 0x420E
STOP_MARKED, DIE_WITH_US = 0x1, 0x100000
AT_ENTRY = 1
MARKED = signal.SIGTRAP | 0x80

traced = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in CALLS, reason="system calls are counted on Linux alone"
)


class _Stop(ctypes.Structure):
    """The beginning of `struct ptrace_syscall_info`."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction_pointer", ctypes.c_uint64),
        ("stack_pointer", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("arguments", ctypes.c_uint64 * 7),
    )


@cache
def _system() -> Callable[[int, int, int, int], int]:
    call = ctypes.CDLL(None, use_errno=True).ptrace
    call.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    call.restype = ctypes.c_long
    return cast("Callable[[int, int, int, int], int]", call)


def _ptrace(request: int, pid: int, address: int = 0, data: int = 0) -> None:
    if _system()(request, pid, address, data) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Do something in a process of its own, and kill it before the call of that number; whether it came so far.

    One that does not must end well.
    """
    calls = CALLS[platform.machine()]

    def wait_and_work() -> None:
        _ptrace(TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()

    pid = started(wait_and_work)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSTOPPED(status)
    _ptrace(SETOPTIONS, pid, 0, STOP_MARKED | DIE_WITH_US)
    stop, count, pending = _Stop(), 0, 0
    while count < number:
        _ptrace(SYSCALL, pid, 0, pending)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            assert os.waitstatus_to_exitcode(status) == 0
            return False
        pending = os.WSTOPSIG(status)
        if pending == MARKED:
            pending = 0
            _ptrace(SYSCALL_INFO, pid, ctypes.sizeof(stop), ctypes.addressof(stop))
            count += stop.op == AT_ENTRY and stop.number in calls
    os.kill(pid, signal.SIGKILL)
    while not os.WIFSIGNALED(status):
        _, status = os.waitpid(pid, 0)
    return True


def killed_at_every(work: Callable[[int], Callable[[], object]], step: int = 1) -> Iterator[int]:
    """Kill at the first call, at the next one and so on, until the work comes to its end; the number of each call.

    Args:
        work: makes the work of each round from the number of the call.
        step: how many calls to go on by.
    """
    for number in itertools.count(1, step):
        if not killed_at(number, work(number)):
            return
        yield number
