"""Waivers: what is broken while somebody does without a rule is shown, and does not count."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from boardsim import Waiver, replay
from boardsim.checks import CHECKS, ConfiguredCheck, Finding, compared
from boardsim.checks.report import Rules, idle_waivers, report
from boardsim.checks.report import findings as found_in
from boardsim.checks.waivers import waived, waived_at
from boardsim.loading.rules import rules_of
from tests.checks.test_checks import day, director, event, leaves
from tests.conftest import Run
from tests.helios import findings, log

ALONE = director("ada-moreno", day(1)) + director("ben-okafor", day(10)) + leaves("ben-okafor", day(20))
END = day(20)


def waiver(since: datetime | None = None, until: datetime | None = None, **more: str) -> Waiver:
    """The members do without the least size of the board for that time."""
    said: dict[str, Any] = {"check": "board_min", "org": "helios", "by": "members", "reason": "A search is on.", **more}
    return Waiver(at=day(2), since=since, until=until, **said)


def broken() -> list[Finding]:
    """A board of one that should have two: from the 1st to the 10th, and from the 20th on."""
    found = findings(ALONE, "board_min", minimum=2)
    assert [(one.since, one.until) for one in found] == [(day(1), day(10)), (day(20), None)]
    return found


@pytest.mark.parametrize(
    ("since", "until", "concerned", "covered"),
    [
        (None, None, [True, True], [True, True]),
        (day(1), day(10), [True, False], [True, False]),
        (day(2), day(10), [True, False], [False, False]),
        (day(1), day(9), [True, False], [False, False]),
        (None, day(1), [False, False], [False, False]),
        (day(10), day(20), [False, False], [False, False]),
        (day(20), None, [False, True], [False, True]),
        (day(20), day(21), [False, True], [False, True]),  # the log knows of nothing after the 20th
        (day(20), day(20) + timedelta(microseconds=1), [False, True], [False, True]),  # just after it, it is over
        (day(20), day(20), [False, False], [False, False]),
        (day(21), None, [False, True], [False, False]),
        (day(5), day(25), [True, True], [False, True]),
    ],
)
def test_the_part_within_is_waived(
    since: datetime | None, until: datetime | None, concerned: list[bool], covered: list[bool]
) -> None:
    """From its beginning, inclusive, to its end, exclusive; what is waived to the last instant of the log is waived."""
    own = list(waived(broken(), [waiver(since, until)], END))

    assert [bool(one.waivers) for one in own] == concerned
    assert [one.is_waived for one in own] == covered


def test_waivers_that_follow_one_another_are_as_good_as_one() -> None:
    """In whatever order they stand; a gap of an instant between them is none."""
    first, second = waiver(None, day(4)), waiver(day(4), day(30))
    gap = waiver(day(4) + timedelta(microseconds=1))

    assert all(one.is_waived for one in waived(broken(), [second, first], END))
    assert [one.is_waived for one in waived(broken(), [gap, first], END)] == [False, True]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), max_size=4), st.integers(1, 30))
def test_at_an_instant_one_waiver_that_holds_is_enough(spans: list[tuple[int, int]], at: int) -> None:
    """What is broken at an instant is waived if, and only if, some waiver holds then; in all, if one holds each day."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    own = [waiver(start + timedelta(a), start + timedelta(a + length)) for a, length in spans]
    held = [[a <= n < a + length for a, length in spans] for n in range(32)]
    finding = evolve(broken()[0], since=start, until=start + timedelta(31))
    [whole] = waived([finding], own, END)
    [then] = waived_at([whole], start + timedelta(at))

    assert then.is_waived == any(held[at])
    assert whole.is_waived == all(any(held[n]) for n in range(31))


def test_another_rule_and_another_board_are_not_waived() -> None:
    """A waiver is of one rule at one organization."""
    others = [waiver(check="board_max"), waiver(org="helios-audit")]

    assert all(not one.waivers for one in waived(broken(), others, END))


def test_what_a_single_event_breaks_is_waived_at_its_instant() -> None:
    """A breach without a length is waived by whatever holds just then."""
    finding = evolve(broken()[0], since=day(5), until=day(5))

    for since, until, expected in ((day(5), None, True), (None, day(5), False), (day(4), day(6), True)):
        [one] = waived([finding], [waiver(since, until)], END)
        assert (one.is_waived, bool(one.waivers)) == (expected, expected)


WAIVED = '\n[[waive]]\nat = 2020-01-02\ncheck = "{}"\norg = "helios"\n{}by = "members"\nreason = "A search is on."\n'
MINIMUM = "\n[org.bylaws]\nminimum = 2\n"


def case(tmp_path: Path, *waivers: str) -> Path:
    """The log of a board of one, with its waivers."""
    from boardsim.checks.examples import PRELUDE  # noqa: PLC0415 -- a text

    path = tmp_path / "log.toml"
    text = PRELUDE.replace('name = "Helios Ltd"\n', f'name = "Helios Ltd"\n{MINIMUM}', 1)
    text = text.replace('name = "Helios Ltd"\n', 'name = "Helios Ltd"\nprofile = "default"\n')
    path.write_text(text + ALONE + "".join(waivers))
    return path


def test_a_waived_finding_is_shown_and_does_not_count(run: Run, tmp_path: Path) -> None:
    """The check passes, and says what is waived, by whom, until when and why; as data, too."""
    path = str(case(tmp_path, WAIVED.format("board_min", ""), WAIVED.format("board_min", "until = 2020-01-05\n")))
    result = run("check", path, "--strict")
    data = json.loads(run("check", path, "--json").out)["findings"]

    assert result.code == 0
    assert "note[board_min]: waived: Helios Ltd: the board has 1 of at least 2 directors" in result.err
    assert "waived, by the members on 2020-01-02: A search is on." in result.err
    assert "waived until the end of 2020-01-05, by the members on 2020-01-02: A search is on." in result.err
    assert [(one["severity"], len(one["waived"])) for one in data] == [("note", 2), ("note", 1)]
    assert data[0]["waived"][1] == {
        "at": "2020-01-02T00:00:00Z",
        "at_text": "2020-01-02",
        "from": None,
        "from_text": None,
        "until": "2020-01-06T00:00:00Z",
        "until_text": "2020-01-05",
        "by": "members",
        "reason": "A search is on.",
    }


def test_what_is_waived_in_part_counts(run: Run, tmp_path: Path) -> None:
    """The rest of it is as grave as it was, and at an instant only what holds then matters."""
    path = str(case(tmp_path, WAIVED.format("board_min", "until = 2020-01-05\n")))

    assert run("check", path).code == 1
    assert "error[board_min]: Helios Ltd: the board has 1" in run("check", path, "--at", "2020-01-07").err
    at = run("check", path, "--at", "2020-01-04")
    assert (at.code, "note[board_min]: waived: " in at.err) == (0, True)


def test_a_waiver_of_nothing_is_noted(run: Run, tmp_path: Path) -> None:
    """A rule that is kept, or that the organization is not held to; not one that the reader did not ask for."""
    path = str(case(tmp_path, WAIVED.format("board_max", ""), WAIVED.format("removal_body", "")))
    hints = [one["hint"] for one in json.loads(run("check", path, "--json").out)["findings"] if "waives" in one["code"]]

    assert hints == ["the rule is not broken in its time", "the organization is not held to that rule"]
    assert "waives-nothing" not in run("check", path, "board_min").err


def test_nobody_does_without_a_rule_that_there_is_not(run: Run, tmp_path: Path) -> None:
    """A misspelt check is an error when the log is checked, and is not recorded."""
    path = str(case(tmp_path, WAIVED.format("board_mn", "")))
    assert (run("check", path).code, "did you mean 'board_min'?" in run("check", path).err) == (1, True)

    own = str(case(tmp_path))
    words = ("--at", "2020-01-20", "--org", "helios", "--by", "court", "--reason", "Too small.")
    assert "error[unknown-check]" in run("record", own, "waive", "--check", "board_mn", *words).err
    recorded = run("record", own, "waive", "--check", "board_min", *words, "--until", "2020-12-31")
    assert (recorded.code, recorded.out) == (0, "waive board_min at helios\n")
    assert Path(own).read_text().endswith('until = 2020-12-31\nby = "court"\nreason = "Too small."\n')
    assert run("check", own).code == 0


def test_what_is_never_remedied_lasts_until_the_end_of_the_log() -> None:
    """A waiver that is over before the log is does not cover it; one that lasts until then does."""
    alone = director("ada-moreno", day(1)) + event("statement", day(20), text="I am still alone.")
    check = CHECKS["board_min"]
    use = ConfiguredCheck(check=check, parameters={**check.parameters, "minimum": 2}, severity="error")

    for until, severity in ((day(5), "error"), (day(20), "error"), (day(21), "note")):
        history = replay(evolve(log(alone), waivers=(waiver(until=until),)))
        assert [problem.severity for problem, _ in report(history, Rules(uses={"helios": [use]}))] == [severity]


def test_each_waiver_is_looked_at_by_itself() -> None:
    """One that waives something does not hide another that waives nothing."""
    history = replay(evolve(log(ALONE), waivers=(waiver(), waiver(check="board_max"))))
    uses = [
        ConfiguredCheck(check=CHECKS[name], parameters={**CHECKS[name].parameters, **more}, severity="error")
        for name, more in (("board_min", {"minimum": 2}), ("board_max", {}))
    ]

    assert [one.message for one in idle_waivers(history, Rules(uses={"helios": uses}))] == [
        "the waiver of 'board_max' at 'helios' waives nothing"
    ]


def test_worlds_are_compared_without_waivers(run: Run, tmp_path: Path) -> None:
    """What a scenario breaks newly is told, whatever was waived of the record."""
    case(tmp_path, WAIVED.format("board_min", ""))
    scenario = tmp_path / "s.toml"
    name = "ben-okafor-in-010-0000"
    scenario.write_text(f'[scenario]\nid = "s"\nbase = "log.toml"\n\n[[change]]\ndrop = "{name}"\n')
    checked = run("check", str(scenario))

    assert "for longer: Helios Ltd: the board has 1 of at least 2 directors" in checked.err
    assert "error[board_min]" in checked.err
    assert "waived" not in checked.err


def test_a_scenario_cannot_waive(run: Run, tmp_path: Path) -> None:
    """Waivers are of the record."""
    case(tmp_path)
    scenario = tmp_path / "s.toml"
    scenario.write_text('[scenario]\nid = "s"\nbase = "log.toml"\n' + WAIVED.format("board_min", ""))

    assert "error[unknown-block]: a scenario has no 'waive' blocks" in run("check", str(scenario)).err


def test_a_log_without_events_has_nothing_to_waive() -> None:
    """Where nothing has happened nothing is broken, and nobody is told that a waiver is idle."""
    empty = evolve(log(""), waivers=(waiver(),))
    history, rules = replay(empty), rules_of(empty)

    assert (list(report(history, rules)), list(idle_waivers(history, rules))) == ([], [])
    assert compared(found_in(history, rules), []) == []


def test_a_waiver_of_a_rule_that_nobody_asked_for_is_not_noted() -> None:
    """Whoever asks for some rules is not told that a waiver is of another; of all that the log names it is said."""
    history = replay(evolve(log(ALONE), waivers=(waiver(check="removal_body"),)))

    used = ConfiguredCheck(check=CHECKS["removal_body"], parameters={"bodies": [], "by_articles": []}, severity="error")

    assert list(idle_waivers(history, Rules(uses={}))) == []
    assert [one.hint for one in idle_waivers(history, Rules(uses={"helios": [used]}))] == [
        "the rule is not broken in its time"
    ]
    assert [one.code for one in idle_waivers(history, Rules(uses={}, is_own=True))] == ["waives-nothing"]
    unknown = replay(evolve(log(ALONE), waivers=(waiver(check="board_mn"),)))
    assert list(idle_waivers(unknown, Rules(uses={}, is_own=True))) == []  # which is a problem of its own
