"""`boardsim export`: a log in another form."""

from typing import Annotated, Literal

import typer

from boardsim.cli import options, output
from boardsim.cli.case import open_case
from boardsim.formats.log.stated import as_stated
from boardsim.formats.syntax import jsonl, toml_writer


def export(
    case: options.Case = None,
    form: Annotated[Literal["jsonl", "toml"], typer.Option("--format", help="The form to write.")] = "jsonl",
    as_sealed: options.AsSealed = None,
) -> None:
    """Write a log as JSON Lines or canonical TOML.

    \b
    Example:
      boardsim export openai-2023 --format jsonl > openai.jsonl
    """
    log = open_case(case, as_sealed=as_sealed).log
    output.write(jsonl.write(as_stated(log)) if form == "jsonl" else toml_writer.write(log))
