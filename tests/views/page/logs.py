"""Logs that a page must do justice to, too."""

from collections.abc import Iterator

ONE_OF_TWO = """
[log]
schema = 1
id = "two-events"
[[org]]
id = "acme"
name = "Acme"
[[person]]
id = "ann"
name = "Ann Abel"
[[event]]
type = "appoint"
at = 2020-01-01
person = "ann"
org = "acme"
role = "director"
[[event]]
type = "resign"
at = 2021
person = "ann"
org = "acme"
"""

WITH_PROBLEMS = (
    ONE_OF_TWO
    + """
[[event]]
type = "fire"
at = 2022-01-01
person = "ann"
org = "acme"
role = "ceo"
[[event]]
type = "fly"
at = 2022-01-01
"""
)

COUNTED = (
    ONE_OF_TWO.replace("two-events", "counted")
    + """
[[event]]
type = "vote"
id = "poll"
at = 2020-06-01T10:00:00Z
org = "acme"
motion = "Elect Ann"
by = "members"
count = { carried = true }
"""
)

OUTLIVED = """
[log]
schema = 1
id = "outlived"
timezone = "UTC"
[[org]]
id = "acme"
name = "Acme"
[[person]]
id = "ann"
name = "Ann Abel"
[[person]]
id = "bob"
name = "Bob Beck"
[[event]]
type = "appoint"
at = 2020-01-01
person = "ann"
org = "acme"
role = "director"
[[event]]
type = "appoint"
at = 2020-01-01
person = "bob"
org = "acme"
role = "director"
[[event]]
type = "dissolve"
id = "in-autumn"
at = 2020-06-01
org = "acme"
status = "announced"
due = 2021-10-01
[[event]]
type = "death"
at = 2021-03-04
known = 2021-04-01
person = "ann"
[[event]]
type = "dissolve"
at = 2022-01-01
org = "acme"
because = ["in-autumn"]
"""
"""Somebody dies, and then the organization ends, and no office does."""

SUFFIXES = ("Ann Abel Jr.", "Bo Cole III", "Cy van Dam Sr", "Malcolm II", "Eve Ives, Jr.")


def _named() -> Iterator[str]:
    """Directors whose names end in what is no family's, one of them with many votes."""
    yield '[log]\nschema = 1\nid = "named"\n[[org]]\nid = "acme"\nname = "Acme"\nbylaws = { weights = { p0 = 1234 } }\n'
    for n, name in enumerate(SUFFIXES):
        yield f'[[person]]\nid = "p{n}"\nname = "{name}"\n'
        yield (
            '[[event]]\ntype = "appoint"\nat = 2020-01-01T10:00:00Z\n'
            f'person = "p{n}"\norg = "acme"\nrole = "director"\n'
        )
    yield (
        '[[event]]\ntype = "vote"\nid = "poll"\nat = 2021-01-01T10:00:00Z\norg = "acme"\nmotion = "Adjourn"\n'
        'for = ["p0", "p4"]\nagainst = ["p1"]\n'
    )


NAMED = "".join(_named())


def _sixty() -> Iterator[str]:
    """Sixty directors, each of whom sits for a year, one after the other."""
    yield '[log]\nschema = 1\nid = "sixty"\n[[org]]\nid = "acme"\nname = "Acme"\n'
    for n in range(60):
        yield f'[[person]]\nid = "p{n}"\nname = "Person Number-{n}"\n'
        for kind, year in (("appoint", 1950 + n), ("resign", 1951 + n)):
            yield (
                f'[[event]]\ntype = "{kind}"\nat = {year}-01-01T1{int(kind == "appoint")}:00:00Z\nperson = "p{n}"\n'
                'org = "acme"\nrole = "director"\n'
            )


SIXTY = "".join(_sixty())

NOTHING = '[log]\nschema = 1\nid = "nothing"\n'


def _forty() -> Iterator[str]:
    yield '[log]\nschema = 1\nid = "forty"\ntitle = "Forty directors"\n'
    yield '[[org]]\nid = "acme"\nname = "Acme"\nbylaws = { seats = 42 }\n'
    for n in range(40):
        yield f'[[person]]\nid = "p{n}"\nname = "Person Number-{n}"\n'
    for n in range(40):
        yield (
            f'[[event]]\ntype = "appoint"\nat = 2020-{n % 12 + 1:02}-{n % 28 + 1:02}T10:00:00Z\nperson = "p{n}"\n'
            f'org = "acme"\nrole = "director"\n'
        )
    for n in range(55):
        yield (
            f'[[event]]\ntype = "vote"\nid = "vote-{n}"\nat = 2021-01-01T{n // 60 + 9:02}:{n % 60:02}:00Z\n'
            f'org = "acme"\nmotion = "Motion {n}"\nfor = ["p1", "p2"]\nagainst = ["p3"]\n'
        )


FORTY = "".join(_forty())


def _many_votes() -> Iterator[str]:
    yield '[log]\nschema = 1\nid = "many-votes"\n[[org]]\nid = "acme"\nname = "Acme"\n'
    for name in ("ann", "bob", "cat"):
        yield f'[[person]]\nid = "{name}"\nname = "{name.title()}"\n'
        yield (
            '[[event]]\ntype = "appoint"\nat = 2020-01-01T10:00:00Z\n'
            f'person = "{name}"\norg = "acme"\nrole = "director"\n'
        )
    for n in range(7):
        yield (
            f'[[event]]\ntype = "vote"\nid = "vote-{n}"\nat = 2021-01-01T{n + 9:02}:00:00Z\norg = "acme"\n'
            f'motion = "Motion {n}"\nfor = ["ann", "bob"]\nagainst = ["cat"]\n'
        )
    for n, name in enumerate(("ann", "bob")):
        yield (
            f'[[event]]\ntype = "fire"\nat = 2022-01-0{n + 1}T10:00:00Z\nperson = "{name}"\norg = "acme"\n'
            f'role = "director"\nbecause = ["vote-{n}"]\n'
        )


MANY_VOTES = "".join(_many_votes())
"""Seven votes of a board of three, two of which have consequences."""


def _twenty() -> Iterator[str]:
    yield '[log]\nschema = 1\nid = "twenty"\ntitle = "Twenty organizations"\n'
    for n in range(20):
        yield f'[[org]]\nid = "org-{n}"\nname = "Organization of the {n + 1} Rivers"\nbylaws = {{ seats = 5 }}\n'
    for n in range(12):
        yield f'[[person]]\nid = "p{n}"\nname = "Person Number-{n}"\n'
    for n in range(60):
        yield (
            f'[[event]]\ntype = "appoint"\nat = {2000 + n % 20}-03-{n % 28 + 1:02}\nperson = "p{n % 12}"\n'
            f'org = "org-{n % 20}"\nrole = "director"\n'
        )


TWENTY = "".join(_twenty())
"""Twenty organizations, with no bylaws but the number of seats."""

UNCERTAIN = """
[log]
schema = 1
id = "uncertain"
title = "Nothing is certain"
[[org]]
id = "acme"
name = "Acme"
complete_from = "never"
[org.bylaws]
seats = 3
assumed = ["seats"]
[[person]]
id = "ann"
name = "Ann Abel"
[[person]]
id = "bob"
name = "Bob Bright"
[[person]]
id = "cat"
name = "Cat Crane"
[[event]]
type = "appoint"
at = "1990"
person = "ann"
org = "acme"
role = "director"
status = "reported"
[[event]]
type = "appoint"
at = "1991-05"
person = "bob"
org = "acme"
role = "director"
status = "disputed"
[[event]]
type = "appoint"
not_after = 1995-01-01
person = "cat"
org = "acme"
role = "ceo"
status = "assumed"
[[event]]
type = "cease"
at = "1993"
person = "ann"
org = "acme"
role = "director"
status = "assumed"
"""

LOGS = {
    "two events": ONE_OF_TWO,
    "problems": WITH_PROBLEMS,
    "nothing": NOTHING,
    "forty": FORTY,
    "twenty": TWENTY,
    "uncertain": UNCERTAIN,
}


def _everything() -> Iterator[str]:
    yield '[log]\nschema = 1\nid = "everything"\ntitle = "Whatever can happen"\n'
    yield '[[org]]\nid = "acme"\nname = "Acme"\nbylaws = { seats = 4 }\n[[org]]\nid = "beta"\nname = "Beta"\n'
    yield from (f'[[person]]\nid = "{name}"\nname = "{name.title()}"\n' for name in ("ann", "bob", "cat", "dan"))
    for told in _TOLD:
        yield "[[event]]\n" + "\n".join(told.split("; ")) + "\n"


_TOLD = (
    'type = "appoint"; id = "ann"; at = 2020-01-01T10:00:00Z; person = "ann"; org = "acme"; role = "director"',
    (
        'type = "appoint"; id = "bob"; at = 2020-01-01T10:00:00Z; person = "bob"; org = "acme"; role = "director"; '
        "known = 2020-03-01T10:00:00Z"
    ),
    (
        'type = "appoint"; id = "chief"; at = 2020-01-02T10:00:00Z; person = "bob"; org = "acme"; role = "ceo"; '
        'status = "reported"'
    ),
    (
        'type = "appoint"; id = "chief-2"; corrects = "chief"; at = 2020-01-03T10:00:00Z; person = "bob"; '
        'org = "acme"; role = "ceo"; known = 2020-06-01T10:00:00Z'
    ),
    'type = "suspend"; at = 2020-02-01T10:00:00Z; person = "bob"; org = "acme"; role = "director"',
    'type = "vary"; at = 2020-02-10T10:00:00Z; person = "ann"; org = "acme"; role = "director"; independent = true',
    'type = "reinstate"; at = 2020-04-01; person = "bob"; org = "acme"; role = "director"',
    'type = "suspend"; id = "again"; at = 2020-05-01T10:00:00Z; person = "bob"; org = "acme"; status = "disputed"',
    'type = "retract"; at = 2020-07-01T10:00:00Z; event = "again"',
    'type = "amend"; at = "2020-08"; org = "acme"; set = { seats = 2 }; status = "reported"',
    (
        'type = "appoint"; id = "cat"; at = 2020-09-01; person = "cat"; org = "acme"; role = "director"; '
        "known = 2020-11-01T10:00:00Z"
    ),
    'type = "resign"; id = "leaves"; at = 2020-09-01; person = "ann"; org = "acme"; role = "director"',
    (
        'type = "resign"; id = "will-leave"; at = 2020-10-01T10:00:00Z; person = "cat"; org = "acme"; '
        'role = "director"; status = "announced"; due = 2021-01-01'
    ),
    'type = "withdraw"; at = 2020-10-05T10:00:00Z; event = "will-leave"',
    (
        'type = "appoint"; id = "dan"; at = 2020-02-01T10:00:00Z; person = "dan"; org = "beta"; role = "director"; '
        'status = "reported"; known = 2020-12-01T10:00:00Z'
    ),
    'type = "death"; at = 2021-01-01; person = "dan"',
    'type = "dissolve"; at = "2021-02"; org = "beta"; status = "reported"',
    'type = "dissolve"; id = "ends"; at = "2021-05"; org = "acme"',
)

EVERYTHING = "".join(_everything())
"""Suspensions, corrections, retractions, announcements, spans, reports, unknown orders, and ends, known at any time."""
