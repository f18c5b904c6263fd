"""What is the case at one organization: who holds what, who may act, and whether two states are the same."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from boardsim import (
    Appoint,
    BoardsimError,
    Bylaws,
    Fire,
    JoinCompany,
    Log,
    Org,
    OrgState,
    Resign,
    Role,
    Suspend,
)
from boardsim.bylaws import BUILT_IN, MAJORITY, NamedSeat
from boardsim.events import OPEN, Event
from boardsim.kernel import replay
from boardsim.state import is_same

DAY = timedelta(days=1)
TEMP = Role(id="temp", kind="staff", holders=None)


def taken(person: str, role: str = "director", **keys: Any) -> Appoint:
    """Somebody takes a role."""
    return Appoint(id=f"{person}-{role}", at=OPEN, org="o", person=person, role=role, **keys)


def hired(person: str) -> JoinCompany:
    """Somebody takes a job."""
    return JoinCompany(id=f"{person}-job", at=OPEN, org="o", person=person)


def suspended(person: str, role: str) -> Suspend:
    """Somebody may not act in a role for now."""
    return Suspend(id=f"{person}-not-{role}", at=OPEN, org="o", person=person, role=role)


def after(*events: Event, roles: tuple[Role, ...] = (), **bylaws: Any) -> OrgState:
    """The state after these events, one each day, where these roles are declared, under these bylaws."""
    dated = [evolve(event, at=OPEN + place * DAY) for place, event in enumerate(events)]
    history = replay(Log(orgs=(Org(id="o", name="O", bylaws=Bylaws(**bylaws)),), roles=roles, events=dated))
    assert {ruling.kind for ruling in history.rulings} == {"effective"}
    return history.state("o")


BOARD = after(
    taken("zoe"),
    taken("ann"),
    taken("bob"),
    taken("ann", "chair"),
    taken("bob", "ceo"),
    hired("yan"),
    hired("ann"),
    taken("cyd", "observer"),
    casting_vote="chair",
)


def test_a_role_is_held_by_an_opening() -> None:
    """On the board and on the payroll; nobody holds a role of the one as one of the other, or one that there is not."""
    openings = [BOARD.held("ann", role) for role in ("director", "chair", "employee", "ceo", "wizard")]

    assert [opening and opening.id for opening in openings] == ["ann-director", "ann-chair", "ann-job", None, None]
    assert BOARD.held("zoe", "employee") is None
    assert BOARD.held("ned", "director") is None


def test_the_roles_of_somebody_are_in_the_order_of_the_alphabet() -> None:
    """Those on the board and on the payroll together."""
    found = {who: BOARD.roles_of(who) for who in ("ann", "bob", "yan", "ned")}

    assert found == {
        "ann": ("chair", "director", "employee"),
        "bob": ("ceo", "director"),
        "yan": ("employee",),
        "ned": (),
    }


def test_holders_are_told_oldest_first_and_employees_by_id() -> None:
    """A role that nobody holds has none, and one of several on the payroll only its own."""
    assert BOARD.holders("director") == BOARD.directors == ("zoe", "ann", "bob")
    assert BOARD.holders("employee") == ("ann", "yan")
    assert BOARD.holders("treasurer") == ()
    assert after(hired("ann"), taken("bob", "temp"), roles=(TEMP,)).holders("temp") == ("bob",)


def test_a_role_that_there_is_not_has_a_hint_at_the_nearest() -> None:
    """It is neither declared nor held by anybody; whoever need not know that is told that nobody holds it."""
    with pytest.raises(BoardsimError) as caught:
        BOARD.holders("directr")

    (problem,) = caught.value.problems
    assert (problem.code, problem.org) == ("unknown-role", "o")
    assert (problem.message, problem.hint) == ("there is no role 'directr' at o", "did you mean 'director'?")
    assert BOARD.occupants("directr") == ()
    assert after(taken("ann", "wizard")).holders("wizard") == ("ann",)


def test_whoever_is_suspended_holds_a_role_and_does_not_act_in_it() -> None:
    """From the board, or from one role alone; the others act as before, in their order."""
    ceo = after(taken("zoe"), taken("ann"), taken("ann", "ceo"), suspended("ann", "ceo"))
    board = after(taken("zoe"), taken("ann"), taken("bob"), hired("yan"), suspended("zoe", "director"))

    assert (ceo.acting("ceo"), ceo.holders("ceo")) == ((), ("ann",))
    assert (ceo.voters, ceo.suspended_directors, ceo.acting("director")) == (("zoe", "ann"), (), ("zoe", "ann"))
    assert (board.voters, board.suspended_directors) == (("ann", "bob"), ("zoe",))
    assert board.acting("director") == ("ann", "bob")
    assert board.acting("employee") == ("yan",)
    assert (BOARD.voters, BOARD.suspended_directors, BOARD.acting("employee")) == (
        ("zoe", "ann", "bob"),
        (),
        ("ann", "yan"),
    )


@pytest.mark.parametrize(
    ("casting_vote", "suspensions", "voter"),
    [
        (None, (), None),
        ("chair", (), "ann"),
        ("director", (), "zoe"),
        ("treasurer", (), None),
        ("chair", (("bob", "director"),), "ann"),
        ("chair", (("ann", "chair"),), None),
        ("chair", (("ann", "director"),), None),
        ("director", (("zoe", "director"),), "ann"),
    ],
)
def test_the_casting_vote_is_of_whoever_acts_in_its_role_and_on_the_board(
    casting_vote: str | None, suspensions: tuple[tuple[str, str], ...], voter: str | None
) -> None:
    """Of several, of whoever has held it longest; of nobody where they are suspended from the one or the other."""
    events = (taken("zoe"), taken("ann"), taken("bob"), taken("ann", "chair"))

    state = after(*events, *(suspended(*each) for each in suspensions), casting_vote=casting_vote)

    assert state.casting_voter == voter


def test_named_seats_are_vacant_as_far_as_nobody_holds_them() -> None:
    """In the order of the bylaws, each with how many are left; not one that is held, or of which there are none."""
    seats = {"staff": NamedSeat(count=3), "founder": NamedSeat(), "bank": NamedSeat(), "none": NamedSeat(count=0)}
    held = (taken("ann", seat="founder"), taken("bob", seat="staff"), taken("cyd"))

    assert after(*held, named_seats=seats).vacant_seats() == (("staff", 2), ("bank", 1))
    assert after(taken("ann", "ceo"), named_seats={"bank": NamedSeat()}).vacant_seats() == (("bank", 1),)


def test_tenures_are_those_on_the_board_and_then_those_on_the_payroll() -> None:
    """By role in the order in which each was first held, then oldest first; of the payroll by id."""
    assert [(role, opening.id) for role, opening in BOARD.tenures()] == [
        ("director", "zoe-director"),
        ("director", "ann-director"),
        ("director", "bob-director"),
        ("chair", "ann-chair"),
        ("ceo", "bob-ceo"),
        ("observer", "cyd-observer"),
        ("employee", "ann-job"),
        ("employee", "yan-job"),
    ]


LEAVES = Resign(id="leaves", at=OPEN, org="o", person="ann", role="ceo", status="announced")
FIRED = Fire(id="fired", at=OPEN, org="o", person="ann", role="ceo", status="announced")
WHOLE = OrgState(
    "o",
    bylaws=Bylaws(
        rules={"decision": MAJORITY, "removal": MAJORITY},
        weights={"ann": 2, "bob": 3},
        named_seats={"bank": NamedSeat(), "staff": NamedSeat()},
        roles={"director": BUILT_IN["director"], "ceo": BUILT_IN["ceo"]},
    ),
    seats={"director": {"ann": taken("ann"), "bob": taken("bob")}, "ceo": {"ann": taken("ann", "ceo")}},
    staff=after(hired("yan")).staff,
    announced=(LEAVES, FIRED),
    suspended={("ceo", "ann"): suspended("ann", "ceo"), ("director", "bob"): suspended("bob", "director")},
)


def turned(table: Mapping[Any, Any]) -> dict[Any, Any]:
    """The same in the other order."""
    return dict(reversed([*table.items()]))


def ruled(**changes: Any) -> OrgState:
    """The same with other bylaws."""
    return WHOLE._replace(bylaws=evolve(WHOLE.bylaws, **changes))


OTHER: Mapping[str, OrgState] = {
    "a role less": WHOLE._replace(seats={"director": WHOLE.seats["director"]}),
    "roles in another order": WHOLE._replace(seats=turned(WHOLE.seats)),
    "directors in another order": WHOLE._replace(seats={**WHOLE.seats, "director": turned(WHOLE.seats["director"])}),
    "another director": WHOLE._replace(seats={**WHOLE.seats, "director": {"ann": taken("ann"), "cyd": taken("cyd")}}),
    "a director less": WHOLE._replace(seats={**WHOLE.seats, "director": {"ann": taken("ann")}}),
    "another opening of one of two": WHOLE._replace(
        seats={**WHOLE.seats, "director": {"ann": taken("ann"), "bob": evolve(taken("bob"), id="other")}}
    ),
    "another opening": WHOLE._replace(seats={**WHOLE.seats, "ceo": {"ann": evolve(taken("ann", "ceo"), id="other")}}),
    "another block": WHOLE._replace(seats={**WHOLE.seats, "ceo": {"ann": evolve(taken("ann", "ceo"), block="b")}}),
    "less exactly": WHOLE._replace(seats={**WHOLE.seats, "ceo": {"ann": evolve(taken("ann", "ceo"), precision="by")}}),
    "another employee": WHOLE._replace(staff=after(hired("zoe")).staff),
    "nobody on the payroll": WHOLE._replace(staff=OrgState("o").staff),
    "an announcement less": WHOLE._replace(announced=(LEAVES,)),
    "announcements in another order": WHOLE._replace(announced=(FIRED, LEAVES)),
    "an announcement in another block": WHOLE._replace(announced=(LEAVES, evolve(FIRED, block="b"))),
    "a suspension less": WHOLE._replace(suspended=dict([*WHOLE.suspended.items()][:1])),
    "suspensions in another order": WHOLE._replace(suspended=turned(WHOLE.suspended)),
    "a suspension by another event": WHOLE._replace(
        suspended={**WHOLE.suspended, ("director", "bob"): evolve(suspended("bob", "director"), id="other")}
    ),
    "another bylaw": ruled(seats=5),
    "rules in another order": ruled(rules=turned(WHOLE.bylaws.rules)),
    "votes in another order": ruled(weights=turned(WHOLE.bylaws.weights)),
    "seats in another order": ruled(named_seats=turned(WHOLE.bylaws.named_seats)),
    "declared roles in another order": ruled(roles=turned(WHOLE.bylaws.roles)),
}
"""States that differ from it in one thing."""


@pytest.mark.parametrize("other", OTHER)
def test_states_are_not_the_same_where_anybody_could_be_told_a_difference(other: str) -> None:
    """In who holds what, in what order, by which event, what is announced, who is suspended, and what the rules are."""
    assert not is_same(WHOLE, OTHER[other])
    assert not is_same(OTHER[other], WHOLE)


def test_a_copy_is_the_same_state() -> None:
    """However much of it is copied, and by whichever part."""
    copies: Mapping[str, Any] = {
        "seats": {role: {who: evolve(opening) for who, opening in held.items()} for role, held in WHOLE.seats.items()},
        "staff": after(hired("yan")).staff,
        "announced": (evolve(LEAVES), evolve(FIRED)),
        "suspended": {key: evolve(event) for key, event in WHOLE.suspended.items()},
        "bylaws": evolve(WHOLE.bylaws, rules={**WHOLE.bylaws.rules}),
    }

    assert is_same(WHOLE, WHOLE)
    assert is_same(WHOLE, WHOLE._replace(**copies))
    assert all(is_same(WHOLE, WHOLE._replace(**{name: copy})) for name, copy in copies.items())
