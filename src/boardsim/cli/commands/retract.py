"""`boardsim retract`: what was recorded stays, and that it was wrong is said after it."""

import typer

from boardsim.cli import options
from boardsim.cli.field_options import FieldsCommand, typed
from boardsim.cli.recorded import record_and_show, record_options
from boardsim.recording.compose import retracted

COMMAND = FieldsCommand


def retract(
    context: typer.Context,
    log: options.OwnLog,
    event: options.EventId,
    force: options.Force = False,
    strict: options.StrictRules = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Say that the record of an event was wrong.

    It is held to be wrong from now on, or from --known; nothing is edited.

    \b
    Example:
      boardsim retract my-log.toml appoint-ada-moreno-director --note 'The register mixed up two people' --force
    """
    fields = typed(context)
    wanted = record_options(force=force, strict=strict, dry_run=dry_run)
    record_and_show(log, lambda before: retracted(before, event, fields), wanted, as_json=as_json, ids=(event,))
