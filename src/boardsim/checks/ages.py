"""Birthdays: the instants at which somebody comes of an age, on which no event falls."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from boardsim.history import History, Tenure


def anniversary(born: date, years: int) -> date | None:
    """The birthday after so many years; of the 29th of February, the 1st of March in common years.  None after 9999."""
    year = born.year + years
    if year > date.max.year:
        return None
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def birthdays(history: History, tenures: Iterable[Tenure], years: int) -> Mapping[str, datetime]:
    """When each holder whose birth is on record comes of the age: as that day begins in the log's zone."""
    zone = ZoneInfo(history.log.timezone)
    people = history.log.person_by_id
    found = {}
    for person in {tenure.opened.person for tenure in tenures}:
        born = people[person].born if person in people else None
        day = born and anniversary(born, years)
        if day is not None:
            found[person] = datetime.combine(day, time(), zone).astimezone(UTC)
    return found


def unrecorded(history: History, live: Iterable[Tenure]) -> str:
    """Of how many holders nobody can reckon the age; empty where of none."""
    people = history.log.person_by_id
    unknown = sum(getattr(people.get(tenure.opened.person), "born", None) is None for tenure in live)
    return f"; of {unknown} the date of birth is not on record" if unknown else ""
