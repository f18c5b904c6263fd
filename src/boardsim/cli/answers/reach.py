"""The answer to `boardsim reach`: search for the smallest changes, show them, and keep them as scenarios."""

from collections.abc import Sequence
from pathlib import Path

from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.fast.compiled import Compiled
from boardsim.analysis.reach.candidates import COSTS
from boardsim.analysis.reach.candidates import options as possible
from boardsim.analysis.reach.reach import Accept, Bound, Changes, Reached, reach
from boardsim.checks import WORSE, compared
from boardsim.cli import output
from boardsim.cli.answers.asked import Asked, ask
from boardsim.cli.answers.saved import save_scenarios
from boardsim.cli.governance import findings
from boardsim.formats.notation.costs import costs as read_costs
from boardsim.formats.schema.known import unknown_name
from boardsim.history import History
from boardsim.loading.rules import rules_of
from boardsim.problems import BoardsimError, Problem
from boardsim.scenario import Scenario
from boardsim.views.json.reach import reach_json


def answer(
    case: str | None,
    goal: str,
    at: str | None,
    *,
    breaking: bool,
    start: str | None,
    fixed: Sequence[str],
    protect: Sequence[str],
    cost: Sequence[str],
    max_cost: int,
    most: int,
    save: Path | None,
    tz: str | None,
    as_json: bool,
) -> bool:
    """Show the smallest changes that reach a goal, or break one; whether there are any.

    Raises:
        BoardsimError: something cannot be read, the goal is reached, or broken, already, or nothing bears on it.
    """
    costs = read_costs(cost, COSTS)
    asked = ask(case, goal, at, tz)
    since = asked.opened.start(start) if start else None
    if asked.is_true() is not breaking:
        raise _settled(asked, breaking=breaking)
    ready = asked.ready()
    _known(asked, ready, fixed)
    if not possible(ready, costs, fixed, since):
        message = f"nothing that may be changed bears on '{goal}' at {asked.when()}"
        raise asked.problem("nothing-to-change", message, "it has been so from the start, or all of it is fixed")
    found = reach(
        asked.world,
        ready,
        breaking=breaking,
        costs=costs,
        fixed=fixed,
        since=since,
        accept=_accept(asked.history, protect) if protect else None,
        bound=Bound(cost=max_cost, worlds=most),
    )
    if not found.solutions:
        output.report([_unreachable(asked, found, max_cost, most, breaking=breaking)])
    if save is not None and found.solutions:
        solutions = [_scenario(asked, *solution, breaking=breaking) for solution in enumerate(found.solutions, 1)]
        save_scenarios(solutions, asked.opened.case, save, asked.opened.zone)
    if as_json:
        output.write_json(reach_json(asked.goal, asked.at, found, asked.opened.zone))
    elif found.solutions:
        from boardsim.views.text import reach as views  # brings in the tables

        heading = (asked.goal.text, asked.when(), asked.case())
        output.show(*views.reached_text(heading, found, asked.opened.zone, breaking=breaking))
    return bool(found.solutions)


def _settled(asked: Asked, *, breaking: bool) -> BoardsimError:
    """Nothing need be changed."""
    goal = asked.goal.text
    if breaking:
        hint = f"in fact {asked.case()}; without --keep you learn what it takes"
        return asked.problem("goal-not-true", f"'{goal}' is not true at {asked.when()}, so nothing can break it", hint)
    hint = f"in fact {asked.case()}; --keep asks what would have broken it"
    return asked.problem("goal-already-true", f"'{goal}' is true at {asked.when()} as it is", hint)


def _known(asked: Asked, ready: Compiled, fixed: Sequence[str]) -> None:
    """See that everything that is to stay as it is is something."""
    log = asked.world.log
    ballots = [ballot_name(vote, person) for vote, people in ready.recorded.items() for person in people]
    names = [*log.by_id, *ballots, *log.person_by_id, *(org.id for org in log.orgs), *COSTS]
    for name in fixed:
        if name not in names:
            message = f"there is no '{name}' to be left as it is"
            otherwise = "an event, 'VOTE: DIRECTOR', a person, an organization or a kind"
            raise unknown_name(name, names, code="unknown-fixed", message=message, otherwise=otherwise)


def _accept(record: History, checks: Sequence[str]) -> Accept:
    """That a world breaks none of these checks where the record does not.

    Raises:
        BoardsimError: there is no such check, or no telling what an organization is held to.
    """
    rules = rules_of(record.log, names=checks)
    if rules.problems:
        raise BoardsimError(*rules.problems)
    before = findings(record, rules)

    def accept(history: History) -> bool:
        differences = compared(findings(history, rules), before)
        return not any(how in WORSE and finding.severity == "error" for how, finding in differences)

    return accept


def _unreachable(asked: Asked, found: Reached, max_cost: int, most: int, *, breaking: bool) -> Problem:
    """That there is no solution, and which bound it was that ended the search."""
    does = "breaks" if breaking else "reaches"
    message = f"no set of changes that costs {found.searched} or less {does} '{asked.goal.text}' at {asked.when()}"
    if not found.searched:
        message = f"nothing was tried that {does} '{asked.goal.text}' at {asked.when()}"
    hint = {
        "cost": f"--max-cost {max_cost + 1} goes further",
        "worlds": f"the next cost takes more than {most:,} replays: --most, --from or --fixed",
        None: "all that can be changed was tried",
    }[found.stopped]
    refused = f", apart from {found.refused:,} that break a protected check" if found.refused else ""
    return Problem(code="unreachable", message=f"{message}{refused}; {found.replayed:,} worlds replayed", hint=hint)


def _scenario(asked: Asked, number: int, changes: Changes, *, breaking: bool) -> Scenario:
    does = "no longer" if breaking else "then"
    return Scenario(id=f"solution-{number}", title=f"{asked.goal.text}, {does}", changes=changes)
