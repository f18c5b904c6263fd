"""The documents that programs read, by name: the schema of each stands beside what makes it.

`boardsim schema --output NAME` prints one, `docs/schemas/` has all of them, and a test holds every output to its own.
"""

from collections.abc import Mapping
from importlib import import_module

from boardsim.views.json.blocks import Schema

MODULES: Mapping[str, str] = {
    "boards": "interlocks",
    "bulk_build": "bulk",
    "bulk_query": "bulk",
    "cause": "cause",
    "check": "findings",
    "checks": "checks",
    "diff": "diff",
    "ensemble": "ensemble",
    "explore": "explore",
    "import": "import_",
    "init": "record",
    "interlocks": "interlocks",
    "list": "log",
    "load": "record",
    "page": "page.schema",
    "power": "power",
    "reach": "reach",
    "record": "record",
    "register": "register",
    "replay": "log",
    "scenarios": "whatif",
    "seal": "seal",
    "snapshot": "log",
    "verify": "seal",
    "whatif": "whatif",
    "why": "why",
}
"""By document, the module of this folder that makes it, and has its schema under its name in capitals."""


def documents() -> tuple[str, ...]:
    """The names of all documents, sorted."""
    return tuple(sorted(MODULES))


def output_schema(name: str) -> Schema:
    """The schema of a document, by its name.

    Raises:
        KeyError: there is no such document.
    """
    schema: Schema = getattr(import_module(f"boardsim.views.json.{MODULES[name]}"), name.upper())
    return schema
