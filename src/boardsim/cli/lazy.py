"""Commands that are read when they are asked for: to make them all takes longer than most answers do."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from boardsim.cli.helped import answering
from boardsim.cli.renamed import RenamingCommand


class LazyCommands(Mapping[str, Any]):
    """Commands by name, made one at a time: the function of that name in the file of that name in `cli/commands`.

    They are of the class that their file calls `COMMAND`, if it has one.
    """

    def __init__(self, summaries: Mapping[str, str]) -> None:
        self.summaries = summaries

    def __getitem__(self, name: str) -> Any:
        if name not in self.summaries:
            raise KeyError(name)
        module = import_module(f"boardsim.cli.commands.{name}")
        function = getattr(module, name, None) or getattr(module, f"{name}_")  # a name that Python has taken
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(name, cls=getattr(module, "COMMAND", RenamingCommand))(function)
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(self.summaries)

    def __len__(self) -> int:
        return len(self.summaries)


def group(summaries: Mapping[str, str]) -> type[TyperGroup]:
    """A group that has these commands, each with the line that the help says of it, so that nothing is read for it."""

    class Group(TyperGroup):
        def __init__(self, **settings: Any) -> None:
            super().__init__(**{**settings, "commands": {}})
            self.commands = LazyCommands(summaries)  # type: ignore[assignment] # it is only ever read

        def get_help_option(self, ctx: Any) -> Any:
            return answering(super().get_help_option(ctx))

        def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 -- as click calls it
            with formatter.section("Commands"):
                formatter.write_dl(list(summaries.items()))

    return Group
