"""The answer to `boardsim ensemble`: read what is asked, replay the worlds, and show what comes of it."""

from zoneinfo import ZoneInfo

from attrs import frozen

from boardsim.analysis.ensemble.ensemble import MOST, Ensemble, Question, enumerate_worlds, sample_worlds
from boardsim.analysis.ensemble.probability import share
from boardsim.analysis.ensemble.unknowns import count
from boardsim.cli import output
from boardsim.cli.answers.workers import progress_bar, workers
from boardsim.cli.opened import Opened, shown_in
from boardsim.formats.notation.changes import typed_change
from boardsim.formats.notation.goals import goal
from boardsim.formats.scenario.decode import decode_scenario
from boardsim.formats.scenario.uncertain import Uncertain
from boardsim.formats.schema.known import require_known
from boardsim.kernel import replay
from boardsim.loading.cases import chosen
from boardsim.loading.scenarios import LoadedScenario, lint_base, load_world
from boardsim.problems import BoardsimError, Problem
from boardsim.scenario import Scenario, apply
from boardsim.traits import is_counted
from boardsim.views.json.ensemble import ensemble_json

SAMPLES = 10_000
"""So many worlds are drawn where nobody says how many, and there are too many to take all."""


@frozen(kw_only=True)
class Asked:
    """What the reader typed."""

    case: str | None
    goal: str | None
    at: str | None
    changes: tuple[str, ...]
    vote: str | None
    tz: str | None


def answer(
    asked: Asked, *, samples: int | None, seed: int, exact: bool, jobs: int, dask: str | None, as_json: bool
) -> None:
    """Show the answer.

    Raises:
        BoardsimError: something cannot be read, a world cannot be, or workers were lost.
    """
    name = chosen(asked.case)[0]
    loaded = load_world(name)
    if any(problem.severity == "error" for problem in loaded.problems):
        raise BoardsimError(*loaded.problems)
    zone = shown_in(asked.tz, loaded.root.log)
    output.report(lint_base(loaded, replay(loaded.root.log)))
    question = _question(asked, Opened(name, loaded.root, loaded, zone))
    if not question.facts and not question.reactions:
        output.note("boardsim: nothing is unknown here, so there is one world; see [[unknown]] in docs/ensemble.md")
    if exact or (samples is None and count(question.facts) <= MOST):
        found = _asked_of(question, None, seed, jobs, dask)
    else:
        found = _asked_of(question, samples or SAMPLES, seed, jobs, dask)
    output.report(_open(found))
    _show(found, loaded, zone, as_json=as_json)


def _question(asked: Asked, opened: Opened) -> Question:
    assert opened.scenario is not None
    world = opened.scenario.branched.world
    uncertain = opened.scenario.uncertain or Uncertain()
    if asked.vote is not None:
        _see_that_it_is_a_vote(asked.vote, opened)
    text = asked.goal or f"{asked.vote} is carried"
    return Question(
        world=world,
        unknowns=uncertain.unknowns,
        reactions=uncertain.reactions,
        goal=goal(text, world.log),
        at=opened.point(replay(world), asked.at)[1] if asked.at else None,
        change=_change(asked, opened.scenario) if asked.changes else None,
        vote=asked.vote,
    )


def _see_that_it_is_a_vote(vote: str, opened: Opened) -> None:
    require_known("event", [vote], opened.log.by_id)
    if not is_counted(opened.log.by_id[vote]):
        hint = "responsibility is worked out for ballots"
        raise BoardsimError(Problem(code="not-a-vote", message=f"'{vote}' is no vote", hint=hint), exit_code=2)


def _change(asked: Asked, loaded: LoadedScenario) -> Scenario:
    """The changes whose effect is asked for; they come on top of what is unknown, and so override it."""
    world = loaded.branched.world
    zone = ZoneInfo(loaded.root.log.timezone)
    records = [typed_change(text, zone, f"--change {number}") for number, text in enumerate(asked.changes, 1)]
    scenario, problems = decode_scenario(records, world.log, "change")
    if problems := [*problems, *apply(world, scenario).problems]:
        raise BoardsimError(*problems, exit_code=2)
    return scenario


def _asked_of(question: Question, samples: int | None, seed: int, jobs: int, dask: str | None) -> Ensemble:
    with workers(jobs, dask) as found, progress_bar(found.watch) as tell:
        if samples is None:
            return enumerate_worlds(question, found.executor, tell)
        return sample_worlds(question, samples=samples, seed=seed, executor=found.executor, progress=tell)


def _open(ensemble: Ensemble) -> list[Problem]:
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


def _show(found: Ensemble, loaded: LoadedScenario, zone: ZoneInfo, *, as_json: bool) -> None:
    if as_json:
        output.write_json(ensemble_json(found, loaded.scenario.id))
        return
    from boardsim.views.text import ensemble as views

    output.show(*views.ensemble_text(found, loaded.scenario, zone))
