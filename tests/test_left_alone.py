"""What an event leaves alone: the next state shares what did not change, and what is not there is not looked for."""

from datetime import UTC, datetime
from typing import Any

import pytest

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Dissolve,
    Event,
    Fire,
    JoinCompany,
    OrgState,
    Reinstate,
    Resign,
    Role,
    Statement,
    Suspend,
    Vary,
    Vote,
    reducers,
)
from boardsim.reducers import obstacle, reduce, tally

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
BYLAWS = Bylaws(
    casting_vote="chair",
    roles={
        **Bylaws().roles,
        "clerk": Role(id="clerk", kind="staff", holders=None),
        "fellow": Role(id="fellow", kind="office", holders=None),
    },
)


def event(kind: type[Event], **keys: Any) -> Event:
    """An event at Acme."""
    return kind(id=kind.__name__, at=START, **({"org": "acme", "person": "ann", "role": "director"} | keys))


def words(kind: type[Event], **keys: Any) -> Event:
    """An event at Acme that is nobody's by itself."""
    return kind(id=kind.__name__, at=START, org="acme", **keys)


def seated(*seats: tuple[str, str]) -> OrgState:
    """Acme, where people hold these roles."""
    state = OrgState("acme", BYLAWS)
    for person, role in seats:
        state = reduce(state, event(Appoint, person=person, role=role))
    return state


BOARD = seated(("ann", "director"), ("bob", "director"), ("ann", "chair"), ("eve", "fellow"), ("cyd", "clerk"))

MOVES = {
    "a director": (event(Appoint, person="dan"), {"seats"}),
    "a successor": (event(Appoint, person="dan", replaces="bob"), {"seats"}),
    "a fellow": (event(Appoint, person="dan", role="fellow"), {"seats"}),
    "a clerk": (event(Appoint, person="dan", role="clerk"), {"staff"}),
    "an employee": (JoinCompany(id="hired", at=START, org="acme", person="dan"), {"staff"}),
    "a resignation": (event(Resign, person="bob"), {"seats"}),
    "a dismissal of all": (event(Fire, role=None), {"seats"}),
    "a suspension": (event(Suspend), {"suspended"}),
    "other terms": (event(Vary, interim=True), {"seats"}),
    "an amendment": (words(Amend, changes={"seats": 5}), {"bylaws"}),
    "an announcement": (event(Resign, status="announced"), {"announced"}),
    "an end": (words(Dissolve), set[str]()),
    "a vote": (words(Vote, motion="Sell", for_=("ann", "bob")), set[str]()),
    "words": (words(Statement, text="Nothing is decided."), set[str]()),
}
"""By what happens: an event that can, and the parts of the state that it changes."""


@pytest.mark.parametrize(("moved", "changed"), MOVES.values(), ids=MOVES)
def test_the_next_state_shares_what_did_not_change(moved: Event, changed: set[str]) -> None:
    """Whatever an event does not change is the very same object after it; where that is all, the state is the same."""
    after = reduce(BOARD, moved)

    assert obstacle(BOARD, moved) is None
    assert {name for name in BOARD._fields if getattr(BOARD, name) is not getattr(after, name)} == changed
    assert (after is BOARD) == (not changed)


@pytest.mark.parametrize("moved", [moved for moved, _ in MOVES.values()], ids=MOVES)
def test_where_nothing_is_announced_nobody_asks_what_an_event_fulfils(
    moved: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a type opens, closes or changes is asked only where an announcement stands: a replay asks at every event."""
    monkeypatch.setattr(reducers, "ROWS", {})
    suspended = reduce(BOARD, event(Suspend))

    reduce(BOARD, moved)
    reduce(suspended, event(Reinstate))
    promised = reduce(BOARD, event(Resign, person="bob", status="announced"))
    with pytest.raises(KeyError):
        reduce(promised, event(Resign, person="bob"))


class Unasked(dict[tuple[str, str], Event]):
    """Suspensions of nobody; whoever looks for one all the same is told so."""

    def __contains__(self, key: object) -> bool:
        raise AssertionError(f"looked for {key} among the suspended, and nobody is")


NOBODY_SUSPENDED = BOARD._replace(suspended=Unasked())


@pytest.mark.parametrize("moved", [moved for moved, _ in MOVES.values()], ids=MOVES)
def test_where_nobody_is_suspended_nobody_is_looked_for(moved: Event) -> None:
    """As nearly always; to look for every director at every act of a board would take longer than the act."""
    assert obstacle(NOBODY_SUSPENDED, moved) is None
    assert reduce(NOBODY_SUSPENDED, moved) == reduce(BOARD, moved)


def test_who_votes_where_nobody_is_suspended_is_who_sits() -> None:
    """The board, its chair and whoever holds a role act as they are, and nobody is looked for one by one."""
    state, vote = NOBODY_SUSPENDED, Vote(id="v", at=START, org="acme", motion="Sell", for_=("ann",), against=("bob",))

    assert (state.voters, state.suspended_directors, state.casting_voter) == (("ann", "bob"), (), "ann")
    assert state.acting("director") == ("ann", "bob")
    assert tally(state, vote).outcome == "carried"
