"""Documents that commands print, each held to its schema."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema

from boardsim.views.json.documents import output_schema


@cache
def _validator(name: str) -> Any:
    return jsonschema.Draft202012Validator(output_schema(name))


def held(document: Any) -> Any:
    """The document, which is exactly as its schema says."""
    _, name, _ = document["schema"].split("/")
    faults = [f"{error.json_path}: {error.message[:300]}" for error in _validator(name).iter_errors(document)]
    assert faults == []
    return document


def printed(ran: Callable[..., Any], *words: str) -> Any:
    """What a command prints with --json, held to its schema; None where it only has a problem to tell of."""
    done = ran(*words, "--json")
    assert "Traceback" not in done.err
    return held(json.loads(done.out)) if done.out else None
