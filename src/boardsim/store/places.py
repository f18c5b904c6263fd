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

LAST_SINCE = 7
"""The version of the tables that keeps which of the rows that are filed took effect last."""

KEEP_LAST = f"""
INSERT INTO tallies
SELECT case_id, 'last', '', position FROM (
  SELECT case_id, at, position {_NEW} at IS NOT NULL
  UNION ALL
  SELECT b.case_id, b.at, b.position
  FROM tallies AS t JOIN blocks AS b ON b.case_id = t.case_id AND b.position = t.rows
  WHERE t.case_id = ? AND t.name = 'last') AS ends
WHERE true
ORDER BY at DESC, position DESC LIMIT 1
ON CONFLICT (case_id, name, value) DO UPDATE SET rows = excluded.rows
"""  # noqa: S608 -- ours
"""What keeps it anew, with those from a position on: in `tallies` a row of the name `last`, with its position."""

FIRST_LAST = """
INSERT INTO tallies
SELECT case_id, 'last', '', position FROM (
  SELECT b.case_id, b.position, row_number() OVER (PARTITION BY b.case_id ORDER BY b.at DESC, b.position DESC) AS place
  FROM blocks AS b JOIN filed AS f ON f.case_id = b.case_id AND b.position < f.count WHERE b.at IS NOT NULL) AS ends
WHERE place = 1;
"""
"""What keeps it of all that is filed where it was not kept before."""
