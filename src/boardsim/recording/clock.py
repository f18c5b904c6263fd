"""The clock: the only place where boardsim asks what time it is."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from boardsim.formats.schema.times import instant
from boardsim.problems import misuse

VARIABLE = "BOARDSIM_NOW"
"""The environment variable that stops the clock: an instant with its offset."""


def now() -> datetime:
    """The present instant in UTC, to the second.

    Raises:
        BoardsimError: the environment stops the clock at what is not an instant.
    """
    fixed = os.environ.get(VARIABLE)
    if not fixed:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return instant(fixed)
    except ValueError:
        hint = "write 2023-11-17T12:00:00-08:00"
        raise misuse("unreadable-instant", f"{VARIABLE} is '{fixed}', which is not an instant", hint) from None


def spelled_out(text: str, zone: ZoneInfo) -> str:
    """The instant that `now` stands for, and the date that `today` stands for in that zone; any other text as it is."""
    match text:
        case "now":
            return now().isoformat()
        case "today":
            return now().astimezone(zone).date().isoformat()
        case _:
            return text
