"""Who is told, in a sentence, what whoever works with a log has to wait for, or should know besides the answer."""

from collections.abc import Callable

Notify = Callable[[str], None]


def ignore(_: str) -> None:
    """Tell nobody."""
