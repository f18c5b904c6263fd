"""Time limits in days of the calendar, and in business days of the United States."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardsim import loads, replay
from boardsim.checks.business_days import deadline, is_business_day, is_federal_holiday
from boardsim.checks.check import Parameters
from boardsim.checks.rules.appointment_notified import late_filings
from tests.blocks import event, head
from tests.conftest import Run

HOLIDAYS = {
    1969: ["01-01", "02-21", "05-30", "07-04", "09-01", "11-11", "11-27", "12-25"],
    1970: ["01-01", "02-23", "05-29", "07-03", "09-07", "11-11", "11-26", "12-25"],
    1971: ["01-01", "02-15", "05-31", "07-05", "09-06", "10-11", "10-25", "11-25", "12-24", "12-31"],
    1977: ["02-21", "05-30", "07-04", "09-05", "10-10", "10-24", "11-24", "12-26"],
    1978: ["01-02", "02-20", "05-29", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"],
    1985: ["01-01", "02-18", "05-27", "07-04", "09-02", "10-14", "11-11", "11-28", "12-25"],
    1986: ["01-01", "01-20", "02-17", "05-26", "07-04", "09-01", "10-13", "11-11", "11-27", "12-25"],
    2020: ["01-01", "01-20", "02-17", "05-25", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"],
    2021: ["01-01", "01-18", "02-15", "05-31", "06-18", "07-05", "09-06", "10-11", "11-11", "11-25", "12-24", "12-31"],
    2022: ["01-17", "02-21", "05-30", "06-20", "07-04", "09-05", "10-10", "11-11", "11-24", "12-26"],
    2023: ["01-02", "01-16", "02-20", "05-29", "06-19", "07-04", "09-04", "10-09", "11-10", "11-23", "12-25"],
}
"""The weekdays on which federal holidays were kept, as the Office of Personnel Management listed them, or by the law.

In 1971 four were moved to Mondays and Columbus Day was added, in 1978 Veterans Day was moved back, in 1986 and 2021 one
more was kept.
"""


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_are_those_that_were_kept(year: int) -> None:
    """By rule, and by no table, around each change of the law.

    Those on a Saturday are kept on the Friday before, those on a Sunday on the Monday after.
    """
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))

    assert [f"{day:%m-%d}" for day in days if day.weekday() < 5 and is_federal_holiday(day)] == HOLIDAYS[year]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2023-11-17", "2023-11-24"),  # a Friday: Thanksgiving lies between
        ("2023-11-18", "2023-11-24"),  # a Saturday: the time begins on Monday
        ("2023-11-20", "2023-11-27"),
        ("2024-01-08", "2024-01-12"),
        ("2018-11-30", "2018-12-07"),  # the Commission was closed on 5 December, of mourning
    ],
)
def test_four_business_days_after_an_event(day: str, last: str) -> None:
    """Neither weekends nor holidays nor other closures count."""
    found = deadline(date.fromisoformat(day), 4, ["2018-12-05"], until=date(2030, 1, 1))

    assert found.isoformat() == last


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 20))
def test_so_many_business_days_lie_between(day: date, count: int) -> None:
    """After a day and up to its deadline there are exactly so many, and the deadline is one of them."""
    last = deadline(day, count, until=date.max)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]

    assert sum(map(is_business_day, between)) == count
    assert not count or is_business_day(last)


def log(at: str, filed: str, said: str = "") -> str:
    """A log in which an appointment was filed on a day, and of the company this is said."""
    return head("ann", zone="America/New_York", said=said) + event("appoint", f"at = {at}\nfiled = {filed}")


def is_late(at: str, filed: str, **more: object) -> bool:
    """Whether the filing of an appointment came too late."""
    history = replay(loads(log(at, filed), "log.toml").log)
    parameters: Parameters = {"days": 14, "business_days": 0, "closures": [], "roles": ["director"], **more}
    return bool([*late_filings(history, history.log.orgs[0], parameters)])


@pytest.mark.parametrize("month", ["2023-03-01", "2023-10-25", "2023-06-01", "2023-10-30T23:00:00-04:00"])
def test_a_day_has_no_fixed_number_of_hours(month: str) -> None:
    """The same distance is in time in spring, when a day has 23 hours, and in autumn, when one has 25."""
    start = date.fromisoformat(month[:10])

    assert not is_late(month, str(start + timedelta(days=14)))
    assert is_late(month, str(start + timedelta(days=15)))


def test_business_days_go_before_days() -> None:
    """A profile that allows four of them does not count days, and knows of other closures."""
    assert not is_late("2023-11-17", "2023-11-24", business_days=4)
    assert is_late("2023-11-17", "2023-11-27", business_days=4)
    assert not is_late("2023-11-17", "2023-11-27", business_days=4, closures=["2023-11-24"])


PROFILE = """[profile]
id = "mine"
title = "Mine"

[checks.appointment_notified]
business_days = 4
closures = {0}
"""


def governed(folder: Path, closures: str) -> str:
    """A log under a profile with other closures, in which a filing came on the day after one of them; its path."""
    (folder / "mine.toml").write_text(PROFILE.format(closures), "utf-8")
    path = folder / "log.toml"
    path.write_text(log("2018-11-30", "2018-12-07", 'profile = "mine.toml"\n'), "utf-8")
    return str(path)


@pytest.mark.parametrize("closures", ["[2018-12-05]", '["2018-12-05"]', '["20181205"]', "[2001-01-01, 2018-12-05]"])
def test_a_profile_lists_other_closures(closures: str, run: Run, tmp_path: Path) -> None:
    """As dates, with or without quotes: what was filed a day later is in time where one of them lies between."""
    assert run("check", governed(tmp_path, closures)).err == ""
    assert "over on 2018-12-06" in run("check", governed(tmp_path, "[]")).err


@pytest.mark.parametrize(
    ("closures", "said"),
    [
        ('"2018-12-05"', "takes a list of dates"),
        ("[4]", "takes a list of dates"),
        ('["2018-13-05"]', "not a date"),
        ('["2018-12-05T12:00:00Z"]', "not a date"),
        ("[2018-12-05T12:00:00Z]", "not a date"),
    ],
)
def test_a_closure_is_a_date(closures: str, said: str, run: Run, tmp_path: Path) -> None:
    """Anything else is a problem of the profile, with its line."""
    result = run("check", governed(tmp_path, closures))

    assert "mine.toml:7:" in result.err
    assert said in result.err


@pytest.mark.parametrize("days", [0, 1, 3])
def test_a_deadline_that_is_not_over_is_the_last_day_that_is_looked_at(days: int) -> None:
    """Of more business days than there are until a day, the answer is that day and no later one."""
    friday = date(2024, 3, 1)

    assert deadline(friday, 9, until=friday + timedelta(days=days)) == friday + timedelta(days=days)
