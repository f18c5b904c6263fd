"""`boardsim whatif`: one scenario told whole, several in a table, or a question without a file."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from attrs import evolve

from boardsim.analysis.whatif import Answer
from boardsim.certainty import Doubts
from boardsim.checks import How
from boardsim.checks.report import differing
from boardsim.cli import complete, options, output
from boardsim.cli.case import (
    UNKNOWNS_IGNORED,
    cut_of,
    instant_of,
    outcomes,
    require_within,
    scenario_problems,
    shown_in,
)
from boardsim.cli.saved import save_scenario
from boardsim.loading.cases import chosen
from boardsim.loading.rules import rules_of
from boardsim.loading.scenarios import LoadedScenario, load_world, with_changes
from boardsim.problems import BoardsimError, Problem
from boardsim.views.json.whatif import scenarios_json, whatif_json
from boardsim.views.text.findings import in_words

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
    save: Save = None,
    everything: All = False,
    ids: options.Ids = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
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
    asked, changes = scenario or [""], change or []
    if save is not None:
        _require_one_to_save(asked, changes)
    names = [chosen(name)[0] for name in asked]
    worlds = [_world(name, changes, save, as_sealed) for name in names]
    zone = shown_in(tz, worlds[0].root.log)
    instants = [instant_of(text, zone) for text in at or []]
    for world, (text, instant) in product(worlds, zip(at or [], instants, strict=True)):
        require_within(instant, text, world.horizon, zone)
    found = [outcomes(world) for world in worlds]
    problems = [scenario_problems(world, answered) for world, answered in zip(worlds, found, strict=True)]
    wrong = [problem for some in problems for problem in some]
    output.report(wrong)
    if save is not None:
        save_scenario(worlds[0].scenario, names[0], save, zone)
    if as_json:
        _write_json(found, problems, zone, instants)
    else:
        _show(found, names, zone, instants, everything=everything, ids=ids)
    if any(problem.severity == "error" for problem in wrong):
        raise typer.Exit(1)


def _write_json(
    found: Sequence[Sequence[Answer]],
    problems: Sequence[Sequence[Problem]],
    zone: ZoneInfo,
    instants: Sequence[datetime],
) -> None:
    last = instants[-1] if instants else None
    documents = [
        whatif_json(answered, _broken(answered, zone), wrong, last)
        for answered, wrong in zip(found, problems, strict=True)
    ]
    output.write_json(documents[0] if len(documents) == 1 else scenarios_json(documents))


def _world(name: str, changes: Sequence[str], save: Path | None, as_sealed: str | None) -> LoadedScenario:
    world = load_world(name, cut_of(as_sealed))
    if world.uncertain:
        output.note(UNKNOWNS_IGNORED)
    if not changes:
        return world
    changed = with_changes(world, changes, save.stem if save else "what-if")
    mistyped = [problem for problem in changed.problems if problem not in world.problems]
    if any(problem.severity == "error" for problem in mistyped):
        raise BoardsimError(*mistyped, exit_code=2)
    return changed


def _show(
    found: Sequence[Sequence[Answer]],
    names: Sequence[str],
    zone: ZoneInfo,
    instants: Sequence[datetime],
    *,
    everything: bool,
    ids: bool,
) -> None:
    from boardsim.views.text import whatif as views  # brings in the tables
    from boardsim.views.text.log import doubts_text

    if len(found) == 1:
        broken = _broken(found[0], zone)
        piped = output.table_width() is None
        output.show(
            *views.answers_text(found[0], broken, zone, instants=instants, everything=everything, ids=ids, piped=piped)
        )
        return
    columns = [
        (_column(name, answer), answer) for name, answered in zip(names, found, strict=True) for answer in answered
    ]
    narrow = output.table_width() is not None
    at = instants[-1] if instants else None
    doubts = Doubts()
    for _, answer in columns:
        doubts |= answer.doubts(at, [change.event.id for change in answer.votes()])
    log = columns[0][1].history.log
    output.show(views.worlds_table(columns, at, narrow=narrow), *doubts_text(log, doubts, zone))


def _broken(answered: Sequence[Answer], zone: ZoneInfo) -> list[list[tuple[How, str]]]:
    """Which rules of governance are broken in each way that a scenario can come out, as far as its rules are known."""
    rules = rules_of(answered[0].history.log)
    output.report(evolve(problem, severity="warning") for problem in rules.problems)
    return [
        [
            (how, in_words(finding, answer.history.log, zone))
            for how, finding in differing(answer.history, answer.record, rules)
            if finding.severity != "note"  # nothing is broken by what is only noted
        ]
        for answer in answered
    ]


def _column(name: str, answer: Answer) -> str:
    return "\n".join([Path(name).stem, *map(str, answer.assumed)])


def _require_one_to_save(asked: Sequence[str], changes: Sequence[str]) -> None:
    """A file keeps the typed changes to one log or scenario.

    Raises:
        BoardsimError: no change was typed, or several scenarios were named.
    """
    if not changes:
        message = "--save keeps what --change changes, and nothing is changed"
        hint = "add a change, as --change 'drop EVENT'"
        raise BoardsimError(Problem(code="nothing-to-save", message=message, hint=hint), exit_code=2)
    if len(asked) > 1:
        message = (
            f"--save keeps one scenario, and there would be {len(asked)}: the changes to each of {', '.join(asked)}"
        )
        hint = "name one scenario for each file"
        raise BoardsimError(Problem(code="several-to-save", message=message, hint=hint), exit_code=2)
