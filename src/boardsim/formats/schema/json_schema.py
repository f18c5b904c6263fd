"""A JSON Schema of the log, made from the same shapes that read it, for editors such as those that use Taplo."""

from collections.abc import Mapping
from typing import Any

from boardsim.formats.scenario.changes import OPERATIONS, OPTIONAL, RECOUNT
from boardsim.formats.scenario.decode import EXPECT, HEADER
from boardsim.formats.scenario.reactions import REACTION, REQUIRED
from boardsim.formats.scenario.unknowns import COMMON, FORMS, PROBABILITY
from boardsim.formats.schema.fields import ASSERT, EVENTS, LOG, ORG, PERSON, ROLE, ROLE_ANEW, WAIVE, Keys
from boardsim.formats.schema.shapes import TEXT, Shape

DRAFT = "http://json-schema.org/draft-04/schema#"
"""The newest draft that the TOML editors' checker understands."""


def _object(keys: Keys, more: Mapping[str, Any] | None = None, *, others: Any = False) -> dict[str, Any]:
    properties = {**(more or {}), **{key: shape.schema for key, shape in keys.shapes.items()}}
    required = [*(more or {}), *keys.required]
    schema = {"type": "object", "description": keys.is_a, "properties": properties, "additionalProperties": others}
    return schema | ({"required": required} if required else {})


def _blocks(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _events() -> dict[str, Any]:
    return _blocks({"oneOf": [_object(keys, {"type": {"enum": [name]}}) for name, keys in EVENTS.items()]})


def _document(title: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **properties,
            "org": _blocks(_object(ORG) | _BY_ID),
            "role": _blocks({"anyOf": [_object(ROLE), _object(ROLE_ANEW)]}),
            "person": _blocks(_object(PERSON) | _BY_ID),
            "event": _events(),
        },
    }


_BY_ID = {"required": ["id"]}
"""A later block of an organization or a person names it by its id, and need not repeat its name."""

_HOLDERS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
"""What an assertion says of a role."""


def log_schema() -> dict[str, Any]:
    """The schema of a TOML log, as a document."""
    asserted, waived = _blocks(_object(ASSERT, others=_HOLDERS)), _blocks(_object(WAIVE))
    return _document("boardsim log", {"log": _object(LOG), "assert": asserted, "waive": waived})


def _changes(more: Mapping[str, Shape]) -> list[dict[str, Any]]:
    """Each operation of a change, with other keys."""
    forms = [*OPERATIONS.items(), ("count", RECOUNT)]
    return [_change(name, {**shapes, **more}) for name, shapes in forms]


def _change(name: str, shapes: Mapping[str, Shape]) -> dict[str, Any]:
    return _object(Keys(f"a change: {name}", shapes, tuple(key for key in shapes if key not in OPTIONAL)))


def _unknowns() -> list[dict[str, Any]]:
    """Each form of an unknown; the first is a change with its probability."""
    needs = {"vote": ("vote", "director", "to"), "retime": ("retime",), "alternatives": ("alternatives",)}
    forms = [Keys(f"an unknown: {name}", {**COMMON, **FORMS[name]}, ("id", *keys)) for name, keys in needs.items()]
    return [*_changes({**COMMON, "probability": PROBABILITY}), *map(_object, forms)]


def scenario_schema() -> dict[str, Any]:
    """The schema of a TOML scenario, as a document."""
    expectation = _object(Keys("an assertion about an event", {**EXPECT, "note": TEXT}, tuple(EXPECT)))
    properties = {
        "scenario": _object(HEADER),
        "change": _blocks({"oneOf": _changes({"note": TEXT})}),
        "unknown": _blocks({"anyOf": _unknowns()}),
        "reaction": _blocks(_object(Keys("a reaction", REACTION, REQUIRED))),
        "assert": _blocks({"oneOf": [_object(ASSERT, others=_HOLDERS), expectation]}),
    }
    return _document("boardsim scenario", properties)
