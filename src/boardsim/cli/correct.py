"""`boardsim correct` and `retract`: what was recorded stays, and what is said of it later stands after it."""

from typing import Annotated

import typer

from boardsim.cli import complete, options
from boardsim.cli.writing.fields import FieldsCommand, typed

COMMAND = FieldsCommand

EventId = Annotated[
    str, typer.Argument(metavar="ID", help="The event whose record is wrong.", autocompletion=complete.events)
]


def correct(
    context: typer.Context,
    log: options.OwnLog,
    event: EventId,
    force: options.Force = False,
    strict: options.StrictRules = False,
    dry_run: options.DryRun = False,
    as_json: options.AsJson = False,
) -> None:
    """Retract an event, and record it anew with other values.

    Nothing is edited.  Both new blocks are known from now on, or from --known; seen as of an earlier day, the log
    says what it said on that day.

    \b
    Example:
      boardsim correct my-log.toml appoint-ada-moreno-director --at 2021-02-28 --source 'Minutes, 2021-02-28'
    """
    from boardsim.cli.answers.recorded import answer
    from boardsim.cli.writing.composing import corrected
    from boardsim.cli.writing.recording import Wishes

    wishes = Wishes(force=force, strict=strict, dry=dry_run)
    fields = typed(context)
    if not fields.keys() - {"known", "id"}:
        raise typer.BadParameter("say what is otherwise, such as --at WHEN; or boardsim retract it", param_hint="ID")
    answer(log, lambda before: corrected(before, event, fields), wishes, as_json=as_json)


def retract(
    context: typer.Context,
    log: options.OwnLog,
    event: EventId,
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
    from boardsim.cli.answers.recorded import answer
    from boardsim.cli.writing.composing import retracted
    from boardsim.cli.writing.recording import Wishes

    wishes = Wishes(force=force, strict=strict, dry=dry_run)
    fields = typed(context)
    answer(log, lambda before: retracted(before, event, fields), wishes, as_json=as_json)
