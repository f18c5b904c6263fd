"""`boardsim cause`: who and what made it so, and how far each is responsible."""

from typing import Annotated, Literal

import typer

from boardsim.cli import options

Goal = Annotated[
    str,
    typer.Option(
        "--goal",
        metavar="GOAL",
        help="'ORG.ROLE = PERSON', or !=, has, lacks, < NUMBER; 'EVENT is carried'; several with 'and'.",
        show_default=False,
    ),
]
Start = Annotated[
    str | None,
    typer.Option("--from", metavar="WHEN", help="Touch only what happened from then on; a date is its start."),
]


def cause(
    goal: Goal,
    case: options.Case = None,
    at: options.At = None,
    of: Annotated[
        Literal["votes", "events", "people"] | None,
        typer.Option("--of", help="What to look at as a cause. Default: votes and events.", show_default=False),
    ] = None,
    start: Start = None,
    counting: Annotated[
        Literal["2016", "2004"],
        typer.Option("--counting", help="How responsibility is counted: by the book or the paper."),
    ] = "2016",
    contingencies: Annotated[
        Literal["admissible", "any"],
        typer.Option("--contingencies", help="What may be held as it was: what the law allows, or anything."),
    ] = "admissible",
    belief: Annotated[
        list[str] | None,
        typer.Option(
            "--belief",
            metavar="'SHARE: CHANGE'",
            help="A situation that was held possible, for blame; may be repeated.",
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Replay no more worlds than this.")] = 30_000,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every cause, and those without a part in any.")
    ] = False,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Find what made it so, and who is responsible.

    \b
    Example:
      boardsim cause openai-2023 --goal 'openai.ceo != sam-altman' --at 2023-11-18
      boardsim cause --goal 'openai.ceo = sam-altman' --at 2023-11-30 --from 2023-11-16
      boardsim cause --goal 'removal-vote is carried' --of votes --belief '1/2: amend openai recuse_subject=true'
      boardsim cause --goal 'openai.ceo != sam-altman' --at 2023-11-18 --of people --json
    """
    from boardsim.cli.answers.cause import answer

    answer(
        case,
        goal,
        at,
        of=(of,) if of else ("votes", "events"),
        start=start,
        counting=counting,
        contingencies=contingencies,
        belief=belief or [],
        most=most,
        everything=everything,
        tz=tz,
        as_json=as_json,
    )
