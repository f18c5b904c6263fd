"""`boardsim register`: what a company secretary keeps."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.cli import forms, options, output
from boardsim.cli.case import open_cases
from boardsim.formats.schema.hints import first_few, quantity
from boardsim.library.case import scope_of
from boardsim.library.many import Opened, require_declared
from boardsim.library.register import registers_of
from boardsim.views.register_report import Register
from boardsim.views.register_words import nobody

Days = Annotated[int, typer.Option("--days", metavar="N", min=0, max=36_500, help="How far ahead to look.")]
AsHtml = Annotated[
    bool,
    typer.Option("--html", help="Print a page in HTML, to be printed on A4.", rich_help_panel=options.OUTPUT),
]
Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="PROFILE", help="Whose days for filings: a bundle of rules, or your own file."),
]


def register(
    case: options.Cases = None,
    org: options.Org = None,
    at: options.At = None,
    days: Days = 90,
    known: options.Known = None,
    profile: Profile = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_html: AsHtml = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Print the register of an organization: directors, secretaries, seats, and what falls due.

    Directors and secretaries with appointment and cessation, named seats, terms that run out, filings due or late, and
    what was announced for a day; as it stands at an instant, by default the last one on record.  Filings fall due by
    the rules of the organization's profile.

    \b
    Example:
      boardsim register openai-2023 --at 2023-11-20
      boardsim register my-log.toml --profile uk-ca2006 --at 2024-01-20 --days 30
      boardsim register openai-2023 --org openai --html > register.html
    """
    to = forms.target(file, others={".html": "html"}, csv=as_csv, html=as_html, json=as_json)
    scope = scope_of(org, None, None, at, at_end=at is None and known is None)
    opened = open_cases(case, tz, known, as_sealed, scope)
    require_declared(opened, orgs=org)
    points = [one.point(at) for one in opened]
    answer = registers_of(opened, points, org, days, profile)
    found, first = answer.value, opened[0]
    none = nobody(at, first.history.known, first.case.zone)
    if to.form == "html":
        from boardsim.views.html import register_html

        forms.put(to, ["".join(register_html([(made, one.case.zone) for one, made in found], none))])
    else:
        forms.show(to, answer, lambda: _show(found, none))
    if to.form == "csv" and (perhaps := [person for _, made in found for person in made.perhaps]):
        people = quantity(len(perhaps), "more person", "more people")
        output.remark(f"{people} may be in office then, as the record is not sure: {first_few(perhaps)}")


def _show(found: Sequence[tuple[Opened, Register]], none: str) -> None:
    from boardsim.views.text.log import text
    from boardsim.views.text.register import register_text

    if not found:
        output.show(text(none))
    for number, (one, made) in enumerate(found):
        output.show(*([""] if number else []), *register_text(made, one.case.zone))
