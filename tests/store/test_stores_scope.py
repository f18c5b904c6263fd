"""A part of a case that is read for some organizations gives the answer that the whole gives."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Event, Log, Org, Retract, Statement, loads, replay, snapshot
from boardsim.filters import filter_events
from boardsim.formats.syntax import canonical
from boardsim.log import joined
from boardsim.store import database
from boardsim.store.database import DatabaseStore
from boardsim.store.memory import MemoryStore
from boardsim.store.protocol import EMPTY, Store
from boardsim.store.scope import Scope
from boardsim.store.sqlite import SqliteDriver
from boardsim.views.json.log import snapshot_json
from tests.corrections import corrected_logs
from tests.sizes import tries
from tests.strategies import instants, logs


def in_memory() -> DatabaseStore:
    """A store in SQLite that no file holds."""
    driver = SqliteDriver("memory", sqlite3.connect(":memory:", isolation_level=None))
    driver.prepare(create=True)
    return DatabaseStore(driver)


def read(store: Store, scope: Scope | None) -> Log:
    """The log in the store, or what the scope needs of it."""
    loaded = loads("\n".join(block.decode() for block in store.read("story", scope)), "story.jsonl")
    return loaded.log


def shown(log: Log, orgs: list[str], at: datetime, known: datetime | None) -> object:
    """What a snapshot of these organizations says."""
    return snapshot_json(snapshot(replay(log, known=known), at=at, orgs=orgs))["orgs"]


def apart(log: Log) -> Log:
    """The log with a third organization, of which nothing is told."""
    return evolve(log, orgs=(*log.orgs, Org(id="quiet", name="Quiet Ltd", controlled_by=log.orgs[-1].id)))


@settings(max_examples=tries(60))
@given((logs() | corrected_logs()).map(apart), st.data())
def test_a_part_answers_as_the_whole(log: Log, data: st.DataObject) -> None:
    """A snapshot of some organizations, at any instant and as known at any, is the same from the part and the whole."""
    orgs = data.draw(st.lists(st.sampled_from([org.id for org in log.orgs]), min_size=1, unique=True))
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    scope = Scope(orgs=frozenset(orgs))
    for made in (in_memory(), MemoryStore()):
        with closing(made) as store:
            store.append("story", list(canonical.blocks(log)), EMPTY)
            whole, part = read(store, None), read(store, scope)
            for at in data.draw(st.lists(st.sampled_from(instants(log)), max_size=4)):
                assert shown(part, orgs, at, known) == shown(whole, orgs, at, known)


@settings(max_examples=tries(60))
@given(logs(min_events=6).map(apart), st.data())
def test_a_part_tells_the_story_of_the_whole(log: Log, data: st.DataObject) -> None:
    """The events of some organizations, deaths of people whom they mention among them, are the same from the part."""
    orgs = data.draw(st.lists(st.sampled_from([org.id for org in log.orgs]), min_size=1, unique=True))
    with closing(in_memory()) as store:
        store.append("story", list(canonical.blocks(log)), EMPTY)
        whole, part = replay(read(store, None)), replay(read(store, Scope(orgs=frozenset(orgs))))
    told = [
        [(history.events[index].id, history.rulings[index].kind) for index in filter_events(history, orgs=orgs)]
        for history in (whole, part)
    ]

    assert told[0] == told[1]


@settings(max_examples=tries(60))
@given(logs() | corrected_logs())
def test_both_searches_find_the_same_part(log: Log) -> None:
    """The search by SQL finds what the search through a list finds."""
    blocks = list(canonical.blocks(log))
    other = MemoryStore()
    other.append("story", blocks, EMPTY)
    with closing(in_memory()) as store:
        store.append("story", blocks, EMPTY)
        for org in log.orgs:
            scope = Scope(orgs=frozenset([org.id]))
            assert list(store.read("story", scope)) == list(other.read("story", scope))


@settings(max_examples=tries(60))
@given(logs(min_events=1) | corrected_logs(), st.data())
def test_the_last_instant_of_a_case(log: Log, data: st.DataObject) -> None:
    """Without reading it, a store knows the instant of the last event that is known and not retracted."""
    target = data.draw(st.sampled_from(log.events))
    last = log.events[-1].at
    more = (Retract(id="gone", at=last + timedelta(days=1), known=target.known, event=target.id),)
    log = evolve(log, events=joined(log.events, log.events.places, more))
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    history = replay(log, known=known)
    with closing(in_memory()) as store:
        store.append("story", list(canonical.blocks(log)), EMPTY)

        assert store.latest("story", known) == (history.instants[-1] if history.events else None)


@settings(max_examples=tries(60))
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(-90, 90), st.booleans()), min_size=1, max_size=20), st.data())
def test_the_last_instant_of_a_case_in_which_much_happens_on_a_day(
    moves: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    """However many events a day has, filed or not, taken back or not yet known, the last instant is the whole log's."""
    start = datetime(2024, 1, 1, 23, tzinfo=UTC)
    events: list[Event] = []
    for number, (minute, lag, is_gone) in enumerate(moves):
        at, known = (start + timedelta(minutes=count) for count in (minute, minute + lag))
        events.append(Statement(id=f"said-{number}", at=at, known=known, text="Resumed"))
        events += [Retract(id=f"gone-{number}", at=start, known=known, event=f"said-{number}")] if is_gone else []
    log = Log(events=sorted(events, key=lambda event: event.at))
    blocks = list(canonical.blocks(log))
    filed = data.draw(st.integers(1, len(blocks)))
    with closing(in_memory()) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "FEW", 2)
        store.append("story", blocks[filed:], store.append("story", blocks[:filed], EMPTY))
        for then in (None, *sorted({event.known for event in events})):
            found = replay(log, known=then).instants
            assert store.latest("story", then) == (found[-1] if found else None)


@pytest.mark.parametrize("lag", [timedelta(), timedelta(hours=3), timedelta(microseconds=1)], ids=str)
def test_what_became_known_at_an_instant_counts_from_then_on(lag: timedelta) -> None:
    """The last event as known at an instant is one that became known just then, and a microsecond before it is not."""
    start, then = datetime(2024, 1, 1, 9, tzinfo=UTC), datetime(2024, 1, 2, 9, 30, tzinfo=UTC)
    said = (
        Statement(id="first", at=start, text="Adjourned"),
        Statement(id="second", at=then, known=then + lag, text="Resumed"),
    )
    with closing(in_memory()) as store:
        store.append("story", list(canonical.blocks(Log(events=said))), EMPTY)

        assert store.latest("story", then + lag) == then
        assert store.latest("story", then + lag - timedelta(microseconds=1)) == start
        assert store.latest("story", start) == start
        assert store.latest("story", start - timedelta(microseconds=1)) is None


def test_a_retraction_counts_from_the_instant_at_which_it_became_known() -> None:
    """As known at just that instant the last event is gone, and a microsecond before it is there."""
    start, then = datetime(2024, 1, 1, 9, tzinfo=UTC), datetime(2024, 1, 2, 9, tzinfo=UTC)
    known = then + timedelta(days=9)
    said = (
        Statement(id="first", at=start, text="Adjourned"),
        Retract(id="gone", at=then - timedelta(hours=1), known=known, event="second"),
        Statement(id="second", at=then, text="Resumed"),
    )
    with closing(in_memory()) as store:
        store.append("story", list(canonical.blocks(Log(events=said))), EMPTY)

        assert store.latest("story", known - timedelta(microseconds=1)) == then
        assert store.latest("story", known) == then - timedelta(hours=1)


ACROSS = """\
[log]
schema = 1
id = "story"
[[org]]
id = "top"
name = "Top"
[[org]]
id = "below"
name = "Below"
[[person]]
id = "ann"
name = "Ann"
[[event]]
type = "appoint"
id = "ann-top"
at = 2024-01-01
person = "ann"
org = "top"
role = "director"
[[event]]
type = "vote"
id = "vote"
at = 2024-02-01
org = "top"
motion = "Send Ann below"
for = ["ann"]
[[event]]
type = "appoint"
id = "ann-below"
at = 2024-03-01
person = "ann"
org = "below"
role = "director"
because = ["vote"]
"""


def test_a_motive_elsewhere_brings_its_whole_story() -> None:
    """A vote of another board is read with those who sat on it, or it would not have carried."""
    store = MemoryStore()
    store.append("story", list(canonical.blocks(loads(ACROSS, "story.toml").log)), EMPTY)
    part = read(store, Scope(orgs=frozenset(["below"])))

    assert replay(part).ruling("ann-below").kind == "effective"
    assert replay(part).state("below").directors == ("ann",)
