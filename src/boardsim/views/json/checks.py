"""What checks found, and which checks and profiles there are, as data."""

from collections.abc import Iterable

from boardsim.checks import Check, Finding
from boardsim.checks.report import Reported
from boardsim.loading.profiles import Profile
from boardsim.log import Waiver
from boardsim.problems import Problem
from boardsim.views.json.log import Json, check_json, finding_json, instant_json


def findings_json(problems: Iterable[Problem], reported: Iterable[Reported]) -> Json:
    """`boardsim/check/1`: what is wrong with a log, then which rules are broken."""
    document = check_json(problems)
    document["findings"] += [_finding(problem, finding) for problem, finding in reported]
    return document


def _finding(problem: Problem, finding: Finding) -> Json:
    """A finding in `boardsim/check/1`: what a problem of the log has, who decided, what remedied it, and the rule."""
    return finding_json(problem) | {
        "by": finding.event.by if finding.event else None,
        "mended": finding.remedied_by.id if finding.remedied_by else None,
        "required": finding.required,
        "source": finding.source,
        "waived": [_waiver(waiver) for waiver in finding.waivers],
    }


def _waiver(waiver: Waiver) -> Json:
    return {
        "at": instant_json(waiver.at),
        "from": instant_json(waiver.since),
        "until": instant_json(waiver.until),
        "by": waiver.by,
        "reason": waiver.reason,
    }


def checks_json(checks: Iterable[Check], profiles: Iterable[Profile]) -> Json:
    """`boardsim/checks/1`: every check with its rule, and what each profile makes of it."""
    return {
        "schema": "boardsim/checks/1",
        "checks": [
            {
                "name": check.name,
                "rule": check.rule,
                "source": check.source,
                "severity": check.severity,
                "parameters": dict(check.parameters),
            }
            for check in checks
        ],
        "profiles": [
            {
                "id": profile.id,
                "title": profile.title,
                "checks": [
                    {
                        "name": use.check.name,
                        "source": use.law,
                        "severity": use.severity,
                        "parameters": dict(use.parameters),
                    }
                    for use in profile.uses
                ],
            }
            for profile in profiles
        ],
    }
