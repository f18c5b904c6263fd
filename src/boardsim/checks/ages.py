"""Birthdays: the instants at which somebody comes of an age, on which no event falls."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from boardsim.bylaws import DIRECTOR
from boardsim.days import midnight
from boardsim.history import History, Tenure
from boardsim.log import CivilDate, Org


def anniversary(born: date, years: int) -> date | None:
    """The birthday after so many years; of the 29th of February, the 1st of March in common years.  None after 9999."""
    year = born.year + years
    if year > date.max.year:
        return None
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def days_of(born: CivilDate) -> tuple[date, date]:
    """The first and the last day that a date can be; of a date that is exact, that day and the same."""
    if isinstance(born, date):
        return born, born
    year, _, month = born.partition("-")
    first, last = (int(month), int(month)) if month else (1, 12)
    return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])


def directors_and_birthdays(
    history: History, org: Org, years: int, *, at_the_latest: bool
) -> tuple[list[Tenure], Mapping[str, datetime]]:
    """The directors' tenures, and when each whose birth is on record comes of the age.

    That is as the day begins in the log's zone.  Where no birth is on record, the register need not be written.

    Args:
        at_the_latest: of a birth of which the day is not on record, when they have come of the age for certain; else
            the first day on which they can.
    """
    if not history.log.has_births:
        return [], {}
    people, zone, found = history.log.person_by_id, ZoneInfo(history.log.timezone), {}
    directors = [tenure for tenure in history.tenures(org.id) if tenure.role == DIRECTOR]
    for person in {tenure.opened.person for tenure in directors}:
        born = people[person].born if person in people else None
        day = anniversary(days_of(born)[at_the_latest], years) if born else None
        if day is not None:
            found[person] = midnight(day, zone)
    return directors, found


def unrecorded(history: History, live: Iterable[Tenure]) -> str:
    """Of how many holders nobody can reckon the age; empty where of none."""
    people = history.log.person_by_id
    unknown = sum(getattr(people.get(tenure.opened.person), "born", None) is None for tenure in live)
    return f"; of {unknown} the date of birth is not on record" if unknown else ""
