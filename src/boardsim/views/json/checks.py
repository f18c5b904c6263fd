"""Which checks and profiles there are, as data."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from boardsim.checks import Check
from boardsim.checks.texts import How, Text
from boardsim.loading.profiles import Profile
from boardsim.problems import Severity
from boardsim.views.json.blocks import TEXT, Json, Properties, by_name, document, many, maybe, one_of, table


def checks_json(checks: Iterable[Check], profiles: Iterable[Profile]) -> Json:
    """`boardsim/checks/2`: every check with its rule, and what each profile makes of it."""
    return {
        "schema": "boardsim/checks/2",
        "checks": [
            {
                "name": check.name,
                "rule": check.rule,
                **_configured(check.source, check.severity, check.parameters, check.texts),
            }
            for check in checks
        ],
        "profiles": [
            {
                "id": profile.id,
                "title": profile.title,
                "law_as_of": None if profile.law_as_of is None else str(profile.law_as_of),
                "checks": [
                    {"name": use.check.name, **_configured(use.law, use.severity, use.parameters, use.texts)}
                    for use in profile.uses
                ],
            }
            for profile in profiles
        ],
    }


def _configured(source: str, severity: str, parameters: Mapping[str, Any], texts: Iterable[Text]) -> Json:
    cited = [
        {
            "name": text.name,
            "how": text.how,
            "day": text.day.isoformat(),
            "address": text.address,
            "extent": text.extent,
        }
        for text in texts
    ]
    return {"source": source, "texts": cited, "severity": severity, "parameters": dict(parameters)}


_TEXT = table({"name": TEXT, "how": one_of(get_args(How)), "day": TEXT, "address": TEXT, "extent": TEXT})

_CONFIGURED: Properties = {
    "source": TEXT,
    "texts": many(_TEXT),
    "severity": one_of(get_args(Severity)),
    "parameters": by_name({}),
}

CHECK = table({"name": TEXT, "rule": TEXT, **_CONFIGURED})
PROFILE = table(
    {"id": TEXT, "title": maybe(TEXT), "law_as_of": maybe(TEXT), "checks": many(table({"name": TEXT, **_CONFIGURED}))}
)

CHECKS = document(
    "checks",
    2,
    "The checks that there are, and what each profile makes of them.",
    {"checks": many(CHECK), "profiles": many(PROFILE)},
)
