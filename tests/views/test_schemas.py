"""The JSON Schemas are sound and strict, and published as they are."""

import json
import runpy
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from boardsim.views.json.documents import documents, output_schema
from tests.conftest import ROOT, Run

TIMES = ("#/$defs/instant",)
TEXTS = ("#/$defs/written", "#/$defs/clock")


def tables(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object that a schema describes, at any depth."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from tables(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from tables(part)


def refers(schema: dict[str, Any], to: tuple[str, ...]) -> bool:
    """Whether the value is one of these, or may be."""
    return any(one.get("$ref") in to for one in (schema, *schema.get("anyOf", ())))


@pytest.mark.parametrize("name", documents())
def test_a_schema_is_one(name: str) -> None:
    """It is a JSON Schema of the draft 2020-12, and says of which document and version."""
    schema = output_schema(name)

    jsonschema.Draft202012Validator.check_schema(schema)
    version = schema["properties"]["schema"]["const"]
    assert (schema["title"], version.rpartition("/")[0]) == (f"boardsim {name}", f"boardsim/{name}")
    assert schema["$id"] == f"urn:{version.replace('/', ':')}"
    assert schema["description"].endswith(".")


@pytest.mark.parametrize("name", documents())
def test_a_schema_is_strict(name: str) -> None:
    """No object has a key that its schema does not name, and none lacks one; but for ballots, and tables by id."""
    for table in tables(output_schema(name)):
        if table["additionalProperties"] is False and "for" not in table["properties"]:
            assert table["required"] == list(table["properties"])
        elif "properties" in table:
            assert table["additionalProperties"] is False


@pytest.mark.parametrize("name", documents())
def test_every_time_has_its_text(name: str) -> None:
    """Beside each instant in UTC stands what the record has of it, and no text stands alone."""
    for table in tables(output_schema(name)):
        properties = table.get("properties", {})
        instants = [key for key, schema in properties.items() if refers(schema, TIMES)]
        texts = [key for key, schema in properties.items() if refers(schema, TEXTS)]
        assert texts == [f"{key}_text" for key in instants]


def test_the_published_schemas_are_those_of_the_code() -> None:
    """`docs/schemas` is what its script makes, no file more and none less."""
    script = runpy.run_path(str(ROOT / "docs" / "build_schemas.py"))
    published = {path: path.read_text("utf-8") for path in (ROOT / "docs" / "schemas").iterdir()}

    assert published == script["files"]()


@pytest.mark.parametrize("name", documents())
def test_the_command_prints_the_schema(run: Run, name: str) -> None:
    """`boardsim schema --output NAME` prints what is published."""
    done = run("schema", "--output", name)

    assert (done.code, done.err) == (0, "")
    assert done.out == (ROOT / "docs" / "schemas" / f"{name}.json").read_text("utf-8")


def test_a_document_or_a_scenario(run: Run) -> None:
    """Whoever asks for two schemas at once is asked which."""
    assert "say which of the two" in run("schema", "--output", "check", "--scenario").err


def test_an_object_with_another_key_is_refused() -> None:
    """A key more, a key less, and a time that is no instant in UTC are all seen."""
    document = {"schema": "boardsim/init/1", "files": ["log.toml"]}
    validator = jsonschema.Draft202012Validator(output_schema("init"))
    moment = jsonschema.Draft202012Validator(output_schema("reach")["properties"]["at"] | _definitions("reach"))

    assert validator.is_valid(document)
    assert not validator.is_valid(document | {"more": 1})
    assert not validator.is_valid({"schema": "boardsim/init/1"})
    assert [moment.is_valid(text) for text in ("2023-11-17T20:00:00Z", "2023-11-17T20:00:00", "2023-11-17")] == [
        True,
        False,
        False,
    ]
    assert json.loads(json.dumps(output_schema("init"))) == output_schema("init")


def _definitions(name: str) -> dict[str, Any]:
    return {"$defs": output_schema(name)["$defs"]}
