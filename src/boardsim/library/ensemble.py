"""`boardsim.ensemble`: a question put to all the worlds that unknown facts leave open."""

from collections.abc import Callable
from concurrent.futures import Executor
from zoneinfo import ZoneInfo

from attrs import field, frozen

from boardsim.analysis.ensemble.ensemble import MOST, Ensemble, Question, enumerate_worlds, sample_worlds
from boardsim.analysis.ensemble.probability import share
from boardsim.analysis.ensemble.unknowns import count
from boardsim.certainty import Doubts, last_instant
from boardsim.formats.notation.changes import typed_change
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.formats.scenario.decode import decode_scenario
from boardsim.formats.scenario.uncertain import Uncertain
from boardsim.formats.schema.known import require_known
from boardsim.history import History
from boardsim.kernel import replay
from boardsim.library.answer import Answer
from boardsim.library.arguments import require_text, require_whole
from boardsim.library.case import Case
from boardsim.library.opening import Subject, opened
from boardsim.library.processes import processes
from boardsim.library.question import goal_doubts
from boardsim.library.when import Names, When, several, text_of
from boardsim.loading.scenarios import LoadedScenario, lint_base, on_log
from boardsim.problems import BoardsimError, Problem, misuse
from boardsim.scenario import Scenario as Changed
from boardsim.scenario import apply
from boardsim.traits import has_ballots, is_counted
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.ensemble import ensemble_json

SAMPLES = 10_000
"""So many worlds are drawn where nobody says how many, and there are too many to take all."""

MOST_SAMPLES, MOST_WORKERS = 10_000_000, 64
"""So many worlds are drawn at most, and by so many processes."""

Progress = Callable[[int, int], None]
"""Is told how many worlds are done, and how many there are."""


@frozen(kw_only=True)
class EnsembleOptions:
    """What the reader typed of the question."""

    goal: str | None
    at: str | None
    changes: tuple[str, ...]
    vote: str | None


@frozen
class Worlds:
    """What became of a question in all worlds.

    Attributes:
        doubts: what is not sure about the record on which they rest.
    """

    found: Ensemble
    scenario: Changed
    history: History = field(repr=False)
    doubts: Doubts


def ensemble(
    case: Subject = None,
    *,
    goal: str | None = None,
    at: When | None = None,
    changes: Names | None = None,
    blame: str | None = None,
    samples: int | None = None,
    seed: int = 0,
    exact: bool = False,
    workers: int = 1,
    executor: Executor | None = None,
) -> Answer[Worlds]:
    """Say how likely an outcome is, over all the worlds that unknown facts leave open.

    Args:
        case: a scenario with `[[unknown]]` or `[[reaction]]` blocks, by name, path or opened.
        goal: the outcome, as `'ORG.ROLE = PERSON'` or `'EVENT is carried'`; several with `and`.
        at: the instant of the outcome.
        changes: ask for the effect of these changes, too; as for `whatif`.
        blame: the id of a vote: how responsible each director is for its carrying.
        samples: draw so many worlds instead of taking all; ten million at most.
        seed: of the draw: the same worlds for the same seed.
        exact: refuse to draw: all worlds, or none.
        workers: how many processes replay the worlds; this one alone where it is not said.  A script that asks for more
            has to do so below `if __name__ == "__main__":`, as each of them reads it again.
        executor: instead of processes of this computer, whoever replays the worlds.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, there are too many worlds to take all, or a
            process died.
        TypeError: neither a goal nor a vote is given, or both `exact` and `samples`, or `workers` and `executor`.
        ValueError: there is no such number of samples or of workers.
    """
    if samples is not None:
        require_whole("samples", samples, 1, MOST_SAMPLES)
    for name, text in (("goal", goal), ("blame", blame)):
        if text is not None:
            require_text(name, text)
    require_whole("seed", seed)
    require_whole("workers", workers, 1, MOST_WORKERS)
    if executor is not None and workers != 1:
        raise TypeError("give 'workers' here, or an 'executor'")
    if goal is None and blame is None:
        raise TypeError("give 'goal' or 'blame'")
    if exact and samples is not None:
        raise TypeError("take all worlds with 'exact', or draw some with 'samples'")
    asked = EnsembleOptions(goal=goal, at=text_of(at), changes=tuple(several(changes) or ()), vote=blame)
    opening = opened(case)
    base = opened_for(opening)
    question = question_of(asked, opening)
    with processes(workers) as pool:
        found = replayed(question, samples=samples, seed=seed, exact=exact, executor=executor or pool)
    return answered(opening, question, found, base)


def opened_for(case: Case) -> list[Problem]:
    """What is wrong with the log that the scenario stands on.

    Raises:
        BoardsimError: the scenario is not sound.
    """
    loaded = _loaded(case)
    if any(problem.severity == "error" for problem in loaded.problems):
        raise BoardsimError(*loaded.problems)
    return [*lint_base(loaded, replay(loaded.root.log))]


def _loaded(case: Case) -> LoadedScenario:
    return case.scenario or on_log(case.root)


def replayed(
    question: Question,
    *,
    samples: int | None,
    seed: int,
    exact: bool,
    executor: Executor | None,
    progress: Progress = lambda _done, _worlds: None,
) -> Ensemble:
    """Every world, or as many as are to be drawn."""
    if exact or (samples is None and count(question.facts) <= MOST):
        return enumerate_worlds(question, executor, progress)
    return sample_worlds(question, samples=samples or SAMPLES, seed=seed, executor=executor, progress=progress)


def answered(case: Case, question: Question, found: Ensemble, base: list[Problem]) -> Answer[Worlds]:
    """The answer; `base` is what is wrong with the log."""
    scenario = _loaded(case).scenario
    document = ensemble_json(found, scenario.id)
    history = replay(question.world)
    sure = goal_doubts(question.goal, history, question.at or last_instant(history), document)
    value = Worlds(found, scenario, history, sure)
    problems = (*base, *_undeclared_ballots(found))
    return Answer("ensemble", value, lambda: document | doubts_json(history, sure), problems=problems)


def question_of(asked: EnsembleOptions, case: Case) -> Question:
    """The question, as it was typed.

    Raises:
        BoardsimError: something in it cannot be read.
    """
    loaded = _loaded(case)
    world = loaded.branched.world
    uncertain = loaded.uncertain or Uncertain()
    if asked.vote is not None:
        _require_vote(asked.vote, case)
    text = asked.goal or f"{asked.vote} is carried"
    return Question(
        world=world,
        unknowns=uncertain.unknowns,
        reactions=uncertain.reactions,
        goal=read_goal(text, world.log),
        at=case.point(replay(world), asked.at)[1] if asked.at else None,
        change=_change(asked, loaded) if asked.changes else None,
        vote=asked.vote,
    )


def _require_vote(vote: str, case: Case) -> None:
    require_known("event", [vote], case.log.by_id)
    if not is_counted(case.log.by_id[vote]):
        raise misuse("not-a-vote", f"'{vote}' is not a vote", "responsibility is worked out for ballots")
    if not has_ballots(case.log.by_id[vote]):
        hint = "ask for a --goal instead"
        raise misuse("vote-by-count", f"'{vote}' is on record by its count, and nobody's ballot by name", hint)


def _change(asked: EnsembleOptions, loaded: LoadedScenario) -> Changed:
    """The changes whose effect is asked for; they come on top of what is unknown, and so override it."""
    world = loaded.branched.world
    zone = ZoneInfo(loaded.root.log.timezone)
    records = [typed_change(text, zone, f"--change {number}") for number, text in enumerate(asked.changes, 1)]
    scenario, problems = decode_scenario(records, world.log, "change")
    if problems := [*problems, *apply(world, scenario).problems]:
        raise BoardsimError(*problems, exit_code=2)
    return scenario


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
