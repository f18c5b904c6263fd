"""Version 1 of receipts, and stores, keep their form to the byte, also where the calendar of a zone skipped a day."""

import json
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardsim import loads
from boardsim.days import clock_midnight, is_skipped, midnight
from boardsim.formats.schema.times import iso
from boardsim.sealing import seal
from tests.conftest import Run
from tests.sealing.test_seal import CHECKER
from tests.test_civil_days import BLOCKS, log, zones_and_days

HEADS = runpy.run_path(str(CHECKER))["heads"]

DATED = """\
[[event]]
type = "resign"
at = {0}
known = {1}
person = "ann"
org = "oak"
"""
BEGUN, MIDNIGHT = "1919-03-31T04:30:00Z", "1919-03-31T05:00:00Z"
"""When 31 March 1919 began in Toronto, and when clocks that had not been put forward would have shown midnight."""


def toronto(at: str, known: str) -> str:
    """A log of Toronto."""
    return log("America/Toronto", DATED.format(at, known))


GOLDEN = {
    "the day before a skipped one": (
        log("Pacific/Apia", *(block.format("2011-12-29") for block in BLOCKS)),
        "18:51e340c70acccc76d77fd29259e67e168bdd5331eb80dbcdce3d088b20909e02",
    ),
    "a day whose midnight was skipped": (
        toronto("1919-03-31", "1919-03-31"),
        "5:c714c7e833e12cd001ea5de6a5e1389c2f4cbbe3eac66db16318bc9433e0457b",
    ),
    "the instant at which it began": (
        toronto(BEGUN, BEGUN),
        "5:2142b18be5c4865b0b738f4446696c22c4473f065663457e182e206e61a8d7fa",
    ),
    "midnight by the old clock": (
        toronto(MIDNIGHT, MIDNIGHT),
        "5:d8a2f071fca87f34554be7cf5b25b5e55cdaab3d17622810c3967cc5f5e22509",
    ),
    "a date and midnight by the old clock": (
        toronto("1919-03-31", MIDNIGHT),
        "5:c714c7e833e12cd001ea5de6a5e1389c2f4cbbe3eac66db16318bc9433e0457b",
    ),
}
"""Logs, and their receipts of version 1 as they were given before anybody thought of skipped days."""


@pytest.mark.parametrize("name", GOLDEN)
def test_receipts_that_were_given_still_hold(name: str, tmp_path: Path, run: Run) -> None:
    """Of both programs, whatever a day is held to be since."""
    text, receipt = GOLDEN[name]
    path = tmp_path / "log.toml"
    path.write_text(text, "utf-8")

    assert seal.seal(loads(text, "log.toml").log, 1).receipt == receipt
    assert run("verify", str(path), "--seal", receipt).code == 0
    assert without_boardsim(path, receipt).returncode == 0


def without_boardsim(path: Path, receipt: str) -> "subprocess.CompletedProcess[str]":
    """What the program without boardsim says of a receipt."""
    return subprocess.run(
        [sys.executable, str(CHECKER), str(path), receipt], capture_output=True, text=True, check=False
    )


def values(day: date, where: ZoneInfo) -> list[str]:
    """Times near the beginning of a day: dates, and instants to the microsecond."""
    begins = {midnight(day, where), clock_midnight(day, where)}
    steps = (timedelta(), timedelta(microseconds=-1), timedelta(minutes=30))
    dates = [near for n in (-1, 0, 1) if not is_skipped(near := day + timedelta(days=n), where)]
    return [*map(str, dates), *(iso(at + step) for at in sorted(begins) for step in steps)]


@given(zones_and_days(), st.data())
def test_both_programs_have_the_same_form_of_every_time(found: tuple[str, date], data: st.DataObject) -> None:
    """In every key, on the days on which the clocks of a zone changed, in both versions."""
    zone, day = found
    choice = st.sampled_from(values(day, ZoneInfo(zone)))
    templates = data.draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5))
    blocks = [template.format(data.draw(choice)) for template in templates]
    text = log(zone, *blocks, DATED.format(data.draw(choice), data.draw(choice)))
    loaded = loads(text, "log.toml")
    if any(problem.severity == "error" for problem in loaded.problems):
        return  # it ends before it begins, or is declared twice

    for version in seal.VERSIONS:
        assert seal.seal(loaded.log, version).heads[-1].hex() == [*HEADS(text, version)][-1]


def test_a_store_keeps_its_form_and_is_read_as_a_log(tmp_path: Path, run: Run) -> None:
    """The end of the day before a skipped one stands in it as that of the skipped day; nobody who asks is told so."""
    text, receipt = GOLDEN["the day before a skipped one"]
    file, store, copy = tmp_path / "log.toml", f"sqlite:{tmp_path / 'books.db'}", tmp_path / "copy.toml"
    file.write_text(text, "utf-8")
    assert run("load", str(file), store).code == 0
    resigns = ("resign", "--person", "ann", "--org", "oak", "--id", "last", "--not-after", "2011-12-29", "--force")

    assert run("verify", store, "--seal", receipt).code == 0
    assert '"2011-12-30"' not in run("replay", store, "--json").out
    assert "2011-12-30" not in run("export", store, "--format", "toml").out
    assert run("record", store, *resigns, "--at", "2011-12-29").code == 0
    assert '"not_after":"2011-12-30"' in bodies(tmp_path / "books.db")[-1]
    copy.write_text(run("export", store, "--format", "toml").out, "utf-8")
    assert "2011-12-30" not in copy.read_text("utf-8")
    assert run("replay", str(copy), "--json").out == run("replay", store, "--json").out
    assert run("verify", str(copy), "--seal", receipt).code == 0


def bodies(path: Path) -> list[str]:
    """The blocks of the only case in a store."""
    with closing(sqlite3.connect(path)) as tables:
        return [str(body) for (body,) in tables.execute("SELECT body FROM blocks ORDER BY position")]


def test_sql_shows_no_day_that_never_was(tmp_path: Path, run: Run) -> None:
    """The texts beside the instants name the day before, as the JSON of the commands does."""
    file, books = tmp_path / "log.toml", tmp_path / "books.db"
    file.write_text(GOLDEN["the day before a skipped one"][0], "utf-8")
    assert run("load", str(file), f"sqlite:{books}").code == 0
    with closing(sqlite3.connect(books)) as tables:
        shown = json.dumps([*tables.execute("SELECT * FROM events")])

    assert '"2011-12-29"' in shown
    assert '"2011-12-30"' not in shown


def test_an_end_that_is_typed_into_a_store_is_refused_like_any_other(tmp_path: Path, run: Run) -> None:
    """What stands in a store already is one thing; a day that never was cannot be added to it."""
    file, store = tmp_path / "log.toml", f"sqlite:{tmp_path / 'books.db'}"
    file.write_text(log("Pacific/Apia"), "utf-8")
    assert run("load", str(file), store).code == 0
    block = {"type": "resign", "person": "ann", "org": "oak", "at": "2011-01-01", "not_after": "2011-12-30"}
    result = run("record", store, "-", stdin=json.dumps(block).encode())

    assert result.code == 1
    assert "error[nonexistent-time]: Pacific/Apia had no 2011-12-30" in result.err


@pytest.mark.parametrize("block", [block for block in BLOCKS if "known" not in block][:3])
def test_the_program_of_the_docs_refuses_a_day_that_never_was(block: str, tmp_path: Path, run: Run) -> None:
    """As boardsim does, whatever the receipt; and what it calls sound, boardsim does."""
    path = tmp_path / "log.toml"
    path.write_text(log("Pacific/Apia", block.format("2011-12-30")), "utf-8")
    result = without_boardsim(path, "0" * 64)

    assert result.returncode == 2
    assert "Pacific/Apia had no 2011-12-30" in result.stdout
    assert "2011-12-30" in run("verify", str(path), "--seal", "0" * 64).err
