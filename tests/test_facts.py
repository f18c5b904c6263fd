"""Facts as intervals of time and of knowledge: any look-up is the kernel's snapshot."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Log, Org, Resign, Tenure, replay, snapshot
from boardsim.facts import Fact, Held, KnownTenure, Ruled, TenureIndex, facts
from boardsim.snapshots import Uncertain
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import instants, logs

START = datetime(2020, 1, 1, tzinfo=UTC)


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_what_holds_at_an_instant_is_what_a_snapshot_shows(log: Log, data: st.DataObject) -> None:
    """Tenures, announcements, uncertain spans, bylaws and rulings, at any instant and as known at any."""
    at = data.draw(st.sampled_from(instants(log)))
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    history = replay(log, known=known)
    found = [fact for fact in facts(log) if fact.holds(at, known)]

    for org in snapshot(history, at=at).orgs:
        own = [fact for fact in found if fact.org == org.org.id]
        held = {(role, opening.id): opening for role, openings in org.roles.items() for opening in openings}
        assert {(f.told.role, f.told.opening.id): f.told.opening for f in own if isinstance(f.told, Held)} == held
        assert {(f.told.role, f.told.opening.person) for f in own if isinstance(f.told, Held) and f.told.suspended} == {
            *org.state.suspended
        }
        assert [fact.told for fact in own if fact.kind == "bylaws"] == [org.state.bylaws]
        announced = [fact.told for fact in own if fact.kind == "announced"]
        assert sorted(announced, key=by_id) == sorted(org.announced, key=by_id)
        assert doubts(f.told for f in own if isinstance(f.told, Uncertain)) == doubts(org.uncertain)
    ruled = {fact.told.event.id: fact.told.ruling for fact in found if isinstance(fact.told, Ruled)}
    position = history.position(at)
    assert ruled == {e.id: r for e, r in zip(history.events[:position], history.rulings[:position], strict=True)}


def by_id(event: object) -> str:
    """What announcements are sorted by."""
    return str(getattr(event, "id", ""))


def doubts(found: Iterable[Uncertain]) -> set[tuple[str | None, str | None, str, str, object]]:
    """What is uncertain, without its order."""
    return {(doubt.role, doubt.person, doubt.event.id, doubt.why, doubt.span) for doubt in found}


def tenures(log: Log) -> list[Fact]:
    """The facts that are tenures."""
    return [fact for fact in facts(log) if fact.kind == "tenure"]


def test_a_fact_ends_where_what_is_known_of_it_changes_and_nowhere_else() -> None:
    """A tenure whose end became known later is two facts: one without an end, as long as that was all, and one with."""
    opened = Appoint(id="joins", at=START, org="acme", person="ann", role="director")
    other = Appoint(id="other", at=START, known=START + timedelta(days=5), org="acme", person="bob", role="director")
    closed = Resign(
        id="leaves", at=START + timedelta(days=1), known=START + timedelta(days=9), org="acme", person="ann"
    )
    log = Log(orgs=(Org(id="acme", name="Acme"),), events=(opened, other, closed))
    ann = [fact for fact in tenures(log) if isinstance(fact.told, Held) and fact.told.opening.person == "ann"]

    assert [(fact.since, fact.until, fact.known_since, fact.known_until) for fact in ann] == [
        (START, None, START, START + timedelta(days=9)),
        (START, START + timedelta(days=1), START + timedelta(days=9), None),
    ]


@settings(max_examples=tries(100))
@given(logs(max_events=24) | corrected_logs(), st.data())
def test_whoever_is_looked_up_is_who_a_snapshot_shows(log: Log, data: st.DataObject) -> None:
    """Each role of each organization, at any instant and as known at any: the same tenures, by the same events."""
    index = TenureIndex.of(log)
    for at in data.draw(st.lists(st.sampled_from(instants(log)), max_size=4)):
        known = data.draw(st.none() | st.sampled_from(instants(log)))
        for org in snapshot(replay(log, known=known), at=at).orgs:
            for role in org.state.bylaws.roles:
                found = index.held(org.org.id, role, at, known)
                assert {(one.tenure.person, one.tenure.opened.id) for one in found} == {
                    (opening.person, opening.id) for opening in org.roles.get(role, ())
                }
                assert sorted(index.holders(org.org.id, role, at, known)) == sorted(org.state.occupants(role))


@settings(max_examples=tries(100))
@given(
    st.lists(st.tuples(*(st.integers(0, 30) for _ in range(4))), max_size=120),
    st.tuples(st.integers(-1, 32), st.integers(-1, 32)),
)
@pytest.mark.parametrize("few", [1, 8])
def test_a_look_up_finds_the_intervals_that_hold_and_no_others(
    few: int, bounds: list[tuple[int, int, int, int]], asked: tuple[int, int]
) -> None:
    """However many overlap, and however long they last."""
    ends = [(min(a, b), max(a, b), min(c, d), max(c, d)) for a, b, c, d in bounds]
    days = [START + timedelta(days=number) for number in range(-1, 33)]
    tenures = []
    for number, (since, until, known_since, known_until) in enumerate(ends):
        opened = Appoint(id=f"a{number}", at=days[since + 1], person=f"p{number}", org="acme", role="director")
        end = Resign(id=f"r{number}", at=days[until + 1], person=f"p{number}", org="acme", role="director")
        closed = end if number % 3 else None
        tenure = Tenure(role="director", opened=opened, closed=closed)
        known = (days[known_since + 1], days[known_until + 1])
        tenures.append(KnownTenure(org="acme", tenure=tenure, known_since=known[0], known_until=known[1]))

    at, known_at = (days[number + 1] for number in asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("boardsim.facts._FEW", few)
        found = TenureIndex(tenures).holders("acme", "director", at, known_at)
    wanted = {
        f"p{n}"
        for n, (a, b, c, d) in enumerate(ends)
        if a <= asked[0] and (asked[0] < b or not n % 3) and c <= asked[1] < d
    }
    assert (len(found), {*found}) == (len(wanted), wanted)
    assert TenureIndex(tenures).holders("helios", "director", at, known_at) == ()
