"""`boardsim.correct` and `boardsim.retract`: what was recorded stays, and what was wrong with it is said after it."""

from os import PathLike
from typing import Any

from boardsim.library.answer import Answer
from boardsim.library.recorded import fields_of, recorded
from boardsim.recording.compose import corrected, retracted
from boardsim.recording.notify import Notify, ignore
from boardsim.recording.record import Recorded


def correct(
    log: str | PathLike[str],
    event: str,
    *,
    force: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    notify: Notify = ignore,
    **fields: Any,
) -> Answer[Recorded]:
    """Correct the record of an event: say it anew, with other values; nothing is edited.

    Args:
        log: its file, the folder that it lies in, or a case in a store.
        event: the id of the event.
        force: record it although it cannot have happened, and say so.
        strict: refuse what breaks a governance check, too.
        dry_run: write nothing.
        notify: is told, in a sentence, what else happens.
        fields: what is otherwise, as for `boardsim.record`; known from now on, or from `known`.

    Raises:
        BoardsimError: there is no such event, or the log cannot bear the correction; nothing was written.
        TypeError: nothing is otherwise, or an instant has no UTC offset.
    """
    given = fields_of("", fields)
    if not given.keys() - {"known", "id"}:
        raise TypeError("say what is otherwise, such as at='2021-02-28'; or boardsim.retract it")
    return recorded(
        log,
        lambda before: corrected(before, event, given),
        force=force,
        strict=strict,
        dry_run=dry_run,
        notify=notify,
        ids=(event,),
    )


def retract(
    log: str | PathLike[str],
    event: str,
    *,
    force: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    notify: Notify = ignore,
    **fields: Any,
) -> Answer[Recorded]:
    """Say that the record of an event was wrong, from now on or from `known`; nothing is edited.

    Args:
        log: its file, the folder that it lies in, or a case in a store.
        event: the id of the event.
        force: record it although it cannot have happened, and say so.
        strict: refuse what breaks a governance check, too.
        dry_run: write nothing.
        notify: is told, in a sentence, what else happens.
        fields: of the retraction, as for `boardsim.record`: `known`, `sources`, `note` …

    Raises:
        BoardsimError: there is no such event, or the log cannot bear it; nothing was written.
        TypeError: an instant has no UTC offset.
    """
    given = fields_of("retract", fields)
    return recorded(
        log,
        lambda before: retracted(before, event, given),
        force=force,
        strict=strict,
        dry_run=dry_run,
        notify=notify,
        ids=(event,),
    )
