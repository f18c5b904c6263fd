"""The write-ahead log of a store in SQLite, forced to the disk by whoever appended, once the lock is released.

With `synchronous = FULL`, SQLite forces a commit to the disk while it keeps all other writers out.  Here it writes the
commit and lets the next writer begin (`NORMAL`); the append then waits until the disk has all of the log up to there.
So of many writers several wait for the disk at once, which serves them together: a group commit.  What is promised is
the same: when an append returns it is on the disk, and so is everything before it, since the log is one file.  The one
difference is that others may see an append in the instant before it is on the disk, and nobody was told of it yet.
"""

import os
from contextlib import suppress

from attrs import define


@define
class Journal:
    """The write-ahead log of one open store.

    Attributes:
        path: its file, which stays there as long as the store is open.
    """

    path: str
    _file: int | None = None

    def force(self) -> None:
        """Wait until the disk has all that was written to it.

        Raises:
            OSError: it cannot be done; what was written may be there or not.
        """
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR)
        _force(self._file)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _force(file: int) -> None:
    with suppress(ImportError, AttributeError):  # only macOS has a sync that does not sync, and one that does
        import fcntl  # noqa: PLC0415 -- not on Windows

        fcntl.fcntl(file, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
        return
    getattr(os, "fdatasync", os.fsync)(file)
