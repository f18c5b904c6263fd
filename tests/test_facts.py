"""Facts as intervals of time and of knowledge: any look-up is the kernel's snapshot."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Log, Org, Resign, replay, snapshot
from boardsim.facts import Fact, Held, Ruled, facts
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
