"""`boardsim check`: what is wrong with a log, and which rules of governance its board broke."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

import typer

from boardsim.certainty import Doubts, doubts
from boardsim.checks import available
from boardsim.checks.report import idle_waivers, report
from boardsim.cli import options, output
from boardsim.cli.case import open_case
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.loading.rules import rules_of
from boardsim.problems import Problem, in_order
from boardsim.views.json.checks import checks_json
from boardsim.views.json.doubts import doubts_json, events_named
from boardsim.views.json.findings import check_json, problems_json
from boardsim.views.text.findings import findings_text, summary
from boardsim.views.words import doubts_lines

Checks = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CHECK]...", help="Only these governance checks.", show_default=False),
]
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="PROFILE", help="Check against this bundle of rules, or a file of your own."),
]
Lint = Annotated[bool, typer.Option("--lint", help="Also remark on reasons: links by habit, and by excess.")]
Notes = Annotated[bool, typer.Option("--notes", help="Include notes: what is worth knowing and breaks nothing.")]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")]
Limit = Annotated[
    int, typer.Option("--limit", metavar="N", min=0, help="Maximum number of problems to show; 0 for all.")
]
SHOWN = 20
"""How many problems are shown of many, unless the reader says otherwise."""
List = Annotated[bool, typer.Option("--list", help="List the checks and profiles, each with its source.")]


def check(
    case: options.Case = None,
    names: Checks = None,
    at: options.At = None,
    profile: Profile = None,
    lint: Lint = False,
    notes: Notes = False,
    strict: Strict = False,
    limit: Limit = SHOWN,
    known: options.Known = None,
    show_all: List = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Check a log, and its board against the rules.

    Finds what is wrong with a log or a scenario, and where a rule of governance is broken.  Prints nothing and exits
    with 0 when all is well.

    \b
    Example:
      boardsim check openai-2023
      boardsim check my-log.toml --json
      boardsim check openai-2023 --profile us-de-nonstock --at 2023-11-18
      boardsim check openai-2023 --lint
      boardsim check openai-2023 --known 2023-11-20
      boardsim check --list
    """
    if show_all:
        _list_checks(as_json=as_json)
        return
    opened = open_case(case, tz, as_sealed=as_sealed)
    problems = opened.problems() if known is None else opened.problems_known(known)
    if lint:
        from boardsim.analysis.lints import lints  # most checks do without

        problems += lints(replay(opened.root.log))
    rules = rules_of(opened.log, profile, names or [])
    problems = in_order([*problems, *rules.problems, *rules.remarks])
    history = opened.world(opened.instant(known) if known else None)
    if opened.scenario is None:
        problems = in_order([*problems, *idle_waivers(history, rules)])
    instant = opened.point(history, at)[1] if at else None
    reported = report(history, rules, instant, record=opened.record() if opened.scenario else None)
    if not (notes or names):
        reported = [(problem, finding) for problem, finding in reported if finding.severity != "note"]
    document = check_json(problems, reported, opened.log)
    sure = _doubts(history, instant, events_named(document, history))
    if as_json:
        output.write_json(document | doubts_json(history, sure))
    else:
        every = [*problems, *(problem for problem, _ in reported)]
        shown = len(every) if not limit or len(every) <= limit else limit
        if shown < len(every):
            output.note(summary(every))
        output.report(problems[:shown])
        for text in findings_text(
            reported[: max(0, shown - len(problems))], opened.log, opened.zone, output.table_width()
        ):
            output.note(text)
        if shown < len(every):
            output.remark(f"{len(every) - shown:,} more are not shown; see: --limit 0")
        told = sure if notes else _doubts(history, None, events_named(problems_json(problems, opened.log), history))
        told = Doubts(tuple(one for one in told.uncertain if one.why != "order"), told.assumed)  # that is a problem
        for doubt in doubts_lines(opened.log, told, opened.zone):
            output.note(f"boardsim: note: uncertain{' then' if instant and notes else ''}: {doubt}")
    if _is_failing([*problems, *(problem for problem, _ in reported)], strict=strict):
        raise typer.Exit(1)


def _doubts(history: History, at: datetime | None, events: Iterable[str]) -> Doubts:
    """What is not sure about the findings, and of an instant that was asked for about who held what."""
    orgs = [org.id for org in history.log.orgs] if at is not None else []
    return doubts(history, at, dict.fromkeys(orgs), events)


def _is_failing(problems: list[Problem], *, strict: bool) -> bool:
    failing = ("error", "warning") if strict else ("error",)
    return any(problem.severity in failing for problem in problems)


def _list_checks(*, as_json: bool) -> None:
    checks = available()
    profiles = [load_profile(name, checks) for name in bundled_profiles()]
    if as_json:
        output.write_json(checks_json(checks.values(), profiles))
        return
    from boardsim.views.text.checks import checks_text  # brings in the tables

    output.show(checks_text(checks.values(), profiles))
