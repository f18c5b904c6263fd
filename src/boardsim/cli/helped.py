"""The help of a command is an answer as any other: that it cannot be written is an error."""

from typing import Any

import typer

from boardsim.cli import output


def answering(option: Any) -> Any:
    """The option that shows the help, on standard output as all data; None where there is none."""
    if option is not None:
        option.callback = _show
    return option


def _show(ctx: Any, _option: object, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        output.write(ctx.get_help() + "\n")
        raise typer.Exit
