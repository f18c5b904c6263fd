"""Mermaid: a line a tenure, dates only, and in words what a bar cannot show."""

import re

from hypothesis import given, settings

from boardsim import Log, replay
from tests.corrections import corrected_logs
from tests.exports.written import exported
from tests.sizes import tries
from tests.strategies import logs

DAY = r"\d{4}-\d{2}-\d{2}"
TASK = re.compile(rf"^    (?P<label>[^:;#]|#\d+;)+ :(crit, )?(done|active), t\d+, {DAY}, ({DAY}|1d)$")


def tasks(text: str) -> list[str]:
    """The lines that are tenures."""
    return [line for line in text.splitlines() if re.search(r" :(crit, )?(done|active), t", line)]


def test_uncertain_dates_are_in_words() -> None:
    """A year is said beside the bar; so are a bound, doubt, and that no end is on record."""
    found = tasks(exported("mermaid", roles=["director", "secretary"], orgs=["helios"]))

    assert found == [
        "    Nominees#59; Ltd#58; #35;1 (since by 1992-01-01, no end on record) :active, t1, 1992-01-01, 2024-01-10",
        "    Ada Moreno (since 2019, until 2023-05) :done, t2, 2019-01-01, 2023-05-01",
        '    =HYPERLINK("Ben") (disputed, no end on record) :crit, active, t3, 2020-03-01, 2024-01-10',
    ]


def test_what_is_a_sign_of_the_language_is_spelled() -> None:
    """A title with a semicolon, a colon or a hash breaks nothing."""
    assert exported("mermaid").splitlines()[1] == (
        '    title Helios#58; a board#59; with #35;signs, "quotes" & <brackets>'
    )


@settings(max_examples=tries(60))
@given(logs(max_events=14) | corrected_logs())
def test_any_log_makes_lines_of_the_language(log: Log) -> None:
    """One line a tenure, each a task; sections and heading besides, and nothing else."""
    history = replay(log)
    text = exported("mermaid", history)
    found = tasks(text)

    assert len(found) == sum(len(history.tenures(org)) for org in history.timelines)
    assert [line for line in found if not TASK.match(line)] == []
    others = [line for line in text.splitlines()[4:] if line not in found]
    assert all(line.startswith("    section ") for line in others)
