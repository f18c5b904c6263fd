"""The `[[unknown]]` blocks of a scenario: what nobody knows, with the chances of what may be the case.

Four forms, the short ones for what is asked most often:

* a change as in `[[change]]`, with `probability`: so likely is it that the change holds, else the record does;
* `vote`, `director` and `to = { for = "1/2", against = "1/2" }`: a ballot;
* `retime` and `to = [INSTANT, …]`, or `steps`, with `from` and `until` or the event's own bounds: a time in a span;
* `alternatives = [{ name, probability, changes = [CHANGE, …] }, …]`: anything, and facts that hang together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from boardsim.analysis.ensemble.unknowns import Alternative, Unknown
from boardsim.events import CHOICES, Event
from boardsim.formats.scenario.changes import OPERATIONS, read_change
from boardsim.formats.schema.shapes import (
    ID,
    INSTANT,
    NAME,
    TEXT,
    Invalid,
    Reader,
    Shape,
    fields,
    many,
    reference,
    table,
    whole,
    wrong,
)
from boardsim.formats.schema.times import iso
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Locator, Place
from boardsim.scenario import Ballot, Change, Retime

Events = Mapping[str, Event]

MOST_STEPS = 1000


@frozen
class Within:
    """Knows where the values of a table inside a record stand."""

    outer: Locator
    path: Path

    def place(self, path: Path = ()) -> Place:
        """Where the key or the list's item at `path` stands."""
        return self.outer.place((*self.path, *path))

    def value(self, path: Path, text: str) -> Place:
        """Where a string stands."""
        return self.outer.value((*self.path, *path), text)


def inside(reader: Reader, value: Mapping[str, Any], path: Path, kind: str) -> Reader:
    """A reader of a table inside a record; what it finds wrong and what it mentions is noted with the outer one."""
    outer = reader.record
    record = Record(kind, value, Within(outer.locator, path), textual=outer.textual)
    return Reader(record, reader.zone, reader.problems, reader.mentions)


_DIGITS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,30}|/0*[1-9][0-9]{0,8})?", re.ASCII)


def _probability(reader: Reader, value: Any, path: Path) -> Fraction:
    """Exactly what was written: `"1/3"`, `"0.8"` or a plain 0.8, of which no more is taken than its digits."""
    text = f"{Decimal(str(value)):f}" if isinstance(value, float) else "" if isinstance(value, bool) else str(value)
    found = Fraction(text) if _DIGITS.fullmatch(text) else Fraction(-1)
    if not 0 <= found <= 1:
        message = f"'{path[-1]}' takes a probability between 0 and 1, not '{str(value)[:40]}'"
        reader.fail("bad-fraction", path, message, 'write it exactly: "1/2", "0.8"')
        raise Invalid
    return found


PROBABILITY = Shape(
    "a probability between 0 and 1",
    _probability,
    {"anyOf": [{"type": "string", "pattern": r"^[0-9.]+(/[0-9]+)?$"}, {"type": "number", "minimum": 0, "maximum": 1}]},
)

_TABLE = Shape("a table", lambda _r, value, _p: value, {"type": "object"})
_CHANGES = many(_TABLE, "a list of changes")
ALTERNATIVE = table(
    {"name": NAME, "probability": PROBABILITY, "changes": _CHANGES}, "an alternative", required=("probability",)
)
_CHOICES: Mapping[str, Shape] = dict.fromkeys(map(str, CHOICES), PROBABILITY)

FORMS: Mapping[str, Mapping[str, Shape]] = {
    "alternatives": {"alternatives": many(ALTERNATIVE, "a list of alternatives")},
    "vote": {
        "vote": reference("event"),
        "director": reference("person"),
        "to": table(_CHOICES, "a table of chances by choice"),
    },
    "retime": {
        "retime": reference("event"),
        "to": many(INSTANT, "a list of times"),
        "from": INSTANT,
        "until": INSTANT,
        "steps": whole(2),
    },
}
"""The keys of each form besides those that all have; a change with a probability has the keys of the change."""

COMMON: Mapping[str, Shape] = {"id": ID, "note": TEXT}


def read_unknown(reader: Reader, events: Events) -> Unknown:
    """The unknown that a block describes; `events` are those of the world."""
    value = reader.record.table
    if not isinstance(value, Mapping):
        raise wrong(reader, (), value, "a table")
    form = _form(reader, value)
    alternatives = _READ[form](reader, value, events)
    place = reader.record.locator.place(("id",))
    found = _summed(reader, form, alternatives)
    return Unknown(id=ID.read(reader, value.get("id"), ("id",)), alternatives=found, place=place)


def _form(reader: Reader, value: Mapping[str, Any]) -> str:
    """Which form the block has."""
    if "probability" in value and any(operation in value for operation in OPERATIONS):
        return "change"
    found = [form for form in FORMS if form in value]
    if len(found) != 1:
        hint = "give a change its 'probability', or 'to' its chances, or list 'alternatives'"
        reader.fail("unclear-unknown", (), "this does not say what may be the case, and how likely it is", hint)
        raise Invalid
    return found[0]


def _keys(reader: Reader, value: Mapping[str, Any], form: str, optional: Sequence[str] = ()) -> dict[str, Any]:
    shapes = {**COMMON, **FORMS[form]}
    required = tuple(key for key in shapes if key not in (*optional, "note"))
    return fields(reader, value, shapes, required, (), "an unknown")


def _change(reader: Reader, value: Mapping[str, Any], events: Events) -> list[Alternative]:
    """A change that holds, or does not."""
    common = {key: item for key, item in value.items() if key in (*COMMON, "probability")}
    found = fields(reader, common, {**COMMON, "probability": PROBABILITY}, ("id",), (), "an unknown")
    rest = {key: item for key, item in value.items() if key not in common}
    change = read_change(inside(reader, rest, (), "change"), events)
    chance: Fraction = found["probability"]
    changed = Alternative(name="so", chance=chance, changes=(change,))
    return [changed, Alternative(name="as recorded", chance=1 - chance)]


def _ballot(reader: Reader, value: Mapping[str, Any], _events: Events) -> list[Alternative]:
    found = _keys(reader, value, "vote")
    return [
        Alternative(
            name=choice, chance=chance, changes=(Ballot(vote=found["vote"], director=found["director"], to=choice),)
        )
        for choice, chance in found["to"].items()
    ]


def _time(reader: Reader, value: Mapping[str, Any], events: Events) -> list[Alternative]:
    """Times that are all as likely."""
    found = _keys(reader, value, "retime", ("to", "from", "until", "steps"))
    event = events.get(found["retime"])
    instants = found.get("to") or _grid(reader, found, event.span if event and event.precision != "by" else None)
    if not instants or len(set(instants)) != len(instants):
        reader.fail("unclear-unknown", ("to",), "the same time stands in the list twice", "take one out")
        raise Invalid
    chance = Fraction(1, len(instants))
    event_id = found["retime"]
    return [Alternative(name=iso(at), chance=chance, changes=(Retime(event=event_id, to=at),)) for at in instants]


def _grid(reader: Reader, found: Mapping[str, Any], span: tuple[datetime, datetime] | None) -> list[datetime]:
    """Evenly spaced times from the first to the last."""
    start, end = (found.get(key, bound) for key, bound in zip(("from", "until"), span or (None, None), strict=True))
    if start is None or end is None or "steps" not in found:
        hint = "list the times in 'to', or say 'steps', 'from' and 'until'"
        reader.fail("unclear-unknown", ("retime",), "this does not say which times it may have been", hint)
        raise Invalid
    steps: int = found["steps"]
    if start >= end or steps > MOST_STEPS:
        key = "steps" if steps > MOST_STEPS else "until" if "until" in found else "from"
        message = f"more than {MOST_STEPS} steps" if steps > MOST_STEPS else "the span ends before it begins"
        reader.fail("unclear-unknown", (key,), message, "say fewer" if steps > MOST_STEPS else "swap the two?")
        raise Invalid
    return [start + (end - start) * number / (steps - 1) for number in range(steps)]


def _alternatives(reader: Reader, value: Mapping[str, Any], events: Events) -> list[Alternative]:
    found = _keys(reader, value, "alternatives")["alternatives"]
    return [_alternative(reader, one, number, events) for number, one in enumerate(found)]


def _alternative(reader: Reader, found: Mapping[str, Any], number: int, events: Events) -> Alternative:
    path = ("alternatives", number, "changes")
    changes = [_listed(reader, one, (*path, n), events) for n, one in enumerate(found.get("changes", ()))]
    name = found.get("name") or ("as recorded" if not changes else f"alternative {number + 1}")
    return Alternative(name=name, chance=found["probability"], changes=tuple(changes))


def _listed(reader: Reader, value: Any, path: Path, events: Events) -> Change:
    if not isinstance(value, Mapping):
        raise wrong(reader, path, value, "a table")
    return read_change(inside(reader, value, path, "change"), events)


_READ = {"change": _change, "vote": _ballot, "retime": _time, "alternatives": _alternatives}


def _summed(reader: Reader, form: str, alternatives: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Those alternatives that are possible at all; their chances must sum to one, exactly."""
    found = tuple(one for one in alternatives if one.chance)
    total = sum((one.chance for one in found), start=Fraction(0))
    if total != 1:
        path = ("to",) if form == "vote" else (form,)
        written = f"{total}" if total.denominator < 1000 else f"{float(total):g}"
        hint = 'thirds are exact as text: "1/3"' if abs(total - 1) < Fraction(1, 50) else "what else may be the case?"
        reader.fail("chances-sum", path, f"the chances sum to {written}, not to 1", hint)
        raise Invalid
    names = [one.name for one in found]
    if len(set(names)) < len(names):
        reader.fail("unclear-unknown", (form,), "two alternatives have one name", "give each a name of its own")
        raise Invalid
    return found
