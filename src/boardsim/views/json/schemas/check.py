"""The schema of `boardsim/check/2`, and that of a problem, which other documents have, too."""

from typing import get_args

from boardsim.problems import Severity
from boardsim.views.json.blocks import (
    COUNT,
    DOUBTS_OF_ANSWER,
    TEXT,
    Properties,
    document,
    many,
    maybe,
    maybe_time,
    one_of,
    span,
    table,
    time,
)

_PROBLEM: Properties = {
    "code": TEXT,
    "severity": one_of(get_args(Severity)),
    "message": TEXT,
    "hint": maybe(TEXT),
    "file": maybe(TEXT),
    "line": maybe(COUNT),
    "column": maybe(COUNT),
    "event": maybe(TEXT),
    "org": maybe(TEXT),
    **maybe_time("from"),
    **maybe_time("until"),
}
PROBLEM = table(_PROBLEM)

WAIVER = table({**time("at"), **maybe_time("from"), **maybe_time("until"), "by": TEXT, "reason": TEXT})

FINDING = table(
    {
        **_PROBLEM,
        **span(),
        "by": maybe(TEXT),
        "remedied_by": maybe(TEXT),
        "required": maybe(TEXT),
        "source": maybe(TEXT),
        "waived": many(WAIVER),
    }
)

SCHEMA = document(
    "check",
    2,
    "What is wrong with a log, and which rules of governance are broken.",
    {"findings": many(FINDING), **DOUBTS_OF_ANSWER},
)
