"""Instants as databases have them: in UTC, as texts that sort by time."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def zone_of(header: bytes) -> ZoneInfo:
    """The zone in which a case's dates are days, by its first block."""
    return ZoneInfo(json.loads(header).get("timezone", "UTC"))


def sql_text(instant: datetime) -> str:
    """An instant in UTC as `2023-11-17 20:28:50`."""
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return in_utc.isoformat(" ")[: -len("+00:00")]


def from_sql(text: str) -> datetime:
    """The instant that a database shows so, with or without its offset."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
