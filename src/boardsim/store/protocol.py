"""What every store promises: append with the expected head, and read.

A store holds cases.  A case is a row of blocks in canonical form (see `boardsim.formats.syntax.canonical`), numbered
from 0, the header first.  Its head is the hash of the chain after the last of them, so that the same log has the same
head in every store.  Nothing is ever changed or taken out.

Appends are optimistic.  Whoever appends says where the case ended when they looked; if it ends elsewhere by now nothing
is written, and they look again.  So nothing is lost and nothing is there twice, however many write at once.
`boardsim.store.contract` holds all of this as tests, which every store must pass.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from attrs import frozen

from boardsim.formats.syntax.canonical import SEED, chain
from boardsim.store.scope import Scope


@frozen
class Head:
    """Where a case ends: how many blocks it has, and the hash of the chain after them."""

    count: int
    hash: bytes

    def after(self, blocks: Iterable[bytes]) -> "Head":
        """Where the case ends once these blocks are appended."""
        hashes = [self.hash, *chain(blocks, self.hash)]
        return Head(self.count + len(hashes) - 1, hashes[-1])


EMPTY = Head(0, SEED)
"""Where a case ends that nobody has begun."""


class Conflict(Exception):  # noqa: N818 -- what it is called in the literature on optimistic concurrency
    """Somebody else appended first; `head` is where the case ends now."""

    def __init__(self, head: Head) -> None:
        super().__init__(f"the case has {head.count} {'block' if head.count == 1 else 'blocks'} by now")
        self.head = head


class Taken(Exception):  # noqa: N818 -- a word of this protocol
    """The case ends where it was expected to, but has an event or a role of that id already."""


class Store(Protocol):
    """A place where logs are kept."""

    def cases(self) -> Sequence[str]:
        """The names of all cases, sorted."""

    def head(self, case: str) -> Head:
        """Where a case ends; a case that nobody has begun has no blocks."""

    def read(self, case: str, scope: Scope | None = None) -> Iterator[bytes]:
        """The blocks of a case in order.

        Args:
            scope: read only what the answer about these organizations rests on: their events and declarations, and
                those of whatever these cite, so that the answer is that of the whole log.

        Raises:
            BoardsimError: what is there is not what was appended.
        """

    def append(self, case: str, blocks: Sequence[bytes], expected: Head) -> Head:
        """Append blocks, all or none, durably: when it returns, they survive a loss of power.

        Raises:
            Conflict: the case does not end where `expected` says; nothing was written.
            Taken: the id of an event or a role is taken; nothing was written.
        """

    def close(self) -> None:
        """Let go of files and connections."""
