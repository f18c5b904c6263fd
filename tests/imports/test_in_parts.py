"""A large source is read in parts: the same log comes out as where all rows are held at once."""

import errno
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim.imports import in_parts, spools
from tests.conftest import Result, ran
from tests.imports.tables import FIRST
from tests.sizes import tries

MAP = """\
[source]
name = "Register"
timezone = "Europe/London"
[columns]
row = "id"
org = "company"
org_name = "company_name"
person_name = "name"
role = "role"
seat = "seat"
born = "born"
start = "from"
end = "to"
[dates]
formats = ["%d/%m/%Y", "iso"]
end = "exclusive"
words = { "ever" = "unknown" }
[options]
known = "download"
holders = { chair = 1 }
same_person = ["name", "born"]
"""
HEAD = "id,company,company_name,name,role,seat,born,from,to\n"
SMALL = 3
"""Rows of a part, and so few that every table of the tests has parts."""

DAYS = ("01/02/2001", "2001", "2001-02", "02/03/2004", "2004", "05/06/2007", "ever", "no date")
CELLS = {
    "id": st.sampled_from(("", *map(str, range(40)))),
    "company": st.sampled_from(("1", "2", "3", "4", "5", "")),
    "company_name": st.sampled_from(("Helios", "Selene", "Terra & Co", "")),
    "name": st.sampled_from(("Ada Moreno", "Ada Morena", "Ben Ode", "Zoë Lind", "Zoe Lind", "Cy Young", "")),
    "role": st.sampled_from(("Director", "director", "Chair", "Clerk of Works")),
    "seat": st.sampled_from(("", "", "Founder", "Staff")),
    "born": st.sampled_from(("", "1950", "1951")),
    "from": st.sampled_from(DAYS),
    "to": st.sampled_from(("", "", *DAYS)),
}
TABLES = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=40)


def imported(folder: Path, table: str, form: str, **limits: int) -> tuple[Result, dict[str, bytes]]:
    """What an import does, and all files that there are then."""
    folder.mkdir(parents=True)
    (folder / "map.toml").write_text(MAP)
    (folder / "a.csv").write_text(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in limits.items():
            patch.setattr(in_parts, name, value)
        result = ran("import", "a.csv", "--map", "map.toml", "-o", form, "--known", FIRST, "--json")
    return result, {path.name: path.read_bytes() for path in folder.iterdir()}


def report(result: Result) -> Any:
    """What is reported, but for the examples of problems, of which a few are taken."""
    found = json.loads(result.out) if result.out else {}
    for problem in found.get("problems", ()):
        del problem["examples"]
    return found


@settings(max_examples=tries(400, 16))
@given(rows=TABLES, form=st.sampled_from(["log.jsonl", "log.toml"]))
def test_the_log_is_the_same_to_the_letter(rows: list[dict[str, str]], form: str) -> None:
    """Log, ids, questions and rejected rows are the same files, and the report says the same."""
    table = HEAD + "".join(",".join(row.values()) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as name:
        whole, files = imported(Path(name, "whole", "here"), table, form)
        parts, same = imported(
            Path(name, "parts", "here"), table, form, MANY=1, SHORTEST=0, PART=SMALL, PARTS_A_SHELF=1
        )

    assert parts.code == whole.code
    assert same == files
    assert report(parts) == report(whole)


def test_events_of_many_parts_are_in_order(tmp_path: Path) -> None:
    """Rows of many organizations, in no order, some of them of one day, are put in order on several shelves."""
    days = [f"{1 + number * 7 % 9:02}/{1 + number * 5 % 12:02}" for number in range(120)]
    rows = [
        f"{n},{n % 11},Company {n % 11},Person {n},Director,,,{day}/2000,{day}/{2000 + n % 3}\n"
        for n, day in enumerate(days)
    ]
    _, whole = imported(tmp_path / "whole" / "here", HEAD + "".join(rows), "log.jsonl")
    _, parts = imported(
        tmp_path / "parts" / "here", HEAD + "".join(rows), "log.jsonl", MANY=1, SHORTEST=0, PART=9, PARTS_A_SHELF=4
    )

    assert parts == whole
    assert whole["log.jsonl"].count(b'"appoint"') == len(rows)


def test_a_large_table_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table beyond the limit is, one below it is not; one id of two rows of two companies is found out."""
    seen: list[object] = []
    read = in_parts.read_in_parts

    def watched(*them: Any) -> object:
        seen.append(read(*them))
        return seen[-1]

    monkeypatch.setattr("boardsim.imports.run.read_in_parts", watched)
    rows = [f"{n % 7},{n},Company {n},Person {n},Director,,,01/02/2001,\n" for n in range(9)]
    for number, many in enumerate((9, 10)):
        result, files = imported(
            tmp_path / str(number), HEAD + "".join(rows), "log.jsonl", MANY=many, SHORTEST=1, PART=1
        )
        assert (result.code, files["log.jsonl"].count(b'"appoint"')) == (0, 9)

    assert [parts is not None for parts in seen] == [True, False]


@pytest.mark.parametrize("extra", ["", "1950"])
def test_two_names_of_one_number_are_told_of_parts_too(tmp_path: Path, extra: str) -> None:
    """A number that two rows of two companies have, with clearly other names, is noted as it is of a small table."""
    names = ("Ada Moreno", "Ada Young", "Ben Ode")
    rows = [f"{n},{n},Company {n},{name},Director,,{extra},01/02/2001,,P1\n" for n, name in enumerate(names)]
    map_ = MAP.replace("[columns]", '[columns]\nperson = "number"')
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "MAP", map_)
        table = HEAD.strip() + ",number\n" + "".join(rows)
        whole, _ = imported(tmp_path / "whole" / "here", table, "log.jsonl")
        parts, _ = imported(tmp_path / "parts" / "here", table, "log.jsonl", MANY=1, SHORTEST=0, PART=1)
    [note] = report(parts)["problems"]

    assert report(parts) == report(whole)
    assert (note["code"], note["count"]) == ("other-name", 1)


def test_no_room_for_the_parts_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder for temporary files takes no more, the reason is told, and there is no log."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spools, "write", full)
    table = HEAD + "1,1,Helios,Ada,Director,,,01/02/2001,\n"
    result, files = imported(tmp_path / "here", table, "log.jsonl", MANY=1, SHORTEST=0)

    assert (result.code, "No space left on device" in result.err, "TMPDIR" in result.err) == (2, True, True)
    assert set(files) == {"a.csv", "map.toml"}
