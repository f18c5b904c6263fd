"""`boardsim ensemble`: a question put to all the worlds that unknown facts leave open."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from attrs import frozen

from boardsim.analysis.ensemble.ensemble import MOST, Ensemble, Question, enumerate_worlds, sample_worlds
from boardsim.analysis.ensemble.probability import share
from boardsim.analysis.ensemble.unknowns import count
from boardsim.certainty import last_instant
from boardsim.cli import complete, options, output
from boardsim.cli.case import Case, cut_of, shown_in
from boardsim.cli.progress import world_bar
from boardsim.cli.question import goal_doubts
from boardsim.cli.workers import workers
from boardsim.formats.notation.changes import typed_change
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.formats.scenario.decode import decode_scenario
from boardsim.formats.scenario.uncertain import Uncertain
from boardsim.formats.schema.known import require_known
from boardsim.kernel import replay
from boardsim.loading.cases import chosen
from boardsim.loading.scenarios import LoadedScenario, lint_base, load_world
from boardsim.problems import BoardsimError, Problem
from boardsim.scenario import Scenario as Changed
from boardsim.scenario import apply
from boardsim.traits import has_ballots, is_counted
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.ensemble import ensemble_json

SAMPLES = 10_000
"""So many worlds are drawn where nobody says how many, and there are too many to take all."""

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


@frozen(kw_only=True)
class EnsembleOptions:
    """What the reader typed of the question."""

    goal: str | None
    at: str | None
    changes: tuple[str, ...]
    vote: str | None


@frozen(kw_only=True)
class _How:
    """How the worlds are to be gone through."""

    samples: int | None
    seed: int
    exact: bool
    jobs: int
    dask: str | None


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
    loaded, zone = _open(case, tz, as_sealed)
    asked = EnsembleOptions(goal=goal, at=at, changes=tuple(change or ()), vote=blame)
    question = _question(asked, Case(chosen(case)[0], loaded.root, loaded, zone))
    if not question.facts and not question.reactions:
        output.note("boardsim: nothing is unknown here, so there is one world; see [[unknown]] in docs/ensemble.md")
    found = _replayed(question, _How(samples=samples, seed=seed, exact=exact, jobs=jobs, dask=dask))
    output.report(_undeclared_ballots(found))
    document = ensemble_json(found, loaded.scenario.id)
    history = replay(question.world)
    sure = goal_doubts(question.goal, history, question.at or last_instant(history), document)
    if as_json:
        output.write_json(document | doubts_json(history, sure))
        return
    from boardsim.views.text.ensemble import ensemble_text  # brings in the tables
    from boardsim.views.text.log import doubts_text

    output.show(*ensemble_text(found, loaded.scenario, zone), *doubts_text(history.log, sure, zone))


def _open(case: str | None, tz: str | None, as_sealed: str | None) -> tuple[LoadedScenario, ZoneInfo]:
    """The scenario, and the zone in which its reader wants to see its times.

    Raises:
        BoardsimError: it cannot be read.
    """
    loaded = load_world(chosen(case)[0], cut_of(as_sealed))
    if any(problem.severity == "error" for problem in loaded.problems):
        raise BoardsimError(*loaded.problems)
    zone = shown_in(tz, loaded.root.log)
    output.report(lint_base(loaded, replay(loaded.root.log)))
    return loaded, zone


def _question(asked: EnsembleOptions, case: Case) -> Question:
    assert case.scenario is not None
    world = case.scenario.branched.world
    uncertain = case.scenario.uncertain or Uncertain()
    if asked.vote is not None:
        _require_vote(asked.vote, case)
    text = asked.goal or f"{asked.vote} is carried"
    return Question(
        world=world,
        unknowns=uncertain.unknowns,
        reactions=uncertain.reactions,
        goal=read_goal(text, world.log),
        at=case.point(replay(world), asked.at)[1] if asked.at else None,
        change=_change(asked, case.scenario) if asked.changes else None,
        vote=asked.vote,
    )


def _require_vote(vote: str, case: Case) -> None:
    require_known("event", [vote], case.log.by_id)
    if not is_counted(case.log.by_id[vote]):
        hint = "responsibility is worked out for ballots"
        raise BoardsimError(Problem(code="not-a-vote", message=f"'{vote}' is not a vote", hint=hint), exit_code=2)
    if not has_ballots(case.log.by_id[vote]):
        message, hint = f"'{vote}' is on record by its count, and nobody's ballot by name", "ask for a --goal instead"
        raise BoardsimError(Problem(code="vote-by-count", message=message, hint=hint), exit_code=2)


def _change(asked: EnsembleOptions, loaded: LoadedScenario) -> Changed:
    """The changes whose effect is asked for; they come on top of what is unknown, and so override it."""
    world = loaded.branched.world
    zone = ZoneInfo(loaded.root.log.timezone)
    records = [typed_change(text, zone, f"--change {number}") for number, text in enumerate(asked.changes, 1)]
    scenario, problems = decode_scenario(records, world.log, "change")
    if problems := [*problems, *apply(world, scenario).problems]:
        raise BoardsimError(*problems, exit_code=2)
    return scenario


def _replayed(question: Question, how: _How) -> Ensemble:
    """Every world, or as many as are to be drawn."""
    take_all = how.exact or (how.samples is None and count(question.facts) <= MOST)
    with workers(how.jobs, how.dask) as found, world_bar(found.watch) as tell:
        if take_all:
            return enumerate_worlds(question, found.executor, tell)
        return sample_worlds(
            question, samples=how.samples or SAMPLES, seed=how.seed, executor=found.executor, progress=tell
        )


def _undeclared_ballots(ensemble: Ensemble) -> list[Problem]:
    """A warning of each vote that turns on ballots of which nobody says how likely they are."""
    votes = dict.fromkeys(vote for seen in ensemble.seen.values() for vote in seen.open)
    return [_warning(ensemble, vote, people) for vote, people in votes]


def _warning(ensemble: Ensemble, vote: str, people: tuple[str, ...]) -> Problem:
    part = share(ensemble, lambda _row, seen: (vote, people) in seen.open)
    how_often = "" if part is None or part.value == 1 else f", in {part} of the worlds"
    message = (
        f"'{vote}' turns on ballots that nobody declared: {', '.join(people)}; it is taken as not carried{how_often}"
    )
    hint = f'say how likely each is: [[unknown]]  vote = "{vote}"  director = "{people[0]}"'
    return Problem(code="undeclared-ballots", message=message, hint=hint, severity="warning", event=vote)
