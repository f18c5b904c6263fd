"""`boardsim ensemble`: a question put to all the worlds that unknown facts leave open."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from boardsim.cli import complete, forms, options, output
from boardsim.cli.progress import world_bar
from boardsim.cli.workers import workers
from boardsim.library.case import Case, cut_of, shown_in
from boardsim.library.ensemble import EnsembleOptions, Worlds, answered, opened_for, question_of, replayed
from boardsim.loading.cases import chosen
from boardsim.loading.scenarios import load_world

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
Blame = Annotated[
    str | None,
    typer.Option("--blame", metavar="VOTE", help="Say how responsible each director is for its carrying."),
]
Samples = Annotated[
    int | None,
    typer.Option(
        "--samples", metavar="N", min=1, max=10_000_000, help="Draw so many worlds instead of taking all.  [10000]"
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="SEED", help="Random seed.")]
Exact = Annotated[bool, typer.Option("--exact", help="Refuse to draw: all worlds, or none.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="Number of processes.")]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="On this Dask cluster, as tcp://host:8786.")
]


def ensemble(
    case: Scenario = None,
    goal: Goal = None,
    at: options.At = None,
    change: Changes = None,
    blame: Blame = None,
    samples: Samples = None,
    seed: Seed = 0,
    exact: Exact = False,
    jobs: Jobs = 1,
    dask: Dask = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
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
    if goal is None and blame is None:
        raise typer.BadParameter("say what the outcome is", param_hint="--goal")
    if exact and samples is not None:
        raise typer.BadParameter("take all worlds, or draw some", param_hint="--exact")
    if dask is not None and jobs != 1:
        raise typer.BadParameter("processes here, or a cluster", param_hint="--jobs")
    to = forms.target(file, json=as_json, csv=as_csv)
    opened = _open(case, tz, as_sealed)
    base = opened_for(opened)
    output.report(base)
    asked = EnsembleOptions(goal=goal, at=at, changes=tuple(change or ()), vote=blame)
    question = question_of(asked, opened)
    if not question.facts and not question.reactions:
        output.remark("nothing is unknown here, so there is one world; see [[unknown]] in docs/ensemble.md")
    with workers(jobs, dask) as there, world_bar(there.watch) as tell:
        found = replayed(question, samples=samples, seed=seed, exact=exact, executor=there.executor, progress=tell)
    answer = answered(opened, question, found, [])
    output.report(answer.problems)
    forms.show(to, answer, lambda: _show(answer.value, opened.zone))


def _show(found: Worlds, zone: ZoneInfo) -> None:
    from boardsim.views.text.ensemble import ensemble_text  # brings in the tables
    from boardsim.views.text.log import doubts_text

    told = ensemble_text(found.found, found.scenario, zone)
    output.show(*told, *doubts_text(found.history.log, found.doubts, zone))


def _open(case: str | None, tz: str | None, as_sealed: str | None) -> Case:
    """The scenario, or a log in its place, in which nothing is unknown.

    Raises:
        BoardsimError: it cannot be read.
    """
    name = chosen(case)[0]
    loaded = load_world(name, cut_of(as_sealed))
    return Case(name, loaded.root, loaded, shown_in(tz, loaded.root.log))
