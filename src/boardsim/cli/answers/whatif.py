"""The answer to `boardsim whatif`: read the scenarios, replay them, and show what comes of it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import evolve

from boardsim.analysis.whatif import Answer
from boardsim.checks import Finding, How, compared
from boardsim.cli import output
from boardsim.cli.answers.saved import save_scenario
from boardsim.cli.governance import findings
from boardsim.cli.opened import LEFT_OPEN, instant_of, shown_in
from boardsim.cli.worlds import scenario_problems, worlds_of
from boardsim.history import History
from boardsim.loading.cases import chosen
from boardsim.loading.rules import Rules, rules_of
from boardsim.loading.scenarios import LoadedScenario, load_world, with_changes
from boardsim.problems import BoardsimError, Problem
from boardsim.views.json.whatif import whatif_json
from boardsim.views.text.findings import in_words


def answer(
    asked: Sequence[str],
    changes: Sequence[str],
    at: Sequence[str],
    *,
    save: Path | None,
    everything: bool,
    tz: str | None,
    as_json: bool,
) -> bool:
    """Show the answer; whether nothing is wrong with the question and all that its author expects holds.

    Args:
        asked: names or paths of scenarios; an empty one is the case that the environment names, or the default.
        changes: changes in their short form.
        at: instants, as they were typed, at which to compare.

    Raises:
        BoardsimError: something cannot be read, or written, at all.
    """
    if save is not None:
        _see_that_it_can_be_saved(asked, changes)
    names = [chosen(name)[0] for name in asked]
    worlds = [_world(name, changes, save) for name in names]
    zone = shown_in(tz, worlds[0].root.log)
    instants = [instant_of(text, zone) for text in at]
    found = [(world, worlds_of(world)) for world in worlds]
    wrong = [problem for world, answered in found for problem in scenario_problems(world, answered)]
    output.report(wrong)
    if save is not None:
        save_scenario(worlds[0].scenario, names[0], save, zone)
    last = instants[-1] if instants else None
    if as_json:
        documents = [
            whatif_json(answered, _broken(answered, zone), scenario_problems(world, answered), last)
            for world, answered in found
        ]
        output.write_json(documents[0] if len(documents) == 1 else {"schema": "boardsim/worlds/1", "worlds": documents})
    else:
        _show([answered for _, answered in found], names, zone, instants, everything=everything)
    return not any(problem.severity == "error" for problem in wrong)


def _world(name: str, changes: Sequence[str], save: Path | None) -> LoadedScenario:
    world = load_world(name)
    if world.uncertain:
        output.note(LEFT_OPEN)
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
) -> None:
    from boardsim.views.text import whatif as views  # brings in the tables

    if len(found) == 1:
        broken = _broken(found[0], zone)
        output.show(*views.answers_text(found[0], broken, zone, instants=instants, everything=everything))
        return
    columns = [
        (_column(name, answer), answer) for name, answered in zip(names, found, strict=True) for answer in answered
    ]
    narrow = output.table_width() is not None
    output.show(views.worlds_table(columns, instants[-1] if instants else None, narrow=narrow))


def _broken(answered: Sequence[Answer], zone: ZoneInfo) -> list[list[tuple[How, str]]]:
    """Which rules of governance are broken in each way that a scenario can come out, as far as its rules are known."""
    rules = rules_of(answered[0].history.log)
    output.report(evolve(problem, severity="warning") for problem in rules.problems)
    record = _breaches(answered[0].record, rules)  # that of all of them
    return [
        [
            (how, in_words(finding, answer.history.log, zone))
            for how, finding in compared(_breaches(answer.history, rules), record)
        ]
        for answer in answered
    ]


def _breaches(history: History, rules: Rules) -> list[Finding]:
    """Where rules are broken; notes are left out, as nothing is broken by them."""
    return [finding for finding in findings(history, rules) if finding.severity != "note"]


def _column(name: str, answer: Answer) -> str:
    return "\n".join([Path(name).stem, *map(str, answer.assumed)])


def _see_that_it_can_be_saved(asked: Sequence[str], changes: Sequence[str]) -> None:
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
