"""The schema of `boardsim/checks/2`."""

from typing import get_args

from boardsim.checks.texts import How
from boardsim.problems import Severity
from boardsim.views.json.blocks import TEXT, Properties, by_name, document, many, maybe, one_of, table

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

SCHEMA = document(
    "checks",
    2,
    "The checks that there are, and what each profile makes of them.",
    {"checks": many(CHECK), "profiles": many(PROFILE)},
)
