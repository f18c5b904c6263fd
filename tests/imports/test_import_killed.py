"""Imports that are killed: what they leave behind is what was there, or all of it, and a second run finishes."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import boardsim
from tests.imports.tables import FIRST, SECOND, Row, held, imported, spans, write
from tests.killed import killed_at_every, traced

OLDER = [Row("r1", "Acme", "Ann Ash", "Director", 0, 5), Row("r2", "Acme", "Bob Birch", "Director", 1, None)]
NEWER = [Row("r1", "Acme", "Ann Ash", "Director", 0, 4), Row("r3", "Beta", "Cy Cole", "Clerk", 2, None)]


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds, but for what a writer that was killed leaves to be used again."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def imported_in(folder: Path, known: str) -> None:
    """Import as `whole/a.csv` from within a folder, so that every run is told of the same paths."""
    os.chdir(folder)
    imported(Path("whole"), "a.csv", known)


@traced
@pytest.mark.parametrize("is_new", [True, False], ids=["a new log", "a newer source"])
def test_an_import_that_is_killed_and_run_again_ends_the_same(tmp_path: Path, is_new: bool) -> None:  # noqa: FBT001
    """Before each call that changes anything the import is killed: the log is the old or the new one, never a half."""
    template, whole = tmp_path / "template", tmp_path / "whole"
    template.mkdir()
    write(template, OLDER, "a.csv")
    if not is_new:
        imported(template, "a.csv", FIRST)
        write(template, NEWER, "a.csv")
    known = FIRST if is_new else SECOND
    shutil.copytree(template, whole)
    imported(whole, "a.csv", known)
    before, after = (None if is_new else spans(OLDER)), spans(OLDER if is_new else NEWER)

    def work(call: int) -> Callable[[], object]:
        shutil.copytree(template, tmp_path / str(call) / "whole")
        return lambda: imported_in(tmp_path / str(call), known)

    kills = list(killed_at_every(work))
    for call in kills:
        folder = tmp_path / str(call) / "whole"
        log = folder / "log.jsonl"
        found = held(log) if log.exists() else None
        assert found in (before, after)
        assert not log.exists() or boardsim.load(str(log)).problems == []
        assert imported(folder, "a.csv", known).code == 0
        assert files(folder) == files(whole)
    assert len(kills) > 3
