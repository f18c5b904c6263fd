"""`boardsim reach`: the smallest changes that reach a goal, or break one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.fast.compiled import Compiled
from boardsim.analysis.reach.candidates import COSTS
from boardsim.analysis.reach.candidates import options as candidates
from boardsim.analysis.reach.headcount import Counted
from boardsim.analysis.reach.reach import Accept, Bound, Changes, Reached
from boardsim.analysis.reach.reach import reach as search
from boardsim.checks import WORSE, compared
from boardsim.checks.report import findings
from boardsim.cli import options, output
from boardsim.cli.question import Question, parse_question
from boardsim.cli.saved import save_scenarios
from boardsim.formats.notation.costs import costs as read_costs
from boardsim.formats.schema.known import unknown_name
from boardsim.history import History
from boardsim.loading.rules import rules_of
from boardsim.problems import BoardsimError, Problem
from boardsim.scenario import Scenario
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.reach import reach_json
from boardsim.views.json.times import zone_of

Break = Annotated[bool, typer.Option("--break", help="The reverse: what would have broken a goal that is true.")]
Fixed = Annotated[
    list[str] | None,
    typer.Option(
        "--fixed",
        metavar="WHAT",
        help="Leave this as it is: an event, 'VOTE: DIRECTOR', a person, an organization's bylaws by its id, or a "
        "kind of change; may be repeated.",
    ),
]
Protect = Annotated[
    list[str] | None,
    typer.Option("--protect", metavar="CHECK", help="Exclude what newly breaks this check; may be repeated."),
]
Cost = Annotated[
    list[str] | None,
    typer.Option(
        "--cost",
        metavar="KIND=N",
        help="What a change costs: flip, abstain, absent, recused and drop 1, bylaw 3 unless said otherwise.",
    ),
]
MaxCost = Annotated[int, typer.Option("--max-cost", metavar="N", min=1, help="Maximum total cost.")]
MaxReplays = Annotated[int, typer.Option("--max-replays", metavar="N", min=1, help="Maximum number of replays.")]
Save = Annotated[
    Path | None, typer.Option("--save", metavar="FOLDER", help="Save each solution as a scenario in this folder.")
]


SHOWN = 5
"""How many of the people of whom any will do are named in a message."""


def reach(
    goal: options.Goal,
    case: options.Case = None,
    at: options.At = None,
    breaking: Break = False,
    start: options.Since = None,
    fixed: Fixed = None,
    protect: Protect = None,
    cost: Cost = None,
    max_cost: MaxCost = 4,
    max_replays: MaxReplays = 100_000,
    save: Save = None,
    tz: options.Zone = None,
    as_sealed: options.AsSealed = None,
    as_json: options.AsJson = False,
) -> None:
    """Find the smallest changes that reach a goal.

    \b
    Example:
      boardsim reach openai-2023 --goal 'openai.ceo = sam-altman' --at 2023-11-18
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-18 --fixed drop --cost flip=4
      boardsim reach --goal 'openai.ceo = sam-altman' --at 2023-11-30 --break --from 2023-11-16
    """
    costs = read_costs(cost or [], COSTS)
    question = parse_question(case, goal, at, tz, as_sealed)
    since = question.since(start, at)
    if question.is_true() is not breaking:
        raise _settled(question, breaking=breaking)
    compiled = question.compiled()
    _require_candidates(question, compiled, costs, fixed or [], since)
    found = search(
        question.world,
        compiled,
        breaking=breaking,
        costs=costs,
        fixed=fixed or [],
        since=since,
        accept=_accept(question.history, protect) if protect else None,
        bound=Bound(cost=max_cost, worlds=max_replays),
    )
    if not found.solutions:
        output.report([_unreachable(question, found, max_cost, max_replays, breaking=breaking)])
    elif save is not None:
        _save(question, found.solutions, save, breaking=breaking)
    _show(question, found, breaking=breaking, as_json=as_json)
    if not found.solutions:
        raise typer.Exit(1)


def _require_candidates(
    question: Question, compiled: Compiled, costs: Mapping[str, int], fixed: Sequence[str], since: datetime | None
) -> None:
    """See that everything that is to stay as it is is something, and that anything is left that may be changed."""
    _require_known(question, compiled, fixed)
    if not candidates(compiled, costs, fixed, since):
        message = f"nothing that may be changed bears on '{question.goal.text}' at {question.when()}"
        raise question.problem("nothing-to-change", message, "it has been so from the start, or all of it is fixed")


def _show(question: Question, found: Reached, *, breaking: bool, as_json: bool) -> None:
    document = reach_json(question.goal, question.at, found, zone_of(question.case.log))
    sure = question.doubts(document)
    if as_json:
        output.write_json(document | doubts_json(question.history, sure))
    elif found.solutions:
        from boardsim.views.text.log import doubts_text
        from boardsim.views.text.reach import reached_text  # brings in the tables

        heading = (question.goal.text, question.when(), question.facts())
        told = reached_text(heading, found, question.case.zone, breaking=breaking)
        output.show(*told, *doubts_text(question.case.log, sure, question.case.zone))


def _settled(question: Question, *, breaking: bool) -> BoardsimError:
    """Nothing need be changed."""
    goal = question.goal.text
    if breaking:
        hint = f"in fact {question.facts()}; without --break you learn what it takes"
        return question.problem(
            "goal-not-true", f"'{goal}' is not true at {question.when()}, so nothing can break it", hint
        )
    hint = f"in fact {question.facts()}; --break asks what would have broken it"
    return question.problem("goal-already-true", f"'{goal}' is true at {question.when()} as it is", hint)


def _require_known(question: Question, compiled: Compiled, fixed: Sequence[str]) -> None:
    """See that everything that is to stay as it is is something."""
    log = question.world.log
    ballots = [ballot_name(vote, person) for vote, people in compiled.recorded.items() for person in people]
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


def _unreachable(question: Question, found: Reached, max_cost: int, max_replays: int, *, breaking: bool) -> Problem:
    """That there is no solution, and which bound it was that ended the search."""
    does = "breaks" if breaking else "reaches"
    message = (
        f"no set of changes that costs {found.searched} or less {does} '{question.goal.text}' at {question.when()}"
    )
    if not found.searched:
        message = f"nothing was tried that {does} '{question.goal.text}' at {question.when()}"
    hint = {
        "cost": f"--max-cost {max_cost + 1} goes further",
        "worlds": f"the next cost takes more than {max_replays:,} replays: --max-replays, --from or --fixed",
        None: "all that can be changed was tried",
    }[found.stopped]
    if found.counted is not None:
        hint = f"by ballots alone it costs {found.counted.cost}: {_in_words(found.counted)}"
    refused = f", apart from {found.refused:,} that break a protected check" if found.refused else ""
    return Problem(code="unreachable", message=f"{message}{refused}; {found.replayed:,} worlds replayed", hint=hint)


def _in_words(way: Counted) -> str:
    """The ballots of a vote that do it, as `at 'v' any 2 of ann, bob, cyd for`."""
    choices = []
    for number, changes in way.choices:
        names = ", ".join(change.director for change in changes[:SHOWN])
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        some = f"{names}{more}" if number == len(changes) else f"any {number} of {names}{more},"
        choices.append(f"{some} {changes[0].to}")
    return f"at '{way.vote}' {'; and '.join(choices)}"


def _save(question: Question, solutions: Sequence[Changes], folder: Path, *, breaking: bool) -> None:
    title = f"{question.goal.text}, {'no longer' if breaking else 'then'}"
    scenarios = [
        Scenario(id=f"solution-{number}", title=title, changes=changes) for number, changes in enumerate(solutions, 1)
    ]
    save_scenarios(scenarios, question.case.case, folder, question.case.zone)
