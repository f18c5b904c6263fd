"""`boardsim list`: the cases, or what one of them declares."""

from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.library.list import cases

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
) -> None:
    """List the cases, or what one of them declares.

    \b
    Example:
      boardsim list
      boardsim list openai-2023
      boardsim list openai-2023 --votes --scenarios
    """
    listed = cases(case, events=events, votes=votes, scenarios=scenarios, as_sealed=as_sealed)
    if as_json:
        output.write_json(listed.document())
        return
    from boardsim.views.text import log as text

    if not (events or votes or scenarios):
        limit = MANY if output.is_terminal() else None
        logs = [(one.name, one.log) for one in listed.value]
        output.show(text.case_text(*logs[0], limit) if len(logs) == 1 and case else text.list_text(logs))
        return
    for one in listed.value:
        output.show(text.contents_text(one.name, one.log, one.contents))
