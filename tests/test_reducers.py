"""What single events do and why they cannot happen: rare cases that the lives which Hypothesis draws seldom meet."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from boardsim import (
    Amend,
    Appoint,
    Bylaws,
    Cease,
    Event,
    Fire,
    JoinCompany,
    Log,
    Org,
    Reinstate,
    Resign,
    Role,
    Suspend,
    Vary,
    Withdraw,
)
from boardsim.kernel import replay
from boardsim.reducers import Reason

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
THEN = START + timedelta(hours=1)
LATER = START + timedelta(hours=2)


def reason(*events: Event, bylaws: Bylaws | None = None) -> Reason | None:
    """Why the last of these events did not take effect."""
    log = Log(orgs=(Org(id="acme", name="Acme", bylaws=bylaws or Bylaws()),), events=events)
    return replay(log).rulings[-1].reason


def announced(*events: Event) -> list[str]:
    """The announcements that stand after these events."""
    return [event.id for event in replay(Log(events=events)).state("acme").announced]


def test_what_is_held_cites_the_event_by_which_it_is_held() -> None:
    """Whoever holds a role already holds it by an event that can be followed further."""
    first = Appoint(id="first", at=START, person="ann", org="acme", role="ceo")
    again = Appoint(id="again", at=THEN, person="ann", org="acme", role="ceo")

    assert reason(first, again) == Reason("already-holds", "ann already holds ceo at acme, by first", ("first",))


def test_a_board_without_seats_is_full_of_nobody() -> None:
    """Where the bylaws give no seat at all, nobody can be appointed, and the reason names nobody."""
    appointed = Appoint(id="in", at=START, person="ann", org="acme", role="director")
    expected = Reason("role-full", "director at acme has 0 places, held by nobody", ())

    assert reason(appointed, bylaws=Bylaws(seats=0)) == expected


def test_a_board_of_nobody_dismisses_nobody() -> None:
    """Without a director the board cannot dismiss an officer; somebody else can, and anybody can leave."""
    hired = Appoint(id="hired", at=START, person="ann", org="acme", role="ceo")
    by_board = Fire(id="fired", at=THEN, person="ann", org="acme", role="ceo", by="board")
    by_members = Fire(id="fired", at=THEN, person="ann", org="acme", role="ceo", by="members")
    leaves = Resign(id="left", at=THEN, person="ann", org="acme", role="ceo")
    ceases = Cease(id="gone", at=THEN, person="ann", org="acme", role="ceo", by="board")

    assert reason(hired, ceases) is None  # which is on record, whoever decided it
    assert reason(hired, by_board) == Reason("no-director", "no director sits at acme, so its board cannot act", ())
    assert reason(hired, by_members) is None
    assert reason(hired, leaves) is None


def test_an_amendment_of_what_is_no_bylaw_is_impossible() -> None:
    """Logs that are read from a file are refused sooner; one that a program builds has this reason."""
    amended = Amend(id="odd", at=START, org="acme", changes={"colour": "red"})

    assert reason(amended) == Reason("unknown-bylaw", "no bylaw is called colour", ())


def test_a_job_that_was_announced_is_taken_up() -> None:
    """Whoever joins fulfils the announcement of it, and no other."""
    told = [
        JoinCompany(id=f"{name}-told", at=START, person=name, org="acme", status="announced") for name in ("ann", "bob")
    ]
    joined = JoinCompany(id="joined", at=THEN, person="ann", org="acme")

    assert announced(*told, joined) == ["bob-told"]


@pytest.mark.parametrize(("role", "left"), [("ceo", ["chair-told"]), (None, [])])
def test_a_departure_that_was_announced_takes_place(role: str | None, left: list[str]) -> None:
    """Leaving one role fulfils the announcement for that role; leaving altogether fulfils all of them."""
    seats = [Appoint(id=f"{r}-in", at=START, person="ann", org="acme", role=r) for r in ("director", "chair", "ceo")]
    told = [
        Resign(id=f"{r}-told", at=THEN, person="ann", org="acme", role=r, status="announced") for r in ("ceo", "chair")
    ]
    gone = Resign(id="gone", at=LATER, person="ann", org="acme", role=role)

    assert announced(*seats, *told, gone) == left


@pytest.mark.parametrize("role", ["ceo", None])
@pytest.mark.parametrize("kind", [Suspend, Reinstate])
def test_a_suspension_that_was_announced_begins_and_ends(kind: type[Suspend | Reinstate], role: str | None) -> None:
    """It fulfils the announcement of the same for the same role, or of all roles where it names none, and no other."""
    seats = [Appoint(id=f"{r}-in", at=START, person="ann", org="acme", role=r) for r in ("director", "ceo")]
    before = [Suspend(id="before", at=START, person="ann", org="acme")] if kind is Reinstate else []
    told = [
        cls(id=f"{cls.__name__}-{person}-{r}", at=THEN, person=person, org="acme", role=r, status="announced")
        for cls in (Suspend, Reinstate)
        for person in ("ann", "bob")
        for r in ("ceo", "director")
    ]
    happened = kind(id="happened", at=LATER, person="ann", org="acme", role=role)
    gone = {f"{kind.__name__}-ann-ceo", *([] if role else [f"{kind.__name__}-ann-director"])}

    assert announced(*seats, *before, *told, happened) == [event.id for event in told if event.id not in gone]


def test_terms_that_were_announced_apply() -> None:
    """Other terms fulfil the announcement of other terms of that tenure, and of no other."""
    seats = [Appoint(id=f"{r}-in", at=START, person="ann", org="acme", role=r) for r in ("director", "ceo")]
    told = [
        Vary(id=f"{r}-told", at=THEN, person="ann", org="acme", role=r, until=LATER, status="announced")
        for r in ("director", "ceo")
    ]
    varied = Vary(id="varied", at=LATER, person="ann", org="acme", role="ceo", until=LATER + timedelta(days=9))

    assert announced(*seats, *told, varied) == ["director-told"]


def test_a_departure_is_no_succession() -> None:
    """Who leaves before their successor comes leaves the announcement of the successor standing."""
    hired = Appoint(id="hired", at=START, person="ann", org="acme", role="ceo")
    succession = Appoint(id="next", at=START, person="bob", org="acme", role="ceo", replaces="ann", status="announced")
    leaves = Resign(id="left", at=THEN, person="ann", org="acme", role="ceo")
    comes = Appoint(id="in", at=LATER, person="bob", org="acme", role="ceo")

    assert announced(hired, succession, leaves) == ["next"]
    assert announced(hired, succession, leaves, comes) == []


def test_a_job_with_a_limit_counts_nobody_else_on_the_payroll() -> None:
    """Two apprentices are full, whoever else is employed, and the reason names the two."""
    roles = (Role(id="apprentice", kind="staff", holders=2),)
    works = [JoinCompany(id=f"{person}-works", at=START, person=person, org="acme") for person in ("ann", "bob", "cy")]
    first, second, third = (
        Appoint(id=f"{person}-learns", at=THEN, person=person, org="acme", role="apprentice")
        for person in ("ann", "bob", "cy")
    )

    history = replay(Log(roles=roles, events=(*works, first, second, third)))
    rulings = history.rulings

    assert history.state("acme").holders("apprentice") == ("ann", "bob")
    assert [ruling.kind for ruling in rulings] == ["effective"] * 5 + ["impossible"]
    assert rulings[-1].reason == Reason(
        "role-full", "apprentice at acme has 2 places, held by ann, bob", ("ann-learns", "bob-learns")
    )


def test_who_is_replaced_while_suspended_takes_the_suspension_along() -> None:
    """It ends with the tenure, and those of others, and of other roles, go on."""
    roles = (("ann", "director"), ("ann", "ceo"), ("bob", "director"))
    seats = [Appoint(id=f"{person}-{role}", at=START, person=person, org="acme", role=role) for person, role in roles]
    out = [Suspend(id=f"{person}-out", at=THEN, person=person, org="acme") for person in ("ann", "bob")]
    comes = Appoint(id="in", at=LATER, person="cyd", org="acme", role="ceo", replaces="ann")
    back = Reinstate(id="back", at=LATER, person="ann", org="acme", role="ceo")

    for last in (comes, back):
        suspended = replay(Log(events=(*seats, *out, last))).state("acme").suspended
        assert {key: event.id for key, event in suspended.items()} == {
            ("director", "ann"): "ann-out",
            ("director", "bob"): "bob-out",
        }


@pytest.mark.parametrize(("role", "what"), [("ceo", "ceo"), (None, "every role held")])
def test_who_is_suspended_already_is_not_suspended_again(role: str | None, what: str) -> None:
    """The reason names what from and by which events; one role that is left is enough to be suspended."""
    seats = [Appoint(id=f"ann-{r}", at=START, person="ann", org="acme", role=r) for r in ("ceo", "director")]
    out = [Suspend(id=f"{r}-out", at=THEN, person="ann", org="acme", role=r) for r in ("ceo", "director")]
    again = Suspend(id="again", at=LATER, person="ann", org="acme", role=role)
    text = f"ann is suspended from {what} at acme already, by ceo-out"

    assert reason(*seats, *out, again) == Reason(
        "already-suspended", text, ("ceo-out", "director-out")[: 1 if role else 2]
    )
    assert (reason(*seats, out[0], again) is None) is (role is None)


def test_a_withdrawal_leaves_what_else_was_announced() -> None:
    """Of two announcements one is withdrawn; the other stands, and withdrawing the first again is impossible."""
    told = [
        Appoint(id=f"{p}-told", at=START, person=p, org="acme", role="ceo", status="announced") for p in ("ann", "bob")
    ]
    off = Withdraw(id="off", at=THEN, org="acme", event="ann-told")
    again = Withdraw(id="again", at=LATER, org="acme", event="ann-told")

    assert announced(*told, off) == ["bob-told"]
    assert reason(*told, off, again) == Reason("not-announced", "ann-told is not announced and pending", ("ann-told",))


@pytest.mark.parametrize("role", ["ceo", None])
def test_who_is_not_suspended_cannot_come_back(role: str | None) -> None:
    """Whoever acts in what they hold cannot be reinstated in it, also where somebody else is suspended from it."""
    seats = [Appoint(id=f"{p}-in", at=START, person=p, org="acme", role="director") for p in ("ann", "bob")]
    seats.append(Appoint(id="ceo-in", at=START, person="ann", org="acme", role="ceo"))
    out = Suspend(id="out", at=THEN, person="bob", org="acme")
    back = Reinstate(id="back", at=LATER, person="ann", org="acme", role=role)

    assert reason(*seats, out, back) == Reason("not-suspended", f"ann is not suspended from {role or 'a role'} at acme")


def test_a_board_on_which_nobody_votes_brings_nobody_back() -> None:
    """The only director is suspended, so that the board cannot end it; the members can."""
    seat = Appoint(id="in", at=START, person="ann", org="acme", role="director")
    out = Suspend(id="out", at=THEN, person="ann", org="acme")
    by_board = Reinstate(id="back", at=LATER, person="ann", org="acme", by="board")
    text = "every director is suspended at acme, so its board cannot act"

    assert reason(seat, out, by_board) == Reason("no-director", text, ("out",))
    assert reason(seat, out, evolve(by_board, by="members")) is None
