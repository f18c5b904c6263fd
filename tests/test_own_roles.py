"""Which roles alone have to do with an event: the row of its type says so, and the kernel is held to it."""

from attrs import evolve
from hypothesis import given, settings

from boardsim import Appoint, Bylaws, Fire, Log, Resign, Role
from boardsim.bylaws import BUILT_IN
from boardsim.events import OPEN
from boardsim.kernel import replay
from boardsim.reducers import obstacle, reduce
from boardsim.state import OrgState
from boardsim.traits import own_roles
from tests.sizes import tries
from tests.strategies import logs


def of(state: OrgState, person: str, roles: tuple[str, ...]) -> OrgState:
    """A state in which nobody holds anything but that person in those roles."""
    seats = {role: {person: held[person]} for role, held in state.seats.items() if role in roles and person in held}
    staff = state.staff
    for (who, role), _ in list(state.staff):
        if who != person or role not in roles:
            staff = staff.without(who, role)
    return state._replace(seats=seats, staff=staff, announced=(), suspended={})


@settings(max_examples=tries(60))
@given(log=logs(max_events=14))
def test_nothing_but_its_own_roles_has_to_do_with_an_event(log: Log) -> None:
    """It can happen where it can if nobody else holds anything; and what others hold, or in other roles, stays."""
    history = replay(log)
    for index, event in enumerate(history.events):
        if event.org is None:
            continue
        state = history.state(event.org, index)
        roles, person = own_roles(event, state.bylaws), getattr(event, "person", "")
        if roles is None:
            continue
        alone = of(state, person, roles)
        assert (obstacle(state, event) is None) == (obstacle(alone, event) is None)
        if obstacle(state, event) is None:
            after = reduce(state, event)
            assert set(of(after, person, roles).tenures()) == set(of(reduce(alone, event), person, roles).tenures())
            own = {(role, held) for role, held in after.tenures() if held.person == person and role in roles}
            before = {(role, held) for role, held in state.tenures() if held.person == person and role in roles}
            assert set(after.tenures()) - own == set(state.tenures()) - before


def test_a_role_without_a_limit_rests_on_the_one_that_it_requires() -> None:
    """Where there is room for any number, it is that role and what it requires; with a limit it is everybody's."""
    bylaws = Bylaws(
        roles={
            **BUILT_IN,
            "fellow": Role(id="fellow", holders=None, requires="member"),
            "aide": Role(id="aide", holders=9, requires="member"),
        }
    )
    found = [
        own_roles(Appoint(id="in", at=OPEN, person="ann", org="o", role=role), bylaws)
        for role in ("fellow", "member", "aide")
    ]

    assert found == [("fellow", "member"), ("member",), None]


def test_what_closes_with_a_role_rests_on_its_holder_alone() -> None:
    """Leaving a role is of that one and of those that require it; leaving all, or at the board's will, is not."""
    leaves = Resign(id="left", at=OPEN, person="ann", org="o", role="ceo")
    found = [own_roles(evolve(leaves, role=role), Bylaws()) for role in ("ceo", "director", "employee", None)]

    assert found == [("ceo",), ("director", "chair", "vice-chair"), ("employee",), None]
    assert own_roles(Fire(id="fired", at=OPEN, person="ann", org="o", role="ceo", by="board"), Bylaws()) is None
    assert own_roles(Fire(id="fired", at=OPEN, person="ann", org="o", role="ceo"), Bylaws()) == ("ceo",)
