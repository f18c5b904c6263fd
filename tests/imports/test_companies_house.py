"""Officers of Companies House: their names, and which filing tells of which of their offices."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, ran
from tests.imports.tables import FIRST
from tests.imports.test_import import blocks, events


def officer(number: int, name: str, role: str, more: dict[str, str], *, person: int | None = 1) -> dict[str, Any]:
    """One item of a list of officers; of a person of whom the register has no number, None."""
    whom = {} if person is None else {"officer": {"appointments": f"/officers/P{person}/appointments"}}
    links = {"self": f"/company/01234567/appointments/A{number}", **whom}
    return {"name": name, "officer_role": role, **more, "links": links}


def filing(date: str, form: str, description: str, name: str, key: str, day: str) -> dict[str, Any]:
    """One item of a filing history."""
    return {
        "date": date,
        "type": form,
        "description": description,
        "description_values": {"officer_name": name, key: day},
    }


def imported(folder: Path, officers: Sequence[dict[str, Any]], filings: Sequence[dict[str, Any]] = ()) -> Result:
    """What comes of a list of officers, with a filing history beside it."""
    listed = {"links": {"self": "/company/01234567/officers"}, "items": officers}
    (folder / "officers.json").write_text(json.dumps(listed))
    (folder / "filing-history.json").write_text(json.dumps({"items": filings}))
    words = ("--preset", "companies-house", "-o", str(folder / "log.jsonl"), "--known", FIRST)
    result = ran("import", str(folder / "officers.json"), *words)
    assert result.code == 0, result.err
    return result


ON = {"appointed_on": "2019-03-01", "resigned_on": "2020-04-01"}


@pytest.mark.parametrize("is_described", [True, False])
def test_a_filing_tells_of_the_office_that_it_names(tmp_path: Path, is_described: bool) -> None:  # noqa: FBT001
    """Who became director and secretary on one day, and was told of on two, has two filings; likewise at the end."""
    told = [
        ("2019-03-10", "AP01", "appoint-person-director-company-with-name-date", "appointment_date", "2019-03-01"),
        ("2019-06-01", "AP03", "appoint-person-secretary-company-with-name-date", "appointment_date", "2019-03-01"),
        ("2020-04-03", "TM02", "termination-secretary-company-with-name-termination-date", "termination_date", ""),
        ("2020-04-20", "TM01", "termination-director-company-with-name-termination-date", "termination_date", ""),
    ]
    filings = [
        filing(
            date, form, text if is_described else text.partition("-")[0], "Ms Jane Roe", key, day or ON["resigned_on"]
        )
        for date, form, text, key, day in told
    ]
    imported(tmp_path, [officer(n, "ROE, Jane", role, ON) for n, role in enumerate(("director", "secretary"))], filings)
    found = {(one["type"], one["role"]): one["filed"] for one in blocks(tmp_path / "log.jsonl") if "person" in one}

    assert found == {
        ("appoint", "director"): "2019-03-10",
        ("appoint", "secretary"): "2019-06-01",
        ("cease", "director"): "2020-04-20",
        ("cease", "secretary"): "2020-04-03",
    }


def test_a_filing_of_another_office_tells_nothing(tmp_path: Path) -> None:
    """Where only that of the secretary is there, nobody knows when the register was told of the director."""
    description = "appoint-corporate-secretary-company-with-name-date"
    filings = [filing("2019-06-01", "AP04", description, "Roe Ltd", "appointment_date", "2019-03-01")]
    roles = ("corporate-director", "corporate-secretary", "keeper-of-the-seal")
    imported(tmp_path, [officer(n, "ROE LTD", role, ON) for n, role in enumerate(roles)], filings)

    assert {one["role"]: one.get("filed") for one in events(tmp_path / "log.jsonl", "appoint")} == {
        "director": None,
        "secretary": "2019-06-01",
        "keeper-of-the-seal": None,
    }


def test_a_filing_that_names_no_office_is_of_any(tmp_path: Path) -> None:
    """A description that does not say it, on a form that is none of those known, holds for whatever the office is."""
    filings = [filing("2019-03-10", "288a", "appointment", "Jane Roe", "appointment_date", "2019-03-01")]
    imported(tmp_path, [officer(1, "ROE, Jane", "director", ON)], filings)

    assert [one["filed"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["2019-03-10"]


@pytest.mark.parametrize(
    ("name", "filed_as", "called", "id_"),
    [
        ("LANE-FOX, Martha, Baroness", "Martha Lane-Fox", "Baroness Martha LANE-FOX", "baroness-martha-lane-fox"),
        ("SMITH, John Peter, Dr", "John Peter Smith", "Dr John Peter SMITH", "dr-john-peter-smith"),
        ("ROE, Jane, Dame, DBE", "Dame Jane Roe", "Dame Jane ROE DBE", "dame-jane-roe-dbe"),
        ("ROE, Jane", "Ms Jane Roe", "Jane ROE", "jane-roe"),
        ("CHER", "Cher", "CHER", "cher"),
    ],
)
def test_a_title_stands_before_the_name(tmp_path: Path, name: str, filed_as: str, called: str, id_: str) -> None:
    """The register has it last; the filing of somebody with a title is theirs whether it has the title or not."""
    description = "appoint-person-director-company-with-name-date"
    filings = [filing("2019-03-10", "AP01", description, filed_as, "appointment_date", "2019-03-01")]
    imported(tmp_path, [officer(1, name, "director", ON)], filings)
    [person] = events(tmp_path / "log.jsonl", "person")

    assert (person["name"], person["id"]) == (called, id_)
    assert [one["filed"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["2019-03-10"]


def test_who_was_imported_with_the_title_behind_the_name_stays_who_they_are(tmp_path: Path) -> None:
    """Of whom the register has no number, the name was the key: the id that it had goes on, and nothing is new."""
    one = officer(1, "SMITH, John Peter, Dr", "director", ON, person=None)
    imported(tmp_path, [one])
    before = {"Dr John Peter SMITH": "John Peter, Dr SMITH", '"dr-john-peter-smith"': '"john-peter-dr-smith"'}
    for path in (tmp_path / "log.jsonl", tmp_path / "IDS.toml"):
        text = path.read_text()
        for new, old in before.items():
            text = text.replace(new, old)
        path.write_text(text)
    both = [one, officer(2, "SMITH, John, Dr", "secretary", ON, person=None)]
    then = imported(tmp_path, both)

    assert (tmp_path / "IDS.toml").read_text().count('"john-peter-dr-smith"') == 2
    assert "1 person," in then.out
    assert imported(tmp_path, both).out.splitlines()[1].startswith("nothing new")
