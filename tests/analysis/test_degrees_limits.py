"""The smallest ways to turn a vote of directors who all have different votes: few sets, or none too many."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from boardsim import Appoint, BoardsimError, Bylaws, Log, Org, Person, Threshold, Vote, replay
from boardsim.analysis import degrees as module
from boardsim.analysis.degrees import TooManyWaysError, ballots_of, responsibility
from boardsim.bylaws import DECISION
from boardsim.history import History

FIRST = datetime(2024, 3, 1, tzinfo=UTC)
NO_QUORUM = Threshold(fraction=Fraction(0))
HALF = Threshold(fraction=Fraction(1, 2), strict=True)


def carried(weights: Mapping[str, int], quorum: Threshold) -> History:
    """A motion for which everybody voted."""
    bylaws = Bylaws(weights=weights, quorum=quorum, rules={DECISION: HALF})
    seats = [
        Appoint(id=f"a-{person}", at=FIRST + timedelta(hours=n), org="acme", person=person, role="director")
        for n, person in enumerate(weights)
    ]
    vote = Vote(id="v", at=FIRST + timedelta(days=9), org="acme", motion="whether", for_=tuple(weights))
    people = tuple(Person(id=person, name=person.title()) for person in weights)
    return replay(
        Log(id="one", orgs=(Org(id="acme", name="Acme", bylaws=bylaws),), people=people, events=(*seats, vote))
    )


def test_forty_directors_with_doubling_votes_take_few_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has more votes than all others together alone is responsible, and a hundred sets show it."""
    monkeypatch.setattr(module, "MOST", 100)
    weights = {f"d{n:02}": 2**n for n in range(40)}

    found = responsibility(carried(weights, NO_QUORUM), "v")

    assert found == {**dict.fromkeys(weights, Fraction(0)), "d39": Fraction(1)}


def test_too_many_smallest_sets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where any ten of twenty break the quorum, and all differ, there are too many sets, and none is guessed."""
    monkeypatch.setattr(module, "MOST", 500)
    history = carried({f"d{n:02}": 2**n for n in range(20)}, HALF)
    index = history.index("v")
    vote = history.events[index]
    assert isinstance(vote, Vote)

    with pytest.raises(TooManyWaysError):
        ballots_of(history.state("acme", index), vote, carried=True).turns()
    with pytest.raises(BoardsimError, match="'v' differ too much among 20 directors") as refused:
        responsibility(history, "v")
    assert refused.value.problems[0].code == "too-many-coalitions"


def test_nobody_is_responsible_for_what_no_ballots_decided() -> None:
    """A seat is given by an event that nobody voted on: there are no ballots, and so no shares."""
    assert responsibility(carried({"a": 1}, NO_QUORUM), "a-a") == {}
