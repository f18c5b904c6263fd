"""`boardsim list`: the cases, or what one of them declares."""

from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.cli.case import cut_of
from boardsim.kernel import replay
from boardsim.loading.cases import bundled, load_case, scenario_titles
from boardsim.loading.collections import members
from boardsim.log import Log
from boardsim.traits import is_counted
from boardsim.views.json.log import Contents, list_json

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
    names = members(case) if case else list(bundled())
    logs = [(name, load_case(name, cut_of(as_sealed)).log) for name in names]
    wanted = (events, votes, scenarios)
    contents = [_contents(name, log, wanted) for name, log in logs]
    if as_json:
        output.write_json(list_json(logs, contents))
        return
    from boardsim.views.text import log as text

    if not any(wanted):
        limit = MANY if output.is_terminal() else None
        output.show(text.case_text(*logs[0], limit) if len(logs) == 1 and case else text.list_text(logs))
        return
    for (name, log), content in zip(logs, contents, strict=True):
        output.show(text.contents_text(name, log, content))


def _contents(name: str, log: Log, wanted: tuple[bool, bool, bool]) -> Contents:
    """What of a case is to be listed."""
    events, votes, scenarios = wanted
    history = replay(log) if events or votes else None
    indexes = range(len(history.events)) if history else ()
    return Contents(
        history=history,
        events=tuple(indexes) if events else None,
        votes=tuple(index for index in indexes if history and is_counted(history.events[index])) if votes else None,
        scenarios=tuple(scenario_titles(name)) if scenarios else None,
    )
