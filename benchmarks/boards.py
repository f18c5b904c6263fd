"""The boards that are measured: ten seats, in which directors come and go; and the same with a payroll."""

from datetime import UTC, datetime, timedelta
from random import Random

from attrs import evolve

from boardsim import Appoint, Bylaws, Event, JoinCompany, Log, Org, OrgState, Resign, Retract, Statement

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


def corrected(events: list[Move]) -> Log:
    """The same board, of which one record in a thousand was corrected, and one in a thousand taken back."""
    later = FIRST + timedelta(minutes=len(events) + 1)
    more: list[Event] = []
    for number in range(500, len(events), 1000):
        wrong = events[number]
        more.append(evolve(wrong, id=f"c{number}", corrects=wrong.id, note="corrected", known=later))
        said = Statement(id=f"s{number}", at=wrong.at, text="words")
        more += [said, Retract(id=f"r{number}", at=later, event=said.id)]
    return Log(orgs=log([]).orgs, events=(*events, *more))


def companies(rows: int) -> Log:
    """A register: companies of five officers, of whom most have left; every fourth is controlled by another one.

    Terms are on record, and what the board decided by itself, so that no rule can do without the register.
    """
    draw, events = Random(1), list[Appoint | Resign]()
    count = rows // 5 + 1
    for row in range(rows):
        company, at = f"c{row % count}", FIRST + timedelta(days=draw.randrange(7_000))
        ends, person = at + timedelta(days=draw.randrange(1, 1_500)), f"p{row // 2}"
        until, by = at + timedelta(days=1_000), draw.choice(("board", "members"))
        events.append(Appoint(id=f"a{row}", at=at, org=company, person=person, role="director", until=until, by=by))
        if draw.random() < 0.7:
            events.append(Resign(id=f"r{row}", at=ends, org=company, person=person, role="director"))
    orgs = (
        Org(id=f"c{n}", name=f"Company {n}", controlled_by=f"c{n // 2}" if n % 4 == 3 else None) for n in range(count)
    )
    return Log(orgs=tuple(orgs), events=tuple(events))


def directors(state: OrgState) -> tuple[str, ...]:
    """Who sits, oldest first: what all compared programs must agree on."""
    return state.directors
