"""Which checks and profiles there are, as data."""

from collections.abc import Iterable, Mapping
from typing import Any

from boardsim.checks import Check
from boardsim.loading.profiles import Profile
from boardsim.views.json.log import Json


def checks_json(checks: Iterable[Check], profiles: Iterable[Profile]) -> Json:
    """`boardsim/checks/2`: every check with its rule, and what each profile makes of it."""
    return {
        "schema": "boardsim/checks/2",
        "checks": [
            {"name": check.name, "rule": check.rule, **_configured(check.source, check.severity, check.parameters)}
            for check in checks
        ],
        "profiles": [
            {
                "id": profile.id,
                "title": profile.title,
                "checks": [
                    {"name": use.check.name, **_configured(use.law, use.severity, use.parameters)}
                    for use in profile.uses
                ],
            }
            for profile in profiles
        ],
    }


def _configured(source: str, severity: str, parameters: Mapping[str, Any]) -> Json:
    return {"source": source, "severity": severity, "parameters": dict(parameters)}
