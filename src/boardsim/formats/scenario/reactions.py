"""The `[[reaction]]` blocks of a scenario: what somebody would do if something happened.

```toml
[[reaction]]
id = "brockman-follows"
on = { type = "fire", person = "sam-altman", role = "ceo" }
if = "openai.president has greg-brockman"
do = { type = "resign", person = "greg-brockman", org = "openai" }
within = "6h"
probability = "4/5"
```
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from boardsim.analysis.ensemble.reactions import Reaction, Trigger
from boardsim.analysis.goals import Goal, Verdict
from boardsim.events import TYPES, Event
from boardsim.formats.log.events import read_event
from boardsim.formats.notation.goals import goal
from boardsim.formats.scenario.unknowns import PROBABILITY, inside
from boardsim.formats.schema.fields import EVENTS
from boardsim.formats.schema.shapes import ID, TEXT, Invalid, Reader, Shape, choice, fields, reference, table, wrong
from boardsim.formats.syntax.records import Path
from boardsim.log import Log
from boardsim.problems import BoardsimError

_DURATION = re.compile(r"([0-9]{1,6})\s*(min|h|d)", re.ASCII)
_UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def _duration(reader: Reader, value: Any, path: Path) -> timedelta:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        hint = 'write "30min", "6h" or "2d"'
        reader.fail("unreadable-duration", path, f"'{path[-1]}' takes a duration, not '{str(value)[:40]}'", hint)
        raise Invalid
    return int(found[1]) * _UNITS[found[2]]


DURATION = Shape("a duration such as 6h", _duration, {"type": "string", "pattern": r"^[0-9]+ *(min|h|d)$"})

_WHO = reference("person")
ON: Mapping[str, Shape] = {
    "type": choice(tuple(TYPES)),
    "id": reference("event"),
    "person": _WHO,
    "org": reference("org"),
    "role": reference("role"),
    "by": reference("who"),
    "subject": _WHO,
    "outcome": choice(("carried", "failed")),
}
_TABLE = Shape("a table of an event's fields", lambda _r, value, _p: value, {"type": "object"})
REACTION: Mapping[str, Shape] = {
    "id": ID,
    "on": table(ON, "what sets a reaction off", required=("type",)),
    "if": TEXT,
    "do": _TABLE,
    "within": DURATION,
    "probability": PROBABILITY,
    "unless": reference("event"),
    "note": TEXT,
}
REQUIRED = ("id", "on", "do")

GIVEN = ("id", "at", "known", "not_before", "not_after", "because")
"""Fields that the reaction gives to its event."""

SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the time of an event until something sets it off."""


def read_reaction(reader: Reader, log: Log) -> Reaction:
    """The reaction that a block describes; `log` is that of the world."""
    value = reader.record.table
    if not isinstance(value, Mapping):
        raise wrong(reader, (), value, "a table")
    found = fields(reader, value, REACTION, REQUIRED, (), "a reaction")
    return Reaction(
        id=found["id"],
        on=_trigger(reader, found["on"]),
        event=_event(reader, found["do"]),
        condition=_condition(reader, found["if"], log) if "if" in found else None,
        within=found.get("within", timedelta()),
        chance=found.get("probability", Fraction(1)),
        unless=found.get("unless"),
        place=reader.record.locator.place(("id",)),
    )


def _trigger(reader: Reader, found: dict[str, Any]) -> Trigger:
    """What sets it off; an event can only be told by fields that its type has."""
    name = found.pop("type")
    outcome = found.pop("outcome", "carried")
    for key in found:
        if key not in EVENTS[name].shapes and not (name == "join-company" and key == "role"):
            reader.fail("unknown-key", ("on", key), f"{EVENTS[name].is_a} has no '{key}'", "take it out")
            raise Invalid
    return Trigger(type=TYPES[name], values=found, outcome=outcome)


def _event(reader: Reader, value: Any) -> Event:
    if not isinstance(value, Mapping):
        raise wrong(reader, ("do",), value, "a table of an event's fields")
    for key in (key for key in GIVEN if key in value):
        reader.fail("unknown-key", ("do", key), f"what a reaction does has no '{key}'", "the reaction gives it that")
        raise Invalid
    whole = {**value, "at": SOME_TIME, "id": "reaction"}
    return read_event(inside(reader, whole, ("do",), "event"))


def _condition(reader: Reader, text: str, log: Log) -> Goal:
    """What must be so; only of seats, as what becomes of an event may not be known yet when it is asked."""
    try:
        found = goal(text, log)
    except BoardsimError as error:
        problem = error.problems[0]
        reader.fail(problem.code, ("if",), problem.message, problem.hint)
        raise Invalid from None
    if any(isinstance(term, Verdict) for term in found.terms):
        hint = "what must have happened stands in 'on'"
        reader.fail("unreadable-goal", ("if",), "a reaction's condition is about who holds what", hint)
        raise Invalid
    return found
