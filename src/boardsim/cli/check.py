"""`boardsim check`: what is wrong with a log, and which rules of governance its board broke."""

from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.cli.opened import open_case
from boardsim.problems import in_order
from boardsim.views.json import log as data


def check(
    case: options.Case = None,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHECK]...", help="Only these governance checks.", show_default=False),
    ] = None,
    at: options.At = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="PROFILE", help="Check against this bundle of rules, or a file of your own."),
    ] = None,
    lint: Annotated[
        bool, typer.Option("--lint", help="Remark on motives, too: links by habit, and by excess.")
    ] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes, too: what is worth knowing and breaks nothing.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check, too.")] = False,
    show_all: Annotated[
        bool, typer.Option("--list", help="List the checks and profiles, each with its source.")
    ] = False,
    tz: options.Zone = None,
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
    from boardsim.cli import governance
    from boardsim.loading.rules import rules_of
    from boardsim.views.text import findings as views

    opened = open_case(case, tz)
    problems = opened.problems()
    if lint:
        from boardsim.analysis.lints import lints

        problems += lints(opened.record())
    rules = rules_of(opened.log, profile, names or [])
    problems = in_order([*problems, *rules.problems, *rules.remarks])
    told = governance.told(opened, rules, at)
    if not (notes or names):
        told = [(problem, finding) for problem, finding in told if finding.severity != "note"]
    if as_json:
        document = data.check_json(problems)
        document["findings"] += [views.finding_json(problem, finding) for problem, finding in told]
        output.write_json(document)
    else:
        output.report(problems)
        for text in views.findings_text(told, opened.zone, output.table_width()):
            output.note(text)
    failing = ("error", "warning") if strict else ("error",)
    if any(problem.severity in failing for problem in (*problems, *(problem for problem, _ in told))):
        raise typer.Exit(1)


def _list_checks(*, as_json: bool) -> None:
    from boardsim.checks import available
    from boardsim.loading.profiles import bundled_profiles, load_profile
    from boardsim.views.text import checks as views

    checks = available()
    profiles = [load_profile(name, checks) for name in bundled_profiles()]
    if as_json:
        output.write_json(views.checks_json(checks.values(), profiles))
        return
    output.show(views.checks_text(checks.values(), profiles))
