"""EMAK Worldwide, December 2009: two sides each take the board, and two courts say who had it.

From the opinions in Kurz v. Holbrook, 989 A.2d 140 (Del. Ch., 9 February 2010) and Crown EMAK Partners, LLC v. Kurz,
992 A.2d 377 (Del., 21 April 2010).  The bylaws had seven seats.  Six directors sat, one of whom resigned on 18
December; on that day the holder of the preferred stock delivered consents that were to make it a board of three.  On
20 and 21 December other stockholders delivered consents that were to remove two directors and elect three.

The Court of Chancery held that a bylaw cannot make the board smaller than the number of directors who sit.  It upheld
the other consents; the Supreme Court held that they were too few, because shares among them were not validly bought.

Four directors are not named in the passages that this is written from, and have numbers here.
"""

BEFORE = ("donald-kurz", "james-holbrook", "director-3", "director-4", "director-5", "director-6")

LOG = (
    """
[log]
schema = 1
id = "emak-2009"
timezone = "America/New_York"

[[org]]
id = "emak"
name = "EMAK Worldwide, Inc."
profile = "us-de-stock"
[org.bylaws]
seats = 7
"""
    + "".join(
        f'\n[[person]]\nid = "{person}"\nname = "{person.replace("-", " ").title()}"\n'
        for person in (*BEFORE, "philip-kleweno", "michael-konig", "lloyd-sems")
    )
    + "".join(
        f'\n[[event]]\ntype = "appoint"\nat = 2009-01-01\nperson = "{person}"\norg = "emak"\nrole = "director"\n'
        'by = "members"\nnote = "When they were elected does not matter here."\n'
        for person in BEFORE
    )
    + """
[[event]]
type = "resign"
id = "one-resigns"
at = 2009-12-18T09:00:00-05:00
person = "director-6"
org = "emak"
role = "director"

[[event]]
type = "amend"
id = "board-of-three"
at = 2009-12-18T12:00:00-05:00
org = "emak"
by = "members"
set = { seats = 3 }

[[event]]
type = "retract"
id = "chancery-voids-the-bylaw"
at = 2010-02-09T12:00:00-05:00
event = "board-of-three"
"""
    + "".join(
        f'\n[[event]]\ntype = "fire"\nid = "{person}-removed"\nat = 2009-12-21T12:00:00-05:00\nperson = "{person}"\n'
        'org = "emak"\nrole = "director"\nby = "members"\n'
        for person in ("director-4", "director-5")
    )
    + "".join(
        f'\n[[event]]\ntype = "appoint"\nid = "{person}-elected"\nat = 2009-12-21T12:00:00-05:00\nperson = "{person}"\n'
        'org = "emak"\nrole = "director"\nby = "members"\n'
        for person in ("philip-kleweno", "michael-konig", "lloyd-sems")
    )
    + "".join(
        f'\n[[event]]\ntype = "retract"\nid = "supreme-court-on-{event}"\nat = 2010-04-21T12:00:00-04:00\n'
        f'event = "{event}"\n'
        for event in (
            "director-4-removed",
            "director-5-removed",
            "philip-kleweno-elected",
            "michael-konig-elected",
            "lloyd-sems-elected",
        )
    )
)
"""The record as each side made it, and what the courts then struck out of it."""
