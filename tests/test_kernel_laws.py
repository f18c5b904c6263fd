"""The laws of the kernel, each over whole generated logs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, frozen
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from boardsim import (
    Amend,
    Appoint,
    Cease,
    Dissolve,
    Event,
    Fire,
    History,
    JoinCompany,
    Log,
    Org,
    OrgState,
    Person,
    Reason,
    Reinstate,
    Resign,
    Retract,
    Role,
    Statement,
    Suspend,
    Vary,
    Vote,
    Withdraw,
    diff,
    obstacle,
    reduce,
    snapshot,
    tally,
)
from boardsim.branches import branch
from boardsim.days import settled
from boardsim.history import STRIDE, Tenure, Variant
from boardsim.kernel import replay
from boardsim.reducers import REASONS
from tests.conftest import ROOT
from tests.sizes import tries
from tests.strategies import PEOPLE, instants, logs

AT = datetime(2024, 1, 1, tzinfo=UTC)
THE_END = datetime(9000, 1, 1, tzinfo=UTC)

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
"""All but `explain`, which takes minutes on a whole log."""

few = settings(max_examples=tries(50), phases=PHASES)


# ---------------------------------------------------------------------------------------------------------------------
# The same, done the long way


@frozen
class ByHand:
    """A fold that keeps everything: rulings as (kind, reason, outcome), and the states after every event."""

    events: Sequence[Event]
    rulings: Sequence[tuple[str, Reason | tuple[str, ...] | None, str | None]]
    states: Sequence[Mapping[str, OrgState]]


def by_hand(log: Log, known: datetime | None = None) -> ByHand:
    """Fold a log one event at a time with `obstacle` and `reduce`, and by the words of the design."""
    events = visible(log, known)
    state = {org.id: log.start(org.id) for org in log.orgs}
    rulings: list[tuple[str, Reason | tuple[str, ...] | None, str | None]] = []
    states: list[Mapping[str, OrgState]] = [dict(state)]
    held: dict[str, bool] = {}
    for event in events:
        empty = [clause for clause in event.because if not any(held.get(cause, True) for cause in clause)]
        org = event.org or _org_of_target(log, event)
        before = state[org] if org else OrgState("")
        if empty:
            rulings.append(("orphaned", empty[0], None))
        elif (reason := obstacle(before, event)) is not None:
            rulings.append(("impossible", reason, None))
        else:
            outcome = None
            if isinstance(event, Vote):
                who = event.ballots if before.bylaws.is_partial(event.at) else before.directors
                sitting = [person for person in who if ("director", person) not in before.suspended]
                outcome = tally(before.bylaws, event, sitting=sitting, chair=before.casting_voter).outcome
            rulings.append(("effective", None, outcome))
            if org:
                state[org] = reduce(before, event)
        held[event.id] = rulings[-1][0] == "effective" and rulings[-1][2] in (None, "carried")
        states.append(dict(state))
    return ByHand(events, rulings, states)


def _org_of_target(log: Log, event: Event) -> str | None:
    targets = [other.org for other in log.events if other.id == getattr(event, "event", None)]
    return targets[0] if targets else None


def public_since(event: Event, log: Log) -> datetime:
    """When it became known: where only the day is on record, no sooner than it happened, or than that day was over."""
    zone = ZoneInfo(log.timezone)
    day = event.known.astimezone(zone).date()
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    if event.known != begins or not begins <= event.at < ends:
        return event.known
    return ends - timedelta(microseconds=1) if isinstance(event, Retract) else event.at


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def visible(log: Log, known: datetime | None) -> list[Event]:
    """What is public and not held to be wrong: a retraction counts unless a later one, that counts itself, hits it."""
    public = [event for event in log.events if known is None or public_since(event, log) <= known]
    order = sorted(
        (event for event in public if isinstance(event, Retract)), key=lambda event: public_since(event, log)
    )

    def counts(place: int) -> bool:
        return not any(order[p].event == order[place].id and counts(p) for p in range(place + 1, len(order)))

    wrong = {retraction.event for place, retraction in enumerate(order) if counts(place)}
    return [event for event in public if event.id not in wrong]


def short(history: History) -> list[tuple[str, Reason | tuple[str, ...] | None, str | None]]:
    """The rulings of a history in the form of `ByHand`."""
    return [
        (
            ruling.kind,
            ruling.clause if ruling.kind == "orphaned" else ruling.reason,
            ruling.tally.outcome if ruling.tally else None,
        )
        for ruling in history.rulings
    ]


def states(history: History) -> Iterator[OrgState]:
    """Every state of every organization, in order."""
    for org in history.log.orgs:
        for position in range(len(history.events) + 1):
            yield history.state(org.id, position)


# ---------------------------------------------------------------------------------------------------------------------
# Replay


@few
@given(logs(), st.data())
def test_a_replay_is_an_incremental_fold(log: Log, data: st.DataObject) -> None:
    """Replay rules and ends as a loop over `obstacle` and `reduce` does, at every state of knowledge."""
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    history, expected = replay(log, known=known), by_hand(log, known)

    assert history.known == known
    assert list(history.events) == expected.events
    assert short(history) == expected.rulings
    assert {org.id: history.state(org.id) for org in log.orgs} == expected.states[-1]


@few
@given(logs(min_events=2 * STRIDE))
def test_the_state_at_any_instant_is_the_fold_of_the_events_up_to_it(log: Log) -> None:
    """States found by position and by instant are those of a fold of the prefix, on either side of a kept state."""
    history, expected = replay(log), by_hand(log)

    for org in log.orgs:
        for position, after in enumerate(expected.states):
            assert history.state(org.id, position) == after[org.id]
        for at in instants(log):
            count = sum(event.at <= at for event in log.events if event in history.events)
            assert history.position(at) == count
            assert history.state_at(org.id, at) == expected.states[count][org.id]


def test_states_are_found_on_both_sides_of_every_kept_one() -> None:
    """A long history of one change an event has the right state just before, at and just after each kept state."""
    changes = 3 * STRIDE + 1
    at = datetime(2024, 1, 1, tzinfo=UTC)
    events = [
        Appoint(id=f"e{n}", at=at + timedelta(days=n), person=f"p{n}", org="o", role="director") for n in range(changes)
    ]
    history = replay(Log(events=tuple(events)))

    for position in range(changes + 1):
        assert history.state("o", position).directors == tuple(f"p{n}" for n in range(position))


@few
@given(logs())
def test_what_does_not_take_effect_says_why(log: Log) -> None:
    """Every ruling but `effective` has a reason in words that names the event's own people or a reason of the log."""
    history = replay(log)

    for event, ruling in zip(history.events, history.rulings, strict=True):
        if ruling.kind == "effective":
            assert ruling.reason is None
            continue
        assert ruling.reason is not None
        assert ruling.reason.code in {*REASONS, "motive-gone"}
        assert set(ruling.reason.cites) <= log.by_id.keys()
        named = {getattr(event, name, None) for name in ("person", "org", "event")} | set(ruling.reason.cites)
        assert any(name in ruling.reason.text for name in named if name)


@few
@given(logs())
def test_an_orphan_had_only_motives_that_came_to_nothing(log: Log) -> None:
    """The clause of an orphaned event is one of its own, and no event of it holds."""
    history = replay(log)

    for event, ruling in zip(history.events, history.rulings, strict=True):
        if ruling.kind == "orphaned":
            assert ruling.clause in event.because
            assert not any(history.ruling(cause).is_valid_cause for cause in ruling.clause)


STRANGE = (
    Amend(id="x-1", at=THE_END, org="acme", changes={"no-such-bylaw": 1}),
    Amend(id="x-2", at=THE_END, org="acme", changes={"roles": {}}),
    Appoint(id="x-3", at=THE_END, org="acme", person="nobody", role="no-such-role", replaces="nobody"),
    Withdraw(id="x-4", at=THE_END, event="no-such-event"),
    Retract(id="x-5", at=THE_END, event="no-such-event"),
    Vote(id="x-6", at=THE_END, org="acme", motion="?", rule="no-such-rule", subject="nobody", for_=("nobody",)),
)
"""What a loader would refuse and a program can still write."""


@settings(max_examples=tries(25), phases=PHASES)
@given(logs())
def test_reducers_never_raise(log: Log) -> None:
    """In every state that a story reaches, every event meets an obstacle, in words, or is reduced without fail."""
    for state in states(replay(log)):
        for event in (*log.events, *STRANGE):
            reason = obstacle(state, event)
            if reason is None:
                assert_sound(reduce(state, event))
            else:
                assert reason.text


def assert_sound(state: OrgState) -> None:
    """What holds of every state, whatever led to it."""
    directors = state.seats.get("director", {})
    for chairs in ("chair", "vice-chair", "co-chair"):
        if state.bylaws.role(chairs).requires is None:  # a log may declare a built-in role anew
            continue
        assert state.seats.get(chairs, {}).keys() <= directors.keys()
    for role, held in state.seats.items():
        assert held
        assert all(opening.person == person for person, opening in held.items())
        assert state.bylaws.role(role).kind != "staff"
    tenures = [(role, opening.person) for role, opening in state.tenures()]
    assert len(tenures) == len(set(tenures))
    assert len(state.staff) == len(list(state.staff))
    for role, opening in state.tenures():
        requires = state.bylaws.role(role).requires
        assert requires is None or state.held(opening.person, requires) is not None
        assert state.held(opening.person, role) is opening
        assert role in state.roles_of(opening.person)
        assert opening.person in state.holders(role)
    assert all(state.held(person, role) is not None for role, person in state.suspended)
    assert set(state.voters) <= directors.keys()
    assert state.casting_voter not in {person for _, person in state.suspended} - set(state.voters)


@few
@given(logs())
def test_states_are_sound(log: Log) -> None:
    """A chair is a director, who holds a role holds what it requires, and nobody holds a role twice."""
    for state in states(replay(log)):
        assert_sound(state)


def no_seat(state: OrgState, event: Appoint) -> bool:
    """Whether the named seat is not there, or held by as many as there are of it, and by nobody who makes room."""
    named = state.bylaws.named_seats.get(str(event.seat))
    holders = [o.person for o in state.seats.get("director", {}).values() if getattr(o, "seat", None) == event.seat]
    return named is None or len(set(holders) - {event.replaces}) >= named.count


def room(state: OrgState, role: str, acting: set[tuple[str, str]]) -> bool:
    """Whether one more can act in a role."""
    limit = state.bylaws.limit(role)
    return limit is None or sum(other == role for _, other in acting) < limit


def impossible(state: OrgState, event: Event) -> bool:
    """Whether the table in the design forbids the event in this state."""
    holds = {(opening.person, role) for role, opening in state.tenures()}
    suspended = {(person, role) for role, person in state.suspended}
    no_board = not any(role == "director" for _, role in holds - suspended)
    no_board = no_board and not state.bylaws.is_partial(event.at)
    by_nobody = event.by == "board" and no_board
    if event.status == "announced":
        return False
    match event:
        case Appoint():
            limit = state.bylaws.limit(event.role)
            taking = holds if event.role == "director" else holds - suspended
            full = limit is not None and sum(role == event.role for _, role in taking) >= limit
            requires = state.bylaws.role(event.role).requires
            return (
                (event.person, event.role) in holds
                or (full and (event.replaces, event.role) not in taking)
                or (event.seat is not None and no_seat(state, event))
                or (requires is not None and (event.person, requires) not in holds)
                or by_nobody
            )
        case JoinCompany():
            return (event.person, "employee") in holds
        case Fire() | Resign() | Cease():
            held = {role for person, role in holds if person == event.person}
            return not (held & {event.role} if event.role else held) or (by_nobody and isinstance(event, Fire))
        case Suspend() | Reinstate():
            named = {tenure for tenure in holds if tenure[0] == event.person and event.role in (None, tenure[1])}
            if isinstance(event, Suspend):
                return not named - suspended or by_nobody
            back = {role for _, role in named & suspended}
            taken = any(not room(state, role, holds - suspended) for role in back - {"director"})
            return not back or taken or by_nobody
        case Vary():
            joined = isinstance(state.held(event.person, event.role), JoinCompany)
            return (event.person, event.role) not in holds or joined
        case Vote():
            return no_board and (event.count is None or event.by not in ("members", "staff"))
        case Amend():
            return by_nobody
        case Withdraw():
            return event.event not in {announced.id for announced in state.announced}
    return False


@settings(few, max_examples=tries(30))
@given(logs())
def test_what_is_impossible_is_what_the_design_forbids(log: Log) -> None:
    """In every state that a story reaches, an event meets an obstacle iff a line of the design's table says so."""
    for state in states(replay(log)):
        for event in log.events:
            assert (obstacle(state, event) is not None) == impossible(state, event)


@few
@given(logs())
def test_an_event_moves_only_whom_it_names(log: Log) -> None:
    """An appointment opens one tenure and closes only those of the one it replaces; a dismissal only its person's."""
    history = replay(log)

    for index, (event, ruling) in enumerate(zip(history.events, history.rulings, strict=True)):
        effect = history.effect(index)
        gone = {opening.person for _, opening in effect.closed}
        if ruling.kind != "effective" or event.status == "announced":
            assert not effect.opened
            assert not effect.closed
        elif isinstance(event, Appoint | JoinCompany):
            assert [opening for _, opening in effect.opened] == [event]
            assert gone <= {getattr(event, "replaces", None)} - {event.person}
        elif isinstance(event, Fire | Resign | Cease):
            assert (effect.opened, gone) == ((), {event.person})
            assert event.role is None or event.role in {role for role, _ in effect.closed}
            if event.role is None:
                assert history.state(event.org, index + 1).roles_of(event.person) == ()


@few
@given(logs())
def test_no_appointment_exceeds_a_limit(log: Log) -> None:
    """An event never brings more people into a role than may hold it; only an amendment can leave it overfull."""
    history = replay(log)

    for org in log.orgs:
        for position in range(len(history.events)):
            before, after = history.state(org.id, position), history.state(org.id, position + 1)
            for role in log.role_table:
                limit = after.bylaws.limit(role)
                was, count = (
                    len(state.holders(role) if role == "director" else state.acting(role)) for state in (before, after)
                )
                assert limit is None or count <= max(limit, was)


def test_a_staff_role_has_its_limit_too() -> None:
    """A declared role on the payroll is full when as many hold it as may, unless one of them is replaced."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    steps = [("ann", None), ("bob", None), ("cyd", None), ("dan", "ann"), ("eve", "ann")]
    events = [
        Appoint(id=person, at=at, person=person, org="o", role="fellow", replaces=replaced)
        for person, replaced in steps
    ]
    history = replay(Log(roles=(Role(id="fellow", kind="staff", holders=2),), events=tuple(events)))

    assert [ruling.reason.code if ruling.reason else "" for ruling in history.rulings] == [
        *("", ""),
        "role-full",
        "",
        "role-full",
    ]
    text = "fellow at o has 2 places, held by ann, bob"
    assert history.rulings[2].reason == Reason("role-full", text, ("ann", "bob"))
    assert history.state("o").holders("fellow") == ("bob", "dan")


@few
@given(logs())
def test_words_move_nothing(log: Log) -> None:
    """Statements, votes and retractions leave every state as it is, the very same value."""
    history = replay(log)

    for index, event in enumerate(history.events):
        if isinstance(event, Statement | Vote | Retract):
            for org in log.orgs:
                state = history.state(org.id, index)
                assert history.state(org.id, index + 1) == state
                assert reduce(state, event) is state


@few
@given(logs())
def test_closing_a_role_closes_those_that_require_it(log: Log) -> None:
    """Who loses a role loses in the same event all that require it, directly or by way of another."""
    history = replay(log)

    for index in range(len(history.events)):
        effect = history.effect(index)
        state = history.state(history.org_of(history.events[index]) or "", index + 1)
        for role, opening in effect.closed:
            for other in log.role_table.values():
                if other.requires == role:
                    assert state.held(opening.person, other.id) is None


# ---------------------------------------------------------------------------------------------------------------------
# The register


@few
@given(logs())
def test_the_register_tells_every_state(log: Log) -> None:
    """A tenure is live just from the event that opened it to the event that closed it: nothing vanishes by itself."""
    history = replay(log)

    for org in log.orgs:
        register = history.tenures(org.id)
        assert all(history.tenure(org.id, tenure.role, tenure.opened.id) is tenure for tenure in register)
        for position in range(len(history.events) + 1):
            live = {(t.role, t.opened.id) for t in register if _lives(history, t, position)}
            assert live == {(role, opening.id) for role, opening in history.state(org.id, position).tenures()}


def _lives(history: History, tenure: Tenure, position: int) -> bool:
    opened = history.index(tenure.opened.id)
    closed = history.index(tenure.closed.id) if tenure.closed else len(history.events)
    assert tenure.closed_index == (closed if tenure.closed else None)
    return opened < position <= closed


@few
@given(logs())
def test_an_effect_is_the_difference_of_the_states_around_it(log: Log) -> None:
    """What an event opened and closed is what the states after and before it do not share."""
    history = replay(log)

    for index, event in enumerate(history.events):
        effect, org = history.effect(index), history.org_of(event)
        before = {(r, o.id) for r, o in history.state(org, index).tenures()} if org else set()
        after = {(r, o.id) for r, o in history.state(org, index + 1).tenures()} if org else set()
        assert {(role, opening.id) for role, opening in effect.opened} == after - before
        assert {(role, opening.id) for role, opening in effect.closed} == before - after
        if history.rulings[index].kind != "effective":
            assert before == after


def announcements_moved(history: History, org: str, index: int) -> bool:
    """Whether an event changed what is announced at an organization."""
    return history.state(org, index).announced != history.state(org, index + 1).announced


@few
@given(logs())
def test_uncertain_events_are_those_whose_span_holds_the_instant(log: Log) -> None:
    """Those that changed an organization and within whose bounds an instant lies, which is no end of a day."""
    history = replay(log)

    for org in log.orgs:
        changed = [
            index
            for index in range(len(history.events))
            if history.rulings[index].kind == "effective"
            and history.org_of(history.events[index]) == org.id
            and not isinstance(history.events[index], Statement | Vote | Retract)
            and not (isinstance(history.events[index], Dissolve) and not announcements_moved(history, org.id, index))
        ]
        for at in instants(log):
            spans = [(index, history.events[index].span) for index in changed]
            expected = [index for index, span in spans if span and span[0] <= at < settled(span[1], log.zone)]
            assert history.uncertain_at(org.id, at) == expected


# ---------------------------------------------------------------------------------------------------------------------
# Announcements


@few
@given(logs())
def test_an_announcement_stands_until_it_is_fulfilled_or_withdrawn(log: Log) -> None:
    """An announced event opens nothing; only a withdrawal of it, or an event of the same person, ends it.

    A dissolution is of nobody: the dissolution itself ends that it is announced.
    """
    history = replay(log)

    for org in log.orgs:
        for index, event in enumerate(history.events):
            before, after = history.state(org.id, index), history.state(org.id, index + 1)
            if event.status == "announced":
                assert list(before.tenures()) == list(after.tenures())
            for announced in after.announced:
                assert announced in before.announced or announced is event
            for announced in before.announced:
                is_same = getattr(event, "person", "") == getattr(announced, "person", None)
                is_same |= isinstance(event, Dissolve) and isinstance(announced, Dissolve)
                ends = getattr(event, "event", None) == announced.id or (event.status != "announced" and is_same)
                assert announced in after.announced or ends


def test_an_announcement_is_fulfilled_by_the_event_that_it_announced() -> None:
    """An appointment fulfils the announced one of the same person and role, and leaves all others."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    announced = [
        Appoint(id="a", at=at, person="ann", org="o", role="ceo", status="announced"),
        Appoint(id="b", at=at, person="ann", org="o", role="chair", status="announced"),
        Appoint(id="c", at=at, person="bob", org="o", role="ceo", status="announced"),
        JoinCompany(id="d", at=at, person="ann", org="o", status="announced"),
    ]
    told = Appoint(id="e", at=at, person="ann", org="o", role="ceo")
    withdrawn = Withdraw(id="f", at=at, event="c")
    again = Withdraw(id="g", at=at, event="c")
    history = replay(Log(events=(*announced, told, withdrawn, again)))

    assert [len(history.state("o", position).announced) for position in range(8)] == [0, 1, 2, 3, 4, 3, 2, 2]
    assert [event.id for event in history.state("o").announced] == ["b", "d"]
    assert history.state("o").holders("ceo") == ("ann",)
    assert history.ruling("g").reason == Reason("not-announced", "c is not announced and pending", ("c",))


def test_only_what_is_announced_can_be_withdrawn() -> None:
    """A withdrawal of words, or of another withdrawal, is impossible, though neither belongs to an organization."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    events = (
        Statement(id="words", at=at, text="We shall see."),
        Withdraw(id="take-back", at=at, event="words"),
        Withdraw(id="take-that-back", at=at, event="take-back"),
    )

    rulings = replay(Log(events=events)).rulings

    assert [ruling.kind for ruling in rulings] == ["effective", "impossible", "impossible"]


# ---------------------------------------------------------------------------------------------------------------------
# Both clocks


@few
@given(logs(min_events=1), st.data())
def test_a_later_event_changes_nothing_that_was(log: Log, data: st.DataObject) -> None:
    """An event that took place and became known after all others leaves every earlier ruling, state and view alone."""
    last = max(event.at for event in log.events)
    news = max(last, *(event.known for event in log.events)) + timedelta(days=1)
    late = data.draw(st.sampled_from(log.events))
    appended = evolve(late, id="late", at=last, known=news, not_before=None, not_after=None)
    longer = evolve(log, events=(*log.events, appended))
    at = data.draw(st.sampled_from(instants(log)))

    assert_same_so_far(replay(log, known=at), replay(longer, known=min(at, news - timedelta(microseconds=1))))
    if not isinstance(appended, Retract):
        assert_same_so_far(replay(log), replay(longer))


def assert_same_so_far(short: History, long: History) -> None:
    """The longer history begins with the whole of the shorter one."""
    count = len(short.events)
    assert list(long.events[:count]) == list(short.events)
    assert list(long.rulings[:count]) == list(short.rulings)
    for org in short.log.orgs:
        for position in range(count + 1):
            assert long.state(org.id, position) == short.state(org.id, position)


@few
@given(logs())
def test_as_known_at_the_end_of_time_is_plain(log: Log) -> None:
    """Who knows everything knows what the log says."""
    plain, known = replay(log), replay(log, known=THE_END)

    assert list(plain.events) == list(known.events)
    assert list(plain.rulings) == list(known.rulings)
    for org in log.orgs:
        assert plain.state(org.id) == known.state(org.id)
        assert plain.tenures(org.id) == known.tenures(org.id)


@few
@given(logs())
def test_knowledge_grows(log: Log) -> None:
    """What is known stays known until somebody retracts it, and no view holds what was not yet public."""
    previous: set[str] = set()
    since = datetime(1, 1, 1, tzinfo=UTC)
    for at in instants(log):
        events = replay(log, known=at).events
        now = {event.id for event in events}
        retractions = [event for event in log.events if isinstance(event, Retract) and public_since(event, log) <= at]
        assert all(public_since(event, log) <= at for event in events)
        assert {event.id for event in events} <= {event.id for event in log.events}
        assert previous - {event.event for event in retractions} <= now
        if previous - now:
            assert any(since < public_since(event, log) for event in retractions)
        previous, since = now, at


def test_a_retraction_of_a_retraction_restores_the_record() -> None:
    """What was held wrong stands again from the instant at which the retraction is itself retracted."""
    day = [datetime(2024, 1, n, tzinfo=UTC) for n in range(1, 6)]
    log = Log(
        events=(
            Appoint(id="a", at=day[0], person="ann", org="o", role="ceo"),
            Retract(id="r", at=day[0], known=day[1], event="a"),
            Retract(id="rr", at=day[0], known=day[2], event="r"),
            Retract(id="rrr", at=day[0], known=day[3], event="rr"),
        )
    )

    ceos = [replay(log, known=known).state("o").holders("ceo") for known in day]

    assert ceos == [("ann",), (), ("ann",), (), ()]


def test_a_cause_that_is_not_yet_known_orphans_nothing() -> None:
    """In a view without the reason the deed stands; where the reason is known to have failed, it does not."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    log = Log(
        events=(
            Appoint(id="d", at=at, person="ann", org="o", role="director"),
            Vote(id="v", at=at, known=at + timedelta(days=9), org="o", motion="?", against=("ann",)),
            Appoint(id="a", at=at, person="ann", org="o", role="ceo", because=(("v",),)),
        )
    )

    assert replay(log, known=at).ruling("a").kind == "effective"
    assert replay(log).ruling("a").kind == "orphaned"


def test_a_vote_that_may_have_failed_is_no_motive() -> None:
    """A vote that turns on a ballot that nobody knows did not carry, and what rests on it alone is orphaned."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    seats = [Appoint(id=person, at=at, person=person, org="o", role="director") for person in ("ann", "bob", "cyd")]
    vote = Vote(id="v", at=at, org="o", motion="?", for_=("ann",), against=("bob",))
    alone = Appoint(id="alone", at=at, person="ann", org="o", role="ceo", because=(("v",),))
    either = Appoint(id="either", at=at, person="ann", org="o", role="cfo", because=(("v", "cyd"),))
    history = replay(Log(events=(*seats, vote, alone, either)))
    count = history.ruling("v").tally

    assert count is not None
    assert (count.outcome, count.turns_on) == ("undetermined", ("cyd",))
    assert history.ruling("v").kind == "effective"
    assert not history.ruling("v").is_valid_cause
    assert (history.ruling("alone").kind, history.ruling("alone").clause) == ("orphaned", ("v",))
    assert history.ruling("either").kind == "effective"


# ---------------------------------------------------------------------------------------------------------------------
# Differences


@few
@given(logs(), st.data())
def test_a_point_does_not_differ_from_itself(log: Log, data: st.DataObject) -> None:
    """The difference of a snapshot and itself is empty."""
    here = snapshot(replay(log), at=data.draw(st.sampled_from(instants(log))))

    assert diff(here, here).orgs == ()


@few
@given(logs(), st.data())
def test_movers_explain_exactly_the_difference(log: Log, data: st.DataObject) -> None:
    """Between two instants those move whose roles differ, each by events between that opened or closed just those."""
    history = replay(log)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(history.events))] * 2)))
    found = diff(snapshot(history, position=start), snapshot(history, position=end))

    for org in log.orgs:
        then, now = history.state(org.id, start), history.state(org.id, end)
        differ = [person for person in sorted(PEOPLE) if then.roles_of(person) != now.roles_of(person)]
        difference = next((each for each in found.orgs if each.org == org), None)
        assert differ == [mover.person for mover in difference.movers] if difference else not differ
        for mover in difference.movers if difference else ():
            assert (mover.before, mover.after) == (then.roles_of(mover.person), now.roles_of(mover.person))
            groups = [difference.joined, difference.left, difference.moved] if difference else []
            assert sum(mover in group for group in groups) == 1
            moved = {role for event in mover.events for role in _moved(history, event, mover.person)}
            assert set(mover.before) ^ set(mover.after) <= moved
            for event in mover.events:
                assert start <= history.index(event.id) < end
                assert _moved(history, event, mover.person) & (set(mover.before) ^ set(mover.after))


def _moved(history: History, event: Event, person: str) -> set[str]:
    """The roles that the event gave to or took from somebody."""
    effect = history.effect(history.index(event.id))
    return {role for role, opening in (*effect.opened, *effect.closed) if opening.person == person}


@few
@given(logs(), st.data())
def test_two_states_of_knowledge_differ_by_events_that_became_known_between(log: Log, data: st.DataObject) -> None:
    """Those move between two states of knowledge of one instant whose roles differ, and some event is named for it."""
    known = data.draw(st.tuples(*[st.sampled_from(instants(log))] * 2))
    at = data.draw(st.sampled_from(instants(log)))
    then, now = (replay(log, known=clock) for clock in known)
    found = diff(snapshot(then, at=at), snapshot(now, at=at))

    for org in log.orgs:
        states = [history.state_at(org.id, at) for history in (then, now)]
        differ = [p for p in sorted(PEOPLE) if states[0].roles_of(p) != states[1].roles_of(p)]
        movers = [mover for each in found.orgs if each.org == org for mover in each.movers]
        assert [mover.person for mover in movers] == differ
        assert all(mover.events for mover in movers)


FIRST, DAY = datetime(2024, 1, 1, tzinfo=UTC), timedelta(days=1)


def ann_and(*more: Event) -> Log:
    """Ann takes office, in February the record says that she left it, and then whatever more there is."""
    taken = Appoint(id="taken", at=FIRST, person="ann", org="o", role="ceo")
    left = Resign(id="left", at=FIRST + timedelta(days=31), person="ann", org="o", role="ceo")
    return Log(orgs=(Org(id="o", name="O"),), people=(Person(id="ann", name="Ann"),), events=(taken, left, *more))


def between(log: Log, *, known: tuple[int, int], day: int) -> list[tuple[bool, tuple[str, ...]]]:
    """Who moved between what was known so many days after the first, on a day: whether they gained, and by what."""
    sides = (snapshot(replay(log, known=FIRST + DAY * n), at=FIRST + DAY * day) for n in known)
    return [(bool(m.after), tuple(e.id for e in m.events)) for org in diff(*sides).orgs for m in org.movers]


def retracted(event: str, day: int, name: str = "undone") -> Retract:
    """That the record of an event was wrong, as is known since that day."""
    return Retract(id=name, at=FIRST, known=FIRST + DAY * day, event=event)


def test_a_retracted_start_is_what_took_a_role() -> None:
    """Who is not in office any more because the start was retracted was moved by the retraction; back, by the start."""
    log = ann_and(retracted("taken", 60))

    assert between(log, known=(10, 70), day=10) == [(False, ("undone",))]
    assert between(log, known=(70, 10), day=10) == [(True, ("taken",))]


def test_a_retracted_end_is_what_gave_a_role_back() -> None:
    """Who is still in office because the end was retracted was moved by the retraction; back, by the end."""
    log = ann_and(retracted("left", 60))

    assert between(log, known=(40, 70), day=40) == [(True, ("undone",))]
    assert between(log, known=(70, 40), day=40) == [(False, ("left",))]


@pytest.mark.parametrize(("event", "day", "gained"), [("taken", 10, True), ("left", 40, False)])
def test_what_a_retracted_retraction_brings_back_is_named_itself(event: str, day: int, *, gained: bool) -> None:
    """Once the retraction was itself wrong, it is the start or the end that makes the difference, and no retraction."""
    log = ann_and(retracted(event, 60), retracted("undone", 90, "restored"))

    assert between(log, known=(70, 100), day=day) == [(gained, (event,))]
    assert between(log, known=(50, 100), day=day) == []


# ---------------------------------------------------------------------------------------------------------------------
# Determinism

PROGRAM = """
import json
from datetime import UTC, datetime
from boardsim import JoinCompany, Appoint, Log, load_case, snapshot
from boardsim.kernel import replay
from boardsim.views.json.log import replay_json, snapshot_json

at = datetime(2024, 1, 1, tzinfo=UTC)
joins = [JoinCompany(id=f"j{n}", at=at, person=f"p{n}", org="o") for n in range(100)]
more = [Appoint(id=f"a{n}", at=at, person=f"p{n}", org="o", role="director") for n in range(9)]
payroll = replay(Log(events=(*joins, *more)))
found = [[str(role), opening.id] for role, opening in payroll.state("o").tenures()]
for case in ("apple-1985", "openai-2023"):
    history = replay(load_case(case).log)
    found.append(replay_json(history, range(len(history.events))))
    found.append(snapshot_json(snapshot(history, at=datetime(2023, 11, 18, tzinfo=UTC))))
    found.append([[t.role, t.opened.id] for org in history.log.orgs for t in history.tenures(org.id)])
print(json.dumps(found))
"""


def test_the_hash_seed_changes_nothing() -> None:
    """Two processes with different hash seeds print the same replays, snapshots, registers and payrolls."""
    outputs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert outputs[0] == outputs[1]
    assert len(json.loads(outputs[0])) == 109 + 6


@pytest.mark.parametrize("naive", [datetime(2024, 1, 1)])  # noqa: DTZ001 -- that is the point
def test_a_state_of_knowledge_is_an_instant(naive: datetime) -> None:
    """A replay as known at a time without an offset is refused."""
    with pytest.raises(ValueError, match="no UTC offset"):
        replay(Log(), known=naive)


def test_words_of_no_organization_are_of_none() -> None:
    """Between events of one they change nothing of it, and no other comes of them, nor of a withdrawal of nothing."""
    log = Log(
        events=(
            Appoint(id="in", at=AT, person="ann", org="acme", role="ceo"),
            Statement(id="said", at=AT, text="x"),
            Withdraw(id="off", at=AT, event="nothing"),
            Appoint(id="also", at=AT, person="bob", org="acme", role="cfo"),
        )
    )
    history = replay(log)

    assert history.orgs == ("acme",)
    assert [*history.timelines] == ["acme"]
    assert [ruling.kind for ruling in history.rulings] == ["effective", "effective", "impossible", "effective"]
    assert set(history.state("acme").seats) == {"ceo", "cfo"}


def test_a_branch_of_a_few_events_has_what_lies_before_the_change() -> None:
    """What was announced before it is withdrawn after it; organizations of which nothing follows are as they were."""
    events = (
        Appoint(id="told", at=AT, person="ann", org="acme", role="ceo", status="announced"),
        Appoint(id="in", at=AT, person="bob", org="other", role="ceo"),
        Statement(id="said", at=AT + timedelta(hours=1), text="x"),
        Withdraw(id="off", at=AT + timedelta(hours=2), event="told"),
    )
    world = Variant(log=Log(events=events), dropped=frozenset({"said"}))
    found = branch(replay(world.log), events[2].at, world)

    assert [ruling.kind for ruling in found.rulings] == ["effective", "effective", "dropped", "effective"]
    assert found.state("acme").announced == ()
    assert found.state("other").holders("ceo") == ("bob",)
    assert found.orgs == replay(world).orgs


def test_the_horizon_ends_what_happens() -> None:
    """What takes effect at that instant still does, and of what comes later there is nothing."""
    last = Statement(id="last", at=AT + timedelta(hours=1), text="x")
    later = Statement(id="later", at=AT + timedelta(hours=2), text="x")

    assert [*replay(Variant(log=Log(events=(last, later)), horizon=last.at)).events] == [last]
