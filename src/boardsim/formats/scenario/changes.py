"""Changes as the `[[change]]` blocks of a scenario: read, and as tables to be written."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from boardsim.events import CHOICES, NAMES, Event
from boardsim.formats.log.encode import field_value
from boardsim.formats.schema.fields import BYLAWS, COUNT, EVENTS, WRITTEN
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.shapes import INSTANT, TEXT, Invalid, Reader, Shape, choice, fields, reference, wrong
from boardsim.scenario import AmendBylaws, Ballot, Change, Drop, Keep, Recount, Replace, Retime

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

RECOUNT: Mapping[str, Shape] = {"vote": EVENT, "count": COUNT}
"""The keys of the other change that begins with `vote`, of one that is on record by its count."""

OPTIONAL = ("from", "note")


def read_change(reader: Reader, events: Mapping[str, Event]) -> Change:
    """The change that a `[[change]]` block describes; `events` are those of the log."""
    value = reader.record.table
    if not isinstance(value, Mapping):
        raise wrong(reader, (), value, "a table")
    named = [operation for operation in OPERATIONS if operation in value]
    if len(named) != 1:
        problem = "no operation" if not named else f"several operations: {', '.join(named)}"
        reader.fail("unknown-change", (), f"a change has {problem}", f"it is one of {listed(OPERATIONS)}")
        raise Invalid
    operation = named[0]
    own = RECOUNT if operation == "vote" and "count" in value else OPERATIONS[operation]
    shapes = {**own, "note": TEXT}
    required = tuple(key for key in shapes if key not in OPTIONAL)
    found = fields(reader, value, shapes, required, (), f"a change that begins with '{operation}'")
    for key in ("set", "with", "count"):
        if found.get(key) == {}:
            hint = "say what is to be different, or take the change out"
            reader.fail("empty-change", (key,), f"the change of '{value[operation]}' changes nothing", hint)
            raise Invalid
    return _MAKE[operation](reader, found, events)


def _vote(reader: Reader, found: Mapping[str, Any], _events: Mapping[str, Event]) -> Change:
    """Another ballot, or another count."""
    if "count" not in found:
        return Ballot(vote=found["vote"], director=found["director"], to=found["to"])
    numbers = {key: value for key, value in found["count"].items() if key != "carried"}
    carried: bool | None = found["count"].get("carried")
    if numbers and carried is not None:
        hint = "say which numbers are others, or what the result is"
        reader.fail("carried-and-counted", ("count",), "a count has numbers, or 'carried' alone", hint)
        raise Invalid
    return Recount(vote=found["vote"], numbers=numbers, carried=carried)


def _replace(reader: Reader, found: Mapping[str, Any], events: Mapping[str, Event]) -> Change:
    event = events.get(found["replace"])
    if event is None:
        return Replace(event=found["replace"], values={})
    name = NAMES[type(event)]
    shapes = {key: shape for key, shape in EVENTS[name].shapes.items() if key not in ("id", "corrects")}
    shapes["at"] = INSTANT
    values = fields(reader, found["with"], shapes, (), ("with",), f"a '{name}' event")
    model = {written: field for field, written in WRITTEN.items()}
    return Replace(event=event.id, values={model.get(key, key): value for key, value in values.items()})


_MAKE: Mapping[str, Callable[[Reader, Mapping[str, Any], Mapping[str, Event]], Change]] = {
    "vote": _vote,
    "drop": lambda _r, found, _e: Drop(event=found["drop"]),
    "retime": lambda _r, found, _e: Retime(event=found["retime"], to=found["to"]),
    "replace": _replace,
    "keep": lambda _r, found, _e: Keep(event=found["keep"]),
    "amend": lambda _r, found, _e: AmendBylaws(org=found["amend"], changes=found["set"], since=found.get("from")),
}


def change_table(change: Change) -> dict[str, Any]:
    """A change as the table of a `[[change]]` block."""
    match change:
        case Ballot():
            return {"vote": change.vote, "director": change.director, "to": change.to}
        case Recount():
            count = dict(change.numbers) if change.carried is None else {"carried": change.carried}
            return {"vote": change.vote, "count": count}
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
