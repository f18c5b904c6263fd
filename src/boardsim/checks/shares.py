"""Shares of the board, exactly."""

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
