"""What must hold of bulk folders, whatever was folded: they answer as the kernel does of each log."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boardsim
from boardsim import Appoint, Cease, Event, Log, Org, Person, replay, snapshot
from boardsim.analysis.interlocks import Links, Perhaps, links
from boardsim.bulk.tables import key_of
from boardsim.facts import facts, uncertain_facts, vacancies
from boardsim.formats.log.encode import written
from boardsim.formats.syntax import jsonl
from boardsim.history import History, Point
from tests.corrections import corrected_logs
from tests.imports.tables import FIRST, SECOND, Row, imported, newer, rows, write
from tests.sizes import tries
from tests.strategies import instants, logs

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def built(here: Path, table: Sequence[Row], known: str, partitions: int = 2) -> None:
    """The bulk folder `out`, built from a table of a day, or brought up to it."""
    write(here, table, "a.csv")
    source, into = here / "a.csv", here / "out"
    boardsim.bulk_build(source, into, map=here / "map.toml", known=known, partitions=partitions, allow=True)


def books(here: Path) -> dict[str, str]:
    """By key, the logs that a bulk folder keeps."""
    return dict(boardsim.bulk_query(here / "out", sql="SELECT book, log FROM books").value.rows["rows"])


def agrees(out: Path, key: str, log: Log, at: datetime, known: datetime | None) -> None:
    """See that a bulk folder says of an organization what the kernel says: who holds what, and what is uncertain."""
    for own in snapshot(replay(log, known=known), at=at).orgs:
        org = key or key_of(own.org, by_name=False)
        told = boardsim.bulk_query(out, org=org, at=at, known=known).value.rows
        found, perhaps = told["tenures"], told["perhaps"]
        held = {(role, one.person, one.id) for role, some in own.roles.items() for one in some}
        assert {(one["role"], one["person"], one["opened"]) for one in found} == held
        doubtful = {(one.role, one.person, one.why) for one in own.uncertain if one.role}
        unsure = {(one["role"], one["person"], why) for one in (*found, *perhaps) for why in one["doubts"]}
        assert unsure | {(one["role"], one["person"], "order") for one in told["otherwise"]} == doubtful


@settings(max_examples=tries(20, 4))
@given(data=st.data())
def test_each_organization_has_the_log_that_an_import_of_its_rows_alone_would_write(data: st.DataObject) -> None:
    """A first table and a newer one: the books are the logs of `boardsim import`, and the answers are the kernel's."""
    with folder() as here:
        older = data.draw(rows())
        table = data.draw(newer(older).filter(bool))
        built(here, older, FIRST)
        built(here, table, SECOND)
        found = books(here)
        for org in {row.org for row in older + table}:
            alone = here / org.lower()
            alone.mkdir()
            for some, known in ((older, FIRST), (table, SECOND)):
                own = [row for row in some if row.org == org]
                if own:
                    write(alone, own, "a.csv")
                    imported(alone, "a.csv", known, log=f"{org.lower()}.jsonl")
            log = boardsim.load(alone / f"{org.lower()}.jsonl").log
            if org in {row.org for row in table}:
                assert found[f"name:{org}"] == (alone / f"{org.lower()}.jsonl").read_text()
                at = data.draw(st.sampled_from(instants(log)))
                known_at = data.draw(st.none() | st.sampled_from(instants(log)))
                agrees(here / "out", f"name:{org}", log, at, known_at)


@settings(max_examples=tries(20, 4))
@given(log=logs(max_events=12) | corrected_logs(), data=st.data())
def test_a_folder_of_logs_answers_as_the_kernel_does(log: Log, data: st.DataObject) -> None:
    """Who holds what at any instant, as known at any, and whatever is uncertain of it."""
    with folder() as here:
        (here / "logs").mkdir()
        (here / "logs" / "one.jsonl").write_text(jsonl.write(written(log)))
        boardsim.bulk_build(here / "logs", here / "out")
        read = boardsim.load(here / "logs" / "one.jsonl").log
        at = data.draw(st.sampled_from(instants(log)))
        known = data.draw(st.none() | st.sampled_from(instants(log)))
        agrees(here / "out", "", read, at, known)


@settings(max_examples=tries(20, 5))
@given(data=st.data())
def test_whom_boards_share_is_what_interlocks_of_the_log_say(data: st.DataObject) -> None:
    """At any instant: those by the dates on record, and those who may be shared in another reading of them."""
    log = data.draw(shared_logs())
    keys = {person.id: key_of(person, by_name=False) for person in log.people}
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    org = data.draw(st.none() | st.sampled_from([org.id for org in log.orgs]))
    with folder() as here:
        (here / "logs").mkdir()
        (here / "logs" / "one.jsonl").write_text(jsonl.write(written(log)))
        boardsim.bulk_build(here / "logs", here / "out")
        read = boardsim.load(here / "logs" / "one.jsonl")
        history = replay(read.log, known=known)
        assert (len(read.log.events), list(read.problems)) == (len(log.events), [])
        linked = [at for at in instants(log) if _links(history, at) != Links([], [])] or instants(log)
        for at in data.draw(st.lists(st.sampled_from(linked), min_size=1, max_size=8, unique=True)):
            told = boardsim.bulk_query(here / "out", interlocks=True, org=org, at=at, known=known).to_dict()
            found = _links(history, at)
            sure = [Perhaps(one.orgs, person) for one in found.interlocks for person in one.people]

            shared = {(*_named(pair), one["person_key"]) for pair in told["interlocks"] for one in pair["shared"]}
            assert shared == {one for one in _keyed(sure, keys) if org in (None, *one)}
            may = {(*_named(one), one["person_key"]) for one in told["may_share"]}
            assert may == {one for one in _keyed(found.perhaps, keys) if org in (None, *one)}


def _links(history: History, at: datetime) -> Links:
    return links([history], [Point(at, history.position(at))])


def _named(pair: Any) -> list[str]:
    return sorted(one["org"] for one in pair["orgs"])


def _keyed(some: Sequence[Perhaps], keys: Mapping[str, str]) -> set[tuple[str, ...]]:
    return {(*sorted(org.id for org in one.orgs), keys[one.person.id]) for one in some}


@st.composite
def shared_logs(draw: st.DrawFn) -> Log:
    """Two people on three boards, each for some time, of which both ends lie within bounds or do not."""
    start, day = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=1)
    events: list[Event] = []
    for number in range(draw(st.integers(4, 6))):
        person, org = draw(st.sampled_from(["ann", "bob"])), draw(st.sampled_from(["ash", "elm", "oak"]))
        seat: dict[str, Any] = {"person": person, "org": org, "role": "director"}
        for kind, offset in ((Appoint, 0), (Cease, 4)):
            at = start + (draw(st.integers(0, 8)) + offset) * day
            low, high = (draw(st.sampled_from([None, 0, 3])) for _ in range(2))
            said = {**seat, "precision": draw(st.sampled_from([None, "by"])) if high == 0 else None}
            said |= {} if low is None else {"not_before": at - low * day}
            said |= {} if high is None else {"not_after": at + high * day}
            events.append(kind(id=f"{kind.__name__.lower()}-{number}", at=at, **said))
            if draw(st.integers(0, 3)) == 0:
                break
    return Log(
        id="one",
        orgs=tuple(Org(id=org, name=org.title()) for org in ("ash", "elm", "oak")),
        people=tuple(Person(id=person, name=person.title()) for person in ("ann", "bob")),
        events=tuple(sorted(events, key=lambda event: event.at)),
    )


@settings(max_examples=tries(60))
@given(log=logs(max_events=14) | corrected_logs())
def test_what_is_uncertain_is_the_same_by_one_replay_as_by_many(log: Log) -> None:
    """Of a log that came in order, the spans of its events say all that the facts say of it."""

    def bare(found: Sequence[Any]) -> list[Any]:
        return sorted(((one.key, one.known_since, one.known_until) for one in found), key=repr)

    assert bare(uncertain_facts(log)) == bare([fact for fact in facts(log) if fact.kind == "uncertain"])


@settings(max_examples=tries(60))
@given(log=logs(max_events=12) | corrected_logs(), data=st.data())
def test_vacancies_are_what_the_state_lacks(log: Log, data: st.DataObject) -> None:
    """At any instant, as known at any: the named seats that are free, and how many of the authorised ones are."""
    at, known = data.draw(st.sampled_from(instants(log))), data.draw(st.none() | st.sampled_from(instants(log)))
    found = [fact for fact in vacancies(log) if fact.holds(at, known)]
    for own in snapshot(replay(log, known=known), at=at).orgs:
        here = {one.told.seat: one.told.count for one in found if one.org == own.org.id}  # type: ignore[union-attr]
        named = {one.seat: one.count for one in own.vacant}
        left = (own.state.bylaws.seats or 0) - len(own.state.directors) - sum(named.values())
        assert here == named | ({"": left} if left > 0 else {})


def test_a_date_is_its_end_in_the_zone_of_each_log(tmp_path: Path) -> None:
    """Of two logs in two zones, each is asked at the end of the day on its own clocks."""
    for name, zone, hour in (("east", "Asia/Tokyo", "16"), ("west", "America/New_York", "16")):
        (tmp_path / "logs").mkdir(exist_ok=True)
        (tmp_path / "logs" / f"{name}.toml").write_text(
            f'[log]\nschema = 1\nid = "{name}"\ntimezone = "{zone}"\n[[org]]\nid = "{name}-org"\nname = "{name}"\n'
            f'[[person]]\nid = "ann"\nname = "Ann"\n[[event]]\ntype = "appoint"\nat = 2020-01-01T{hour}:00:00Z\n'
            f'person = "ann"\norg = "{name}-org"\nrole = "director"\n'
        )
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")

    found = {
        name: len(boardsim.bulk_query(tmp_path / "out", org=f"{name}-org", at="2020-01-01").value.rows["tenures"])
        for name in ("east", "west")
    }
    assert found == {"east": 0, "west": 1}
    shared = boardsim.bulk_query(tmp_path / "out", interlocks=True, at=datetime(2020, 2, 1, tzinfo=UTC)).value
    assert [row["people"] for row in shared.rows["interlocks"]] == [1]


@pytest.mark.parametrize("more", ["", 'status = "reported"\n', 'seat = "one"\n'])
def test_who_may_hold_something_is_told_apart(tmp_path: Path, more: str) -> None:
    """An end in some year is told of every day of it: before the date on record as held, after it as perhaps."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "one.toml").write_text(
        '[log]\nschema = 1\nid = "one"\ntimezone = "UTC"\n[[org]]\nid = "oak"\nname = "Oak"\n'
        '[org.bylaws.named_seats.one]\nname = "One"\n[[person]]\nid = "ann"\nname = "Ann"\n'
        f'[[event]]\ntype = "appoint"\nat = 2020-01-01\nperson = "ann"\norg = "oak"\nrole = "director"\n{more}'
        '[[event]]\ntype = "resign"\nat = 2021-06-01\nnot_before = 2021-01-01\nnot_after = 2021-12-31\n'
        'person = "ann"\norg = "oak"\nrole = "director"\n'
    )
    boardsim.bulk_build(tmp_path / "logs", tmp_path / "out")

    def told(at: str, org: str | None, person: str | None) -> tuple[list[str], list[str]]:
        found = boardsim.bulk_query(tmp_path / "out", at=at, org=org, boards=person).value.rows
        return [one["person"] for one in found["tenures"]], [one["person"] for one in found["perhaps"]]

    for asked in (("oak", None), (None, "ann")):
        days = ("2020-06-01", "2021-05-01", "2021-07-01", "2022-01-02")
        assert [told(day, *asked) for day in days] == [(["ann"], []), (["ann"], []), ([], ["ann"]), ([], [])]
