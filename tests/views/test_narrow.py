"""On a narrow terminal nothing of a table is cut off."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import boardsim
from boardsim.views.text.log import in_rows, text
from tests.conftest import Run
from tests.unordered import LOG


def test_every_index_of_power_is_shown_where_the_table_has_no_room(run: Run) -> None:
    """Each director by themselves, with a line for each number; where there is room, side by side."""
    narrow = run("power", "openai-2023", "--vote", "removal-vote", columns=60).out.splitlines()
    wide = run("power", "openai-2023", "--vote", "removal-vote", columns=80).out.splitlines()

    assert narrow.count("  Coleman, initiate  1/15") == 4
    assert "  director           Ilya Sutskever" in narrow
    assert sum(line.endswith("1     1/15") for line in wide) == 4
    assert max(map(len, narrow)) <= 60


def test_every_cell_of_a_statement_is_shown_where_the_table_has_no_room(run: Run, tmp_path: Path) -> None:
    """A row of thirty columns, of which before not a letter was seen."""
    pytest.importorskip("duckdb")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "oak.toml").write_text(LOG)
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")
    asked = boardsim.bulk_query(tmp_path / "out", sql="SELECT * FROM tenures ORDER BY opened").to_dict()
    shown = run("bulk", "query", str(tmp_path / "out"), "--sql", "SELECT * FROM tenures ORDER BY opened", columns=80)
    lines = [line.split(maxsplit=1) for line in shown.out.splitlines() if line]

    rows = [[(name, str(cell)) for name, cell in zip(asked["columns"], row, strict=True)] for row in asked["rows"]]
    told = [(name, cell) for row in rows for name, cell in row if cell not in ("None", "[]")]
    assert [tuple(line) for line in lines if line[1] != "[]"] == told


def test_a_word_without_room_is_broken_and_not_cut_off() -> None:
    """Every letter of it is there, over several lines."""
    out = StringIO()
    Console(width=20, file=out).print(in_rows([[text("name"), text("x" * 50)]]))

    assert out.getvalue().count("x") == 50
