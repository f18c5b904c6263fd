"""`boardsim whatif`: one scenario told whole, several in a table, or a question without a file."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import complete, options

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]...",
        help="Scenarios, by name or path; or a case, to be changed with --change.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="CHANGE",
        help="'VOTE: DIRECTOR against', 'drop EVENT', 'keep EVENT', 'retime EVENT WHEN', 'replace EVENT KEY=VALUE', "
        "'amend ORG BYLAW=VALUE [from WHEN]'; may be repeated.",
    ),
]


def whatif(
    scenario: Scenarios = None,
    change: Changes = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="WHEN", help="Show who holds what at this instant, too.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Keep the changes as a scenario file.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Tell the statements that were not made, too.")] = False,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Change the past and replay it.

    What would have become of everything, and why.

    \b
    Example:
      boardsim whatif sutskever-votes-no
      boardsim whatif openai-2023 --change 'removal-vote: ilya-sutskever against'
      boardsim whatif openai-2023 --change 'drop brockman-quits' --change 'amend openai rules.removal>=2/3'
      boardsim whatif sutskever-votes-no two-thirds no-staff-letter
    """
    from boardsim.cli.answers.whatif import answer  # other commands do without

    asked = scenario or [""]
    if not answer(asked, change or [], at or [], save=save, everything=everything, tz=tz, as_json=as_json):
        raise typer.Exit(1)
