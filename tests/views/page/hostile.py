"""A log that would like to be more than text."""

HOSTILE = r"""
[log]
schema = 1
id = "hostile"
title = "</script><script>window.hacked = 1</script>"
timezone = "UTC"

[[org]]
id = "acme"
name = "\"><img src=x onerror=\"window.hacked = 1\">"
bylaws = { seats = 3 }

[[person]]
id = "ann"
name = "<b>Ann</b> ]]>"

[[person]]
id = "bob"
name = "{{ 7 * 7 }} ${window.hacked = 1}"

[[event]]
type = "appoint"
id = "first"
at = 2024-01-01
person = "ann"
org = "acme"
role = "director"
note = "<!-- <script> --> 'quoted' & \"twice\""
sources = ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "See https://example.org/a?b=<c>, 2024"]

[[event]]
type = "appoint"
id = "second"
at = 2024-01-02
person = "bob"
org = "acme"
role = "director"

[[event]]
type = "vote"
id = "vote"
at = 2024-02-01
org = "acme"
motion = "'; alert(1); //</style><style>*{display:none}</style>"
for = ["ann"]
against = ["bob"]

[[event]]
type = "statement"
id = "says"
at = 2024-03-01
text = "<svg onload=alert(1)> </textarea>"
"""
