"""`boardsim boards`: which boards somebody sat on, and when."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from boardsim.cli import complete, forms, options, output
from boardsim.cli.case import open_cases
from boardsim.library.boards import Boards, boards_of

Somebody = Annotated[
    str, typer.Argument(metavar="PERSON", help="The id of a person, or their name.", autocompletion=complete.people)
]


def boards(
    person: Somebody,
    case: options.Cases = None,
    role: options.Role = None,
    known: options.Known = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Show which boards somebody sat on, and when.

    In one case, in a folder of logs, or in a store.  Across logs, the same id or the same identifier of a register is
    the same person.  Roles of boards count, or those that --role names.

    \b
    Example:
      boardsim boards bret-taylor openai-2023
      boardsim boards 'Bret Taylor' openai-2023 --role director --json
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    opened = open_cases(case, tz, known, as_sealed)
    answer = boards_of(opened, person, role)
    zone = opened[0].case.zone if tz else None
    forms.show(to, answer, lambda: _show(answer.value, zone))


def _show(found: Boards, zone: ZoneInfo | None) -> None:
    from boardsim.views.text.interlocks import boards_text

    output.show(boards_text(zone, found.cases, found.histories, found.by_person()))
