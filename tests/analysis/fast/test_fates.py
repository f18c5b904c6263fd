"""What can be said of an event in a compiled log."""

from datetime import UTC, datetime, timedelta

from boardsim import Appoint, Log, Org, Person, Vote, replay
from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.goals import Goal, Verdict
from boardsim.history import Variant

DAY = datetime(2024, 1, 1, tzinfo=UTC)


def test_only_what_is_voted_on_can_carry() -> None:
    """An election that took effect is effective, and neither carried nor failed; a vote is either, too."""
    seat = Appoint(id="seat", at=DAY, person="ann", org="club", role="director")
    vote = Vote(id="vote", at=DAY + timedelta(days=1), org="club", motion="x", for_=("ann",), because=(("seat",),))
    log = Log(orgs=(Org(id="club", name="Club"),), people=(Person(id="ann", name="Ann"),), events=(seat, vote))
    found = compiled(Variant(log=log), Goal((Verdict("vote", "carried"),)), 2, replay(log))

    assert {name: found.fate(name, found.lost) for name in ("seat", "vote", "letter")} == {
        "seat": ("effective",),
        "vote": ("effective", "carried"),
        "letter": (),
    }
