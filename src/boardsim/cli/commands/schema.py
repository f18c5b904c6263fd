"""`boardsim schema`: what a log or a scenario may hold, for editors."""

from typing import Annotated

import typer

from boardsim.cli import output
from boardsim.formats.schema.json_schema import log_schema, scenario_schema


def schema(
    scenario: Annotated[bool, typer.Option("--scenario", help="The schema of scenarios, not of logs.")] = False,
) -> None:
    """Print a JSON Schema of logs or scenarios.

    Editors use it to complete and to check TOML.

    \b
    Example:
      boardsim schema > board.schema.json
      boardsim schema --scenario > scenario.schema.json
    """
    output.write_json(scenario_schema() if scenario else log_schema())
