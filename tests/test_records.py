"""Records: what stands of a log with corrections, at every state of knowledge, against the log that says only that."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from boardsim import Event, Log, Retract, Statement, Withdraw, loads, replay
from boardsim.formats.log import encode
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from boardsim.records import as_known, newest, retracted, standing, taken_back_by
from tests.blocks import event as appointed
from tests.blocks import head
from tests.corrections import corrected_logs, named
from tests.sizes import tries
from tests.strategies import instants

few = settings(max_examples=tries(60))


def reference(log: Log, written: list[Event], known: datetime | None) -> Log:
    """The log that holds of each record only the statement that stands, in the order of the design's words."""
    zone, names = ZoneInfo(log.timezone), named(written)
    place = {event.id: number for number, event in enumerate(written)}

    def public(event: Event) -> datetime:
        local = event.known.astimezone(zone)
        start, end = midnight(local.date(), zone), midnight(local.date() + timedelta(days=1), zone)
        if start != event.known or not start <= event.at < end:
            return event.known
        return end - timedelta(microseconds=1) if isinstance(event, Retract) else event.at

    seen = [event for event in written if known is None or public(event) <= known]
    seen.sort(key=lambda event: (public(event), place[event.id]))
    retractions = [event for event in seen if isinstance(event, Retract)]
    counts: dict[str, bool] = {}
    for retraction in reversed(retractions):
        counts[retraction.id] = not any(counts.get(o.id) and o.event == retraction.id for o in retractions)
    standing = []
    for name in dict.fromkeys(names.values()):
        versions = [event for event in seen if names[event.id] == name]
        against = [r for r in retractions if counts[r.id] and names.get(r.event) == name]
        if not versions or (len([e for e in written if names[e.id] == name]) == 1 and against):
            continue
        last = max((*versions, *against), key=lambda event: (public(event), place[event.id]))
        if last in versions and not isinstance(last, Retract):
            standing.append(cited(last, names))
    standing.sort(key=lambda event: place[event.id])
    return evolve(log, events=tuple(standing))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins; in UTC, as an hour that a clock skipped equals no other."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def cited(event: Event, names: Mapping[str, str]) -> Event:
    """The version under the name of its record, which cites others by theirs."""
    said: dict[str, Any] = {"id": names[event.id], "corrects": None}
    said["because"] = tuple(tuple(names[cause] for cause in clause) for clause in event.because)
    said |= {"before": names[event.before]} if event.before else {}
    said |= {"event": names[event.event]} if hasattr(event, "event") else {}
    return evolve(event, **said)


def placed(log: Log) -> list[Event]:
    """The events of a generated log in the order in which they were told."""
    return (
        sorted(log.events, key=lambda event: log.events.places.get(event.id, 0)) if log.events.places else [*log.events]
    )


@few
@given(corrected_logs(), st.data())
def test_a_log_with_corrections_is_the_log_that_says_only_what_stands(log: Log, data: st.DataObject) -> None:
    """At every state of knowledge, rulings and states are those of the log that never said what was wrong."""
    known = data.draw(st.none() | st.sampled_from(instants(log)))

    found, expected = replay(log, known=known), replay(reference(log, placed(log), known))

    ruled = [(event, r.kind) for event, r in zip(found.events, found.rulings, strict=True)]
    assert [(event, kind) for event, kind in ruled if not isinstance(event, Retract)] == [
        (event, ruling.kind) for event, ruling in zip(expected.events, expected.rulings, strict=True)
    ]
    for org in log.orgs:
        assert found.state(org.id) == expected.state(org.id)


@few
@given(corrected_logs())
def test_a_log_with_corrections_is_written_as_it_was(log: Log) -> None:
    """Corrections keep the place of their record when a log is written and read again, in either form."""
    read = loads(toml.write(log), "log.toml").log
    for text, name in ((toml.write(read), "log.toml"), (jsonl.write(encode.written(read)), "log.jsonl")):
        again = loads(text, name).log
        assert (again.events, again.record_names) == (read.events, read.record_names)
        assert as_known(again) == as_known(read)


@few
@given(corrected_logs(), st.data())
def test_what_stands_of_one_record_is_what_stands_of_all(log: Log, data: st.DataObject) -> None:
    """Asked for some records by name, whichever retractions were taken out, it is what the whole log comes to."""
    events = log.events
    dropped = frozenset(data.draw(st.sets(st.sampled_from([e.id for e in events if isinstance(e, Retract)] or [""]))))
    names = {log.record_of(event.id) for event in events}
    whole = {event.id: event for event in as_known(log, None, dropped)}

    assert standing(log, names, retracted(log, dropped)) == whole


@pytest.mark.parametrize(("hour", "is_known"), [(0, False), (11, False), (12, True), (23, True)])
def test_nothing_is_known_before_it_took_effect_that_day(hour: int, *, is_known: bool) -> None:
    """Where only the day is on record on which something became known, it did not before it happened on that day."""
    day = datetime(2024, 3, 1, tzinfo=UTC)
    said = Statement(id="said", at=day.replace(hour=12), known=day, org="acme", text="x")
    log = Log(events=(said,))

    assert bool(as_known(log, day.replace(hour=hour))) == is_known


@pytest.mark.parametrize("hour", [0, 12])
def test_a_retraction_is_known_when_its_day_is_over(hour: int) -> None:
    """Where only the day is on record on which it was taken back, it stood in the last but one instant of that day."""
    day = datetime(2024, 3, 1, tzinfo=UTC)
    said = Statement(id="said", at=day, org="acme", text="x")
    takes_back = Retract(id="back", at=day.replace(hour=hour), known=day, event="said")
    log, midnight = Log(events=(said, takes_back)), day + timedelta(days=1)

    assert [*as_known(log, day.replace(hour=12))] == [said]
    assert [*as_known(log, midnight - timedelta(microseconds=2))] == [said]
    assert [*as_known(log, midnight - timedelta(microseconds=1))] == [takes_back]


def test_what_takes_effect_on_the_next_day_is_known_on_the_day_before() -> None:
    """Midnight is of the day that begins with it, so that the record of the day before says it in advance."""
    day = datetime(2024, 3, 1, tzinfo=UTC)
    said = Statement(id="said", at=day + timedelta(days=1), known=day, org="acme", text="x")

    assert [*as_known(Log(events=(said,)), day + timedelta(hours=1))] == [said]


NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def words(name: str, **said: Any) -> Event:
    """Words that stand in a log, all at one instant."""
    return Statement(id=name, at=NOON, org="acme", text=name, **said)


def back(name: str, event: str, hours: int = 1) -> Event:
    """A retraction, known some hours later."""
    return Retract(id=name, at=NOON + timedelta(hours=hours), event=event)


def standing_ids(*events: Event, dropped: frozenset[str] = frozenset(), known: datetime | None = None) -> list[str]:
    """The ids of what stands, in order, without the retractions."""
    return [event.id for event in as_known(Log(events=events), known, dropped) if not isinstance(event, Retract)]


def test_what_came_before_something_that_was_taken_back_has_its_own_place() -> None:
    """It was just before another of its instant, as long as that one is on record; it is so again once that stands."""
    told = (words("one"), words("two"), words("three", before="one"))
    gone = NOON + timedelta(hours=1)

    assert standing_ids(*told) == ["three", "one", "two"]
    assert standing_ids(*told, back("gone", "one")) == ["two", "three"]
    assert standing_ids(*told, back("gone", "one"), dropped=frozenset({"gone"})) == ["three", "one", "two"]
    assert standing_ids(*told, back("gone", "one"), back("again", "gone", 2)) == ["three", "one", "two"]
    assert standing_ids(*told, back("gone", "one"), back("again", "gone", 2), known=gone) == ["two", "three"]


def test_what_came_before_something_that_is_not_known_yet_has_its_own_place() -> None:
    """In the view of an earlier day it was just before nothing, and so comes where it stands in the log."""
    told = (words("one", known=NOON + timedelta(hours=1)), words("two"), words("three", before="one"))

    assert standing_ids(*told, known=NOON) == ["two", "three"]
    assert standing_ids(*told, known=NOON + timedelta(hours=1)) == ["three", "one", "two"]


@pytest.mark.parametrize(("dropped", "stands"), [((), ["text"]), (("again",), []), (("gone", "again"), ["text"])])
def test_a_corrected_record_stands_again_when_its_retraction_is_taken_back(
    dropped: tuple[str, ...], stands: list[str]
) -> None:
    """A retraction that is itself retracted was never made, of a record with corrections as of any other."""
    text = words("text")
    corrected = words("text-2", corrects="text", known=NOON + timedelta(minutes=1))

    assert standing_ids(
        text, corrected, back("gone", "text"), back("again", "gone", 2), dropped=frozenset(dropped)
    ) == (stands)


@pytest.mark.parametrize("made", ["2020-01-04", "2020-01-04T00:00:00Z", "2020-01-04T00:00:01Z"])
def test_a_retraction_of_a_day_is_taken_back_on_that_day(made: str) -> None:
    """It counts from the end of the day, and what takes it back from its own hour: all the same it was never made."""
    text = head("ann", zone="UTC") + appointed("appoint", 'at = 2020-01-01\nid = "joins"')
    text += f'\n[[event]]\ntype = "retract"\nid = "gone"\nat = {made}\nevent = "joins"\n'
    text += '\n[[event]]\ntype = "retract"\nid = "again"\nat = 2020-01-04T12:00:00Z\nevent = "gone"\n'
    loaded = loads(text, "log.toml")
    hours = [None, *(datetime(2020, 1, 4, 12, tzinfo=UTC) + timedelta(hours=hour) for hour in (0, 1, 12, 24))]

    assert loaded.problems == []
    assert [[event.id for event in replay(loaded.log, known=known).events] for known in hours] == [
        ["joins", "again"]
    ] * 5


def test_what_is_taken_back_before_it_is_known_does_not_stand_until_it_is_corrected() -> None:
    """Whatever is said of it later: a correction that nobody knows of yet makes no difference to what was known."""
    hours = [NOON + timedelta(hours=hour) for hour in range(1, 5)]
    text, gone = words("text", known=hours[1]), back("gone", "text", 0)
    corrected = words("text-2", corrects="text", known=hours[3])

    assert [standing_ids(text, gone, known=known) for known in hours] == [[], [], [], []]
    assert [standing_ids(text, gone, corrected, known=known) for known in hours] == [[], [], [], ["text"]]


def test_of_retractions_in_a_circle_the_later_in_the_log_counts() -> None:
    """No file can say so, but a program: two take back each other at once; others of that instant count as ever."""
    circle = (back("red", "blue"), back("blue", "red"))
    log = Log(events=(words("one"), words("two"), back("gone", "one"), *circle, back("also", "red")))
    reverse = Log(events=(words("one"), words("two"), *reversed(circle), back("gone", "one"), back("more", "gone")))

    assert [event.id for event in as_known(log)] == ["two", "gone", "blue", "also"]
    assert [event.id for event in as_known(reverse)] == ["one", "two", "red", "more"]


def test_whoever_takes_back_a_record_is_told_from_whoever_withdraws_it() -> None:
    """An announcement can be both withdrawn and retracted, and only the second takes back the record."""
    off = Withdraw(id="off", at=NOON, org="acme", event="told")
    events = (words("told"), words("other"), off, back("wrong", "other"), back("gone", "told"))

    assert taken_back_by(events, "told") == events[-1]
    assert taken_back_by(events[:-1], "told") is None


def test_a_correction_stands_where_what_it_corrects_was_left_out() -> None:
    """A first block that cannot be read is not in the log, and what is asked of its record is of the correction."""
    corrected = words("text-2", corrects="text")
    log = Log(events=(corrected,))

    [stands] = as_known(log)
    assert (stands.id, stands.block) == ("text", "text-2")
    assert standing(log, ["text"], retracted(log, frozenset())) == {"text": stands}


def test_the_newest_versions_of_what_nobody_corrected_are_the_events_in_their_order() -> None:
    """Of two at one instant the first by the log stays the first, though it became known later."""
    at = datetime(2024, 3, 1, 12, tzinfo=UTC)
    told_later = Statement(id="told-later", at=at, text="First.", known=at + timedelta(days=3))
    told_then = Statement(id="told-then", at=at, text="Second.")

    assert [event.id for event in newest(Log(events=(told_later, told_then)))] == ["told-later", "told-then"]
