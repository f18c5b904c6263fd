"""The boards that are measured: ten seats, in which directors come and go; and the same with a payroll."""

from datetime import UTC, datetime, timedelta

from boardsim import Appoint, Bylaws, JoinCompany, Log, Org, OrgState, Resign

ORG = "club"
SEATS = 10
FIRST = datetime(2000, 1, 1, tzinfo=UTC)

Move = Appoint | Resign


def moves(count: int) -> list[Move]:
    """Appointments until all seats are taken; then, by turns, the oldest director resigns and a new one comes."""
    events: list[Move] = []
    for number in range(count):
        at = FIRST + timedelta(minutes=number)
        come, gone = number if number < SEATS else (number + SEATS) // 2, (number - SEATS) // 2
        if number < SEATS or number % 2:
            events.append(Appoint(id=f"e{number}", at=at, org=ORG, person=f"p{come}", role="director"))
        else:
            events.append(Resign(id=f"e{number}", at=at, org=ORG, person=f"p{gone}", role="director"))
    return events


def log(events: list[Move], *, staff: int = 0) -> Log:
    """The log of a board of ten seats; `staff` people are employed before anything else happens."""
    org = Org(id=ORG, name="A board", bylaws=Bylaws(seats=SEATS))
    early = FIRST - timedelta(days=1)
    joins = [JoinCompany(id=f"j{n}", at=early, org=ORG, person=f"employee-{n}") for n in range(staff)]
    return Log(orgs=(org,), events=(*joins, *events))


def directors(state: OrgState) -> tuple[str, ...]:
    """Who sits, oldest first: what all compared programs must agree on."""
    return state.directors
