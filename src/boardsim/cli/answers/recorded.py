"""The answer to `boardsim record`, `correct` and `retract`: add to a log, and say what was recorded."""

from typing import Any

from boardsim.cli import output
from boardsim.cli.writing.recording import Compose, Recorded, Wishes, add
from boardsim.cli.writing.target import target
from boardsim.cli.writing.waiting import steps
from boardsim.views.json import log as data
from boardsim.views.words import sentence, stamp


def answer(log: str, compose: Compose, wishes: Wishes, *, as_json: bool, shown: bool = False) -> None:
    """Add to a log; what was recorded goes to standard output, and remarks on it to standard error.

    Args:
        shown: whether there is anybody to see how far it is.

    Raises:
        BoardsimError: it cannot be done, and nothing was written.
    """
    with steps(("replaying", "checking", "writing"), shown=shown) as step:
        recorded = add(target(log, dry=wishes.dry), compose, wishes, step)
    _tell(recorded, wishes, as_json=as_json)


def _tell(recorded: Recorded, wishes: Wishes, *, as_json: bool) -> None:
    if as_json:
        output.write_json(_as_data(recorded, wishes))
        return
    output.report(recorded.remarks)
    if wishes.dry:
        output.write(recorded.text)
    else:
        output.write("".join(f"{_line(recorded, *block)}\n" for block in recorded.blocks))
    if recorded.forced and not wishes.dry:
        output.note("boardsim: recorded all the same, and `boardsim check` will go on to say so")


def _line(recorded: Recorded, kind: str, table: dict[str, Any]) -> str:
    if kind != "event":
        return f"{kind} {table.get('id', '')}".rstrip()
    event = recorded.loaded.log.by_id[table["id"]]
    return f"{event.id}: {stamp(event.at, recorded.before.zone)} {sentence(recorded.loaded.log, event)}"


def _as_data(recorded: Recorded, wishes: Wishes) -> dict[str, Any]:
    return {
        "schema": "boardsim/record/1",
        "log": recorded.before.file,
        "written": not wishes.dry,
        "blocks": [{"kind": kind, "id": table.get("id")} for kind, table in recorded.blocks],
        "text": recorded.text,
        "forced": recorded.forced,
        "findings": data.check_json(recorded.remarks)["findings"],
    }
