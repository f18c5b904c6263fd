"""`boardsim whatif`: one scenario told whole, several in a table, or a question without a file."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from boardsim.analysis.whatif import Answer
from boardsim.certainty import Doubts
from boardsim.cli import complete, forms, options, output
from boardsim.cli.saved import save_scenario
from boardsim.library.answer import Answer as Shown
from boardsim.library.case import cut_of, shown_in
from boardsim.library.whatif import WhatIf, asked, changed, document, end_by_now, instant_in, known_in, require_one_log
from boardsim.loading.cases import chosen
from boardsim.loading.scenarios import load_world
from boardsim.problems import misuse

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
Instants = Annotated[
    list[str] | None, typer.Option("--at", metavar="WHEN", help="Show who holds what at this instant, too.")
]
Save = Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Save the changes as a scenario file.")]
All = Annotated[bool, typer.Option("--all", help="Include the statements that were not made.")]


def whatif(
    scenario: Scenarios = None,
    change: Changes = None,
    at: Instants = None,
    known: options.Known = None,
    save: Save = None,
    everything: All = False,
    ids: options.Ids = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Change the past and replay it.

    What would have become of everything, and why.  With --known both worlds
    are seen as they were known then.

    \b
    Example:
      boardsim whatif sutskever-votes-no
      boardsim whatif openai-2023 --change 'removal-vote: ilya-sutskever against'
      boardsim whatif openai-2023 --change 'drop murati-interim-ceo' --at 2023-11-18 --known 2023-11-18
      boardsim whatif openai-2023 --change 'drop brockman-quits' --change 'amend openai rules.removal>=2/3'
      boardsim whatif sutskever-votes-no two-thirds no-staff-letter
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    wanted, changes = scenario or [""], change or []
    if save is not None:
        _require_one_to_save(wanted, changes)
    names = [chosen(name)[0] for name in wanted]
    worlds = [changed(load_world(name, cut_of(as_sealed)), changes, save.stem if save else "what-if") for name in names]
    require_one_log(worlds)
    zone = shown_in(tz, worlds[0].root.log)
    instants = [instant for text in at or [] if (instant := instant_in(worlds, text, zone))]
    then = known_in(known, zone)
    found = [asked(world, zone, output.remark, then) for world in worlds]
    end = end_by_now(found, zone, output.remark)
    at_last = instants[-1] if instants else end
    wrong = [problem for one in found for problem in one.problems]
    output.report(wrong)
    if to.form != "text" or len(found) == 1:
        output.report(problem for one in found for problem in one.unruled)
    if save is not None:
        save_scenario(worlds[0].scenario, names[0], save, zone)
    answer = Shown("whatif", found, lambda: document(found, at_last))
    forms.show(to, answer, lambda: _show(found, names, zone, (*instants, end), everything=everything, ids=ids))
    if any(problem.severity == "error" for problem in wrong):
        raise typer.Exit(1)


def _show(
    found: Sequence[WhatIf],
    names: Sequence[str],
    zone: ZoneInfo,
    instants: Sequence[datetime | None],
    *,
    everything: bool,
    ids: bool,
) -> None:
    from boardsim.views.text import whatif as views  # brings in the tables
    from boardsim.views.text.log import doubts_text

    if len(found) == 1:
        piped = output.table_width() is None
        output.show(
            *views.answers_text(
                found[0].outcomes, found[0].broken, zone, instants=instants, everything=everything, ids=ids, piped=piped
            )
        )
        return
    columns = [
        (_column(name, answer), answer) for name, one in zip(names, found, strict=True) for answer in one.outcomes
    ]
    narrow = output.table_width() is not None
    at = instants[-2] if len(instants) > 1 else instants[-1]  # the last one that was typed, else the end
    doubts = Doubts()
    for _, answer in columns:
        doubts |= answer.doubts(at, [change.event.id for change in answer.votes()])
    log = columns[0][1].history.log
    table = views.worlds_table(columns, at, narrow=narrow)
    output.show(*views.as_known_text(columns[0][1], zone), table, *doubts_text(log, doubts, zone))


def _column(name: str, answer: Answer) -> str:
    return "\n".join([Path(name).stem, *map(str, answer.assumed)])


def _require_one_to_save(asked: Sequence[str], changes: Sequence[str]) -> None:
    """A file keeps the typed changes to one log or scenario.

    Raises:
        BoardsimError: no change was typed, or several scenarios were named.
    """
    if not changes:
        hint = "add a change, as --change 'drop EVENT'"
        raise misuse("nothing-to-save", "--save keeps what --change changes, and nothing is changed", hint)
    if len(asked) > 1:
        names = ", ".join(asked)
        message = f"--save keeps one scenario, and there would be {len(asked)}: the changes to each of {names}"
        raise misuse("several-to-save", message, "name one scenario for each file")
