"""`boardsim record`: one event, or many, at the end of a log."""

from typing import Annotated

import typer

from boardsim.cli import complete, options
from boardsim.cli.field_options import FieldsCommand, typed
from boardsim.cli.progress import is_watched
from boardsim.cli.recorded import record_and_show, record_options
from boardsim.loading.text import STDIN, of_stdin
from boardsim.recording.compose import from_lines, from_options

COMMAND = FieldsCommand

Block = Annotated[
    str,
    typer.Argument(
        metavar="TYPE",
        help="An event type such as fire; person, org or role, to declare one or add to it; waive; or - for many, as "
        "JSON Lines.",
        autocompletion=complete.blocks,
    ),
]


def record(
    context: typer.Context,
    log: options.OwnLog,
    block: Block,
    force: options.Force = False,
    strict: options.StrictRules = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Write an event at the end of a log, if it passes validation.

    The log is replayed with the event in it.  If it cannot have happened, or has no reason left, or makes something
    else impossible, or breaks an assertion, nothing is written.  `boardsim record LOG fire -h` shows what a type takes.

    \b
    Example:
      boardsim record my-log.toml person --id ben-okafor --name 'Ben Okafor'
      boardsim record my-log.toml appoint --person ben-okafor --org helios --role director --at 2023-11-17 --dry-run
      boardsim record my-log.toml suspend --person ada-moreno --org helios --at 2023-11-17 --dry-run
      boardsim record my-log.toml resign --person ada-moreno --org helios --at 2023-11-17T12:00 --source 'A letter'
    """
    fields, many = typed(context), block == "-"
    if many and fields:
        raise typer.BadParameter("events from standard input say everything themselves", param_hint="TYPE")
    compose = from_lines(of_stdin(), STDIN) if many else from_options(block, fields)
    wanted = record_options(force=force, strict=strict, dry_run=dry_run, exit_code=1 if many else 2)
    record_and_show(log, compose, wanted, as_json=as_json, shown=many and is_watched())
