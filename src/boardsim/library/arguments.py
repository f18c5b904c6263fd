"""Arguments that only some values can be: seen to before anything is done with them."""

from collections.abc import Iterable

from boardsim.formats.schema.hints import did_you_mean, listed


def require_choice(argument: str, given: object, choices: Iterable[object]) -> None:
    """See that one of several words is given; None is one of them where nothing need be said.

    Raises:
        ValueError: it is none of these; with a hint at the nearest.
    """
    allowed = list(choices)
    if given in allowed:
        return
    words = [word for word in allowed if isinstance(word, str)]
    hint = did_you_mean(str(given), words, otherwise=f"it is {listed(map(repr, words))}")
    raise ValueError(f"'{argument}' cannot be {given!r}: {hint}")


def require_text(argument: str, given: object) -> None:
    """See that a text is given.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(given, str):
        raise TypeError(f"'{argument}' is a text, and not {given!r}")


def require_whole(argument: str, given: object, least: int | None = None, most: int | None = None) -> None:
    """See that a whole number is given, and one in its range.

    Raises:
        TypeError: it is no whole number.
        ValueError: it is out of the range.
    """
    message = f"'{argument}' is a whole number{_range(least, most)}, and not {given!r}"
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(message)
    if (least is not None and given < least) or (most is not None and given > most):
        raise ValueError(message)


def _range(least: int | None, most: int | None) -> str:
    if least is None:
        return ""
    return f" from {least:,} to {most:,}" if most is not None else f", at least {least:,}"


def require_seconds(argument: str, given: object) -> None:
    """See that a time is given that is over at some time, or at once.

    Raises:
        TypeError: it is no number.
        ValueError: it is less than none, or what is no number among the floating-point ones.
    """
    message = f"'{argument}' is a number of seconds, at least 0, and not {given!r}"
    if not isinstance(given, (int, float)) or isinstance(given, bool):
        raise TypeError(message)
    if not given >= 0:  # which holds of NaN, too
        raise ValueError(message)
