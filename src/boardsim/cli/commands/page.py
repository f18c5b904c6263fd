"""`boardsim page`: a board's history as one HTML file that people look at."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import forms, options, output, pages
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import jsonl
from boardsim.problems import misuse
from boardsim.views.page.render import render

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write it to this file. Default: standard output.",
        rich_help_panel=options.OUTPUT,
    ),
]


OTHER_FORMS = (".pdf", ".png", ".svg", ".csv")
"""Endings of names that promise what a page is not."""


def page(
    case: options.Case = None,
    scenario: pages.Scenarios = None,
    file: Output = None,
    org: options.OneOrg = None,
    window: pages.Windows = None,
    start: pages.Start = None,
    known: pages.AsKnown = None,
    only: pages.Only = None,
    no_drops: pages.NoDrops = False,
    title: pages.Title = None,
    lecture: pages.Lecture = False,
    with_log: pages.WithLog = False,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Make a page of a case that people can look at.

    One HTML file that needs nothing else: a slider over every instant, what was known when, worlds side by side,
    votes that can be counted again, reasons and sources.

    \b
    Example:
      boardsim page openai-2023 -o weekend.html
      boardsim page openai-2023 sutskever-votes-no -o weekend.html --window 'The weekend=2023-11-16..2023-11-22'
      boardsim page openai-2023 --start event:murati-interim-ceo --known then -o then.html
    """
    ending = file.suffix.lower() if file is not None else ""
    if ending in OTHER_FORMS:
        hint = "end its name with .html; a picture is made by boardsim plot, a PDF by printing the page"
        raise misuse("unknown-page", f"a page is HTML, and '{file}' is called otherwise", hint)
    to = forms.destination("json" if as_json or ending == ".json" else "html", file)
    opened = pages.opened(
        pages.PageQuestion(
            case=case,
            scenarios=scenario or [],
            org=org,
            windows=window or [],
            start=start,
            known=known,
            people=only or [],
            drops=not no_drops,
            title=title,
            lecture=lecture,
            as_sealed=as_sealed,
        )
    )
    document = opened.document()
    if to.form == "json":  # the page is not made
        forms.put(to, [output.json_text(document)])
        return
    forms.put(to, [render(document, log=jsonl.write(as_stated(opened.case.root.log)) if with_log else None)])
