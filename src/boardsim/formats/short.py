"""Changes in the short form that `--change` takes, as text; `boardsim.formats.changes` reads it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.bylaws import Threshold
from boardsim.formats.log.encode import field_value, plain
from boardsim.formats.schema.fields import WRITTEN
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Replace, Retime


def short(change: Change, zone: ZoneInfo) -> str:
    """A change as `--change` takes it; times are those of the zone."""
    match change:
        case Ballot():
            return f"{change.vote}: {change.director} {change.to}"
        case Drop():
            return f"drop {change.event}"
        case Keep():
            return f"keep {change.event}"
        case Retime():
            return f"retime {change.event} {change.to.astimezone(zone).isoformat()}"
        case Replace():
            values = (f"{WRITTEN.get(key, key)}={field_value(key, value)}" for key, value in change.values.items())
            return f"replace {change.event} {' '.join(values)}"
        case AmendBylaws():
            since = f" from {change.since.astimezone(zone).isoformat()}" if change.since else ""
            return f"amend {change.org} {' '.join(_bylaws(change.changes))}{since}"


def _bylaws(changes: Mapping[str, Any]) -> Iterable[str]:
    for name, value in changes.items():
        if isinstance(value, Mapping):
            yield from (f"{name}.{key}{_value(item)}" for key, item in value.items())
        else:
            yield f"{name}{_value(value)}"


def _value(value: object) -> str:
    match value:
        case Threshold(of="in-office", least=1, veto=()):
            return f"{'>' if value.strict else '>='}{value.fraction}"
        case Threshold():
            entries = (f"{key}={json.dumps(item, ensure_ascii=False)}" for key, item in plain(value).items())
            return f"={{{', '.join(entries)}}}"
        case bool():
            return f"={str(value).lower()}"
        case _:
            return f"={value}"
