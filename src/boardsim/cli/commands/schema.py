"""`boardsim schema`: what a log or a scenario may hold, for editors, and what commands print, for programs."""

from typing import Annotated

import typer

from boardsim.cli import complete, output
from boardsim.library.schema import schema as of

Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        metavar="DOCUMENT",
        help="The schema of what a command prints with --json: replay, snapshot, check ...",
        show_default=False,
        autocompletion=complete.documents,
    ),
]


def schema(
    scenario: Annotated[bool, typer.Option("--scenario", help="The schema of scenarios, not of logs.")] = False,
    document: Output = None,
) -> None:
    """Print a JSON Schema of logs, scenarios or answers.

    Editors use it to complete and to check TOML, and programs to check what --json gave them.

    \b
    Example:
      boardsim schema > board.schema.json
      boardsim schema --scenario > scenario.schema.json
      boardsim schema --output snapshot > snapshot.schema.json
    """
    if document is not None and scenario:
        raise typer.BadParameter("say which of the two", param_hint="--output")
    output.write_json(of(document, scenario=scenario).document())
