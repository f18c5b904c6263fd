"""`boardsim list`: the cases, or what one of them declares."""

from typing import Annotated

import typer

from boardsim.cli import options, output
from boardsim.cli.case import cut_of
from boardsim.loading.cases import bundled, load_case
from boardsim.loading.collections import members
from boardsim.views.json.log import list_json

MANY = 100
"""How many organizations, or people, a terminal is shown; a pipe, and JSON, have all of them."""


def list_(
    case: Annotated[
        str | None,
        typer.Argument(metavar="[CASE]", help="A case, to list what it declares; or a folder of logs, or a store."),
    ] = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """List the cases, or what one of them declares.

    \b
    Example:
      boardsim list
      boardsim list openai-2023
    """
    names = members(case) if case else list(bundled())
    logs = [(name, load_case(name, cut_of(as_sealed)).log) for name in names]
    if as_json:
        output.write_json(list_json(logs))
        return
    from boardsim.views.text import log as text

    limit = MANY if output.is_terminal() else None
    output.show(text.case_text(*logs[0], limit) if len(logs) == 1 and case else text.list_text(logs))
