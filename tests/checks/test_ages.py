"""Checks of ages, where a birth is on record to the month or the year: only what is certain is judged."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from boardsim import replay
from boardsim.checks.ages import days_of
from tests.checks.test_checks import day, director
from tests.helios import found, log


@pytest.mark.parametrize(
    ("born", "first", "last"),
    [
        (date(2000, 2, 29), date(2000, 2, 29), date(2000, 2, 29)),
        ("2000", date(2000, 1, 1), date(2000, 12, 31)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("1999-12", date(1999, 12, 1), date(1999, 12, 31)),
    ],
)
def test_the_days_that_a_date_can_be(born: date | str, first: date, last: date) -> None:
    """A year has its days, a month its own, and a day is itself."""
    assert days_of(born) == (first, last)


PERSON = '\n[[person]]\nid = "max-ohm"\nname = "Max Ohm"\nborn = {}\n'


def ends(check: str, born: str, **parameters: Any) -> list[tuple[datetime, datetime | None]]:
    """When a check of the only director's age is broken; the log ends in January 2024."""
    story = PERSON.format(born) + director("max-ohm", day(1)) + director("ada-moreno", day(1)).replace("2020-", "2024-")
    return [(one.since, one.until) for one in found(replay(log(story)), check, **parameters)]


@pytest.mark.parametrize(
    ("born", "until"),
    [
        ("2005-03-01", datetime(2021, 3, 1, tzinfo=UTC)),
        ('"2005-03"', datetime(2021, 3, 1, tzinfo=UTC)),
        ('"2005-07"', datetime(2021, 7, 1, tzinfo=UTC)),
        ('"2005"', datetime(2021, 1, 1, tzinfo=UTC)),
    ],
)
def test_somebody_is_too_young_as_long_as_that_is_certain(born: str, until: datetime) -> None:
    """Up to the first day on which they can have come of the age."""
    assert ends("minimum_age", born) == [(day(1), until)]


def test_whoever_may_be_old_enough_is() -> None:
    """Where the birthday may have come before the appointment on 1 January 2020, nothing is found."""
    assert ends("minimum_age", '"2004-01"') == []
    assert ends("minimum_age", '"2004"') == []
    assert ends("minimum_age", "2004-01-02") == [(day(1), day(2))]


@pytest.mark.parametrize(
    ("born", "since"),
    [
        ("1951-03-01", datetime(2021, 3, 1, tzinfo=UTC)),
        ('"1951-02"', datetime(2021, 2, 28, tzinfo=UTC)),
        ('"1951"', datetime(2021, 12, 31, tzinfo=UTC)),
    ],
)
def test_somebody_is_old_once_that_is_certain(born: str, since: datetime) -> None:
    """From the last day on which they can have come of the age."""
    assert [start for start, _ in ends("age_share", born, age=70)] == [since]
