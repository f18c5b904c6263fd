"""The registers that boardsim knows, one a file, found by listing this folder: each has a `REGISTER`."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from boardsim.imports.register import Register


@cache
def registers() -> Mapping[str, Register]:
    """All registers by name."""
    found = (import_module(f"{__name__}.{module.name}").REGISTER for module in iter_modules(__path__))
    return {register.name: register for register in found}


def recognised(columns: Sequence[str]) -> Register | None:
    """The register whose table has these columns; None where no register says that it is its own."""
    return next((register for register in registers().values() if register.recognises(columns)), None)
