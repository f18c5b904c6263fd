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


def test_a_build_counts_what_it_folded(tmp_path: Path, run: Run) -> None:
    """Logs are folded, of which each may be of several organizations; of a tenure there may be several rows."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "oak.toml").write_text(LOG)
    said = run("bulk", "build", str(tmp_path / "logs"), "-o", str(tmp_path / "out"), columns=160).out

    assert ": 1 log folded, 1 of 1 partition written\n2 organizations, 3 rows of tenures, 4 events, " in said


def test_who_asks_nothing_of_a_folder_is_shown_the_options(out: Path, run: Run) -> None:
    """By their names, as they are typed."""
    result = run("bulk", "query", str(out), "--at", "2020-01-01")

    questions = "--org, --boards, --interlocks, --vacancies, --findings or --sql"
    assert (result.code, result.err.endswith(f"ask one question: {questions}\n")) == (2, True)


@pytest.mark.parametrize(("option", "called"), [("--boards", "person"), ("--org", "organization")])
def test_who_is_not_found_can_be_named_in_three_ways(out: Path, run: Run, option: str, called: str) -> None:
    """A person is no thing."""
    result = run("bulk", "query", str(out), option, "nobody")

    assert result.err.endswith(f"= hint: an identifier, an id or the whole name says which {called}\n")
