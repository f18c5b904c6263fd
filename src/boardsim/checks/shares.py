"""Shares of the board, exactly."""


def exceeds(part: int, share: str, whole: int) -> bool:
    """Whether a part is more than that share of a whole; a share is written as `1/3`."""
    numerator, _, denominator = share.partition("/")
    return part * int(denominator) > int(numerator) * whole
