"""`boardsim reach`: the smallest changes that reach a goal, or break one."""

from pathlib import Path
from typing import Annotated

import typer

from boardsim.cli import options
from boardsim.cli.cause import Goal, Start


def reach(
    goal: Goal,
    case: options.Case = None,
    at: options.At = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="The other way round: what would have broken a goal that is true.")
    ] = False,
    start: Start = None,
    fixed: Annotated[
        list[str] | None,
        typer.Option(
            "--fixed",
            metavar="WHAT",
            help="Leave this as it is: an event, 'VOTE: DIRECTOR', a person, an organization's bylaws by its id, or a "
            "kind of change; may be repeated.",
        ),
    ] = None,
    protect: Annotated[
        list[str] | None,
        typer.Option("--protect", metavar="CHECK", help="In no world that breaks this check anew; may be repeated."),
    ] = None,
    cost: Annotated[
        list[str] | None,
        typer.Option(
            "--cost",
            metavar="KIND=N",
            help="What a change costs: flip, abstain, absent, recused and drop 1, bylaw 3 unless said otherwise.",
        ),
    ] = None,
    max_cost: Annotated[int, typer.Option("--max-cost", metavar="N", min=1, help="Try no dearer changes.")] = 4,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Replay no more worlds than this.")] = 100_000,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FOLDER", help="Keep each solution as a scenario in this folder.")
    ] = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Find the smallest changes that reach a goal.

    \b
    Example:
      boardsim reach openai-2023 --goal 'openai.ceo = sam-altman' --at 2023-11-18
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-18 --fixed drop --cost flip=4
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-30 --keep --from 2023-11-16
    """
    from boardsim.cli.answers.reach import answer

    found = answer(
        case,
        goal,
        at,
        breaking=keep,
        start=start,
        fixed=fixed or [],
        protect=protect or [],
        cost=cost or [],
        max_cost=max_cost,
        most=most,
        save=save,
        tz=tz,
        as_json=as_json,
    )
    if not found:
        raise typer.Exit(1)
