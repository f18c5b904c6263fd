"""What is exported as CSV and imported again is the same register."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from boardsim.loading.cases import bundled, load_case
from tests.conftest import Run
from tests.exports.test_popolo import valid
from tests.exports.written import HELIOS, table

pytest.importorskip("boardsim.imports")

TIMES = ("since", "since_not_after", "until", "until_not_after")
SAME = ("org", "role", "person", "person_name", "interim", "status")


def facts(row: Mapping[str, str]) -> tuple[str, ...]:
    """What a row says, with instants in UTC; a successor's appointment is an end like any other."""
    ended = "cease" if row["ended"] == "appoint" else row["ended"]
    return (*(row[name] for name in SAME), ended, *(_utc(row[name]) for name in TIMES))


def _utc(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat() if len(text) > len("2016-09-01") else text


def decided(text: str) -> list[object]:
    """The votes that came out, each with its motion: what the log cannot tell for certain, it does not say."""
    document = valid(text)
    motions = {one["id"]: one for one in document["motions"]}
    found = []
    for one in document["vote_events"]:
        motion = motions[one["motion_id"]]
        if "result" in one:
            said = {key: value for key, value in motion.get("boardsim", {}).items() if key == "by"}
            sides = sorted((vote["voter_id"], vote["option"]) for vote in one.get("votes", ()))
            counts = sorted((count["option"], count["value"]) for count in one.get("counts", ()))
            found.append(
                (one["organization_id"], motion["text"], one["start_date"], one["result"], sides, counts, said)
            )
    return sorted(found, key=repr)


def zone_of(case: str) -> str:
    """The zone in which a log writes its dates, which Popolo does not say."""
    loaded = load_case(case)
    return loaded.log.timezone


@pytest.mark.parametrize("case", [*bundled(), "helios.toml"])
def test_popolo_is_read_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """What Popolo has a key for, and what it has none for: the same register comes out of the same document."""
    monkeypatch.chdir(tmp_path)
    Path("helios.toml").write_text(HELIOS, encoding="utf-8")
    assert run("export", case, "-o", "before.popolo").code == 0
    words = ("--preset", "popolo", "--known", "2026-11-01", "--timezone", zone_of(case))
    assert run("import", "before.popolo", *words, "-o", "again.jsonl").code == 0
    for log, file in ((case, "tenures.csv"), ("again.jsonl", "again.csv")):
        assert run("export", log, "-o", file).code == 0
    before, after = (sorted(map(facts, table(Path(file).read_text()))) for file in ("tenures.csv", "again.csv"))

    assert before == after
    assert decided(run("export", "again.jsonl", "--format", "popolo").out) == decided(Path("before.popolo").read_text())
    assert run("import", "before.popolo", *words, "-o", "again.jsonl").out.splitlines()[1].startswith("nothing new")


@pytest.mark.parametrize("case", [*bundled(), "helios.toml"])
def test_a_table_of_tenures_is_read_again(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """Of the bundled cases, and of a log with every doubt: names, dates, bounds, ends and status are the same."""
    monkeypatch.chdir(tmp_path)
    Path("helios.toml").write_text(HELIOS, encoding="utf-8")
    assert run("export", case, "-o", "tenures.csv").code == 0
    assert run("import", "tenures.csv", "--preset", "tenures", "-o", "again.jsonl").code == 0
    assert run("export", "again.jsonl", "-o", "again.csv").code == 0
    before, after = (sorted(map(facts, table(Path(file).read_text()))) for file in ("tenures.csv", "again.csv"))

    assert before == after
