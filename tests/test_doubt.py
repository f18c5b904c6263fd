"""What is disputed or assumed: it takes effect, and every view says so."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from boardsim import Appoint, Bylaws, Log, loads, replay, snapshot
from boardsim.bylaws import ASSUMABLE
from boardsim.checks import Check, ConfiguredCheck
from boardsim.checks import run as run_checks
from boardsim.checks.examples import ADA, BEN, CARLA, amend, appoint, resign
from boardsim.events import DOUBTS
from boardsim.snapshots import Uncertain
from boardsim.traits import changed_by
from tests import blocks
from tests.blocks import people
from tests.checks.test_checks import broken
from tests.conftest import Run
from tests.helios import findings
from tests.helios import log as log_of
from tests.strategies import instants, logs

HEAD = """
[log]
schema = 1
id = "acme"

[[org]]
id = "acme"
name = "Acme Inc."
[org.bylaws]
seats = 2
"""
PEOPLE = people("ann", "bob", "cat")


def event(type_: str, at: str, person: str, *more: str, role: str = "director") -> str:
    """An event about a role at Acme."""
    keys = (f"at = {at}", f'person = "{person}"', 'org = "acme"', f'role = "{role}"', *more)
    return f'\n[[event]]\ntype = "{type_}"\n' + "".join(f"{key}\n" for key in keys)


BOARD = HEAD + PEOPLE + event("appoint", "2020-01-01", "ann") + event("appoint", "2020-01-01", "bob")


def uncertain(text: str, at: str) -> list[tuple[str | None, str | None, str]]:
    """Whom a snapshot at a day lists as uncertain, in which role, and why."""
    loaded = loads(text, "acme.toml")
    assert [problem.code for problem in loaded.problems] == []
    found = snapshot(replay(loaded.log), at=datetime.fromisoformat(at).replace(tzinfo=UTC) + timedelta(hours=1))
    return [(one.person, one.role, one.why) for org in found.orgs for one in org.uncertain if one.why != "span"]


@pytest.mark.parametrize("status", DOUBTS)
def test_both_the_person_removed_and_the_person_seated_are_named(status: str) -> None:
    """After a disputed removal of Bob and a disputed appointment of Cat nobody is sure of either of them."""
    doubt = f'status = "{status}"'
    text = BOARD + event("fire", "2021-01-01", "bob", doubt) + event("appoint", "2021-01-01", "cat", doubt)

    assert uncertain(text, "2020-06-01") == []
    for day in ("2021-01-01", "2021-06-01", "2030-01-01"):
        assert uncertain(text, day) == [("bob", "director", status), ("cat", "director", status)]


def test_it_lasts_until_the_removed_person_is_back() -> None:
    """Once Bob holds the seat again, his removal is no longer in doubt, and does not come to be when he leaves."""
    text = BOARD + event("fire", "2021-01-01", "bob", 'status = "disputed"')
    text += event("appoint", "2022-01-01", "bob", 'id = "bob-returns"') + event("resign", "2023-01-01", "bob")

    assert uncertain(text, "2021-06-01") == [("bob", "director", "disputed")]
    assert uncertain(text, "2022-06-01") == []
    assert uncertain(text, "2023-06-01") == []


def test_it_lasts_as_long_as_what_was_opened() -> None:
    """Where a successor's seat is disputed, both are named for as long as the successor holds it, and no longer."""
    text = BOARD + event("appoint", "2021-01-01", "cat", 'replaces = "bob"', 'status = "disputed"')
    text += event("resign", "2022-01-01", "cat")

    assert uncertain(text, "2021-06-01") == [("bob", "director", "disputed"), ("cat", "director", "disputed")]
    assert uncertain(text, "2022-06-01") == []


def test_it_outlasts_a_change_of_terms() -> None:
    """A seat by a disputed appointment is no surer because its term was extended."""
    text = BOARD + event("resign", "2020-06-01", "bob") + event("appoint", "2021-01-01", "cat", 'status = "disputed"')
    text += event("vary", "2022-01-01", "cat", "until = 2029-01-01")

    assert uncertain(text, "2023-06-01") == [("cat", "director", "disputed")]


def test_with_the_seat_goes_the_chair() -> None:
    """A disputed removal of a director who chairs leaves both roles in doubt."""
    text = BOARD + event("appoint", "2020-01-02", "bob", role="chair")
    text += event("fire", "2021-01-01", "bob", 'status = "disputed"')

    assert {role for _, role, _ in uncertain(text, "2021-06-01")} == {"director", "chair"}


@given(logs(min_events=2))
def test_only_what_is_doubtful_is_listed_so(log: Log) -> None:
    """Whoever is listed for a reason other than a span was seated or removed by an event of that status, by then."""
    history = replay(log)
    for at in instants(log)[::5]:
        for org in snapshot(history, at=at).orgs:
            for one in (one for one in org.uncertain if one.why not in ("span", "order")):
                assert one.event.status == one.why
                assert one.event.at <= at
                effect = history.effect(history.index(one.event.id))
                moved: set[tuple[str | None, str | None]] = {
                    (role, opening.person) for role, opening in (*effect.opened, *effect.closed)
                }
                changed = changed_by(one.event) or (None, None)
                moved |= {(role, changed[0]) for role in ({changed[1]} if changed[1] else {one.role})}
                assert (one.role, one.person) in moved


@given(logs(min_events=2))
def test_whoever_sits_by_a_doubtful_appointment_is_listed(log: Log) -> None:
    """Of each live tenure that a disputed or assumed event opened the snapshot says why it is uncertain."""
    found = snapshot(replay(log))
    for org in found.orgs:
        doubted = {(one.role, one.person) for one in org.uncertain if one.why == one.event.status}
        live = {
            (role, held.person) for role, openings in org.roles.items() for held in openings if held.status in DOUBTS
        }
        assert live <= doubted


def test_views_say_what_is_assumed(run: Run, tmp_path: Path) -> None:
    """Text and JSON have the status, who is uncertain and why, and which bylaws are assumed."""
    log = tmp_path / "acme.toml"
    text = BOARD.replace("seats = 2\n", 'seats = 2\nassumed = ["seats"]\n')
    log.write_text(text + event("fire", "2021-01-01", "bob", 'status = "assumed"'))

    told = run("snapshot", str(log), columns=100).out
    data = json.loads(run("snapshot", str(log), "--json").out)["orgs"][0]["uncertain"]

    assert "board of 1, 2 seats (assumed)" in told
    assert "assumed: Bob is removed as director" in told
    assert "[assumed]" in run("replay", str(log)).out
    assert "board: 1 of 2 (assumed)" in run("replay", str(log)).out
    assert [(one["person"], one["why"]) for one in data] == [("bob", "span"), ("bob", "assumed")][-len(data) :]


def test_an_amendment_takes_off_the_list_what_it_sets() -> None:
    """What is set is on record, unless the amendment says otherwise; what it does not set stays as it was."""
    bylaws = Bylaws().amended({"seats": 7, "minimum": 2, "assumed": ("seats", "minimum")})

    assert bylaws.amended({"seats": 9}).assumed == ("minimum",)
    assert bylaws.amended({"seats": 9, "assumed": ("seats",)}).assumed == ("minimum", "seats")
    assert bylaws.amended({"assumed": ("rules",)}).assumed == ("seats", "minimum", "rules")
    assert "assumed" not in ASSUMABLE


def test_a_finding_says_what_it_assumes() -> None:
    """Two directors are too many for one seat, which is assumed at first, and then on record."""
    told = """
[[event]]
type = "amend"
at = 2020-01-01
org = "helios"
set = { seats = 1, assumed = ["seats"] }
"""
    for person in ("ada-moreno", "ben-okafor"):
        told += (
            f'\n[[event]]\ntype = "appoint"\nat = 2019-01-01\nperson = "{person}"\norg = "helios"\nrole = "director"\n'
        )
    later = '\n[[event]]\ntype = "amend"\nid = "public"\nat = 2021-01-01\norg = "helios"\nset = { seats = 1 }\n'

    [finding] = findings(told + later, "board_max")

    assert finding.message == "the board has 2 of at most 1 directors (assumed, not on record: seats)"
    assert [message for _, message in finding.later] == ["the board has 2 of at most 1 directors"]
    assert findings(told, "board_min", minimum=3)[0].message == "the board has 2 of at least 3 directors"


def test_what_breaks_an_assumed_bylaw_is_mended_like_anything_else() -> None:
    """That a bylaw is assumed is said of what is wrong, and of nothing when all is well again."""
    story = amend(at="2020-01-01", seats=1, assumed=["seats"]) + appoint(ADA, BEN, at="2019-01-01")

    [finding] = findings(story + resign(BEN, at="2020-02-01"), "board_max")

    assert (finding.since, finding.until) == (datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC))


def test_a_check_that_fails_assumes_nothing() -> None:
    """What is wrong then is the check, whatever of the bylaws is on record."""
    check = Check(name="odd", rule="No.", source="?", rests_on=("seats",), events=(Appoint,), step=broken)
    story = amend(seats=3, assumed=["seats"]) + appoint(ADA, at="2020-01-02")
    use = ConfiguredCheck(check=check, parameters={}, severity="note")

    [finding] = run_checks(replay(log_of(story)), {"helios": [use]})

    assert finding.message == "this check itself failed: ZeroDivisionError: helios by nothing"


def test_an_amendment_is_judged_by_what_it_sets() -> None:
    """Whether the number of seats is assumed goes by the amendment that makes the board smaller, not by what was."""
    three = amend(seats=3, assumed=["seats"]) + appoint(ADA, BEN, CARLA, at="2020-01-02")
    words = "the bylaws authorise 2 while 3 directors sit"

    for said, message in (({}, words), ({"assumed": ["seats"]}, f"{words} (assumed, not on record: seats)")):
        story = three + amend(at="2020-02-01", seats=2, **said) + amend(at="2020-02-02", assumed=["seats"])
        assert [finding.message for finding in findings(story, "no_unseating_by_shrinking")] == [message]


def test_uncertain_of_a_span_is_as_before() -> None:
    """Whoever is made without a reason is uncertain because of a span."""
    appointment = loads(BOARD, "acme.toml").log.events[0]

    assert Uncertain("director", "ann", appointment, None).why == "span"


def test_a_reason_says_of_the_events_that_it_names_how_sure_they_are(run: Run) -> None:
    """Also where these are filtered out, so that no line of their own says it."""
    log = (
        blocks.head("ann", "eve")
        + blocks.event("appoint", "at = 2020-01-01")
        + blocks.event("suspend", 'id = "rumour"\nat = 2020-02-01\nstatus = "reported"', person="eve")
        + blocks.event("resign", 'at = 2020-03-01\nbecause = ["rumour"]')
    )

    told = run("replay", "-", "--person", "ann", stdin=log.encode()).out
    assert "orphaned: its reason is gone: rumour [reported] did not take effect" in told
