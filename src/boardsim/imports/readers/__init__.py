"""The formats of files, one a file, found by listing this folder: each has a `FORMAT`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from boardsim.imports.rows import Format


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name."""
    found = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.FORMAT.name: module.FORMAT for module in found if hasattr(module, "FORMAT")}


def format_of(file: str) -> Format | None:
    """The format that a file's name ends in; None where that says nothing."""
    return next((one for one in formats().values() if file.lower().endswith(one.endings)), None)
