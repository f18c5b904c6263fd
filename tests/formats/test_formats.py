"""The two forms of a log say the same: what is written is read back as it was, and times are never guessed."""

import json
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import tomli
from attrs import evolve
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from boardsim import (
    Appoint,
    Bylaws,
    Log,
    Org,
    Person,
    Problem,
    Role,
    Statement,
    Threshold,
    Vote,
    audit,
    load_case,
    loads,
)
from boardsim.days import midnight, next_midnight
from boardsim.events import OPEN
from boardsim.formats.log.encode import records
from boardsim.formats.schema import times
from boardsim.formats.schema.times import as_day, moment, parse_iso, resolved
from boardsim.formats.syntax import jsonl
from boardsim.formats.syntax import toml_writer as toml
from tests.sizes import tries
from tests.strategies import ZONES, logs, reachable, texts

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
CASES = ("apple-1985", "openai-2023")

LOS_ANGELES, LONDON, KOLKATA = map(ZoneInfo, ("America/Los_Angeles", "Europe/London", "Asia/Kolkata"))


def as_toml(log: Log) -> tuple[str, str]:
    """The log as TOML, and a file name for it."""
    return toml.write(log), "log.toml"


def as_jsonl(log: Log) -> tuple[str, str]:
    """The log as JSON Lines, and a file name for it."""
    return jsonl.write(records(log)), "log.jsonl"


FORMS: list[Callable[[Log], tuple[str, str]]] = [as_toml, as_jsonl]


def read_back(form: Callable[[Log], tuple[str, str]], log: Log) -> Log:
    """The log after it has been written and read, which must go without a problem."""
    loaded = loads(*form(log))
    assert loaded.problems == []
    return loaded.log


def same(one: Log, other: Log) -> None:
    """The two logs are equal, part by part, so that a difference is easy to read."""
    for mine, yours in zip(one.events, other.events, strict=True):
        assert mine == yours
    for name in ("orgs", "people", "roles", "assertions"):
        assert getattr(one, name) == getattr(other, name)
    assert one == other


# ---------------------------------------------------------------------------------------------------------------------
# Whole logs


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=tries(60), phases=PHASES)
@given(log=logs(words=texts))
def test_what_is_written_reads_as_it_was(form: Callable[[Log], tuple[str, str]], log: Log) -> None:
    """A log that is written and read again is the same log, in every zone and with any text."""
    same(read_back(form, log), log)


@settings(max_examples=tries(40), phases=PHASES)
@given(logs(words=texts))
def test_toml_is_written_once_and_for_all(log: Log) -> None:
    """The text of a log that was read from its own text is that text, and so are its JSON Lines."""
    for form in FORMS:
        assert form(read_back(form, log)) == form(log)
    assert as_jsonl(read_back(as_toml, log)) == as_jsonl(log)


@settings(max_examples=tries(40), phases=PHASES)
@given(logs(words=texts))
def test_other_readers_read_the_same_toml(log: Log) -> None:
    """The standard library's reader finds in the text just what ours finds, and as many blocks as were written."""
    text = toml.write(log)
    tables = tomllib.loads(text)

    assert tables == tomli.loads(text)
    assert len(tables.get("event", [])) == len(log.events)
    assert [table["id"] for table in tables.get("event", [])] == [event.id for event in log.events]
    assert tables["log"]["timezone"] == log.timezone


def test_control_characters_are_escaped() -> None:
    """What a log may not hold, and a program has put into one all the same, is at least no broken TOML."""
    text = "".join(map(chr, (*range(32), 127)))
    log = Log(events=(Statement(id="s", at=datetime(2024, 1, 1, tzinfo=UTC), text=text),))

    assert tomllib.loads(toml.write(log))["event"][0]["text"] == text


@settings(max_examples=tries(20), phases=PHASES)
@given(logs(words=texts))
def test_every_line_of_jsonl_is_an_object(log: Log) -> None:
    """A log has one line for each of its blocks, and each is a JSON object with a type and all instants in UTC."""
    lines = [json.loads(line) for line in jsonl.write(records(log)).split("\n") if line]
    blocks = (log.orgs, log.people, log.roles, log.events, log.assertions, log.waivers)

    assert len(lines) == 1 + sum(map(len, blocks))
    assert all(line["type"] for line in lines)
    assert all(len(line["at"]) == 10 or line["at"].endswith("Z") for line in lines if "at" in line)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("form", FORMS)
def test_the_bundled_cases_survive_an_export(form: Callable[[Log], tuple[str, str]], case: str) -> None:
    """A bundled log that is exported and read again is equal to itself."""
    log = load_case(case).log

    same(read_back(form, log), log)


exact = st.fractions(0, 1, max_denominator=9999)


@pytest.mark.parametrize("form", FORMS)
@given(rule=st.builds(Threshold, fraction=exact, strict=st.booleans()).filter(reachable), name=texts)
@settings(max_examples=tries(40), phases=PHASES)
def test_rules_of_any_name_and_fraction_survive(
    form: Callable[[Log], tuple[str, str]], rule: Threshold, name: str
) -> None:
    """A rule keeps its name, whatever characters are in it, and its fraction, exactly."""
    name = name.replace("\n", " ").replace("\t", " ").strip()
    org = Org(id="o", name="O", bylaws=Bylaws().amended({"rules": {name: rule}, "quorum": rule}))
    log = Log(
        orgs=(org,), events=(Vote(id="v", at=midnight(date(2024, 1, 1), LONDON), org="o", motion="?", rule=name),)
    )

    same(read_back(form, log), log)


# ---------------------------------------------------------------------------------------------------------------------
# Time in a log

DAYS = [date(2023, 11, 5), date(2024, 3, 31), date(1971, 12, 31), date(1906, 1, 1), date(2011, 12, 30), date(2, 1, 1)]
MORE_ZONES = (*ZONES, "America/Havana", "Pacific/Apia", "Asia/Beirut", "Africa/Cairo")
"""Among them clocks that change at midnight, and one that left out a day."""


def seated(zone: str, *events: Appoint) -> Log:
    """A log of one organization in that zone."""
    orgs, people = (Org(id="o", name="O"),), (Person(id="ann", name="Ann"),)
    return Log(timezone=zone, orgs=orgs, people=people, events=events)


def becomes_ceo(at: datetime, **facts: Any) -> Appoint:
    """Ann becomes chief executive."""
    return Appoint(**{"id": "a", "at": at, "person": "ann", "org": "o", "role": "ceo", **facts})


days = st.sampled_from(DAYS) | st.dates(date(1890, 1, 1), date(2040, 1, 1))


@settings(max_examples=tries(60), phases=PHASES)
@given(days, st.sampled_from(MORE_ZONES))
def test_a_day_stays_a_day(day: date, zone: str) -> None:
    """An event dated by a day of the log's zone lasts from midnight to midnight there, and is written as a day."""
    start, end = midnight(day, ZoneInfo(zone)), next_midnight(day, ZoneInfo(zone))
    log = seated(zone, becomes_ceo(start, not_before=start, not_after=end))

    for form in FORMS:
        same(read_back(form, log), log)
    if start < end:
        assert tomllib.loads(toml.write(log))["event"][0]["at"] == day
        assert as_day(start, end, ZoneInfo(zone)) == day
        assert as_day(start, end - timedelta(microseconds=1), ZoneInfo(zone)) is None
        assert as_day(start + timedelta(microseconds=1), end, ZoneInfo(zone)) is None


@settings(max_examples=tries(80), phases=PHASES)
@given(
    st.datetimes(datetime(1890, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds are naive
    | st.sampled_from([datetime(2023, 11, 5, 9, tzinfo=UTC), datetime(2024, 3, 31, 1, tzinfo=UTC)]),
    st.sampled_from(MORE_ZONES),
)
def test_an_instant_stays_an_instant(at: datetime, zone: str) -> None:
    """Whatever the clocks of the log's zone did, an instant is read as it was, to the microsecond."""
    log = seated(zone, *(becomes_ceo(at + timedelta(minutes=30 * n), id=f"a{n}") for n in range(4)))

    for form in FORMS:
        same(read_back(form, log), log)


def test_times_are_written_on_the_clocks_of_the_zone() -> None:
    """TOML shows the hour twice that the clocks had twice, each with its offset; odd old offsets are shown in UTC."""
    first, second = (datetime(2023, 11, 5, hour, 30, tzinfo=UTC) for hour in (8, 9))
    both = seated("America/Los_Angeles", becomes_ceo(first), becomes_ceo(second, id="b"))
    old = seated("Africa/Monrovia", becomes_ceo(datetime(1971, 1, 1, tzinfo=UTC)))

    assert "at = 2023-11-05T01:30:00-07:00" in toml.write(both)
    assert "at = 2023-11-05T01:30:00-08:00" in toml.write(both)
    assert "at = 1971-01-01T00:00:00+00:00" in toml.write(old)


HEADER = """
[log]
schema = 1
timezone = "Asia/Kolkata"
[[org]]
id = "o"
name = "O"
[[person]]
id = "ann"
name = "Ann"
"""


def read(text: str) -> Log:
    """The log of a text below a header with zone, organization and person."""
    loaded = loads(HEADER + text, "log.toml")
    assert loaded.problems == []
    return loaded.log


def test_a_date_is_a_day_in_the_zone_of_the_log() -> None:
    """A date stands for its whole day: `at` is its first instant and its bounds are its two midnights, in that zone."""
    log = read('[[event]]\ntype = "statement"\nid = "s"\ntext = "?"\nat = 2024-01-02\n')
    event = log.events[0]

    assert event.at == event.known == event.not_before == datetime(2024, 1, 1, 18, 30, tzinfo=UTC)
    assert event.not_after == datetime(2024, 1, 2, 18, 30, tzinfo=UTC)


def test_an_assertion_about_a_date_is_about_its_end() -> None:
    """A dated assertion is checked at the last instant of that day, and so is what is known by a date."""
    assertion = read('[[assert]]\nat = 2024-01-02\nknown = 2024-01-03\norg = "o"\nceo = "none"\n').assertions[0]

    assert assertion.at == datetime(2024, 1, 2, 18, 29, 59, 999999, tzinfo=UTC)
    assert assertion.known == datetime(2024, 1, 3, 18, 29, 59, 999999, tzinfo=UTC)


def test_a_bound_that_is_a_date_includes_the_day() -> None:
    """`not_before` a date means from its first instant, `not_after` until its last; the end of a term likewise."""
    text = (
        '[[event]]\ntype = "appoint"\nperson = "ann"\norg = "o"\nrole = "ceo"\nuntil = 2025-01-01\n'
        "at = 2024-01-02T12:00:00Z\nnot_before = 2024-01-01\nnot_after = 2024-01-03\n"
    )
    event = read(text).events[0]

    assert event.span == (datetime(2023, 12, 31, 18, 30, tzinfo=UTC), datetime(2024, 1, 3, 18, 30, tzinfo=UTC))
    assert isinstance(event, Appoint)
    assert event.until == datetime(2025, 1, 1, 18, 30, tzinfo=UTC)


def test_two_bounds_are_a_span_without_a_best_guess_too() -> None:
    """Where `at` is left out, the earliest time on record counts; it was not before it."""
    text = (
        '[[event]]\ntype = "statement"\ntext = "x"\n'
        "not_before = 2024-01-02T12:00:00Z\nnot_after = 2024-01-03T12:00:00Z\n"
    )
    event = read(text).events[0]

    assert event.precision == "by"
    assert event.span == (datetime(2024, 1, 2, 12, tzinfo=UTC), datetime(2024, 1, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize("bound", ["not_after = 2024-01-01", "known = 2024-01-01"])
def test_bounds_in_the_wrong_order_are_warned_of_without_a_best_guess_too(bound: str) -> None:
    """Nothing took effect in no time; the latest one counts alone, as it did in logs that nobody was warned of."""
    text = f'[[event]]\ntype = "statement"\ntext = "x"\nnot_before = 2024-01-03\n{bound}\n'
    log = read(text)
    (problem,) = audit(log)

    assert (problem.code, problem.severity) == ("empty-span", "warning")
    assert log.events[0].span is not None
    assert log.events[0].span[0] == OPEN


# ---------------------------------------------------------------------------------------------------------------------
# Time on the command line


def problem(found: datetime | Problem) -> Problem:
    """The problem that it is."""
    assert isinstance(found, Problem)
    return found


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2023-11-17", LOS_ANGELES, "2023-11-18T07:59:59.999999Z"),
        ("2023-11-05", LOS_ANGELES, "2023-11-06T07:59:59.999999Z"),  # a day of 25 hours
        ("2024-03-31", LONDON, "2024-03-31T22:59:59.999999Z"),  # a day of 23 hours
        ("2023-11-17T12:00", LOS_ANGELES, "2023-11-17T20:00:00Z"),
        ("2023-11-17T12:00", KOLKATA, "2023-11-17T06:30:00Z"),
        ("2023-11-17T12:28:50-08:00", KOLKATA, "2023-11-17T20:28:50Z"),
        ("2023-11-17T20:28:50Z", LONDON, "2023-11-17T20:28:50Z"),
        ("2023-11-05T01:30-08:00", LOS_ANGELES, "2023-11-05T09:30:00Z"),
    ],
)
def test_a_moment_is_read_in_the_zone_unless_it_has_an_offset(text: str, zone: ZoneInfo, instant: str) -> None:
    """A date is the end of its day in the zone, a clock time is of the zone, and an offset overrules the zone."""
    found = moment(text, zone)

    assert isinstance(found, datetime)
    assert times.iso(found) == instant


def test_a_time_that_was_twice_is_ambiguous() -> None:
    """A clock time in the hour that the clocks repeat is a problem that names both offsets."""
    found = problem(moment("2023-11-05T01:30", LOS_ANGELES))

    assert found.code == "ambiguous-time"
    assert "2023-11-05 01:30:00" in found.message
    assert found.hint.endswith("-07:00 or -08:00")


def test_a_time_that_never_was_is_nonexistent() -> None:
    """A clock time in the hour that the clocks skip is a problem with an offset to write instead."""
    found = problem(moment("2024-03-31T01:30", LONDON))

    assert found.code == "nonexistent-time"
    assert "2024-03-31 01:30:00" in found.message
    assert found.hint.endswith("+01:00")


@settings(max_examples=tries(150), phases=PHASES)
@given(
    st.datetimes(datetime(1890, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001 -- clock times are naive
    | st.builds(
        lambda day, minute: datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute),
        st.sampled_from(DAYS),
        st.integers(0, 24 * 60 - 1),
    ),
    st.sampled_from(MORE_ZONES),
)
def test_a_clock_time_is_resolved_iff_the_clock_showed_it_once(local: datetime, zone: str) -> None:
    """Of all instants near a clock time, those at which the clocks showed it are none, one, or two: three answers."""
    where = ZoneInfo(zone)
    offsets = {(local.replace(tzinfo=UTC) + timedelta(days=d)).astimezone(where).utcoffset() for d in (-2, -1, 0, 1, 2)}
    shown = set()
    for offset in offsets:
        assert offset is not None
        candidate = local.replace(tzinfo=UTC) - offset
        if candidate.astimezone(where).replace(tzinfo=None, fold=0) == local:
            shown.add(candidate)
    found = resolved(local, where)

    if len(shown) == 1:
        assert {found} == shown
    else:
        assert problem(found).code == ("ambiguous-time" if shown else "nonexistent-time")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2023-13-01", "2023-02-30", "17.11.2023", "2023-11-17T25:00", "0001-01-01", "9999-12-31"]
)
def test_what_is_no_moment_is_a_problem(text: str) -> None:
    """A text that is not a date or time, names one that does not exist, or lies too far out is unreadable."""
    assert problem(moment(text, KOLKATA)).code == "unreadable-instant"


def test_only_iso_is_read() -> None:
    """A date is read as a date, a date-time as a date-time, and anything else as nothing."""
    assert parse_iso("2023-11-17") == date(2023, 11, 17)
    assert parse_iso("2023-11-17T12:00:00+00:00") == datetime(2023, 11, 17, 12, tzinfo=UTC)
    assert parse_iso("Nov 17, 2023") is None


@pytest.mark.parametrize("week", ["2023-W46", "2023W46", "2023-W46T12:00", "2023W46T1200", "2023-W46 12:00+00:00"])
def test_a_week_is_no_day(week: str) -> None:
    """Which day of it is meant is not guessed; a day of the week names a day."""
    found = moment(week, LONDON)

    assert isinstance(found, Problem)
    assert found.code == "unreadable-instant"
    assert parse_iso(week) is None
    assert parse_iso("2023-W46-5") == parse_iso("2023W465") == date(2023, 11, 17)


def test_an_instant_needs_an_offset() -> None:
    """A program that gives a time without an offset is told so."""
    with pytest.raises(ValueError, match="no UTC offset"):
        times.instant("2023-11-17T12:00:00")
    with pytest.raises(ValueError, match="no UTC offset"):
        Statement(id="s", at=datetime(2023, 11, 17), text="?")  # noqa: DTZ001 -- that is the point


def test_a_zone_that_does_not_exist_is_none() -> None:
    """An unknown zone is not guessed, and paths are no zones."""
    assert [times.zone(name) for name in ("Mars/Olympus", "", "../etc/passwd", "\0")] == [None] * 4
    assert times.zone("Asia/Kolkata") == KOLKATA


def test_what_has_its_default_is_not_written() -> None:
    """An event's block holds its type, its id and what somebody said of it, and nothing else."""
    event = becomes_ceo(datetime(2024, 1, 1, 12, tzinfo=UTC), id="a")
    log = evolve(seated("UTC", event), roles=(Role(id="scribe", kind="office"),))
    blocks: dict[str, Any] = tomllib.loads(toml.write(log))

    assert blocks["event"] == [
        {"type": "appoint", "id": "a", "at": event.at, "person": "ann", "org": "o", "role": "ceo"}
    ]
    assert blocks["org"] == [{"id": "o", "name": "O"}]
