"""`boardsim.explore`: every sequence of lawful actions from one state."""

import time
from collections.abc import Callable
from datetime import datetime
from os import PathLike, fspath

from attrs import frozen

from boardsim.analysis.explore import explore as search
from boardsim.analysis.explore import forced
from boardsim.analysis.explore.properties import usual
from boardsim.analysis.explore.search import Bounds
from boardsim.analysis.explore.trace import steps
from boardsim.certainty import Doubts, doubts
from boardsim.checks.unlawful import Unlawful, unlawful
from boardsim.history import History
from boardsim.library.answer import Answer
from boardsim.library.arguments import require_seconds, require_whole
from boardsim.library.case import Case, require_sure_board, require_whole_board
from boardsim.library.explore_options import ExploreOptions, forces, questions, setting
from boardsim.library.opening import Subject, opened
from boardsim.library.when import Names, When, several, text_of
from boardsim.loading.rules import rules_of
from boardsim.problems import misuse
from boardsim.snapshots import controlling
from boardsim.state import OrgState
from boardsim.views.explore_report import Force, Report
from boardsim.views.json.doubts import doubts_json
from boardsim.views.json.explore import explore_json

STATES, SECONDS = 2_000_000, 60.0
"""The bounds of a search, unless the caller says otherwise."""

NEWCOMERS = 1_000
"""So many unnamed people can be appointed at most."""


@frozen
class Exploration:
    """What can happen from a state on.

    Attributes:
        position: after so many events of the history.
        at: the instant of the state.
        doubts: what is not sure about that state.
    """

    report: Report
    history: History
    position: int
    at: datetime | None
    doubts: Doubts


def explore(
    case: Subject = None,
    *,
    org: str | None = None,
    at: When | None = None,
    goal: Names | None = None,
    never: Names | None = None,
    always: Names | None = None,
    recover: Names | None = None,
    step: Names | None = None,
    force: Names | None = None,
    take_over: bool = False,
    roles: Names | None = None,
    people: Names | None = None,
    newcomers: int | None = None,
    forbid: Names | None = None,
    profile: str | PathLike[str] | None = None,
    hold_minimum: bool = False,
    symmetry: bool = True,
    states: int = STATES,
    depth: int | None = None,
    seconds: float = SECONDS,
) -> Answer[Exploration]:
    """Search all that can lawfully happen; the answer is no where one to a question is, or is not known.

    Args:
        case: a case or a scenario, by name, path or opened.
        org: the organization; the case's first where it is not said.
        at: the instant; by default the last on record that is not in the future.
        goal: can it come about?  As `'ORG.ROLE = none'`, `'ORG.ROLE has PERSON'`, `'ORG.ROLE < 3'`; or several.
        never: is it impossible?  And `always`: does it hold everywhere?
        recover: can it always come about again, whatever happens?
        step: `'GOAL -> GOAL'`: where the one holds, does the other one action later?
        force: the smallest coalition of directors to force it; `take_over`: to be left alone on the board.
        roles: roles to include; `people`: who can be appointed.
        newcomers: how many unnamed people can be appointed; by default one a place.
        forbid: actions that nobody does, as `'resign director'`.
        profile: the bundle of rules that says what the board may not do; by default that of the organization.
        hold_minimum: directors leave only while the bylaws' minimum stays.
        symmetry: take people who are alike as interchangeable.
        states: how many states are looked at, at most; likewise `depth`, of actions one after the other, and `seconds`.

    Raises:
        BoardsimError: what is named does not exist or cannot be read, cannot be asked of states, or nobody can act.
        ValueError: a bound, or the number of newcomers, is out of its range.
    """
    _require_bounds(states, depth, seconds, newcomers)
    asked = {"reach": goal, "never": never, "always": always, "recover": recover, "step": step}
    wanted = ExploreOptions(
        typed={kind: tuple(several(texts) or ()) for kind, texts in asked.items()},
        force=tuple(several(force) or ()),
        take_over=take_over,
        roles=tuple(several(roles) or ()),
        people=tuple(several(people) or ()),
        newcomers=newcomers,
        forbid=tuple(several(forbid) or ()),
        profile=fspath(profile) if profile else None,
        hold_minimum=hold_minimum,
        symmetry=symmetry,
    )
    bounds = Bounds(states=states, depth=depth, watch=_clock(seconds))
    return explored(opened(case), org, text_of(at), wanted, bounds)


def _require_bounds(states: int, depth: int | None, seconds: float, newcomers: int | None) -> None:
    """See that a search has bounds that are some, and not more newcomers than it can tell apart."""
    require_whole("states", states, 1)
    if depth is not None:
        require_whole("depth", depth, 1)
    require_seconds("seconds", seconds)
    if newcomers is not None:
        require_whole("newcomers", newcomers, 0, NEWCOMERS)


def _clock(seconds: float) -> Callable[[int, int], str | None]:
    """What ends a search after so many seconds."""
    end = time.monotonic() + seconds
    return lambda _found, _ahead: "seconds" if time.monotonic() > end else None


def explored(
    case: Case, org: str | None, at: str | None, wanted: ExploreOptions, bounds: Bounds
) -> Answer[Exploration]:
    """The answer to questions that were typed, within bounds that somebody watches.

    Raises:
        BoardsimError: as `explore`.
    """
    case.filters([org] if org else None, wanted.people, wanted.roles)
    history = case.history()
    position, instant = case.point_by_now(history, at)
    state = history.state(org or next((declared.id for declared in case.log.orgs), ""), position)
    require_whole_board(case, state, instant)
    require_sure_board(history, state, instant, position, case.given(history, at, position))
    _require_directors(history, state)
    report = _report(case, history, state, instant, wanted, bounds)
    seats, given = {state.org: report.explored.model.layout.roles}, case.given(history, at, position)
    sure = doubts(history, instant, seats, position=position, given=given)
    value = Exploration(report, history, position, instant, sure)
    return Answer("explore", value, lambda: explore_json(report) | doubts_json(history, sure), report.yes)


def _require_directors(history: History, state: OrgState) -> None:
    """See that somebody can act."""
    if state.voters:
        return
    org = state.org
    declared = next((declared for declared in history.log.orgs if declared.id == org), None)
    board = controlling(history, declared) if declared else None
    hint = f"its board is that of {board.id}" if board and board.id != org else "choose another --at, or another --org"
    who = "every director is suspended" if state.directors else "no director sits"
    message = f"{who} at {org or 'any organization'} then, so nobody can act"
    raise misuse("no-board", message, hint)


def _forbidden(
    case: Case, history: History, state: OrgState, profile: str | None
) -> tuple[str | None, tuple[Unlawful, ...]]:
    """The profile to which the organization is held, and what it forbids the board to do."""
    rules = rules_of(case.log, profile)
    own = next((org.profile for org in case.log.orgs if org.id == state.org), None)
    return profile or own, tuple(unlawful(rules.uses.get(state.org, ()), history, state))


def _report(
    case: Case, history: History, state: OrgState, at: datetime | None, wanted: ExploreOptions, bounds: Bounds
) -> Report:
    profile, forbidden = _forbidden(case, history, state, wanted.profile)
    log, taken = case.log, setting(wanted, state, forbidden)
    typed = questions(wanted, log, state)
    aims = [None] * (wanted.take_over or wanted.nothing) + list(forces(wanted, log, state))
    goals = usual(state, ("director", "chair", "ceo")) if wanted.nothing else typed
    explored = search(state, goals, taken, bounds)
    return Report(
        log=log,
        org=state.org,
        at=at,
        usual=wanted.nothing,
        profile=profile,
        unlawful=forbidden,
        explored=explored,
        ways=tuple(tuple(steps(explored.model, explored.way(finding))) for finding in explored.findings),
        forces=tuple(
            Force(question=aim, results=forced(state, aim, taken, bounds), recusal=state.bylaws.recuse_subject)
            for aim in aims
        ),
    )
