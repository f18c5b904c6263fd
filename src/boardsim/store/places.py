"""By what the events of a case are found: their organizations, people and times, filed some dozens of appends at once.

Each index on a table costs every append a page that the disk must take in, wherever in the index the new row belongs.
So the last rows of a case, which are few, are found by looking at all of them, and only then are they filed: entered
into `places`, where they are found by a key, and into `tallies`, by which a missing entry would be missed.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from boardsim.store.rows import Row

FILED_SINCE = 6
"""The version of the tables in which rows are filed; in older ones each column has an index of its own."""

LATER = 64
"""How many rows may wait to be filed; until then each that reads a part of the case looks at all of them."""


class Place(NamedTuple):
    """Where something is named: `name` is `org`, `person`, or `at`, of which the value is in UTC."""

    case_id: str
    name: str
    value: str
    position: int


class Unfiled(NamedTuple):
    """A row that is filed later than it was written."""

    position: int
    org: str | None
    person: str | None
    target: str | None
    at: str | None


PLACED = ("org", "person", "at")
"""What has an entry in `places`; a target has an index of its own, as few events have one."""


def named(rows: Iterable[Row | Unfiled]) -> Iterator[tuple[str, str, int]]:
    """What the rows are filed under, each with the position."""
    for row in rows:
        if row.org is not None:
            yield "org", row.org, row.position
        if row.person is not None:
            yield "person", row.person, row.position
        if row.target is not None:
            yield "target", row.target, row.position
        if row.at is not None:
            yield "at", row.at.removesuffix("+00"), row.position
            yield "day", row.at[: len("2023-11-17")], row.position


def places(case: str, found: Iterable[tuple[str, str, int]]) -> list[Place]:
    """The entries of what was named, in the order of their key."""
    return sorted(Place(case, *one) for one in found if one[0] in PLACED)
