"""`boardsim.schema`: what a log or a scenario may hold, and what commands print, as JSON Schema."""

from typing import Any

from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.json_schema import log_schema, scenario_schema
from boardsim.formats.schema.known import unknown_name
from boardsim.library.answer import Answer


def schema(document: str | None = None, *, scenario: bool = False) -> Answer[dict[str, Any]]:
    """The JSON Schema of logs; or of scenarios, or of a document that a command prints and `to_dict` returns.

    Args:
        document: `"snapshot"`, `"check"` …: the part of its `schema` between the slashes.

    Raises:
        BoardsimError: there is no such document.
        TypeError: it is not clear which of the two is wanted.
    """
    if document is not None and scenario:
        raise TypeError("say which of the two")
    found = _of_document(document) if document is not None else scenario_schema() if scenario else log_schema()
    return Answer("schema", found, lambda: found)


def _of_document(name: str) -> dict[str, Any]:
    """The schema of what a command prints.

    Raises:
        BoardsimError: there is no such document.
    """
    from boardsim.views.json.documents import documents, output_schema

    names = documents()
    if name not in names:
        message = f"no command prints a document '{name}'"
        raise unknown_name(name, names, code="unknown-output", message=message, otherwise=f"there are {listed(names)}")
    return output_schema(name)
