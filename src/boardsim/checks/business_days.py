"""Business days in the United States: neither a weekend nor a federal holiday, which follow from rules."""

from collections.abc import Container
from datetime import date, timedelta

MONDAY, FRIDAY, SATURDAY = 0, 4, 5

A_DAY = timedelta(days=1)


def is_business_day(day: date, closures: Container[str] = ()) -> bool:
    """Whether a day is neither on a weekend, nor a federal holiday, nor one of the closures, which are ISO dates."""
    return day.weekday() < SATURDAY and not is_federal_holiday(day) and day.isoformat() not in closures


def is_federal_holiday(day: date) -> bool:
    """Whether a holiday is kept on a day: one on a Saturday is on the Friday before, one on a Sunday on Monday.

    5 U.S.C. § 6103(a) and (b), and Executive Order 11582 for Sundays.
    """
    kept = [day]
    if day.weekday() == FRIDAY:
        kept.append(day + A_DAY)
    if day.weekday() == MONDAY:
        kept.append(day - A_DAY)
    return any(_is_named(holiday) for holiday in kept)


def _is_named(day: date) -> bool:
    """Whether a day is one that the law names: since when, and on which day of which month."""
    year, month, number = day.year, day.month, day.day
    fixed = {(1, 1), (7, 4), (12, 25)}
    fixed |= {(6, 19)} if year >= 2021 else set()
    fixed |= {(11, 11)} if not 1971 <= year <= 1977 else set()
    fixed |= {(2, 22), (5, 30)} if year < 1971 else set()
    return (month, number) in fixed or _is_nth(day)


def _is_nth(day: date) -> bool:
    """Whether a day is a holiday that the law puts on a certain weekday of a month."""
    nth, is_last = (day.day + 6) // 7, (day + 7 * A_DAY).month != day.month
    match day.month, day.weekday():
        case 1, 0:
            return nth == 3 and day.year >= 1986
        case 2, 0:
            return nth == 3 and day.year >= 1971
        case 5, 0:
            return is_last and day.year >= 1971
        case 9, 0:
            return nth == 1
        case 10, 0:
            return day.year >= 1971 and (nth == 2 or (nth == 4 and day.year <= 1977))
        case 11, 3:
            return nth == 4
        case _:
            return False


def deadline(day: date, count: int, closures: Container[str] = (), *, until: date) -> date:
    """The last of so many business days after a day; `until`, where they are not over before it."""
    while count and day < until:
        day += A_DAY
        count -= is_business_day(day, closures)
    return day
