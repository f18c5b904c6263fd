"""`boardsim check`: what is wrong with a log, and which rules of governance its board broke."""

from collections.abc import Sequence
from shlex import quote
from typing import Annotated

import typer

from boardsim.certainty import Doubts
from boardsim.checks import available
from boardsim.cli import forms, options, output
from boardsim.cli.case import open_case
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.check import Asked, Checked, checked_all, document, doubts_of, is_failing, list_checks
from boardsim.loading.profiles import bundled_profiles, load_profile
from boardsim.views.doubt_words import doubts_lines
from boardsim.views.json.doubts import events_named
from boardsim.views.json.findings import check_json, problems_json
from boardsim.views.text.findings import findings_text, summary

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
    as_csv: options.AsCsv = False,
    file: options.File = None,
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
    to = forms.target(file, json=as_json, csv=as_csv)
    if show_all:
        forms.show(to, list_checks(), _show_checks)
        return
    asked = Asked(at, profile, names or [], known, lint=lint, notes=notes)
    checked = checked_all(case, asked, lambda name: open_case(name, tz, as_sealed=as_sealed))
    if to.form != "text":
        forms.show(to, Answer("check", checked, lambda: document(checked)), lambda: None)
    elif to.file is not None:  # a file has all of them
        forms.put(to, [forms.printed(lambda: _show_all(checked, 0, asked), remarks=True)])
    else:
        _show_all(checked, limit, asked)
    if any(is_failing(one.every, strict=strict) for one in checked):
        raise typer.Exit(1)


def _show_all(checked: Sequence[Checked], limit: int, asked: Asked) -> None:
    for one in checked:
        _show(one, limit, asked, several=len(checked) > 1)


def _show(one: Checked, limit: int, asked: Asked, *, several: bool) -> None:
    """Problems, findings and doubts on standard error; a summary of them first, where not all of them are shown."""
    every = one.every
    shown = len(every) if not limit or len(every) <= limit else limit
    if shown < len(every):
        output.note(summary(every))
    output.report(one.problems[:shown])
    found = one.reported[: max(0, shown - len(one.problems))]
    for text in findings_text(found, one.log, one.zone, output.table_width()):
        output.note(text)
    if shown < len(every):
        left = len(every) - shown
        more = f"{left:,} more {'is' if left == 1 else 'are'} not shown; see: "
        command = f"boardsim check {quote(one.case)} --limit 0"
        output.remark(f"{one.case}: {more}{command}" if several else f"{more}--limit 0")
    if one.history is not None:
        _show_doubts(one, one.history, asked)


def _show_doubts(one: Checked, history: History, asked: Asked) -> None:
    if asked.notes:
        named = events_named(check_json(one.problems, one.reported, one.log), history)
        told = doubts_of(history, one.instant, named)
    else:
        told = doubts_of(history, None, events_named(problems_json(one.problems, one.log), history))
    told = Doubts(tuple(doubt for doubt in told.uncertain if doubt.why != "order"), told.assumed)  # that is a problem
    for doubt in doubts_lines(one.log, told, one.zone):
        output.note(f"boardsim: note: uncertain{' then' if one.instant and asked.notes else ''}: {doubt}")


def _show_checks() -> None:
    from boardsim.views.text.checks import checks_text  # brings in the tables

    checks = available()
    output.show(checks_text(checks.values(), [load_profile(name, checks) for name in bundled_profiles()]))
