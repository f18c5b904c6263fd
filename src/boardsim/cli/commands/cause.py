"""`boardsim cause`: who and what made it so, and how far each is responsible."""

from typing import Annotated, Literal

import typer

from boardsim.analysis.causation.responsibility import Definition
from boardsim.cli import forms, options, output
from boardsim.cli.case import open_case
from boardsim.library.cause import MAX_REPLAYS, Causes
from boardsim.library.cause import cause as explained

Kind = Annotated[
    Literal["votes", "events", "people"] | None,
    typer.Option("--cause-kind", help="What to look at as a cause. Default: votes and events.", show_default=False),
]
DefinitionOption = Annotated[
    Definition,
    typer.Option("--definition", help="Of responsibility: Halpern 2016, or Chockler and Halpern 2004."),
]
Held = Annotated[
    Literal["admissible", "any"],
    typer.Option("--contingencies", help="What may be held as it was: what the law allows, or anything."),
]
Beliefs = Annotated[
    list[str] | None,
    typer.Option(
        "--belief", metavar="'SHARE: CHANGE'", help="A situation that was held possible, for blame; may be repeated."
    ),
]
All = Annotated[bool, typer.Option("--all", help="Show every cause, and those without a part in any.")]


def cause(
    goal: options.Goal,
    case: options.Case = None,
    at: options.At = None,
    kind: Kind = None,
    start: options.Since = None,
    definition: DefinitionOption = "hp2016",
    contingencies: Held = "admissible",
    belief: Beliefs = None,
    max_replays: options.MaxReplays = MAX_REPLAYS,
    everything: All = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    file: options.File = None,
) -> None:
    """Find what made it so, and who is responsible.

    \b
    Example:
      boardsim cause openai-2023 --goal 'openai.ceo != sam-altman' --at 2023-11-18
      boardsim cause --goal 'openai.ceo = sam-altman' --at 2023-11-30 --from 2023-11-16
      boardsim cause --goal 'removal-vote is carried' --cause-kind votes --belief '1/2: amend openai recuse_subject=true'
      boardsim cause --goal 'openai.ceo != sam-altman' --at 2023-11-18 --cause-kind people --json
    """  # noqa: E501 -- an example is one line
    to = forms.target(file, json=as_json, csv=as_csv)
    answer = explained(
        open_case(case, tz, as_sealed=as_sealed),
        goal=goal,
        at=at,
        kind=kind,
        start=start,
        definition=definition,
        contingencies=contingencies,
        belief=belief,
        max_replays=max_replays,
    )
    forms.show(to, answer, lambda: _show(answer.value, everything=everything))


def _show(value: Causes, *, everything: bool) -> None:
    from boardsim.views.text.cause import explanation_text  # brings in the tables
    from boardsim.views.text.log import doubts_text

    question = value.question
    heading = (question.goal.text, question.when(), question.facts())
    told = explanation_text(heading, value.found, value.blamed, question.case.log, everything=everything)
    output.show(*told, *doubts_text(question.case.log, value.doubts, question.case.zone))
