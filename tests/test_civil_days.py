"""Civil days: where they begin, and that nobody may name one which a zone never had."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from boardsim import loads
from boardsim.cli import COMMANDS
from boardsim.cli.field_options import WORDS as WORDS_TYPED
from boardsim.cli.lazy import LazyCommands
from boardsim.days import day_before, is_skipped, midnight, next_midnight
from boardsim.formats.log.stated import TIMES
from boardsim.formats.schema.times import day_until, moment
from boardsim.problems import Problem
from tests.blocks import event, head
from tests.conftest import Result, Run, ran
from tests.sizes import CI

SAMPLE = (
    "Africa/Cairo",
    "America/Asuncion",
    "America/Havana",
    "America/Juneau",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Antarctica/Casey",
    "Asia/Beirut",
    "Asia/Manila",
    "Pacific/Apia",
    "Pacific/Enderbury",
    "Pacific/Fakaofo",
    "Pacific/Kwajalein",
)
"""Zones that skipped a day, or had one twice, or whose clocks change at midnight, or shortly before or after it."""

ZONES = sorted(available_timezones()) if CI else SAMPLE
FIRST, LAST = 1840, 2037
"""The years in which clocks are looked at: from before there were zones."""

zones = st.sampled_from(SAMPLE) | st.sampled_from(sorted(available_timezones()))
"""Any zone of tzdata, and often one whose days are odd."""


@cache
def transitions(zone: str) -> tuple[datetime, ...]:
    """The instants at which the offset of a zone changed for a month or more."""
    where = ZoneInfo(zone)
    steps = [datetime(year, month, 1, tzinfo=UTC) for year in range(FIRST, LAST + 1) for month in range(1, 13)]
    offsets = [step.astimezone(where).utcoffset() for step in steps]
    changed = (pair for pair, (a, b) in zip(pairwise(steps), pairwise(offsets), strict=True) if a != b)
    return tuple(_transition(start, end, where) for start, end in changed)


def _transition(start: datetime, end: datetime, where: ZoneInfo) -> datetime:
    before = start.astimezone(where).utcoffset()
    while end - start > timedelta(seconds=1):
        middle = start + (end - start) // timedelta(seconds=2) * timedelta(seconds=1)
        start, end = (middle, end) if middle.astimezone(where).utcoffset() == before else (start, middle)
    return end


def days_nearby(zone: str) -> Iterator[date]:
    """The days around those on which the clocks of a zone changed."""
    for change in transitions(zone):
        day = change.astimezone(ZoneInfo(zone)).date()
        yield from (day + timedelta(days=n) for n in (-2, -1, 0, 1))


@st.composite
def zones_and_days(draw: st.DrawFn) -> tuple[str, date]:
    """A zone, and a day on which its clocks changed, or one beside it; often one that is skipped or comes twice."""
    if draw(st.booleans()):
        return draw(st.sampled_from([*SKIPPED, *TWICE]))
    zone = draw(zones.filter(transitions))
    return zone, draw(st.sampled_from([*days_nearby(zone)]))


def skipped_days() -> Iterator[tuple[str, date]]:
    """The days that zones never had."""
    for zone in ZONES:
        shown = {change.astimezone(ZoneInfo(zone)).date() - timedelta(days=1): change for change in transitions(zone)}
        for day, change in shown.items():
            if (change - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < day:
                yield zone, day


SKIPPED = [*skipped_days()]
"""The days that zones never had; under `ci` in all zones."""


def days_twice() -> Iterator[tuple[str, date]]:
    """The days that a calendar showed, and then again after the next one had begun."""
    for zone in ZONES:
        for change in transitions(zone):
            before, after = (at.astimezone(ZoneInfo(zone)).date() for at in (change - timedelta(seconds=1), change))
            if after < before:
                yield zone, after


TWICE = [*days_twice()]
"""Likewise those that they had twice: a whole day at the date line, or some minutes in autumn."""


def test_the_skipped_days_are_those_of_history() -> None:
    """Samoa, Tokelau, the Line and Phoenix Islands and Kwajalein crossed the date line, each without one day."""
    assert {
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Asia/Manila", date(1844, 12, 31)),
    } <= {*SKIPPED}
    assert {("America/Juneau", date(1867, 10, 18)), ("America/St_Johns", date(2006, 10, 28))} <= {*TWICE}


@given(zones_and_days())
def test_a_day_begins_when_the_calendar_first_shows_it(found: tuple[str, date]) -> None:
    """Whatever the clocks do at midnight: no earlier instant shows the day, and of a skipped one none does at all."""
    (zone, day), where = found, ZoneInfo(found[0])
    begins = midnight(day, where)
    steps = {begins - timedelta(minutes=10) * n for n in range(1, 200)} | {begins - timedelta(microseconds=1)}

    assert all(step.astimezone(where).date() < day for step in steps)
    assert zone not in ZONES or is_skipped(day, where) == (found in SKIPPED)
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
    seated = head("ann", name="Oak", zone=zone, id="t") + event("appoint", "at = 1980-01-01")
    return "\n".join([seated, *(f"{block}\n" for block in blocks)])


SCENARIOS = (
    'horizon = {0}\n\n[[change]]\ndrop = "appoint-ann-director"',
    '[[change]]\nretime = "appoint-ann-director"\nto = {0}',
    '[[change]]\namend = "oak"\nset = {{ seats = 5 }}\nfrom = {0}',
    '[[assert]]\nat = {0}\norg = "oak"\ndirector = "ann"',
    '[[unknown]]\nid = "u"\nretime = "appoint-ann-director"\nto = [{0}, 2000-01-01]',
    '[[unknown]]\nid = "u"\nretime = "appoint-ann-director"\nsteps = 2\nfrom = {0}\nuntil = 2030-01-01',
    '[[unknown]]\nid = "u"\nretime = "appoint-ann-director"\nsteps = 2\nfrom = 1700-01-01\nuntil = {0}',
    f"[[event]]\n{KEYS[0]}",
)
"""What a scenario says with a date in it."""


def test_every_key_of_a_log_that_takes_a_date_is_tried() -> None:
    """A key that is new in the format is missing here until it stands in a block above."""
    tried = {
        (kind, key)
        for block in BLOCKS
        for kind, text in [block.removeprefix("[[").split("]]")]
        for key in re.findall(r"(\w+) = \{0\}", text)
    }

    assert tried == {(kind, key) for kind, keys in TIMES.items() for key in keys}


@given(zones_and_days(), st.sampled_from(BLOCKS))
def test_a_key_takes_the_days_that_the_zone_had(found: tuple[str, date], block: str) -> None:
    """Of the others each is reported where it stands, with the days before and after it as a hint."""
    zone, day = found
    problems = loads(log(zone, block.format(day)), "log.toml").problems
    skips = [problem for problem in problems if problem.code == "nonexistent-time"]

    assert bool(skips) == is_skipped(day, ZoneInfo(zone))
    for skip in skips:
        assert skip.message == f"{zone} had no {day}"
        assert str(day) in skip.place.text if skip.place else False


@given(zones_and_days(), st.sampled_from(SCENARIOS))
def test_a_scenario_takes_the_days_that_the_zone_had(found: tuple[str, date], block: str) -> None:
    """In its header, its changes, its assertions, its unknowns and its own events."""
    zone, day = found
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "log.toml").write_text(log(zone), "utf-8")
        scenario = Path(folder, "scenario.toml")
        scenario.write_text(f'[scenario]\nid = "s"\nbase = "log.toml"\n{block.format(day)}\n', "utf-8")
        result = ran("check", str(scenario))

    said = f"error[nonexistent-time]: {zone} had no {day}" in result.err
    assert said == is_skipped(day, ZoneInfo(zone))
    assert result.code == 1 or not said


@pytest.mark.parametrize(("zone", "day"), SKIPPED)
def test_no_key_takes_a_day_that_the_zone_skipped(zone: str, day: date, run: Run, tmp_path: Path) -> None:
    """The command says so of each, and exits with 1."""
    file = tmp_path / "log.toml"
    for block in BLOCKS:
        file.write_text(log(zone, block.format(day)), "utf-8")
        result = run("check", str(file))

        assert result.code == 1, block
        assert f"error[nonexistent-time]: {zone} had no {day}" in result.err, block


GOAL = ("--goal", "oak.director has ann")
WORDS: Mapping[str, tuple[str, ...]] = {
    "replay": (),
    "snapshot": (),
    "diff": (),
    "whatif": ("--change", "drop appoint-ann-director"),
    "ensemble": GOAL,
    "why": ("--role", "director"),
    "power": (),
    "explore": ("--goal", "oak.director < 1"),
    "cause": GOAL,
    "reach": ("--goal", "oak.director < 1"),
    "check": (),
    "export": ("--format", "csv"),
    "page": ("--no-drops", "--json"),
    "plot": (),
    "register": (),
    "boards": (),
    "interlocks": (),
}
"""The commands that ask when, and what else they need."""

BEFORE_IT = {"boards": ("ann",)}
"""What stands before the log."""

TOGETHER = {
    ("diff", "--at"): ("--known", "2020-06-01", "--known", "2021-06-01"),
    ("diff", "--known"): ("--from", "2020-06-01", "--to", "2021-06-01"),
}
"""What an option takes, besides, to mean anything."""

WRITTEN = {
    "record": ("vote", "--motion", "m", "--org", "oak", "--for", "ann"),
    "correct": ("appoint-ann-director", "--note", "n"),
    "retract": ("appoint-ann-director",),
}
"""The commands that write, with an option for every field."""


def asking(command: str) -> Iterator[str]:
    """The options of a command that take an instant."""
    context = typer.Context(LazyCommands(COMMANDS)[command])
    context.meta[WORDS_TYPED] = ("log.toml", *WRITTEN.get(command, ()))
    yield from (option.opts[0] for option in context.command.get_params(context) if "WHEN" in str(option.metavar))


@cache
def options() -> list[tuple[str, str]]:
    """Every option of every command that takes an instant; that somebody was born on a day is said of no zone.

    What is served is the page, by the same options, and it would wait for somebody to look.
    """
    return [
        (command, option)
        for command in COMMANDS
        if command != "serve"
        for option in asking(command)
        if option != "--born"
    ]


def test_every_command_that_asks_when_is_tried() -> None:
    """One that is new is missing here until it has its words above."""
    assert {command for command, _ in options()} == {*WORDS, *WRITTEN}
    assert {("record", "--notice"), ("correct", "--until"), ("retract", "--known"), ("diff", "--to")} <= {*options()}


@given(zones_and_days(), st.deferred(lambda: st.sampled_from(options())))
def test_an_option_takes_the_days_that_the_zone_had(found: tuple[str, date], asked: tuple[str, str]) -> None:
    """Of a question, and of what is to be recorded: else the exit status is 2, and the log stays as it was."""
    (zone, day), (command, option) = found, asked
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "log.toml")
        file.write_text(log(zone), "utf-8")
        result = ran(
            command,
            *BEFORE_IT.get(command, ()),
            str(file),
            *{**WORDS, **WRITTEN}[command],
            *TOGETHER.get(asked, ()),
            option,
            str(day),
        )
        is_as_it_was = file.read_text("utf-8") == log(zone)

    said = f"error[nonexistent-time]: {zone} had no {day}" in result.err
    if "error[unknown-key]" in result.err:  # an option of another type than that of what is corrected
        return
    assert said == is_skipped(day, ZoneInfo(zone)), (result, asked)
    assert not said or (result.code == 2 and is_as_it_was and not result.out)


@given(zones_and_days())
def test_a_date_and_an_assertion_of_the_same_day_agree(found: tuple[str, date]) -> None:
    """Who is appointed on a day sits at its end, for a snapshot and for an assertion; or both refuse the day."""
    zone, day = found
    comes = event("appoint", f"at = {day}", person="bob", role="ceo").strip()
    claim = f'[[assert]]\nat = {day}\norg = "oak"\nceo = "bob"'
    end = moment(str(day), ZoneInfo(zone))
    text = log(zone, '[[person]]\nid = "bob"\nname = "Bob"', comes, claim)
    result = ran_on(text, "check")

    assert (result.code == 0) == (not isinstance(end, Problem))
    if not isinstance(end, Problem):
        assert "Bob" in ran_on(text, "snapshot", "--at", str(day)).out
        assert end.astimezone(ZoneInfo(zone)).date() == day


def ran_on(text: str, command: str, *words: str) -> Result:
    """Run a command on a log."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "log.toml")
        file.write_text(text, "utf-8")
        return ran(command, str(file), *words)
