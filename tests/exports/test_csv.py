"""CSV: every row is a tenure of the kernel, or an event, and nothing uncertain looks certain."""

from datetime import UTC, datetime
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Appoint, Log, Org, Resign
from boardsim.events import NAMES, OPEN, Status
from boardsim.exports.export import Export
from boardsim.filters import filter_events
from boardsim.kernel import replay
from tests.corrections import corrected_logs
from tests.exports.written import exported, table
from tests.sizes import tries
from tests.strategies import instants, logs

TENURES = (
    "org,org_name,role,seat,person,person_name,since,since_not_before,since_not_after,until,until_not_before,"
    "until_not_after,ended,interim,status,public_since,opened,closed,sources"
)
EVENTS = "id,type,at,not_before,not_after,known,filed,org,person,role,by,status,ruling,outcome,text,because,sources"


def test_the_headings_are_those_that_others_read() -> None:
    """The columns, and their order, are a contract; states of knowledge add two at the end."""
    assert exported("csv").splitlines()[0] == TENURES
    assert exported("csv", all_knowledge=True).splitlines()[0] == f"{TENURES},known_since,known_until"
    assert exported("csv", table="events").splitlines()[0] == EVENTS


def test_a_tenure_has_the_dates_of_the_record() -> None:
    """A year is a year, a bound is a bound, an instant is on the clocks of the log's zone."""
    rows = {row["opened"]: row for row in table(exported("csv"))}
    ada, secretary, chair = (rows[name] for name in ("ada-sits", "nominees-secretary", "ben-chairs"))

    assert [ada[key] for key in ("since", "since_not_before", "since_not_after")] == [
        "2019",
        "2019-01-01",
        "2019-12-31",
    ]
    assert [ada[key] for key in ("until", "until_not_before", "until_not_after")] == [
        "2023-05",
        "2023-05-01",
        "2023-05-31",
    ]
    assert (ada["ended"], ada["closed"], ada["sources"]) == (
        "resign",
        "ada-leaves",
        "Register, https://example.org/officers/1, 2019",
    )
    assert [secretary[key] for key in ("since", "since_not_before", "since_not_after")] == ["", "", "1992-01-01"]
    assert chair["since"] == "2020-03-02T09:30:00+00:00"
    assert chair["since_not_after"] == "2020-03-02T18:00:00+00:00"


def test_doubt_is_shown() -> None:
    """A disputed beginning, a late publication, a named seat and an interim office stand in their columns."""
    rows = {row["opened"]: row for row in table(exported("csv"))}

    assert [rows["ben-sits"][key] for key in ("status", "public_since", "seat")] == [
        "disputed",
        "2020-04-01",
        "investor",
    ]
    assert (rows["ada-ceo"]["interim"], rows["ada-sits"]["interim"]) == ("true", "false")


def test_a_tenure_is_as_doubtful_as_its_end() -> None:
    """Of a beginning and an end the less certain one counts, so that no disputed end looks confirmed."""
    rows = table(exported("csv", replay(_ended("disputed"))))

    assert [row["status"] for row in rows] == ["disputed"]


def _ended(status: Status) -> Log:
    """Who came, and went by an event of this status."""
    seat: dict[str, Any] = {"person": "ann", "org": "acme", "role": "director"}
    began = Appoint(id="a", at=datetime(2020, 1, 1, tzinfo=UTC), **seat)
    ended = Resign(id="z", at=datetime(2021, 1, 1, tzinfo=UTC), status=status, **seat)
    return Log(orgs=(Org(id="acme", name="Acme"),), events=(began, ended))


def test_a_tenure_is_half_open() -> None:
    """It holds at the instant at which it began, and not at that at which it ended."""
    history = replay(_ended("confirmed"))
    counts = [len(table(exported("csv", history, at=datetime(year, 1, 1, tzinfo=UTC)))) for year in (2020, 2021)]

    assert counts == [1, 0]


def test_what_a_spreadsheet_would_run_is_made_harmless() -> None:
    """A name that begins like a formula has an apostrophe before it."""
    assert {row["person_name"] for row in table(exported("csv")) if row["person"] == "ben-okafor"} == {
        '\'=HYPERLINK("Ben")'
    }


def test_events_have_rulings_and_reasons() -> None:
    """One row an event, with what became of it; of several reasons of which any will do, all are named."""
    rows = {row["id"]: row for row in table(exported("csv", table="events"))}

    assert [rows["budget"][key] for key in ("type", "ruling", "outcome")] == ["vote", "effective", "failed"]
    assert rows["agm"]["outcome"] == "carried"
    assert rows["ada-leaves"]["because"] == "budget | agm"
    assert [rows["ben-sits"][key] for key in ("at", "known", "filed")] == ["2020-03-01", "2020-04-01", "2020-03-10"]
    assert [rows["nominees-secretary"][key] for key in ("at", "not_before", "not_after")] == ["", "", "1992-01-01"]


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_the_rows_at_an_instant_are_who_holds_what(log: Log, data: st.DataObject) -> None:
    """At any instant the table has exactly the tenures that the kernel says are live, each by its opening event."""
    at = data.draw(st.sampled_from(instants(log)))
    history = replay(log)
    rows = table(exported("csv", history, at=at))
    live = [
        (org, role, opening.person, opening.id)
        for org in history.timelines
        for role, opening in history.state_at(org, at).tenures()
    ]

    assert sorted((row["org"], row["role"], row["person"], row["opened"]) for row in rows) == sorted(live)


def as_it_came(log: Log) -> Log:
    """The same log, of which everything was public at once."""
    return evolve(log, events=tuple(evolve(event, known=event.at) for event in log.events))


@settings(max_examples=tries(80, 12))
@given(logs(max_events=14) | corrected_logs() | logs(max_events=14).map(as_it_came), st.data())
def test_the_rows_of_a_state_of_knowledge_are_those_of_its_replay(log: Log, data: st.DataObject) -> None:
    """Of all states of knowledge together, the rows of one are the tenures of a replay as known then."""
    known = data.draw(st.none() | st.sampled_from(instants(log)))
    found = [
        (row.org, row.tenure.role, row.opened, row.closed)
        for row in Export(history=replay(log), all_knowledge=True).tenures()
        if (row.known_until is None if known is None else (row.known_since or OPEN) <= known)
        and (known is None or row.known_until is None or known < row.known_until)
    ]
    expected = [
        (row.org, row.tenure.role, row.opened, row.closed) for row in Export(history=replay(log, known=known)).tenures()
    ]

    assert len(found) == len(expected)
    assert all(row in expected for row in found)


@settings(max_examples=tries(40))
@given(logs(max_events=14) | corrected_logs(), st.data())
def test_filters_and_windows_leave_what_they_say(log: Log, data: st.DataObject) -> None:
    """A row is there if, and only if, it is about what was asked for and overlaps the window."""
    history = replay(log)
    start, stop = sorted(data.draw(st.lists(st.sampled_from(instants(log)), min_size=2, max_size=2)))
    person, role = data.draw(st.sampled_from(["ann", "bob"])), data.draw(st.sampled_from(["director", "ceo"]))
    rows = table(exported("csv", history, start=start, stop=stop, people=[person], roles=[role]))
    expected = [
        tenure.opened.id
        for org in history.timelines
        for tenure in history.tenures(org)
        if (tenure.opened.person, tenure.role) == (person, role)
        and tenure.opened.at <= stop
        and (tenure.closed is None or tenure.closed.at > start)
    ]

    assert sorted(row["opened"] for row in rows) == sorted(expected)


@settings(max_examples=tries(40))
@given(logs(max_events=14) | corrected_logs())
def test_the_table_of_events_has_every_event(log: Log) -> None:
    """In the order of the history, with type and ruling."""
    history = replay(log)
    rows = table(exported("csv", history, table="events"))

    assert [(row["id"], row["type"], row["ruling"]) for row in rows] == [
        (history.events[n].id, NAMES[type(history.events[n])], history.rulings[n].kind) for n in filter_events(history)
    ]
