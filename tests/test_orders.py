"""Open orders: where the record does not say which of two events came first, and it matters."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Cease,
    Event,
    History,
    Log,
    Org,
    Person,
    Resign,
    Statement,
    Vary,
    Vote,
    Withdraw,
    audit,
    snapshot,
)
from boardsim.bylaws import Threshold
from boardsim.events import TERMS
from boardsim.formats.syntax import toml_writer as toml
from boardsim.history import Ruling, Tenure, Variant
from boardsim.kernel import Fold, replay
from boardsim.orders import may_last, open_orders
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import instants, logs

DAY = datetime(2020, 5, 4, tzinfo=UTC)
END = DAY + timedelta(days=1)
LATER = DAY + timedelta(days=30)
START = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = ("ann", "bob", "cy", "dee")


def oak(*events: Event) -> Log:
    """A log of one company, where Ann holds what the first event says."""
    return Log(
        id="oak",
        orgs=(Org(id="oak", name="Oak Ltd"),),
        people=tuple(Person(id=person, name=person.title()) for person in PEOPLE),
        events=events,
    )


def seat(person: str, role: str, at: datetime = START, **said: Any) -> Event:
    """Somebody takes a role."""
    return Appoint(id=f"{person}-{role}", at=at, person=person, org="oak", role=role, **said)


def some_time(event: Event, start: datetime = DAY, end: datetime = END) -> Event:
    """The event, dated by a span."""
    return evolve(event, not_before=start, not_after=end)


def leaves(person: str, role: str, at: datetime = DAY) -> Event:
    """Somebody gives up a role."""
    return Resign(id=f"{person}-leaves", at=at, person=person, org="oak", role=role)


HANDOVERS = {
    "the last act of a sole director": (
        seat("ann", "director"),
        seat("bob", "director", DAY + timedelta(hours=9), by="board"),
        some_time(leaves("ann", "director")),
    ),
    "a successor who is dated by the day": (
        seat("ann", "ceo"),
        Cease(id="ann-leaves", at=DAY + timedelta(hours=17), person="ann", org="oak", role="ceo"),
        some_time(seat("bob", "ceo", DAY)),
    ),
    "a chair who is a director of the same day": (
        seat("ann", "director"),
        seat("bob", "director", DAY + timedelta(hours=10)),
        some_time(seat("bob", "chair", DAY)),
    ),
    "two guesses within a month": (
        seat("ann", "ceo"),
        some_time(seat("bob", "ceo", DAY + timedelta(days=6)), DAY, LATER),
        some_time(leaves("ann", "ceo", DAY + timedelta(days=11)), DAY, LATER),
    ),
    "one instant, told in an order that cannot have been": (
        seat("ann", "ceo"),
        some_time(seat("bob", "ceo", DAY)),
        some_time(leaves("ann", "ceo")),
    ),
}


@pytest.mark.parametrize("events", HANDOVERS.values(), ids=HANDOVERS)
def test_what_another_order_would_have_allowed_is_no_error(events: Sequence[Event]) -> None:
    """The record may have it that all was well, so it is a warning, and whoever would then sit is uncertain."""
    log = oak(*events)
    problems = audit(log)
    last = events[-1] if events[-1].id != "ann-leaves" else events[-2]
    role = last.role if isinstance(last, Appoint) else ""
    [later] = snapshot(replay(log), at=LATER).orgs

    assert [(problem.code, problem.severity) for problem in problems] == [("order-matters", "warning")]
    assert role not in later.roles or role == "director"
    assert [(u.person, u.role, u.why) for u in later.uncertain] == [("bob", role, "order")]


def test_a_vacancy_that_another_order_would_not_have_is_no_problem() -> None:
    """Somebody leaves some time on the day on which another comes: nothing that can be told depends on the order."""
    log = oak(seat("ann", "director"), some_time(leaves("ann", "director")), seat("bob", "director", DAY, by="members"))

    assert audit(log) == []


def test_an_order_in_which_something_could_not_have_been_is_none() -> None:
    """A handover that is recorded in its order has no other, though both were on one day."""
    leaving = some_time(leaves("ann", "ceo", DAY + timedelta(hours=8)))
    log = oak(seat("ann", "ceo"), leaving, some_time(seat("bob", "ceo", DAY + timedelta(hours=9))))

    assert audit(log) == []
    assert open_orders(replay(log)) == []


@pytest.mark.parametrize("hour", [0, 14, 16, 23])
@pytest.mark.parametrize(
    ("ballots", "outcomes"),
    [
        ({"for_": ("ann", "bob"), "absent": ("dee",)}, {"carried", "undetermined"}),
        ({"for_": ("ann", "bob", "cy"), "against": ("dee",)}, {"carried"}),
    ],
)
def test_a_vote_on_the_day_on_which_somebody_left(hour: int, ballots: Any, outcomes: set[str]) -> None:
    """It is the same warning with the same two outcomes, wherever in the day the leaving is guessed to have been."""
    vote = Vote(id="v", at=DAY + timedelta(hours=15), org="oak", motion="m", **ballots)
    leaving = some_time(leaves("cy", "director", DAY + timedelta(hours=hour)))
    log = oak(*(seat(person, "director") for person in PEOPLE), leaving, vote)
    [order] = open_orders(replay(log))
    rulings = [both[[order.first.id, order.second.id].index("v")] for both in (order.now, order.otherwise)]

    assert {ruling.outcome for ruling in rulings} == outcomes
    assert {str(ruling.tally) for ruling in rulings} == {str(ruling.tally) for ruling in by_hand(log, vote)}
    assert [problem.code for problem in audit(log) if problem.severity == "error"] in ([], ["undetermined-vote"])
    assert "order-matters" in [problem.code for problem in audit(log)]


def test_every_view_of_the_vote_says_that_it_hangs_on_the_order(run: Run, tmp_path: Path) -> None:
    """The story, the reasons, the power in it and a what-if of it name the event that may have come first or not."""
    vote = Vote(id="v", at=DAY + timedelta(hours=15), org="oak", motion="m", for_=("ann", "bob"), absent=("dee",))
    path = tmp_path / "oak.toml"
    path.write_text(
        toml.write(oak(*(seat(one, "director") for one in PEOPLE), some_time(leaves("cy", "director")), vote))
    )
    commands = (
        ("replay", str(path)),
        ("why", str(path), "--event", "v"),
        ("power", str(path), "--vote", "v"),
        ("whatif", str(path), "--change", "v: dee abstain"),
    )

    for command in commands:
        result = run(*command)
        assert "hangs on whether cy-leaves came first, which is not on record" in " ".join(result.out.split()), command


def by_hand(log: Log, vote: Vote) -> list[Ruling]:
    """The rulings of a vote, before and after somebody left."""
    found = []
    for hour in (14, 16):
        moved = [evolve(e, at=DAY + timedelta(hours=hour)) if e.id == "cy-leaves" else e for e in log.events]
        found.append(replay(evolve(log, events=tuple(moved))).ruling(vote.id))
    return found


def test_a_thousand_of_one_day_are_as_many_and_no_more() -> None:
    """Appointments that do not depend on one another are no pairs, however many share a day."""
    people = [f"person-{number}" for number in range(1000)]
    log = oak(*(some_time(seat(person, "director", DAY)) for person in people))

    assert open_orders(replay(log)) == []


LAST_ACT = seat("bob", "director", DAY, by="board")
BESIDE = some_time(seat("cy", "cfo", DAY - timedelta(hours=1)), DAY - timedelta(days=1), END)


@pytest.mark.parametrize(
    ("leaving", "then", "is_open"),
    [
        (some_time(leaves("ann", "director")), some_time(LAST_ACT), True),
        (leaves("ann", "director"), some_time(LAST_ACT), False),
        (some_time(leaves("ann", "director"), DAY - timedelta(hours=9), DAY), some_time(LAST_ACT), False),
        (some_time(leaves("ann", "director"), DAY - timedelta(hours=9), DAY), LAST_ACT, False),
        (some_time(leaves("ann", "director"), DAY - timedelta(hours=9), DAY + timedelta(hours=1)), LAST_ACT, True),
        (
            some_time(leaves("ann", "director", DAY - timedelta(hours=5)), DAY - timedelta(hours=9), DAY),
            some_time(seat("bob", "director", DAY + timedelta(hours=1), by="board")),
            False,
        ),
    ],
)
def test_what_is_told_of_one_instant_has_another_order_where_its_spans_overlap(
    leaving: Event, then: Event, *, is_open: bool
) -> None:
    """A sole director leaves and appoints somebody at one instant: only where both may have been later or earlier.

    Another event of those days, which has to do with neither, is of no account.
    """
    history = replay(oak(seat("ann", "director"), BESIDE, leaving, then))
    found = [(order.first.id, order.second.id) for order in open_orders(history)]

    assert found == ([("ann-leaves", "bob-director")] if is_open else [])
    assert found == [(first.id, second.id) for first, second in brute_force(history)]


def of_the_day(start: datetime = DAY, **ballots: Any) -> Event:
    """A vote of some time on the day."""
    return some_time(Vote(id="v", at=start, org="oak", motion="m", **ballots), start)


@pytest.mark.parametrize(
    ("first", "second", "is_open"),
    [
        (some_time(leaves("ann", "director")), of_the_day(for_=("ann", "bob")), True),
        (some_time(leaves("ann", "director")), of_the_day(for_=("bob",), recused=("ann",)), True),
        (some_time(leaves("cy", "director")), of_the_day(for_=("ann",), absent=("bob",)), False),
        (some_time(leaves("cy", "director")), of_the_day(for_=("ann",), absent=("bob",), against=("dee",)), False),
        (of_the_day(for_=("ann", "bob")), leaves("ann", "director", DAY + timedelta(hours=5)), True),
        (of_the_day(for_=("ann",), absent=("bob",)), leaves("cy", "director", DAY + timedelta(hours=5)), True),
    ],
)
def test_a_ballot_of_somebody_who_may_have_left_already(first: Event, second: Event, *, is_open: bool) -> None:
    """At one instant another order is open where it counts fewer out; else where what is said of the vote differs.

    Dee, who never had a seat, has none in any order.
    """
    history = replay(oak(*(seat(person, "director") for person in ("ann", "bob", "cy")), first, second))
    found = [(order.first.id, order.second.id) for order in open_orders(history)]

    assert found == ([(first.id, second.id)] if is_open else [])
    assert found == [(one.id, other.id) for one, other in brute_force(history)]


def test_one_open_order_hides_no_other() -> None:
    """Beside it are a handover that needs no other order, an act with its reason, and two that fail in any order.

    Cy leaves some time on the day of two votes, and both hang on it; what is long over, and what comes later, does not.
    """
    reason = (("ann-director-leaves",),)
    ballots: Any = {"for_": ("bob",), "absent": ("dee",)}
    log = oak(
        *(some_time(seat(person, "director", START), START, START + timedelta(days=1)) for person in ("bob", "cy")),
        seat("ann", "director"),
        seat("dee", "director"),
        seat("ann", "ceo"),
        some_time(evolve(leaves("ann", "ceo"), id="ann-ceo-leaves")),
        some_time(seat("bob", "ceo", DAY + timedelta(hours=1))),
        some_time(seat("cy", "ceo", DAY + timedelta(hours=2))),
        some_time(seat("dee", "ceo", DAY + timedelta(hours=2))),
        some_time(evolve(leaves("ann", "director", DAY + timedelta(hours=3)), id="ann-director-leaves")),
        some_time(seat("ann", "chair", DAY + timedelta(hours=4), because=reason)),
        *(Vote(id=f"v{hour}", at=DAY + timedelta(hours=hour), org="oak", motion="m", **ballots) for hour in (5, 6)),
        some_time(leaves("cy", "director", DAY + timedelta(hours=7))),
        seat("bob", "cfo", LATER),
    )
    history = replay(log)
    found = [(order.first.id, order.second.id) for order in open_orders(history)]

    assert found == [(first.id, second.id) for first, second in brute_force(history)]
    assert ("ann-director-leaves", "ann-chair") not in found
    assert {("v5", "cy-leaves"), ("v6", "cy-leaves")} <= {*found}


HOURS = [DAY + timedelta(hours=hour) for hour in range(24)]


def pairs_of(history: History) -> list[tuple[str, str]]:
    """The open orders by the ids of both events, which are those of brute force."""
    found = [(order.first.id, order.second.id) for order in open_orders(history)]
    assert sorted(found) == sorted((first.id, second.id) for first, second in brute_force(history))
    return found


def test_a_ballot_that_is_only_assumed_opens_no_order() -> None:
    """Whether Cy sat matters to a ballot on record; one that a what-if gives to Cy is nobody's word."""
    seats = [seat(person, "director") for person in ("ann", "bob", "cy")]
    leaving = some_time(leaves("cy", "director", HOURS[3]))
    vote = Vote(id="v", at=HOURS[5], org="oak", motion="m", for_=("ann", "bob"))
    log = oak(*seats, leaving, vote)
    on_record = oak(*seats, leaving, evolve(vote, against=("cy",)))

    assert pairs_of(replay(log)) == []
    assert open_orders(replay(Variant(log=log, ballots={"v": {"cy": "against"}}))) == []
    assert pairs_of(replay(on_record)) == [("cy-leaves", "v")]


GROUNDS: Mapping[str, Event] = {
    "an event that took effect": Statement(id="why", at=LATER - timedelta(days=60), org="oak", text="x"),
    "one that cannot have been": leaves("dee", "cfo", DAY - timedelta(days=60)),
    "one that is not known yet": Statement(id="why", at=START, known=LATER, org="oak", text="x"),
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_an_order_is_open_where_the_reason_of_an_event_holds(ground: str) -> None:
    """Ann leaves on the day on which a successor comes: in no order where the reason for leaving is gone."""
    reason = GROUNDS[ground]
    leaving = Cease(id="ann-leaves", at=HOURS[17], person="ann", org="oak", role="ceo", because=((reason.id,),))
    log = oak(reason, seat("ann", "ceo"), leaving, some_time(seat("bob", "ceo", DAY)))

    expected = [] if ground == "one that cannot have been" else [("bob-ceo", "ann-leaves")]
    assert pairs_of(replay(log, known=END)) == expected


def test_an_order_is_open_where_no_event_has_an_exact_time() -> None:
    """Every event of the organization is dated by a day, and one of another is exact."""
    log = oak(
        some_time(seat("ann", "ceo"), START, START + timedelta(days=1)),
        evolve(seat("dee", "ceo", DAY), org="elm"),
        some_time(seat("bob", "ceo", DAY)),
        some_time(leaves("ann", "ceo", HOURS[9])),
    )

    assert pairs_of(replay(log)) == [("bob-ceo", "ann-leaves")]


def test_an_event_of_the_same_instant_hides_none_of_another() -> None:
    """Two are said to have followed Ann at nine, who left at ten: either may have come after that."""
    log = oak(
        seat("ann", "ceo"),
        some_time(seat("dee", "ceo", HOURS[9]), HOURS[0]),
        some_time(seat("bob", "ceo", HOURS[9]), HOURS[2]),
        some_time(leaves("ann", "ceo", HOURS[10]), HOURS[1]),
    )

    assert pairs_of(replay(log)) == [("dee-ceo", "ann-leaves"), ("bob-ceo", "ann-leaves")]


def test_of_what_a_scenario_took_out_no_order_is_open() -> None:
    """Also where nothing of an organization is left, and something of another."""
    dropped = frozenset({"ann-ceo", "bob-ceo"})
    log = oak(
        some_time(seat("ann", "ceo", HOURS[8])),
        some_time(seat("bob", "ceo", HOURS[9])),
        evolve(some_time(seat("dee", "ceo", HOURS[8])), org="elm"),
        evolve(seat("cy", "ceo", HOURS[9]), org="elm"),
    )

    assert pairs_of(replay(log)) == [("ann-ceo", "bob-ceo"), ("dee-ceo", "cy-ceo")]
    found = open_orders(replay(Variant(log=log, dropped=dropped)))
    assert [(order.first.id, order.second.id) for order in found] == [("dee-ceo", "cy-ceo")]


def test_what_cannot_have_been_in_either_order_is_no_open_order() -> None:
    """A board of nobody neither appoints nor votes, whichever of the two it is said to have done first."""
    vote = Vote(id="v", at=HOURS[5], org="oak", motion="m", for_=("ann",))
    log = oak(some_time(seat("ann", "director", HOURS[3], by="board")), vote)

    assert pairs_of(replay(log)) == []
    assert {problem.code for problem in audit(log)} == {"no-director", "no-board"}


def test_an_order_that_changes_nothing_is_not_open_for_what_came_between() -> None:
    """Ann and Bob were both given one office: which of them came first is open, and not what came after both.

    Bob leaves with whatever he has, which he does in any order.
    """
    log = oak(
        seat("bob", "cfo"),
        some_time(seat("ann", "ceo", HOURS[9])),
        seat("bob", "ceo", HOURS[10]),
        Cease(id="bob-leaves", at=HOURS[11], person="bob", org="oak"),
    )

    assert pairs_of(replay(log)) == [("ann-ceo", "bob-ceo")]


def test_an_act_that_rests_on_another_of_the_same_day_hangs_on_what_that_hangs_on() -> None:
    """A sole director may have left after both, or before both, or between them."""
    log = oak(
        seat("ann", "director"),
        some_time(leaves("ann", "director", HOURS[9])),
        some_time(seat("bob", "coo", HOURS[10], by="board")),
        some_time(seat("bob", "ceo", HOURS[11], by="board", because=(("bob-coo",),))),
    )

    assert pairs_of(replay(log)) == [("ann-leaves", "bob-coo"), ("ann-leaves", "bob-ceo")]


def resting_on(cause: str, at: datetime, name: str = "said") -> Event:
    """Words that have an event for a reason."""
    return Statement(id=name, at=at, org="oak", text="Bob is chief executive.", because=((cause,),))


BOB = some_time(seat("bob", "ceo", DAY + timedelta(days=6)), DAY, LATER)


@pytest.mark.parametrize(
    ("said", "leaving", "is_open"),
    [
        (resting_on("bob-ceo", DAY + timedelta(days=8)), leaves("ann", "ceo", DAY + timedelta(days=11)), False),
        (resting_on("ann-ceo", DAY + timedelta(days=8)), leaves("ann", "ceo", DAY + timedelta(days=11)), True),
        (
            some_time(resting_on("bob-ceo", DAY + timedelta(days=8)), DAY, LATER),
            leaves("ann", "ceo", DAY + timedelta(days=11)),
            True,
        ),
        (
            resting_on("bob-ceo", DAY + timedelta(days=8)),
            some_time(leaves("ann", "ceo", DAY + timedelta(days=11)), DAY, LATER),
            True,
        ),
        (
            resting_on("bob-ceo", DAY + timedelta(days=8)),
            some_time(leaves("ann", "ceo", DAY + timedelta(days=11)), DAY + timedelta(days=8), LATER),
            False,
        ),
        (
            some_time(resting_on("bob-ceo", DAY + timedelta(days=8)), DAY, LATER),
            evolve(leaves("ann", "ceo", DAY + timedelta(days=11)), because=(("said",),)),
            False,
        ),
    ],
    ids=["exact", "of another", "within bounds", "the other earlier", "not as early", "a reason of a reason"],
)
def test_an_order_is_open_only_where_reasons_can_come_along(said: Event, leaving: Event, *, is_open: bool) -> None:
    """Bob cannot have come after Ann left, if what rests on it is known to be from before, or is why she left."""
    log = oak(seat("ann", "ceo"), BOB, said, leaving)

    assert pairs_of(replay(log)) == ([("bob-ceo", "ann-leaves")] if is_open else [])


@pytest.mark.parametrize("day", [8, 5])
def test_an_order_is_closed_by_a_reason_that_cannot_have_been_earlier(day: int) -> None:
    """Ann left some time in the month, for what was said: after Bob came, if that was, and else nobody knows."""
    bob, said = seat("bob", "ceo", DAY + timedelta(days=6)), resting_on("ann-ceo", DAY + timedelta(days=day))
    left = evolve(leaves("ann", "ceo", DAY + timedelta(days=11)), because=(("said",),))

    found = pairs_of(replay(oak(seat("ann", "ceo"), bob, said, some_time(left, DAY, LATER))))

    assert found == ([("bob-ceo", "ann-leaves")] if day < 6 else [])


def test_what_else_is_of_one_instant_stays_between_two_that_change_places() -> None:
    """Ann was made interim by either of two, and no longer by one that may have been after both."""
    said: dict[str, Any] = {"at": DAY, "org": "oak", "person": "ann", "role": "director"}
    month = (DAY - timedelta(days=1), LATER)
    log = oak(
        seat("ann", "director"),
        some_time(Vary(id="not", interim=False, **said), *month),
        Vary(id="a", interim=True, **said),
        some_time(Vary(id="b", interim=True, **said), *month),
    )
    orders = open_orders(replay(log))

    assert [[event.id for event in order.other.events[1:]] for order in orders] == [
        ["a", "not", "b"],
        ["a", "b", "not"],
    ]


def test_in_the_other_order_every_reason_still_lies_before_what_rests_on_it() -> None:
    """What rests on the one goes along after it, and what the other rests on before that; all else stays."""
    log = oak(
        seat("ann", "ceo"),
        BOB,
        some_time(resting_on("bob-ceo", DAY + timedelta(days=7)), DAY, LATER),
        Statement(id="why", at=DAY + timedelta(days=8), org="oak", text="Ann is tired."),
        some_time(resting_on("said", DAY + timedelta(days=9), "more"), DAY, LATER),
        evolve(leaves("ann", "ceo", DAY + timedelta(days=11)), because=(("why",),)),
    )
    [order] = open_orders(replay(log))

    assert [(event.id, event.at.day) for event in order.other.events[1:]] == [
        ("why", 12),
        ("ann-leaves", 15),
        ("bob-ceo", 15),
        ("said", 15),
        ("more", 15),
    ]


def test_what_the_later_event_rests_on_comes_along_before_it() -> None:
    """Ann left for a reason that has one of its own: all three may have been before Bob came, and nothing else."""
    log = oak(
        seat("ann", "ceo"),
        seat("bob", "ceo", DAY + timedelta(days=6)),
        some_time(Statement(id="whence", at=DAY + timedelta(days=7), org="oak", text="Work."), DAY, LATER),
        Statement(id="beside", at=DAY + timedelta(days=8), org="oak", text="Rain."),
        some_time(resting_on("whence", DAY + timedelta(days=9)), DAY, LATER),
        some_time(evolve(leaves("ann", "ceo", DAY + timedelta(days=11)), because=(("said",),)), DAY, LATER),
    )
    [order] = open_orders(replay(log))

    assert [(event.id, event.at.day) for event in order.other.events[1:]] == [
        ("whence", 10),
        ("said", 10),
        ("ann-leaves", 10),
        ("bob-ceo", 10),
        ("beside", 12),
    ]


def test_a_withdrawal_is_of_the_organization_of_what_it_withdraws() -> None:
    """Whether it came before what it withdraws took place is open, in a log with corrections as in any other.

    So is what happened beside the withdrawal of something that is not known yet.
    """
    log = oak(
        Statement(id="said", at=START, org="oak", text="x"),
        Statement(id="said-2", at=START, org="oak", text="y", corrects="said"),
        evolve(seat("cy", "ceo"), id="told", status="announced"),
        evolve(seat("cy", "cfo", known=LATER), id="untold", status="announced"),
        seat("ann", "coo"),
        some_time(seat("bob", "coo", HOURS[8])),
        some_time(seat("cy", "ceo", HOURS[9])),
        Withdraw(id="other-off", at=HOURS[10], event="untold"),
        some_time(Withdraw(id="off", at=HOURS[11], event="told")),
        some_time(leaves("ann", "coo", HOURS[12])),
    )

    assert pairs_of(replay(log, known=END)) == [("bob-coo", "ann-leaves"), ("cy-ceo", "off")]


MOMENT = timedelta(microseconds=1)
BEGINS = seat("ann", "ceo", DAY)
ENDS = leaves("ann", "ceo", LATER)


@pytest.mark.parametrize(
    ("opened", "closed", "start", "end", "is_so"),
    [
        (BEGINS, ENDS, None, None, True),
        (BEGINS, ENDS, None, DAY - MOMENT, False),
        (BEGINS, ENDS, None, DAY, True),
        (BEGINS, ENDS, LATER - MOMENT, None, True),
        (BEGINS, ENDS, LATER, None, False),
        (BEGINS, None, LATER, LATER, True),
        (BEGINS, None, None, DAY - MOMENT, False),
        (some_time(BEGINS), ENDS, DAY, DAY, True),
        (some_time(BEGINS), ENDS, DAY - MOMENT, DAY - MOMENT, False),
        (BEGINS, some_time(ENDS, LATER, LATER + timedelta(days=1)), LATER + timedelta(hours=23), None, True),
        (BEGINS, some_time(ENDS, LATER, LATER + timedelta(days=1)), LATER + timedelta(days=1), None, False),
    ],
)
def test_a_tenure_may_last_where_some_reading_of_its_dates_has_it(
    opened: Appoint, closed: Event | None, start: datetime | None, end: datetime | None, *, is_so: bool
) -> None:
    """From the earliest that it can have begun, inclusive, to the latest that it can have ended, exclusive."""
    assert may_last(Tenure("ceo", opened, closed), start, end) is is_so


@pytest.mark.parametrize(
    ("ann", "bob", "beside", "otherwise"),
    [
        ((2, 0, 9), (5, 5, 5), (), {"v": 5, "ann-leaves": 5}),
        ((2, 0, 5), (5, 1, 5), (), {"v": 2, "ann-leaves": 2}),
        ((2, 0, 5), (5, 2, 5), (2, 3), {"v": 2, "ann-leaves": 2, "dee-2": 2, "dee-3": 3}),
        ((2, 0, 5), (5, 3, 5), (2, 3, 4), {"dee-2": 2, "dee-3": 3, "v": 3, "ann-leaves": 3, "dee-4": 4}),
    ],
)
def test_the_other_order_is_as_near_to_the_record_as_can_be(
    ann: tuple[int, int, int], bob: tuple[int, int, int], beside: tuple[int, ...], otherwise: Mapping[str, int]
) -> None:
    """Each stays within its bounds: the first comes as late as the second, or the second as early, or they meet.

    What is between them, and what comes later, stays where it is.
    """
    leaving = some_time(leaves("ann", "director", HOURS[ann[0]]), HOURS[ann[1]], HOURS[ann[2]])
    vote: Event = Vote(id="v", at=HOURS[bob[0]], org="oak", motion="m", for_=("ann",))
    vote = some_time(vote, HOURS[bob[1]], HOURS[bob[2]]) if bob[1] < bob[2] else vote
    between = [evolve(seat("dee", f"role-{hour}", HOURS[hour]), id=f"dee-{hour}") for hour in beside]
    last = seat("cy", "cfo", LATER)
    history = replay(oak(seat("ann", "director"), seat("bob", "director"), leaving, *between, vote, last))
    [order] = open_orders(history)
    other = order.other

    assert {event.id: event.at for event in other.events[2:-1]} == {
        name: HOURS[hour] for name, hour in otherwise.items()
    }
    assert [event.id for event in other.events[2:]] == [*otherwise, "cy-cfo"]
    assert [*other.rulings] == [*replay(evolve(history.log, events=tuple(other.events))).rulings]


@settings(max_examples=tries(60))
@given(logs(max_events=16))
def test_orders_are_those_that_brute_force_finds(log: Log) -> None:
    """Every pair of events of an organization that can change places, tried by a whole replay, and no other."""
    history = replay(log)

    found = {(order.first.id, order.second.id) for order in open_orders(history)}
    assert found == {(first.id, second.id) for first, second in brute_force(history)}


MONTH = (datetime(2020, 5, 1, tzinfo=UTC), datetime(2020, 6, 1, tzinfo=UTC))


@st.composite
def one_office(draw: st.DrawFn) -> Log:
    """Some who take one office, or give it up, at instants, on a day and in a month."""
    found = list[Event]()
    for number in range(draw(st.integers(2, 5))):
        at = DAY + timedelta(hours=draw(st.sampled_from([0, 9, 30])))
        bounds = draw(st.sampled_from([None, (DAY, END), MONTH]))
        who = draw(st.sampled_from(PEOPLE[:3]))
        one: Event = Appoint(id=f"e{number}", at=at, person=who, org="oak", role="ceo")
        if draw(st.integers(0, 2)) == 0:
            one = Resign(id=f"e{number}", at=at, person=who, org="oak", role="ceo")
        found.append(some_time(one, *bounds) if bounds and bounds[0] <= at <= bounds[1] else one)
    return oak(*found)


@settings(max_examples=tries(100))
@given(one_office())
def test_whoever_sits_in_one_of_two_orders_is_uncertain(log: Log) -> None:
    """Whether by the record or not: of a seat that either event gives, a snapshot says so at every instant."""
    history = replay(log)
    for order in open_orders(history):
        pair = {order.first.id, order.second.id}
        for at in instants(log):
            by_record, otherwise = ([*world.state_at("oak", at).tenures()] for world in (history, order.other))
            [shown] = snapshot(history, at=at).orgs
            unsure = {(one.role, one.person) for one in shown.uncertain}
            for held, others in ((by_record, otherwise), (otherwise, by_record)):
                sitting = {(role, one.person) for role, one in others}
                given_by_either = {(role, one.person) for role, one in held if one.id in pair}
                assert given_by_either - sitting <= unsure


@pytest.mark.parametrize(
    ("day", "unsure"),
    [(-1, []), (0, ["bob"]), (8, ["bob"]), (9, ["bob", "ann"]), (25, ["bob", "ann"]), (90, ["bob", "ann"])],
)
def test_of_two_who_took_one_office_in_an_unknown_order_both_are_uncertain(day: int, unsure: Sequence[str]) -> None:
    """Ann on the tenth by the record, Bob some time in the month: he from its first day, and she from her own."""
    first = DAY.replace(day=1)
    ann, bob = seat("ann", "ceo", first + timedelta(days=9)), seat("bob", "ceo", first + timedelta(days=19))
    [shown] = snapshot(replay(oak(ann, some_time(bob, *MONTH))), at=first + timedelta(days=day)).orgs

    assert [one.person for held in shown.roles.values() for one in held] == ["ann"] * (day >= 9)
    assert [(one.person, one.role, one.why) for one in shown.uncertain] == [(who, "ceo", "order") for who in unsure]


CHANGES = (
    *({"seats": seats} for seats in (3, 4)),
    {"seats": 4, "minimum": 2},
    *({"rules": {name: Threshold(fraction=Fraction(2, 3))}} for name in ("decision", "removal")),
    {"rules": {"removal": Threshold(fraction=Fraction(3, 4))}},
)
TERMS_OF_ANN: tuple[dict[str, Any], ...] = (
    {"until": LATER},
    {"until": LATER + timedelta(days=9)},
    {"interim": True},
    {"interim": False},
)


@st.composite
def set_anew(draw: st.DrawFn) -> Log:
    """Some events that say anew what rules, or what the terms are, at instants, on days and in a month."""
    found: list[Event] = [seat("ann", "director"), seat("bob", "director")]
    for number in range(draw(st.integers(2, 5))):
        at = DAY + timedelta(hours=draw(st.sampled_from([0, 0, 9, 30])))
        bounds = draw(st.sampled_from([None, (DAY, END), MONTH]))
        of_day = bounds if bounds and bounds[0] <= at <= bounds[1] else None
        said: dict[str, Any] = {
            "id": f"e{number}",
            "at": at,
            "org": "oak",
            "before": draw(st.sampled_from([None, None, "e4"])),
        }
        if draw(st.booleans()):
            one: Event = Amend(**said, changes=draw(st.sampled_from(CHANGES)))
        else:
            person = draw(st.sampled_from(["ann", "bob"]))
            one = Vary(**said, person=person, role="director", **draw(st.sampled_from(TERMS_OF_ANN)))
        found.append(some_time(one, *of_day) if of_day else one)
    return oak(*found)


@settings(max_examples=tries(100))
@given(set_anew())
def test_of_two_that_set_the_same_the_order_matters(log: Log) -> None:
    """As far as their values differ: every pair that brute force finds, and no other; and a warning of each."""
    history = replay(log)

    found = [(order.first.id, order.second.id) for order in open_orders(history)]
    assert {*found} == {(first.id, second.id) for first, second in brute_force(history)}
    assert [problem.code for problem in audit(log)].count("order-matters") == len(found)
    assert all(order.contested for order in open_orders(history))


def test_what_sets_the_same_a_third_time_hides_no_open_order() -> None:
    """The board may have been made one of four before either amendment of an earlier day, or between them, or after."""
    three = [Amend(id=name, at=DAY, org="oak", changes={"seats": 3}) for name in ("one", "two")]
    four = Amend(id="four", at=HOURS[9], org="oak", changes={"seats": 4})

    log = oak(seat("ann", "director"), *three, some_time(four, START, LATER))

    assert pairs_of(replay(log)) == [("one", "four"), ("two", "four")]


def test_two_rules_of_one_day_are_uncertain_until_another_is_made(run: Run, tmp_path: Path) -> None:
    """Whoever reads the bylaws is told that the day says no order; one that says `before` has one."""
    path = tmp_path / "log.toml"
    five, seven = (
        Amend(id="five", at=DAY, org="oak", changes={"seats": 5}),
        Amend(id="seven", at=DAY, org="oak", changes={"seats": 7}),
    )
    last = Amend(id="last", at=LATER, org="oak", changes={"seats": 9})
    log = oak(seat("ann", "director"), some_time(five), some_time(seven), last)
    path.write_text(toml.write(log), encoding="utf-8")

    assert "in this order seats is as 'seven' has it; in the other as 'five' has it" in run("check", str(path)).err
    assert (
        "if seven came before five: The bylaws change: seats 5" in run("snapshot", str(path), "--at", "2020-05-20").out
    )
    assert "came before" not in run("snapshot", str(path), "--at", "2020-07-01").out
    assert audit(oak(seat("ann", "director"), some_time(evolve(five, before="seven")), some_time(seven))) == []


TWICE = [Amend(id=name, at=DAY, org="oak", changes={"seats": seats}) for name, seats in (("five", 5), ("seven", 7))]
NEXT_CEO = seat("bob", "ceo", DAY)
LEAVES = leaves("ann", "ceo", DAY + timedelta(hours=17))


@pytest.mark.parametrize(
    ("first", "second", "hint", "settled"),
    [
        (some_time(NEXT_CEO), LEAVES, "of 'bob-ceo'", (LEAVES, evolve(NEXT_CEO, at=DAY + timedelta(hours=18)))),
        (some_time(NEXT_CEO), some_time(LEAVES), "of both", (evolve(LEAVES, at=DAY), NEXT_CEO)),
        (
            some_time(NEXT_CEO),
            some_time(evolve(LEAVES, at=DAY)),
            "of both; or say 'before'",
            (some_time(NEXT_CEO), some_time(evolve(LEAVES, at=DAY, before="bob-ceo"))),
        ),
        (
            some_time(TWICE[0]),
            some_time(TWICE[1]),
            "of both; or say 'before'",
            (some_time(evolve(TWICE[0], before="seven")), some_time(TWICE[1])),
        ),
    ],
)
def test_what_the_hint_says_settles_the_order(
    first: Event, second: Event, hint: str, settled: tuple[Event, Event]
) -> None:
    """It names what has no exact time, and `before` only where both are of one instant: else it means nothing."""
    [problem] = audit(oak(seat("ann", "ceo"), first, second))

    assert (problem.code, problem.hint) == ("order-matters", f"give the time of day, or the bounds, {hint}")
    assert audit(oak(seat("ann", "ceo"), *settled)) == []


def test_a_vote_that_turns_on_ballots_is_undetermined_in_one_order() -> None:
    """What became of it is a sentence."""
    vote = Vote(id="v", at=DAY + timedelta(hours=15), org="oak", motion="m", for_=("ann", "bob"), absent=("dee",))
    log = oak(*(seat(one, "director") for one in PEOPLE), some_time(leaves("cy", "director")), vote)

    messages = [problem.message for problem in audit(log) if problem.code == "order-matters"]

    assert "'v' is undetermined (" in messages[0]


def brute_force(history: History) -> list[tuple[Event, Event]]:
    """Every pair that can change places, where the design's words say that it matters."""
    found = []
    for later, second in enumerate(history.events):
        for index, first in enumerate(history.events[:later]):
            (_, end), (start, _) = reach(history, index, later), reach(history, later, index)
            spans = [event.span or (event.at, event.at) for event in (first, second)]
            apart = end <= start or spans[1][1] <= spans[0][0]
            other_org = history.org_of(first) is None or history.org_of(first) != history.org_of(second)
            rests = first.id in closure(history, second.id)
            if apart or other_org or rests or not (first.span or second.span):
                continue
            events = swapped(history, index, later)
            here, there = sorted(place for place, event in enumerate(events) if event.id in (first.id, second.id))
            beside = [*events[:here], events[there], events[here], *events[there + 1 :]]
            now = [history.rulings[place] for place in (index, later)]
            (then, last), (side, also) = (ruled(history, order, (first, second)) for order in (events, beside))
            is_effective = all(ruling.kind == "effective" for ruling in (*now, *then, *side))
            if (is_effective and overwrites(first, second) and last != also) or (
                matters((first, second), now, then) and matters((first, second), side, then)
            ):
                found.append((first, second))
    return found


def ruled(history: History, events: Sequence[Event], pair: tuple[Event, Event]) -> tuple[list[Ruling], object]:
    """The rulings of two events in another order of all; and the rules and the terms just after both."""
    fold = Fold(Variant(log=history.log))
    fold.run(events)
    names = [event.id for event in events]
    places = [names.index(event.id) for event in pair]
    org = str(history.org_of(pair[0]))
    state = fold.history(None, events).state(org, max(places) + 1)
    terms = {(role, one.person): [getattr(one, name, None) for name in TERMS] for role, one in state.tenures()}
    return [fold.rulings[place] for place in places], (evolve(state.bylaws, assumed=()), terms)


def overwrites(first: Event, second: Event) -> bool:
    """Whether both amend the same bylaw, or vary the same tenure, and the first is not said to come before."""
    if first.at == second.at and first.before == second.id:
        return False
    if isinstance(first, Amend) and isinstance(second, Amend):
        return not first.changes.keys().isdisjoint(second.changes)
    tenures = [(event.person, event.role) if isinstance(event, Vary) else None for event in (first, second)]
    return tenures[0] is not None and tenures[0] == tenures[1]


def closure(history: History, event: str) -> set[str]:
    """Every event on which one rests, or which it is about, however many steps back."""
    found, ahead = set[str](), [event]
    while ahead:
        one = history.events[history.index(ahead.pop())]
        every = {getattr(one, "event", None), *(cause for clause in one.because for cause in clause)}
        causes = {event.id for event in history.events} & every
        ahead += causes - found
        found |= causes
    return found


def reach(history: History, one: int, other: int) -> tuple[datetime, datetime]:
    """The bounds of an event that has to come to the other side of another, with what has to come along."""
    event, low, high = history.events[one], min(one, other), max(one, other)
    along = [event]
    for between in history.events[low + 1 : high]:
        rests = closure(history, between.id) if one < other else closure(history, event.id)
        if (event.id if one < other else between.id) in rests:
            along.append(between)
    spans = [each.span or (each.at, each.at) for each in along]
    return max(start for start, _ in spans), min(end for _, end in spans)


def swapped(history: History, index: int, later: int) -> list[Event]:
    """All events, the later of two before the earlier, and each beside what it rests on and what rests on it."""
    events, first, second = history.events, history.events[index], history.events[later]
    between = events[index + 1 : later]
    along = {event.id for event in between if first.id in closure(history, event.id)}
    ahead = {event.id for event in between if event.id in closure(history, second.id)}
    free = [event for event in between if event.id not in along | ahead]
    (_, end), (start, _) = reach(history, index, later), reach(history, later, index)
    if end > second.at:
        meet, before = second.at, free
    elif start <= first.at:
        meet, before = first.at, []
    else:
        meet, before = start, [event for event in free if event.at <= start]
    early = [evolve(event, at=min(event.at, meet)) for event in between if event.id in ahead]
    late = [evolve(event, at=max(event.at, meet)) for event in between if event.id in along]
    both = [evolve(event, at=meet) for event in (second, first)]
    return [*events[:index], *before, *early, *both, *late, *free[len(before) :], *events[later + 1 :]]


def matters(events: tuple[Event, Event], now: Sequence[Ruling], then: Sequence[Ruling]) -> bool:
    """Fewer impossible; or as many, and a vote comes out otherwise, or counts another out."""

    def lost(rulings: Sequence[Ruling]) -> int:
        return sum(ruling.kind != "effective" for ruling in rulings)

    def strange(rulings: Sequence[Ruling]) -> list[list[str]]:
        pairs = zip(events, rulings, strict=True)
        return [
            [p for p, why in r.tally.excluded if why == "not in office" and p in e.ballots]
            if r.tally and isinstance(e, Vote)
            else []
            for e, r in pairs
        ]

    if lost(now) != lost(then):
        return lost(then) < lost(now)
    if events[0].at == events[1].at:
        return sum(map(bool, strange(then))) < sum(map(bool, strange(now)))
    said = [[(r.kind, r.outcome) for r in rulings] for rulings in (now, then)]
    return said[0] != said[1] or strange(now) != strange(then)
