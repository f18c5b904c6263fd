"""`boardsim interlocks`: which organizations share directors."""

from zoneinfo import ZoneInfo

from boardsim.cli import forms, options, output
from boardsim.cli.case import open_cases
from boardsim.library.interlocks import Interlocks, interlocks_of


def interlocks(
    case: options.Cases = None,
    at: options.At = None,
    org: options.Org = None,
    role: options.Role = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Show which organizations share directors.

    In one case, in a folder of logs, or in a store: who sat on both boards at one and the same time, or, with --at, who
    sits on both at that instant.

    \b
    Example:
      boardsim interlocks openai-2023
      boardsim interlocks openai-2023 --at 2023-11-17 --role director --role ceo --json
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    opened = open_cases(case, tz, known, as_sealed)
    answer = interlocks_of(opened, at, org, role)
    zone = opened[0].case.zone if tz else None
    forms.show(to, answer, lambda: _show(answer.value, zone))


def _show(found: Interlocks, zone: ZoneInfo | None) -> None:
    from boardsim.views.text.interlocks import interlocks_text

    output.show(interlocks_text(found.cases, found.histories, found.interlocks, found.perhaps, found.instants, zone))
