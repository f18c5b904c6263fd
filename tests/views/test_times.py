"""Times in documents: an instant in UTC, and beside it what the record has."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given

from boardsim import Log, Statement, loads, replay
from boardsim.events import Precision
from boardsim.formats.log.encode import encode_event
from boardsim.formats.schema.times import iso, on_clocks
from boardsim.views.json.log import replay_json
from boardsim.views.json.times import known_json, when_json, written
from tests.conftest import Run
from tests.strategies import ZONES, logs

LONDON = """\
[log]
schema = 1
id = "helios"
timezone = "Europe/London"
[[org]]
id = "helios"
name = "Helios"
profile = "us-de-stock"
[org.bylaws]
minimum = 2
[[person]]
id = "ada-moreno"
name = "Ada Moreno"
[[event]]
type = "appoint"
at = 2016-07-01
known = 2016-07-04
person = "ada-moreno"
org = "helios"
role = "director"
until = 2019-06-30
[[event]]
type = "appoint"
at = 2016-07-01T09:30:00+01:00
not_before = 2016-07-01
not_after = 2016-07-02
person = "ada-moreno"
org = "helios"
role = "chair"
status = "disputed"
"""


@pytest.fixture
def london(tmp_path: Path) -> str:
    """A log in whose summer a day begins in the evening before, by UTC."""
    file = tmp_path / "london.toml"
    file.write_text(LONDON)
    return str(file)


def held(run: Run, case: str, *words: str) -> dict[str, Any]:
    """Whoever is director and chair, by role."""
    document = json.loads(run("snapshot", case, "--json", *words).out)
    return {role: tenures[0] for role, tenures in document["orgs"][0]["roles"].items()}


def test_a_date_is_the_date_that_was_written(run: Run, london: str) -> None:
    """A day of London's summer is that day, though it begins in the evening before by UTC; its bounds are the day's."""
    director = held(run, london)["director"]

    assert (director["since"], director["since_text"]) == ("2016-06-30T23:00:00Z", "2016-07-01")
    assert (director["not_before"], director["not_before_text"]) == ("2016-06-30T23:00:00Z", "2016-07-01")
    assert (director["not_after"], director["not_after_text"]) == ("2016-07-01T23:00:00Z", "2016-07-01")
    assert (director["until"], director["until_text"]) == ("2019-06-30T23:00:00Z", "2019-06-30")
    assert (director["public_since"], director["public_since_text"]) == ("2016-07-03T23:00:00Z", "2016-07-04")


def test_an_instant_is_told_on_the_clocks_of_the_logs_zone(run: Run, london: str) -> None:
    """Whatever zone its reader looks in: --tz is for tables."""
    for words in ((), ("--tz", "Asia/Tokyo")):
        chair = held(run, london, *words)["chair"]
        assert (chair["since"], chair["since_text"]) == ("2016-07-01T08:30:00Z", "2016-07-01T09:30:00+01:00")
        assert (chair["public_since_text"], chair["status"]) == ("2016-07-01T09:30:00+01:00", "disputed")


def test_uncertain_spans_have_their_texts(run: Run, london: str) -> None:
    """What lies within a span says from which day until which."""
    document = json.loads(run("snapshot", london, "--at", "2016-07-01T12:00", "--json").out)
    chair = next(one for one in document["orgs"][0]["uncertain"] if one["role"] == "chair")

    assert (chair["not_before_text"], chair["not_after_text"], chair["why"]) == ("2016-07-01", "2016-07-02", "span")


def test_a_finding_has_the_text_of_its_event(run: Run, london: str) -> None:
    """A rule that is broken from a date on is broken from that date on, and the bounds are those of its beginning."""
    findings = json.loads(run("check", london, "board_min", "--json").out)["findings"]
    (finding,) = (finding for finding in findings if finding["code"] == "board_min")

    assert (finding["from"], finding["from_text"]) == ("2016-06-30T23:00:00Z", "2016-07-01")
    assert (finding["not_before_text"], finding["not_after_text"]) == ("2016-07-01", "2016-07-01")
    assert (finding["until"], finding["until_text"], finding["remedied_by"]) == (None, None, None)


@given(log=logs())
def test_the_text_is_what_the_log_has(log: Log) -> None:
    """A date where the log would be written with a date, else the same instant on the clocks of its zone.

    What it has as the first instant of a day, and bounds beside it, is told as that day.
    """
    zone = ZoneInfo(log.timezone)
    history = replay(log)
    items = replay_json(history, range(len(history.events)))["events"]
    for event, item in zip(history.events, items, strict=True):
        table = encode_event(event, zone)
        for key in ("at", "known", "not_before", "not_after"):
            value = table.get(key)
            if isinstance(value, datetime) and key == "at" and event.precision in ("date", "last-day"):
                value = value.astimezone(zone).date()
            if isinstance(value, datetime):
                assert item[f"{key}_text"] == on_clocks(value, zone)
            elif value is not None:
                assert item[f"{key}_text"] == value.isoformat()
        assert item["at"] == iso(event.at)
        assert item["at_text"] is not None
        assert "known" in table or item["known_text"] == item["at_text"]


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_is_the_same_instant(zone: str) -> None:
    """The text is ISO 8601 with an offset of whole minutes, and names the same instant to the microsecond."""
    for instant in (datetime(1971, 12, 28, 3, 4, 5, 6, tzinfo=UTC), datetime(2023, 7, 1, tzinfo=UTC)):
        text = on_clocks(instant, ZoneInfo(zone))
        assert datetime.fromisoformat(text) == instant
        assert len(text) in {len("2023-07-01T00:00:00Z") + more for more in (0, 5, 7, 12)}


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "1982-05-01"), ("month", "1982-05"), ("year", "1982"), ("by", None)]
)
def test_a_month_and_a_year(precision: Precision, text: str | None) -> None:
    """Of what is known to the month or the year no more is told; and nothing where only the latest is known."""
    zone = ZoneInfo("Europe/London")
    at = datetime(1982, 4, 30, 23, tzinfo=UTC)

    end = datetime(1982, 5, 1, 23, tzinfo=UTC)
    vague = Statement(id="x", at=at, not_after=end, precision=precision, text="x")

    assert written(vague, zone) == text
    assert known_json(vague, zone)["known_text"] == (text or "1982-05-01")


def test_an_instant_of_no_event_has_a_clock() -> None:
    """An instant that is reckoned, such as the end of a time to remedy something, is never shown as a date."""
    zone, at = ZoneInfo("UTC"), datetime(2020, 1, 1, tzinfo=UTC)
    event = Statement(id="x", at=at, not_before=at, not_after=at + timedelta(days=1), precision="day", text="x")

    assert when_json("from", at, [None, event], zone) == {"from": "2020-01-01T00:00:00Z", "from_text": "2020-01-01"}
    assert when_json("from", at, [evolve(event, at=at + timedelta(hours=1))], zone)["from_text"] == (
        "2020-01-01T00:00:00+00:00"
    )
    assert when_json("from", None, [event], zone) == {"from": None, "from_text": None}


def test_the_london_log_is_sound() -> None:
    """It has no problem."""
    assert not loads(LONDON, "london.toml").problems
