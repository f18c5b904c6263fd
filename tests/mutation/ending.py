"""How long a process that tries a mutant may live, and that nothing of it is left."""

import os
import signal
import time


def end(pid: int, limit: float) -> None:
    """Wait until a process of ours has ended, or the time is over, and end all of the group that it leads.

    How it ended is not asked yet: nobody else can have its number before.
    """
    until = time.monotonic() + limit
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None and time.monotonic() < until:
        time.sleep(0.005)
    os.killpg(pid, signal.SIGKILL)
