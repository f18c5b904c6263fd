"""What is announced and due, and what is public before it takes effect: told in snapshots, and never by the kernel."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import (
    Appoint,
    Dissolve,
    Log,
    Org,
    Person,
    Resign,
    Statement,
    Vote,
    Withdraw,
    audit,
    loads,
    replay,
    snapshot,
)
from boardsim.events import Event
from boardsim.snapshots import OrgSnapshot, is_overdue
from boardsim.traits import can_be_pending, is_announced
from tests import blocks
from tests.conftest import Run
from tests.sizes import tries
from tests.strategies import instants, logs

NOON = datetime(2024, 5, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
JOINS = Appoint(id="joins", at=NOON - 9 * DAY, person="ann", org="acme", role="director")
GOES: dict[str, Any] = {"id": "goes", "person": "ann", "org": "acme", "role": "director"}


def log(*events: Event) -> Log:
    """A board of one, and what happens there."""
    people = tuple(Person(id=name, name=name.title()) for name in ("ann", "bob"))
    return Log(timezone="Europe/London", orgs=(Org(id="acme", name="Acme"),), people=people, events=(JOINS, *events))


def seen(story: Log, at: datetime, known: datetime | None = None) -> OrgSnapshot:
    """The organization at an instant."""
    (org,) = snapshot(replay(story, known=known), at=at).orgs
    return org


def test_what_is_public_and_comes_later_is_pending() -> None:
    """From the instant at which it is public until it takes effect; not before, and not as known before."""
    goes = Resign(**GOES, at=NOON, known=NOON - 2 * DAY)
    story = log(goes)

    assert seen(story, NOON - 2 * DAY).pending == seen(story, NOON - DAY).pending == (goes,)
    assert seen(story, NOON - 3 * DAY).pending == seen(story, NOON).pending == ()
    assert seen(story, NOON - DAY, known=NOON - 3 * DAY).pending == ()


def test_what_moves_no_seat_is_not_pending() -> None:
    """Votes, words, withdrawals, announcements, and what cannot happen at all are not told as pending."""
    early: dict[str, Any] = {"at": NOON, "known": NOON - 2 * DAY}
    story = log(
        Vote(id="vote", org="acme", motion="Adjourn", for_=("ann",), **early),
        Statement(id="words", org="acme", text="Hello", **early),
        Resign(**{**GOES, "id": "said"}, status="announced", **early),
        Withdraw(id="not", event="said", **early),
        Resign(**{**GOES, "person": "bob"}, **early),
    )

    assert seen(story, NOON - DAY).pending == ()


def test_an_end_that_is_known_is_pending() -> None:
    """That an organization will be dissolved is told of, although nobody loses a seat by it."""
    ends = Dissolve(id="ends", org="acme", at=NOON, known=NOON - 2 * DAY)
    story = log(ends)

    assert seen(story, NOON - DAY).pending == (ends,)
    assert seen(story, NOON).pending == seen(story, NOON - 3 * DAY).pending == ()


def test_whom_a_snapshot_is_asked_about_is_all_that_is_pending() -> None:
    """A filter by person or role holds for what is pending, too."""
    early: dict[str, Any] = {"at": NOON, "known": NOON - 2 * DAY, "org": "acme"}
    history = replay(log(Resign(**{**GOES, **early}), Appoint(id="ceo", person="bob", role="ceo", **early)))

    def pending(**wants: Any) -> list[str]:
        (org,) = snapshot(history, at=NOON - DAY, **wants).orgs
        return [event.id for event in org.pending]

    assert pending() == ["goes", "ceo"]
    assert (pending(people=["bob"]), pending(roles=["director"])) == (["ceo"], ["goes"])


@given(logs(), st.data())
@settings(max_examples=tries(60))
def test_pending_is_just_what_will_be_and_is_known(story: Log, data: st.DataObject) -> None:
    """At any instant, pending are exactly the effective events of that kind with `known` by then and `at` after it."""
    at = data.draw(st.sampled_from(instants(story)))
    history = replay(story)
    expected = {
        event.id
        for event, ruling in zip(history.events, history.rulings, strict=True)
        if event.known <= at < event.at and ruling.kind == "effective" and can_be_pending(event)
    }

    assert {event.id for org in snapshot(history, at=at).orgs for event in org.pending} == expected


@given(logs(), st.data())
@settings(max_examples=tries(60))
def test_overdue_is_what_is_announced_and_was_due(story: Log, data: st.DataObject) -> None:
    """Only what still stands as announced is overdue, and it stays so until it is fulfilled or withdrawn."""
    at = data.draw(st.sampled_from(instants(story)))
    zone = ZoneInfo(story.timezone)
    for org in snapshot(replay(story), at=at).orgs:
        assert org.overdue == {event.id for event in org.announced if is_overdue(event, at, zone)}
        assert all(is_announced(event) for event in org.announced)


@pytest.mark.parametrize(
    ("due", "at", "overdue"),
    [
        (None, NOON + 99 * DAY, False),
        (NOON, NOON - timedelta(microseconds=1), False),
        (NOON, NOON, True),
        (datetime(2024, 5, 31, 23, tzinfo=UTC), datetime(2024, 6, 1, 22, 59, tzinfo=UTC), False),  # the day in London
        (datetime(2024, 5, 31, 23, tzinfo=UTC), datetime(2024, 6, 1, 23, tzinfo=UTC), True),
        (datetime(2024, 6, 1, tzinfo=UTC), datetime(2024, 6, 1, 0, 30, tzinfo=UTC), True),  # an hour into that day
    ],
)
def test_a_day_is_over_before_it_is_overdue(due: datetime | None, at: datetime, *, overdue: bool) -> None:
    """What is due on a day may still come on that day, by the clocks of the log; at an hour, by that hour."""
    event = Resign(**GOES, at=NOON, status="announced", due=due)

    assert is_overdue(event, at, LONDON) is overdue


def codes(story: Log) -> list[str]:
    """What a check of the log says."""
    return [problem.code for problem in audit(story)]


def test_a_check_judges_at_the_last_instant_that_the_log_knows() -> None:
    """An announcement is overdue once anything later is on record, by `at` or by `known`, unless it is settled."""
    said = Resign(**{**GOES, "id": "said"}, at=NOON, status="announced", due=NOON + 2 * DAY)
    later = Statement(id="words", at=NOON + DAY, known=NOON + 3 * DAY, text="Hello")

    assert codes(log(said)) == codes(log(said, Statement(id="words", at=NOON + DAY, text="Hello"))) == []
    assert codes(log(said, later)) == ["overdue"]
    assert [problem.severity for problem in audit(log(said, later))] == ["note"]
    assert codes(log(said, later, Resign(**GOES, at=NOON + 5 * DAY))) == []
    assert codes(log(said, later, Withdraw(id="not", at=NOON + DAY, event="said"))) == []


TEXT = (
    blocks.head("ann", org="acme", name="Acme", zone="Europe/London", id="acme")
    + blocks.event("appoint", "at = 2020-01-01", org="acme")
    + blocks.event(
        "resign", 'id = "to-go"\nat = 2024-05-05T09:00:00Z\ndue = 2024-06-01\nstatus = "announced"', org="acme"
    )
    + blocks.event("appoint", "at = 2024-07-01\nknown = 2024-05-06\nfiled = 2024-07-03", org="acme", role="ceo")
)


def test_a_date_is_that_day(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`due` and `filed` are read as the first instant of a day, and shown and written as that day."""
    path = tmp_path_factory.mktemp("case") / "log.toml"
    path.write_text(TEXT)
    story = loads(TEXT, "log.toml").log
    due, filed = story.by_id["to-go"].due, story.by_id["appoint-ann-ceo"].filed
    shown = " ".join(run("snapshot", str(path), "--at", "2024-05-07").out.split())
    export = run("export", str(path)).out

    assert (due, filed) == (datetime(2024, 5, 31, 23, tzinfo=UTC), datetime(2024, 7, 2, 23, tzinfo=UTC))
    assert "to leave: director Ann announced 2024-05-05 10:00, due 2024-06-01 pending" in shown
    assert "CEO Ann effective 2024-07-01, public since 2024-05-06" in shown
    assert "overdue" not in shown
    assert "due 2024-06-01 overdue" in " ".join(run("snapshot", str(path), "--at", "2024-06-02").out.split())
    assert "[announced, due 2024-06-01]" in run("replay", str(path)).out
    assert '"due":"2024-06-01"' in export
    assert '"filed":"2024-07-03"' in export
    assert run("check", str(path)).code == 0


def test_a_note_does_not_nag(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a check only notes is no problem of which every other command speaks."""
    path = tmp_path_factory.mktemp("case") / "log.toml"
    path.write_text(TEXT)

    assert "note[overdue]" in run("check", str(path)).err
    assert run("snapshot", str(path)).err == ""


@pytest.mark.parametrize(
    ("type_", "said", "words"),
    [
        ("resign", "", "to leave: director"),
        ("suspend", "", "suspended: director"),
        ("reinstate", "", "reinstated: director"),
        ("vary", "until = 2023-01-01\n", "other terms: director"),
    ],
)
def test_a_table_says_what_is_announced_of_a_role(run: Run, tmp_path: Path, type_: str, said: str, words: str) -> None:
    """Who is to be suspended is not to leave; nor is whoever is to stay on other terms."""
    path = tmp_path / "oak.toml"
    announced = blocks.event(type_, f'at = 2021-01-01\nstatus = "announced"\n{said}')
    path.write_text(blocks.head("ann", zone="UTC") + blocks.event("appoint", "at = 2020-01-01") + announced)

    assert words in run("snapshot", str(path), columns=120).out
