"""`boardsim correct`: what was recorded stays, and what was wrong with it is said after it."""

import typer

from boardsim.cli import options
from boardsim.cli.field_options import FieldsCommand, typed
from boardsim.cli.recorded import record_and_show, record_options
from boardsim.recording.compose import corrected

COMMAND = FieldsCommand


def correct(
    context: typer.Context,
    log: options.OwnLog,
    event: options.EventId,
    force: options.Force = False,
    strict: options.StrictRules = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Correct the record of an event: say it anew, with other values.

    Nothing is edited.  The correction is known from now on, or from --known; seen as of an earlier day, the log
    says what it said on that day.  Whatever cites the event goes on to mean it.

    \b
    Example:
      boardsim correct my-log.toml appoint-ada-moreno-director --at 2021-02-28 --source 'Minutes, 2021-02-28'
    """
    fields = typed(context)
    if not fields.keys() - {"known", "id"}:
        raise typer.BadParameter("say what is otherwise, such as --at WHEN; or boardsim retract it", param_hint="ID")
    wanted = record_options(force=force, strict=strict, dry_run=dry_run)
    record_and_show(log, lambda before: corrected(before, event, fields), wanted, as_json=as_json, ids=(event,))
