"""Bulk folders of logs in which the record does not say which of two events came first."""

import json
from hashlib import blake2b
from pathlib import Path

import pytest

import boardsim
from boardsim.bulk import folder
from tests.conftest import Run
from tests.unordered import LOG

pytest.importorskip("duckdb")
parquet = pytest.importorskip("pyarrow.parquet")

AT = "2020-06-01"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A bulk folder of one log: Bob was appointed by the board of Ann, on the day on which she left."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "oak.toml").write_text(LOG)
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")
    return tmp_path / "out"


def test_who_holds_a_seat_only_in_the_other_order_is_told_apart(out: Path, run: Run) -> None:
    """Nobody sits by the record; Bob does if he was appointed first: of the company, of himself, and of both boards."""
    said = run("bulk", "query", str(out), "--org", "id:oak", "--at", AT, columns=120).out
    table = run("bulk", "query", str(out), "--org", "id:oak", "--at", AT, "--csv").out.splitlines()
    of_bob = boardsim.bulk_query(out, boards="Bob Birch", at=AT).to_dict()
    shared = boardsim.bulk_query(out, interlocks=True, at=AT).to_dict()

    assert "nobody holds anything on record then, by its dates" in said
    assert "  Bob Birch  director  if bob-joins came before ann-leaves  uncertain: order" in said.splitlines()
    assert table[1].endswith("false,if bob-joins came before ann-leaves")
    assert [one["org"] for one in of_bob["tenures"]] == ["elm"]
    assert [(one["org"], one["orders"]) for one in of_bob["otherwise"]] == [("oak", [["bob-joins", "ann-leaves"]])]
    assert (shared["interlocks"], [one["person_key"] for one in shared["may_share"]]) == ([], ["id:bob"])


def test_a_board_on_which_somebody_may_sit_is_not_surely_empty(out: Path, run: Run) -> None:
    """Nobody sits by the record, and Bob may: in words, as data and in a table."""
    asked = ("bulk", "query", str(out), "--vacancies", "--at", AT)
    [board] = boardsim.bulk_query(out, vacancies=True, at=AT).to_dict()["vacancies"]
    assert (board["org"], board["what"], board["perhaps"]) == ("oak", "board", True)
    assert (
        "nobody on the board  since 2020-05-04 00:00:00 +00:00  somebody may sit there all the same"
        in run(*asked, columns=140).out
    )
    assert run(*asked, "--csv").out.splitlines()[1].endswith(",false,somebody may sit there all the same")


def test_somebody_who_holds_nothing_on_record_is_found(tmp_path: Path) -> None:
    """Whoever may sit only in the other order is no unknown person."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "oak.toml").write_text(
        LOG.replace('person = "bob"\norg = "elm"', 'person = "ann"\norg = "elm"')
    )
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")

    found = boardsim.bulk_query(tmp_path / "out", boards="id:bob", at=AT).to_dict()
    assert ([*found["tenures"]], [one["name"] for one in found["otherwise"]]) == ([], ["Bob Birch"])


def test_a_folder_of_an_earlier_program_answers_and_is_folded_anew_by_a_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not know whom an order is about, and says nothing of it until it is built again from the same logs."""
    manifest = json.loads((out / folder.LIST).read_text())
    for part in manifest["parts"]:
        stored = part["files"]["uncertain"]
        path = out / stored["name"]
        known = ["book", "timezone", "org", "person", "role", "event", "status", "why"]
        bounds = ["since", "until", "known_since", "known_until"]
        parquet.write_table(parquet.read_table(path, columns=[*known, *bounds]), path)
        data = path.read_bytes()
        stored |= {"size": len(data), "hash": blake2b(data, digest_size=16).hexdigest()}
    (out / folder.LIST).write_text(json.dumps(manifest))

    asked = boardsim.bulk_query(out, org="id:oak", at=AT).to_dict()
    rows = boardsim.bulk_query(out, sql="SELECT DISTINCT why, person_key FROM uncertain ORDER BY why").value.rows
    assert (asked["tenures"], asked["otherwise"]) == ([], [])
    assert rows["rows"] == [("order", None), ("span", None)]

    source = out.parent / "logs"
    assert boardsim.bulk_build(source, out).value.folded == 0
    monkeypatch.setattr(folder, "MEANING", folder.MEANING + 1)
    assert boardsim.bulk_build(source, out).value.folded == 1
    assert [one["person"] for one in boardsim.bulk_query(out, org="id:oak", at=AT).to_dict()["otherwise"]] == ["bob"]
