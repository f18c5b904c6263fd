"""`boardsim check`: what is wrong with a log, and which rules of governance its board broke."""

from collections.abc import Sequence
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from attrs import field, frozen

from boardsim.checks import available
from boardsim.checks.report import Reported, idle_waivers, report
from boardsim.cli import options, output
from boardsim.cli.case import Case, open_case
from boardsim.kernel import replay
from boardsim.loading.cases import chosen
from boardsim.loading.collections import members
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.loading.rules import rules_of
from boardsim.log import Log
from boardsim.problems import BoardsimError, Problem, in_order
from boardsim.views.json.checks import checks_json
from boardsim.views.json.findings import check_json
from boardsim.views.text.findings import findings_text

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
List = Annotated[bool, typer.Option("--list", help="List the checks and profiles, each with its source.")]


def check(
    case: options.Cases = None,
    names: Checks = None,
    at: options.At = None,
    profile: Profile = None,
    lint: Lint = False,
    notes: Notes = False,
    strict: Strict = False,
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
      boardsim check --list
    """
    if show_all:
        _list_checks(as_json=as_json)
        return
    cases = members(chosen(case)[0])
    asked = _Asked(at, profile, names or [], lint=lint, notes=notes)
    several = len(cases) > 1
    is_failing, documents = False, []
    for name in cases if several else [case]:
        one = _one(name, tz, as_sealed, asked, several=several)
        is_failing |= _is_failing([*one.problems, *(problem for problem, _ in one.reported)], strict=strict)
        if as_json:
            documents.append(check_json(one.problems, one.reported, one.log))
        else:
            _show(one, MANY if several else None)
    if as_json:
        output.write_json({**documents[0], "findings": [each for one in documents for each in one["findings"]]})
    if is_failing:
        raise typer.Exit(1)


MANY = 20
"""How many problems, and how many findings, are shown of each of several cases."""


@frozen(kw_only=True)
class _Checked:
    """What is wrong with one case."""

    case: str
    log: Log
    zone: ZoneInfo
    problems: list[Problem]
    reported: list[Reported] = field(factory=list)


@frozen
class _Asked:
    """What of a case is checked."""

    at: str | None
    profile: str | None
    names: Sequence[str]
    lint: bool = field(kw_only=True)
    notes: bool = field(kw_only=True)


def _one(name: str | None, tz: str | None, as_sealed: str | None, asked: _Asked, *, several: bool) -> _Checked:
    """What is wrong with a case.  One of several that cannot be read does not keep the others from being checked."""
    try:
        opened = open_case(name, tz, as_sealed=as_sealed)
    except BoardsimError as error:
        if not several:
            raise
        return _Checked(case=str(name), log=Log(), zone=ZoneInfo("UTC"), problems=list(error.problems))
    return _checked(opened, asked)


def _checked(opened: Case, asked: _Asked) -> _Checked:
    problems = opened.problems()
    if asked.lint:
        from boardsim.analysis.lints import lints  # most checks do without

        problems += lints(replay(opened.root.log))
    rules = rules_of(opened.log, asked.profile, asked.names)
    problems = in_order([*problems, *rules.problems, *rules.remarks])
    history = opened.world()
    if opened.scenario is None:
        problems = in_order([*problems, *idle_waivers(history, rules)])
    instant = opened.point(history, asked.at)[1] if asked.at else None
    reported = report(history, rules, instant, record=opened.record() if opened.scenario else None)
    if not (asked.notes or asked.names):
        reported = [(problem, finding) for problem, finding in reported if finding.severity != "note"]
    return _Checked(case=opened.case, log=opened.log, zone=opened.zone, problems=problems, reported=reported)


def _show(one: _Checked, limit: int | None) -> None:
    """Problems and findings on standard error; of each case no more than the limit, where there is one."""
    output.report(one.problems[:limit])
    shown = one.reported[:limit]
    for text in findings_text(shown, one.log, one.zone, output.table_width()):
        output.note(text)
    left = len(one.problems) + len(one.reported) - len(one.problems[:limit]) - len(shown)
    if left:
        output.remark(f"{one.case}: and {left:,} more; see: boardsim check {one.case}")


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
