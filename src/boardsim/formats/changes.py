"""Changes as text: the `[[change]]` blocks of a scenario, and the short form that a command line takes."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import tomli
from attrs import frozen

from boardsim.events import CHOICES, NAMES, Event
from boardsim.formats.log.encode import field_value
from boardsim.formats.schema.fields import BYLAWS, EVENTS, WRITTEN
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.shapes import INSTANT, TEXT, Invalid, Reader, Shape, choice, fields, reference, wrong
from boardsim.formats.schema.times import parse_iso, resolved
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Place, Problem
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Replace, Retime

EVENT = reference("event")

OPERATIONS: Mapping[str, Mapping[str, Shape]] = {
    "vote": {"vote": EVENT, "director": reference("person"), "to": choice(CHOICES)},
    "drop": {"drop": EVENT},
    "retime": {"retime": EVENT, "to": INSTANT},
    "replace": {"replace": EVENT, "with": Shape("a table of fields", lambda _r, value, _p: value, {"type": "object"})},
    "keep": {"keep": EVENT},
    "amend": {"amend": reference("org"), "set": BYLAWS, "from": INSTANT},
}
"""The keys of each operation; the first names what is changed."""

OPTIONAL = ("from", "note")


def read_change(reader: Reader, events: Mapping[str, Event]) -> Change:
    """The change that a `[[change]]` block describes; `events` are those of the log."""
    table = reader.record.table
    if not isinstance(table, Mapping):
        raise wrong(reader, (), table, "a table")
    named = [operation for operation in OPERATIONS if operation in table]
    if len(named) != 1:
        problem = "no operation" if not named else f"several operations: {', '.join(named)}"
        reader.fail("unknown-change", (), f"a change has {problem}", f"it is one of {listed(OPERATIONS)}")
        raise Invalid
    operation = named[0]
    shapes = {**OPERATIONS[operation], "note": TEXT}
    required = tuple(key for key in shapes if key not in OPTIONAL)
    found = fields(reader, table, shapes, required, (), f"a change that begins with '{operation}'")
    for key in ("set", "with"):
        if found.get(key) == {}:
            hint = "say what is to be different, or take the change out"
            reader.fail("empty-change", (key,), f"the change of '{table[operation]}' changes nothing", hint)
            raise Invalid
    return _MAKE[operation](reader, found, events)


def _replace(reader: Reader, found: Mapping[str, Any], events: Mapping[str, Event]) -> Change:
    event = events.get(found["replace"])
    if event is None:
        return Replace(event=found["replace"], values={})
    name = NAMES[type(event)]
    shapes = {key: shape for key, shape in EVENTS[name].shapes.items() if key != "id"}
    values = fields(reader, found["with"], shapes, (), ("with",), f"a '{name}' event")
    model = {written: field for field, written in WRITTEN.items()}
    return Replace(event=event.id, values={model.get(key, key): value for key, value in values.items()})


_MAKE: Mapping[str, Callable[[Reader, Mapping[str, Any], Mapping[str, Event]], Change]] = {
    "vote": lambda _r, found, _e: Ballot(vote=found["vote"], director=found["director"], to=found["to"]),
    "drop": lambda _r, found, _e: Drop(event=found["drop"]),
    "retime": lambda _r, found, _e: Retime(event=found["retime"], to=found["to"]),
    "replace": _replace,
    "keep": lambda _r, found, _e: Keep(event=found["keep"]),
    "amend": lambda _r, found, _e: AmendBylaws(org=found["amend"], changes=found["set"], since=found.get("from")),
}


@frozen
class Typed:
    """The place of something that was typed on a command line."""

    option: str
    text: str

    def place(self, path: Path = ()) -> Place:  # noqa: ARG002 -- one argument is one place
        """The argument."""
        return Place(self.option, 1, 1, self.text)

    def value(self, path: Path, text: str) -> Place:  # noqa: ARG002
        """The place of a word of it."""
        return Place(self.option, 1, max(self.text.find(text), 0) + 1, self.text)


_BALLOT = re.compile(r"\s*(?P<vote>\S+)\s*:\s*(?P<director>\S+)\s+(?P<to>\S+)\s*")
_ASSIGNMENT = re.compile(r"(?P<key>[\w.-]+)\s*(?P<sign>>=|>|=)\s*(?P<value>\"[^\"]*\"|\{[^}]*\}|\[[^]]*\]|\S+)\s*")
_FROM = re.compile(r"\s+from\s+(?P<when>\S+)\s*$")


def typed_change(text: str, zone: ZoneInfo, option: str = "--change") -> Record:
    """The record of a change in its short form; a clock time without an offset is one of the zone.

    The forms are `VOTE: DIRECTOR CHOICE`, `drop EVENT`, `keep EVENT`, `retime EVENT WHEN`, `replace EVENT KEY=VALUE …`
    and `amend ORG BYLAW=VALUE … [from WHEN]`, where `rules.NAME>=2/3` and `rules.NAME>1/2` set a threshold.
    """
    locator = Typed(option, text)
    if (ballot := _BALLOT.fullmatch(text)) is not None:
        return Record("change", ballot.groupdict(), locator)
    words = text.split(None, 2)
    operation, target, rest = (*words, "", "", "")[:3]
    table: dict[str, Any] = {operation: target} if operation in OPERATIONS else {}
    match operation:
        case "retime":
            table["to"] = when(rest, zone)
        case "replace":
            table["with"] = assignments(rest)
        case "amend":
            if (since := _FROM.search(f" {rest}")) is not None:
                table["from"] = when(since["when"], zone)
                rest = f" {rest}"[: since.start()]
            table["set"] = assignments(rest)
        case _ if rest:
            table[rest] = True
    return Record("change", table, locator)


def when(text: str, zone: ZoneInfo) -> Any:
    """The instant that somebody typed; the text itself where it is none, so that it is reported."""
    found = parse_iso(text)
    if isinstance(found, datetime) and found.tzinfo is None:
        instant = resolved(found, zone)
        return found if isinstance(instant, Problem) else instant
    return found or text


def assignments(text: str) -> dict[str, Any]:
    """`a=1 b.c=x` as a table; what is no such thing becomes a key that nobody knows, and so is reported."""
    table: dict[str, Any] = {}
    at = 0
    text = text.strip()
    while at < len(text):
        match = _ASSIGNMENT.match(text, at)
        if match is None:
            return {text[at:]: True}
        *outer, last = match["key"].split(".")
        inner = table
        for key in outer:
            inner = inner.setdefault(key, {})
            if not isinstance(inner, dict):  # `a=1 a.b=2`
                return {text: True}
        inner[last] = _value(match["sign"], match["value"])
        at = match.end()
    return table


def _value(sign: str, text: str) -> Any:
    if sign != "=":
        return {"fraction": text, "strict": sign == ">"}
    try:
        return tomli.loads(f"value = {text}")["value"]
    except tomli.TOMLDecodeError:
        return text


def change_table(change: Change) -> dict[str, Any]:
    """A change as the table of a `[[change]]` block."""
    match change:
        case Ballot():
            return {"vote": change.vote, "director": change.director, "to": change.to}
        case Drop():
            return {"drop": change.event}
        case Keep():
            return {"keep": change.event}
        case Retime():
            return {"retime": change.event, "to": change.to}
        case Replace():
            values = {WRITTEN.get(key, key): field_value(key, value) for key, value in change.values.items()}
            return {"replace": change.event, "with": values}
        case AmendBylaws():
            since: dict[str, datetime] = {"from": change.since} if change.since else {}
            return {"amend": change.org, "set": dict(change.changes), **since}
