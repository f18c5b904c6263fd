"""A JSON Schema of the log, made from the same shapes that read it, for editors such as those that use Taplo."""

from collections.abc import Mapping
from typing import Any

from boardsim.formats.vocabulary import ASSERT, EVENTS, LOG, ORG, PERSON, ROLE, Keys

DRAFT = "http://json-schema.org/draft-04/schema#"
"""The newest draft that the TOML editors' checker understands."""


def _object(keys: Keys, more: Mapping[str, Any] | None = None, *, others: Any = False) -> dict[str, Any]:
    properties = {**(more or {}), **{key: shape.schema for key, shape in keys.shapes.items()}}
    required = [*(more or {}), *keys.required]
    schema = {"type": "object", "description": keys.is_a, "properties": properties, "additionalProperties": others}
    return schema | ({"required": required} if required else {})


def _blocks(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def log_schema() -> dict[str, Any]:
    """The schema of a TOML log, as a document."""
    events = [_object(keys, {"type": {"enum": [name]}}) for name, keys in EVENTS.items()]
    holders = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    return {
        "$schema": DRAFT,
        "title": "boardsim log",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "log": _object(LOG),
            "org": _blocks(_object(ORG)),
            "role": _blocks(_object(ROLE)),
            "person": _blocks(_object(PERSON)),
            "event": _blocks({"oneOf": events}),
            "assert": _blocks(_object(ASSERT, others=holders)),
        },
    }
