"""Officers of OpenCorporates: the number of a person is that of the register which gave it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, ran
from tests.imports.tables import FIRST, SECOND
from tests.imports.test_import import events

JANE, HANS = ("gb", "01234567", "JANE ROE", "17"), ("de", "HRB9", "HANS MEIER", "17")
Of = tuple[str, str, str, str]


def item(number: int, of: Of) -> dict[str, Any]:
    """One officer: jurisdiction and number of the company, name, and number of the person."""
    jurisdiction, company, name, uid = of
    at = {"name": f"Company {company}", "jurisdiction_code": jurisdiction, "company_number": company}
    return {"id": number, "uid": uid, "name": name, "position": "director", "start_date": "2019-03-01", "company": at}


def imported(folder: Path, officers: Sequence[Of], known: str = FIRST) -> Result:
    """What comes of these officers, one a line."""
    lines = [json.dumps({"officer": item(number, of)}) for number, of in enumerate(officers)]
    (folder / "oc.jsonl").write_text("\n".join(lines) + "\n")
    words = ("--preset", "opencorporates", "-o", str(folder / "log.jsonl"), "--known", known)
    result = ran("import", str(folder / "oc.jsonl"), *words)
    assert result.code == 0, result.err
    return result


def people(folder: Path) -> dict[Any, Any]:
    """The names of the people of a log, by number."""
    found: list[dict[str, Any]] = [dict(one) for one in events(folder / "log.jsonl", "person")]
    return {one["identifiers"]["OpenCorporates officer"]: one["name"] for one in found}


def as_before(folder: Path, uid: str = "17") -> None:
    """Let ids and log be as they were when numbers stood without the jurisdiction."""
    for path in (folder / "log.jsonl", folder / "IDS.toml"):
        path.write_text(path.read_text().replace(f'"gb/{uid}"', f'"{uid}"').replace(f'"de/{uid}"', f'"{uid}"'))


def test_two_people_of_one_number_in_two_jurisdictions_are_two(tmp_path: Path) -> None:
    """A number is one of the register that gave it, and each jurisdiction has its own."""
    imported(tmp_path, [JANE, HANS])

    assert people(tmp_path) == {"gb/17": "JANE ROE", "de/17": "HANS MEIER"}
    assert [one["person"] for one in events(tmp_path / "log.jsonl", "appoint")] == ["jane-roe", "hans-meier"]


@pytest.mark.parametrize("kept", [("log.jsonl", "IDS.toml"), ("IDS.toml",), ("log.jsonl",)])
def test_who_was_known_by_the_number_alone_stays_who_they_are(tmp_path: Path, kept: Sequence[str]) -> None:
    """Nothing is new in what an earlier version imported; the number of another jurisdiction is somebody else's."""
    imported(tmp_path, [JANE])
    as_before(tmp_path)
    text = (tmp_path / "log.jsonl").read_text()
    if "IDS.toml" in kept:
        (tmp_path / "IDS.toml").write_text((tmp_path / "IDS.toml").read_text().replace('"jane-roe"', '"jroe"'))
        (tmp_path / "log.jsonl").write_text(text.replace('"jane-roe"', '"jroe"'))
    for path in {"log.jsonl", "IDS.toml"} - {*kept}:
        (tmp_path / path).unlink()
    own = "jroe" if "IDS.toml" in kept else "jane-roe"
    then = imported(tmp_path, [JANE])

    assert ("log.jsonl" not in kept) or then.out.splitlines()[1].startswith("nothing new")
    assert [one["person"] for one in events(tmp_path / "log.jsonl", "appoint")] == [own]
    imported(tmp_path, [JANE, HANS, ("fr", "1", "JANE ROE", "17")], SECOND)
    found = [one["person"] for one in events(tmp_path / "log.jsonl", "appoint")]
    assert found[:2] == [own, "hans-meier"]
    assert found[2] not in found[:2]


def test_who_was_made_one_with_somebody_else_is_put_right(tmp_path: Path) -> None:
    """Where an earlier version gave somebody's tenure to a namesake by number, the next import corrects it."""
    imported(tmp_path, [JANE, ("de", "HRB9", "JANE ROE", "17")])
    log = tmp_path / "log.jsonl"
    lines = [line for line in log.read_text().splitlines() if '"jane-roe-2"' not in line or "person" not in line[:20]]
    log.write_text("\n".join(lines).replace("jane-roe-2", "jane-roe") + "\n")
    (tmp_path / "IDS.toml").write_text((tmp_path / "IDS.toml").read_text().replace("jane-roe-2", "jane-roe"))
    as_before(tmp_path)
    text = (tmp_path / "IDS.toml").read_text()
    (tmp_path / "IDS.toml").write_text(text.replace('"17" = "jane-roe"\n', "", 1))
    imported(tmp_path, [JANE, HANS], SECOND)
    corrected = [one for one in events(log, "appoint") if "corrects" in one]

    assert [one["person"] for one in corrected] == ["hans-meier"]
    assert ran("check", str(log)).code == 0


def test_two_clearly_different_names_of_one_number_are_told(tmp_path: Path) -> None:
    """Nobody is made one with somebody else without a word: a note says both names, until the log has them."""
    result = imported(tmp_path, [JANE, ("gb", "2", "HANS MEIER", "17"), ("gb", "3", "Roe, Jane A.", "17")])

    assert result.err.count("note[") == 1
    assert "oc.jsonl:2:1: note[other-name]: 'gb/17' is JANE ROE already, and here it is HANS MEIER" in result.err
    again = imported(tmp_path, [("gb", "2", "HANS MEIER", "17"), JANE, ("gb", "3", "Roe, Jane A.", "17")])
    assert "oc.jsonl:1:1: note[other-name]: 'gb/17' is JANE ROE already, and here it is HANS MEIER" in again.err
    with (tmp_path / "log.jsonl").open("a") as log:
        log.write('{"type":"person","id":"jane-roe","former_names":["Hans Meier"]}\n')
    assert "note[" not in imported(tmp_path, [JANE, ("gb", "2", "HANS MEIER", "17"), ("gb", "3", "ROE", "17")]).err
