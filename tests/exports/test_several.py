"""A folder of logs, or a store, in every form that other programs read."""

import json
from pathlib import Path
from typing import Any

import pytest

import boardsim
from boardsim.exports.who import who_is_who
from boardsim.log import Log, Person
from tests.conftest import Run
from tests.exports.test_popolo import by_id, valid
from tests.exports.written import HELIOS

TERRA = """
[log]
schema = 1
id = "terra"
title = "Terra"
timezone = "America/New_York"
[[org]]
id = "terra"
name = "Terra Inc."
profile = "us-de-stock"
[[person]]
id = "a-moreno"
name = "Ada M. Moreno"
[person.identifiers]
officer = "42"
[[person]]
id = "ben-okafor"
name = "Ben Okafor"
born = "1990"
[[event]]
type = "appoint"
id = "ada-sits"
at = 2022-02-01
until = 2026-02-01
person = "a-moreno"
org = "terra"
role = "director"
[[event]]
type = "appoint"
id = "ben-sits"
at = 2022-02-02
person = "ben-okafor"
org = "terra"
role = "director"
[[event]]
type = "vote"
id = "budget"
at = 2022-03-01
org = "terra"
motion = "Adopt the budget"
for = ["a-moreno", "ben-okafor"]
"""
BORN = HELIOS.replace(
    'name = "=HYPERLINK(\\"Ben\\")"\n', 'name = "Benjamin Okafor"\nborn = "1971"\n[person.identifiers]\nofficer = "7"\n'
)
NUMBERED = BORN.replace('born = "1975-06"\n', 'born = "1975-06"\n[person.identifiers]\nofficer = "42"\n')


@pytest.fixture(params=["companies", "sqlite:board.db"])
def several(request: pytest.FixtureRequest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two logs that know Ada by one number and have two people called `ben-okafor`: a folder, and a store."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "companies").mkdir()
    (tmp_path / "companies" / "helios.toml").write_text(NUMBERED, encoding="utf-8")
    (tmp_path / "companies" / "terra.toml").write_text(TERRA, encoding="utf-8")
    name: str = request.param
    if name.startswith("sqlite"):
        for log in ("helios", "terra"):
            assert run("load", f"companies/{log}.toml", name).code == 0
    return name


def exported(run: Run, several: str, form: str, *words: str) -> str:
    """What the command writes; the library writes the same."""
    result = run("export", several, "--format", form, *words)
    assert (result.code, result.err) == (0, "")
    if not words:
        assert boardsim.export(several, format=form) == result.out
    return result.out


def test_popolo_knows_a_person_of_two_logs_by_one_id(run: Run, several: str) -> None:
    """One person with all numbers and names; two who share an id alone stay two; events of one id stay apart."""
    document = valid(exported(run, several, "popolo"))
    people, seats = by_id(document["persons"]), by_id(document["memberships"])

    assert set(people) == {"ada-moreno", "ben-okafor", "ben-okafor@terra"}
    assert {"name": "Ada M. Moreno"} in people["ada-moreno"]["other_names"]
    assert seats["terra/ada-sits:director"]["person_id"] == "ada-moreno"
    assert seats["helios/ada-sits:director"]["person_id"] == "ada-moreno"
    assert seats["terra/ben-sits:director"]["person_id"] == "ben-okafor@terra"
    ballots = by_id(document["vote_events"])["terra/budget"]["votes"]
    assert [one["voter_id"] for one in ballots] == ["ada-moreno", "ben-okafor@terra"]
    assert set(by_id(document["motions"])) == {"motion:helios/budget", "motion:helios/agm", "motion:terra/budget"}


def test_follow_the_money_has_one_entity_for_a_person_of_two_logs(run: Run, several: str) -> None:
    """Every id is that of one entity, and every link leads to one that is there."""
    entities: dict[str, Any] = {}
    for line in exported(run, several, "ftm").splitlines():
        entity = json.loads(line)
        assert entity["id"] not in entities
        entities[entity["id"]] = entity
    people = [one for one in entities.values() if one["schema"] == "Person"]
    links = [one["properties"] for one in entities.values() if "director" in one["properties"]]

    assert sorted(one["properties"]["name"] for one in people) == [
        ["Ada Moreno", "Ada M. Moreno"],
        ["Ben Okafor"],
        ["Benjamin Okafor"],
    ]
    assert links
    assert {end for one in links for end in (*one["director"], *one["organization"])} <= set(entities)


def test_a_calendar_has_what_falls_due_in_each(run: Run, several: str) -> None:
    """Each entry is told by its own log's rules and days, and no two have one UID."""
    lines = exported(run, several, "ics").replace("\r\n ", "").splitlines()
    uids = [line for line in lines if line.startswith("UID:")]

    assert lines.count("BEGIN:VCALENDAR") == 1
    assert len(set(uids)) == len(uids)
    assert "UID:term/terra/ada-sits/director@terra.boardsim" in uids
    assert any(uid.endswith("@helios.boardsim") for uid in uids)
    only = exported(run, several, "ics", "--org", "terra")
    assert "helios.boardsim" not in only


def test_a_chart_has_the_sections_of_all(run: Run, several: str) -> None:
    """One chart with a section for each role of each organization."""
    text = exported(run, several, "mermaid")

    assert text.count("gantt") == 1
    assert "    section Terra Inc., director\n" in text
    assert "    section Selene plc, director\n" in text


def test_a_network_joins_whom_an_identifier_joins(run: Run, several: str) -> None:
    """The same in GraphML: one node for Ada, two for those who share an id and not a birth."""
    text = exported(run, several, "graphml")

    assert [text.count(f'<node id="person:{id_}"') for id_ in ("ada-moreno", "a-moreno", "ben-okafor@terra")] == [
        1,
        0,
        1,
    ]


def test_of_one_log_everybody_is_called_what_it_calls_them() -> None:
    """Nothing of one log is renamed; of two logs of one id, the events of the second are told apart."""
    one, two = (Log(id="same", people=(Person(id="ann", name="Ann"),)) for _ in range(2))
    alone, both = who_is_who([one]), who_is_who([one, two])

    assert (alone.person(one, "ann"), alone.scope(one)) == ("ann", "")
    assert (both.person(two, "ann"), both.scope(one), both.scope(two)) == ("ann", "same/", "same-2/")
