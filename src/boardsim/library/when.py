"""Instants as a caller gives them: what may be typed at a command line, or a date or a time of Python's."""

from collections.abc import Iterable
from datetime import date, datetime

from boardsim.events import NotAnInstantError

When = str | datetime | date
"""An instant: `"2023-11-17T13:00"` on the log's clocks, a date (its end), `"event:ID"`, `"before:ID"`, `"now"`,
`"today"`; or a `date`, or a `datetime` with its UTC offset."""

Names = str | Iterable[str]
"""An id, or several."""


def text_of(when: When | None) -> str | None:
    """An instant as it is typed; None for none.

    Raises:
        TypeError: it is none of what may be given, or a time without a UTC offset, which names no instant.
    """
    match when:
        case None | str():
            return when
        case datetime() if when.utcoffset() is None:
            raise NotAnInstantError(f"{when.isoformat()} has no UTC offset, so it names no instant")
        case date():
            return when.isoformat()
        case _:
            raise NotAnInstantError(f"{when!r} is no instant: give a text, a date, or a datetime with its UTC offset")


def several(names: Names | None) -> list[str] | None:
    """The ids of one or of several; None where nothing was said.

    Raises:
        TypeError: it is neither a text nor several.
    """
    if names is None:
        return None
    return [names] if isinstance(names, str) else _texts(names)


def _texts(names: object) -> list[str]:
    found = [*names] if isinstance(names, Iterable) else [None]
    texts = [name for name in found if isinstance(name, str)]
    if len(texts) < len(found):
        raise TypeError(f"{names!r} is neither a text nor several")
    return texts
