"""`boardsim record`: one event, or many, at the end of a log."""

import sys
from typing import Annotated

import typer

from boardsim.cli import complete, options
from boardsim.cli.writing.fields import FieldsCommand, typed

COMMAND = FieldsCommand


def record(
    context: typer.Context,
    log: options.OwnLog,
    block: Annotated[
        str,
        typer.Argument(
            metavar="TYPE",
            help="An event type such as fire; or person, org or role, to declare one; or - for many, as JSON Lines.",
            autocompletion=complete.blocks,
        ),
    ],
    force: options.Force = False,
    strict: options.StrictRules = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Write an event at the end of a log, if the log can bear it.

    The log is replayed with the event in it.  If it cannot have happened, or has no motive left, or makes something
    else impossible, or breaks an assertion, nothing is written.  `boardsim record LOG fire -h` shows what a type takes.

    \b
    Example:
      boardsim record my-log.toml person --id ben-okafor --name 'Ben Okafor'
      boardsim record my-log.toml appoint --person ben-okafor --org helios --role director --at 2023-11-17 --dry-run
      boardsim record my-log.toml resign --person ada-moreno --org helios --at 2023-11-17T12:00 --source 'A letter'
    """
    from boardsim.cli.answers.recorded import answer
    from boardsim.cli.writing.composing import from_options, from_stdin
    from boardsim.cli.writing.recording import Wishes

    many = block == "-"
    wishes = Wishes(force=force, strict=strict, dry=dry_run, fault=1 if many else 2)
    compose = from_stdin(typed(context)) if many else from_options(block, typed(context))
    answer(log, compose, wishes, as_json=as_json, shown=many and sys.stderr.isatty())
