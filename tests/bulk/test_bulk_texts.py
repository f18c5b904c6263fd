"""What a bulk folder answers to people."""

from pathlib import Path

import pytest

import boardsim
from tests.conftest import Run
from tests.unordered import LOG

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A bulk folder of one log."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "oak.toml").write_text(LOG)
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")
    return tmp_path / "out"


def test_instants_are_shown_as_all_texts_show_them(out: Path, run: Run) -> None:
    """To the second, with the offset: of the question, of what was known, and of what is told."""
    asked = run("bulk", "query", str(out), "--org", "id:oak", "--at", "2020-06-01", "--known", "2020-07-01").out
    vacant = run("bulk", "query", str(out), "--vacancies", columns=160).out

    assert asked.splitlines()[0] == "2020-06-01 23:59:59 +00:00  as known at 2020-07-01 23:59:59 +00:00"
    assert "nobody on the board  since 2020-05-0" in vacant
    assert " 00:00:00 +00:00" in vacant
