"""`boardsim schema`: what a log or a scenario may hold, for editors, and what commands print, for programs."""

from typing import Annotated, Any

import typer

from boardsim.cli import complete, output
from boardsim.formats.schema.hints import listed
from boardsim.formats.schema.json_schema import log_schema, scenario_schema
from boardsim.formats.schema.known import unknown_name

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
    if document is not None:
        output.write_json(_of_document(document))
        return
    output.write_json(scenario_schema() if scenario else log_schema())


def _of_document(name: str) -> dict[str, Any]:
    """The schema of what a command prints.

    Raises:
        BoardsimError: there is no such document.
    """
    from boardsim.views.json.schemas import documents, output_schema

    names = documents()
    if name not in names:
        message = f"no command prints a document '{name}'"
        raise unknown_name(name, names, code="unknown-output", message=message, otherwise=f"there are {listed(names)}")
    return output_schema(name)
