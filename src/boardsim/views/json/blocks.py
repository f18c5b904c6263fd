"""Of what the JSON Schemas of documents are built: strict objects, and times with their texts.

An object has exactly the keys that its schema names, every one of them.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from boardsim.events import DOUBTS, STATUSES

Json = dict[str, Any]
"""A document, or an object of one: every key with its value."""

Schema = dict[str, Any]
Properties = dict[str, Schema]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = rf"{_DATE}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]{{6}})?"

DEFINITIONS: Mapping[str, Schema] = {
    "instant": {
        "type": "string",
        "pattern": rf"^{_CLOCK}Z$",
        "description": "An instant in UTC, in ISO 8601.",
    },
    "clock": {
        "type": "string",
        "pattern": rf"^{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})$",
        "description": "The same instant on the clocks of the log's zone.",
    },
    "written": {
        "type": "string",
        "pattern": rf"^([0-9]{{4}}(-[0-9]{{2}}){{0,2}}|{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}}))$",
        "description": "The same time as the record has it: a date, a month, a year, or the clocks of the log's zone.",
    },
    "fraction": {
        "type": "string",
        "pattern": "^[0-9]+(/[0-9]+)?$",
        "description": "An exact number, such as 5/21, 0 or 1.",
    },
}
"""What schemas refer to by name."""


def ref(name: str) -> Schema:
    """What `DEFINITIONS` has under that name."""
    return {"$ref": f"#/$defs/{name}"}


TEXT: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
NULL: Schema = {"type": "null"}
TYPE: Schema = {"type": "string", "pattern": "^[a-z][a-z-]*$", "description": "A type of event, as in a log."}
FRACTION = ref("fraction")
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def maybe(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, NULL]}


def one_of(values: Iterable[str]) -> Schema:
    """One of these words."""
    return {"enum": list(values)}


def many(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def each(names: str, schema: Schema) -> Properties:
    """Keys, apart from one another, that are all alike."""
    return dict.fromkeys(names.split(), schema)


TEXTS = many(TEXT)
IDS: Schema = {"type": "array", "items": TEXT, "uniqueItems": True}


def by_name(values: Schema) -> Schema:
    """A table with keys of its own, such as ids."""
    return {"type": "object", "additionalProperties": values}


def table(properties: Properties) -> Schema:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def moment(key: str) -> Properties:
    """An instant that no log has, such as the one that was asked about; null where there is none."""
    return {key: maybe(ref("instant")), f"{key}_text": maybe(ref("clock"))}


def time(key: str) -> Properties:
    """A time on record."""
    return {key: ref("instant"), f"{key}_text": ref("written")}


def maybe_time(key: str) -> Properties:
    """A time that need not be on record."""
    return {key: maybe(ref("instant")), f"{key}_text": maybe(ref("written"))}


def effect(key: str = "at") -> Properties:
    """When an event took effect: its text is null where only a bound is on record, its bounds where it is exact."""
    return {key: ref("instant"), f"{key}_text": maybe(ref("written"))} | span()


def span() -> Properties:
    """Between what a time lies; null where it is exact on that side."""
    return maybe_time("not_before") | maybe_time("not_after")


UNCERTAIN: Properties = {
    "person": maybe(TEXT),
    "name": maybe(TEXT),
    "role": maybe(TEXT),
    "event": TEXT,
    **span(),
    "status": one_of(STATUSES),
    "why": one_of(("span", "order", *DOUBTS)),
}
"""What is not sure: a seat; or an event or the rules, where person, their name and role are null."""

UNCERTAIN_OF_ANSWER: Properties = {"uncertain": many(table({**each("org org_name", maybe(TEXT)), **UNCERTAIN}))}
DOUBTS_OF_ANSWER: Properties = {**UNCERTAIN_OF_ANSWER, "assumed_bylaws": by_name(IDS)}
"""All that is not sure about an answer: who holds what at its instant, the events that it names, and, by organization,
the bylaws that are assumed."""


def edge(key: str) -> Properties:
    """The beginning or the end of something: all null where there is none; its text where only a bound is on record."""
    bounds = {f"{key}_{name}": schema for name, schema in span().items()}
    return {key: maybe(ref("instant")), f"{key}_text": maybe(ref("written")), **bounds}


def tenure() -> Properties:
    """One person holding one role at one organization; `term` is the end of the term, `until` that of the tenure."""
    return {
        **each("org org_name role", TEXT),
        "seat": maybe(TEXT),
        "person": TEXT,
        "name": TEXT,
        **edge("since"),
        **edge("until"),
        "ended": maybe(TYPE),
        **maybe_time("term"),
        "interim": BOOLEAN,
        "status": one_of(STATUSES),
        "end_status": maybe(one_of(STATUSES)),
        **time("public_since"),
        "opened": TEXT,
        "closed": maybe(TEXT),
        "sources": TEXTS,
    }


def document(name: str, version: int, description: str, properties: Properties) -> Schema:
    """The schema of a whole document, with what it refers to."""
    schema = {"const": f"boardsim/{name}/{version}"}
    body = {"description": description, **table({"schema": schema, **properties})}
    text = json.dumps(body)
    defined = {name: found for name, found in DEFINITIONS.items() if f'"#/$defs/{name}"' in text}
    head = {"$schema": DRAFT, "$id": f"urn:boardsim:{name}:{version}", "title": f"boardsim {name}"}
    return {**head, **body, **({"$defs": defined} if defined else {})}
