"""Snapshots of a register one after the other, and who is in the first and the last, and not in between."""

from pathlib import Path

import pytest

from tests.conftest import ran
from tests.imports.test_import import blocks

MAP = """\
[source]
name = "Roles"
[columns]
org = "=acme"
person_name = "name"
role = "role"
[dates]
formats = ["iso"]
end = "exclusive"
[options]
known = "download"
vanished = "cease"
"""
DAYS = ("2020-01-01", "2021-01-01", "2022-01-01")
ANN, BOB = "Ann,Director", "Bob,Director"


def snapshots(folder: Path, tables: list[str], map_: str = MAP, head: str = "name,role") -> list[str]:
    """Write snapshots of these days, and import them as one series; then nothing is new, one by one either."""
    (folder / "map.toml").write_text(map_)
    files = [str(folder / f"roles-{day}.csv") for day in DAYS]
    for file, table in zip(files, tables, strict=True):
        Path(file).write_text(f"{head}\n{table}\n")
    words = ("--map", str(folder / "map.toml"), "-o", str(folder / "log.jsonl"), "--allow")
    result = ran("import", *files, *words)
    assert (result.code, ran("check", str(folder / "log.jsonl")).code) == (0, 0), result.err
    assert ran("import", *files, *words).out.splitlines()[1].startswith("nothing new")
    assert ran("import", files[-1], *words, "--known", DAYS[-1]).out.splitlines()[1].startswith("nothing new")
    return [str(one["type"]) for one in blocks(folder / "log.jsonl") if "event" in one or one.get("person") == "ann"]


@pytest.mark.parametrize("row", ["", ",7"])
def test_who_is_back_in_a_register_without_dates_has_begun_anew(tmp_path: Path, row: str) -> None:
    """On the day on which the register lacked her she had no seat; she took it again some day after that."""
    map_ = MAP.replace("[columns]", '[columns]\nrow = "id"') if row else MAP
    with_ann = f"{ANN}{row}\n{BOB}{row and ',8'}"
    tables = [with_ann, f"{BOB}{row and ',8'}", with_ann]
    told = snapshots(tmp_path, tables, map_, "name,role" + (",id" if row else ""))
    *_, again = [one for one in blocks(tmp_path / "log.jsonl") if one.get("person") == "ann"]
    shown = ran("snapshot", str(tmp_path / "log.jsonl"), "--at", "2020-12-31").out
    then = ran("snapshot", str(tmp_path / "log.jsonl"), "--at", "2021-06-01").out

    assert told == ["appoint", "cease", "appoint"]
    assert (again["not_before"], again["not_after"], "at" in again) == ("2021-01-01", "2022-01-01", False)
    assert "Ann" not in then.partition("uncertain")[0]
    assert "Ann" in then.partition("uncertain")[2]
    assert "Ann" in shown.partition("uncertain")[2]


def test_who_is_back_with_a_later_beginning_has_begun_anew(tmp_path: Path) -> None:
    """A register that has dates says itself that it is another tenure, where it began after the other one was over."""
    map_ = MAP.replace("[dates]", 'start = "start"\n[dates]')
    tables = [f"{ANN},2019-01-01\n{BOB},2019-01-01", f"{BOB},2019-01-01", f"{ANN},2021-06-01\n{BOB},2019-01-01"]

    assert snapshots(tmp_path, tables, map_, "name,role,start") == ["appoint", "cease", "appoint"]


def test_who_is_back_with_the_same_beginning_was_never_gone(tmp_path: Path) -> None:
    """A register that says since when she has held it takes back, when she is back, that she had left."""
    map_ = MAP.replace("[dates]", 'start = "start"\n[dates]')
    with_ann = f"{ANN},2019-01-01\n{BOB},2019-01-01"

    told = snapshots(tmp_path, [with_ann, f"{BOB},2019-01-01", with_ann], map_, "name,role,start")
    assert told == ["appoint", "cease", "retract"]
    known_then = ran("snapshot", str(tmp_path / "log.jsonl"), "--at", "2021-06-01", "--known", "2021-06-01").out
    assert "director               Ann" not in known_then


def test_who_is_back_with_an_end_had_that_end(tmp_path: Path) -> None:
    """A register that says when she left corrects what was only taken from her having been left out."""
    map_ = MAP.replace("[dates]", 'end = "end"\n[dates]')
    told = snapshots(tmp_path, [f"{ANN},\n{BOB},", f"{BOB},", f"{ANN},2020-05-01\n{BOB},"], map_, "name,role,end")
    *_, end = [one for one in blocks(tmp_path / "log.jsonl") if one.get("person") == "ann"]

    assert told == ["appoint", "cease", "cease"]
    assert (end["at"], "corrects" in end) == ("2020-05-01", True)
