"""The present: `now` and `today` where a time is asked for, and what lies ahead of it."""

import json
from pathlib import Path

import pytest

import boardsim
from tests.blocks import event, head
from tests.conftest import Run


def log(at: str, *others: str) -> str:
    """A log of Ann, and of others, in which she is appointed at some time, and a resignation is dated ahead."""
    return (
        head("ann", *others, zone="America/New_York")
        + event("appoint", f"at = {at}", role="secretary")
        + event("resign", "at = 2027-01-31\nknown = 2023-11-01", role="secretary")
    )


@pytest.fixture(autouse=True)
def present(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the evening of 17 November 2023 in New York, and the next day by UTC."""
    monkeypatch.setenv("BOARDSIM_NOW", "2023-11-18T01:00:00Z")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A log in which a resignation is dated ahead."""
    path = tmp_path / "log.toml"
    path.write_text(log("2020-01-01"), "utf-8")
    return str(path)


@pytest.mark.parametrize(("word", "shown"), [("now", "2023-11-17 20:00:00"), ("today", "2023-11-17 23:59:59")])
def test_now_and_today_are_instants(word: str, shown: str, run: Run, file: str) -> None:
    """The instant of the clock, and the end of the day that it is in the log's zone."""
    assert shown in run("snapshot", file, "--at", word).out
    assert run("snapshot", file, "--at", word, "--known", word).code == 0
    assert run("replay", file, "--from", word, "--to", word).code == 0
    assert run("diff", file, "--from", word, "--to", "2028-01-01").code == 0


def test_a_snapshot_shows_nothing_that_lies_ahead(run: Run, file: str) -> None:
    """Without an instant it is the last on record that is not in the future, and standard error says what is."""
    result = run("snapshot", file)

    assert "2020-01-01" in result.out
    assert "secretary" in result.out
    assert "1 event on record lies ahead, up to 2027-01-31" in result.err


@pytest.mark.parametrize(("word", "written"), [("now", "2023-11-17T20:00:00-05:00"), ("today", "2023-11-17")])
def test_now_and_today_can_be_recorded(word: str, written: str, run: Run, file: str) -> None:
    """What is written is the instant, or the date in the log's zone; a text that reads so is a text."""
    where = ("--org", "oak", "--at", word)
    assert run("record", file, "appoint", "--person", "ann", "--role", "ceo", *where, "--note", word).code == 0
    assert run("correct", file, "appoint-ann-ceo", "--at", word, "--known", "now").code == 0
    assert run("retract", file, "appoint-ann-secretary", "--known", word).code in (0, 1)
    text = Path(file).read_text("utf-8")

    assert text.count(f"at = {written}\n") >= 2
    assert f'note = "{word}"' in text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("why", "--role", "secretary"), "Ann is secretary at Oak Ltd, since 2020-01-01"),
        (("cause", "--goal", "oak.secretary = ann"), "oak.secretary: ann"),
        (("reach", "--goal", "oak.secretary = none"), "oak.secretary: ann"),
        (("diff", "--from", "2019-01-01"), "+ secretary"),
        (("power",), "nobody can vote at oak"),
        (("explore", "--goal", "oak.secretary = none"), "no director sits"),
    ],
)
def test_no_question_is_about_what_lies_ahead(words: tuple[str, ...], shown: str, run: Run, file: str) -> None:
    """Unless an instant is asked for, it is about the present, and says so once."""
    result = run(words[0], file, *words[1:])

    assert shown in result.out + result.err
    assert result.err.count("1 event on record lies ahead, up to 2027-01-31") == 1


@pytest.mark.parametrize("known", [(), ("--known", "now")])
def test_the_end_of_the_record_is_certain(known: tuple[str, ...], run: Run, file: str) -> None:
    """Who asks for no instant is told the state after the last event, although its hour is not on record."""
    shown = run("snapshot", file, *known).out

    assert "since 2020-01-01" in shown
    assert "uncertain" not in shown
    assert "uncertain" not in run("why", file, "--role", "secretary").out
    assert "uncertain" not in run("diff", file, "--from", "2019-01-01").out


def test_a_snapshot_before_everything_is_of_the_present(run: Run, tmp_path: Path) -> None:
    """Where all lies ahead, nobody holds anything now."""
    file = tmp_path / "log.toml"
    file.write_text(log("2026-01-01"), "utf-8")
    result = run("snapshot", str(file))

    assert "2023-11-17 20:00:00" in result.out
    assert "2 events on record lie ahead" in result.err


def test_years_have_four_digits(run: Run, tmp_path: Path) -> None:
    """Also those of the first millennium, wherever a date is shown."""
    file = tmp_path / "log.toml"
    file.write_text(log("0900-01-01\nnot_before = 0800-01-01\nnot_after = 1950-01-01"), "utf-8")
    shown = run("snapshot", str(file), "--at", "1000-01-01").out

    assert "0900-01-01" in shown
    assert "between 0800-01-01" in shown


def test_a_failed_assertion_names_the_event_that_was_refused(run: Run, tmp_path: Path) -> None:
    """Of somebody who is missing that event, and else the last that touched the role."""
    refused = event("appoint", "at = 2021-01-01", person="bob", role="secretary")
    claim = '\n[[assert]]\nat = 2021-06-01\norg = "oak"\nsecretary = "bob"\n'
    file = tmp_path / "log.toml"
    base = log("2020-01-01", "bob")
    file.write_text(base + refused + claim, "utf-8")
    assert "hint: 'appoint-bob-secretary' at line 32 would have made it so" in run("check", str(file)).err

    file.write_text(base + claim.replace("2021", "2028"), "utf-8")
    assert "hint: last touched by 'resign-ann-secretary'" in run("check", str(file)).err


def test_a_what_if_compares_nothing_that_lies_ahead(run: Run, file: str, tmp_path: Path) -> None:
    """Without an instant the worlds are compared at the last one that is not in the future, and both outputs say so."""
    change = ("--change", "drop appoint-ann-secretary")
    told, data = run("whatif", file, *change), json.loads(run("whatif", file, *change, "--json").out)
    (tmp_path / "drop.toml").write_text(
        '[scenario]\nid = "drop"\nbase = "log.toml"\n[[change]]\ndrop = "appoint-ann-secretary"\n'
    )
    several = run("whatif", str(tmp_path / "drop.toml"), file)

    assert "in the end" not in told.out
    assert "2020-01-01 00:00:00 -05:00" in told.out
    assert "1 event on record lies ahead, up to 2027-01-31" in told.err
    assert (data["at"], data["differences"][0]["actual"]) == ("2020-01-01T05:00:00Z", ["ann"])
    assert "ann" in several.out.lower()
    assert boardsim.whatif(file, change[1]).to_dict() == data
    at = json.loads(run("whatif", file, *change, "--at", "2028-01-01", "--json").out)
    assert at["differences"] == []


def test_a_what_if_of_the_past_compares_the_end(run: Run, tmp_path: Path) -> None:
    """Where nothing lies ahead it is the end, whatever day it is, and `at` is null."""
    file = tmp_path / "log.toml"
    file.write_text(head("ann", zone="America/New_York") + event("appoint", "at = 2020-01-01", role="secretary"))
    told = run("whatif", str(file), "--change", "drop appoint-ann-secretary")
    data = json.loads(run("whatif", str(file), "--change", "drop appoint-ann-secretary", "--json").out)

    assert "in the end" in told.out
    assert "ahead" not in told.err
    assert data["at"] is None
