"""What can be said of an event in a compiled log."""

from datetime import UTC, datetime, timedelta

from boardsim import Appoint, Log, Org, Person, Resign, Vote, replay
from boardsim.analysis.fast.compiled import compiled
from boardsim.analysis.goals import Goal, Holder, Verdict
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


def test_who_sits_is_asked_of_the_instant_and_what_became_of_an_event_of_the_whole_world() -> None:
    """A director who leaves after the instant sat there at it, whatever a vote comes to after they have left."""
    sits = [
        Appoint(id=who, at=DAY + timedelta(hours=hour), person=who, org="club", role="director")
        for hour, who in enumerate(("ann", "bob", "cy"))
    ]
    left = Resign(id="left", at=DAY + timedelta(days=1), person="ann", org="club")
    vote = Vote(id="vote", at=DAY + timedelta(days=2), org="club", motion="x", for_=("cy",), absent=("ann", "bob"))
    people = tuple(Person(id=who, name=who) for who in ("ann", "bob", "cy"))
    log = Log(orgs=(Org(id="club", name="Club"),), people=people, events=(*sits, left, vote))
    asked = Goal((Holder("club", "director", "ann"), Verdict("vote", "carried")))
    found = compiled(Variant(log=log), asked, 3, replay(log))

    assert [found.run(dropped=(who,)).goal for who in ("ann", "bob", "cy", "left")] == [False, True, False, False]
