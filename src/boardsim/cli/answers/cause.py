"""The answer to `boardsim cause`: search for the causes, weigh them, and show."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from attrs import evolve, frozen

from boardsim.analysis.causation.explain import Contingencies, Explanation, Of, explain
from boardsim.analysis.causation.responsibility import Counting, blame
from boardsim.analysis.causation.search import Bound
from boardsim.cli import output
from boardsim.cli.answers.asked import Asked, ask
from boardsim.formats.notation.beliefs import Belief, beliefs
from boardsim.formats.notation.goals import goal as read_goal
from boardsim.kernel import replay
from boardsim.loading.scenarios import on_log, with_changes
from boardsim.problems import BoardsimError
from boardsim.views.json.cause import cause_json


@frozen(kw_only=True)
class _Wish:
    """How the reader would have it."""

    of: Sequence[Of]
    counting: Counting
    contingencies: Contingencies
    since: datetime | None
    bound: Bound


def answer(
    case: str | None,
    goal: str,
    at: str | None,
    *,
    of: Sequence[Of],
    start: str | None,
    counting: Counting,
    contingencies: Contingencies,
    belief: Sequence[str],
    most: int,
    everything: bool,
    tz: str | None,
    as_json: bool,
) -> None:
    """Show why a goal is true.

    Args:
        of: kinds of causes.
        belief: situations that were held possible, as they were typed.

    Raises:
        BoardsimError: something cannot be read, the goal is not true, or nothing bears on it.
    """
    held = beliefs(belief) if belief else []
    asked = ask(case, goal, at, tz)
    wish = _Wish(
        of=of,
        counting=counting,
        contingencies=contingencies,
        since=asked.opened.start(start) if start else None,
        bound=Bound(worlds=most),
    )
    if not asked.is_true():
        message = f"'{goal}' is not true at {asked.when()}, so there is nothing to explain"
        raise asked.problem("goal-not-true", message, f"in fact {asked.case()}")
    found = _explained(asked, wish)
    if not found.shares:
        message = f"nothing that happened bears on '{goal}' at {asked.when()}"
        raise asked.problem(
            "nothing-to-change", message, "it has been so from the start, or --from or --of leave nothing"
        )
    blamed = _blamed(asked, at, wish, held, found) if held else None
    if as_json:
        output.write_json(cause_json(asked.goal, asked.at, found, blamed))
        return
    from boardsim.views.text import cause as views  # brings in the tables

    heading = (asked.goal.text, asked.when(), asked.case())
    output.show(*views.explanation_text(heading, found, blamed, asked.opened.log, everything=everything))


def _explained(asked: Asked, wish: _Wish) -> Explanation:
    return explain(
        asked.ready(),
        of=wish.of,
        counting=wish.counting,
        contingencies=wish.contingencies,
        since=wish.since,
        bound=wish.bound,
    )


def _blamed(
    asked: Asked, at: str | None, wish: _Wish, held: Sequence[Belief], found: Explanation
) -> Mapping[str, Fraction | None]:
    """The responsibility that each atom is expected to have, over the situations that were held possible."""
    situations = []
    for belief in held:
        one = _situation(asked, at, belief) if belief.changes else asked
        explained = found if one is asked else _explained(one, wish) if one.is_true() else None
        degrees: Mapping[str, Fraction | None]
        degrees = {share.atom: share.degree for share in explained.shares} if explained else {}
        situations.append((belief.probability, degrees))
    return blame(situations)


def _situation(asked: Asked, at: str | None, belief: Belief) -> Asked:
    """The same question in a world that differs from the record as somebody believed it might."""
    opened = asked.opened
    loaded = with_changes(opened.scenario or on_log(opened.root), belief.changes)
    if loaded.problems:
        raise BoardsimError(*loaded.problems, exit_code=2)
    world = loaded.branched.world
    history = replay(world)
    position, instant = opened.point(history, at)
    goal = read_goal(asked.goal.text, world.log)
    return evolve(asked, world=world, goal=goal, position=position, at=instant, history=history)
