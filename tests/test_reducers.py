"""What single events do and why they cannot happen: rare cases that the lives which Hypothesis draws seldom meet."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given

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
    Vote,
    VoteCount,
    Withdraw,
)
from boardsim.bylaws import NamedSeat
from boardsim.kernel import replay
from boardsim.reducers import Reason, reduce
from boardsim.state import OrgState
from tests.strategies import logs

START = datetime(2024, 1, 1, 12, tzinfo=UTC)
THEN = START + timedelta(hours=1)
LATER = START + timedelta(hours=2)


def reason(*events: Event, bylaws: Bylaws | None = None) -> Reason | None:
    """Why the last of these events did not take effect."""
    log = Log(orgs=(Org(id="acme", name="Acme", bylaws=bylaws or Bylaws()),), events=events)
    found = replay(log).rulings[-1].reason
    if found is not None:
        assert_ids_are_named(found, log)
    return found


def assert_ids_are_named(found: Reason, log: Log) -> None:
    """Of people, organizations and events a reason says in the order of its text which of them each id is of."""
    kinds = {
        "person": {str(getattr(event, "person", None)) for event in log.events},
        "org": {org.id for org in log.orgs},
        "event": set(found.cites),
    }
    words = re.findall(r"[\w-]+", found.text)
    named = [(kind, word) for word in words for kind, ids in kinds.items() if word in ids]
    assert [one for one in found.names if one[0] != "role"] == named


@given(logs())
def test_a_reason_says_of_each_of_its_ids_what_it_is(log: Log) -> None:
    """So nobody who words a new one can forget it."""
    for ruling in replay(log).rulings:
        if ruling.reason is not None:
            assert_ids_are_named(ruling.reason, log)


def announced(*events: Event) -> list[str]:
    """The announcements that stand after these events."""
    return [event.id for event in replay(Log(events=events)).state("acme").announced]


def test_what_is_held_cites_the_event_by_which_it_is_held() -> None:
    """Whoever holds a role already holds it by an event that can be followed further."""
    first = Appoint(id="first", at=START, person="ann", org="acme", role="ceo")
    again = Appoint(id="again", at=THEN, person="ann", org="acme", role="ceo")

    assert reason(first, again) == Reason("already-holds", "ann already holds ceo at acme, by first", ("first",))


def test_who_works_there_already_cannot_join_again() -> None:
    """The reason says so in the words for a job, and cites the event by which it is held."""
    first, again = (JoinCompany(id=name, at=START, person="ann", org="acme") for name in ("first", "again"))

    assert reason(first, again) == Reason("already-employed", "ann already works at acme, by first", ("first",))


def test_a_role_of_one_has_one_place() -> None:
    """Whoever holds it is named, and the event by which they do."""
    first = Appoint(id="first", at=START, person="ann", org="acme", role="ceo")
    second = Appoint(id="second", at=THEN, person="bob", org="acme", role="ceo")

    assert reason(first, second) == Reason("role-full", "ceo at acme has 1 place, held by ann", ("first",))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "the seat 'investor' at acme is held by ann"),
        (2, "the seat 'investor' at acme, of which there are 2, is held by ann, bob"),
    ],
)
def test_a_named_seat_is_full_of_its_holders(count: int, text: str) -> None:
    """Of a seat of which there are several it says how many; whoever sits elsewhere on the board holds none of them."""
    bylaws = Bylaws(named_seats={"investor": NamedSeat(count=count)})
    other = Appoint(id="eve-in", at=START, person="eve", org="acme", role="director")
    sits = [
        Appoint(id=f"{person}-in", at=START, person=person, org="acme", role="director", seat="investor")
        for person in ("ann", "bob", "cyd")[: count + 1]
    ]

    assert reason(other, *sits[:-1], bylaws=bylaws) is None
    assert reason(other, *sits, bylaws=bylaws) == Reason("seat-full", text, tuple(one.id for one in sits[:-1]))


def test_whoever_replaces_a_holder_of_a_named_seat_takes_it() -> None:
    """One of two investors makes way; a seat of which the bylaws do not know is nobody's to take."""
    bylaws = Bylaws(named_seats={"investor": NamedSeat(count=2)})
    ann, bob, cyd = (
        Appoint(id=f"{person}-in", at=START, person=person, org="acme", role="director", seat="investor")
        for person in ("ann", "bob", "cyd")
    )
    unknown = Reason("seat-full", "the bylaws of acme have no seat 'founder' then")

    assert reason(ann, bob, evolve(cyd, replaces="bob"), bylaws=bylaws) is None
    assert reason(ann, bob, evolve(cyd, replaces="eve"), bylaws=bylaws) is not None
    assert reason(evolve(ann, seat="founder"), bylaws=bylaws) == unknown


def test_whoever_is_replaced_loses_what_requires_the_role() -> None:
    """A chair who is replaced as a director is no chair either; an office that requires no seat goes on."""
    sits = [
        Appoint(id=f"ann-{role}", at=START, person="ann", org="acme", role=role)
        for role in ("director", "chair", "ceo")
    ]
    comes = Appoint(id="in", at=THEN, person="bob", org="acme", role="director", replaces="ann")
    state = replay(Log(events=(*sits, comes))).state("acme")

    assert [(role, opening.person) for role, opening in state.tenures()] == [("ceo", "ann"), ("director", "bob")]


def test_a_suspended_director_keeps_the_seat() -> None:
    """Of a board of one there is no place for another while its director is suspended; of an office there is."""
    sits = [Appoint(id=f"ann-{role}", at=START, person="ann", org="acme", role=role) for role in ("director", "ceo")]
    out = Suspend(id="out", at=START, person="ann", org="acme")
    comes = Appoint(id="in", at=THEN, person="bob", org="acme", role="director")
    expected = Reason("role-full", "director at acme has 1 place, held by ann", ("ann-director",))

    assert reason(*sits, out, comes, bylaws=Bylaws(seats=1)) == expected
    assert reason(*sits, out, evolve(comes, role="ceo"), bylaws=Bylaws(seats=1)) is None


@pytest.mark.parametrize("by", ["members", "staff"])
def test_members_vote_by_count_without_a_board(by: str) -> None:
    """Where ballots are on record by name it is directors who vote, whoever is said to have decided."""
    counted = Vote(id="v", at=START, org="acme", motion="m", by=by, count=VoteCount(for_=3, against=1))
    named = Vote(id="v", at=START, org="acme", motion="m", by=by, for_=("ann",))
    nobody = Reason("no-board", "no director sits at acme, so nobody can vote")

    assert reason(counted) is None
    assert reason(named) == nobody
    assert reason(evolve(counted, by="board")) == nobody


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


ACTS = {
    "appoint": Appoint(id="act", at=LATER, person="eve", org="acme", role="cfo"),
    "fire": Fire(id="act", at=LATER, person="ann", org="acme", role="ceo"),
    "suspend": Suspend(id="act", at=LATER, person="ann", org="acme", role="ceo"),
    "amend": Amend(id="act", at=LATER, org="acme", changes={"minimum": 1}),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_only_acts_of_the_board_want_a_director(act: Event) -> None:
    """Without one the board does none of them, with one it does; others do, or nobody says who, in either case."""
    hired = Appoint(id="hired", at=START, person="ann", org="acme", role="ceo")
    sits = Appoint(id="sits", at=THEN, person="bob", org="acme", role="director")

    assert reason(hired, evolve(act, by="board")) == Reason(
        "no-director", "no director sits at acme, so its board cannot act", ()
    )
    assert reason(hired, sits, evolve(act, by="board")) is None
    assert reason(hired, evolve(act, by="members")) is None
    assert reason(hired, act) is None


@pytest.mark.parametrize(
    "event",
    [
        Vary(id="event", at=LATER, person="ann", org="acme", role="ceo", interim=True),
        *(
            kind(id="event", at=LATER, person="ann", org="acme", role=role)
            for kind in (Suspend, Reinstate, Resign)
            for role in ("ceo", None)
        ),
    ],
)
def test_nothing_becomes_of_a_tenure_that_somebody_has_not(event: Suspend | Reinstate | Resign | Vary) -> None:
    """Whoever does not hold a role, or any, cannot lose it, be suspended from it, return to it or get other terms."""
    held = Appoint(id="held", at=START, person="bob", org="acme", role="ceo")

    assert reason(held, event) == Reason("does-not-hold", f"ann does not hold {event.role or 'a role'} at acme")


@pytest.mark.parametrize("held", [None, JoinCompany(id="works", at=START, person="ann", org="acme")])
def test_terms_that_nobody_has_leave_the_state_as_it_is(held: Event | None) -> None:
    """Also where somebody makes it happen in spite of what stands in its way: nobody is given terms by it."""
    vary = Vary(id="varied", at=LATER, person="ann", org="acme", role="employee", until=LATER)
    state = OrgState("acme") if held is None else reduce(OrgState("acme"), held)

    assert reduce(state, vary) is state


def test_there_is_no_coming_back_to_a_place_that_is_taken() -> None:
    """While the chief executive is suspended somebody else is appointed, who is named with the event."""
    events = (
        Appoint(id="ann-in", at=START, person="ann", org="acme", role="ceo"),
        Suspend(id="out", at=START, person="ann", org="acme"),
        Appoint(id="bob-in", at=THEN, person="bob", org="acme", role="ceo"),
        Reinstate(id="back", at=LATER, person="ann", org="acme"),
    )

    assert reason(*events) == Reason("role-full", "ceo at acme has 1 place, held by bob", ("bob-in",))


def test_a_role_that_nobody_holds_any_more_is_in_no_state() -> None:
    """The state is that of an organization at which nobody ever held it."""
    held = Appoint(id="in", at=START, person="ann", org="acme", role="ceo")
    left = Resign(id="left", at=THEN, person="ann", org="acme", role="ceo")

    assert replay(Log(events=(held, left))).state("acme").seats == {}


def test_whoever_leaves_a_job_leaves_those_that_require_it() -> None:
    """Apprentices are employees: who was none leaves one job, who was one two, and the others stay on the payroll."""
    roles = (Role(id="apprentice", kind="staff", holders=2, requires="employee"),)
    works = [JoinCompany(id=f"{person}-works", at=START, person=person, org="acme") for person in ("ann", "bob", "cyd")]
    learns = [
        Appoint(id=f"{person}-learns", at=THEN, person=person, org="acme", role="apprentice") for person in ("bob",)
    ]
    left = [
        Resign(id=f"{person}-left", at=LATER, person=person, org="acme", role="employee") for person in ("ann", "bob")
    ]

    def payroll(*events: Event) -> tuple[int, list[tuple[str, str]]]:
        staff = replay(Log(roles=roles, events=(*works, *learns, *events))).state("acme").staff
        return len(staff), [key for key, _ in staff]

    apprentice, cyd = ("bob", "apprentice"), ("cyd", "employee")
    assert payroll() == (4, [("ann", "employee"), apprentice, ("bob", "employee"), cyd])
    assert payroll(left[0]) == (3, [apprentice, ("bob", "employee"), cyd])
    assert payroll(*left) == (1, [cyd])


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

    again = replay(Log(roles=roles, events=(*works, first, evolve(first, id="again")))).rulings[-1].reason

    assert again == Reason("already-holds", "ann already holds apprentice at acme, by ann-learns", ("ann-learns",))
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
