"""Presidents and vice presidents of the United States, 1789 to 2029, as rows of facts.

Sources: Constitution of the United States, Art. II and Amendments XII, XX and XXV; United States Senate Historical
Office, "Vice Presidents of the United States"; the White House, "Presidents".  A term ends when the next one begins,
on 4 March until 1933 and on 20 January since 1937, at noon.  A vice president who succeeds a president who died or
resigned is vice president no more.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from boardsim import Appoint, Cease, Event, Log, Org, Resign, Role

VICE_PRESIDENTS = """
Adams, John          | 1789-04-21 | 1797-03-04 | term
Jefferson            | 1797-03-04 | 1801-03-04 | term
Burr                 | 1801-03-04 | 1805-03-04 | term
Clinton, George      | 1805-03-04 | 1812-04-20 | died
Gerry                | 1813-03-04 | 1814-11-23 | died
Tompkins             | 1817-03-04 | 1825-03-04 | term
Calhoun              | 1825-03-04 | 1832-12-28 | resigned
Van Buren            | 1833-03-04 | 1837-03-04 | term
Johnson, Richard     | 1837-03-04 | 1841-03-04 | term
Tyler                | 1841-03-04 | 1841-04-04 | succeeded
Dallas               | 1845-03-04 | 1849-03-04 | term
Fillmore             | 1849-03-04 | 1850-07-09 | succeeded
King                 | 1853-03-04 | 1853-04-18 | died
Breckinridge         | 1857-03-04 | 1861-03-04 | term
Hamlin               | 1861-03-04 | 1865-03-04 | term
Johnson, Andrew      | 1865-03-04 | 1865-04-15 | succeeded
Colfax               | 1869-03-04 | 1873-03-04 | term
Wilson, Henry        | 1873-03-04 | 1875-11-22 | died
Wheeler              | 1877-03-04 | 1881-03-04 | term
Arthur               | 1881-03-04 | 1881-09-19 | succeeded
Hendricks            | 1885-03-04 | 1885-11-25 | died
Morton               | 1889-03-04 | 1893-03-04 | term
Stevenson            | 1893-03-04 | 1897-03-04 | term
Hobart               | 1897-03-04 | 1899-11-21 | died
Roosevelt, Theodore  | 1901-03-04 | 1901-09-14 | succeeded
Fairbanks            | 1905-03-04 | 1909-03-04 | term
Sherman              | 1909-03-04 | 1912-10-30 | died
Marshall             | 1913-03-04 | 1921-03-04 | term
Coolidge             | 1921-03-04 | 1923-08-02 | succeeded
Dawes                | 1925-03-04 | 1929-03-04 | term
Curtis               | 1929-03-04 | 1933-03-04 | term
Garner               | 1933-03-04 | 1941-01-20 | term
Wallace              | 1941-01-20 | 1945-01-20 | term
Truman               | 1945-01-20 | 1945-04-12 | succeeded
Barkley              | 1949-01-20 | 1953-01-20 | term
Nixon                | 1953-01-20 | 1961-01-20 | term
Johnson, Lyndon      | 1961-01-20 | 1963-11-22 | succeeded
Humphrey             | 1965-01-20 | 1969-01-20 | term
Agnew                | 1969-01-20 | 1973-10-10 | resigned
Ford                 | 1973-12-06 | 1974-08-09 | succeeded
Rockefeller          | 1974-12-19 | 1977-01-20 | term
Mondale              | 1977-01-20 | 1981-01-20 | term
Bush, George H. W.   | 1981-01-20 | 1989-01-20 | term
Quayle               | 1989-01-20 | 1993-01-20 | term
Gore                 | 1993-01-20 | 2001-01-20 | term
Cheney               | 2001-01-20 | 2009-01-20 | term
Biden                | 2009-01-20 | 2017-01-20 | term
Pence                | 2017-01-20 | 2021-01-20 | term
Harris               | 2021-01-20 | 2025-01-20 | term
Vance                | 2025-01-20 | 2029-01-20 | in office
"""

PRESIDENTS = """
Washington           | 1789-04-30
Adams, John          | 1797-03-04
Jefferson            | 1801-03-04
Madison              | 1809-03-04
Monroe               | 1817-03-04
Adams, John Quincy   | 1825-03-04
Jackson              | 1829-03-04
Van Buren            | 1837-03-04
Harrison, William    | 1841-03-04
Tyler                | 1841-04-04
Polk                 | 1845-03-04
Taylor               | 1849-03-04
Fillmore             | 1850-07-09
Pierce               | 1853-03-04
Buchanan             | 1857-03-04
Lincoln              | 1861-03-04
Johnson, Andrew      | 1865-04-15
Grant                | 1869-03-04
Hayes                | 1877-03-04
Garfield             | 1881-03-04
Arthur               | 1881-09-19
Cleveland            | 1885-03-04
Harrison, Benjamin   | 1889-03-04
Cleveland            | 1893-03-04
McKinley             | 1897-03-04
Roosevelt, Theodore  | 1901-09-14
Taft                 | 1909-03-04
Wilson, Woodrow      | 1913-03-04
Harding              | 1921-03-04
Coolidge             | 1923-08-02
Hoover               | 1929-03-04
Roosevelt, Franklin  | 1933-03-04
Truman               | 1945-04-12
Eisenhower           | 1953-01-20
Kennedy              | 1961-01-20
Johnson, Lyndon      | 1963-11-22
Nixon                | 1969-01-20
Ford                 | 1974-08-09
Carter               | 1977-01-20
Reagan               | 1981-01-20
Bush, George H. W.   | 1989-01-20
Clinton, Bill        | 1993-01-20
Bush, George W.      | 2001-01-20
Obama                | 2009-01-20
Trump                | 2017-01-20
Biden                | 2021-01-20
Trump                | 2025-01-20
"""


def rows(table: str) -> list[list[str]]:
    """The cells of a table."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def noon(day: str) -> datetime:
    """When a term begins and ends on that day."""
    return datetime.combine(date.fromisoformat(day), time(12), UTC)


def log() -> Log:
    """The two offices, each of one holder; of one day, whoever leaves an office leaves it before anybody takes one."""
    events = sorted((*_vice_presidency(), *_presidency()), key=lambda event: (event.at, isinstance(event, Appoint)))
    roles = (Role(id="vice-president"),)
    return Log(id="us-executive", orgs=(Org(id="us", name="United States"),), roles=roles, events=tuple(events))


def _vice_presidency() -> Iterator[Event]:
    for number, (person, since, until, how) in enumerate(rows(VICE_PRESIDENTS)):
        office: dict[str, Any] = {"org": "us", "role": "vice-president", "person": person}
        yield Appoint(id=f"vice-{number}", at=noon(since), until=noon(until) if how == "in office" else None, **office)
        if how == "resigned":
            yield Resign(id=f"vice-{number}-ends", at=noon(until), **office)
        elif how != "in office":
            yield Cease(id=f"vice-{number}-ends", at=noon(until), cause=how, **office)


def _presidency() -> Iterator[Event]:
    before = None
    for number, (person, since) in enumerate(rows(PRESIDENTS)):
        at = noon(since)
        yield Appoint(id=f"president-{number}", at=at, org="us", role="president", person=person, replaces=before)
        before = person
