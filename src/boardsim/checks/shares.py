"""Shares of the board, exactly."""

from collections.abc import Sequence
from functools import cache


def exceeds(part: int, share: str, whole: int) -> bool:
    """Whether a part is more than that share of a whole; a share is written as `1/3`."""
    numerator, _, denominator = share.partition("/")
    return part * int(denominator) > int(numerator) * whole


@cache  # boards have few sizes, and a check asks at every change
def at_least(share: str, whole: int) -> int:
    """The smallest whole number that is at least that share of a whole."""
    numerator, _, denominator = share.partition("/")
    return -(-int(numerator) * whole // int(denominator))


def of_directors(count: int, total: int) -> str:
    """The subject and the verb of what is said of some of the directors: `1 of 2 directors is`."""
    return f"{count} of {total} {'director' if total == 1 else 'directors'} {'is' if 1 in (count, total) else 'are'}"


def unmarked(marks: Sequence[bool | None]) -> str:
    """Of how many it is not on record whether they count; empty where of none."""
    unknown = marks.count(None)
    return f"; of {unknown} it is not on record" if unknown else ""
