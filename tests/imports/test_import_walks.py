"""The walks of docs/import.md, in a folder with the files that the page shows."""

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run
from tests.test_docs import PYTHON, SESSION, files_of, played

PAGE = ROOT / "docs" / "import.md"


def test_the_walks_print_what_they_show(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, and its Python, runs in one folder with its files, and prints what the page shows."""
    text = PAGE.read_text()
    for name, content in files_of(PAGE).items():
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    now = SESSION.sub(lambda session: played(run, session[0]), text)
    if os.environ.get("BOARDSIM_UPDATE"):
        PAGE.write_text(now)
    else:
        assert text == now
    for block in PYTHON.findall(text):
        exec(block, {})  # noqa: S102 -- the page is ours


def test_every_key_of_a_map_is_on_the_page() -> None:
    """No key can be written in a map that the page does not name."""
    from boardsim.imports.mapping import COLUMNS, DATES, OPTIONS, SOURCE  # noqa: PLC0415

    text = PAGE.read_text()
    keys = [*COLUMNS, *DATES.shapes, *OPTIONS.shapes, *SOURCE.shapes]

    assert [key for key in keys if f"`{key}`" not in text] == []
