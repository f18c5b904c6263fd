"""`boardsim cause`: who and what made it so, and how far each is responsible."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Annotated, Literal

import typer
from attrs import evolve, frozen

from boardsim.analysis.causation.explain import Contingencies, Explanation, Of, explain
from boardsim.analysis.causation.responsibility import Definition, blame
from boardsim.analysis.causation.search import Bound
from boardsim.cli import options, output
from boardsim.cli.question import Question, parse_question
from boardsim.formats.notation.beliefs import Belief, beliefs
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.kernel import replay
from boardsim.loading.scenarios import on_log, with_changes
from boardsim.problems import BoardsimError
from boardsim.views.json.cause import cause_json
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.times import zone_of

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
MaxReplays = Annotated[int, typer.Option("--max-replays", metavar="N", min=1, help="Maximum number of replays.")]
All = Annotated[bool, typer.Option("--all", help="Show every cause, and those without a part in any.")]


@frozen(kw_only=True)
class CauseOptions:
    """How causes are looked for and weighed."""

    of: Sequence[Of]
    definition: Definition
    contingencies: Contingencies
    since: datetime | None
    bound: Bound


def cause(
    goal: options.Goal,
    case: options.Case = None,
    at: options.At = None,
    kind: Kind = None,
    start: options.Since = None,
    definition: DefinitionOption = "hp2016",
    contingencies: Held = "admissible",
    belief: Beliefs = None,
    max_replays: MaxReplays = 30_000,
    everything: All = False,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Find what made it so, and who is responsible.

    \b
    Example:
      boardsim cause openai-2023 --goal 'openai.ceo != sam-altman' --at 2023-11-18
      boardsim cause --goal 'openai.ceo = sam-altman' --at 2023-11-30 --from 2023-11-16
      boardsim cause --goal 'removal-vote is carried' --cause-kind votes --belief '1/2: amend openai recuse_subject=true'
      boardsim cause --goal 'openai.ceo != sam-altman' --at 2023-11-18 --cause-kind people --json
    """  # noqa: E501 -- an example is one line
    held = beliefs(belief) if belief else []
    question = parse_question(case, goal, at, tz, as_sealed)
    wanted = CauseOptions(
        of=(kind,) if kind else ("votes", "events"),
        definition=definition,
        contingencies=contingencies,
        since=question.since(start, at),
        bound=Bound(worlds=max_replays),
    )
    _require_true(question)
    found = _explain(question, wanted)
    if not found.shares:
        message = f"nothing that happened bears on '{goal}' at {question.when()}"
        hint = "it has been so from the start, or --from or --cause-kind leave nothing"
        raise question.problem("nothing-to-change", message, hint)
    blamed = _blamed(question, at, wanted, held, found) if held else None
    document = cause_json(question.goal, question.at, found, zone_of(question.case.log), blamed)
    sure = question.doubts(document)
    if as_json:
        output.write_json(document | doubts_json(question.history, sure))
        return
    from boardsim.views.text.cause import explanation_text  # brings in the tables
    from boardsim.views.text.log import doubts_text

    heading = (question.goal.text, question.when(), question.facts())
    told = explanation_text(heading, found, blamed, question.case.log, everything=everything)
    output.show(*told, *doubts_text(question.case.log, sure, question.case.zone))


def _require_true(question: Question) -> None:
    if not question.is_true():
        message = f"'{question.goal.text}' is not true at {question.when()}, so there is nothing to explain"
        raise question.problem("goal-not-true", message, f"in fact {question.facts()}")


def _explain(question: Question, options: CauseOptions) -> Explanation:
    return explain(
        question.compiled(),
        of=options.of,
        definition=options.definition,
        contingencies=options.contingencies,
        since=options.since,
        bound=options.bound,
    )


def _blamed(
    question: Question, at: str | None, options: CauseOptions, held: Sequence[Belief], found: Explanation
) -> Mapping[str, Fraction | None]:
    """The responsibility that each atom is expected to have, over the situations that were held possible."""
    situations = []
    for belief in held:
        one = _situation(question, at, belief) if belief.changes else question
        explained = found if one is question else _explain(one, options) if one.is_true() else None
        degrees: Mapping[str, Fraction | None]
        degrees = {share.atom: share.degree for share in explained.shares} if explained else {}
        situations.append((belief.probability, degrees))
    return blame(situations)


def _situation(question: Question, at: str | None, belief: Belief) -> Question:
    """The same question in a world that differs from the record as somebody believed it might."""
    case = question.case
    loaded = with_changes(case.scenario or on_log(case.root), belief.changes)
    if loaded.problems:
        raise BoardsimError(*loaded.problems, exit_code=2)
    world = loaded.branched.world
    history = replay(world)
    position, instant = case.point_by_now(history, at, again=True)
    goal = read_goal(question.goal.text, world.log)
    return evolve(question, world=world, goal=goal, position=position, at=instant, history=history)
