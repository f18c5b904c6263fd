"""The formats by name, found by listing their folder, and by the endings of files."""

from importlib import import_module
from pkgutil import iter_modules

from boardsim.exports import formats
from boardsim.exports.export import Format
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.known import unknown_name


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(module.name for module in iter_modules(formats.__path__)))


def named(name: str) -> Format:
    """A format by its name.

    Raises:
        BoardsimError: there is none.
    """
    if name not in names():
        message, otherwise = f"there is no format '{name}'", f"there are {listed(names())}"
        raise unknown_name(name, names(), code="unknown-format", message=message, otherwise=otherwise)
    found: Format = import_module(f"{formats.__name__}.{name}").FORMAT
    return found


def by_ending(file: str) -> str | None:
    """The name of the format whose files end like this one; None where none does."""
    lower = file.lower()
    return next((name for name in names() if lower.endswith(named(name).endings)), None)
