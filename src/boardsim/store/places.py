"""By what the events of a case are found: their organizations, people and times, filed some dozens of appends at once.

A row of `places` says where something is named: `name` is `org`, `person`, or `at`, of which the value is in UTC.

Each index on a table costs every append a page that the disk must take in, wherever in the index the new row belongs.
So the last rows of a case, which are few, are found by looking at all of them, and only then are they filed: entered
into `places`, where they are found by a key, and into `tallies`, by which a missing entry would be missed.
"""

FILED_SINCE = 6
"""The version of the tables in which rows are filed; in older ones each column has an index of its own."""

LATER = 64
"""How many rows may wait to be filed; until then each that reads a part of the case looks at all of them."""

PLACED = ("org", "person", "at")
"""What has an entry in `places`; a target has an index of its own, as few events have one."""

_NEW = "FROM blocks WHERE case_id = ? AND position >= ? AND"
_INSTANT = "replace(CAST(at AS text), '+00', '')"
_VALUES = {"org": "org", "person": "person", "at": _INSTANT}
_COUNTED = {"org": "org", "person": "person", "target": "target", "day": "substr(CAST(at AS text), 1, 10)"}

FILING = (
    *(
        f"INSERT INTO places SELECT case_id, '{name}', {value}, position {_NEW} {name} IS NOT NULL ORDER BY 3, 4"
        for name, value in _VALUES.items()
    ),
    *(
        f"INSERT INTO tallies SELECT case_id, '{name}', {value}, count(*) {_NEW} {value} IS NOT NULL "
        f"GROUP BY 1, 3 ON CONFLICT (case_id, name, value) DO UPDATE SET rows = tallies.rows + excluded.rows"
        for name, value in _COUNTED.items()
    ),
)
"""What files the rows of a case from a position on, for the database to do by itself."""
