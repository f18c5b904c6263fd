"""Stories of Helios, and what the checks find in them."""

from typing import Any

from boardsim import History, Log, loads, replay
from boardsim.checks import CHECKS, Finding, Use, run
from boardsim.checks.examples import PRELUDE
from boardsim.checks.run import FAULT


def log(events: str) -> Log:
    """The log with these events; it must be sound, apart from ids that two events would share."""
    loaded = loads(PRELUDE + events, "helios.toml")
    assert [problem for problem in loaded.problems if problem.code != "ambiguous-id"] == []
    return loaded.log


def found(history: History, name: str, *, org: str = "helios", **parameters: Any) -> list[Finding]:
    """What one check finds at one organization, with these parameters and the defaults of the others."""
    check = CHECKS[name]
    use = Use(check=check, parameters={**check.parameters, **parameters}, severity=check.severity)
    return sound(run(history, {org: [use]}))


def sound(found: list[Finding]) -> list[Finding]:
    """Findings of which none says that its check failed, or holds a None where a name should be."""
    assert [finding.message for finding in found if FAULT in finding.message or "None" in finding.message] == []
    return found


def findings(events: str, name: str, **parameters: Any) -> list[Finding]:
    """The same over the log with these events."""
    return found(replay(log(events)), name, **parameters)
