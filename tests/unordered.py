"""A log in which the record does not say which of two events came first, and somebody sits in one order alone."""

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
