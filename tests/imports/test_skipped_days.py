"""Days that a zone never had: the day after the last in office is the next one that there was."""

from pathlib import Path

import pytest

from tests.conftest import ran
from tests.imports.test_import import MAP, blocks, of_map

SAMOA = MAP.replace("Europe/London", "Pacific/Apia").replace('"%d/%m/%Y", "%Y"', '"iso"').replace("Chief", "Director")
SAMOA = SAMOA.replace('"ceo"', '"director"').replace('cause = "why"\n', "")
HEAD = "name,role,start,end\n"
ROWS = "Ann,Director,2010-01-01,2011-12-29\nCy,Director,2011-12-30,\nDee,Director,2011-12-31,\n"


def imported(folder: Path, rows: str = ROWS, map_: str = SAMOA, known: str = "2021-01-01") -> tuple[int, str]:
    """The status of an import, and what it says of problems."""
    of_map(folder, HEAD + rows, map_)
    words = ("--map", str(folder / "map.toml"), "-o", str(folder / "log.jsonl"), "--known", known)
    result = ran("import", str(folder / "a.csv"), *words)
    return result.code, result.err


def test_a_last_day_before_one_that_was_skipped(tmp_path: Path) -> None:
    """The end is the next day that there was, and only the row that names the skipped one is rejected, in its line."""
    code, told = imported(tmp_path)
    found = [(one["type"], one["person"], one["at"]) for one in blocks(tmp_path / "log.jsonl") if "person" in one]

    assert (code, told.count("error[")) == (1, 1)
    assert "a.csv:3:1: error[nonexistent-time]: Pacific/Apia had no 2011-12-30 (column 'start')" in told
    assert sorted(found) == [
        ("appoint", "ann", "2010-01-01"),
        ("appoint", "dee", "2011-12-31"),
        ("cease", "ann", "2011-12-31"),
    ]
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


def test_a_last_day_that_was_skipped_is_none(tmp_path: Path) -> None:
    """Nobody was in office on a day that there was not; a birth, elsewhere in the world, can be on it."""
    map_ = SAMOA.replace("[dates]", 'born = "born"\n[dates]')
    of_map(tmp_path, "", map_)
    rows = "Ann,Director,2010-01-01,2011-12-30,\nBob,Director,2012-01-01,,2011-12-30\n"
    (tmp_path / "a.csv").write_text("name,role,start,end,born\n" + rows)
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--known", "2021-01-01")
    result = ran("import", str(tmp_path / "a.csv"), *words)

    assert result.err.count("error[") == 1
    assert "a.csv:2:1: error[nonexistent-time]" in result.err
    assert [one["person"] for one in blocks(tmp_path / "log.jsonl") if "person" in one] == ["bob"]


@pytest.mark.parametrize(
    ("map_", "row", "expected"),
    [
        (SAMOA.replace("[dates]", 'start_before = "start"\n[dates]').replace('start = "start"\n', ""), "", "not_after"),
        (SAMOA.replace("inclusive", "exclusive"), "2012-06-01", "until"),
    ],
)
def test_the_day_before_is_one_that_there_was(tmp_path: Path, map_: str, row: str, expected: str) -> None:
    """Whoever began before the day after the skipped one had begun by the day before that; a term ends likewise."""
    rows = "Ann,Director,2011-12-31,\n" if not row else "Ann,Director,2010-01-01,2011-12-31\n"
    code, told = imported(tmp_path, rows, map_, "2021-01-01" if not row else "2011-01-01")
    [opened] = [one for one in blocks(tmp_path / "log.jsonl") if one["type"] == "appoint"]

    assert (code, told) == (0, "")
    assert opened[expected] == "2011-12-29"


def test_a_download_on_a_day_that_was_skipped(tmp_path: Path) -> None:
    """The day of the download is one that there was, and whoever says another is told so."""
    code, told = imported(tmp_path, known="2011-12-30")

    assert code == 2
    assert "error[bad-dates]: Pacific/Apia had no 2011-12-30" in told
    assert not (tmp_path / "log.jsonl").exists()


def test_a_bulk_folder_of_a_table_with_such_a_day(tmp_path: Path) -> None:
    """It has the end of whoever left on the day before, until the 31st was over, and the same row rejected."""
    pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    of_map(
        tmp_path, "company,name,role,start,end\n", SAMOA.replace('org = "=acme"\n', "").replace('"=Acme"', '"company"')
    )
    rows = [f"Acme {number},{row}\n" for number in range(3) for row in ROWS.splitlines()]
    (tmp_path / "a.csv").write_text("company," + HEAD + "".join(rows))
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "bulk"), "--known", "2021-01-01")
    built = ran("bulk", "build", str(tmp_path / "a.csv"), *words)
    sql = (
        "SELECT DISTINCT org, person, until_not_after FROM tenures WHERE person = 'ann' AND until_not_after IS NOT NULL"
    )
    shown = ran("bulk", "query", str(tmp_path / "bulk"), "--sql", sql)

    assert built.err.count("error[nonexistent-time]") == 3, built.err
    assert "a.csv:3: error[nonexistent-time]: Pacific/Apia had no 2011-12-30" in built.err
    assert (shown.code, shown.out.count("2011-12-31T10:00:00Z")) == (0, 3), shown.out + shown.err
