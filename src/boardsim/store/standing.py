"""Whether a block of a store is what stands of its record, by the few blocks that say anything of it."""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from boardsim.events import NAMES, Event, block_of
from boardsim.formats.log.events import read_event
from boardsim.formats.log.first_form import as_in_log
from boardsim.formats.schema.shapes import Reader
from boardsim.formats.syntax.jsonl import Line
from boardsim.formats.syntax.records import Record
from boardsim.log import Log
from boardsim.records import as_known
from boardsim.traits import RETRACTING

_RETRACTING = frozenset(NAMES[cls] for cls in RETRACTING)


def corrected_by(body: str) -> str | None:
    """The id of what a block corrects; None where it corrects nothing."""
    corrects: str | None = json.loads(body).get("corrects")
    return corrects


def is_about_record(body: str) -> bool:
    """Whether a block says something of the record of another: that it was wrong, or what is true instead."""
    table = json.loads(body)
    return table["type"] in _RETRACTING or "corrects" in table


def stands(event: str, blocks: Sequence[str], zone: ZoneInfo, known: datetime | None) -> bool:
    """Whether the block of that id is what stands as known then.

    Args:
        blocks: all that is said of its record, in order.
    """
    events = [_read(block, zone) for block in blocks]
    return any(block_of(found) == event for found in as_known(Log(events=events, timezone=zone.key), known))


def _read(block: str, zone: ZoneInfo) -> Event:
    record = as_in_log(Record("event", json.loads(block), Line("", 1, block), textual=True), zone)
    return read_event(Reader(record, zone))
