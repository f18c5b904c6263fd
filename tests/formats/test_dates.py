"""Dates of events: a time, a day, a month, a year, or only the latest that it can have been."""

import runpy
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from boardsim import Log, loads, replay, snapshot
from boardsim.events import OPEN, Event
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.sealing import seal
from boardsim.views.json.log import replay_json
from tests.blocks import head
from tests.sealing.test_seal import CHECKER
from tests.sizes import tries

HEADER = head("ann", org="acme", name="Acme", zone="{zone}")
ZONES = ("UTC", "America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Africa/Monrovia", "Pacific/Auckland")

days = st.dates(date(1981, 11, 1), date(1983, 3, 1))
hours = st.sampled_from(["00:00:00Z", "07:30:00Z", "08:00:00Z", "12:00:00+01:00", "23:59:59.999999Z"])
times = st.builds(lambda day, hour: f"{day.isoformat()}T{hour}", days, hours)
bounds = st.none() | days.map(date.isoformat) | times
periods = st.sampled_from(['"1982"', '"1982-05"', '"1982-12"', '"1983"'])


def log(zone: str = "UTC", **said: str | None) -> str:
    """A log with one appointment."""
    keys = "".join(f"{key} = {value}\n" for key, value in said.items() if value is not None)
    return f'{HEADER.format(zone=zone)}[[event]]\ntype = "appoint"\nperson = "ann"\norg = "acme"\nrole = "ceo"\n{keys}'


def event(**said: str | None) -> Event:
    """The event of such a log, which has no problem."""
    loaded = loads(log("UTC", **said), "log.toml")
    assert loaded.problems == []
    [found] = loaded.log.events
    return found


@settings(max_examples=tries(150))
@given(zone=st.sampled_from(ZONES), at=bounds | periods, not_before=bounds, not_after=bounds, known=bounds)
def test_whatever_is_said_of_a_date_is_written_as_it_was(
    zone: str, at: str | None, not_before: str | None, not_after: str | None, known: str | None
) -> None:
    """A log is the same after it is written and read again, its receipt too, and any program computes that receipt."""
    text = log(zone, at=at, not_before=not_before, not_after=not_after, known=known)
    loaded = loads(text, "log.toml")
    assume(not loaded.problems)
    heads = runpy.run_path(str(CHECKER))["heads"]
    expected = [head.hex() for head in seal.seal(loaded.log).heads]

    assert list(heads(text)) == expected
    for form, name in ((toml.write(loaded.log), "log.toml"), (jsonl.write(as_stated(loaded.log)), "log.jsonl")):
        again = loads(form, name).log
        assert all_of(again) == all_of(loaded.log)
        assert list(heads(form)) == expected


def all_of(found: Log) -> list[Any]:
    """What a log says of its dates; a day that was written as its two bounds is written as a day."""
    rough = ("month", "year", "by")
    return [
        (e.at, e.known, e.not_before, e.not_after, e.span, e.precision if e.precision in rough else None)
        for e in found.events
    ]


@pytest.mark.parametrize(
    ("at", "start", "end"),
    [
        ('"1982"', datetime(1982, 1, 1, tzinfo=UTC), datetime(1983, 1, 1, tzinfo=UTC)),
        ('"1982-12"', datetime(1982, 12, 1, tzinfo=UTC), datetime(1983, 1, 1, tzinfo=UTC)),
        ("1982-12-31", datetime(1982, 12, 31, tzinfo=UTC), datetime(1983, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_year_a_month_and_a_day_are_spans_from_their_first_instant(at: str, start: datetime, end: datetime) -> None:
    """An event that is dated by them counts from the first instant, and is uncertain until the last."""
    found = event(at=at)

    assert (found.at, found.span) == (start, (start, end))


def test_a_month_with_a_bound_counts_from_the_bound() -> None:
    """What is said of the span besides narrows it."""
    found = event(at='"1982-05"', not_before="1982-05-10")

    assert (found.at, found.span) == (
        datetime(1982, 5, 10, tzinfo=UTC),
        (datetime(1982, 5, 10, tzinfo=UTC), datetime(1982, 6, 1, tzinfo=UTC)),
    )


@pytest.mark.parametrize("key", ["not_after", "known"])
def test_where_the_date_is_not_on_record_the_latest_will_do(key: str) -> None:
    """Somebody who is said to have been appointed by a day holds the role at its end, and before it perhaps."""
    loaded = loads(log("UTC", **{key: "1992-01-01"}), "log.toml")
    history = replay(loaded.log)
    [found] = loaded.log.events

    assert loaded.problems == []
    assert found.span == (OPEN, datetime(1992, 1, 2, tzinfo=UTC))
    for year in (1985, 1991):
        [org] = snapshot(history, at=datetime(year, 1, 1, tzinfo=UTC)).orgs
        assert (org.roles, [u.person for u in org.uncertain]) == ({}, ["ann"])
    [org] = snapshot(history, at=datetime(1992, 1, 2, tzinfo=UTC) - timedelta(microseconds=1)).orgs
    assert list(org.roles) == ["ceo"]


@pytest.mark.parametrize("at", ["1982-05-04", "1982-05-04T00:00:00Z"])
def test_a_date_with_an_earlier_bound_is_the_last_day(at: str) -> None:
    """Within its hours it may have happened yet, and when the day is over it has; stores have its first instant."""
    found = event(at=at, not_before="1982-03-01")
    midnight = datetime(1982, 5, 5, tzinfo=UTC)
    assert found.span == (datetime(1982, 3, 1, tzinfo=UTC), midnight)
    assert found.at == datetime(1982, 5, 4, tzinfo=UTC)
    assert event(at="1982-05-04T00:00:01Z", not_before="1982-03-01").not_after is None


@pytest.mark.parametrize(
    "bound", [{"not_before": "1983-01-01"}, {"not_before": "1983-01-02"}, {"not_after": "1981-12-31"}]
)
def test_a_year_of_which_nothing_is_left_between_its_bounds_is_refused(bound: dict[str, str]) -> None:
    """It would have been at the first instant of another one."""
    loaded = loads(log(at='"1982"', **bound), "log.toml")

    assert [problem.code for problem in loaded.problems] == ["outside-span"]
    assert event(at='"1982"', not_before="1982-12-31").span is not None


def test_a_date_between_bounds_is_told_as_a_date() -> None:
    """Nobody reads a clock where none is on record; the bounds stand beside it, as they were given."""
    loaded = loads(log("Asia/Kolkata", at="1982-05-04", not_before="1982-03-01", not_after="1982-06-30"), "log.toml")
    [item] = replay_json(replay(loaded.log), [0])["events"]
    times = ("at_text", "not_before_text", "not_after_text")
    assert [item[key] for key in times] == ["1982-05-04", "1982-03-01", "1982-06-30"]
    assert item["at"] == "1982-05-03T18:30:00Z"


def test_nothing_is_known_before_it_happens() -> None:
    """An event that became known on the day of it, at an hour that is not on record, is in no view from before it."""
    found = loads(log(at="2020-01-01T18:00:00Z", known="2020-01-01"), "log.toml").log
    noon = datetime(2020, 1, 1, 12, tzinfo=UTC)

    assert replay(found, known=noon).events == []
    assert len(replay(found, known=noon + timedelta(hours=6)).events) == 1
    assert "known = 2020-01-01\n" in toml.write(found)


def test_a_retraction_known_to_the_day_acts_when_the_day_is_over() -> None:
    """Within the day nobody can say that it was known; at the end of it, it was."""
    text = log(at="2019-01-01", id='"x"') + '[[event]]\ntype = "retract"\nat = 2020-01-01\nevent = "x"\n'
    found = loads(text, "log.toml").log
    end = datetime(2020, 1, 2, tzinfo=UTC) - timedelta(microseconds=1)

    assert "x" in replay(found, known=end - timedelta(microseconds=1))
    assert "x" not in replay(found, known=end)


def test_a_day_is_one_of_the_zone_of_the_log() -> None:
    """Midnight elsewhere is no day's first instant here."""
    zone = ZoneInfo("America/Los_Angeles")
    found = loads(
        log("America/Los_Angeles", at="2020-01-01T18:00:00-08:00", known="2020-01-01T00:00:00Z"), "l.toml"
    ).log

    assert len(replay(found, known=datetime(2020, 1, 1, tzinfo=zone)).events) == 1


@pytest.mark.parametrize(
    ("typed", "message", "remedy"),
    [
        ("2021-05", "a month stands in quotes", 'write "2021-05"'),
        ("1999-12  # the month", "a month stands in quotes", 'write "1999-12"'),
        ("2021-5-1", "the month and the day of a date have two digits each", "write it so: 2021-03-01"),
        ("2021-05-1", "the month and the day of a date have two digits each", "write it so: 2021-03-01"),
        ("31/12/2021", "a date begins with the year", "write it so: 2021-03-01"),
        ("1.2.2021", "a date begins with the year", "write it so: 2021-03-01"),
    ],
)
def test_a_date_that_is_none_of_toml_is_known_as_one(typed: str, message: str, remedy: str) -> None:
    """Whoever writes a date in another way is told how it is written, at the date."""
    text = f'[log]\nschema = 1\n\n[[event]]\ntype = "statement"\nat = {typed}\ntext = "We met."\n'
    [problem] = loads(text, "log.toml").problems

    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (6, 6)
    assert problem.message == f"not TOML: {message}"
    assert problem.hint == f"{remedy}; only this block is left out; the others are read"
