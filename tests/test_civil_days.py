"""Civil days: where they begin, and that nobody may name one which a zone never had."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardsim.days import day_before, is_skipped, midnight, next_midnight
from boardsim.formats.schema.times import day_until, moment
from boardsim.problems import Problem
from tests.conftest import Result, Run, ran
from tests.sizes import CI

SAMPLE = (
    "Africa/Cairo",
    "America/Asuncion",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Asia/Beirut",
    "Pacific/Apia",
    "Pacific/Enderbury",
    "Pacific/Fakaofo",
    "Pacific/Kwajalein",
)
"""Zones that skipped a day, or whose clocks change at midnight, or a minute after."""

ZONES = sorted(available_timezones()) if CI else SAMPLE


@cache
def transitions(zone: str) -> tuple[datetime, ...]:
    """The instants between 1970 and 2037 at which the offset of a zone changed for a month or more."""
    where = ZoneInfo(zone)
    steps = [datetime(year, month, 1, tzinfo=UTC) for year in range(1970, 2038) for month in range(1, 13)]
    offsets = [step.astimezone(where).utcoffset() for step in steps]
    changed = (pair for pair, (a, b) in zip(pairwise(steps), pairwise(offsets), strict=True) if a != b)
    return tuple(_transition(start, end, where) for start, end in changed)


def _transition(start: datetime, end: datetime, where: ZoneInfo) -> datetime:
    before = start.astimezone(where).utcoffset()
    while end - start > timedelta(seconds=1):
        middle = start + (end - start) // timedelta(seconds=2) * timedelta(seconds=1)
        start, end = (middle, end) if middle.astimezone(where).utcoffset() == before else (start, middle)
    return end


EARLIER = {
    "America/Toronto": (datetime(1919, 3, 31, 4, 30, tzinfo=UTC),),
    "Asia/Manila": (datetime(1844, 12, 31, 16, tzinfo=UTC),),
}
"""Of other times: clocks that were put forward from 23:30 over midnight, and a day that was skipped."""


def days_nearby(zone: str) -> Iterator[date]:
    """The days around those on which the clocks of a zone changed."""
    for change in (*transitions(zone), *EARLIER.get(zone, ())):
        day = change.astimezone(ZoneInfo(zone)).date()
        yield from (day + timedelta(days=n) for n in (-2, -1, 0, 1))


def skipped_days() -> Iterator[tuple[str, date]]:
    """The days that zones never had."""
    for zone in ZONES:
        shown = {change.astimezone(ZoneInfo(zone)).date() - timedelta(days=1): change for change in transitions(zone)}
        for day, change in shown.items():
            if (change - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < day:
                yield zone, day


SKIPPED = [*skipped_days()]


def test_the_skipped_days_are_those_of_history() -> None:
    """Samoa, Tokelau, the Line and Phoenix Islands and Kwajalein crossed the date line, each without one day."""
    assert {
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
    } <= {*SKIPPED}


@given(st.sampled_from(ZONES).filter(transitions), st.data())
def test_a_day_begins_when_the_calendar_first_shows_it(zone: str, data: st.DataObject) -> None:
    """Whatever the clocks do at midnight: no earlier instant shows the day, and of a skipped one none does at all."""
    where = ZoneInfo(zone)
    day = data.draw(st.sampled_from([*days_nearby(zone)]))
    begins = midnight(day, where)
    steps = {begins - timedelta(minutes=10) * n for n in range(1, 200)} | {begins - timedelta(microseconds=1)}

    assert all(step.astimezone(where).date() < day for step in steps)
    assert is_skipped(day, where) == ((zone, day) in SKIPPED)
    assert is_skipped(day, where) == (begins.astimezone(where).date() != day)
    assert midnight(day + timedelta(days=1), where) == next_midnight(day, where)
    assert day_until(begins, where) == day_before(begins.astimezone(where).date(), where)


KEYS = (
    'at = {0}\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'at = 2000-01-01\nknown = {0}\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'at = 2000-01-01\nfiled = {0}\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'at = 2020-01-01\nnot_before = {0}\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'not_after = {0}\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'at = 1980-01-02\ndue = {0}\nstatus = "announced"\ntype = "resign"\nperson = "ann"\norg = "oak"',
    'at = 1980-01-02\nuntil = {0}\ntype = "vary"\nperson = "ann"\norg = "oak"\nrole = "director"',
    'at = 2020-01-01\nnotice = {0}\ntype = "vote"\norg = "oak"\nmotion = "m"\nfor = ["ann"]',
)
"""An event with a date at each key that takes one."""

BLOCKS = (
    *(f"[[event]]\n{keys}" for keys in KEYS),
    '[[assert]]\nat = {0}\norg = "oak"\ndirector = "ann"',
    '[[assert]]\nat = 2020-01-01\nknown = {0}\norg = "oak"\ndirector = "ann"',
    '[[waive]]\nat = {0}\norg = "oak"\ncheck = "x"\nby = "members"\nreason = "r"',
    '[[waive]]\nat = 2000-01-01\nfrom = {0}\norg = "oak"\ncheck = "x"\nby = "members"\nreason = "r"',
    '[[waive]]\nat = 2000-01-01\nuntil = {0}\norg = "oak"\ncheck = "x"\nby = "members"\nreason = "r"',
    '[[org]]\nid = "elm"\nname = "Elm"\ncomplete_from = {0}',
)
"""A block with a date at each key that takes one."""


def log(zone: str, *blocks: str) -> str:
    """A log of that zone in which Ann sits."""
    head = f'[log]\nschema = 1\nid = "t"\ntimezone = "{zone}"\n\n[[org]]\nid = "oak"\nname = "Oak"\n\n'
    seated = '[[event]]\ntype = "appoint"\nat = 1980-01-01\nperson = "ann"\norg = "oak"\nrole = "director"'
    return "\n\n".join([head + '[[person]]\nid = "ann"\nname = "Ann"', seated, *blocks]) + "\n"


@pytest.mark.parametrize(("zone", "day"), SKIPPED)
def test_no_key_takes_a_day_that_the_zone_skipped(zone: str, day: date, run: Run, tmp_path: Path) -> None:
    """Each of them is reported where it stands, with the days before and after it as a hint."""
    file = tmp_path / "log.toml"
    for block in BLOCKS:
        file.write_text(log(zone, block.format(day)), "utf-8")
        result = run("check", str(file))

        assert result.code == 1, block
        assert f"error[nonexistent-time]: {zone} had no {day}" in result.err, block


OPTIONS = (
    ("snapshot", "--at"),
    ("snapshot", "--known"),
    ("replay", "--from"),
    ("replay", "--to"),
    ("diff", "--from"),
    ("power", "--at"),
    ("power", "--known"),
)


@pytest.mark.parametrize(("zone", "day"), SKIPPED)
def test_no_option_takes_a_day_that_the_zone_skipped(zone: str, day: date, run: Run, tmp_path: Path) -> None:
    """Neither those of questions, nor those of what is recorded; the log stays as it was."""
    file = tmp_path / "log.toml"
    file.write_text(log(zone), "utf-8")
    recorded = (
        ("record", str(file), "resign", "--person", "ann", "--org", "oak", option, str(day)) for option in KEYED
    )
    for words in (*((command, str(file), option, str(day)) for command, option in OPTIONS), *recorded):
        result = run(*words)

        assert result.code == 2, words
        assert f"error[nonexistent-time]: {zone} had no {day}" in result.err, words
    assert file.read_text("utf-8") == log(zone)


KEYED = ("--at", "--known", "--not-before", "--not-after", "--filed", "--due")


@given(st.sampled_from(ZONES).filter(transitions), st.data())
def test_a_date_and_an_assertion_of_the_same_day_agree(zone: str, data: st.DataObject) -> None:
    """Who is appointed on a day sits at its end, for a snapshot and for an assertion; or both refuse the day."""
    day = data.draw(st.sampled_from([*days_nearby(zone)]))
    event = f'[[event]]\ntype = "appoint"\nat = {day}\nperson = "bob"\norg = "oak"\nrole = "ceo"'
    claim = f'[[assert]]\nat = {day}\norg = "oak"\nceo = "bob"'
    found = moment(str(day), ZoneInfo(zone))
    text = log(zone, '[[person]]\nid = "bob"\nname = "Bob"', event, claim)
    result = ran_on(text, "check")

    assert (result.code == 0) == (not isinstance(found, Problem))
    if not isinstance(found, Problem):
        assert "Bob" in ran_on(text, "snapshot", "--at", str(day)).out


def ran_on(text: str, command: str, *words: str) -> Result:
    """Run a command on a log."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "log.toml")
        file.write_text(text, "utf-8")
        return ran(command, str(file), *words)
