"""`boardsim.cause`: who and what made it so, and how far each is responsible."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import get_args

from attrs import evolve, frozen

from boardsim.analysis.causation.explain import MAX_WORLDS, Contingencies, Explanation, Of, explain
from boardsim.analysis.causation.responsibility import Definition, blame
from boardsim.analysis.causation.search import Bound
from boardsim.certainty import Doubts
from boardsim.formats.notation.beliefs import Belief, beliefs
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.kernel import replay
from boardsim.library.answer import Answer
from boardsim.library.arguments import require_choice, require_text, require_whole
from boardsim.library.opening import Subject, opened
from boardsim.library.question import Question, parse_question
from boardsim.library.when import Names, When, several, text_of
from boardsim.loading.scenarios import on_log, with_changes
from boardsim.problems import BoardsimError
from boardsim.views.json.cause import cause_json
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.times import zone_of

MAX_REPLAYS = MAX_WORLDS
"""How many worlds are replayed at most, unless the caller says otherwise."""


@frozen(kw_only=True)
class CauseOptions:
    """How causes are looked for and weighed."""

    of: Sequence[Of]
    definition: Definition
    contingencies: Contingencies
    since: datetime | None
    bound: Bound


@frozen
class Causes:
    """What made it so.

    Attributes:
        blamed: the responsibility that each atom is expected to have, where situations were held possible; else None.
        doubts: what is not sure about it.
    """

    question: Question
    found: Explanation
    blamed: Mapping[str, Fraction | None] | None
    doubts: Doubts


def cause(
    case: Subject = None,
    *,
    goal: str,
    at: When | None = None,
    kind: Of | None = None,
    start: When | None = None,
    definition: Definition = "hp2016",
    contingencies: Contingencies = "admissible",
    belief: Names | None = None,
    max_replays: int = MAX_REPLAYS,
) -> Answer[Causes]:
    """Find what made it so, and who is responsible.

    Args:
        case: a case or a scenario, by name, path or opened.
        goal: what is so, as `'ORG.ROLE != PERSON'` or `'EVENT is carried'`; several with `and`.
        at: the instant; by default the last on record that is not in the future.
        kind: what to look at as a cause; votes and events where it is not said.
        start: touch only what happened from then on; a date is its start.
        definition: of responsibility: Halpern 2016, or Chockler and Halpern 2004.
        contingencies: what may be held as it was: what the law allows, or anything.
        belief: a situation that was held possible, for blame, as `'SHARE: CHANGE'`; or several.
        max_replays: how many worlds are replayed at most.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, the goal is not true, or nothing bears on it.
        ValueError: a word is none of those that there are, or there is no such number of worlds.
    """
    require_text("goal", goal)
    require_choice("kind", kind, (*get_args(Of), None))
    require_choice("definition", definition, get_args(Definition))
    require_choice("contingencies", contingencies, get_args(Contingencies))
    require_whole("max_replays", max_replays, 1)
    held = beliefs(several(belief) or []) if belief else []
    question, when = parse_question(opened(case), goal, text_of(at)), text_of(at)
    wanted = CauseOptions(
        of=(kind,) if kind else ("votes", "events"),
        definition=definition,
        contingencies=contingencies,
        since=question.since(text_of(start), when),
        bound=Bound(worlds=max_replays),
    )
    _require_true(question)
    situations = [(one.probability, _situation(question, when, one) if one.changes else question) for one in held]
    found = _explain(question, wanted)
    if not found.shares:
        message = f"nothing that happened bears on '{goal}' at {question.when()}"
        hint = "it has been so from the start, or --from or --cause-kind leave nothing"
        raise question.problem("nothing-to-change", message, hint)
    blamed = _blamed(question, wanted, situations, found) if held else None
    document = cause_json(question.goal, question.at, found, zone_of(question.case.log), blamed)
    sure = question.doubts(document)
    value = Causes(question, found, blamed, sure)
    return Answer("cause", value, lambda: document | doubts_json(question.history, sure))


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
    question: Question, options: CauseOptions, situations: Sequence[tuple[Fraction, Question]], found: Explanation
) -> Mapping[str, Fraction | None]:
    """The responsibility that each atom is expected to have, over the situations that were held possible."""
    expected: list[tuple[Fraction, Mapping[str, Fraction | None]]] = []
    for probability, one in situations:
        explained = found if one is question else _explain(one, options) if one.is_true() else None
        expected.append((probability, {share.atom: share.degree for share in explained.shares} if explained else {}))
    return blame(expected)


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
