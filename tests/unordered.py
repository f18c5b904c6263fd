"""A log in which the record does not say which of two events came first, and somebody sits in one order alone."""

from datetime import UTC, datetime, timedelta

from attrs import evolve

from boardsim import Appoint, Log, Org, Person

LOG = """
[log]
schema = 1
id = "oak"

[[org]]
id = "oak"
name = "Oak Ltd"
[[org]]
id = "elm"
name = "Elm Ltd"

[[person]]
id = "ann"
name = "Ann Ash"
[[person]]
id = "bob"
name = "Bob Birch"

[[event]]
type = "appoint"
id = "ann-joins"
at = 2020-01-01
person = "ann"
org = "oak"
role = "director"

[[event]]
type = "appoint"
id = "bob-joins"
at = 2020-05-04T09:00:00Z
person = "bob"
org = "oak"
role = "director"
by = "board"

[[event]]
type = "appoint"
id = "bob-of-elm"
at = 2020-01-01
person = "bob"
org = "elm"
role = "director"

[[event]]
type = "resign"
id = "ann-leaves"
at = 2020-05-04
person = "ann"
org = "oak"
role = "director"
"""
"""Bob is appointed by the board of Oak on the day on which Ann, its only director, leaves."""


def two_chiefs() -> Log:
    """Ann of Elm becomes the chief executive of Oak on the tenth, by the record, and Bob some time in the month."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    seats = [("ann", "elm", 0), ("ann", "oak", 9), ("bob", "oak", 19)]
    events = [
        Appoint(id=f"{who}-{org}", at=first + timedelta(days=day), person=who, org=org, role="ceo")
        for who, org, day in seats
    ]
    events[-1] = evolve(events[-1], not_before=first, not_after=first + timedelta(days=31))
    return Log(
        id="chiefs",
        orgs=(Org(id="oak", name="Oak"), Org(id="elm", name="Elm")),
        people=(Person(id="ann", name="Ann"), Person(id="bob", name="Bob")),
        events=tuple(events),
    )
