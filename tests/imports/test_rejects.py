"""Rejected rows are mended and imported by themselves, whatever the source was that they are from."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, ran
from tests.imports.tables import FIRST
from tests.imports.test_import import HEAD, MAP, TENURES, events, of_map, workbook

OFFICERS = {
    "links": {"self": "/company/01234567/officers"},
    "items": [
        {
            "name": "ROE, Jane",
            "officer_role": "director",
            "appointed_on": "2019-03-01",
            "resigned_on": "2018-03-01",
            "links": {
                "self": "/company/01234567/appointments/AAA",
                "officer": {"appointments": "/officers/BBB/appointments"},
            },
        },
        {
            "name": "DOE, John",
            "officer_role": "director",
            "appointed_on": "2019-03-01",
            "links": {
                "self": "/company/01234567/appointments/AAC",
                "officer": {"appointments": "/officers/CCC/appointments"},
            },
        },
    ],
}
BOARD = {
    "persons": [{"id": "p1", "name": "Jane Roe"}, {"id": "p2", "name": "John Doe"}],
    "organizations": [{"id": "o1", "name": "Acme plc"}],
    "memberships": [
        {
            "id": "m1",
            "person_id": "p1",
            "organization_id": "o1",
            "role": "director",
            "start_date": "2019-03-01",
            "end_date": "2018-03-01",
        },
        {"id": "m2", "person_id": "p2", "organization_id": "o1", "role": "director", "start_date": "2019"},
    ],
}
OPEN = {
    "officers": [
        {
            "officer": {
                "id": number,
                "name": name,
                "position": "director",
                "start_date": "2019-03-01",
                "end_date": end,
                "company": {"name": "ACME", "jurisdiction_code": "gb", "company_number": "1"},
            }
        }
        for number, (name, end) in enumerate((("JANE ROE", "2018-03-01"), ("JOHN DOE", None)))
    ]
}


def mended(folder: Path, *words: str) -> Result:
    """What comes of the rejected rows once the end is later than the beginning."""
    path = folder / "rejects.csv"
    path.write_text(path.read_text().replace("2018-03-01", "2020-05-01", 1))
    return ran("import", str(path), *words, "--partial")


@pytest.mark.parametrize(
    ("preset", "source"), [("companies-house", OFFICERS), ("popolo", BOARD), ("opencorporates", OPEN)]
)
def test_rejected_rows_of_a_register_are_mended_in_a_table(tmp_path: Path, preset: str, source: Any) -> None:
    """Of a register whose downloads are JSON they are a table all the same, and are imported as one."""
    (tmp_path / "a.json").write_text(json.dumps(source))
    words = ("--preset", preset, "-o", str(tmp_path / "log.jsonl"), "--known", FIRST)
    first = ran("import", str(tmp_path / "a.json"), *words)
    then = mended(tmp_path, *words)

    assert (first.code, then.code, then.err) == (1, 0, "")
    assert {one["at"] for one in events(tmp_path / "log.jsonl", "cease")} == {"2020-05-01"}
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


@pytest.mark.parametrize("source", ['format = "json"', 'format = "json"\nrows = "terms"\nencoding = "utf-16"'])
def test_rejected_rows_of_json_are_mended_in_a_table(tmp_path: Path, source: str) -> None:
    """Whatever the map says of the file that they are from: its format, its encoding, and where the rows are."""
    rows: list[dict[str, Any]] = [
        {"name": "Ann Äsh", "role": "Chief", "start": "01/03/2019", "end": "01/03/2018"},
        {"name": "Bob", "role": "Chief", "start": "01/03/2019", "more": "x"},
    ]
    within, encoding = "rows" in source, "utf-16" if "utf-16" in source else "utf-8"
    objects = [{"name": row.pop("name"), "terms": [row]} for row in rows] if within else rows
    (tmp_path / "a").write_text(json.dumps(objects, ensure_ascii=False), encoding)
    map_ = MAP.replace("[columns]", f"{source}\n[columns]").replace('cause = "why"\n', "")
    for name in ("role", "start", "end") if within else ():
        map_ = map_.replace(f'= "{name}"\n', f'= "terms.{name}"\n')
    (tmp_path / "map.toml").write_text(map_)
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--known", FIRST)
    first = ran("import", str(tmp_path / "a"), *words)
    path = tmp_path / "rejects.csv"
    path.write_text(path.read_text().replace("01/03/2018", "01/03/2020", 1))
    then = ran("import", str(path), *words, "--partial")

    assert (first.code, then.code, then.err) == (1, 0, "")
    assert {one["name"] for one in events(tmp_path / "log.jsonl", "person")} == {"Ann Äsh", "Bob"}


def test_rejected_rows_of_a_workbook_are_mended_in_a_table(tmp_path: Path) -> None:
    """That the map says xlsx, or which mark stands between cells, is of the file that they are from."""
    workbook(tmp_path / "a.xlsx", [HEAD, ["Ann", "Chief", "01/03/2019", "01/03/2018"], ["Bob", "Chief", "2019"]])
    (tmp_path / "map.toml").write_text(MAP.replace("[columns]", 'format = "xlsx"\ndelimiter = ";"\n[columns]'))
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--known", FIRST)
    first = ran("import", str(tmp_path / "a.xlsx"), *words)
    path = tmp_path / "rejects.csv"
    path.write_text(path.read_text().replace("01/03/2018", "01/03/2020", 1))

    assert first.code == 1
    assert ran("import", str(path), *words, "--partial").code == 0


def test_rejected_rows_that_a_spreadsheet_saved_are_read_as_the_map_says(tmp_path: Path) -> None:
    """In the encoding and with the delimiter of the map, where they are not in UTF-8, or not with commas."""
    of_map(
        tmp_path,
        "",
        MAP.replace("[columns]", 'encoding = "cp1252"\ndelimiter = ";"\n[columns]').replace('cause = "why"\n', ""),
    )
    (tmp_path / "a.csv").write_text("name;role;start;end\nAnn Äsh;Chief;soon;\nBob;Chief;2018;\n", "cp1252")
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--known", FIRST)
    assert ran("import", str(tmp_path / "a.csv"), *words).code == 1
    path = tmp_path / "rejects.csv"
    text = path.read_text().replace("soon", "2019", 1)

    for saved in (text, text.replace(",", ";")):
        path.write_text(saved, "cp1252")
        assert ran("import", str(path), *words, "--partial", "--dry-run").code == 0
    assert ran("import", str(path), *words, "--partial").code == 0
    assert {one["name"] for one in events(tmp_path / "log.jsonl", "person")} == {"Ann Äsh", "Bob"}


def test_rejected_rows_of_the_table_of_tenures_need_no_map(tmp_path: Path) -> None:
    """They are known by their columns, as the table itself is."""
    (tmp_path / "tenures.csv").write_text(TENURES.replace("2020-05-01,2020", "2018-03-01,2020", 1))
    words = ("-o", str(tmp_path / "log.jsonl"))
    first = ran("import", str(tmp_path / "tenures.csv"), *words)

    assert (first.code, mended(tmp_path, *words, "--known", FIRST).code) == (1, 0)
    assert len(events(tmp_path / "log.jsonl", "resign")) == 1


def test_rejected_rows_of_several_snapshots_are_one_table(tmp_path: Path) -> None:
    """Where the snapshots have other columns, the table has all of them, and one row with their names."""
    tables = {"a-2020-01-01.csv": "name,role,start,end,why,x\nAnn,Chief,soon,,,1\nBob,Chief,2018,,,2\n"}
    tables["a-2021-01-01.csv"] = "name,y,role,start,end,why\nAnn,3,Chief,soon,,\nBob,4,Chief,2018,,\n"
    for name, text in tables.items():
        of_map(tmp_path, text, MAP, name)
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"))
    result = ran("import", *(str(tmp_path / name) for name in tables), *words)
    head, *rows = (tmp_path / "rejects.csv").read_text().splitlines()

    assert result.code == 1
    assert head == "name,role,start,end,why,x,y,import_file,import_line,import_reasons"
    assert [row.split(",")[:7] for row in rows] == [
        ["Ann", "Chief", "soon", "", "", "1", ""],
        ["Ann", "Chief", "soon", "", "", "", "3"],
    ]
