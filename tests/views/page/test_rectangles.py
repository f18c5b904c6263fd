"""The page's rectangles: any look-up is the kernel's snapshot, in any world and any state of knowledge."""

from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from boardsim import Log, facts, replay, snapshot
from boardsim.bylaws import Bylaws
from boardsim.facts import Fact
from boardsim.history import Variant
from boardsim.loading.text import loads
from boardsim.snapshots import Uncertain
from boardsim.views.json.page.rectangles import (
    Announced,
    Doubt,
    Held,
    InForce,
    Rectangle,
    Ruled,
    rectangles,
    without_each,
)
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import instants, logs
from tests.views.page.logs import EVERYTHING

EVERYTHING_LOG = loads(EVERYTHING, "everything.toml").log


def test_the_log_of_everything_has_everything() -> None:
    """It is sound, somebody is suspended in it, and it has each kind of fact, and doubts for four reasons."""
    known = facts.facts(EVERYTHING_LOG)
    assert not loads(EVERYTHING, "everything.toml").problems
    assert {one.kind for one in known} == {"tenure", "announced", "bylaws", "uncertain", "ruling"}
    assert {one.told.suspended for one in known if isinstance(one.told, facts.Held)} == {False, True}
    doubts = {one.told.why for one in known if isinstance(one.told, Uncertain)}
    assert doubts == {"span", "order", "reported", "disputed"}


def holds(one: Rectangle | Fact, at: datetime, known: datetime | None) -> bool:
    """Whether a fact holds at an instant, as known at another."""
    if not (one.since <= at and (one.until is None or at < one.until)):
        return False
    if known is None:
        return one.known_until is None
    return (one.known_since is None or one.known_since <= known) and (
        one.known_until is None or known < one.known_until
    )


def doubt(found: Uncertain) -> tuple[object, ...]:
    """What a reader is told of a doubt."""
    return (found.role, found.person, found.event.id, found.why, found.span)


@settings(max_examples=tries(300))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_what_a_rectangle_says_is_what_a_snapshot_shows(log: Log, data: st.DataObject) -> None:
    """Tenures, announcements, doubts, bylaws and rulings, with any event left out, at any instant, as known at any."""
    at = data.draw(st.sampled_from(instants(log)))
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    dropped = data.draw(
        st.sets(st.sampled_from([event.id for event in log.events]), max_size=1) if log.events else st.just(set())
    )
    world = Variant(log=log, dropped=frozenset(dropped))
    history = replay(world, known=known)
    found = [one.told for one in rectangles(world) if holds(one, at, known)]

    for org in snapshot(history, at=at).orgs:
        own = [told for told in found if not isinstance(told, Ruled) and told.org == org.org.id]
        held = {(role, opening.id): opening for role, some in org.roles.items() for opening in some}
        assert {(told.role, told.opening.id): told.opening for told in own if isinstance(told, Held)} == held
        suspended = {(told.role, told.opening.person) for told in own if isinstance(told, Held) and told.suspended}
        assert suspended == {*org.state.suspended}
        assert [told.bylaws for told in own if isinstance(told, InForce)] == [org.state.bylaws]
        announced = {told.event.id for told in own if isinstance(told, Announced)}
        assert announced == {event.id for event in org.announced}
        assert {doubt(told.uncertain) for told in own if isinstance(told, Doubt)} == {*map(doubt, org.uncertain)}
    ruled = {told.event.id: told.ruling for told in found if isinstance(told, Ruled)}
    position = history.position(at)
    assert ruled == {e.id: r for e, r in zip(history.events[:position], history.rulings[:position], strict=True)}


@settings(max_examples=tries(100))
@given(logs(max_events=14) | corrected_logs())
@example(EVERYTHING_LOG)
def test_a_tenure_names_the_event_that_ended_it(log: Log) -> None:
    """As it is known by now, a tenure ends by the event by which it does in the register."""
    history = replay(log)
    ends = {
        (tenure.role, tenure.opened.id): tenure.closed.id
        for org in log.orgs
        for tenure in history.tenures(org.id)
        if tenure.closed is not None and tenure.opened.at < tenure.closed.at
    }
    told = [one.told for one in rectangles(Variant(log=log)) if one.known_until is None]
    found = {(one.role, one.opening.id): one.closed.id for one in told if isinstance(one, Held) and one.closed}
    assert found == ends


@settings(max_examples=tries(100, 10))
@given(logs(max_events=10) | corrected_logs())
@example(EVERYTHING_LOG)
def test_what_is_otherwise_in_a_world_is_what_differs_from_the_record(log: Log) -> None:
    """Without any one event, what is otherwise from where that became public on, put into the record, is that world."""
    events, record = replay(log).events, rectangles(Variant(log=log), "never")

    for name, one in without_each(Variant(log=log), events):
        rest = [*record]
        for fact in one.record:
            rest.remove(fact)
        whole = rectangles(Variant(log=log, dropped=frozenset([name])), "never")
        assert sorted(map(repr, [*rest, *one.other])) == sorted(map(repr, whole))
        assert one.history.rulings == replay(Variant(log=log, dropped=frozenset([name]))).rulings


Said = dict[tuple[object, ...], set[tuple[datetime, datetime | None]]]


def said_everywhere(told: list[tuple[tuple[object, ...], Rectangle | Fact]], points: list[datetime]) -> Said:
    """By what is said: every instant of these, as known at every one of these and by now, at which it is so."""
    found: Said = {}
    for key, one in told:
        so = {(at, known) for known in (None, *points) for at in points if holds(one, at, known)}
        if so:
            found.setdefault(key, set()).update(so)
    return found


def of_rectangle(one: Rectangle) -> tuple[object, ...]:
    """What a rectangle says, without when."""
    match one.told:
        case Held(org=org, role=role, opening=opening, suspended=suspended):
            return ("tenure", org, role, repr(opening), suspended)
        case InForce(org=org, bylaws=bylaws):
            return ("bylaws", org, repr(bylaws))
        case Announced(org=org, event=event):
            return ("announced", org, repr(event))
        case Doubt(org=org, uncertain=uncertain):
            return ("uncertain", org, *doubt(uncertain))
        case Ruled(event=event, ruling=ruling):
            return ("ruling", repr(event), repr(ruling))


def of_fact(one: Fact) -> tuple[object, ...]:
    """What a fact says, without when."""
    match one.told:
        case facts.Held(role=role, opening=opening, suspended=suspended):
            return ("tenure", one.org, role, repr(opening), suspended)
        case Bylaws():
            return ("bylaws", one.org, repr(one.told))
        case Uncertain():
            return ("uncertain", one.org, *doubt(one.told))
        case facts.Ruled(event=event, ruling=ruling):
            return ("ruling", repr(event), repr(ruling))
        case _:
            return (one.kind, one.org, repr(one.told))


@settings(max_examples=tries(100, 10))
@given(logs(max_events=10) | corrected_logs())
@example(EVERYTHING_LOG)
def test_the_rectangles_of_the_page_are_the_facts_of_the_heart(log: Log) -> None:
    """At every instant and in every state of knowledge the page says what the facts say, no more and no less."""
    rectangular, known = rectangles(Variant(log=log)), facts.facts(log)

    every: list[Rectangle | Fact] = [*rectangular, *known]
    bounds = {
        bound
        for one in every
        for bound in (one.since, one.until, one.known_since, one.known_until)
        if bound is not None
    }
    points = sorted(bounds)
    told = said_everywhere([(of_fact(one), one) for one in known], points)
    assert said_everywhere([(of_rectangle(one), one) for one in rectangular], points) == told
