"""Terms: that none is over before it begins, and that nothing is found before a tenure begins."""

from pathlib import Path

import pytest

from boardsim import loads, replay
from boardsim.audits import audit
from boardsim.checks.check import Parameters
from boardsim.checks.rules.term_expired import overstayed
from tests.blocks import event, head
from tests.conftest import Run


def log(dated: str, role: str = "director") -> str:
    """A log in which Ann is appointed."""
    return head("ann", zone="America/New_York") + event("appoint", dated, role=role)


@pytest.mark.parametrize("role", ["director", "chair", "ceo", "secretary", "observer", "employee"])
def test_a_term_that_is_over_before_it_begins_is_an_error(role: str) -> None:
    """For every role, at the value; and the tenure is read as it was."""
    loaded = loads(log("at = 2019-05-29\nuntil = 2014-05-06", role), "log.toml")
    found = [problem for problem in audit(loaded.log) if problem.code == "empty-term"]

    assert [(problem.severity, problem.place.line if problem.place else 0) for problem in found] == [("error", 16)]
    assert loaded.problems == []


@pytest.mark.parametrize(("until", "codes"), [("2019-06-30", ["empty-term"]), ("2019-07-01", [])])
def test_the_term_of_who_is_announced_begins_when_it_is_due(until: str, codes: list[str]) -> None:
    """Not when it was said; a term that ends on the day on which it is due may be one of hours."""
    announced = f'at = 2019-05-29\nstatus = "announced"\ndue = 2019-07-01\nuntil = {until}'

    assert [problem.code for problem in audit(loads(log(announced), "log.toml").log)] == codes


@pytest.mark.parametrize(
    "dated",
    [
        "at = 2019-05-29\nuntil = 2019-05-29",
        "at = 2019-05-29\nuntil = 2019-05-30T00:00:00-04:00",
        'at = "2019"\nuntil = 2019-05-29',
        "not_after = 2019-05-29\nuntil = 2019-01-01",
    ],
)
def test_a_term_that_may_have_lasted_is_none(dated: str) -> None:
    """A day, a part of a year that is all that is on record, or a term of which only the latest beginning is."""
    found = loads(log(dated), "log.toml").log

    assert "empty-term" not in {problem.code for problem in audit(found)}


@pytest.mark.parametrize("until", ["2014-05-06", "2019-05-29", "2019-06-30"])
def test_nothing_is_found_before_the_tenure_begins(until: str) -> None:
    """Whoever stays past a term does so in office."""
    later = '\n[[event]]\ntype = "statement"\nat = 2022-01-01\norg = "oak"\nby = "ann"\ntext = "Still here."\n'
    history = replay(loads(log(f"at = 2019-05-29\nuntil = {until}") + later, "log.toml").log)
    parameters: Parameters = {"roles": ["director"]}
    [breach] = overstayed(history, history.log.orgs[0], parameters)

    assert breach.since >= history.events[0].at


def test_a_scenario_gives_no_term_that_is_over_before_it_begins(run: Run, tmp_path: Path) -> None:
    """Its own events are held to the same, and the line is that of the scenario."""
    (tmp_path / "log.toml").write_text(log("at = 2019-05-29"), "utf-8")
    scenario = tmp_path / "scenario.toml"
    over = event("appoint", "at = 2021-01-01\nuntil = 2020-01-01", role="ceo")
    scenario.write_text(f'[scenario]\nid = "s"\nbase = "log.toml"\n{over}', "utf-8")
    result = run("check", str(scenario))

    assert result.code == 1
    assert "scenario.toml:5:1: error[empty-term]: 'appoint-ann-ceo' lets a term end before it begins" in result.err
