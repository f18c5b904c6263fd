"""`boardsim boards`: which boards somebody sat on, and when."""

from collections.abc import Sequence
from typing import Annotated

import typer

from boardsim.analysis.identity import Member, same_people
from boardsim.analysis.interlocks import seats
from boardsim.cli import complete, options, output
from boardsim.cli.many import Opened, open_cases, require_declared
from boardsim.views.json.boards import boards_json

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
) -> None:
    """Show which boards somebody sat on, and when.

    In one case, in a folder of logs, or in a store.  Across logs, the same id or the same identifier of a register is
    the same person.  Roles of boards count, or those that --role names.

    \b
    Example:
      boardsim boards bret-taylor openai-2023
      boardsim boards 'Bret Taylor' openai-2023 --role director --json
    """
    opened = open_cases(case, tz, known, as_sealed)
    wanted = _people(opened, person)
    require_declared(opened, roles=role)
    histories = [one.history for one in opened]
    found = sorted(seats(histories, role, wanted), key=lambda seat: seat.tenure.opened.at)
    cases = [one.case.case for one in opened]
    if as_json:
        output.write_json(boards_json(cases, histories, wanted, found))
        return
    from boardsim.views.text.boards import boards_text

    output.show(boards_text(opened[0].case.zone if tz else None, cases, histories, wanted, found))


def _people(opened: Sequence[Opened], name: str) -> list[Member]:
    """Everybody who is the person of that id or name, in whichever case.

    Raises:
        BoardsimError: there is nobody of that id or name.
    """
    logs = [one.case.log for one in opened]
    same = same_people(logs)
    declared = [(Member(number, one.id), one) for number, log in enumerate(logs) for one in log.people]
    asked = {same.first(member) for member, one in declared if one.id == name}
    asked = asked or {same.first(member) for member, one in declared if name in (one.name, *one.aliases)}
    if not asked:
        require_declared(opened, people=[name])
    return [member for member, _ in declared if same.first(member) in asked]
