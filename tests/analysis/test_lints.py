"""Lints: which reasons a careful reader asks about, and which they do not."""

from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve

from boardsim import Appoint, Event, Fire, Log, Org, Person, Retract, Statement, replay
from boardsim.analysis.lints import lints

DAY = datetime(2024, 1, 1, tzinfo=UTC)


def said(*events: Event) -> list[tuple[str, str]]:
    """What is remarked on the reasons of a club's log: the codes, each with its event."""
    people = tuple(Person(id=person, name=person) for person in ("ann", "bob"))
    log = Log(orgs=(Org(id="club", name="Club"),), people=people, events=events)
    return [(note.code, note.event or "") for note in lints(replay(log))]


def letter(number: int, because: tuple[tuple[str, ...], ...] = ()) -> Statement:
    """A letter, so many days on."""
    return Statement(id=f"letter-{number}", at=DAY + timedelta(days=number), text="a letter", because=because)


def ann(day: int, *because: tuple[str, ...], **facts: Any) -> Appoint:
    """Ann becomes a director."""
    at = DAY + timedelta(days=day)
    return Appoint(id="ann-sits", at=at, person="ann", org="club", role="director", because=because, **facts)


def test_what_no_single_drop_undoes_is_remarked_on() -> None:
    """Of two reasons either is enough: that is said, and that no world that lacks one event undoes it."""
    found = said(letter(0), letter(1), ann(2, ("letter-0", "letter-1")))

    assert found == [("over-determined", "ann-sits"), ("never-orphaned", "ann-sits")]


def test_motives_that_are_all_needed_are_nothing_to_ask_about() -> None:
    """An event that needs both of two letters goes with either, and names more than what came before it."""
    assert said(letter(0), letter(1), ann(2, ("letter-0",), ("letter-1",))) == []


def test_only_the_event_just_before_can_be_named_out_of_habit() -> None:
    """A reason that is the event before it is asked about; one that lies further back is not."""
    assert said(letter(0), ann(1, ("letter-0",))) == [("habitual-link", "ann-sits")]
    assert said(letter(0), letter(1), ann(2, ("letter-0",))) == []


def test_what_makes_an_event_possible_is_no_habit() -> None:
    """Who is dismissed must have been appointed, so that to name the appointment says nothing too much."""
    at = DAY + timedelta(days=1)
    fired = Fire(id="ann-goes", at=at, person="ann", org="club", role="director", because=(("ann-sits",),))

    assert said(ann(0), fired) == []


def test_a_motive_whose_record_was_wrong_is_not_counted() -> None:
    """A letter that was never written is not a second reason of which one is enough."""
    wrong = Retract(id="no-letter", at=DAY + timedelta(days=5), event="letter-1")
    found = said(letter(0), letter(1), letter(2), ann(3, ("letter-0", "letter-1")), wrong)

    assert "over-determined" not in {code for code, _ in found}


def test_of_what_did_not_take_effect_nothing_is_asked() -> None:
    """Whoever sits already cannot be elected again, and which of two letters was the reason for that is no matter."""
    again = evolve(ann(3, ("letter-0", "letter-1")), id="again")

    assert said(letter(0), letter(1), ann(2), again) == []
