"""`boardsim list`: the cases, or what one of them declares."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.cli import forms, options, output
from boardsim.library.list import Listed, cases

Events = Annotated[bool, typer.Option("--events", help="List its events, each with its id.")]
Votes = Annotated[bool, typer.Option("--votes", help="List its votes, and how each came out.")]
Scenarios = Annotated[bool, typer.Option("--scenarios", help="List the scenarios that lie beside it.")]

MANY = 100
"""How many organizations, or people, a terminal is shown; a pipe, and JSON, have all of them."""


def list_(
    case: Annotated[
        str | None,
        typer.Argument(metavar="[CASE]", help="A case, to list what it declares; or a folder of logs, or a store."),
    ] = None,
    events: Events = False,
    votes: Votes = False,
    scenarios: Scenarios = False,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """List the cases, or what one of them declares.

    \b
    Example:
      boardsim list
      boardsim list openai-2023
      boardsim list openai-2023 --votes --scenarios
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    listed = cases(case, events=events, votes=votes, scenarios=scenarios, as_sealed=as_sealed)
    with_contents = events or votes or scenarios
    forms.show(to, listed, lambda: _show(listed.value, is_named=bool(case), with_contents=with_contents))


def _show(listed: Sequence[Listed], *, is_named: bool, with_contents: bool) -> None:
    from boardsim.views.text import log as text

    if not with_contents:
        limit = MANY if output.is_terminal() else None
        logs = [(one.name, one.log) for one in listed]
        output.show(text.case_text(*logs[0], limit) if len(logs) == 1 and is_named else text.list_text(logs))
        return
    for one in listed:
        output.show(text.contents_text(one.name, one.log, one.contents))
