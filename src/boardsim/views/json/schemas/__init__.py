"""The JSON Schema of each document that programs read, one a file, under the document's name.

`boardsim schema --output NAME` prints one, `docs/schemas/` has all of them, and a test holds every output to its own.
"""

from importlib import import_module
from pkgutil import iter_modules

from boardsim.views.json.blocks import Schema


def documents() -> tuple[str, ...]:
    """The names of all documents, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def output_schema(name: str) -> Schema:
    """The schema of a document, by its name.

    Raises:
        KeyError: there is no such document.
    """
    if name not in documents():
        raise KeyError(name)
    schema: Schema = import_module(f"{__name__}.{name}").SCHEMA
    return schema
