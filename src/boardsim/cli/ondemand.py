"""Commands that are read when they are asked for: to make them all takes longer than most answers do."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command


class OnDemand(Mapping[str, Any]):
    """Commands by name, made one at a time from the functions of this package that `places` names.

    They are of the class that their file calls `COMMAND`, if it has one.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    def __getitem__(self, name: str) -> Any:
        file, _, function = self.places[name].partition(".")
        module = import_module(f"boardsim.cli.{file}")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name, cls=getattr(module, "COMMAND", None))(getattr(module, function))
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def group(places: Mapping[str, str]) -> type[TyperGroup]:
    """A group that has these commands: by its name, where each function is, as `MODULE.FUNCTION`."""

    class Group(TyperGroup):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**{**settings, "commands": {}})
            self.commands = OnDemand(places)  # type: ignore[assignment] # it is only ever read

    return Group
