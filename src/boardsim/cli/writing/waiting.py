"""The steps of recording, shown to those who wait."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from boardsim.cli.bar import bar


@contextmanager
def steps(names: Sequence[str], *, shown: bool) -> Iterator[Callable[[str], None]]:
    """What tells that a step begins; a bar shows how many there are, which it is, and how long it has been.

    Args:
        shown: whether there is anybody to see it.
    """
    with bar("reading", len(names), "steps", shown=shown) as move:
        yield lambda name: move(description=name, completed=names.index(name))
