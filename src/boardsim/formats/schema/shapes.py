"""What a value may be: one thing for reading, for the schema, and for the messages.

A shape reads a plain value into the model's own, strictly: a string where a list belongs is a problem, never a list
of letters.
"""

import re
import sys
from collections.abc import Callable, Container, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import filterfalse
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import Factory, define, field, frozen

from boardsim.bylaws import BASES, Threshold
from boardsim.days import midnight, next_midnight
from boardsim.events import BODIES, Precision
from boardsim.formats.schema.control import CONTROL
from boardsim.formats.schema.hints import INSTEAD, article, did_you_mean, legal_id, listed
from boardsim.formats.schema.known import NOUNS
from boardsim.formats.schema.times import FIRST_YEAR, LAST_YEAR, is_date, is_period, parse_iso, period, skipped
from boardsim.formats.syntax.records import Path, Record
from boardsim.problems import Place, Problem


@frozen
class Mention:
    """An id that a record names, to be looked up when everything has been read."""

    namespace: str
    id: str
    record: Record
    path: Path

    @property
    def place(self) -> Place:
        """Where the id stands; found only when somebody asks, because it is a search."""
        return self.record.locator.value(self.path, self.id)


Declarations = Mapping[str, tuple[Container[str], ...]]
"""By namespace, where the ids of what is declared so far are found."""

NOTHING_YET: Declarations = {}


@define
class Reader:
    """Reads the values of one record and collects what is wrong with them.

    Attributes:
        mentions: the ids that it names, but for references to what is declared already.
        declared: what is; nothing, for whoever wants to know of every mention.
    """

    record: Record
    zone: ZoneInfo
    problems: list[Problem] = Factory(list)
    mentions: list[Mention] = Factory(list)
    declared: Declarations = NOTHING_YET

    def fail(self, code: str, path: Path, message: str, hint: str = "", text: str | None = None) -> None:
        """Note a problem at a value; `text` is the string in a list that is at fault."""
        locator = self.record.locator
        place = locator.place(path) if text is None else locator.value(path, text)
        self.problems.append(Problem(code=code, message=message, hint=hint, place=place))

    def mention(self, namespace: str, id: str, path: Path) -> None:
        """Note an id to be looked up."""
        self.mentions.append(Mention(namespace, id, self.record, path))


class Invalid(Exception):  # noqa: N818 -- it never leaves this package: a way out of nested values
    """A value that has been reported."""


Read = Callable[[Reader, Any, Path], Any]
Plain = Callable[[Any, Declarations], Any]


def _never(_value: Any, _declared: Declarations) -> None:
    """Of a shape whose values are always read with care."""


@frozen
class Shape:
    """What a value may be.

    Attributes:
        is_a: in words, for messages, such as `a list of strings`.
        read: turns the plain value into the model's, or reports it and raises `Invalid`.
        schema: the same as JSON Schema.
        plain: the model's value at a glance, where it is as nearly all are and names what is declared; else None.
    """

    is_a: str
    read: Read
    schema: Mapping[str, Any] = field(repr=False)
    plain: Plain = field(default=_never, repr=False)


def _a(value: Any) -> str:
    """What the reader wrote, in words."""
    match value:
        case bool():
            return "true or false"
        case str():
            return f"the string '{value[:40]}'" if len(value) <= 40 else "a long string"
        case int() | float():
            return f"the number {value}" if abs(value) <= MOST else "a number out of all proportion"
        case list():
            return "a list"
        case dict():
            return "a table"
        case datetime():
            return "a date-time"
        case date():
            return "a date"
        case None:
            return "null"
        case _:
            return "a time of day"


def wrong(reader: Reader, path: Path, value: Any, is_a: str, hint: str = "") -> Invalid:
    """Report a value of the wrong type."""
    reader.fail("wrong-type", path, f"{_called(path, reader)} takes {is_a}, not {_a(value)}", hint)
    return Invalid()


def _called(path: Path, reader: Reader) -> str:
    """What a value is called in messages: its key, or the block where it is all of it."""
    return next((f"'{step[:40]}'" for step in reversed(path) if isinstance(step, str)), f"'{reader.record.kind}'")


MOST = 1_000_000_000
"""No whole number in a log is greater; so none is too long to be shown, either."""

_BREAK = re.compile(r"[\t\n]")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _plain_string(value: Any, _declared: Declarations) -> str | None:
    """A text without any control character or line end, as what is printable has none."""
    return value if isinstance(value, str) and value.isprintable() and not value.isspace() and value else None


def _string(is_a: str, *, lines: bool) -> Read:
    def read(reader: Reader, value: Any, path: Path) -> str:
        if (plain := _plain_string(value, reader.declared)) is not None:
            return plain
        if not isinstance(value, str):
            raise wrong(reader, path, value, is_a, "write it in quotes" if isinstance(value, int | float) else "")
        if (found := CONTROL.search(value) or (None if lines else _BREAK.search(value))) is not None:
            what = f"U+{ord(found[0]):04X}"
            hint = "take it out: such characters can rewrite what a terminal shows"
            reader.fail("control-character", path, f"{is_a} may not hold the control character {what}", hint)
            raise Invalid
        if not value.strip():
            hint = "write something, or leave the key out"
            reader.fail("empty-text", path, f"{_called(path, reader)} is empty", hint)
            raise Invalid
        return value

    return read


TEXT = Shape("a string", _string("a string", lines=True), {"type": "string", "minLength": 1}, _plain_string)
NAME = Shape("a name", _string("a name", lines=False), {"type": "string", "minLength": 1}, _plain_string)
CHECK = Shape("the name of a check", _string("the name of a check", lines=False), {"type": "string", "minLength": 1})


RESERVED = ("none", *BODIES)
"""Words that mean something else where an id may stand."""


def _plain_id(value: Any, _declared: Declarations) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) and value not in RESERVED else None


def _id(reader: Reader, value: Any, path: Path) -> str:
    if (plain := _plain_id(value, reader.declared)) is not None:
        return plain
    text: str = NAME.read(reader, value, path)
    if text in RESERVED:
        reader.fail("bad-id", path, f"'{text}' is not an id: the word is taken", "choose another")
        raise Invalid
    if not _ID.fullmatch(text):
        hint = f"use lower-case words with hyphens: '{legal_id(text) or 'some-id'}'"
        reader.fail("bad-id", path, f"'{text}' is not an id", hint)
        raise Invalid
    return text


ID = Shape("an id", _id, {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, _plain_id)


def reference(namespace: str) -> Shape:
    """The id of something that must be declared: `person`, `org`, `role`, `event`, or `who` for a deciding body."""
    noun = NOUNS[namespace]
    is_a = f"{article(noun)} {noun}'s id"
    if namespace == "who":
        is_a = f"{listed(BODIES)}, or the id of a person or an organization"
    string = _string(is_a, lines=False)

    def plain(value: Any, declared: Declarations) -> str | None:
        if isinstance(value, str):
            for names in declared.get(namespace, ()):
                if value in names:  # and what is declared can be an id
                    return sys.intern(value)  # a log names few, very often
        return None

    def read(reader: Reader, value: Any, path: Path) -> str:
        if (known := plain(value, reader.declared)) is not None:
            return known
        text: str = string(reader, value, path)
        reader.mention(namespace, text, path)
        return text

    return Shape(is_a, read, {"type": "string"}, plain)


def or_word(word: str, meaning: Any, shape: Shape) -> Shape:
    """What that shape is, or one word that stands for something else."""
    is_a = f"{shape.is_a}, or '{word}'"

    def read(reader: Reader, value: Any, path: Path) -> Any:
        if value == word:
            return meaning
        if isinstance(value, str) and shape.schema["type"] != "string":
            raise wrong(reader, path, value, is_a, did_you_mean(value, [word]))
        return shape.read(reader, value, path)

    return Shape(is_a, read, {"anyOf": [shape.schema, {"enum": [word]}]})


def choice(options: tuple[str, ...]) -> Shape:
    """One of a few words."""

    def read(reader: Reader, value: Any, path: Path) -> str:
        if value not in options:
            hint = did_you_mean(value, options) if isinstance(value, str) else ""
            message = f"{_called(path, reader)} takes {listed(options)}, not {_a(value)}"
            reader.fail("unknown-choice", path, message, hint)
            raise Invalid
        return str(value)

    return Shape(listed(options), read, {"enum": list(options)})


def _boolean(reader: Reader, value: Any, path: Path) -> bool:
    if not isinstance(value, bool):
        raise wrong(
            reader, path, value, "true or false", "write it without quotes" if value in ("true", "false") else ""
        )
    return value


BOOLEAN = Shape("true or false", _boolean, {"type": "boolean"})


def whole(least: int) -> Shape:
    """A whole number of at least `least`."""
    is_a = f"a whole number, {least} or more"

    def read(reader: Reader, value: Any, path: Path) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong(reader, path, value, is_a)
        if not least <= value <= MOST:
            reader.fail("out-of-range", path, f"{_called(path, reader)} takes {is_a}, not {_a(value)}")
            raise Invalid
        return value

    return Shape(is_a, read, {"type": "integer", "minimum": least})


def instant(*, end_of_day: bool = False) -> Shape:
    """An instant with its offset, or a date: its first instant, or its last where `end_of_day`."""
    is_a = "a date, or a date-time with its offset"

    def read(reader: Reader, value: Any, path: Path) -> datetime:
        found = parse_iso(value) if reader.record.textual and isinstance(value, str) else value
        if isinstance(found, date) and not FIRST_YEAR <= found.year <= LAST_YEAR:
            message = f"{found.isoformat()} lies outside the years {FIRST_YEAR} to {LAST_YEAR}"
            reader.fail("impossible-date", path, message, "is the year right?")
            raise Invalid
        if isinstance(found, datetime):
            return _aware(reader, found, path)
        if isinstance(found, date):
            if (never := skipped(found, reader.zone)) is not None:
                reader.fail(never.code, path, never.message, never.hint)
                raise Invalid
            return (next_midnight if end_of_day else midnight)(found, reader.zone)
        if reader.record.textual and isinstance(value, str):
            reader.fail("impossible-date", path, f"'{value[:40]}' is not a date or time that exists")
            raise Invalid
        hint = "write it without quotes" if isinstance(value, str) and parse_iso(value) else ""
        raise wrong(reader, path, value, is_a, hint)

    return Shape(is_a, read, {"type": "string", "format": "date-time"})


class When(NamedTuple):
    """When something took effect, as a log says it.

    Attributes:
        start: the first instant of it.
        end: the end of the day, the month or the year; None where it is an instant.
        precision: which of them; None likewise.
    """

    start: datetime
    end: datetime | None = None
    precision: Precision | None = None


def _when(reader: Reader, value: Any, path: Path) -> When:
    if reader.record.textual and isinstance(value, str) and value[10:11] == "T":  # as programs write them
        found = parse_iso(value)
        if isinstance(found, datetime) and found.tzinfo is UTC and FIRST_YEAR <= found.year <= LAST_YEAR:
            return When(found)
    if isinstance(value, str) and len(value) <= len("1982-05") and is_period(value):
        span = period(value, reader.zone)
        if span is None:
            reader.fail(
                "impossible-date", path, f"'{value}' is not a month, nor a year between {FIRST_YEAR} and {LAST_YEAR}"
            )
            raise Invalid
        return When(*span, "year" if len(value) == len("1982") else "month")
    if isinstance(value, int) and not isinstance(value, bool):
        raise wrong(reader, path, value, WHEN.is_a, f'write a year in quotes: "{value}"')
    start = INSTANT.read(reader, value, path)
    return (
        When(start, next_midnight(start.astimezone(reader.zone).date(), reader.zone), "day")
        if is_date(value)
        else When(start)
    )


def _aware(reader: Reader, value: datetime, path: Path) -> datetime:
    if value.tzinfo is UTC:
        return value
    if value.utcoffset() is not None:
        return value.astimezone(UTC)
    offset = value.replace(tzinfo=reader.zone).strftime("%z")
    message = f"{value.isoformat()} has no UTC offset, so it names no instant"
    reader.fail("naive-time", path, message, f"add one: Z, or {offset[:3]}:{offset[3:5]} for {reader.zone.key}")
    raise Invalid


_PARTIAL = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", re.ASCII)


def _civil_date(reader: Reader, value: Any, path: Path) -> date | str:
    if isinstance(value, str) and (match := _PARTIAL.fullmatch(value)) is not None and int(match[1]) >= FIRST_YEAR:
        return value
    is_a = "a date, or a month or a year in quotes"
    if isinstance(value, int) and not isinstance(value, bool):
        raise wrong(reader, path, value, is_a, f'write a year in quotes: "{value}"' if 0 < value <= LAST_YEAR else "")
    found = parse_iso(value) if reader.record.textual and isinstance(value, str) else value
    if isinstance(found, datetime) or not isinstance(found, date):
        raise wrong(reader, path, value, is_a, 'such as 1985-04-12, "1985-04" or "1985"')
    return found


WHEN = Shape(
    "a date, or a date-time with its offset",
    _when,
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2})?$"}]},
)
CIVIL_DATE = Shape("a date, or a month or a year in quotes", _civil_date, {"type": "string", "format": "civil-date"})
INSTANT = instant()
END = instant(end_of_day=True)


def _whole_from(reader: Reader, value: Any, path: Path) -> Any:
    if value == "never":
        return value
    if not isinstance(value, date) and not (isinstance(value, str) and parse_iso(value)):
        raise wrong(reader, path, value, WHOLE_FROM.is_a, 'write "never" where it never is')
    return INSTANT.read(reader, value, path)


WHOLE_FROM = Shape(
    "a date, or 'never'", _whole_from, {"anyOf": [{"type": "string", "format": "date-time"}, {"enum": ["never"]}]}
)
"""Since when something is so that may never be."""


def many(each: Shape, is_a: str) -> Shape:
    """A list; what is wrong in it is reported item by item."""

    def plain(value: Any, declared: Declarations) -> tuple[Any, ...] | None:
        items = tuple([each.plain(item, declared) for item in value]) if isinstance(value, list) else (None,)
        return None if None in items else items

    def read(reader: Reader, value: Any, path: Path) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise wrong(reader, path, value, is_a, "wrap it in [ ]" if isinstance(value, str) else "")
        before = len(reader.problems)
        items = []
        for index, item in enumerate(value):
            try:
                items.append(each.read(reader, item, (*path, index)))
            except Invalid:
                continue
        if len(reader.problems) > before:
            raise Invalid
        return tuple(items)

    return Shape(is_a, read, {"type": "array", "items": each.schema}, plain)


TEXTS = many(TEXT, "a list of strings")
NAMES = many(NAME, "a list of names")
PEOPLE = many(reference("person"), "a list of people's ids")


def _clause(reader: Reader, value: Any, path: Path) -> tuple[str, ...]:
    if isinstance(value, list):
        if not value:
            reader.fail("empty-text", path, "a clause of 'because' names no event", "leave it out")
            raise Invalid
        return tuple(many(reference("event"), "a list of events' ids").read(reader, value, path))
    return (reference("event").read(reader, value, path),)


CLAUSES = many(
    Shape("an event's id, or a list of ids of which any will do", _clause, {"type": ["string", "array"]}),
    "a list of events' ids",
)


_FRACTION = re.compile(r"([0-9]{1,9})(?:/(0*[1-9][0-9]{0,8}))?", re.ASCII)


def _fraction(reader: Reader, value: Any, path: Path) -> Fraction:
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    fraction = Fraction(int(match[1]), int(match[2] or 1)) if match else Fraction(-1)
    if not 0 <= fraction <= 1:
        hint = 'write it as text, exactly: "1/2", "2/3"'
        message = f"{_called(path, reader)} takes a fraction between 0 and 1, not {_a(value)}"
        reader.fail("bad-fraction", path, message, hint)
        raise Invalid
    return fraction


FRACTION = Shape("a fraction between 0 and 1, as text", _fraction, {"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$"})


def table(shapes: Mapping[str, Shape], is_a: str, required: tuple[str, ...] = ()) -> Shape:
    """A table with known keys; returns a dict of those that are there."""

    def read(reader: Reader, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong(reader, path, value, is_a)
        return fields(reader, value, shapes, required, path, is_a)

    properties = {name: shape.schema for name, shape in shapes.items()}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return Shape(is_a, read, {**schema, "required": list(required)} if required else schema)


def fields(
    reader: Reader,
    value: Any,
    shapes: Mapping[str, Shape],
    required: tuple[str, ...],
    path: Path,
    is_a: str,
) -> dict[str, Any]:
    """The known keys of a table, read; raises `Invalid` after all of its problems have been reported."""
    if not isinstance(value, dict) and not isinstance(value, Mapping):  # the first is answered far sooner
        raise wrong(reader, path, value, "a table")
    before, found = len(reader.problems), {}
    missing = [*filterfalse(value.__contains__, required)]
    for key, item in value.items():
        if (shape := shapes.get(key)) is not None:
            try:
                found[key] = shape.read(reader, item, (*path, key))
            except Invalid:
                continue
        else:
            meant = did_you_mean(key, missing)
            missing = [other for other in missing if f"'{other}'" not in meant]
            hint = INSTEAD.get(key) or meant or did_you_mean(key, shapes, otherwise=f"it may have {listed(shapes)}")
            reader.fail("unknown-key", (*path, key), f"{is_a} has no '{key}'", hint)
    for key in missing:
        reader.fail("missing-key", path, f"{is_a} needs '{key}': {shapes[key].is_a}")
    if len(reader.problems) > before:
        raise Invalid
    return found


def mapping(each: Shape, is_a: str, names: str | None = None) -> Shape:
    """A table whose keys the author chooses; keys are looked up in the namespace `names`, if any."""

    def read(reader: Reader, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong(reader, path, value, is_a)
        for key in value:
            if names:
                reader.mention(names, key, path)
            else:
                NAME.read(reader, key, (*path, key))
        return fields(reader, value, dict.fromkeys(value, each), (), path, is_a)

    return Shape(is_a, read, {"type": "object", "additionalProperties": each.schema})


def threshold(more: Mapping[str, Shape], instead: str | None = None) -> Shape:
    """A threshold: its fraction, what that is of, and more; beside the key `instead` there may be no fraction."""
    shapes = {"fraction": FRACTION, "strict": BOOLEAN, "of": choice(BASES), **more}
    whole, partial = table(shapes, "a threshold", required=("fraction",)), table(shapes, "a threshold")
    hint = 'write { fraction = "1/2" }' + (f", or {{ {instead} = 2 }} for a number of directors" if instead else "")

    def read(reader: Reader, value: Any, path: Path) -> Threshold:
        if not isinstance(value, Mapping):
            raise wrong(reader, path, value, "a threshold", hint)
        shape = partial if instead in value else whole
        found = Threshold(**{"fraction": Fraction(0), **shape.read(reader, value, path)})
        if found.strict and found.fraction == 1:
            message = f"{_called(path, reader)} wants more than all of them, which no board can reach"
            reader.fail("contradictory-bylaws", path, message, "take 'strict' out, or lower 'fraction'")
            raise Invalid
        return found

    schema = {"anyOf": [whole.schema, {**partial.schema, "required": [instead]}]} if instead else whole.schema
    return Shape('a threshold such as { fraction = "1/2", strict = true, of = "in-office" }', read, schema)


def one_or_many(each: Shape, is_a: str) -> Shape:
    """One of something, or a list of them; returns a tuple either way."""
    several = many(each, is_a)

    def read(reader: Reader, value: Any, path: Path) -> tuple[Any, ...]:
        return tuple(
            several.read(reader, value, path) if isinstance(value, list) else (each.read(reader, value, path),)
        )

    return Shape(is_a, read, {"anyOf": [each.schema, several.schema]})


WHO = one_or_many(reference("who"), f"{listed(BODIES)}, the id of a person or an organization, or a list of them")


_SPELLED = {"class": "class_"}


def _named_seats(shapes: Mapping[str, Shape]) -> Shape:
    """Named seats by id, each as the keys that are given; `class` is a word of Python's."""
    seat, is_a = table(shapes, "a named seat"), "a table of named seats by id"

    def read(reader: Reader, value: Any, path: Path) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong(reader, path, value, is_a)
        for key in value:
            ID.read(reader, key, (*path, key))
        found = fields(reader, value, dict.fromkeys(value, seat), (), path, is_a)
        return {name: {_SPELLED.get(key, key): part for key, part in one.items()} for name, one in found.items()}

    return Shape(is_a, read, {"type": "object", "additionalProperties": seat.schema})


NAMED_SEATS = _named_seats({"name": NAME, "count": whole(0), "filled_by": WHO, "removed_by": WHO, "class": NAME})
QUORUM = threshold({"least": whole(1)}, instead="least")
RULE = threshold({"veto": PEOPLE})
