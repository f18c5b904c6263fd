"""`boardsim ensemble`: a question put to all the worlds that what nobody knows leaves open."""

from typing import Annotated

import typer

from boardsim.cli import complete, options

Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="A scenario with [[unknown]] or [[reaction]] blocks, by name or path.",
        show_default=False,
        autocompletion=complete.cases,
    ),
]
Goal = Annotated[
    str | None,
    typer.Option(
        "--goal",
        metavar="GOAL",
        help="The outcome: 'ORG.ROLE = PERSON', 'ORG.ROLE has PERSON', 'ORG.ROLE < 3', 'EVENT is carried'; "
        "with 'and' between several.",
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option("--change", metavar="CHANGE", help="Ask for the effect of this change, too; as for whatif."),
]


def ensemble(
    case: Scenario = None,
    goal: Goal = None,
    at: options.At = None,
    change: Changes = None,
    blame: Annotated[
        str | None,
        typer.Option("--blame", metavar="VOTE", help="Say how responsible each director is for its carrying."),
    ] = None,
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples", metavar="N", min=1, max=10_000_000, help="Draw so many worlds instead of taking all.  [10000]"
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="SEED", help="By which worlds are drawn.")] = 0,
    exact: Annotated[bool, typer.Option("--exact", help="Refuse to draw: all worlds, or none.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="In so many processes.")] = 1,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="ADDRESS", help="On this Dask cluster, as tcp://host:8786.")
    ] = None,
    tz: options.Zone = None,
    as_json: options.AsJson = False,
) -> None:
    """Say how likely an outcome is.

    It is asked of every world that [[unknown]] facts leave open.  Then: which fact to find out first, what a change
    does to the outcome, and who is responsible for a vote, on average.

    \b
    Example:
      boardsim ensemble three-unknown-ballots --goal 'removal-vote is carried'
      boardsim ensemble three-unknown-ballots --blame removal-vote --change 'removal-vote: helen-toner abstain'
      boardsim ensemble three-unknown-ballots --goal 'openai.ceo = sam-altman' --at 2023-11-18 --samples 2000
      boardsim ensemble recusal-unknown --blame removal-vote
      boardsim ensemble brockman-may-follow --goal 'openai.president = none' --at 2023-11-18
    """
    from boardsim.cli.answers.ensemble import Asked, answer  # other commands do without

    if goal is None and blame is None:
        raise typer.BadParameter("say what the outcome is", param_hint="--goal")
    if exact and samples is not None:
        raise typer.BadParameter("take all worlds, or draw some", param_hint="--exact")
    if dask is not None and jobs != 1:
        raise typer.BadParameter("processes here, or a cluster", param_hint="--jobs")
    asked = Asked(case=case, goal=goal, at=at, changes=tuple(change or ()), vote=blame, tz=tz)
    answer(asked, samples=samples, seed=seed, exact=exact, jobs=jobs, dask=dask, as_json=as_json)
