"""Of a board that is only partly on record, nobody says that a seat of it is vacant."""

from pathlib import Path

import pytest

from tests import blocks
from tests.conftest import Run
from tests.exports.written import table
from tests.views.documents import printed

BOARD = 'complete_from = 2021-01-01\n[org.bylaws]\nseats = 5\n[org.bylaws.named_seats.labour]\nname = "Labour"\n'
LOG = (
    blocks.head("ann", zone="UTC", id="oak", said=BOARD)
    + blocks.event("appoint", "at = 2020-01-01")
    + '\n[[event]]\ntype = "statement"\nat = 2022-01-01\norg = "oak"\ntext = "Nothing happens."\n'
)
BEFORE, AFTER = "2020-06-01", "2021-06-01"


@pytest.fixture
def log(tmp_path: Path) -> str:
    """A board of five of which all are on record from 2021 on, and one before."""
    path = tmp_path / "oak.toml"
    path.write_text(LOG)
    return str(path)


def test_a_snapshot_has_seats_with_nobody_on_record(run: Run, log: str) -> None:
    """In words, as data and in a table; once all of it is on record, they are vacant."""
    words = [run("snapshot", log, "--at", at).out for at in (BEFORE, AFTER)]
    rows = [table(run("snapshot", log, "--at", at, "--csv").out)[-1] for at in (BEFORE, AFTER)]
    boards = [printed(run, "snapshot", log, "--at", at)["orgs"][0]["board"] for at in (BEFORE, AFTER)]

    assert ["nobody on record" in one for one in words] == [True, False]
    assert ["  vacant" in one for one in words] == [False, True]
    assert [(row["standing"], row["certain"]) for row in rows] == [("vacant", "false"), ("vacant", "true")]
    assert rows[0]["doubts"] == "the board is only partly on record"
    assert [board["partial"] for board in boards] == [True, False]


def test_a_register_has_seats_with_nobody_on_record(run: Run, log: str) -> None:
    """In words and on paper."""
    words, paper = (run("register", log, "--at", BEFORE, *form).out for form in ((), ("--html",)))

    assert "Labour  with nobody on record" in words
    assert "<th>Nobody on record</th>" in paper
    assert "Labour  vacant" in run("register", log, "--at", AFTER).out
    assert "<th>Vacant</th>" in run("register", log, "--at", AFTER, "--html").out


def test_a_page_has_chairs_of_which_nobody_is_on_record(run: Run, log: str) -> None:
    """As it is served, without a script."""
    before, after = (run("page", log, "--start", at).out for at in (BEFORE, AFTER))

    assert "1 director on record, who may not be all, of 5 seats" in before
    assert before.count(">Not on record</span>") == 4
    assert "1 director, 4 vacant seats of 5" in after
    assert after.count(">Vacant</span>") == 4
