"""`boardsim reach`: the smallest changes that reach a goal, or break one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from boardsim.analysis.reach.reach import Changes
from boardsim.cli import forms, options, output
from boardsim.cli.case import open_case
from boardsim.cli.saved import save_scenarios
from boardsim.library.answer import Answer
from boardsim.library.question import Question
from boardsim.library.reach import MAX_COST, MAX_REPLAYS, Reach
from boardsim.library.reach import reach as search
from boardsim.scenario import Scenario

Break = Annotated[bool, typer.Option("--break", help="The reverse: what would have broken a goal that is true.")]
Fixed = Annotated[
    list[str] | None,
    typer.Option(
        "--fixed",
        metavar="WHAT",
        help="Leave this as it is: an event, 'VOTE: DIRECTOR', a person, an organization's bylaws by its id, or a "
        "kind of change; may be repeated.",
    ),
]
Protect = Annotated[
    list[str] | None,
    typer.Option("--protect", metavar="CHECK", help="Exclude what newly breaks this check; may be repeated."),
]
Cost = Annotated[
    list[str] | None,
    typer.Option(
        "--cost",
        metavar="KIND=N",
        help="What a change costs: flip, abstain, absent, recused and drop 1, bylaw 3 unless said otherwise.",
    ),
]
MaxCost = Annotated[int, typer.Option("--max-cost", metavar="N", min=1, help="Maximum total cost.")]
Save = Annotated[
    Path | None, typer.Option("--save", metavar="FOLDER", help="Save each solution as a scenario in this folder.")
]


def reach(
    goal: options.Goal,
    case: options.Case = None,
    at: options.At = None,
    breaking: Break = False,
    start: options.Since = None,
    fixed: Fixed = None,
    protect: Protect = None,
    cost: Cost = None,
    max_cost: MaxCost = MAX_COST,
    max_replays: options.MaxReplays = MAX_REPLAYS,
    save: Save = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Find the smallest changes that reach a goal.

    \b
    Example:
      boardsim reach openai-2023 --goal 'openai.ceo = sam-altman' --at 2023-11-18
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-18 --fixed drop --cost flip=4
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-30 --break --from 2023-11-16
    """
    to = forms.target(file, json=as_json, csv=as_csv)
    answer = search(
        open_case(case, tz, as_sealed=as_sealed),
        goal=goal,
        at=at,
        breaking=breaking,
        start=start,
        fixed=fixed,
        protect=protect,
        cost=cost,
        max_cost=max_cost,
        max_replays=max_replays,
    )
    output.report(answer.problems)
    if answer.yes and save is not None:
        _save(answer.value.question, answer.value.found.solutions, save, breaking=breaking)
    forms.show(to, answer, lambda: _show(answer, breaking=breaking))
    if not answer.yes:
        raise typer.Exit(1)


def _show(answer: Answer[Reach], *, breaking: bool) -> None:
    if answer.yes:
        from boardsim.views.text.log import doubts_text
        from boardsim.views.text.reach import reached_text  # brings in the tables

        question = answer.value.question
        heading = (question.goal.text, question.when(), question.facts())
        told = reached_text(heading, answer.value.found, question.case.zone, breaking=breaking)
        output.show(*told, *doubts_text(question.case.log, answer.value.doubts, question.case.zone))


def _save(question: Question, solutions: Sequence[Changes], folder: Path, *, breaking: bool) -> None:
    title = f"{question.goal.text}, {'no longer' if breaking else 'then'}"
    scenarios = [
        Scenario(id=f"solution-{number}", title=title, changes=changes) for number, changes in enumerate(solutions, 1)
    ]
    save_scenarios(scenarios, question.case.case, folder, question.case.zone)
