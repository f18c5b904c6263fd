"""What every store promises: append with the expected head, and read.

A store holds cases.  A case is a row of blocks in canonical form (see `boardsim.formats.canonical`), numbered from 0,
the header first.  Its head is the hash of the chain after the last of them.  Nothing is ever changed or taken out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from attrs import frozen


@frozen
class Head:
    """Where a case ends: how many blocks it has, and the hash of the chain after them."""

    count: int
    hash: bytes


class Conflict(Exception):  # noqa: N818 -- what it is called in the literature on optimistic concurrency
    """Somebody else appended first; `head` is where the case ends now."""

    def __init__(self, head: Head) -> None:
        super().__init__(f"the case has {head.count} blocks by now")
        self.head = head


class Store(Protocol):
    """A place where logs are kept."""

    def cases(self) -> Sequence[str]:
        """The names of all cases, sorted."""

    def head(self, case: str) -> Head:
        """Where a case ends; a case that nobody has begun has no blocks."""

    def read(self, case: str, *, orgs: Iterable[str] | None = None) -> Iterator[bytes]:
        """The blocks of a case in order; if any organizations are named, what concerns them and all declarations."""

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Append blocks, all or none, durably: when it returns, they survive a loss of power.

        Raises:
            Conflict: the case does not end where `expected` says; nothing was written.
        """
