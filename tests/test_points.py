"""Whatever is asked just before or after an event is told alike by every view, also among events of one instant."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import boardsim
from boardsim import Log
from boardsim.checks.deadlines import deadlines
from boardsim.views.register_report import is_entered
from tests.blocks import event, head
from tests.sizes import tries
from tests.strategies import logs

Seats = set[tuple[str, str, str]]
"""Who holds what: the organization, the role and the person."""

NOON = "at = 2020-01-01T12:00:00Z"
HANDOVER = (
    head("ann", "bob")
    + '\n[[org]]\nid = "elm"\nname = "Elm Ltd"\n'
    + event("appoint", "at = 2019-01-01")
    + event("appoint", "at = 2019-01-01", person="bob", org="elm")
    + event("cease", NOON)
    + event("appoint", f"{NOON}\nuntil = 2020-06-30", person="bob")
)


def held(log: Log, at: str) -> Seats:
    """Who holds what by the snapshot."""
    found = boardsim.snapshot(log, at=at).value
    return {(org.org.id, role, one.person) for org in found.orgs for role, held in org.roles.items() for one in held}


def registered(log: Log, at: str) -> Seats:
    """Who is in office by the registers."""
    return {
        (made.org.id, entry.tenure.role, entry.tenure.person)
        for _, made in boardsim.register(log, at=at).value
        for entry in (*made.directors, *made.secretaries)
        if entry.closed is None
    }


def written(text: str) -> Seats:
    """Who is in office by a table of tenures."""
    return {(row["org"], row["role"], row["person"]) for row in csv.DictReader(StringIO(text))}


def unsure_of_snapshot(log: Log, at: str) -> set[tuple[str | None, ...]]:
    """Of whom the snapshot is not sure, in a role that a register has."""
    found = boardsim.snapshot(log, at=at).value
    return {
        (one.role, one.person, one.why)
        for org in found.orgs
        for one in org.uncertain
        if one.role is not None and is_entered(one.role)
    }


def unsure_of_register(log: Log, at: str) -> set[tuple[str | None, ...]]:
    """Of whom the registers are not sure."""
    return {
        (one.role, one.person, one.why)
        for _, made in boardsim.register(log, at=at).value
        for one in made.doubts.uncertain
        if one.role is not None
    }


@settings(max_examples=tries(60))
@given(logs(), st.data())
def test_every_view_of_a_point_tells_the_same(log: Log, data: st.DataObject) -> None:
    """Snapshot, register and export, just before or after any event, or at the end."""
    if not log.events:
        return
    history = boardsim.replay(log)
    of_event = data.draw(st.sampled_from([each.id for each in history.events]))
    at = data.draw(st.sampled_from(["event:", "before:"])) + of_event

    seats = held(log, at)

    assert registered(log, at) == {seat for seat in seats if is_entered(seat[1])}
    assert written(str(boardsim.export(log, format="csv", at=at))) == seats
    assert unsure_of_register(log, at) == unsure_of_snapshot(log, at)


@pytest.mark.parametrize("other", ["director", "president"])
def test_a_register_has_who_is_in_office_in_the_other_order_alone(other: str) -> None:
    """A secretary has to be chief executive, and perhaps was: told whether or not anybody else is in the register."""
    sometime = "at = 2020-06-01\nnot_before = 2020-05-01\nnot_after = 2020-07-01"
    text = head("ann", "bob") + '\n[[role]]\nid = "secretary"\nrequires = "ceo"\n'
    text += event("appoint", sometime, role="secretary") + event("appoint", sometime, role="ceo")
    text += event("appoint", "at = 2019-01-01", person="bob", role=other)
    log = boardsim.loads(text, "oak.toml").log

    assert registered(log, "2020-08-01") == {("oak", role, "bob") for role in (other,) if is_entered(role)}
    assert unsure_of_register(log, "2020-08-01") == {("secretary", "ann", "order")}


@pytest.mark.parametrize(
    ("at", "sits", "shared"),
    [
        ("before:cease-ann-director", {"ann"}, 0),
        ("event:cease-ann-director", set(), 0),
        ("before:appoint-bob-director-oak", set(), 0),
        ("event:appoint-bob-director-oak", {"bob"}, 1),
    ],
)
def test_between_two_events_of_one_instant(at: str, sits: set[str], shared: int) -> None:
    """Ann leaves and Bob comes at noon; between the two nobody sits, no term ends, and no boards are linked."""
    log = boardsim.loads(HANDOVER, "oak.toml").log
    history = boardsim.replay(log)
    position = boardsim.snapshot(log, at=at).value.position

    assert {person for org, _, person in registered(log, at) if org == "oak"} == sits
    assert len(boardsim.interlocks(log, at=at).value.interlocks) == shared
    assert len(deadlines(history, "oak", history.instants[-1], position=position)) == shared
    table = csv.DictReader(StringIO(str(boardsim.export(log, format="csv", table="events", at=at))))
    assert ("appoint-bob-director-oak" in {row["id"] for row in table}) == bool(shared)


def test_the_register_at_the_end_is_just_after_the_last_event() -> None:
    """Somebody who left on the last day on record has left, for the register as for the snapshot."""
    left = boardsim.loads(
        head("ann") + event("appoint", "at = 2019-01-01") + event("resign", "at = 2020-01-01"), "o"
    ).log

    [(_, made)] = boardsim.register(left).value

    assert made.doubts.uncertain == ()
    assert [one.uncertain for one in boardsim.snapshot(left).value.orgs] == [()]
