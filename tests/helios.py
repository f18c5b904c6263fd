"""Helios: the organization and the people whom the examples of the checks are about."""

from collections.abc import Mapping
from typing import Any

from boardsim import History, Log, loads, replay
from boardsim.checks import CHECKS, Finding, Use, run
from boardsim.checks.run import FAULT

NATURAL = ("ada-moreno", "ben-okafor", "carla-ruiz", "dev-shah", "eva-lind", "finn-berg", "gus-weir", "hana-ito")
PEOPLE: Mapping[str, str] = {
    **{person: f"born = {1970 + year}-03-01" for year, person in enumerate((*NATURAL, "ivo-nagy"))},
    "greta-olm": "born = 1930-01-01",
    "kit-young": "born = 2015-01-01",
    "orion-ltd": "natural = false",
}
"""Who there is, and what the log says of them besides their names."""

HEADER = """\
[log]
schema = 1
id = "helios"

[[org]]
id = "helios"
name = "Helios Ltd"

[[org]]
id = "helios-audit"
name = "Audit committee"
committee_of = "helios"
committee = "audit"

[[role]]
id = "co-ceo"
kind = "office"
holders = 2

[[role]]
id = "co-chair"
kind = "board"
holders = 2
"""
HEADER += "".join(
    f'\n[[person]]\nid = "{person}"\nname = "{person.replace("-", " ").title()}"\n{said}\n'
    for person, said in PEOPLE.items()
)
"""Everything before the first event."""


def log(events: str) -> Log:
    """The log with these events; it must be sound, apart from ids that two events would share."""
    loaded = loads(HEADER + events, "helios.toml")
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
