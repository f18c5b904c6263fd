"""Imports, one by one: what comes of a table, of a newer one, of registers, and of what is wrong."""

import datetime as dt
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import boardsim
from boardsim.kernel import replay
from boardsim.snapshots import snapshot
from tests.conftest import Run, ran
from tests.imports.tables import FIRST, SECOND, THIRD, Row, held, imported, spans, write
from tests.views.documents import held as document

FIXTURES = Path(__file__).parent / "fixtures"
ANN = Row("r1", "Acme", "Ann Ash", "Director", 0, 5)
BOB = Row("r2", "Acme", "Bob Birch", "Director", 1, None)


def blocks(log: Path) -> list[dict[str, object]]:
    """The blocks of a log in JSON Lines."""
    return [json.loads(line) for line in log.read_text().splitlines()]


def events(log: Path, kind: str) -> list[dict[str, object]]:
    """The events of a type."""
    return [block for block in blocks(log) if block["type"] == kind]


def of_map(folder: Path, text: str, map_: str, name: str = "a.csv") -> None:
    """A table and its map in a folder."""
    (folder / name).write_text(text)
    (folder / "map.toml").write_text(map_)


MAP = """\
[source]
name = "Register"
timezone = "Europe/London"
[columns]
org = "=acme"
org_name = "=Acme"
person_name = "name"
role = "role"
start = "start"
end = "end"
cause = "why"
[dates]
formats = ["%d/%m/%Y", "%Y"]
end = "inclusive"
words = { "present" = "open", "?" = "unknown" }
[causes]
"Resignation" = "resign"
[roles]
"Chief" = "ceo"
[options]
known = "download"
"""


def test_what_a_cell_means(tmp_path: Path) -> None:
    """Causes are never guessed, words mean what the map says, a last day is one, and a plan closes nothing."""
    rows = (
        "name,role,start,end,why\n"
        "Ann Ash,Chief,01/02/2019,28/02/2020,Resignation\n"
        "Bob Birch,Chief,01/03/2020,?,\n"
        "Cy Cole,Keeper of Keys,2018,present,\n"
        "Dee Dale,Chief,?,31/12/2018,Removed\n"
        "Eva Eld,Chief,01/01/2020,31/12/2029,\n"
    )
    of_map(tmp_path, rows, MAP)
    result = imported(tmp_path, "a.csv", FIRST)
    by = {(one["type"], one["person"]): one for one in blocks(tmp_path / "log.jsonl") if "person" in one}

    assert (result.code, result.err) == (0, "")
    assert by["resign", "ann-ash"]["at"] == "2020-02-29"
    assert by["cease", "bob-birch"]["not_after"] == FIRST
    assert "at" not in by["cease", "bob-birch"]
    assert by["appoint", "cy-cole"] | {"at": "2018", "role": "keeper-of-keys"} == by["appoint", "cy-cole"]
    assert by["appoint", "dee-dale"]["not_after"] == "2018-12-31"
    assert by["cease", "dee-dale"]["cause"] == "Removed"
    assert by["appoint", "eva-eld"]["until"] == "2029-12-31"
    assert ("cease", "eva-eld") not in by
    assert {one["id"]: one.get("holders") for one in events(tmp_path / "log.jsonl", "role")} == {
        "ceo": "any",
        "keeper-of-keys": "any",
    }
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


def test_each_event_at_its_own_date_is_tagged(tmp_path: Path) -> None:
    """Where nobody knows when it became public, the events say so, and so does the report."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Chief,01/02/2019,,\n", MAP.replace('"download"', '"start"'))
    result = ran(
        "import", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.toml")
    )

    assert result.code == 0
    assert "known-assumed" in result.err
    assert 'tags = ["known-assumed"]' in (tmp_path / "log.toml").read_text()


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("report", {ANN, BOB}), ("retract", {BOB}), ("cease", {ANN, BOB})],
)
def test_a_row_that_vanished(tmp_path: Path, mode: str, expected: set[Row]) -> None:
    """It is reported, and taken back only where the map says so."""
    write(tmp_path, [ANN, BOB], "a.csv", vanished=mode)
    imported(tmp_path, "a.csv", FIRST)
    write(tmp_path, [BOB], "b.csv", vanished=mode)
    result = imported(tmp_path, "b.csv", SECOND)

    assert "1 tenure of the log not in this source" in result.out
    assert held(tmp_path / "log.jsonl") == spans(expected)
    assert imported(tmp_path, "b.csv", SECOND).out.splitlines()[1].startswith("nothing new")


def test_an_open_row_that_vanished_ended_between_the_downloads(tmp_path: Path) -> None:
    """The span of its end is from the last download to this one."""
    write(tmp_path, [ANN, BOB], "a.csv", vanished="cease")
    imported(tmp_path, "a.csv", FIRST)
    write(tmp_path, [ANN], "b.csv", vanished="cease")
    imported(tmp_path, "b.csv", SECOND)
    [end] = [one for one in events(tmp_path / "log.jsonl", "cease") if one["person"] == "bob-birch"]

    assert (end["not_before"], end["not_after"], "at" in end) == (FIRST, SECOND, False)
    assert imported(tmp_path, "b.csv", SECOND).out.splitlines()[1].startswith("nothing new")
    write(tmp_path, [ANN, BOB], "c.csv", vanished="cease")
    imported(tmp_path, "c.csv", THIRD)
    assert held(tmp_path / "log.jsonl") == spans([ANN, BOB])


def test_a_download_cut_short_is_not_believed(tmp_path: Path) -> None:
    """A newer file that lacks most rows is refused, unless somebody says that it is meant, or that it is a part."""
    many = [Row(f"r{n}", "Acme", person, "Director", n, None) for n, person in enumerate(("A B", "C D", "E F"))]
    write(tmp_path, many, "a.csv")
    imported(tmp_path, "a.csv", FIRST)
    before = (tmp_path / "log.jsonl").read_bytes()
    write(tmp_path, many[:1], "b.csv")
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--known", SECOND)

    refused = ran("import", str(tmp_path / "b.csv"), *words)
    assert (refused.code, "many-vanished" in refused.err) == (1, True)
    assert ran("import", str(tmp_path / "b.csv"), *words, "--partial").code == 0
    assert (tmp_path / "log.jsonl").read_bytes() == before
    assert ran("import", str(tmp_path / "b.csv"), *words, "--allow").code == 0
    assert held(tmp_path / "log.jsonl") == spans(many[:1])


def test_a_row_with_more_cells_than_columns_is_rejected(tmp_path: Path) -> None:
    """A comma without quotation marks shifts cells, so none of them is taken; empty cells at the end shift none."""
    of_map(
        tmp_path,
        "name,role,start,end,why,extra\nAsh, Ann,Chief,01/02/2019,,,x\nBob Birch,Chief,01/02/2019,,,y,,\n",
        MAP,
    )
    first = imported(tmp_path, "a.csv", FIRST)

    assert "a.csv:2:1: error[too-many-cells]: the row has 1 cell more than there are columns" in first.err
    assert (tmp_path / "rejects.csv").read_text().splitlines()[1].startswith('Ash, Ann,Chief,01/02/2019,,", x",')
    assert [one["person"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["bob-birch"]


def test_rejected_rows_are_kept_and_can_be_mended(tmp_path: Path) -> None:
    """They stand as they were, with their lines and reasons; mended, they are imported by themselves."""
    of_map(tmp_path, "name,role,start,end,why,extra\nAnn Ash,Chief,01/02/2019,,,x\nBob Birch,Chief,soon,,,y\n", MAP)
    first = imported(tmp_path, "a.csv", FIRST)
    rejects = (tmp_path / "rejects.csv").read_text()

    assert first.code == 1
    assert "1 rejected" in first.out
    assert rejects.splitlines()[1].startswith(f"Bob Birch,Chief,soon,,,y,{tmp_path / 'a.csv'},3,'soon' is not a date")
    assert imported(tmp_path, "a.csv", FIRST).code == 1
    (tmp_path / "rejects.csv").write_text(rejects.replace("soon,", "01/03/2019,", 1))
    assert imported(tmp_path, "rejects.csv", FIRST, "--partial").code == 0
    [bob] = [one for one in events(tmp_path / "log.jsonl", "appoint") if one["person"] == "bob-birch"]
    assert bob["sources"] == ["Register, line 3"]


@pytest.mark.parametrize(("start", "expected"), [("soon", "unreadable-date"), ("?", "undated-start")])
def test_a_beginning_that_cannot_be_read_is_not_called_unknown(tmp_path: Path, start: str, expected: str) -> None:
    """A row has one fault for one cell: either nobody can read it, or it says that nobody knows."""
    of_map(
        tmp_path,
        f"name,role,start,end,why\nBob Birch,Chief,2018,,\nAnn Ash,Chief,{start},,\n",
        MAP.replace("download", "start"),
    )
    result = ran(
        "import", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "l.jsonl")
    )

    assert result.code == 1
    assert result.err.count("error[") == 1
    assert f"error[{expected}]" in result.err


@pytest.mark.parametrize(
    "text",
    [
        *("Vacant", "VACANCY", "(vacant)", "vakant", "Vacante", "N/A", "N. A.", "-", "TBC", "tbd", "To be appointed"),
        *("None", "NULL", "NaN", "Unknown", "Not known", "Name not disclosed", "N.N.", "N. N.", "NN", "[no name]"),
    ],
)
def test_who_stands_for_nobody_is_no_person(tmp_path: Path, text: str) -> None:
    """A seat that is vacant is no row of a register of people: it is rejected, with the reason."""
    of_map(tmp_path, f"name,role,start,end,why\n{text},Director,2019,,\nVacant Jones,Director,2019,,\n", MAP)
    result = imported(tmp_path, "a.csv", FIRST)

    assert [one["name"] for one in events(tmp_path / "log.jsonl", "person")] == ["Vacant Jones"]
    assert f"the row names no person: '{text}' is nobody's name" in result.err
    assert result.code == 1


def test_a_word_that_means_something_else_in_a_log_is_no_id(tmp_path: Path) -> None:
    """Whatever is called so: a seat, a log, a role, an organization, a person."""
    map_ = MAP.replace('cause = "why"', 'seat = "why"').replace('"=Acme"', '"=Board"').replace('org = "=acme"\n', "")
    of_map(tmp_path, "name,role,start,end,why\nMembers,Director,2019,,Staff\nAnn,Staff,2019,,\n", map_)
    log = tmp_path / "members.jsonl"
    result = ran(
        "import", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.toml"), "--known", FIRST, "-o", str(log)
    )
    kinds = ("log", "org", "role", "person")

    assert result.code == 0, result.err
    assert ran("check", str(log)).code == 0
    assert [one["id"] for kind in kinds for one in events(log, kind)][:3] == ["members-log", "board-2", "staff-2"]
    assert {one.get("seat") for one in events(log, "appoint")} == {"staff-seat", None}


def test_strict_writes_nothing(tmp_path: Path) -> None:
    """One rejected row is enough to refuse the whole."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Chief,01/02/2019,,\nBob Birch,Chief,soon,,\n", MAP)
    result = imported(tmp_path, "a.csv", FIRST, "--strict")

    assert (result.code, "unreadable-date" in result.err) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "map.toml"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """The report says what would be written, as data held to its schema; no file is made."""
    write(tmp_path, [ANN, BOB], "a.csv")
    told = document(json.loads(imported(tmp_path, "a.csv", FIRST, "--dry-run", "--json").out))

    assert (told["read"], told["used"], told["events"], told["written"]) == (2, 2, {"appoint": 2, "cease": 1}, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "map.toml"]


def test_what_was_corrected_by_hand_stays(tmp_path: Path) -> None:
    """A source that says what it said before changes nothing of what somebody corrected meanwhile."""
    write(tmp_path, [ANN, BOB], "a.csv")
    imported(tmp_path, "a.csv", FIRST)
    log = str(tmp_path / "log.jsonl")
    [end] = events(tmp_path / "log.jsonl", "cease")
    assert ran("correct", log, str(end["id"]), "--at", "2020-01-05", "--known", "2021-01-10").code == 0
    write(tmp_path, [ANN, BOB], "b.csv")

    assert imported(tmp_path, "b.csv", SECOND).out.splitlines()[1].startswith("nothing new")
    assert ("Acme", "Ann Ash", "Director", 0, 4) in held(tmp_path / "log.jsonl")


def test_ids_are_kept(tmp_path: Path) -> None:
    """Names alike get numbers by their keys, not by the order of rows, and nobody is renamed later."""
    map_ = MAP.replace('person_name = "name"', 'person = "key"\nperson_name = "name"')
    head, ann = "key,name,role,start,end,why\n", "{},Ann Äsh,Chief,0{}/02/2019,,\n"
    of_map(tmp_path, head + ann.format("K2", 1) + ann.format("K1", 2), map_)
    imported(tmp_path, "a.csv", FIRST)
    kept = (tmp_path / "IDS.toml").read_text()
    (tmp_path / "b.csv").write_text(head + ann.format("K0", 3) + ann.format("K2", 1) + ann.format("K1", 2))
    imported(tmp_path, "b.csv", SECOND)

    assert '"K1" = "ann-ash"\n"K2" = "ann-ash-2"' in kept
    assert '"K0" = "ann-ash-3"\n"K1" = "ann-ash"\n"K2" = "ann-ash-2"' in (tmp_path / "IDS.toml").read_text()
    assert [one["identifiers"] for one in events(tmp_path / "log.jsonl", "person")] == [
        {"key": k} for k in ("K1", "K2", "K0")
    ]


def test_people_are_joined_only_by_an_answer(tmp_path: Path) -> None:
    """Similar names at one organization are asked about, and the answer holds from then on."""
    map_ = MAP.replace('"Resignation" = "resign"', "")
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Chief,01/02/2018,,\nAnne Ash,Clerk,01/03/2019,,\n", map_)
    first = imported(tmp_path, "a.csv", FIRST)
    questions = tmp_path / "matches.csv"

    assert "1 pair of people may be one" in first.err
    assert {"ann-ash", "anne-ash"} == {one["person"] for one in events(tmp_path / "log.jsonl", "appoint")}
    questions.write_text(questions.read_text().replace("\n,acme", "\nsame,acme"))
    second = imported(tmp_path, "a.csv", SECOND)
    history = replay(boardsim.load(str(tmp_path / "log.jsonl")).log)

    assert (second.code, "may be one" in second.err) == (0, False)
    assert {tenure.opened.person for tenure in history.tenures("acme")} == {"ann-ash"}
    assert imported(tmp_path, "a.csv", SECOND).out.splitlines()[1].startswith("nothing new")


def test_snapshots_of_a_register_without_dates(tmp_path: Path) -> None:
    """Who appears, and who is gone, did so between two downloads; the dates are those in the files' names."""
    map_ = (
        '[source]\nname = "Roles"\n[columns]\norg = "=acme"\nperson_name = "name"\nrole = "role"\n'
        '[dates]\nend = "exclusive"\n[options]\nknown = "download"\nvanished = "cease"\n'
    )
    days = {"2024-01-01": "Ann", "2024-02-01": "Ann,Bob", "2024-03-01": "Bob"}
    for day, names in days.items():
        (tmp_path / f"roles-{day}.csv").write_text("name,role\n" + "".join(f"{n},Director\n" for n in names.split(",")))
    (tmp_path / "map.toml").write_text(map_)
    files = [str(tmp_path / f"roles-{day}.csv") for day in days]
    words = ("--map", str(tmp_path / "map.toml"), "-o", str(tmp_path / "log.jsonl"), "--allow")
    result = ran("import", *files, *words)
    made = {(one["type"], one["person"]): one for one in blocks(tmp_path / "log.jsonl") if "person" in one}

    assert result.code == 0, result.err
    assert made["appoint", "ann"]["not_after"] == "2024-01-01"
    assert (made["appoint", "bob"]["not_before"], made["appoint", "bob"]["not_after"]) == ("2024-01-01", "2024-02-01")
    assert (made["cease", "ann"]["not_before"], made["cease", "ann"]["not_after"]) == ("2024-02-01", "2024-03-01")
    assert ran("import", *files, *words).out.splitlines()[1].startswith("nothing new")
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


def test_a_map_is_no_log(tmp_path: Path) -> None:
    """Whoever names the map where the log goes is told so, and the map stays as it is."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Director,01/02/2020,,\n", MAP)
    path = tmp_path / "map.toml"
    result = ran("import", str(tmp_path / "a.csv"), "--map", str(path), "-o", str(path), "--known", FIRST)

    assert (result.code, "error[missing-header]: the log has no [log] header" in result.err) == (1, True)
    assert path.read_text() == MAP


@pytest.mark.parametrize("name", ["log.jsonl", "other.jsonl", "map.toml"])
def test_rejected_rows_take_the_place_of_no_log(tmp_path: Path, name: str) -> None:
    """Neither of the one that is begun, nor of another one, nor of the map."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Director,01/02/2020,,\nBob,Director,soon,,\n", MAP)
    (tmp_path / "other.jsonl").write_text('{"type":"log","schema":1,"id":"other"}\n')
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = imported(tmp_path, "a.csv", FIRST, "--rejects", str(tmp_path / name))

    assert result.code == 2
    assert "= hint: choose another name for the rejected rows" in result.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["d.xlsx", "d.ods", "d.json", "d.tsv", "d"])
def test_rejected_rows_are_a_table_with_commas(tmp_path: Path, name: str) -> None:
    """No file gets them whose name says that it is something else, before anything is read."""
    of_map(tmp_path, "name,role,start,end,why\nBob,Director,soon,,\nAnn,Director,2020,,\n", MAP)
    result = imported(tmp_path, "a.csv", FIRST, "--rejects", str(tmp_path / name))

    assert result.code == 2
    assert f"error[unknown-format]: '{tmp_path / name}' cannot be where the rejected rows go" in result.err
    assert "= hint: they are a table with commas: end its name with .csv" in result.err
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "map.toml"}
    assert imported(tmp_path, "a.csv", FIRST, "--rejects", str(tmp_path / "D.CSV")).code == 1


@pytest.mark.parametrize("name", ["d3.xlsx", "d3", "folder/d3.csv"])
def test_a_new_log_ends_as_logs_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whoever names something else to import into is told how logs end, and nothing is written."""
    of_map(tmp_path, "name,role,start,end,why\nAnn,Director,01/02/2020,,\n", MAP)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    result = ran("import", "a.csv", "--map", "map.toml", "-o", name, "--known", FIRST)

    assert result.code == 2
    assert f"error[unknown-format]: '{name}' cannot be the log" in result.err
    assert "= hint: a log ends with .toml or .jsonl; one in a database is named sqlite:FILE" in result.err
    assert {path.name for path in tmp_path.rglob("*")} == {"a.csv", "map.toml", "folder"}


def test_a_log_of_another_name_is_continued(tmp_path: Path) -> None:
    """A log that is there already may be called anything."""
    of_map(tmp_path, "name,role,start,end,why\nAnn,Director,01/02/2020,,\n", MAP)
    path = tmp_path / "board.log"
    path.write_text('[log]\nschema = 1\nid = "board"\n')

    assert (
        ran(
            "import", str(tmp_path / "a.csv"), "--map", str(tmp_path / "map.toml"), "-o", str(path), "--known", FIRST
        ).code
        == 0
    )


def test_the_columns_of_a_researcher_are_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A firm is an organization, and its directors are people."""
    monkeypatch.chdir(tmp_path)
    rows = "Acme,Ann Ash,Director,2001-01-01,2010-01-01\n"
    for header in ("firm,director,role,from,to", "Firm name,Director name,Role,Date from,Date to"):
        (tmp_path / "boards.csv").write_text(f"{header}\n{rows}")
        (tmp_path / "boards.map.toml").unlink(missing_ok=True)

        said = "line 2: Ann Ash becomes Director at Acme on 2001-01-01, until 2010-01-01\n"
        assert said in ran("import", "boards.csv", "-o", "log.jsonl").err


def test_a_map_is_guessed_and_has_to_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a map one is written beside the table, and nothing else happens; what nobody can guess is left open."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "board.csv").write_text("Company,Name,Position,Appointed on\nAcme,Ann Ash,Director,31/01/2019\n")
    result = ran("import", "board.csv", "-o", "log.jsonl")
    text = (tmp_path / "board.map.toml").read_text()

    assert result.code == 2
    assert "Ann Ash becomes Director at Acme on 31/01/2019" in result.err
    assert 'org_name = "Company"' in text
    assert 'formats = ["%d/%m/%Y"]' in text
    assert "TO SAY" in text
    ready = text.replace('# end = "', 'end = "').replace('# known = "', 'known = "')
    (tmp_path / "board.map.toml").write_text(ready)
    assert ran("import", "board.csv", "--map", "board.map.toml", "-o", "log.jsonl", "--known", FIRST).code == 0


def test_a_store(tmp_path: Path) -> None:
    """A case in a store gets the same blocks as a file, and the second time none."""
    write(tmp_path, [ANN, BOB], "a.csv")
    store = f"sqlite:{tmp_path / 'board.db'}#register"
    words = ("--map", str(tmp_path / "map.toml"), "--known", FIRST)
    imported(tmp_path, "a.csv", FIRST, log="register.jsonl")

    assert ran("import", str(tmp_path / "a.csv"), *words, "-o", store).code == 0
    stored = ran("export", store, "--format", "jsonl").out
    assert stored == ran("export", str(tmp_path / "register.jsonl"), "--format", "jsonl").out
    assert ran("import", str(tmp_path / "a.csv"), *words, "-o", store).out.splitlines()[1].startswith("nothing new")


HAND_MADE = """\
[log]
schema = 1
id = "acme"
timezone = "Europe/London"

[[org]]
id = "acme"
name = "Acme"

[[person]]
id = "ann-ash"
name = "Ann Ash"

# A remark of its author.
[[event]]
type = "appoint"
id = "first"
at = 2010-01-01
person = "ann-ash"
org = "acme"
role = "director"
"""


def test_a_log_made_by_hand_is_added_to(tmp_path: Path) -> None:
    """Its text stays as it is; the organization that the map names is that of the log; a namesake is asked about."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Chief,01/02/2019,,\n", MAP)
    (tmp_path / "log.toml").write_text(HAND_MADE)
    first = imported(tmp_path, "a.csv", FIRST, log="log.toml")
    text = (tmp_path / "log.toml").read_text()

    assert first.code == 0, first.err
    assert text.startswith(HAND_MADE)
    assert text.count("[[org]]") == 1
    assert 'person = "ann-ash-2"' in text
    assert "1 pair of people may be one" in first.err
    questions = tmp_path / "matches.csv"
    questions.write_text(questions.read_text().replace("\n,acme", "\nsame,acme"))
    assert imported(tmp_path, "a.csv", SECOND, log="log.toml").code == 0
    tenures = replay(boardsim.load(str(tmp_path / "log.toml")).log).tenures("acme")
    assert {(one.role, one.opened.person) for one in tenures} == {("director", "ann-ash"), ("ceo", "ann-ash")}
    assert ran("check", str(tmp_path / "log.toml")).code == 0


def test_what_it_cannot_bear_is_not_written(tmp_path: Path) -> None:
    """A log of which somebody says that a role has one holder refuses a second one, and stays as it was."""
    of_map(tmp_path, "name,role,start,end,why\nBob,Boss,01/02/2019,,\nCy,Boss,01/03/2019,,\n", MAP)
    hand_made = HAND_MADE + '\n[[role]]\nid = "boss"\nkind = "office"\nholders = 1\n'
    (tmp_path / "log.toml").write_text(hand_made)
    result = imported(tmp_path, "a.csv", FIRST, log="log.toml")

    assert (result.code, "error[role-full]" in result.err) == (1, True)
    assert (tmp_path / "log.toml").read_text() == hand_made


def test_seats_limits_and_since_when_it_is_whole(tmp_path: Path) -> None:
    """Named seats are declared as they were held, which is assumed; a limit and a date are the map's to say."""
    map_ = MAP.replace('cause = "why"', 'seat = "why"').replace("[options]", "[options]\nholders = { ceo = 1 }")
    map_ = map_.replace('known = "download"', 'known = "download"\ncomplete_from = 2019-01-01')
    rows = "Ann,Director,01/02/2019,,Founder\nBob,Director,01/02/2019,,Founder\n"
    rows += "Cy,Chief,2019,31/01/2020,\nDee,Chief,01/02/2020,,\n"
    of_map(tmp_path, "name,role,start,end,why\n" + rows, map_)
    result = imported(tmp_path, "a.csv", FIRST)
    [org] = events(tmp_path / "log.jsonl", "org")

    assert result.code == 0, result.err
    assert org["bylaws"] == {"named_seats": {"founder": {"count": 2}}, "assumed": ["named_seats"]}
    assert org["complete_from"] == "2019-01-01"
    assert events(tmp_path / "log.jsonl", "role") == []
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


VOTED = {
    "persons": [{"id": "p1", "name": "Jane Roe"}, {"id": "p2", "name": "John Doe"}, {"id": "p3", "name": "Jo Bloggs"}],
    "organizations": [{"id": "o1", "name": "Acme plc"}],
    "memberships": [{"id": "m1", "person_id": "p1", "organization_id": "o1", "role": "director", "start_date": "2019"}],
    "motions": [
        {"id": "m", "organization_id": "o1", "text": "Adopt the budget", "requirement": "simple majority"},
        {"id": "n", "organization_id": "o1", "text": "Change the statutes", "requirement": "two thirds of all seats"},
    ],
    "vote_events": [
        {
            "id": "v1",
            "motion_id": "m",
            "start_date": "2020-05-01",
            "result": "pass",
            "votes": [
                {"voter_id": "p1", "option": "yes"},
                {"voter_id": "p2", "option": "yes"},
                {"voter_id": "p3", "option": "no"},
            ],
        },
        {
            "id": "v2",
            "motion_id": "n",
            "start_date": "2020-05-01",
            "result": "fail",
            "votes": [{"voter_id": "p1", "option": "yes"}],
        },
        {
            "id": "v3",
            "motion_id": "n",
            "start_date": "2020-06-01",
            "result": "pass",
            "counts": [{"option": "yes", "value": 98}, {"option": "no", "value": 2}],
        },
        {"id": "v4", "motion_id": "n", "start_date": "2020-07-01"},
    ],
}


def test_votes_of_popolo_come_out_as_they_did(tmp_path: Path) -> None:
    """Ballots where they come to the result; else the result with the ballots in words; without a result nothing."""
    source, log = tmp_path / "votes.json", tmp_path / "log.jsonl"
    source.write_text(json.dumps(VOTED))
    words = (str(source), "--preset", "popolo", "-o", str(log))
    first = ran("import", *words, "--known", FIRST)
    votes: list[dict[str, Any]] = [dict(event) for event in events(log, "vote")]

    assert (first.code, "1 vote of the source stayed out" in first.out + first.err) == (0, True)
    assert (votes[0]["for"], votes[0]["against"]) == (["p1", "p2"], ["p3"])
    assert [(vote["count"], vote["note"]) for vote in votes[1:]] == [
        ({"carried": False}, "rule: two thirds of all seats; for: p1"),
        ({"carried": True}, "rule: two thirds of all seats; 98 for, 2 against"),
    ]
    assert ran("check", str(log)).code == 0
    history = replay(boardsim.load(str(log)).log)
    assert [history.ruling(vote["id"]).outcome for vote in votes] == ["carried", "failed", "carried"]
    assert ran("import", *words, "--known", SECOND).out.splitlines()[1].startswith("nothing new")

    source.write_text(json.dumps(VOTED).replace('"value": 98', '"value": 97'))
    assert ran("import", *words, "--known", SECOND).code == 0
    [new] = events(log, "vote")[3:]
    assert (new["corrects"], new["known"]) == (votes[2]["id"], SECOND)
    assert ran("check", str(log)).code == 0
    assert ran("import", *words, "--known", THIRD).out.splitlines()[1].startswith("nothing new")


SEATED = MAP.replace('cause = "why"', 'seat = "why"')
FOUNDERS = "name,role,start,end,why\nAnn,Director,01/02/2019,,Founder\n"
MORE = FOUNDERS + "Bob,Director,01/03/2020,31/03/2020,Founder\nCy,Director,01/04/2020,,Founder\n"
MOST = MORE + "Dee,Director,01/04/2020,,Founder\nEve,Director,01/01/2018,31/12/2018,Founder\n"


@pytest.mark.parametrize("form", ["log.jsonl", "log.toml"])
@pytest.mark.parametrize("is_series", [False, True])
def test_a_seat_that_more_people_hold_at_once_is_for_more_from_then_on(
    tmp_path: Path,
    form: str,
    is_series: bool,  # noqa: FBT001
) -> None:
    """An amendment, which is assumed, says so at the instant from which on they do, and once; the log is sound."""
    tables = {"a.csv": (FOUNDERS, FIRST), "b.csv": (MORE, SECOND), "c.csv": (MOST, THIRD)}
    for name, (text, _) in tables.items():
        of_map(tmp_path, text, SEATED, name)
    if is_series:
        words = (
            "--map",
            str(tmp_path / "map.toml"),
            "-o",
            str(tmp_path / form),
            "--dates",
            f"{FIRST},{SECOND},{THIRD}",
        )
        assert ran("import", *(str(tmp_path / name) for name in tables), *words).code == 0
    else:
        for name, (_, known) in tables.items():
            result = imported(tmp_path, name, known, log=form)
            assert result.code == 0, result.err
    history = replay(boardsim.load(str(tmp_path / form)).log)
    counts = []
    for day in ("2019-06-01", "2020-03-01", "2020-04-01"):
        state = history.state_at("acme", dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        counts.append(state.bylaws.named_seats["founder"].count)

    assert counts == [1, 2, 3]
    amended = [event for event in history.events if event.id.startswith("seats-")]
    assert [(event.status, event.known.date().isoformat()) for event in amended] == [
        ("assumed", SECOND),
        ("assumed", THIRD),
    ]
    assert ran("check", str(tmp_path / form)).code == 0
    assert imported(tmp_path, "c.csv", THIRD, log=form).out.splitlines()[1].startswith("nothing new")


# Registers


def preset(folder: Path, name: str, file: str) -> Path:
    """The log of a fixture."""
    words = ("--preset", name, "-o", str(folder / "log.jsonl"), "--known", "2025-03-01")
    result = ran("import", str(FIXTURES / name / file), *words)
    assert result.code == 0, result.err
    assert ran("check", str(folder / "log.jsonl")).code == 0
    again = ran("import", str(FIXTURES / name / file), *words)
    assert again.out.splitlines()[1].startswith("nothing new"), again.out
    return folder / "log.jsonl"


def test_companies_house(tmp_path: Path) -> None:
    """Two people of one name stay two; filings give `filed`; bounds stay bounds; nothing is closed by dissolution."""
    log = preset(tmp_path, "companies-house", "officers.json")
    people = {one["id"]: one for one in events(log, "person")}
    appointed = {one["person"]: one for one in events(log, "appoint")}

    assert (people["jane-roe"]["born"], people["jane-roe-2"]["born"]) == ("1975-06", "1990-02")
    assert people["nominees-ltd"]["natural"] is False
    assert (appointed["jane-roe"]["filed"], "filed" in appointed["jane-roe-2"]) == ("2019-03-09", False)
    assert appointed["nominees-ltd"]["not_after"] == "1991-12-31"
    assert (appointed["john-doe"]["not_after"], appointed["john-doe"]["filed"]) == ("2021-05-04", "2021-05-04")
    assert appointed["mary-ann-poe"]["role"] == "keeper-of-the-seal"
    assert appointed["peter-low"]["not_after"] == "2025-03-01"
    assert [one["person"] for one in events(log, "cease")] == ["john-doe", "jane-roe"]


def test_a_page_of_officers_is_not_all_of_them(tmp_path: Path, run: Run) -> None:
    """A list that says how many there are, and has fewer, is one page of several."""
    text = (FIXTURES / "companies-house" / "officers.json").read_text()
    (tmp_path / "officers.json").write_text(text.replace('"total_results": 6', '"total_results": 72'))
    words = ("--preset", "companies-house", "-o", str(tmp_path / "log.jsonl"), "--known", FIRST)
    result = run("import", str(tmp_path / "officers.json"), *words)

    assert (result.code, "cut-short" in result.err) == (2, True)


def test_popolo(tmp_path: Path) -> None:
    """Posts give the role and the organization, a membership without either is employment, and sources are kept."""
    log = preset(tmp_path, "popolo", "board.json")
    [join] = events(log, "join-company")
    ceo = [one for one in events(log, "appoint") if one["role"] == "ceo"]

    assert (join["person"], join["at"]) == ("p2", "2015")
    assert [(one["person"], one["at"], one["org"]) for one in ceo] == [
        ("p1", "2019-03", "o1"),
        ("p2", "2024-10-01", "o1"),
    ]
    assert ceo[0]["sources"] == ["Popolo, row m1", "annual report https://register.example/acme"]


def test_opencorporates(tmp_path: Path) -> None:
    """Who is called inactive has ceased, nobody knows when; companies of two countries may have one number."""
    log = preset(tmp_path, "opencorporates", "officers.json")

    assert [one["not_after"] for one in events(log, "cease")] == ["2025-03-01"]
    assert [one["identifiers"] for one in events(log, "org")] == [
        {"OpenCorporates": "de/01234567"},
        {"OpenCorporates": "gb/01234567"},
    ]


TENURES = """\
org,org_name,role,seat,person,person_name,since,since_not_before,since_not_after,\
until,until_not_before,until_not_after,ended,interim,status,public_since,opened,closed,sources
acme,Acme,director,,ann-ash,Ann Ash,2019-03,2019-03-01,2019-03-31,\
2020-05-01,2020-05-01,2020-05-01,resign,false,confirmed,2019-04-02,a1,z1,A letter; A list
acme,Acme,ceo,,bob-birch,'=Bob,2019-03-01T12:00:00+00:00,,,,,,,true,disputed,2019-03-01T12:00:00+00:00,a2,,
"""


def test_the_table_that_boardsim_writes_needs_no_map(tmp_path: Path) -> None:
    """It is known by its columns; ids, months, hours, types of ends, doubts and sources come back."""
    (tmp_path / "tenures.csv").write_text(TENURES)
    result = ran("import", str(tmp_path / "tenures.csv"), "-o", str(tmp_path / "log.jsonl"))
    first, second = events(tmp_path / "log.jsonl", "appoint")

    assert result.code == 0, result.err
    assert (first["at"], first["known"], first["sources"][1:]) == ("2019-03", "2019-04-02", ["A letter", "A list"])  # type: ignore[index]
    assert second["at"] == "2019-03-01T12:00:00+00:00"
    assert (second["status"], second["interim"], second["person"]) == ("disputed", True, "bob-birch")
    assert [one["at"] for one in events(tmp_path / "log.jsonl", "resign")] == ["2020-05-01"]
    assert "=Bob" in [one["name"] for one in events(tmp_path / "log.jsonl", "person")]
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0


# Files


def workbook(path: Path, rows: Sequence[Sequence[object]], merged: str | None = None) -> None:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Directors"
    for row in rows:
        sheet.append([*row])
    if merged is not None:
        sheet.merge_cells(merged)
    book.save(path)


HEAD = ["name", "role", "start", "end", "why"]


def test_a_workbook(tmp_path: Path) -> None:
    """Dates are dates, leading zeros stay, empty rows are no rows, and lines are those of the sheet."""
    rows: list[list[object]] = [
        [],
        [*HEAD],
        ["Ann Ash", "Chief", dt.date(2019, 2, 1), None, None],
        [],
        ["007", "Chief", "01/03/2019"],
    ]
    workbook(tmp_path / "a.xlsx", rows)
    (tmp_path / "map.toml").write_text(MAP.replace('["%d/%m/%Y", "%Y"]', '["iso", "%d/%m/%Y"]'))
    result = imported(tmp_path, "a.xlsx", FIRST)
    found = events(tmp_path / "log.jsonl", "appoint")

    assert result.code == 0, result.err
    assert [(one["person"], one["at"]) for one in found] == [("ann-ash", "2019-02-01"), ("007", "2019-03-01")]
    assert [one["sources"] for one in found] == [["Register, line 3"], ["Register, line 5"]]


TITLED: list[list[object]] = [["Register of directors"], ["as of March"], [], [*HEAD], ["Ann Ash", "Chief", "2019"]]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_headings_below_a_title(form: str, tmp_path: Path) -> None:
    """The map says in which row they stand; without it, the hint says how."""
    if form == "xlsx":
        workbook(tmp_path / "a.xlsx", TITLED)
    else:
        (tmp_path / "a.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in TITLED))
    (tmp_path / "map.toml").write_text(MAP)
    refused = imported(tmp_path, f"a.{form}", FIRST)
    (tmp_path / "map.toml").write_text(MAP.replace("[columns]", "header = 4\n[columns]"))
    taken = imported(tmp_path, f"a.{form}", FIRST)

    assert (refused.code, refused.err.count("error[missing-column]")) == (2, 5)
    assert "do the headings stand in a row below? say which in [source], as header = 3" in refused.err
    assert taken.code == 0, taken.err
    assert [one["sources"] for one in events(tmp_path / "log.jsonl", "appoint")] == [["Register, line 5"]]


def test_a_header_row_that_is_not_there(tmp_path: Path) -> None:
    """A row below the last one is said to be so."""
    (tmp_path / "a.csv").write_text(",".join(HEAD) + "\n")
    (tmp_path / "map.toml").write_text(MAP.replace("[columns]", "header = 9\n[columns]"))

    assert "error[empty-source]: there is nothing from line 9 on" in imported(tmp_path, "a.csv", FIRST).err


def test_a_formula_without_its_value(tmp_path: Path) -> None:
    """What no program has counted yet is no empty cell: the row is rejected, and the reason says what to do."""
    rows: list[list[object]] = [[*HEAD], ["Ann Ash", "Chief", "=DATE(2019,1,2)"], ["Bob Birch", "Chief", "2019"]]
    workbook(tmp_path / "a.xlsx", rows)
    (tmp_path / "map.toml").write_text(MAP)
    result = imported(tmp_path, "a.xlsx", FIRST)

    said = "the cell has a formula, and the file does not keep its value (column 'start')"
    [_, rejected] = (tmp_path / "rejects.csv").read_text().splitlines()

    assert (result.code, "2 rows read, 1 used, 1 rejected" in result.out) == (1, True)
    assert f"a.xlsx:2:1: error[uncounted-formula]: {said}" in result.err
    assert "open it in a spreadsheet, and save it" in result.err
    assert rejected.startswith(f"Ann Ash,Chief,,,,{tmp_path}/a.xlsx,2,")


def test_a_formula_whose_value_is_empty_is_an_empty_cell(tmp_path: Path) -> None:
    """As a spreadsheet writes an empty text that it counted."""
    workbook(tmp_path / "old.xlsx", [[*HEAD], ["Ann Ash", "Chief", "2019", '=IF(A2="","",B9)']])
    with zipfile.ZipFile(tmp_path / "old.xlsx") as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one).replace(b'<c r="D2">', b'<c r="D2" t="str">'))
    (tmp_path / "map.toml").write_text(MAP)

    assert imported(tmp_path, "a.xlsx", FIRST).code == 0


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    """Only the first of merged cells holds a value, so the rows below it say nothing of themselves."""
    workbook(tmp_path / "a.xlsx", [HEAD, ["Ann", "Chief", "2019"], [None, "Clerk", "2019"]], "A2:A3")
    (tmp_path / "map.toml").write_text(MAP)

    assert "error[merged-cells]: row 3" in imported(tmp_path, "a.xlsx", FIRST).err


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    """The nearest name is offered."""
    workbook(tmp_path / "a.xlsx", [HEAD])
    (tmp_path / "map.toml").write_text(MAP.replace("[columns]", 'sheet = "Director"\n[columns]'))
    result = imported(tmp_path, "a.xlsx", FIRST)

    assert "error[unknown-sheet]" in result.err
    assert "did you mean 'Directors'?" in result.err


def test_a_workbook_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    """It is refused before anything of it is unpacked."""
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 30_000_000)
    (tmp_path / "map.toml").write_text(MAP)
    result = imported(tmp_path, "a.xlsx", FIRST)

    assert (result.code, "error[unpacks-too-large]" in result.err) == (2, True)


@pytest.mark.parametrize(("package", "file"), [("openpyxl", "a.xlsx"), ("python_calamine", "a.ods")])
def test_spreadsheets_are_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, file: str) -> None:
    """Where the package is not there, the message says how to get it, and what else can be done."""
    monkeypatch.setitem(sys.modules, package, None)
    workbook(tmp_path / file, [HEAD]) if package != "openpyxl" else (tmp_path / file).write_bytes(b"")
    (tmp_path / "map.toml").write_text(MAP)
    result = imported(tmp_path, file, FIRST)

    assert (result.code, "error[missing-extra]" in result.err) == (2, True)
    assert "boardsim[spreadsheets]" in result.err


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Directors">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_workbook_of_libreoffice(tmp_path: Path) -> None:
    """It is read as one of Excel is."""
    rows = [["name", "role", "start", "end", "why"], ["Ann Ash", "Chief", "01/02/2019", "", ""]]
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = "".join(f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>" for row in rows)
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(made))
    (tmp_path / "map.toml").write_text(MAP)
    result = imported(tmp_path, "a.ods", FIRST)

    assert result.code == 0, result.err
    assert [one["at"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["2019-02-01"]


def test_rows_within_json(tmp_path: Path) -> None:
    """Columns are dotted paths, and each item of the list is a row with what its object says besides."""
    objects = [{"id": {"key": "K1"}, "name": "Ann", "terms": [{"role": "Chief", "start": "2019"}, {"role": "Clerk"}]}]
    (tmp_path / "a.json").write_text(json.dumps(objects))
    map_ = MAP.replace("[columns]", 'rows = "terms"\n[columns]\nperson = "id.key"').replace('"role"', '"terms.role"')
    (tmp_path / "map.toml").write_text(
        map_.replace('"start"\n', '"terms.start"\n').replace('end = "end"\ncause = "why"\n', "")
    )
    result = imported(tmp_path, "a.json", FIRST)

    assert result.code == 0, result.err
    assert [(one["role"], one.get("at")) for one in events(tmp_path / "log.jsonl", "appoint")] == [
        ("ceo", "2019"),
        ("clerk", None),
    ]


def test_a_cell_without_an_end(tmp_path: Path) -> None:
    """A cell of megabytes is refused with its line, and is not printed back."""
    of_map(tmp_path, "name,role,start,end,why\nAnn,Chief,2019,," + "x" * 200_000 + "\n", MAP)
    result = imported(tmp_path, "a.csv", FIRST)

    assert (result.code, ":2:1: error[cell-too-long]" in result.err) == (2, True)
    assert len(result.err) < 400


def test_twenty_thousand_columns(tmp_path: Path) -> None:
    """A table of so many columns is no register."""
    of_map(tmp_path, ",".join(f"c{number}" for number in range(20_000)) + "\n", MAP)

    assert "error[too-many-columns]" in imported(tmp_path, "a.csv", FIRST).err


def test_the_newest_board_is_what_a_snapshot_shows(tmp_path: Path) -> None:
    """What the report proposes to try can be tried, and a board that is never whole says so."""
    write(tmp_path, [ANN, BOB], "a.csv")
    out = imported(tmp_path, "a.csv", FIRST).out
    tries = [line.strip().partition("   #")[0].split() for line in out.splitlines() if line.startswith("  boardsim")]

    assert len(tries) == 2
    assert [ran(*words[1:]).code for words in tries] == [0, 0]
    [org] = snapshot(replay(boardsim.load(str(tmp_path / "log.jsonl")).log)).orgs
    assert next(iter(org.roles["director"])).person == "bob-birch"


def test_what_is_proposed_says_which_day_it_is_of(tmp_path: Path) -> None:
    """Without a day of the download it is that of the last beginning, which need not be the newest date on record."""
    of_map(tmp_path, "name,role,start,end,why\nAnn Ash,Director,01/02/2020,01/01/2023,\n", MAP)
    of_download = imported(tmp_path, "a.csv", "2024-01-31").out
    (tmp_path / "map.toml").write_text(MAP.replace("download", "start"))
    paths = [str(tmp_path / name) for name in ("a.csv", "map.toml", "b.jsonl")]
    of_start = ran("import", paths[0], "--map", paths[1], "-o", paths[2]).out

    assert "--at 2024-01-31   # the boards on the newest date\n" in of_download
    assert "--at 2020-02-01   # the boards when the last tenure began\n" in of_start


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ('"at":"2020-01-02"', '"at":"2020-01-"', "impossible-date"),
        ('"known":"2021-01-01","person":"bob', '"known":7,"person":"bob', "wrong-type"),
        ('"type":"cease"', '"type":"cease', "torn-tail"),
    ],
)
def test_a_damaged_log_is_not_added_to(tmp_path: Path, good: str, bad: str, code: str) -> None:
    """What somebody broke is told of with its line, and the log stays as it is."""
    write(tmp_path, [ANN, BOB], "a.csv")
    imported(tmp_path, "a.csv", FIRST)
    log = tmp_path / "log.jsonl"
    assert good in log.read_text()
    log.write_text(log.read_text().replace(good, bad, 1))
    before = log.read_text()
    result = imported(tmp_path, "a.csv", SECOND)

    assert result.code == 1
    assert f"error[{code}]" in result.err
    assert log.read_text() == before


def test_a_term_that_runs_out_and_is_extended(tmp_path: Path) -> None:
    """A planned end closes nothing; when it has passed it does, and when it is put off the tenure goes on."""
    map_ = MAP.replace('"%d/%m/%Y", "%Y"', '"iso"').replace('"inclusive"', '"exclusive"')
    of_map(tmp_path, "name,role,start,end,why\nAnn,Chief,2019-01-01,2024-07-01,\n", map_)
    log = tmp_path / "log.jsonl"
    imported(tmp_path, "a.csv", "2024-01-01")
    assert [(one["type"], one.get("until")) for one in blocks(log) if "person" in one] == [("appoint", "2024-06-30")]
    imported(tmp_path, "a.csv", "2024-09-01")
    [_, end] = [one for one in blocks(log) if "person" in one]
    assert (end["type"], end["at"], end["known"]) == ("cease", "2024-07-01", "2024-09-01")
    (tmp_path / "a.csv").write_text("name,role,start,end,why\nAnn,Chief,2019-01-01,2026-07-01,\n")
    assert imported(tmp_path, "a.csv", "2024-10-01").code == 0
    [org] = snapshot(replay(boardsim.load(str(log)).log), at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC)).orgs
    [held_now] = org.roles["ceo"]
    assert isinstance(held_now, boardsim.Appoint)
    assert held_now.until == dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)
    assert ran("check", str(log)).code == 0
    assert imported(tmp_path, "a.csv", "2024-11-01").out.splitlines()[1].startswith("nothing new")


def test_what_few_rows_say_is_said_as_a_log_wants_it(tmp_path: Path) -> None:
    """The month of a filing is its last day, and of employees there is no term; what comes out is a log, each time."""
    map_ = MAP.replace('cause = "why"', 'cause = "why"\nend_filed = "told"\ninterim = "interim"')
    map_ = map_.replace('"%d/%m/%Y", "%Y"', '"iso"').replace('"Chief"', '"Staff" = "employee"\n"Chief"')
    rows = "Ann,Chief,2019-01-01,2021-06-30,,2021-07,\nBob,Staff,2019-01-01,present,,,true\n"
    of_map(tmp_path, f"name,role,start,end,why,told,interim\n{rows}", map_)
    log = tmp_path / "log.jsonl"

    first = imported(tmp_path, "a.csv", "2024-01-01")

    assert first.code == 0
    assert "note[terms-of-employee]" in first.err
    assert [end.get("filed") for end in events(log, "cease")] == ["2021-07-31"]
    assert [one["person"] for one in events(log, "join-company")] == ["bob"]
    assert ran("check", str(log)).code == 0
    assert imported(tmp_path, "a.csv", "2024-02-01").out.splitlines()[1].startswith("nothing new")


def test_what_was_unknown_becomes_known(tmp_path: Path) -> None:
    """A bound that was all there was is replaced by the date; one that only follows from the download never changes."""
    head = "name,role,start,end,why\n"
    of_map(tmp_path, f"{head}Ann,Chief,?,?,\nBob,Clerk,?,,\n", MAP)
    log = tmp_path / "log.jsonl"
    imported(tmp_path, "a.csv", FIRST)
    assert imported(tmp_path, "a.csv", SECOND).out.splitlines()[1].startswith("nothing new")
    (tmp_path / "a.csv").write_text(f"{head}Ann,Chief,2015,01/03/2019,\nBob,Clerk,05/06/2017,,\n")
    result = imported(tmp_path, "a.csv", THIRD)
    new = [(one["type"], one["person"], one["at"]) for one in blocks(log) if "corrects" in one]

    assert result.code == 0, result.err
    assert sorted(new) == [
        ("appoint", "ann", "2015"),
        ("appoint", "bob", "2017-06-05"),
        ("cease", "ann", "2019-03-02"),
    ]
    assert ran("check", str(log)).code == 0


def test_similar_names_are_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names cannot be compared, the import goes on, and says what was not looked for."""
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)
    write(tmp_path, [ANN, BOB], "a.csv")
    result = imported(tmp_path, "a.csv", FIRST)

    assert (result.code, "pip install 'boardsim[match]'" in result.err) == (0, True)
    assert not (tmp_path / "matches.csv").exists()


def test_formats_of_one_column(tmp_path: Path) -> None:
    """Two columns can have dates in two orders, each as the map says."""
    formats = 'formats = { start = ["%d/%m/%Y"], end = ["%m/%d/%Y"] }'
    map_ = MAP.replace('formats = ["%d/%m/%Y", "%Y"]', formats).replace('"inclusive"', '"exclusive"')
    of_map(tmp_path, "name,role,start,end,why\nAnn,Chief,01/02/2019,03/04/2020,\n", map_)
    imported(tmp_path, "a.csv", FIRST)

    assert [one["at"] for one in blocks(tmp_path / "log.jsonl") if "person" in one] == ["2019-02-01", "2020-03-04"]


def test_whose_days_dates_are_can_be_said(tmp_path: Path) -> None:
    """A table that does not say its zone is read in the one that is typed; one that there is not is refused."""
    (tmp_path / "tenures.csv").write_text(TENURES)
    words = ("import", str(tmp_path / "tenures.csv"), "-o", str(tmp_path / "log.jsonl"), "--timezone")

    assert "error[unknown-timezone]" in ran(*words, "Mars/Base").err
    assert ran(*words, "America/Los_Angeles").code == 0
    assert blocks(tmp_path / "log.jsonl")[0]["timezone"] == "America/Los_Angeles"
    assert events(tmp_path / "log.jsonl", "appoint")[1]["at"] == "2019-03-01T04:00:00-08:00"


def test_an_unknown_end_comes_before_an_unknown_beginning(tmp_path: Path) -> None:
    """Of one person in one role: nobody knows when the first ended and the second began, and both can stand."""
    rows = "Ann,Chief,12/08/1988,?,\nAnn,Chief,?,14/08/1991,\n"
    of_map(tmp_path, f"name,role,start,end,why\n{rows}", MAP)
    imported(tmp_path, "a.csv", FIRST)
    history = replay(boardsim.load(str(tmp_path / "log.jsonl")).log)

    assert [ruling.kind for ruling in history.rulings] == ["effective"] * 4
    assert len(history.tenures("acme")) == 2
    assert [one["not_after"] for one in blocks(tmp_path / "log.jsonl") if "not_after" in one] == ["1991-08-14"] * 2
    assert imported(tmp_path, "a.csv", SECOND).out.splitlines()[1].startswith("nothing new")
