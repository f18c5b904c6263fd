"""The command line."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.cli import output
from boardsim.cli.ondemand import group
from boardsim.problems import BoardsimError

COMMANDS = {
    "replay": "commands.replay",
    "snapshot": "commands.snapshot",
    "diff": "diff.diff",
    "whatif": "whatif.whatif",
    "ensemble": "ensemble.ensemble",
    "why": "why.why",
    "power": "power.power",
    "explore": "explore.explore",
    "cause": "cause.cause",
    "reach": "reach.reach",
    "check": "check.check",
    "list": "commands.list_",
    "export": "commands.export",
    "load": "load.load",
    "schema": "commands.schema",
    "init": "init.init",
    "record": "record.record",
    "correct": "correct.correct",
    "retract": "correct.retract",
    "seal": "seal.seal",
    "verify": "verify.verify",
}
"""Each command, and the function of this package that it runs; read only when it is asked for."""

app = typer.Typer(
    name="boardsim",
    cls=group(COMMANDS),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # reads the disk

        output.write(f"boardsim {version('boardsim')}\n")
        raise typer.Exit


@app.callback()
def boardsim(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Replay boards: who held which seat and office, when, as known when.

    \b
    Exit status: 0 yes, 1 the answer is no or the data have problems, 2 wrong usage.
    Data go to standard output, everything else to standard error.

    \b
    Example:
      boardsim replay openai-2023 --from 2023-11-16 --to 2023-11-22
      boardsim snapshot openai-2023 --at 2023-11-19T21:00
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit; problems go to standard error, without a traceback."""
    try:
        app(args=arguments, prog_name="boardsim")
    except BoardsimError as error:
        output.report(error.problems)
        sys.exit(error.exit_code)
