"""TOML, the form that people write: `read` and `write`."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from boardsim.formats.log.encode import Table, in_zone
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax.toml_reader import read
from boardsim.log import Log

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_TABLES = ("log", "scenario")
"""Blocks of which a file has one."""


def write(log: Log) -> str:
    """The log as TOML 1.0, one block a record, in the order in which it was written, instants in the log's zone."""
    zone = ZoneInfo(log.timezone)
    return "\n".join(block(kind, table, zone) for kind, table in as_stated(log))


def block(kind: str, table: Table, zone: ZoneInfo) -> str:
    """One block: its header and a line for each key; tables in it go below."""
    header = f"[{kind}]" if kind in _TABLES else f"[[{kind}]]"
    below = [key for key, value in table.items() if key == "bylaws"]
    lines = [header, *(f"{_key(key)} = {_value(table[key], zone)}" for key in table if key not in below)]
    for key in below:
        lines += _sub_table(f"{kind}.{key}", table[key], zone)
    return "\n".join(lines) + "\n"


def _sub_table(header: str, table: Table, zone: ZoneInfo) -> list[str]:
    rules = table.get("rules", {})
    lines = [f"[{header}]", *(f"{_key(k)} = {_value(v, zone)}" for k, v in table.items() if k != "rules")]
    return lines + (
        [f"[{header}.rules]", *(f"{_key(k)} = {_value(v, zone)}" for k, v in rules.items())] if rules else []
    )


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: Any, zone: ZoneInfo) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case datetime() | date():
            return in_zone(value, zone).isoformat()
        case dict():
            return "{ " + ", ".join(f"{_key(k)} = {_value(v, zone)}" for k, v in value.items()) + " }"
        case list():
            return "[" + ", ".join(_value(item, zone) for item in value) + "]"
        case _:
            return str(value)


def _string(text: str) -> str:
    escaped = "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c) for c in text)
    return f'"{escaped}"'


__all__ = ["block", "read", "write"]
