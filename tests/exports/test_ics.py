"""Calendars: what falls due, for programs that read iCalendar."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Log, replay
from boardsim.loading.rules import rules_of
from tests.blocks import event, head
from tests.conftest import Run
from tests.corrections import corrected_logs
from tests.exports.written import exported, helios
from tests.sizes import tries
from tests.strategies import instants, logs

AT = datetime(2024, 1, 10, tzinfo=UTC)


def calendar(text: str) -> Any:
    """The calendar as the library `icalendar` reads it."""
    return pytest.importorskip("icalendar").Calendar.from_ical(text)


def entries(at: datetime = AT) -> dict[str, Any]:
    """The entries of Helios by UID, without the name of the calendar."""
    history = replay(helios())
    text = exported("ics", history, at=at, uses=lambda: rules_of(helios()).uses)
    return {str(entry["UID"]).partition("@")[0]: entry for entry in calendar(text).walk("VEVENT")}


def test_a_term_ends_on_its_last_day() -> None:
    """The end of a term is an entry of that whole day, as the term was varied last, and counts how often it was."""
    entry = entries()["term/helios/ben-sits/director"]

    assert entry["DTSTART"].dt == date(2025, 2, 28)
    assert entry["SEQUENCE"] == 1
    assert entry["SUMMARY"] == 'Helios, Ltd: term of =HYPERLINK("Ben") as director ends'


def test_a_uid_stays_when_the_day_moves() -> None:
    """Before the term was extended the same entry stood at its first end."""
    before = entries(datetime(2023, 11, 1, tzinfo=UTC))["term/helios/ben-sits/director"]

    assert (before["DTSTART"].dt, before["SEQUENCE"]) == (date(2024, 2, 29), 0)


def test_every_entry_reminds() -> None:
    """Each has one alarm before it falls due; of a term sixty days."""
    for uid, entry in entries().items():
        (alarm,) = entry.walk("VALARM")
        assert alarm["TRIGGER"].dt < timedelta()
        assert not uid.startswith("term/") or alarm["TRIGGER"].dt == -timedelta(days=60)


def test_what_was_announced_falls_due() -> None:
    """Before its day it is announced, after it overdue, on the day for which it was announced."""
    before, after = (entries(at)["announced/helios/ada-back/director"] for at in (AT, datetime(2024, 3, 1, tzinfo=UTC)))

    assert before["DTSTART"].dt == after["DTSTART"].dt == date(2024, 2, 1)
    assert (": announced: " in before["SUMMARY"], ": overdue: " in after["SUMMARY"]) == (True, True)


def test_filings_fall_due_by_the_days_of_the_profile() -> None:
    """A fortnight after a month of which the day is not on record, counted from its end, as the entry says."""
    entry = entries(datetime(2023, 6, 2, tzinfo=UTC))["filing/helios/ada-leaves/cessation_notified"]

    assert entry["DTSTART"].dt == date(2023, 6, 14)
    assert "counted from the latest" in entry["DESCRIPTION"]


def test_a_second_run_gives_the_same_bytes() -> None:
    """Nothing of the hour of the run is in it."""
    assert exported("ics", at=AT) == exported("ics", at=AT)


def test_doubt_is_said() -> None:
    """Of a term by a disputed record the entry says so."""
    before = entries(datetime(2023, 11, 1, tzinfo=UTC))["term/helios/ben-sits/director"]

    assert "the record is disputed" in before["DESCRIPTION"]


def test_where_nothing_falls_due_the_calendar_has_a_component_all_the_same(run: Run, tmp_path: Path) -> None:
    """RFC 5545 wants one, so there is the zone of its times; it has no entry, and whoever asked for it is told."""
    log, file = tmp_path / "log.toml", tmp_path / "due.ics"
    log.write_text(head("ann") + event("appoint", "at = 2020-01-01"), encoding="utf-8")
    done = run("export", str(log), "-o", str(file))
    found = calendar(file.read_text(encoding="utf-8"))

    assert [type(one).__name__ for one in found.subcomponents] == ["Timezone"]
    assert found.subcomponents[0].to_tz().utcoffset(AT) == timedelta()
    assert (done.code, done.err.splitlines()[1]) == (0, "boardsim: nothing falls due, so the calendar has no entry")
    assert "VTIMEZONE" not in exported("ics", at=AT)


def test_a_long_line_is_folded_between_letters() -> None:
    """No line has more than 75 octets, and what is unfolded is what was there."""
    title = "董事会" * 40
    text = exported("ics", replay(evolve(helios(), title=title)), at=AT)

    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert f"X-WR-CALNAME:{title}\r\n" in text.replace("\r\n ", "")


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_any_log_makes_a_calendar_that_is_read(log: Log, data: st.DataObject) -> None:
    """Whatever names and titles hold, the library reads every entry, with one UID each, and no line is too long."""
    log = evolve(log, title=data.draw(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=90)))
    at = data.draw(st.sampled_from(instants(log)))
    text = exported("ics", replay(log), at=at, uses=lambda: rules_of(log, "uk-ca2006").uses)
    found = [str(entry["UID"]) for entry in calendar(text).walk("VEVENT")]

    assert len(set(found)) == len(found) == text.count("BEGIN:VEVENT")
    assert calendar(text).subcomponents
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
