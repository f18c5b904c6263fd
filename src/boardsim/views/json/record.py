"""What was recorded, loaded or begun, as data."""

from collections.abc import Iterable
from pathlib import Path

from boardsim.recording.record import Recorded
from boardsim.views.json.blocks import BOOLEAN, COUNT, HASH, TEXT, TEXTS, Json, document, many, maybe, table
from boardsim.views.json.findings import PROBLEM, problems_json


def record_json(recorded: Recorded, *, written: bool) -> Json:
    """`boardsim/record/1`: what was added, or would have been."""
    return {
        "schema": "boardsim/record/1",
        "log": recorded.before.file,
        "written": written,
        "blocks": [{"kind": kind, "id": table.get("id")} for kind, table in recorded.blocks],
        "text": recorded.text,
        "forced": recorded.forced,
        "findings": problems_json(recorded.remarks, recorded.loaded.log),
    }


def load_json(store: str, case: str, *, appended: int, blocks: int, head: bytes) -> Json:
    """`boardsim/load/1`: what a store was given, and where the case ends now."""
    return {
        "schema": "boardsim/load/1",
        "store": store,
        "case": case,
        "appended": appended,
        "blocks": blocks,
        "head": head.hex(),
    }


def init_json(files: Iterable[Path]) -> Json:
    """`boardsim/init/1`: the files that were made."""
    return {"schema": "boardsim/init/1", "files": [str(path) for path in files]}


INIT = document("init", 1, "The files of a new case.", {"files": TEXTS})


LOAD = document(
    "load",
    1,
    "What a store was given, and where the case ends now.",
    {"store": TEXT, "case": TEXT, "appended": COUNT, "blocks": COUNT, "head": HASH},
)


RECORD = document(
    "record",
    1,
    "What was added to a log, or would have been.",
    {
        "log": TEXT,
        "written": BOOLEAN,
        "blocks": many(table({"kind": TEXT, "id": maybe(TEXT)})),
        "text": TEXT,
        "forced": BOOLEAN,
        "findings": many(PROBLEM),
    },
)
