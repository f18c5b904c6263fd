"""What `boardsim record`, `correct` and `retract` do alike: add to a log, and say what was recorded."""

from collections.abc import Collection
from contextlib import nullcontext
from typing import Any

from boardsim.cli import output
from boardsim.cli.ended import ended_in_order
from boardsim.cli.progress import step_bar
from boardsim.recording.record import Compose, Recorded, RecordOptions, record
from boardsim.recording.target import target
from boardsim.views.json.record import record_json
from boardsim.views.text.findings import in_words
from boardsim.views.words import marked, sentence, stamped


def record_options(*, force: bool, strict: bool, dry_run: bool, exit_code: int = 2) -> RecordOptions:
    """How to record at the command line: remarks go to standard error, and broken rules are told with their time."""
    return RecordOptions(
        force=force, strict=strict, dry_run=dry_run, exit_code=exit_code, notify=output.remark, describe=in_words
    )


def record_and_show(
    log: str,
    compose: Compose,
    options: RecordOptions,
    *,
    as_json: bool,
    shown: bool = False,
    ids: Collection[str] = (),
) -> None:
    """Add to a log; what was recorded goes to standard output, and remarks on it to standard error.

    Args:
        shown: whether there is anybody to see how far it is.
        ids: what is known to be named by what is added, such as an event that is corrected.

    Raises:
        BoardsimError: it cannot be done, and nothing was written.
    """
    with ended_in_order(), step_bar(("replaying", "checking", "writing"), shown=shown) as step:
        recorded = record(target(log, dry_run=options.dry_run, notify=options.notify, ids=ids), compose, options, step)
    with nullcontext() if options.dry_run else output.done_already(f"recorded in {log}"):
        _show(recorded, dry_run=options.dry_run, as_json=as_json)


def _show(recorded: Recorded, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        output.write_json(record_json(recorded, written=not dry_run))
        return
    output.report(recorded.remarks)
    if dry_run:
        output.write(recorded.text)
        return
    output.write("".join(f"{_line(recorded, *block)}\n" for block in recorded.blocks))
    if recorded.forced:
        output.remark("recorded all the same, and `boardsim check` will go on to say so")


def _line(recorded: Recorded, kind: str, table: dict[str, Any]) -> str:
    if kind == "waive":
        return f"waive {table['check']} at {table['org']}"
    if kind != "event":
        return f"{kind} {table.get('id', '')}".rstrip()
    log, zone = recorded.loaded.log, recorded.before.zone
    event = log.by_id[table["id"]]
    return f"{event.id}: {stamped(event, zone)} {sentence(log, event)}{marked(event, zone)}"
