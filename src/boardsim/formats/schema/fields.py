"""The words of a log: which keys each kind of block has, and the shape of each.

A key means the same in every event, so the shape of an event's field goes by the field's name alone.
"""

from collections.abc import Mapping
from typing import Any

from attrs import NOTHING, evolve, frozen
from attrs import fields as attributes

from boardsim.bylaws import AMENDABLE, ASSUMABLE, BUILT_IN, KINDS, Bylaws
from boardsim.events import FORMS, STATUSES, TYPES, Event, VoteCount, is_written
from boardsim.formats.schema.hints import article
from boardsim.formats.schema.shapes import (
    BOOLEAN,
    CHECK,
    CIVIL_DATE,
    CLAUSES,
    END,
    ID,
    INSTANT,
    NAME,
    NAMED_SEATS,
    NAMES,
    PEOPLE,
    QUORUM,
    RULE,
    TEXT,
    TEXTS,
    WHEN,
    WHOLE_FROM,
    Invalid,
    Reader,
    Shape,
    choice,
    many,
    mapping,
    or_word,
    reference,
    table,
    whole,
)
from boardsim.formats.syntax.records import Path
from boardsim.voting import fault_of_count

BYLAW_SHAPES: Mapping[str, Shape] = {
    "seats": whole(1),
    "minimum": whole(0),
    "quorum": QUORUM,
    "casting_vote": reference("role"),
    "recuse_subject": BOOLEAN,
    "weights": mapping(whole(0), "a table of votes by person", "person"),
    "rules": mapping(RULE, "a table of thresholds by name"),
    "named_seats": NAMED_SEATS,
    "assumed": many(choice(ASSUMABLE), "a list of bylaws"),
}
assert tuple(BYLAW_SHAPES) == AMENDABLE, "every bylaw has a shape"

BYLAWS = table(BYLAW_SHAPES, "a table of bylaws")


def bylaws(reader: Reader, value: Any, path: Path) -> Bylaws:
    """Bylaws that do not contradict themselves."""
    found = Bylaws().amended(BYLAWS.read(reader, value, path))
    if (contradiction := found.contradiction()) is not None:
        key, message = contradiction
        remedy = "name fewer" if key == "named_seats" else f"lower '{key}'"
        reader.fail("contradictory-bylaws", (*path, key), message, f"raise 'seats', or {remedy}")
        raise Invalid
    return found


_NUMBERS = dict.fromkeys(("for", "against", "abstain", "eligible"), whole(0))
COUNT = table({**_NUMBERS, "carried": BOOLEAN}, "a count")


def count(reader: Reader, value: Any, path: Path) -> VoteCount:
    """How a vote was counted, in numbers that can be; or only its result."""
    found = COUNT.read(reader, value, path)
    made = VoteCount(**{"for_" if key == "for" else key: number for key, number in found.items()})
    if (fault := fault_of_count(made)) is not None:
        reader.problems.append(evolve(fault, place=reader.record.locator.place(path)))
        raise Invalid
    return made


FIELDS: Mapping[str, Shape] = {
    "id": ID,
    "at": WHEN,
    "known": INSTANT,
    "not_before": INSTANT,
    "not_after": END,
    "corrects": reference("event"),
    "before": reference("event"),
    "filed": INSTANT,
    "due": INSTANT,
    "because": CLAUSES,
    "by": reference("who"),
    "status": choice(STATUSES),
    "sources": TEXTS,
    "tags": many(NAME, "a list of words"),
    "note": TEXT,
    "org": reference("org"),
    "person": reference("person"),
    "role": reference("role"),
    "interim": BOOLEAN,
    "independent": BOOLEAN,
    "interested": BOOLEAN,
    "until": END,
    "replaces": reference("person"),
    "seat": ID,
    "into": reference("org"),
    "cause": TEXT,
    "title": NAME,
    "motion": TEXT,
    "rule": NAME,
    "subject": reference("person"),
    "notice": INSTANT,
    "waived": PEOPLE,
    "for_": PEOPLE,
    "against": PEOPLE,
    "abstain": PEOPLE,
    "absent": PEOPLE,
    "recused": PEOPLE,
    "form": choice(FORMS),
    "count": Shape(COUNT.is_a, count, COUNT.schema),
    "changes": BYLAWS,
    "text": TEXT,
    "event": reference("event"),
}
"""The shape of every field of every event, by the field's name."""

WRITTEN: Mapping[str, str] = {"for_": "for", "changes": "set"}
"""Fields that a log spells differently from the model."""

ROLE_SHAPES: Mapping[str, Shape] = {
    "id": ID,
    "name": NAME,
    "kind": choice(KINDS),
    "holders": or_word("any", None, whole(1)),
    "requires": or_word("none", None, reference("role")),
}


def usual_holders(role: str, kind: str) -> int | None:
    """How many may hold a role of that id and kind where its declaration does not say; None for no limit."""
    return 1 if kind == "office" or role == "chair" else None


_CALLED: Mapping[str, Shape] = {
    "id": ID,
    "name": NAME,
    "aliases": NAMES,
    "former_names": NAMES,
    "identifiers": mapping(NAME, "a table of identifiers by register or scheme"),
}
"""What an organization and a person are called."""

ORG_SHAPES: Mapping[str, Shape] = {
    **_CALLED,
    "founded": CIVIL_DATE,
    "profile": NAME,
    "controlled_by": reference("org"),
    "committee_of": reference("org"),
    "committee": NAME,
    "bylaws": Shape("a table of bylaws", bylaws, BYLAWS.schema),
    "complete_from": WHOLE_FROM,
    "note": TEXT,
}
PERSON_SHAPES: Mapping[str, Shape] = {**_CALLED, "natural": BOOLEAN, "born": CIVIL_DATE, "note": TEXT}
LOG_SHAPES: Mapping[str, Shape] = {
    "schema": whole(1),
    "id": ID,
    "title": NAME,
    "timezone": NAME,
    "include": many(NAME, "a list of paths"),
    "note": TEXT,
}


@frozen
class Keys:
    """The keys of one kind of block.

    Attributes:
        is_a: the block in words, for messages.
        shapes: by key, as it is written.
        required: the keys that must be there.  Of an event `at` is not among them, since a bound can stand for it.
        spelled: the fields that the model spells differently, each with its key.
    """

    is_a: str
    shapes: Mapping[str, Shape]
    required: tuple[str, ...]
    spelled: tuple[tuple[str, str], ...] = ()


def _event_keys(name: str, cls: type[Event]) -> Keys:
    shapes, required = {}, []
    for attribute in filter(is_written, attributes(cls)):
        key = WRITTEN.get(attribute.name, attribute.name)
        shapes[key] = FIELDS[attribute.name]
        if attribute.default is NOTHING and key not in ("id", "at"):
            required.append(key)
    spelled = tuple((field, key) for field, key in WRITTEN.items() if key in shapes)
    return Keys(f"{article(name)} '{name}' event", shapes, tuple(required), spelled)


EVENTS: Mapping[str, Keys] = {name: _event_keys(name, cls) for name, cls in TYPES.items()}
"""The keys of each event type; `type` itself is not among them."""

ORG = Keys("an organization", ORG_SHAPES, ("id", "name"))
PERSON = Keys("a person", PERSON_SHAPES, ("id", "name"))
ORG_ADDED = Keys("a later block of an organization", ORG_SHAPES, ("id",))
PERSON_ADDED = Keys("a later block of a person", PERSON_SHAPES, ("id",))
ROLE = Keys("a role", ROLE_SHAPES, ("id", "kind"))
ROLE_ANEW = Keys("a built-in role", {**ROLE_SHAPES, "id": choice(tuple(BUILT_IN))}, ("id",))
LOG = Keys("the log's header", LOG_SHAPES, ("schema",))
ASSERT = Keys(
    "an assertion",
    {"at": INSTANT, "org": reference("org"), "known": INSTANT, "sources": TEXTS, "note": TEXT},
    ("at", "org"),
)
WAIVE = Keys(
    "a waiver",
    {
        "at": INSTANT,
        "check": CHECK,
        "org": reference("org"),
        "from": INSTANT,
        "until": END,
        "by": reference("who"),
        "reason": TEXT,
    },
    ("at", "check", "org", "by", "reason"),
)

SCHEMA = 1
"""The version of the log format that this program reads and writes."""
