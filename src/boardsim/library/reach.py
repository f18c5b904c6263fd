"""`boardsim.reach`: the smallest changes that reach a goal, or break one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import frozen

from boardsim.analysis.causation.atoms import ballot_name
from boardsim.analysis.fast.compiled import Compiled
from boardsim.analysis.reach.candidates import COSTS
from boardsim.analysis.reach.candidates import options as candidates
from boardsim.analysis.reach.headcount import Counted
from boardsim.analysis.reach.reach import Accept, Bound, Reached
from boardsim.analysis.reach.reach import reach as search
from boardsim.certainty import Doubts
from boardsim.checks import WORSE, compared
from boardsim.checks.report import findings
from boardsim.formats.notation.changes import costs as read_costs
from boardsim.formats.schema.hints import quantity
from boardsim.formats.schema.known import unknown_name
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.arguments import require_text, require_whole
from boardsim.library.opening import Subject, opened
from boardsim.library.question import Question, parse_question
from boardsim.library.when import Names, When, several, text_of
from boardsim.loading.rules import rules_of
from boardsim.problems import BoardsimError, Problem
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.reach import reach_json
from boardsim.views.json.times import zone_of

MAX_COST, MAX_REPLAYS = 4, 100_000
"""The bounds of a search, unless the caller says otherwise."""

SHOWN = 5
"""How many of the people of whom any will do are named in a message."""


@frozen
class Reach:
    """The smallest changes.

    Attributes:
        doubts: what is not sure about the answer.
    """

    question: Question
    found: Reached
    doubts: Doubts


def reach(
    case: Subject = None,
    *,
    goal: str,
    at: When | None = None,
    breaking: bool = False,
    start: When | None = None,
    fixed: Names | None = None,
    protect: Names | None = None,
    cost: Names | None = None,
    max_cost: int = MAX_COST,
    max_replays: int = MAX_REPLAYS,
) -> Answer[Reach]:
    """Find the smallest changes that reach a goal; the answer is no where there are none within the bounds.

    Args:
        case: a case or a scenario, by name, path or opened.
        goal: as `'ORG.ROLE = PERSON'` or `'EVENT is carried'`; several with `and`.
        at: the instant; by default the last on record that is not in the future.
        breaking: the reverse: what would have broken a goal that is true.
        start: touch only what happened from then on; a date is its start.
        fixed: what stays as it is: an event, `'VOTE: DIRECTOR'`, a person, an organization's bylaws, a kind of change.
        protect: checks; what newly breaks one of them is left out.
        cost: what a change costs, as `'KIND=N'`.
        max_cost: of a solution.
        max_replays: how many worlds are replayed at most.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, the goal is true already (or, to be broken, is
            not), or nothing that may be changed bears on it.
        ValueError: a bound is less than 1.
    """
    require_text("goal", goal)
    require_whole("max_cost", max_cost, 1)
    require_whole("max_replays", max_replays, 1)
    costs, kept, when = read_costs(several(cost) or [], COSTS), several(fixed) or [], text_of(at)
    question = parse_question(opened(case), goal, when)
    since = question.since(text_of(start), when)
    if question.is_true() is not breaking:
        raise _settled(question, breaking=breaking)
    compiled = question.compiled()
    _require_candidates(question, compiled, costs, kept, since)
    protected = several(protect)
    found = search(
        question.world,
        compiled,
        breaking=breaking,
        costs=costs,
        fixed=kept,
        since=since,
        accept=_accept(question.history, protected) if protected else None,
        bound=Bound(cost=max_cost, worlds=max_replays),
    )
    document = reach_json(question.goal, question.at, found, zone_of(question.case.log))
    sure = question.doubts(document)
    none = () if found.solutions else (_unreachable(question, found, max_cost, max_replays, breaking=breaking),)
    return Answer(
        "reach",
        Reach(question, found, sure),
        lambda: document | doubts_json(question.history, sure),
        bool(found.solutions),
        none,
    )


def _require_candidates(
    question: Question, compiled: Compiled, costs: Mapping[str, int], fixed: Sequence[str], since: datetime | None
) -> None:
    """See that everything that is to stay as it is is something, and that anything is left that may be changed."""
    _require_known(question, compiled, fixed)
    if not candidates(compiled, costs, fixed, since):
        message = f"nothing that may be changed bears on '{question.goal.text}' at {question.when()}"
        hint = "it has been so from the start, or all of it is fixed"
        raise question.problem("nothing-to-change", message, f"in fact {question.facts()}; {hint}")


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
        "worlds": f"the next cost takes more than {quantity(max_replays, 'replay')}: --max-replays, --from or --fixed",
        None: "all that can be changed was tried",
    }[found.stopped]
    if found.counted is not None:
        hint = f"by ballots alone it costs {found.counted.cost}: {_in_words(found.counted)}"
    refused = f", apart from {found.refused:,} that break a protected check" if found.refused else ""
    return Problem(
        code="unreachable", message=f"{message}{refused}; {quantity(found.replayed, 'world')} replayed", hint=hint
    )


def _in_words(way: Counted) -> str:
    """The ballots of a vote that do it, as `at 'v' any 2 of ann, bob, cyd for`."""
    choices = []
    for number, changes in way.choices:
        names = ", ".join(change.director for change in changes[:SHOWN])
        more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
        some = f"{names}{more}" if number == len(changes) else f"any {number} of {names}{more},"
        choices.append(f"{some} {changes[0].to}")
    return f"at '{way.vote}' {'; and '.join(choices)}"
