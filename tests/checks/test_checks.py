"""Checks: that each does what its own examples say, and what `boardsim check` makes of their findings."""

import json
import os
import re
import runpy
import shlex
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from boardsim import Appoint, load_case, loads, replay
from boardsim import checks as governance
from boardsim.checks import CHECKS, Check, ConfiguredCheck, Finding, Situation, available
from boardsim.checks.examples import ADA, BEN, PRELUDE, appoint, death, resign
from boardsim.checks.intervals import Interval
from boardsim.loading.profiles import bundled_profiles, load_profile
from tests.conftest import ROOT, Run
from tests.helios import findings, found, log
from tests.sizes import some

ALL = [*CHECKS.values()]
by_name = pytest.mark.parametrize("check", ALL, ids=lambda check: check.name)


def day(number: int, month: int = 1) -> datetime:
    """A day of 2020."""
    return datetime(2020, month, number, tzinfo=UTC)


def event(type_: str, at: datetime, **keys: Any) -> str:
    """A block of a log about Helios."""
    lines = {"org": "helios", **keys}
    values = "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())
    return f'\n[[event]]\ntype = "{type_}"\nat = {at.isoformat()}\n{values}'


def director(person: str, at: datetime, **keys: Any) -> str:
    """A director is appointed."""
    return event("appoint", at, id=f"{person}-in-{at:%j}-{at:%H%M}", person=person, role="director", **keys)


def leaves(person: str, at: datetime) -> str:
    """A director resigns."""
    return event("resign", at, id=f"{person}-out-{at:%j}-{at:%H%M}", person=person, role="director")


# ---------------------------------------------------------------------------------------------------------------------
# Every check by its own examples


def test_every_file_of_the_rules_is_a_check_of_its_name() -> None:
    """A rule is found by listing the folder, and is called what its file is called."""
    files = sorted((ROOT / "src" / "boardsim" / "checks" / "rules").glob("[a-z]*.py"))

    assert [file.stem for file in files] == [*CHECKS]


@by_name
def test_the_passing_example_passes(check: Check) -> None:
    """A check's own passing example has no finding of it."""
    assert check.passing
    assert findings(check.passing, check.name) == []


@by_name
def test_the_failing_example_fails(check: Check) -> None:
    """With the failing events added, the check finds something, and it begins with an event of those or a birthday."""
    history = replay(log(check.passing + check.failing))
    added = {event.id for event in history.events} - {event.id for event in log(check.passing).events}
    findings_ = governance.run(history, {"helios": [_used(check)]})

    assert findings_
    assert {finding.event.id for finding in findings_ if finding.event} <= added
    assert {finding.check for finding in findings_} == {check.name}


@by_name
def test_the_examples_are_logs_that_anybody_can_run(check: Check, run: Run, tmp_path: Path) -> None:
    """What `boardsim check` is given is the prelude and the events: it is silent of the one and speaks of the other."""
    example = tmp_path / "helios.toml"
    example.write_text(PRELUDE + check.passing)
    assert run("check", str(example), check.name, "--strict").err == ""
    example.write_text(PRELUDE + check.passing + check.failing)
    assert f"[{check.name}]: Helios Ltd: " in run("check", str(example), check.name).err


@by_name
def test_findings_are_intervals(check: Check) -> None:
    """A step is wrong at its own instant; all else there, or from one instant until a later one, or for good."""
    for finding in findings(check.passing + check.failing, check.name):
        assert finding.event is None or check.history or finding.event.at == finding.since
        assert finding.remedied_by is None or finding.remedied_by.at == finding.until
        if check.step:
            assert (finding.until, finding.remedied_by) == (finding.since, None)
        else:
            at_its_event = finding.event is not None and finding.event.at == finding.since == finding.until
            assert finding.until is None or finding.until > finding.since or at_its_event


@by_name
def test_the_examples_add_up(check: Check) -> None:
    """The passing events alone are sound facts, and the kernel refuses none of them."""
    assert {ruling.kind for ruling in replay(log(check.passing)).rulings} == {"effective"}


@by_name
def test_checks_explain_themselves(check: Check) -> None:
    """A check says its rule in one sentence, where the rule comes from, and who looks at what."""
    assert check.rule.endswith(".")
    assert len(check.source) > 10
    assert sum(kind is not None for kind in (check.state, check.step, check.history)) == 1
    assert bool(check.watches) == (check.state is not None)
    assert bool(check.events or check.decisions) == (check.step is not None)


@by_name
def test_messages_speak_of_people_by_name(check: Check) -> None:
    """A finding's message names people as they are called, not by their ids, and ends without a full stop."""
    for finding in findings(check.passing + check.failing, check.name):
        assert not finding.message.endswith(".")
        assert "-moreno" not in finding.message.replace(finding.event.id if finding.event else "", "")


@by_name
def test_parameters_can_be_written_in_a_profile(check: Check, tmp_path: Path) -> None:
    """A profile that repeats every default is sound and changes nothing; beside it are the checks of every profile."""
    written = "".join(f"{key} = {json.dumps(value)}\n" for key, value in check.parameters.items())
    profile = tmp_path / "ours.toml"
    profile.write_text(f'[profile]\nid = "ours"\n\n[checks.{check.name}]\n{written}')

    assert tomllib.loads(written) == dict(check.parameters)
    everywhere = (other for other in ALL if other.everywhere and other is not check)
    assert load_profile(str(profile), CHECKS).uses == (_used(check), *map(_used, everywhere))


@pytest.mark.parametrize("name", [check.name for check in ALL if check.by_tenure])
def test_what_is_found_by_tenure_is_found_in_each_of_them(name: str) -> None:
    """A check that says so finds in an organization what it finds in one with each of its tenures alone."""
    tenures = [appoint(ADA), appoint(BEN, at="2020-02-01") + resign(BEN, at="2020-08-01")]
    ends = death(BEN, at="2020-03-01") + event("dissolve", day(1, month=7))

    def told(story: str) -> set[tuple[str, datetime, datetime | None]]:
        return {(one.message, one.since, one.until) for one in findings(story + ends, name)}

    assert told("".join(tenures)) == told(tenures[0]) | told(tenures[1]) != set()


def _used(check: Check) -> ConfiguredCheck:
    return ConfiguredCheck(check=check, parameters=check.parameters, severity=check.severity)


# ---------------------------------------------------------------------------------------------------------------------
# Intervals

TWO = director("ada-moreno", day(1)) + director("ben-okafor", day(1))


def spans(found: Iterable[Finding]) -> list[tuple[datetime, datetime | None, str | None, str | None]]:
    """From when until when, by which event, and by which one remedied."""
    return [
        (f.since, f.until, f.event.id if f.event else None, f.remedied_by.id if f.remedied_by else None) for f in found
    ]


def test_a_breach_lasts_from_the_event_that_makes_it_to_the_one_that_mends_it() -> None:
    """A finding begins with the event that breaks the rule and ends with the one that remedies it."""
    story = TWO + leaves("ben-okafor", day(5)) + director("carla-ruiz", day(9))

    assert spans(findings(story, "board_min", minimum=2)) == [
        (day(5), day(9), "ben-okafor-out-005-0000", "carla-ruiz-in-009-0000")
    ]


def test_a_breach_that_nobody_mends_is_open() -> None:
    """A finding without an end says so."""
    assert spans(findings(TWO + leaves("ben-okafor", day(5)), "board_min", minimum=2)) == [
        (day(5), None, "ben-okafor-out-005-0000", None)
    ]


def test_what_is_broken_and_mended_in_one_instant_never_was() -> None:
    """A director who leaves and one who comes at the same instant leave no gap."""
    story = TWO + leaves("ben-okafor", day(5)) + director("carla-ruiz", day(5))

    assert findings(story, "board_min", minimum=2) == []


def test_what_is_mended_and_broken_in_one_instant_was_broken_all_the_time() -> None:
    """A breach is not cut in two where one instant remedies it and breaks it again."""
    story = (
        TWO
        + leaves("ben-okafor", day(5))
        + director("carla-ruiz", day(7))
        + leaves("carla-ruiz", day(7))
        + director("dev-shah", day(9))
    )

    assert spans(findings(story, "board_min", minimum=2)) == [
        (day(5), day(9), "ben-okafor-out-005-0000", "dev-shah-in-009-0000")
    ]


def test_a_rule_broken_twice_is_found_twice() -> None:
    """Each breach is a finding of its own."""
    story = TWO + leaves("ben-okafor", day(5)) + director("carla-ruiz", day(6)) + leaves("ada-moreno", day(7))

    assert [span[:2] for span in spans(findings(story, "board_min", minimum=2))] == [(day(5), day(6)), (day(7), None)]


def test_a_spell_that_ends_twice_has_ended() -> None:
    """Nothing is left of a spell once its end was asked for."""
    spell = Interval()
    spell.observe(day(1), None, "wrong")

    assert spell.end() is not None
    assert spell.end() is None


def test_before_the_first_director_there_is_no_board_to_be_too_small() -> None:
    """Bylaws that are adopted before the first appointment break nothing; an empty board after it does."""
    early = event("amend", day(1), set=None).replace("set = null", "set = { minimum = 1 }")
    story = early + director("ada-moreno", day(2)) + leaves("ada-moreno", day(3))

    assert [span[:2] for span in spans(findings(story, "board_min"))] == [(day(3), None)]
    assert [span[:2] for span in spans(findings(story, "quorum_reachable"))] == [(day(3), None)]


@pytest.mark.parametrize(("days", "severity"), [(0, "error"), (3, "error"), (4, "warning")])
def test_a_breach_within_the_time_to_mend_it_is_a_warning(days: int, severity: str) -> None:
    """`cure_days` makes a warning of an error that did not last longer."""
    story = TWO + leaves("ben-okafor", day(5)) + director("carla-ruiz", day(9))

    assert [f.severity for f in findings(story, "board_min", minimum=2, cure_days=days)] == [severity]


@pytest.mark.parametrize(("days", "severity"), [(0, "error"), (3, "error"), (4, "warning")])
def test_an_open_breach_has_lasted_until_the_last_event(days: int, severity: str) -> None:
    """What is not remedied by the end of the log has lasted so long, as far as anybody knows."""
    story = TWO + leaves("ben-okafor", day(5)) + event("statement", day(9), text="We are looking for somebody.")

    assert [f.severity for f in findings(story, "board_min", minimum=2, cure_days=days)] == [severity]


@pytest.mark.parametrize("severity", ["warning", "note"])
def test_what_is_no_error_needs_no_time_to_mend_it(severity: Any) -> None:
    """`cure_days` makes an error a warning, and nothing else: a profile's warning or note stays what it is."""
    check = CHECKS["board_min"]
    use = ConfiguredCheck(check=check, parameters={"minimum": 3, "cure_days": 4}, severity=severity)

    assert [one.severity for one in governance.run(replay(log(TWO)), {"helios": [use]})] == [severity]


def test_what_was_mended_in_time_stays_a_warning() -> None:
    """However long the log goes on after that."""
    story = TWO + leaves("ben-okafor", day(5)) + director("carla-ruiz", day(9))
    later = event("statement", day(28), text="All is well.")

    assert [f.severity for f in findings(story + later, "board_min", minimum=2, cure_days=4)] == ["warning"]


def test_a_birthday_mends_what_no_event_does() -> None:
    """A director who is too young is old enough from the beginning of the birthday, in the log's zone."""
    [finding] = findings(director("kit-young", day(1)), "minimum_age")

    assert spans([finding]) == [(day(1), datetime(2031, 1, 1, tzinfo=UTC), "kit-young-in-001-0000", None)]


def test_nobody_is_of_an_age_after_the_end_of_the_log() -> None:
    """That directors will be old one day is not a finding as long as the log does not reach that day."""
    story = director("ada-moreno", day(1))

    assert findings(story, "age_share") == []
    assert findings(story, "age_share", age=50) == []
    later = event("statement", datetime(2020, 3, 1, tzinfo=UTC), text="Still here.")
    [finding] = findings(story + later, "age_share", age=50)
    assert spans([finding]) == [(datetime(2020, 3, 1, tzinfo=UTC), None, None, None)]


@pytest.mark.parametrize(
    ("name", "keys"),
    [("independent_majority", {}), ("interested_share", {"interested": True})],
)
def test_what_is_not_on_record_is_said_to_be_unknown(name: str, keys: dict[str, bool]) -> None:
    """Nobody is guessed to be independent, or disinterested: the message says of how many it is not on record."""
    story = director("ada-moreno", day(1)) + director("ben-okafor", day(1), **keys)

    assert [f.message.partition("; ")[2] for f in findings(story, name)] == [f"of {2 - len(keys)} it is not on record"]


def test_a_controlled_company_needs_no_independent_majority() -> None:
    """A company with a parent is exempt where the profile says so."""
    text = PRELUDE.replace('name = "Helios Ltd"', 'name = "Helios Ltd"\ncontrolled_by = "helios-audit"')
    history = replay(loads(text + director("ada-moreno", day(1)), "helios.toml").log)
    check = CHECKS["independent_majority"]
    strict = evolve(_used(check), parameters={**check.parameters, "controlled_exempt": False})

    assert governance.run(history, {"helios": [_used(check)]}) == []
    assert len(governance.run(history, {"helios": [strict]})) == 1


def test_a_sole_director_may_act_where_the_articles_ask_for_no_more() -> None:
    """A quorum of two binds a sole director, unless the rules let one act and no bylaw of its own asks for more.

    A quorum of two is that of the model articles; a minimum of two, and a larger quorum, can only be the company's own.
    """
    alone = director("ada-moreno", day(1))
    two = event("amend", day(1), set=None).replace("set = null", "set = { minimum = 2 }")

    assert len(findings(alone, "quorum_reachable", floor=2)) == 1
    pair = two.replace("minimum = 2", "quorum = { least = 2 }")
    for free in ("", pair):
        assert findings(free + alone, "quorum_reachable", floor=2, sole_director_acts=True) == []
    for bound in (two, pair.replace("least = 2", "least = 3")):
        assert len(findings(bound + alone, "quorum_reachable", floor=2, sole_director_acts=True)) == 1
    for floor in (0, 1):  # where the law asks for no two, neither do the model articles
        assert len(findings(pair + alone, "quorum_reachable", floor=floor, sole_director_acts=True)) == 1


def test_a_board_of_companies_needs_one_human_being() -> None:
    """Where one human being is enough, a company beside her is not a finding, and a board of companies is."""
    story = director("ada-moreno", day(1)) + director("orion-ltd", day(1))

    assert findings(story, "natural_person", every=False) == []
    [finding] = findings(story + leaves("ada-moreno", day(3)), "natural_person", every=False)
    assert finding.message == "no director is a human being: Orion Ltd"


def test_a_board_without_an_audit_committee() -> None:
    """Where the log knows of no committee of that kind, the board has none from its first director on."""
    [finding] = findings(director("ada-moreno", day(2)), "audit_committee", committee="risk")

    assert (finding.message, finding.since, finding.until) == ("the board has no risk committee", day(2), None)
    [over] = findings(
        director("ada-moreno", day(2)) + leaves("ada-moreno", day(4)), "audit_committee", committee="risk"
    )
    assert over.until == day(4)


# ---------------------------------------------------------------------------------------------------------------------
# Checks that fail, and checks of others


def broken(now: Situation) -> NoReturn:
    """A check with a mistake in it."""
    raise ZeroDivisionError(f"{now.org.id} by nothing")


FAULTY = Check(name="faulty", rule="No.", source="nobody", severity="note", watches=frozenset({"board"}), state=broken)


@pytest.mark.parametrize(
    "check",
    [
        FAULTY,
        evolve(FAULTY, watches=frozenset(), state=None, events=(Appoint,), step=broken),
        evolve(FAULTY, watches=frozenset(), state=None, history=lambda *_: 1 / 0),  # type: ignore[arg-type]
    ],
    ids=["state", "step", "history"],
)
def test_a_check_that_raises_is_at_fault_and_the_rest_go_on(check: Check) -> None:
    """A check's own failure is an error of that check, whatever its severity, and the others find what they find."""
    history = replay(log(TWO + leaves("ben-okafor", day(5))))
    least = evolve(_used(CHECKS["board_min"]), parameters={"minimum": 2, "cure_days": 0})
    found = governance.run(history, {"helios": [_used(check), least]})
    faults = [finding for finding in found if finding.check == "faulty"]

    assert [finding.check for finding in found if finding not in faults] == ["board_min"]
    assert faults
    assert {finding.severity for finding in faults} == {"error"}
    assert all("this check itself failed: ZeroDivisionError" in finding.message for finding in faults)


def test_an_empty_log_asks_nothing() -> None:
    """Without events there is nothing to find, not even by a check that fails."""
    failing = evolve(FAULTY, watches=frozenset(), state=None, history=lambda *_: 1 / 0)  # type: ignore[arg-type]

    assert governance.run(replay(log("")), {"helios": [_used(check) for check in (*ALL, failing)]}) == []


def plug_in(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    """Let another package announce checks."""
    points = [EntryPoint(name, value, "boardsim.checks") for name, value in values.items()]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points if group == "boardsim.checks" else [])


def test_other_packages_add_checks(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    """A check from an entry point is listed, and can be asked for by name."""
    plug_in(monkeypatch, faulty="tests.checks.test_checks:FAULTY")
    path = tmp_path / "helios.toml"
    path.write_text(PRELUDE + TWO)

    assert available()["faulty"].rule == FAULTY.rule
    assert "faulty" in run("check", "--list").out
    result = run("check", str(path), "faulty")
    assert result.code == 1
    assert "error[faulty]: Helios Ltd: this check itself failed: ZeroDivisionError: helios by nothing" in result.err


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no_such_module:CHECK", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("tests.checks.test_checks:day", "TypeError: tests.checks.test_checks:day is not a Check"),
    ],
)
def test_a_check_that_cannot_be_loaded_says_so(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path, value: str, why: str
) -> None:
    """A package whose check is broken stops nobody; the list says what is wrong, and running it is an error."""
    plug_in(monkeypatch, theirs=value)
    path = tmp_path / "helios.toml"
    path.write_text(PRELUDE + TWO)

    assert f"it could not be loaded ({why})" in run("check", "--list").out
    assert run("check", str(path)).code == 0
    assert f"error[theirs]: Helios Ltd: this check itself failed: {why}" in run("check", str(path), "theirs").err


# ---------------------------------------------------------------------------------------------------------------------
# The command


@pytest.fixture
def helios(tmp_path: Path) -> str:
    """A log in which Helios has one director too few for a while, and a company on its board."""
    path = tmp_path / "helios.toml"
    story = TWO + leaves("ben-okafor", day(5)) + director("orion-ltd", day(9))
    path.write_text(PRELUDE + story)
    (tmp_path / "ours.toml").write_text(
        '[profile]\nid = "ours"\n\n[checks.board_min]\nminimum = 2\n\n[checks.natural_person]\nseverity = "warning"\n'
    )
    return str(path)


def ours(helios: str) -> tuple[str, str]:
    """The option for the profile beside the log."""
    return "--profile", str(Path(helios).parent / "ours.toml")


def test_silence_when_all_is_well(run: Run, helios: str) -> None:
    """A log that breaks nothing is answered with nothing, and 0."""
    result = run("check", helios, "chair_is_director")

    assert (result.code, result.out, result.err) == (0, "", "")


def test_errors_are_told_with_their_place_and_time(run: Run, helios: str) -> None:
    """A finding says where, which rule, who, what, from when until when, what remedied it, and by which law."""
    result = run("check", helios, *ours(helios))
    text = Path(helios).read_text()
    line = text[: text.rindex("[[event]]", 0, text.index("ben-okafor-out"))].count("\n") + 1

    assert result.code == 1
    assert result.err.startswith(
        f"{helios}:{line}:1: error[board_min]: Helios Ltd: the board has 1 of at least 2 directors\n"
        "       = from 2020-01-05 00:00:00 +00:00, by 'ben-okafor-out-005-0000'\n"
        "       = until 2020-01-09 00:00:00 +00:00, remedied by 'orion-ltd-in-009-0000'\n"
        f"       = rule: {CHECKS['board_min'].rule}\n"
        f"       = source: {CHECKS['board_min'].source}\n"
    )


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_findings_fit_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """On a terminal no line of a finding is longer than the terminal is wide, and a pipe breaks none."""
    monkeypatch.chdir(ROOT)  # from where the path is short
    wide, piped = (
        run("check", "scenarios/openai-2023", "--notes", columns=columns).err,
        run("check", "scenarios/openai-2023", "--notes").err,
    )

    assert max(map(len, wide.splitlines())) <= columns
    assert " ".join(wide.split()) == " ".join(piped.split())


def test_a_rule_is_told_once(run: Run) -> None:
    """However often a rule is broken, it is told with its source where it is broken first."""
    text = run("check", "openai-2023", "--notes", "--limit", "0").err

    assert text.count("note[authority_present]") > 20
    assert text.count(CHECKS["authority_present"].rule) == 1
    assert text.count("= source: 8 Del. C. § 141(b), (f) and (j): ") == 1


def test_notes_are_shown_to_who_asks(run: Run) -> None:
    """What breaks nothing is left out, in words and in data, unless it is asked for, or its check is by name."""
    assert run("check", "openai-2023").err == ""
    assert json.loads(run("check", "openai-2023", "--json").out)["findings"] == []
    assert "note[notice_given]" in run("check", "openai-2023", "--notes").err
    assert "note[notice_given]" in run("check", "openai-2023", "notice_given").err


def test_names_choose_checks_and_keep_the_parameters_of_the_profile(run: Run, helios: str) -> None:
    """Only the named checks are run: with the profile's parameters and severity, or else their own."""
    assert "board_min" not in run("check", helios, "natural_person", *ours(helios)).err
    assert "warning[natural_person]" in run("check", helios, "natural_person", *ours(helios)).err
    assert "error[natural_person]" in run("check", helios, "natural_person").err
    assert "at least 2" in run("check", helios, "board_min", *ours(helios)).err


def test_warnings_count_only_when_strict(run: Run, helios: str) -> None:
    """A warning alone leaves 0, and 1 under --strict; a note never counts."""
    command = ("check", helios, "natural_person", *ours(helios))

    assert run(*command).code == 0
    assert run(*command, "--strict").code == 1
    assert run("check", helios, "sole_director", "--strict").code == 0
    assert "note[sole_director]" in run("check", helios, "sole_director").err


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        ("2020-01-04T23:59:59Z", []),
        ("2020-01-05T00:00:00Z", ["board_min"]),
        ("event:ben-okafor-out-005-0000", ["board_min"]),
        ("2020-01-08T23:59:59Z", ["board_min"]),
        ("before:orion-ltd-in-009-0000", ["board_min"]),
        ("2020-01-09T00:00:00Z", ["natural_person"]),
        ("2030-01-01", ["natural_person"]),
    ],
)
def test_at_an_instant(run: Run, helios: str, at: str, codes: list[str]) -> None:
    """`--at` shows what is broken then: from the first instant on, no longer at the last."""
    found = json.loads(run("check", helios, "--at", at, "--json", *ours(helios)).out)["findings"]

    assert [finding["code"] for finding in found] == codes


def test_json_has_the_interval(run: Run, helios: str) -> None:
    """As data, a finding has its code, severity, event, organization and interval; an open one has no end."""
    result = run("check", helios, "--json", *ours(helios))
    first, second = json.loads(result.out)["findings"]

    assert result.code == 1
    assert first["code"] == "board_min"
    assert (first["org"], first["event"]) == ("helios", "ben-okafor-out-005-0000")
    assert (first["from"], first["until"]) == ("2020-01-05T00:00:00Z", "2020-01-09T00:00:00Z")
    assert (first["by"], first["remedied_by"]) == (None, "orion-ltd-in-009-0000")
    assert (first["required"], first["source"]) == (CHECKS["board_min"].rule, CHECKS["board_min"].source)
    assert (second["severity"], second["until"], second["remedied_by"]) == ("warning", None, None)


def test_the_list_shows_every_check_and_profile(run: Run) -> None:
    """`--list` has each check with its rule and source, and each profile with its checks, as text and as data."""
    text = run("check", "--list").out
    data = json.loads(run("check", "--list", "--json").out)

    assert all(part in text for check in ALL for part in (check.name, check.rule, check.source))
    assert {check["name"]: check["parameters"] for check in data["checks"]} == {c.name: dict(c.parameters) for c in ALL}
    assert [profile["id"] for profile in data["profiles"]] == [*bundled_profiles()]


@pytest.mark.parametrize("name", [*bundled_profiles()])
def test_bundled_profiles_are_sound(name: str) -> None:
    """A bundled profile is called as its file is, has a title, and names checks that there are."""
    profile = load_profile(name, CHECKS)

    assert (profile.id, bool(profile.title), bool(profile.uses)) == (name, True, True)
    assert len({use.check.name for use in profile.uses}) == len(profile.uses)


SCENARIOS = sorted(path for path in (ROOT / "scenarios").glob("*/*.toml") if path.name != "log.toml")


@pytest.mark.parametrize("path", some(SCENARIOS, 7), ids=lambda path: path.stem)
def test_worlds_break_a_rule_only_where_something_breaks(run: Run, path: Path) -> None:
    """Of the bundled worlds one breaks a rule: all directors walk out, and nobody is left to be a board or a quorum."""
    found = json.loads(run("check", str(path), "--json").out)["findings"]
    broken = {finding["code"] for finding in found if finding["severity"] == "error"}
    assert {finding["code"] for finding in found} <= set(available())

    assert broken == ({"board_min", "quorum_reachable"} if path.stem == "board-walks-out" else set())


def test_what_had_no_effect_breaks_no_rule(run: Run) -> None:
    """Who finds no free seat in another world did not take one, and a ballot without a seat is not counted."""
    director = run("check", str(ROOT / "scenarios/openai-2023/microsoft-director.toml")).err
    toner = run("check", str(ROOT / "scenarios/openai-2023/toner-had-left.toml")).err

    assert "vacancy_needed" not in director
    assert "warning[lawful_voters]: OpenAI, Inc.: Helen Toner has a ballot and no seat on the board" in toner


@pytest.mark.parametrize("case", ["openai-2023", "apple-1985"])
def test_bundled_cases_break_no_rule_of_their_own(run: Run, case: str) -> None:
    """The record of the bundled cases has notes at most under the profile of its own organization."""
    assert run("check", case, "--strict").code == 0


# ---------------------------------------------------------------------------------------------------------------------
# The page about checks

PAGE = ROOT / "docs" / "checks.md"
SHOWN = re.compile(r"(?<=^```text\n)\$ (boardsim [^\n]*)\n(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def test_the_page_lists_what_there_is() -> None:
    """The lists of checks and profiles in `docs/checks.md` are what its script makes of the code."""
    script = runpy.run_path(str(ROOT / "docs" / "build_checks.py"))

    assert PAGE.read_text("utf-8") == script["page"](PAGE.read_text("utf-8"))


def test_the_page_shows_what_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The findings on the page are what the command says on standard error."""
    monkeypatch.chdir(ROOT)
    text = PAGE.read_text("utf-8")

    now = SHOWN.sub(lambda shown: f"$ {shown[1]}\n{run(*shlex.split(shown[1])[1:]).err}", text)

    if os.environ.get("BOARDSIM_UPDATE"):
        PAGE.write_text(now, "utf-8")
    else:
        assert text == now


@by_name
def test_the_page_says_what_parameters_mean(check: Check) -> None:
    """Every parameter of every check stands in the table of the page."""
    table = PAGE.read_text("utf-8").partition("| parameter | meaning |")[2].partition("<!-- checks")[0]

    assert [name for name in check.parameters if f"`{name}`" not in table] == []


@pytest.mark.parametrize(
    ("name", "parameters", "intervals"),
    [
        ("independent_majority", {}, [("2015-12-11", "2018-07-01"), ("2023-06-30", "2023-11-17")]),
        (
            "employee_directors",
            {},
            [
                ("2018-02-20", "2018-04-15"),
                ("2019-03-11", "2021-05-01"),
                ("2021-07-01", "2021-09-08"),
                ("2023-01-15", "2023-11-17"),
            ],
        ),
        ("removal_body", {}, [("2023-11-17", "2023-11-17")] * 2),
        ("removal_body", {"bodies": ["board"]}, []),
        ("notice_given", {}, [("2023-11-16", "2023-11-16")]),
        ("majority_of_present", {}, []),
        ("removal_for_cause", {}, []),
    ],
)
def test_the_record_of_openai(name: str, parameters: dict[str, Any], intervals: list[tuple[str, str]]) -> None:
    """The record of OpenAI stands against other rules as the page says."""
    found_ = found(replay(load_case("openai-2023").log), name, org="openai", **parameters)
    zone = ZoneInfo("America/Los_Angeles")
    days = [tuple(f"{at.astimezone(zone):%Y-%m-%d}" for at in (f.since, f.until or f.since)) for f in found_]

    assert days == intervals
