"""Whoever died, and left no office by the record, is listed with that; an organization that ended, likewise."""

from pathlib import Path
from typing import Any

import pytest

from tests import blocks
from tests.conftest import Run
from tests.exports.written import table
from tests.views.documents import printed

LOG = (
    blocks.head("ann", "bob", zone="UTC", id="oak")
    + blocks.event("appoint", "at = 2020-01-01")
    + blocks.event("appoint", "at = 2020-01-01", person="bob")
    + '\n[[event]]\ntype = "death"\nid = "ann-dies"\nat = "2021-03"\nknown = 2021-06-01\nperson = "ann"\n'
    + '\n[[event]]\ntype = "dissolve"\nid = "end"\nat = 2022-01-01\norg = "oak"\nstatus = "reported"\n'
)
ALIVE, DEAD, OVER = "2021-02-01", "2021-07-01", "2022-02-01"


@pytest.fixture
def log(tmp_path: Path) -> str:
    """A board of two, of whom one dies before the organization ends."""
    path = tmp_path / "oak.toml"
    path.write_text(LOG)
    return str(path)


def first(run: Run, *asked: str) -> Any:
    """The organization of a snapshot."""
    return printed(run, "snapshot", *asked)["orgs"][0]


def died(org: Any) -> list[str | None]:
    """When each of its directors had died."""
    return [one["died_text"] for one in org["roles"]["director"]]


def test_a_snapshot_says_who_had_died(run: Run, log: str) -> None:
    """From then on, as the record has the date, in words, as data and in a table; and not before the very event."""
    assert [died(first(run, log, "--at", at)) for at in (ALIVE, DEAD)] == [[None, None], ["2021-03", None]]
    assert died(first(run, log, "--at", "before:ann-dies")) == [None, None]
    assert died(first(run, log, "--at", "event:ann-dies")) == ["2021-03", None]
    assert "since 2020-01-01  [died 2021-03]" in run("snapshot", log, "--at", DEAD).out
    assert "died" not in run("snapshot", log, "--at", ALIVE).out
    rows = table(run("snapshot", log, "--at", DEAD, "--csv").out)
    assert [(row["person"], row["died"]) for row in rows if row["standing"] == "holds"] == [
        ("ann", "2021-03"),
        ("bob", ""),
    ]


def test_a_death_that_nobody_knew_of_is_not_told(run: Run, log: str) -> None:
    """As known before it became public, the snapshot and the register have somebody in office."""
    known = ("--at", "2021-04-01", "--known", "2021-04-01")
    assert died(first(run, log, *known)) == [None, None]
    assert "died" not in run("register", log, *known).out
    assert "no end on record" not in run("register", log, *known).out


def test_a_snapshot_says_that_an_organization_had_ended(run: Run, log: str) -> None:
    """In its heading, how sure the record is of it, too; just before the event it had not."""
    assert "[dissolved 2022-01-01 (reported)]" in run("snapshot", log, "--at", OVER).out
    assert "[dissolved" not in run("snapshot", log, "--at", DEAD).out
    found = [first(run, log, "--at", at)["dissolved_text"] for at in ("before:end", "event:end", OVER)]
    assert found == [None, "2022-01-01", "2022-01-01"]
    rows = table(run("snapshot", log, "--at", OVER, "--csv").out)
    assert {row["dissolved"] for row in rows if row["standing"] == "holds"} == {"2022-01-01"}


def test_a_register_has_nobody_in_office_who_died(run: Run, log: str) -> None:
    """Nor anybody of an organization that has ended: no end is on record, and of a death its date is a remark."""
    alive, dead, over = (run("register", log, "--at", at).out for at in (ALIVE, DEAD, OVER))
    assert alive.count("in office") == 2
    assert "Ann  appointed 2020-01-01  no end on record  died 2021-03\n" in dead
    assert "Bob  appointed 2020-01-01  in office\n" in dead
    assert over.count("no end on record") == 2
    assert "dissolved 2022-01-01 (reported)" in over
    entries = printed(run, "register", log, "--at", DEAD)["registers"][0]["directors"]
    assert [entry["died_text"] for entry in entries] == ["2021-03", None]


def test_somebody_s_boards_say_that_they_died(run: Run, log: str) -> None:
    """Behind the name, and that the organization ended behind an office of which no end is on record."""
    shown, rows = run("boards", "ann", log).out, table(run("boards", "ann", log, "--csv").out)
    assert shown.startswith("Ann  died 2021-03\n")
    assert "since 2020-01-01, no end on record  [dissolved 2022-01-01 (reported)]" in shown
    assert [(row["died"], row["dissolved"]) for row in rows] == [("2021-03", "2022-01-01")]
    found = printed(run, "boards", "bob", log)
    assert [one["died"] for one in (*found["people"], *found["boards"])] == [None, None]
    assert "died" not in run("boards", "bob", log).out


def test_why_says_that_a_holder_died(run: Run, log: str) -> None:
    """Of an office that the record has them in."""
    asked = ("why", log, "--person", "ann", "--role", "director", "--at")
    assert "since 2020-01-01, died 2021-03" in run(*asked, DEAD).out
    assert "died" not in run(*asked, ALIVE).out
