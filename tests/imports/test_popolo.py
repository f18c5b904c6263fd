"""Popolo: what a document says of people and organizations besides their memberships."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import ran
from tests.imports.tables import FIRST, SECOND
from tests.imports.test_import import events

SCENARIO = Path(__file__).parents[2] / "scenarios" / "openai-2023"
COMMITTEE = {"classification": "committee"}
BOARD: dict[str, list[dict[str, Any]]] = {
    "persons": [
        {
            "id": "p1",
            "name": "Ann Ash",
            "identifiers": [{"scheme": "ISNI", "identifier": "0001"}, {"scheme": "id", "identifier": "bob"}],
            "other_names": [{"name": "Ann Birch", "note": "former name"}, {"name": "A. Ash"}, {"name": ""}],
        }
    ],
    "organizations": [
        {"id": "group", "name": "Group"},
        {
            "id": "acme",
            "name": "Acme plc",
            "classification": "company",
            "parent_id": "group",
            "founding_date": "2001-04",
            "identifiers": [{"scheme": "GB-COH", "identifier": "01234567"}],
        },
        {"id": "audit", "name": "Audit Committee", **COMMITTEE, "parent_id": "acme"},
        {"id": "fees", "name": "Fees", "classification": "Committee", "parent_id": "audit"},
        {"id": "one", "name": "One", **COMMITTEE, "parent_id": "two"},
        {"id": "two", "name": "Two", **COMMITTEE, "parent_id": "one"},
        {"id": "lost", "name": "Lost", **COMMITTEE, "parent_id": "nobody"},
    ],
    "memberships": [
        {"id": f"m-{org}", "person_id": "p1", "organization_id": org, "role": "member", "start_date": "2019"}
        for org in ("fees", "one", "lost")
    ],
}


def imported(folder: Path, document: dict[str, Any], known: str = FIRST) -> str:
    """What an import says that goes well."""
    (folder / "board.json").write_text(json.dumps(document))
    words = ("--preset", "popolo", "-o", str(folder / "log.jsonl"), "--known", known)
    result = ran("import", str(folder / "board.json"), *words)
    assert (result.code, result.err) == (0, "")
    return result.out


def test_committees_numbers_and_other_names_are_kept(tmp_path: Path) -> None:
    """A committee brings the organization of whose board it is one, which is declared, too; a circle brings nothing."""
    imported(tmp_path, BOARD)
    orgs = {one["id"]: one for one in events(tmp_path / "log.jsonl", "org")}
    [ann] = events(tmp_path / "log.jsonl", "person")

    assert {id_: one.get("committee_of") for id_, one in orgs.items()} == {
        "acme": None,
        "audit": "acme",
        "fees": "audit",
        "one": None,
        "lost": None,
    }
    assert orgs["acme"]["identifiers"] == {"GB-COH": "01234567", "popolo": "acme"}
    assert orgs["acme"]["founded"] == "2001-04"
    assert ann["identifiers"] == {"ISNI": "0001", "popolo": "p1"}
    assert (ann["aliases"], ann["former_names"]) == (["A. Ash"], ["Ann Birch"])
    assert ran("check", str(tmp_path / "log.jsonl")).code == 0
    assert imported(tmp_path, BOARD, SECOND).splitlines()[1].startswith("nothing new")


def test_what_was_declared_without_them_stays_as_it_is(tmp_path: Path) -> None:
    """A document that an earlier version imported adds nothing, nor does a new membership declare anything anew."""
    plain = {**BOARD, "organizations": [{"id": one["id"], "name": one["name"]} for one in BOARD["organizations"]]}
    imported(tmp_path, plain)
    before = events(tmp_path / "log.jsonl", "org")

    assert imported(tmp_path, BOARD, SECOND).splitlines()[1].startswith("nothing new")
    more = {"id": "m-x", "person_id": "p1", "organization_id": "fees", "role": "chair", "start_date": "2020"}
    imported(tmp_path, {**BOARD, "memberships": [*BOARD["memberships"], more]}, SECOND)
    assert events(tmp_path / "log.jsonl", "org") == before


def test_what_boardsim_wrote_of_organizations_comes_back(tmp_path: Path) -> None:
    """Of everybody who has a seat, the export of an import says all that the export of the log says."""
    (tmp_path / "board.json").write_text(ran("export", str(SCENARIO), "--format", "popolo").out)
    words = ("--preset", "popolo", "-o", str(tmp_path / "log.jsonl"), "--known", "2026-01-01")
    assert ran("import", str(tmp_path / "board.json"), *words).code == 0
    first, then = (
        {one["id"]: one for one in json.loads(text)["organizations"]}
        for text in (
            (tmp_path / "board.json").read_text(),
            ran("export", str(tmp_path / "log.jsonl"), "--format", "popolo").out,
        )
    )
    for one in then.values():
        del one["identifiers"]  # which have their ids in Popolo from now on

    assert then["openai-safety-committee"]["parent_id"] == "openai"
    assert then == {id_: first[id_] for id_ in then}
