"""What was begun and then failed is undone: files are as they were, and a store without any case is not there."""

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from boardsim.store.contract import BEGINNING, CASE
from boardsim.store.file import kept_unless_done
from boardsim.store.protocol import EMPTY
from boardsim.store.sqlite import open_sqlite
from boardsim.store.undone import taken_away_if_empty


def refuse(*_: Any, **__: Any) -> None:
    """Stand for what a file system does not know."""
    raise PermissionError(1, "Operation not permitted")


def change(folder: Path) -> None:
    """Write one file anew, make another, and fail."""
    with kept_unless_done([folder / "old", folder / "new"]):
        (folder / "next").write_text("changed")
        (folder / "next").replace(folder / "old")
        (folder / "new").write_text("made")
        raise KeyboardInterrupt


@pytest.mark.parametrize("links", [os.link, refuse], ids=["links", "copies"])
def test_files_are_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: Callable[..., None]) -> None:
    """After a failure an old file is there again and a new one gone, where files have second names and where not."""
    (tmp_path / "old").write_text("old")
    monkeypatch.setattr(os, "link", links)
    with suppress(KeyboardInterrupt):
        change(tmp_path)

    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"old": "old"}


def test_files_that_cannot_be_kept_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an old file can neither be linked nor copied it is not taken away either."""
    (tmp_path / "old").write_text("old")
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(shutil, "copy2", refuse)
    with suppress(KeyboardInterrupt):
        change(tmp_path)

    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"old": "changed"}


def test_what_is_done_stays(tmp_path: Path) -> None:
    """Without a failure the files are as they were written, and nothing lies beside them."""
    (tmp_path / "old").write_text("old")
    with kept_unless_done([tmp_path / "old", tmp_path / "new"]):
        (tmp_path / "old").unlink()
        (tmp_path / "new").write_text("made")

    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"new": "made"}


@pytest.mark.parametrize("has_case", [False, True], ids=["empty", "with a case"])
def test_a_new_store_stays_only_with_a_case(tmp_path: Path, *, has_case: bool) -> None:
    """A failure takes a store away that was made before it, but not one in which somebody has put a case."""
    path = tmp_path / "board.db"
    with suppress(KeyboardInterrupt), taken_away_if_empty(str(path)):
        with closing(open_sqlite(str(path), create=True)) as store:
            if has_case:
                store.append(CASE, BEGINNING, EMPTY)
        raise KeyboardInterrupt

    assert [one.name for one in tmp_path.iterdir()] == (["board.db"] if has_case else [])


def test_a_store_that_was_there_stays(tmp_path: Path) -> None:
    """Whoever made an empty store before finds it again after a failure."""
    path = tmp_path / "board.db"
    with closing(open_sqlite(str(path), create=True)):
        pass
    with suppress(KeyboardInterrupt), taken_away_if_empty(str(path)):
        raise KeyboardInterrupt

    assert path.exists()
