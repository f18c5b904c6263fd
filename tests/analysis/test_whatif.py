"""What is said of a scenario: what it expects in vain, what lies beyond its horizon, and ballots of who has none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from boardsim import Appoint, Assertion, Bylaws, Event, Log, Org, Person, Resign, Statement, Suspend, Vote, replay
from boardsim.analysis.whatif import answers, wrong
from boardsim.scenario import Ballot, Drop, Expectation, Retime, Scenario, apply

DAY = datetime(2024, 1, 1, tzinfo=UTC)
LETTER = Statement(id="letter", at=DAY + timedelta(days=2), text="a letter")
BEYOND = "lies beyond the scenario's horizon"


def told(log: tuple[Event, ...], **scenario: Any) -> list[tuple[str, str | None, str]]:
    """What is wrong with a scenario on a club's log: the codes, each with its event and its message."""
    people = tuple(Person(id=person, name=person) for person in ("ann", "bob"))
    record = replay(Log(orgs=(Org(id="club", name="Club", bylaws=Bylaws()),), people=people, events=log))
    asked = Scenario(id="what-if", **scenario)
    found = wrong(answers(record, asked, apply(record.world, asked)))
    return [(problem.code, problem.event, problem.message) for problem in found]


def test_what_is_expected_in_vain_has_no_grounds_where_it_simply_happened() -> None:
    """An event that took effect did so for no reason that stood in its way, so that none is told."""
    expected = (Expectation(event="letter", ruling="orphaned"),)

    assert told((LETTER,), expectations=expected) == [
        ("broken-expectation", "letter", "'letter' is effective, not orphaned")
    ]


@pytest.mark.parametrize(("days", "said"), [(1, True), (2, False), (3, False)])
def test_an_event_of_its_own_may_not_lie_beyond_the_horizon(days: int, *, said: bool) -> None:
    """Nothing would be seen of it, which is told; at the horizon itself it is seen."""
    found = told((), events=(LETTER,), horizon=DAY + timedelta(days=days))
    problem = ("beyond-horizon", "letter", f"the scenario's own event 'letter' {BEYOND}")

    assert found == ([problem] if said else [])


@pytest.mark.parametrize(("days", "said"), [(1, True), (2, False), (3, False)])
def test_nothing_is_asserted_of_what_lies_beyond_the_horizon(days: int, *, said: bool) -> None:
    """That nobody is a director holds at the horizon, and of what comes after it nothing is said."""
    nobody = Assertion(at=DAY + timedelta(days=2), org="club", expected={"director": frozenset()})
    found = told((LETTER,), assertions=(nobody,), horizon=DAY + timedelta(days=days))

    assert found == ([("beyond-horizon", None, f"this assertion {BEYOND}")] if said else [])


@pytest.mark.parametrize(("horizon", "to"), [(1, 0), (2, 3), (3, 4)])
def test_a_change_is_seen_on_either_side_of_the_horizon(horizon: int, to: int) -> None:
    """What is moved before the horizon is new there, and what is moved beyond it is missing, to the last instant."""
    moved = Retime(event="letter", to=DAY + timedelta(days=to))

    assert told((LETTER,), changes=(moved,), horizon=DAY + timedelta(days=horizon)) == []


def test_a_change_that_is_seen_on_neither_side_is_told() -> None:
    """What is moved from beyond the horizon to beyond the horizon is no change of what is shown."""
    moved = Retime(event="letter", to=DAY + timedelta(days=3))

    found = told((LETTER,), changes=(moved,), horizon=DAY + timedelta(days=1))

    assert found == [("beyond-horizon", "letter", f"the change of 'letter' {BEYOND}")]


SEATS = tuple(Appoint(id=f"{who}-sits", at=DAY, person=who, org="club", role="director") for who in ("ann", "bob"))
VOTE = Vote(id="vote", at=DAY + timedelta(days=5), org="club", motion="x", for_=("ann",))
BALLOT = Ballot(vote="vote", director="bob", to="against")


def test_why_somebody_has_no_ballot_is_told() -> None:
    """Who is suspended sits there and has no ballot; who was never elected does not sit there."""
    suspended = Suspend(id="bob-out", at=DAY + timedelta(days=1), person="bob", org="club", role="director")
    has_none = "bob has no ballot in 'vote': they"

    assert told((*SEATS, VOTE), changes=(BALLOT,)) == []
    assert told((*SEATS, suspended, VOTE), changes=(BALLOT,)) == [
        ("no-such-ballot", "vote", f"{has_none} are suspended then")
    ]
    assert told((SEATS[0], VOTE), changes=(BALLOT,)) == [
        ("no-such-ballot", "vote", f"{has_none} do not sit on the board then")
    ]


def test_a_vote_that_is_not_held_excludes_nobody() -> None:
    """Where the reason for a vote is gone no ballots are counted, so that none is said to be missing."""
    vote = evolve(VOTE, because=(("letter",),))

    assert told((SEATS[0], LETTER, vote), changes=(Drop(event="letter"), BALLOT)) == []


def test_an_event_of_its_own_may_hang_on_a_vote_that_is_open() -> None:
    """Where it has its reason in one of the two worlds to which the vote leads, nothing is wrong with it."""
    gone = Resign(id="bob-goes", at=DAY + timedelta(days=3), person="bob", org="club", role="director")
    own = evolve(LETTER, id="own", at=DAY + timedelta(days=6), because=(("vote",),))

    assert told((*SEATS, gone, VOTE), changes=(Drop(event="bob-goes"),), events=(own,)) == []
