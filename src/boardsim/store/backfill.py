"""What a step of the tables cannot do in SQL alone: made by this program for the blocks that were there before it."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from boardsim.store.database import Driver
from boardsim.store.rows import Row, zone_of
from boardsim.store.texts import Texts, texts


def fill_texts(driver: Driver) -> None:
    """Texts of all events."""
    for case, header in list(driver.run(_HEADERS)):
        zone = partial(zone_of, header.encode())
        found = (_row(case, position, body) for position, body in list(driver.run(_EVENTS, (case,))))
        driver.insert("texts", texts(found, cache(zone)), len(Texts._fields))


_HEADERS = "SELECT case_id, CAST(body AS text) FROM blocks WHERE position = 0"
_EVENTS = "SELECT position, CAST(body AS text) FROM blocks WHERE case_id = ? AND kind = 'event' ORDER BY position"


def _row(case: str, position: int, body: str) -> Row:
    """An event as far as its times go."""
    return Row(case, position, b"", "event", *(None,) * 8, body)


AFTER: Mapping[int, Callable[[Driver], None]] = {3: fill_texts}
"""By version, what follows the step that leads to it."""
